"""Every market side by side: how alike its products are, and how much is known of them."""

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from msgspec import UNSET, Struct

from service.formats.json_records import render
from service.maths.homogenization.market import MarketHomogenization, market_homogenization
from service.maths.panel.coverage import Coverage, coverage
from service.maths.panel.panel import Panel
from service.maths.panel.provenance import facts_used
from service.model.methods import Method, method
from service.model.notices import Notice
from service.query.registry import MARKETS
from service.store.catalogue import lists, records
from service.store.catalogue.fact_scopes import Scope
from service.store.database import Snapshot
from service.texts.messages import counted, message, speaker
from service.texts.values import date_text, percent
from service.usecases.analyses.answer import deciding, notices, selections
from service.usecases.analyses.comparison import ComparedSubject
from service.usecases.analyses.declaration import called
from service.usecases.analyses.declarations.homogenization_side_by_side import (
    DECLARATION,
    Parameters,
)
from service.usecases.analyses.declarations.market_homogenization import DECLARATION as OF_ONE
from service.usecases.analyses.findings import Told
from service.usecases.analyses.frame import Explanation, Meta
from service.usecases.analyses.links import self_link
from service.usecases.analyses.names import Naming, named_type
from service.usecases.analyses.panels import Panels
from service.usecases.analyses.question import Question
from service.usecases.catalogue.merged_ids import resolved

SOLID = ("fair", "good")  # the quality of scores that are held against each other
_PARTS = ("within", "entry", "exit")  # that add up to a change
_COPIED = (
    "score",
    "score_lowest",
    "score_highest",
    "score_ci_low",
    "score_ci_high",
    "n_vendors",
    "n_products",
    "n_features",
    "band",
    "quality",
)


class MarketLikeness(Struct, frozen=True, kw_only=True):
    """One market: the figures of its own analysis, its finding, and how much is known.

    `change` is of the score with unknown cells absent, over `change_window_days`, and the sum of
    what products of both days, newcomers and leavers add; `reasons` say why figures are null.
    """

    market: str
    layer: str | None
    score: float | None
    score_lowest: float | None
    score_highest: float | None
    score_ci_low: float | None
    score_ci_high: float | None
    score_unknown_absent: float | None
    change: float | None
    change_within: float | None
    change_entry: float | None
    change_exit: float | None
    known_share: float | None
    n_surveyed_products: int
    n_vendors: int
    n_products: int
    n_features: int
    band: str | None
    quality: str
    finding: str
    href: str
    reasons: dict[str, str]


if TYPE_CHECKING:
    NamedLikeness = MarketLikeness
else:  # the same with names beside its ids
    NamedLikeness = named_type(MarketLikeness)


class SideBySideAnswer(Struct, frozen=True, kw_only=True):
    """The markets by layer, within one by score, the most alike first, those without one last."""

    object: str
    on: date
    as_of: str | None
    finding: str
    n_markets: int
    n_scored: int
    subjects: list[ComparedSubject]
    markets: list[NamedLikeness]
    coverage: Coverage
    explain: Explanation | None
    method: Method
    links: dict[str, str]
    warnings: list[Notice]
    meta: Meta


def _parameters(question: Question) -> Parameters:
    parameters = question.parameters
    assert isinstance(parameters, Parameters), "markets are compared by their own parameters"
    return parameters


class _Computed(NamedTuple):
    rows: list[MarketLikeness]
    coverage: Coverage
    warnings: list[str]
    explain: Explanation | None


async def homogenization(
    snapshot: Snapshot, panels: Panels, question: Question
) -> SideBySideAnswer:
    """The markets that meet the filter of the question, which is over markets."""
    found = await resolved(snapshot, MARKETS, question.filter)
    ids = await lists.matching(snapshot, MARKETS, found.filter)
    known = await records.by_ids(snapshot, MARKETS, ids)
    shown = {one: render(MARKETS, known[one], question.lang) for one in ids}
    every = question.unfiltered
    selected = await selections(snapshot, panels, Scope(frozenset(ids)), every)
    naming = Naming(await panels.names(snapshot, question.lang))
    computed = await panels.compute(_computed, selected, shown, every, last_of=snapshot)
    answer = _answer(snapshot, computed, shown, question, naming)
    told = [*answer.warnings, *found.warnings(question.lang)]
    meta = msgspec.structs.replace(answer.meta, resolved=found.resolved or UNSET)
    return msgspec.structs.replace(answer, warnings=told, meta=meta)


