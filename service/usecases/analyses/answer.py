"""An analysis of the stored base: load a panel, compute, say what the answer stands on."""

import asyncio
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from msgspec import UNSET

from service.formats.json_records import render
from service.maths.panel.coverage import Coverage
from service.maths.panel.panel import Panel
from service.maths.panel.provenance import facts_used, figures_used, versions_used
from service.maths.panel.scope import Place
from service.maths.parameters import SURVEY_VALID_DAYS
from service.model.errors import Code, Fault, ServiceError
from service.model.methods import method
from service.model.notices import Notice, WarningCode, notice
from service.query.fields import Collection
from service.query.filters.expressions import EVERYTHING, text
from service.store.catalogue.records import Record
from service.store.database import Snapshot
from service.texts.sentences import either, sentence
from service.usecases.analyses.declaration import Analysis, Declaration, called, markets_of
from service.usecases.analyses.findings import Told, mostly_unknown
from service.usecases.analyses.frame import (
    ANSWER_TYPES,
    AnalysisAnswer,
    Explanation,
    Meta,
    Subject,
)
from service.usecases.analyses.links import self_link
from service.usecases.analyses.names import Naming
from service.usecases.analyses.panels import Panels, Published
from service.usecases.analyses.question import Question, resolve
from service.usecases.catalogue.merged_ids import Resolution, existing

_HALF = 0.5
_SURVEYS = "survey_valid_days"


async def answer(
    snapshot: Snapshot, panels: Panels, analysis: Analysis, record_id: str, question: Question
) -> AnalysisAnswer:
    """Load, compute, frame. Raises ServiceError for ids that no record has."""
    row = await existing(snapshot, analysis.collection, record_id)
    subject = _subject(analysis.collection, row, question.lang)
    if analysis.market == "own" and question.market is None:
        question = question.replaced(market=_only(row["market_ids"]))
    question, resolution = await resolve(snapshot, question)
    kind = analysis.metric.stands_on
    published = kind if kind == "usage" or kind == "investments" else None
    panel = await panel_of(snapshot, panels, question, published=published)
    set_aside = await facts_set_aside(snapshot, panels, question)
    names = await panels.names(snapshot, question.lang)
    naming = Naming(names, question.unit, analysis.metric.stands_on)
    framed = await asyncio.to_thread(
        _computed, snapshot, panel, set_aside, analysis, subject, question, naming
    )
    return _told(framed, resolution)


async def panel_of(
    snapshot: Snapshot,
    panels: Panels,
    question: Question,
    *,
    set_aside: bool = False,
    published: Published | None = None,
) -> Panel:
    """The facts that the question is of; `set_aside`: those that lost a dispute; `published`: with
    figures of that kind."""
    return await panels.get(
        snapshot,
        evidence=question.parameters.evidence,
        stage_min=question.stage_min,
        expression=question.filter,
        set_aside=set_aside,
        published=published,
    )


async def facts_set_aside(snapshot: Snapshot, panels: Panels, question: Question) -> Panel | None:
    """The facts that lost a dispute, where they are to be told."""
    if not question.parameters.explain:
        return None
    return await panel_of(snapshot, panels, question, set_aside=True)


def _computed(
    snapshot: Snapshot,
    panel: Panel,
    set_aside: Panel | None,
    analysis: Analysis,
    subject: Subject,
    question: Question,
    naming: Naming,
) -> AnalysisAnswer:
    given = _given(analysis, subject, question)
    result = called(analysis.compute, panel, given)
    parts = {part.name: called(part.compute, panel, given) for part in analysis.parts}
    if analysis.finish is not None:
        result = analysis.finish(result, parts, question.parameters)
    result, *named = (naming.named(one, is_top=True) for one in (result, *parts.values()))
    parts = dict(zip(parts, named, strict=True))
    parameters = deciding(analysis, question)
    place = _place(panel, given)
    valid = parameters.get(_SURVEYS, SURVEY_VALID_DAYS)
    known = analysis.metric.coverage(panel, place, given | {_SURVEYS: valid})
    markets = given["markets"] or (given.get("market"),)
    names = tuple(naming.of("market", market) or "" for market in markets if market)
    told = Told(result, parts, question.parameters, subject.name, names, known, question.lang)
    framed: AnalysisAnswer = ANSWER_TYPES[analysis.operation](
        object=analysis.method.replace("-", "_"),
        subject=subject,
        **_ids_and_names(naming, given),
        on=question.on,
        as_of=question.parameters.as_of,
        finding=_finding(analysis, told, known),
        reasons=result.reasons,
        coverage=known,
        explain=_explanation(panel, set_aside, analysis, place, given, question),
        method=method(analysis.method, parameters),
        links=_links(analysis, subject, question),
        warnings=notices({*result.warnings, *known.warnings, *_selection(parts)}, question.lang),
        meta=Meta(revision=snapshot.revision, lang=question.lang),
        result=result,
        **parts,
    )
    return framed


