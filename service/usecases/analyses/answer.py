"""An analysis of the stored base: load a panel, compute, say what the answer stands on."""

import asyncio
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import msgspec
from msgspec import UNSET

from service.formats.analyses.findings import caveat
from service.formats.analyses.reading_findings import both_ways
from service.formats.json_records import render
from service.maths.panel.coverage import Coverage, coverage
from service.maths.panel.panel import Panel, Place
from service.maths.panel.provenance import facts_used
from service.model.errors import Fault, ServiceError
from service.model.methods import method
from service.query.fields import Collection
from service.query.filters.expressions import EVERYTHING, Expression, text
from service.query.registry import MARKETS, PRODUCTS
from service.store.catalogue.records import Record
from service.store.database import Snapshot
from service.usecases.analyses.declarations import Question
from service.usecases.analyses.frame import ANSWER_TYPES, Analysis, Explanation, Meta, Subject
from service.usecases.analyses.metrics import METHOD_OF, parameters
from service.usecases.analyses.metrics import asked as ask
from service.usecases.analyses.panels import Panels
from service.usecases.catalogue.merged_ids import Resolution, existing, now, resolved

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


async def answer(
    snapshot: Snapshot, panels: Panels, question: Question, record_id: str, asked: Asked
) -> Analysis:
    """Load, compute, frame. Raises ServiceError for ids that no record has."""
    row = await existing(snapshot, question.collection, record_id)
    subject = _subject(question.collection, row, asked.lang)
    if question.market == "own" and asked.market is None:
        asked = replace(asked, market=_only(row["market_ids"]))
    asked, resolution = await resolve(snapshot, asked)
    panel = await panels.get(
        snapshot,
        evidence=asked.evidence,
        stage_min=asked.stage_min,
        expression=asked.filter,
    )
    set_aside = await facts_set_aside(snapshot, panels, asked)
    framed = await asyncio.to_thread(
        _computed, snapshot, panel, set_aside, question, subject, asked
    )
    return _told(framed, resolution)


async def facts_set_aside(snapshot: Snapshot, panels: Panels, asked: Asked) -> Panel | None:
    """The facts that lost a dispute, where they are to be told."""
    if not asked.explain:
        return None
    return await panels.get(
        snapshot,
        evidence=asked.evidence,
        stage_min=asked.stage_min,
        expression=asked.filter,
        set_aside=True,
    )


def _computed(
    snapshot: Snapshot,
    panel: Panel,
    set_aside: Panel | None,
    question: Question,
    subject: Subject,
    asked: Asked,
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
        product_id=about.get("product"),
        on=asked.on,
        as_of=asked.as_of,
        finding=_finding(question, result, parts, subject.name, known, asked.lang),
        reasons=result.reasons,
        coverage=known,
        explain=_explanation(panel, set_aside, question, place, about.get("feature"), asked),
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
    panel: Panel,
    set_aside: Panel | None,
    question: Question,
    market: Place,
    feature: str | None,
    asked: Asked,
) -> Explanation | None:
    if set_aside is None:
        return None
    kind = question.stands_on
    one = feature if question.is_of_one_feature else None
    models, on = kind == "monetizations", asked.on.toordinal()
    ids, disputed = (
        facts_used(known, market, on, one, models=models) for known in (panel, set_aside)
    )
    return Explanation(collection=kind, ids=ids, disputed_ids=disputed)


def _market(question: Question, subject: Subject, asked: Asked) -> str | None:
    return subject.id if question.market == "subject" else asked.market


def _only(markets: list[str]) -> str:
    if len(markets) == 1:
        return markets[0]
    said = " or ".join(f"market={market}" for market in markets)
    detail = f"Say in which market: {said}." if markets else "The product is in no market."
    fault = Fault(code="invalid_value", detail=detail, parameter="market", allowed=tuple(markets))
    raise ServiceError("invalid_value", detail, [fault])


def _subject(collection: Collection, row: Record, lang: str) -> Subject:
    shown = render(collection, row, lang)
    return Subject(object=collection.kind, id=row["id"], name=shown["name"], href=shown["href"])


async def resolve(snapshot: Snapshot, asked: Asked) -> tuple[Asked, Resolution]:
    """What is asked, by the ids that stand."""
    found = await resolved(snapshot, PRODUCTS, asked.filter)
    named = [("market", asked.market)] if asked.market is not None else []
    named += [("markets", market) for market in asked.markets]
    stands = {old: await now(snapshot, MARKETS, old, parameter) for parameter, old in named}
    standing = replace(
        asked,
        filter=found.filter,
        market=stands.get(asked.market or "", asked.market),
        params=tuple(
            (name, tuple(stands[market] for market in asked.markets))
            if name == "markets" and value
            else (name, value)
            for name, value in asked.params
        ),
    )
    moved = {old: new for old, new in stands.items() if old != new}
    return standing, replace(found, resolved=found.resolved | moved)


def _told(framed: Analysis, resolution: Resolution) -> Analysis:
    """The answer, with what became of ids that it was asked by."""
    codes = {warning["code"] for warning in resolution.warnings}
    if not codes and not resolution.resolved:
        return framed
    return msgspec.structs.replace(
        framed,
        warnings=sorted({*framed.warnings, *codes}),
        meta=msgspec.structs.replace(framed.meta, resolved=resolution.resolved or UNSET),
    )
