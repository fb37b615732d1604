"""Surveys with what was found: `POST /v1/markets/{id}/surveys`."""

from typing import Literal

from litestar import Response
from msgspec import Struct

from service.api.http import bodies, writes
from service.api.http.readers import today
from service.api.http.state import AnyRequest
from service.formats.json_records import encode
from service.model.errors import unprocessable
from service.model.surveys import NewSurvey
from service.usecases.curation import surveys
from service.usecases.curation.surveys import Surveyed
from service.usecases.transactions import Outcome, Writing


class FoundFeature(Struct, kw_only=True):
    """`created`: the survey is its first proof; `on_record`: it was known before."""

    feature_id: str
    adoption_id: str
    href: str
    outcome: Literal["created", "on_record"]


class SurveyMade(Struct, kw_only=True):
    """What the base holds now by the survey; `id` and `href` are those of its record."""

    object: Literal["survey_made"] = "survey_made"
    id: str
    href: str
    market_id: str
    product_id: str
    date: str
    present: list[FoundFeature]
    absent: list[str]


async def survey_product(request: AnyRequest, record_id: str) -> Response[SurveyMade]:
    """Survey a product for features of the market.

    One revision: the survey with the absent features, and an adoption of each present feature that
    is not on record, proven by that day. What contradicts the record is refused and told."""
    write = await writes.read(request, (bodies.JSON,), shape=NewSurvey)
    values, faults = bodies.decoded(write.body, NewSurvey)
    write, given = write.noting(faults), bodies.filled(NewSurvey, values)

    async def work(writing: Writing) -> Outcome:
        if given is None:
            raise unprocessable(write.faults)
        made = _shown(await surveys.survey(writing, record_id, given, today()))
        return Outcome(201, encode(made), {"location": made.href})

    return await writes.answer(request, write, work)


def _shown(made: Surveyed) -> SurveyMade:
    present = [
        FoundFeature(
            feature_id=one.feature_id,
            adoption_id=one.adoption_id,
            href=f"/v1/adoptions/{one.adoption_id}",
            outcome="created" if one.is_new else "on_record",
        )
        for one in made.present
    ]
    return SurveyMade(
        id=made.survey_id,
        href=f"/v1/surveys/{made.survey_id}",
        market_id=made.market_id,
        product_id=made.product_id,
        date=made.date.isoformat(),
        present=present,
        absent=made.absent,
    )