def _ids_and_names(naming: Naming, given: dict[str, Any]) -> dict[str, str | None]:
    """What was asked about, by id and name."""
    named: dict[str, str | None] = {}
    for kind in ("market", "feature", "product"):
        named |= {f"{kind}_id": given.get(kind), f"{kind}_name": naming.of(kind, given.get(kind))}
    return named


def _given(analysis: Analysis, subject: Subject, question: Question) -> dict[str, Any]:
    """Everything that the functions of the maths may take."""
    asked_for = msgspec.structs.asdict(question.parameters)
    when = {"on": question.on.toordinal(), "as_of": question.parameters.as_of}
    given = asked_for | dict(analysis.fixed) | {analysis.collection.kind: subject.id} | when
    return given | ({"markets": (subject.id, *question.markets) if question.markets else None})


def _place(panel: Panel, given: Mapping[str, Any]) -> Place:
    """The market or markets that the answer is of: of a vendor or product alone, all where it
    is."""
    if "market" not in given:
        return markets_of(panel, given)
    place: Place = given["markets"] or given["market"]
    return place


def deciding(declaration: Declaration, question: Question) -> dict[str, Any]:
    """Everything that decides the figures, whether it was asked for or not."""
    names = [f.name for f in declaration.own if f.name != "markets"]
    chosen = {name: getattr(question.parameters, name) for name in names}
    chosen |= {"stage_min": question.stage_min, "evidence": question.parameters.evidence}
    chosen |= {} if question.filter == EVERYTHING else {"filter": text(question.filter)}
    return chosen | ({"markets": question.markets} if question.markets else {})


def _links(analysis: Analysis, subject: Subject, question: Question) -> dict[str, str]:
    """Where the question, its subject and its methods stand."""
    methods = {"method": analysis.method} | {
        f"{part.name}_method": part.metric.method for part in analysis.parts if part.metric
    }
    return {
        "self": self_link(f"{subject.href}/{analysis.suffix}", question),
        "subject": subject.href,
        **{name: f"/v1/methods/{method_id}" for name, method_id in methods.items()},
    }


def _finding(analysis: Analysis, told: Told, known: Coverage) -> str:
    """The sentence, and what must be said with it (metrics.md, 18a)."""
    more = "" if analysis.says_coverage else mostly_unknown(known, told.lang)
    return analysis.finding(told) + more


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
    given: Mapping[str, Any],
    question: Question,
) -> Explanation | None:
    if set_aside is None:
        return None
    kind, on = analysis.metric.stands_on, question.on.toordinal()
    if kind == "versions":
        ids, disputed = (
            versions_used(known, place, given.get("product"), on) for known in (panel, set_aside)
        )
        return Explanation(collection=kind, ids=ids, disputed_ids=disputed)
    if kind == "usage" or kind == "investments":
        owner = given["product" if kind == "usage" else "vendor"]
        ids, disputed = (
            figures_used(panel, kind, owner, on, set_aside=lost) for lost in (False, True)
        )
        return Explanation(collection=kind, ids=ids, disputed_ids=disputed)
    one = given.get("feature") if analysis.is_of_one_feature else None
    models = kind == "monetizations"
    ids, disputed = (
        facts_used(known, place, on, one, models=models) for known in (panel, set_aside)
    )
    return Explanation(collection=kind, ids=ids, disputed_ids=disputed)


def _only(markets: list[str]) -> str:
    if len(markets) == 1:
        return markets[0]
    named = either([f"market={market}" for market in markets])
    detail = sentence("markets.which", markets=named) if markets else sentence("markets.none")
    fault = Fault(Code.INVALID_VALUE, detail, parameter="market", allowed=tuple(markets))
    raise ServiceError(Code.INVALID_VALUE, detail, [fault])


def _subject(collection: Collection, row: Record, lang: str) -> Subject:
    shown = render(collection, row, lang)
    return Subject(object=collection.kind, id=row["id"], name=shown["name"], href=shown["href"])


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
