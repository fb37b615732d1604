"""An analysis of the stored base: load a panel, compute, say what the answer stands on."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import msgspec
from msgspec import UNSET

from service.formats.json_records import render
from service.maths.panel.coverage import Coverage, coverage
from service.maths.panel.panel import Panel, Place
from service.maths.panel.provenance import facts_used
from service.maths.parameters import SURVEY_VALID_DAYS
from service.model.errors import Code, Fault, ServiceError
from service.model.methods import method
from service.model.notices import Notice, WarningCode, notice
from service.query.fields import Collection
from service.query.filters.expressions import EVERYTHING, Expression, text
from service.query.registry import MARKETS, PRODUCTS
from service.store.catalogue.records import Record
from service.store.database import Snapshot
from service.usecases.analyses.declaration import Analysis, Declaration, called
from service.usecases.analyses.findings import Told, both_ways, mostly_unknown
from service.usecases.analyses.frame import (
    ANSWER_TYPES,
    AnalysisAnswer,
    Explanation,
    Meta,
    Subject,
)
from service.usecases.analyses.names import Naming
from service.usecases.analyses.panels import Panels
from service.usecases.analyses.parameters import AnalysisParameters
from service.usecases.catalogue.merged_ids import Resolution, existing, now, resolved

_HALF = 0.5
_SURVEYS = "survey_valid_days"


@dataclass(frozen=True)
class Asked:
    """A checked question: its parameters, and what was read out of them and of the request."""

    parameters: AnalysisParameters
    on: date
    lang: str = "en"
    filter: Expression = EVERYTHING

    @property
    def market(self) -> str | None:
        """The market that is a parameter, if one was named."""
        market: str | None = getattr(self.parameters, "market", None)
        return market

    @property
    def markets(self) -> tuple[str, ...]:
        """Further markets, pooled with the subject."""
        markets: tuple[str, ...] = getattr(self.parameters, "markets", ())
        return markets

    @property
    def unit(self) -> str | None:
        """Products or vendors, where the analysis may be asked of either."""
        unit: str | None = getattr(self.parameters, "unit", None)
        return unit

    @property
    def stage_min(self) -> str:
        """The least stage that counts, in whichever spelling it was given."""
        return self.parameters.stage or self.parameters.stage_min

    def replaced(self, **parameters: object) -> "Asked":
        """The same question with other parameters."""
        return replace(self, parameters=msgspec.structs.replace(self.parameters, **parameters))


async def answer(
    snapshot: Snapshot, panels: Panels, analysis: Analysis, record_id: str, asked: Asked
) -> AnalysisAnswer:
    """Load, compute, frame. Raises ServiceError for ids that no record has."""
    row = await existing(snapshot, analysis.collection, record_id)
    subject = _subject(analysis.collection, row, asked.lang)
    if analysis.market == "own" and asked.market is None:
        asked = asked.replaced(market=_only(row["market_ids"]))
    asked, resolution = await resolve(snapshot, asked)
    panel = await panel_of(snapshot, panels, asked)
    set_aside = await facts_set_aside(snapshot, panels, asked)
    names = await panels.names(snapshot, asked.lang)
    naming = Naming(names, asked.unit, analysis.metric.stands_on)
    framed = await asyncio.to_thread(
        _computed, snapshot, panel, set_aside, analysis, subject, asked, naming
    )
    return _told(framed, resolution)


async def panel_of(
    snapshot: Snapshot, panels: Panels, asked: Asked, *, set_aside: bool = False
) -> Panel:
    """The facts that the question is of; `set_aside`: those that lost a dispute."""
    return await panels.get(
        snapshot,
        evidence=asked.parameters.evidence,
        stage_min=asked.stage_min,
        expression=asked.filter,
        set_aside=set_aside,
    )


async def facts_set_aside(snapshot: Snapshot, panels: Panels, asked: Asked) -> Panel | None:
    """The facts that lost a dispute, where they are to be told."""
    if not asked.parameters.explain:
        return None
    return await panel_of(snapshot, panels, asked, set_aside=True)


def _computed(
    snapshot: Snapshot,
    panel: Panel,
    set_aside: Panel | None,
    analysis: Analysis,
    subject: Subject,
    asked: Asked,
    naming: Naming,
) -> AnalysisAnswer:
    given = _given(analysis, subject, asked)
    result = called(analysis.compute, panel, given)
    parts = {part.name: called(part.compute, panel, given) for part in analysis.parts}
    if analysis.finish is not None:
        result = analysis.finish(result, parts, asked.parameters)
    result, *named = (naming.named(one, is_top=True) for one in (result, *parts.values()))
    parts = dict(zip(parts, named, strict=True))
    parameters = deciding(analysis, asked)
    place = _place(panel, given)
    known = _coverage(analysis, panel, place, asked, parameters.get(_SURVEYS, SURVEY_VALID_DAYS))
    markets = given["markets"] or (given.get("market"),)
    names = tuple(naming.of("market", market) or "" for market in markets if market)
    told = Told(result, parts, asked.parameters, subject.name, names, asked.lang)
    framed: AnalysisAnswer = ANSWER_TYPES[analysis.operation](
        object=analysis.method.replace("-", "_"),
        subject=subject,
        market_id=given.get("market"),
        market_name=naming.of("market", given.get("market")),
        feature_id=given.get("feature"),
        feature_name=naming.of("feature", given.get("feature")),
        product_id=given.get("product"),
        product_name=naming.of("product", given.get("product")),
        on=asked.on,
        as_of=asked.parameters.as_of,
        finding=_finding(analysis, told, known),
        reasons=result.reasons,
        coverage=known,
        explain=_explanation(panel, set_aside, analysis, place, given.get("feature"), asked),
        method=method(analysis.method, parameters),
        links=_links(analysis, subject),
        warnings=notices({*result.warnings, *known.warnings, *_selection(parts)}, asked.lang),
        meta=Meta(revision=snapshot.revision, lang=asked.lang),
        result=result,
        **parts,
    )
    return framed


def _given(analysis: Analysis, subject: Subject, asked: Asked) -> dict[str, Any]:
    """Everything that the functions of the maths may take."""
    asked_for = msgspec.structs.asdict(asked.parameters)
    when = {"on": asked.on.toordinal(), "as_of": asked.parameters.as_of}
    given = asked_for | dict(analysis.fixed) | {analysis.collection.kind: subject.id} | when
    return given | ({"markets": (subject.id, *asked.markets) if asked.markets else None})


def _place(panel: Panel, given: Mapping[str, Any]) -> Place:
    """The market or markets that the answer is of: of a vendor alone, all where it is."""
    if "market" not in given:
        return panel.markets_of(given["vendor"])
    place: Place = given["markets"] or given["market"]
    return place


def _coverage(
    analysis: Analysis, panel: Panel, place: Place, asked: Asked, survey_valid_days: int
) -> Coverage:
    models = analysis.metric.stands_on == "monetizations"
    return coverage(panel, place, asked.on.toordinal(), survey_valid_days, models=models)


def deciding(declaration: Declaration, asked: Asked) -> dict[str, Any]:
    """Everything that decides the figures, whether it was asked for or not."""
    names = [f.name for f in declaration.own if f.name != "markets"]
    chosen = {name: getattr(asked.parameters, name) for name in names}
    chosen |= {"stage_min": asked.stage_min, "evidence": asked.parameters.evidence}
    chosen |= {} if asked.filter == EVERYTHING else {"filter": text(asked.filter)}
    return chosen | ({"markets": asked.markets} if asked.markets else {})


def _links(analysis: Analysis, subject: Subject) -> dict[str, str]:
    """Where the question, its subject and its methods stand."""
    methods = {"method": analysis.method} | {
        f"{part.name}_method": part.metric.method for part in analysis.parts if part.metric
    }
    return {
        "self": f"{subject.href}/{analysis.suffix}",
        "subject": subject.href,
        **{name: f"/v1/methods/{method_id}" for name, method_id in methods.items()},
    }


def _finding(analysis: Analysis, told: Told, known: Coverage) -> str:
    """The sentence, and what must be said with it (metrics.md, 18a)."""
    is_absent = getattr(told.parameters, "unknown", "absent") == "absent"
    readings = told.parts.get("readings") if is_absent else None
    apart = both_ways(readings, analysis.headline, told.lang)
    return analysis.finding(told) + apart + mostly_unknown(known, told.lang)


def _selection(parts: dict[str, Any]) -> set[str]:
    """A trend may be an artefact of when features were recorded (metrics.md, 11 and 13.4)."""
    share = getattr(parts.get("trend"), "recorded_before_first_copy_share", None)
    return (
        {WarningCode.RECORDING_ARTEFACT_POSSIBLE} if share is not None and share < _HALF else set()
    )


def _explanation(
    panel: Panel,
    set_aside: Panel | None,
    analysis: Analysis,
    place: Place,
    feature: str | None,
    asked: Asked,
) -> Explanation | None:
    if set_aside is None:
        return None
    kind = analysis.metric.stands_on
    one = feature if analysis.is_of_one_feature else None
    models, on = kind == "monetizations", asked.on.toordinal()
    ids, disputed = (
        facts_used(known, place, on, one, models=models) for known in (panel, set_aside)
    )
    return Explanation(collection=kind, ids=ids, disputed_ids=disputed)


def _only(markets: list[str]) -> str:
    if len(markets) == 1:
        return markets[0]
    said = " or ".join(f"market={market}" for market in markets)
    detail = f"Say in which market: {said}." if markets else "The product is in no market."
    fault = Fault(Code.INVALID_VALUE, detail, parameter="market", allowed=tuple(markets))
    raise ServiceError(Code.INVALID_VALUE, detail, [fault])


def _subject(collection: Collection, row: Record, lang: str) -> Subject:
    shown = render(collection, row, lang)
    return Subject(object=collection.kind, id=row["id"], name=shown["name"], href=shown["href"])


async def resolve(snapshot: Snapshot, asked: Asked) -> tuple[Asked, Resolution]:
    """What is asked, by the ids that stand."""
    found = await resolved(snapshot, PRODUCTS, asked.filter)
    named = [("market", asked.market)] if asked.market is not None else []
    named += [("markets", market) for market in asked.markets]
    stands = {old: await now(snapshot, MARKETS, old, parameter) for parameter, old in named}
    standing = replace(asked, filter=found.filter)
    if asked.market is not None:
        standing = standing.replaced(market=stands[asked.market])
    if asked.markets:
        standing = standing.replaced(markets=tuple(stands[market] for market in asked.markets))
    moved = {old: new for old, new in stands.items() if old != new}
    return standing, replace(found, resolved=found.resolved | moved)


def notices(codes: Iterable[str], lang: str) -> list[Notice]:
    """The warnings in words, by code."""
    return [notice(code, lang) for code in sorted(codes)]


def _told(framed: AnalysisAnswer, resolution: Resolution) -> AnalysisAnswer:
    """The answer, with what became of ids that it was asked by."""
    more = resolution.warnings(framed.meta.lang)
    if not more and not resolution.resolved:
        return framed
    return msgspec.structs.replace(
        framed,
        warnings=sorted([*framed.warnings, *more], key=lambda notice: notice.code),
        meta=msgspec.structs.replace(framed.meta, resolved=resolution.resolved or UNSET),
    )
