"""`/v1/compare`: products or vendors side by side."""

from typing import Any, NamedTuple

from litestar import Request, Response, get

from service.api.analyses.endpoints import COMMON, own_parameters, own_params, read_common
from service.api.http.conditional import Content, respond
from service.api.http.parameters import Parameter, Query, is_pinned
from service.api.http.representations import JSON_FACE, Face, with_links
from service.query.filters.parameters import distinct
from service.store.database import Database
from service.usecases.analyses.answer import Asked
from service.usecases.analyses.comparison import ComparisonAnswer, compare
from service.usecases.analyses.metrics import parameters

LEAST, MOST = 2, 10
METRICS, OWN = ("pair_similarity",), ("unknown", "survey_valid_days", "min_joint_features")
_IDS = {"type": "array", "items": {"type": "string"}, "minItems": LEAST, "maxItems": MOST}
PARAMETERS = [
    Parameter(name="products", doc="Two to ten product ids.", schema=_IDS,
              example="kimi,doubao,chatgpt"),
    Parameter(name="vendors", doc="Two to ten vendor ids, instead of products.", schema=_IDS),
    Parameter(name="only", doc="differences: only rows that differ.",
              schema={"type": "string", "enum": ["all", "differences"], "default": "all"}),
    Parameter(name="market", doc="Only products of this market; each pair of them measured in it.",
              example="chat-assistants"),
    *own_parameters(OWN, METRICS, "pair-similarity"),
    *COMMON,
]  # fmt: skip


class Compared(NamedTuple):
    """A checked request: what is compared, and what every analysis may be asked."""

    unit: Any
    subjects: list[str]
    only_differences: bool
    asked: Asked


@get(
    "/v1/compare",
    operation_id="compare",
    summary="Products or vendors side by side",
    description="Attributes, features with stages, dates as stored and lags behind the first of "
    "the compared, business models with prices; each with its sources.",
    tags=["Analyses"],
    opt={"parameters": PARAMETERS},
)
async def get_comparison(request: Request[Any, Any, Any]) -> Response[ComparisonAnswer]:
    """Two to ten subjects."""
    query = Query(request)
    compared = read(query, request)
    query.finish(p.name for p in PARAMETERS)
    return await answer(request, query, compared)


def read(query: Query, request: Request[Any, Any, Any]) -> Compared:
    """What is asked; faults are noted in `query`."""
    unit, subjects = _subjects(query)
    only = query.choice("only", ("all", "differences"), "all") == "differences"
    own = dict(own_params(query, OWN, METRICS))
    every = {name: parameters(METRICS[0], own)[name] for name in OWN}
    asked = read_common(query, request, query.one("market"), tuple(every.items()))
    return Compared(unit, subjects, only, asked)


async def answer(
    request: Request[Any, Any, Any], query: Query, compared: Compared, face: Face = JSON_FACE
) -> Response[Any]:
    """At a revision: 304, the remembered answer, or a new one."""
    asked = compared.asked
    database: Database = request.app.state.database
    async with database.read(asked.as_of) as snapshot:

        async def content() -> Content:
            found = await compare(
                snapshot,
                request.app.state.panels,
                compared.unit,
                compared.subjects,
                asked,
                only_differences=compared.only_differences,
            )
            linked = with_links(found, request, query)
            return Content(face.write(linked), face.headers(snapshot.revision))

        asked_for = query.normalized("on", "lang", "products", "vendors")
        return await respond(
            request,
            revision=snapshot.revision,
            question=[asked_for, compared.subjects, asked.on],
            lang=asked.lang,
            is_pinned=is_pinned(asked.as_of) and "on" in query.given,
            content=content,
            memento=snapshot.instant if asked.as_of else None,
            media_type=face.media_type,
        )


def _subjects(query: Query) -> tuple[Any, list[str]]:
    """The unit and the ids, in the order asked."""
    both = [name for name in ("products", "vendors") if name in query.given]
    if len(both) != 1:
        code = "incompatible_parameters" if both else "invalid_value"
        query.fault(code, "products", "Say either products= or vendors=.")
        return "product", []
    raw = [word for text in query.given[both[0]] for word in text.split(",")]
    if not LEAST <= len(distinct(raw)) <= MOST or "" in raw:
        query.fault("invalid_value", both[0], f"Name {LEAST} to {MOST} different ids.")
    return both[0].removesuffix("s"), list(dict.fromkeys(raw))
