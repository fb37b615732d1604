"""An analysis of the stored base: load a panel, compute, say what the answer stands on."""

import asyncio
from dataclasses import dataclass
from datetime import date
from typing import Any

from msgspec import Struct, defstruct

from service.formats.findings import caveat
from service.formats.json_records import render
from service.formats.reading_findings import both_ways
from service.maths.coverage import Coverage, coverage
from service.maths.panels import Panel, Place
from service.maths.provenance import facts_used
from service.model.errors import Fault, not_found, refused
from service.model.methods import Method, method
from service.model.suggestions import nearest
from service.query.expressions import EVERYTHING, Expression, text
from service.query.fields import Collection
from service.query.registry import MARKETS
from service.store import records
from service.store.database import Snapshot
from service.usecases.listing import check_references
from service.usecases.metrics import METHOD_OF, parameters
from service.usecases.metrics import asked as ask
from service.usecases.panels import Panels
from service.usecases.questions import QUESTIONS, Question

_HALF = 0.5


@dataclass(frozen=True)
class Asked:
    """What every analysis may be asked, checked; `params` are the metric's own parameters."""

    on: date
    market: str | None = None
    as_of: str | None = None
    lang: str = "en"
    evidence: str = "sourced"
    explain: bool = False
    stage_min: str = "preview"
    filter: Expression = EVERYTHING
    params: tuple[tuple[str, Any], ...] = ()

    @property
    def markets(self) -> tuple[str, ...]:
        """Further markets, pooled with the subject."""
        return dict(self.params).get("markets") or ()

    @property
    def filtered(self) -> dict[str, object]:
        """Which products count, in words, if not all."""
        return {} if self.filter == EVERYTHING else {"filter": text(self.filter)}


class Subject(Struct, frozen=True, kw_only=True):
    """The record that the analysis is about."""

    object: str
    id: str
    name: str
    href: str


class Explanation(Struct, frozen=True, kw_only=True):
    """The facts that the answer stands on, by id; their records name their sources."""

    collection: str
    ids: list[str]


class Meta(Struct, frozen=True, kw_only=True):
    """At which revision, in which language."""

    revision: int
    lang: str


class Analysis(Struct, frozen=True, kw_only=True):
    """The frame that all analyses share: what was asked, what it means, what it stands on."""

    object: str
    subject: Subject
    market_id: str | None
    feature_id: str | None
    on: date
    as_of: str | None
    finding: str
    reasons: dict[str, str]
    coverage: Coverage
    explain: Explanation | None
    method: Method
    links: dict[str, str]
    warnings: list[str]
    meta: Meta


def _answer_type(question: Question) -> Any:
    fields: list[tuple[str, Any]] = [("result", question.result)]
    fields += [(part.name, part.type) for part in question.parts]
    name = question.operation.removeprefix("get_").title().replace("_", "") + "Answer"
    made = defstruct(name, fields, bases=(Analysis,), frozen=True, kw_only=True, module=__name__)
    made.__doc__ = f"{question.summary}; `result` has the fields of the method."
    return made


ANSWER_TYPES = {question.operation: _answer_type(question) for question in QUESTIONS}


async def answer(
    snapshot: Snapshot, panels: Panels, question: Question, record_id: str, asked: Asked
) -> Analysis:
    """Load, compute, frame. Raises ServiceError for ids that no record has."""
    subject = await _subject(snapshot, question.collection, record_id, asked.lang)
    await check_references(snapshot, asked.filter)
    if asked.market is not None:
        await known_market(snapshot, asked.market)
    for further in asked.markets:
        await known_market(snapshot, further, "markets")
    panel = await panels.get(
        snapshot,
        evidence=asked.evidence,
        stage_min=asked.stage_min,
        expression=asked.filter,
    )
    return await asyncio.to_thread(_computed, snapshot, panel, question, subject, asked)


