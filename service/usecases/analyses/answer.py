"""An analysis of the stored base: load a panel, compute, say what the answer stands on."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from msgspec import UNSET

from service.formats.json_records import render
from service.maths.panel.coverage import Coverage
from service.model.errors import Code, Fault, ServiceError
from service.model.methods import method
from service.model.notices import Notice, WarningCode, notice
from service.query.fields import Collection
from service.query.filters.expressions import EVERYTHING, text
from service.store.catalogue.fact_scopes import WHOLE, Read, Scope, markets_of_vendor
from service.store.catalogue.records import Record
from service.store.database import Snapshot
from service.texts.sentences import either, sentence
from service.usecases.analyses.declaration import Analysis, Declaration
from service.usecases.analyses.findings import Told, mostly_unknown
from service.usecases.analyses.frame import (
    ANSWER_TYPES,
    AnalysisAnswer,
    Meta,
    Subject,
)
from service.usecases.analyses.links import self_link
from service.usecases.analyses.measured import Measured, measured
from service.usecases.analyses.names import Naming
from service.usecases.analyses.panels import Panels, Published, Selection
from service.usecases.analyses.question import Question, resolve
from service.usecases.catalogue.merged_ids import Resolution, existing

_HALF = 0.5
_DRAWS = 200


async def answer(
    snapshot: Snapshot, panels: Panels, analysis: Analysis, record_id: str, question: Question
) -> AnalysisAnswer:
    """Load, compute, frame. Raises ServiceError for ids that no record has, `busy`,
    `too_costly`."""
    row = await existing(snapshot, analysis.collection, record_id)
    subject = _subject(analysis.collection, row, question.lang)
    if analysis.market == "own" and question.market is None:
        question = question.replaced(market=_only(row["market_ids"]))
    question, resolution = await resolve(snapshot, question)
    scope = await _scope(snapshot, analysis, row, question)
    kind = analysis.metric.stands_on
    published: Published | None = kind if kind == "usage" or kind == "investments" else None
    selected = await selections(snapshot, panels, scope, question, published)
    names = await panels.names(snapshot, question.lang)
    given = _given(analysis, subject, question)
    found = await panels.compute(
        measured,
        selected,
        analysis.operation,
        given,
        last_of=snapshot,
        name=analysis.operation,
        times=_times(given),
    )
    naming = Naming(names, question.unit, analysis.metric.stands_on)
    framed = await panels.beside(
        _framed, snapshot, found, analysis, subject, question, given, naming
    )
    return _told(framed, resolution)


async def _scope(snapshot: Snapshot, analysis: Analysis, row: Record, question: Question) -> Scope:
    """The products that an answer may depend on: those of the markets asked about, or of all
    where the subject is, and those of the subject."""
    kind, subject = analysis.collection.kind, row["id"]
    markets = {*question.markets, *([question.market] if question.market else [])}
    if kind == "market":
        return Scope(frozenset({subject, *markets}))
    if kind == "product":
        return Scope(frozenset(markets or row["market_ids"]), products=frozenset([subject]))
    if kind == "vendor":
        markets = markets or set(await markets_of_vendor(snapshot, subject))
        return Scope(frozenset(markets), vendors=frozenset([subject]))
    features = frozenset([subject] if analysis.looks_elsewhere else [])
    return Scope(frozenset(markets), features=features) if markets else WHOLE


def _times(given: Mapping[str, Any]) -> float:
    """How many times as long as usual it takes."""
    draws = given.get("date_draws", _DRAWS) / _DRAWS
    return float(draws + (given["null_draws"] / _DRAWS if given.get("include_structure") else 0))


async def selections(
    snapshot: Snapshot,
    panels: Panels,
    scope: Scope,
    question: Question,
    published: Published | None = None,
) -> tuple[Selection, Selection | None]:
    """The facts that the question is of, with published figures of a kind; and those that lost a
    dispute, where they are to be told."""
    parameters = question.parameters

    async def selected(*, set_aside: bool) -> Selection:
        return await panels.select(
            snapshot,
            scope,
            Read(unsourced=parameters.evidence == "any", set_aside=set_aside),
            stage_min=question.stage_min,
            expression=question.filter,
            published=None if set_aside else published,
        )

    kept = await selected(set_aside=False)
    return kept, await selected(set_aside=True) if parameters.explain else None


def _framed(
    snapshot: Snapshot,
    found: Measured,
    analysis: Analysis,
    subject: Subject,
    question: Question,
    given: dict[str, Any],
    naming: Naming,
) -> AnalysisAnswer:
    """With names, words and links."""
    result, parts, known = found.result, found.parts, found.coverage
    if analysis.finish is not None:
        result = analysis.finish(result, parts, question.parameters)
    result, *named = (naming.named(one, is_top=True) for one in (result, *parts.values()))
    parts = dict(zip(parts, named, strict=True))
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
        explain=found.explain,
        method=method(analysis.method, deciding(analysis, question)),
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