def _answer(
    snapshot: Snapshot,
    computed: _Computed,
    shown: dict[str, dict[str, Any]],
    question: Question,
    naming: Naming,
) -> SideBySideAnswer:
    rows = computed.rows
    subjects = [shown[row.market] for row in rows]
    return SideBySideAnswer(
        object="homogenization_side_by_side",
        on=question.on,
        as_of=question.parameters.as_of,
        finding=_finding(rows, naming, question),
        n_markets=len(rows),
        n_scored=len(_scored(rows)),
        subjects=[ComparedSubject(id=r["id"], name=r["name"], href=r["href"]) for r in subjects],
        markets=naming.named(rows),
        coverage=computed.coverage,
        explain=computed.explain,
        method=method(DECLARATION.method, deciding(DECLARATION, question)),
        links={"self": self_link(DECLARATION.path, question)},
        warnings=notices(computed.warnings, question.lang),
        meta=Meta(revision=snapshot.revision, lang=question.lang),
    )


def _computed(
    panel: Panel, set_aside: Panel | None, shown: dict[str, dict[str, Any]], question: Question
) -> _Computed:
    on, days = question.on.toordinal(), _parameters(question).survey_valid_days
    rows = [_row(panel, record, question) for record in shown.values()]
    places = tuple(shown)
    explain = None
    if set_aside is not None:
        ids, disputed = (facts_used(known, places, on) for known in (panel, set_aside))
        explain = Explanation(collection="adoptions", ids=ids, disputed_ids=disputed)
    known = coverage(panel, places, on, days)
    return _Computed(sorted(rows, key=_place), known, panel.warnings, explain)


def _place(row: MarketLikeness) -> tuple[Any, ...]:
    """By layer; the most alike first, then those with bounds alone, then the others."""
    figure = row.score if row.score is not None else row.score_lowest
    return (
        row.layer is None,
        row.layer or "",
        row.score is None,
        figure is None,
        -(figure or 0),
        row.market,
    )


def _row(panel: Panel, record: dict[str, Any], question: Question) -> MarketLikeness:
    on, lang = question.on.toordinal(), question.lang
    asked = msgspec.structs.asdict(question.parameters)
    given = asked | {"market": record["id"], "on": on}
    result: MarketHomogenization = called(market_homogenization, panel, given)
    known = coverage(panel, record["id"], on, _parameters(question).survey_valid_days)
    told = Told(result, {}, question.parameters, record["name"], (record["name"],), known, lang)
    nulls = {"change": result.reasons.get("change.change")}
    nulls |= {f"change_{part}": result.reasons.get(f"change.{part}") for part in _PARTS}
    nulls |= {"score_unknown_absent": result.reasons.get("readings.unknown_absent")}
    nulls |= {name: result.reasons.get(name) for name in _COPIED}
    nulls |= {"known_share": known.reasons.get("known_share")}
    return MarketLikeness(
        market=record["id"],
        layer=record["layer"],
        **{name: getattr(result, name) for name in _COPIED},
        score_unknown_absent=result.readings.unknown_absent,
        change=result.change.change,
        **{f"change_{part}": getattr(result.change, part) for part in _PARTS},
        known_share=known.known_share,
        n_surveyed_products=known.n_surveyed_products,
        finding=OF_ONE.finding(told),
        href=f"{record['href']}/{OF_ONE.suffix}",
        reasons={name: why for name, why in sorted(nulls.items()) if why},
    )


def _scored(rows: list[MarketLikeness]) -> list[MarketLikeness]:
    return [row for row in rows if row.score is not None]


def _finding(rows: list[MarketLikeness], naming: Naming, question: Question) -> str:
    lang = question.lang
    say = speaker("findings.side_by_side", lang)
    solid = sorted((row for row in _scored(rows) if row.quality in SOLID), key=_score)
    about = {
        "day": date_text(question.on, lang),
        "markets": counted("findings.counts.markets", len(rows), lang),
        "scored": len(_scored(rows)),
    }
    if not solid:
        return say("none", **about)
    for word, row in (("most", solid[-1]), ("least", solid[0])):
        name = naming.of("market", row.market)
        about[word] = message("findings.market", lang, name=name)
        about[f"{word}_share"] = percent(_score(row), lang)
    said = say("said", **about) if len(solid) > 1 else say("one", **about)
    return said + _trend(solid[-1], str(about["most"]), question)


def _trend(row: MarketLikeness, market: str, question: Question) -> str:
    """Whether the most alike market is getting more so, and by whom."""
    if row.change is None or row.change_within is None:
        return ""
    say, lang = speaker("findings.side_by_side", question.lang), question.lang
    window = counted("numbers.days", _parameters(question).change_window_days, lang)
    points = round(row.change * 100)
    parts = {part: f"{round(getattr(row, f'change_{part}') * 100):+}" for part in _PARTS}
    way = "same" if points == 0 else "up" if points > 0 else "down"
    return say(f"trend.{way}", most=market, window=window, points=abs(points), **parts)


def _score(row: MarketLikeness) -> float:
    return row.score or 0.0