def _computed(
    snapshot: Snapshot, panel: Panel, question: Question, subject: Subject, asked: Asked
) -> Analysis:
    on, market = asked.on.toordinal(), _market(question, subject, asked)
    about = {question.collection.kind: subject.id} | (
        {} if question.market == "none" else {"market": market}
    )
    given = about | dict(question.fixed) | dict(asked.params) | {"on": on, "as_of": asked.as_of}
    if asked.markets:
        given["markets"] = (subject.id, *asked.markets)
    result = ask(question.function, panel, given)
    parts = {part.name: ask(part.function, panel, given) for part in question.parts}
    if question.finish is not None:
        result = question.finish(result, parts)
    parameters = _parameters(question, asked)
    models = question.stands_on == "monetizations"
    place: Place = panel.markets_of(subject.id) if question.market == "none" else market
    place = given.get("markets") or place
    known = coverage(panel, place, on, parameters["survey_valid_days"], models=models)
    here = f"{subject.href}/{question.suffix}"
    framed: Analysis = ANSWER_TYPES[question.operation](
        object=question.method.replace("-", "_"),
        subject=subject,
        market_id=market,
        feature_id=about.get("feature"),
        on=asked.on,
        as_of=asked.as_of,
        finding=_finding(question, result, parts, subject.name, known, asked.lang),
        reasons=result.reasons,
        coverage=known,
        explain=_explanation(panel, question, place, about.get("feature"), asked),
        method=method(question.method, parameters),
        links={
            "self": here,
            "subject": subject.href,
            "method": f"/v1/methods/{question.method}",
            **_methods_of_parts(question),
        },
        warnings=sorted({*result.warnings, *known.warnings, *_selection(parts)}),
        meta=Meta(revision=snapshot.revision, lang=asked.lang),
        result=result,
        **parts,
    )
    return framed


def _methods_of_parts(question: Question) -> dict[str, str]:
    """Where what stands beside the result has a method of its own."""
    parts = {part.name: METHOD_OF[part.metric] for part in question.parts if part.metric}
    return {f"{name}_method": f"/v1/methods/{method_id}" for name, method_id in parts.items()}


def _parameters(question: Question, asked: Asked) -> dict[str, Any]:
    """Everything that decides the figures, whether it was asked for or not."""
    given = {"evidence": asked.evidence, "stage_min": asked.stage_min} | dict(asked.params)
    every = {k: v for name in question.metrics for k, v in parameters(name, given).items()}
    kept = {*question.own, "evidence", "stage_min"}
    chosen = {name: value for name, value in every.items() if name in kept} | asked.filtered
    return chosen | ({"markets": asked.markets} if asked.markets else {})


def _finding(
    question: Question, result: Any, parts: dict[str, Any], name: str, known: Coverage, lang: str
) -> str:
    """The sentence, and what must be said with it (metrics.md, 18a)."""
    said = question.finding(result, name, lang)
    return said + both_ways(parts.get("readings"), question.metric, lang) + caveat(known, lang)


def _selection(parts: dict[str, Any]) -> set[str]:
    """A trend may be an artefact of when features were recorded (metrics.md, 11 and 13.4)."""
    share = getattr(parts.get("trend"), "recorded_before_first_copy_share", None)
    return {"recording_artefact_possible"} if share is not None and share < _HALF else set()


def _explanation(
    panel: Panel, question: Question, market: Place, feature: str | None, asked: Asked
) -> Explanation | None:
    if not asked.explain:
        return None
    kind = question.stands_on
    one = feature if question.is_of_one_feature else None
    models = kind == "monetizations"
    ids = facts_used(panel, market, asked.on.toordinal(), one, models=models)
    return Explanation(collection=kind, ids=ids)


def _market(question: Question, subject: Subject, asked: Asked) -> str | None:
    return subject.id if question.market == "subject" else asked.market


async def _subject(
    snapshot: Snapshot, collection: Collection, record_id: str, lang: str
) -> Subject:
    row = await records.get(snapshot, collection, record_id)
    if row is None:
        known = await records.ids(snapshot, collection)
        raise not_found(collection.kind, record_id, nearest(record_id, known))
    shown = render(collection, row, lang)
    return Subject(object=collection.kind, id=record_id, name=shown["name"], href=shown["href"])


async def known_market(snapshot: Snapshot, market: str, parameter: str = "market") -> None:
    """Refuse a market that no record has."""
    known = await records.ids(snapshot, MARKETS)
    if market not in known:
        near = tuple(nearest(market, known))
        detail = f'There is no market "{market[:80]}".'
        raise refused(
            [Fault(code="unknown_reference", parameter=parameter, detail=detail, did_you_mean=near)]
        )
