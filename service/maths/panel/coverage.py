"""What is known: states of cells, surveys and the share of facts behind an answer (18a)."""

from typing import NamedTuple

import msgspec
import numpy as np

from service.maths.arrays import Bools, Ints
from service.maths.panel.facts import NO_DATE, SurveyFact, representative
from service.maths.panel.lifetimes import NEVER
from service.maths.panel.panel import STAGES, Panel, Place
from service.maths.panel.profiles import Profile, profile

MOSTLY = 0.5


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """How much of a market is known on a day; shares are null where nothing is recorded.

    `known_share` is over profiled products x alive features (or business models); the other
    shares are over the counting adoptions (or monetizations) of the market's products that are
    seen by that day (of the dated ones for `day_precision_share`).
    """

    known_share: float | None
    n_surveyed_products: int
    n_products: int
    n_features: int
    dated_share: float | None
    day_precision_share: float | None
    sourced_share: float | None
    reasons: dict[str, str]

    @property
    def warnings(self) -> list[str]:
        """`mostly_unknown` below one half."""
        low = self.known_share is not None and self.known_share < MOSTLY
        return ["mostly_unknown"] if low else []


def coverage(
    panel: Panel,
    market: Place,
    on: int,
    survey_valid_days: int = 365,
    *,
    models: bool = False,
) -> Coverage:
    """Coverage of a market, of several or (None) of all products on day `on` (an ordinal); with
    `models` of its monetizations, whose absence no survey proves."""
    panel = panel.seen(on)
    profiled = profile(panel, market, on, models=models)
    known = profiled.state.has if models else known_cells(panel, profiled, on, survey_valid_days)
    surveyed = set() if models else {s.product for s in _in_force(panel, on, survey_valid_days)}
    traits = panel.facts.monetizations if models else panel.facts.adoptions
    spells = panel.monetizations if models else panel.adoptions
    counting = panel.in_market(market)[traits.product] & (traits.stage >= STAGES[panel.stage_min])
    undated = traits.start.hi == NO_DATE
    used = np.zeros(len(traits.product), np.bool_)
    used[spells.row[spells.start <= on]] = True
    used &= counting
    exact = used & (traits.start.lo == traits.start.hi)
    n_used, n_undated = int(used.sum()), int((counting & undated).sum())
    shares = {
        "known_share": _share(int(known.sum()), known.size),
        "dated_share": _share(n_used, n_used + n_undated),
        "day_precision_share": _share(int(exact.sum()), n_used),
        "sourced_share": _share(int((used & traits.sourced).sum()), n_used),
    }
    return Coverage(
        n_surveyed_products=len(surveyed & set(profiled.units)),
        n_products=len(profiled.units),
        n_features=len(profiled.items),
        reasons={n: profiled.missing or "no_features" for n, v in shares.items() if v is None},
        **shares,
    )


def known_cells(panel: Panel, profiled: Profile, on: int, survey_valid_days: int = 365) -> Bools:
    """Which cells (product, alive feature) of a product profile are known on the day."""
    products = {product: row for row, product in enumerate(profiled.units)}
    columns = {item: column for column, item in enumerate(profiled.items)}
    known = profiled.state.has.copy()
    seen = panel.adoptions.take(panel.adoptions.start <= on)
    row_of = np.array([products.get(p, -1) for p in panel.product_ids], np.int64)
    column_of = np.array([columns.get(f, -1) for f in panel.feature_ids], np.int64)
    rows, cols = row_of[seen.product], column_of[seen.item]
    inside = (rows >= 0) & (cols >= 0)
    known[rows[inside], cols[inside]] = True
    for survey in _in_force(panel, on, survey_valid_days):
        row = products.get(survey.product)
        if row is not None:
            covered = _covered(panel, survey, on)
            known[row, [c for item, c in columns.items() if item in covered]] = True
    return known


class SurveyLook(NamedTuple):
    """Somebody looked at a product (an index) on a day for these features."""

    product: int
    day: int
    features: frozenset[str]


def looks(panel: Panel, on: int) -> list[SurveyLook]:
    """All surveys seen by the day, however old."""
    place = {product: index for index, product in enumerate(panel.product_ids)}
    return [
        SurveyLook(place[survey.product], _day(survey), _covered(panel, survey, on))
        for survey in _in_force(panel, on, NEVER)
        if survey.product in place
    ]


def absent_until(
    panel: Panel, feature: str, on: int, survey_valid_days: int, seen: list[SurveyLook]
) -> Ints:
    """Per product without the feature, the last day up to `on` on which it is known to lack it;
    NO_DATE where it never was."""
    until = np.full(len(panel.product_ids), NO_DATE, np.int64)
    for look in seen:
        if feature in look.features:
            last = min(on, look.day + survey_valid_days)
            until[look.product] = max(until[look.product], last)
    return until


def last_survey(
    panel: Panel, product: str, feature: str, on: int, survey_valid_days: int = 365
) -> int | None:
    """The day of the latest survey in force on `on` that looked for the feature, or None."""
    days = [
        _day(survey)
        for survey in _in_force(panel, on, survey_valid_days)
        if survey.product == product and feature in _covered(panel, survey, on)
    ]
    return max(days, default=None)


def _in_force(panel: Panel, on: int, valid_days: int) -> list[SurveyFact]:
    """Surveys seen by the day and not too old for it."""
    return [s for s in panel.facts.surveys if _day(s) <= on <= _day(s) + valid_days]


def _day(survey: SurveyFact) -> int:
    """Its representative day."""
    return representative(survey.lo, survey.hi)


def _covered(panel: Panel, survey: SurveyFact, on: int) -> frozenset[str]:
    """The named features, or all that a product of the surveyed market had by the day."""
    if survey.features is not None:
        return frozenset(survey.features)
    spells = panel.adoptions
    held = panel.in_market(survey.market)[spells.product] & (spells.start <= on)
    return frozenset(panel.feature_ids[item] for item in np.unique(spells.item[held]))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
