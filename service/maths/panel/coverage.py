"""What is known: states of cells, surveys and the share of facts behind an answer (18a)."""

from collections.abc import Sequence
from typing import NamedTuple

import msgspec
import numpy as np

from service.maths.arrays import Bools, Ints
from service.maths.panel.facts import (
    NO_DATE,
    InvestmentFact,
    SurveyFact,
    UsageFact,
    representative,
)
from service.maths.panel.lifetimes import midday
from service.maths.panel.panel import STAGES, Panel
from service.maths.panel.profiles import Profile, profile
from service.maths.panel.scope import Place

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
    panel = panel.within(market)
    profiled = profile(panel, market, on, models=models)
    known = profiled.state.has
    if not models:
        known = known_cells(panel, market, profiled, on, survey_valid_days)
    surveyed = set() if models else {survey.product for survey in panel.facts.surveys}
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


def coverage_of_versions(panel: Panel, place: Place, product: str | None, on: int) -> Coverage:
    """Coverage of the versions that were out by day `on` (an ordinal), of one product or of those
    of a place: nobody knows how many were never recorded, so there is no `known_share`.
    `n_products`: those that had launched."""
    versions = panel.facts.versions
    own = panel.in_market(place)
    if product is not None:
        own = np.array([product == one for one in panel.product_ids], np.bool_)
    inside, dated = own[versions.product], versions.date.hi != NO_DATE
    used = inside & dated & (midday(versions.date.lo, versions.date.hi) <= on)
    n_used, exact = int(used.sum()), used & (versions.date.lo == versions.date.hi)
    recorded = _Recorded(
        used=n_used,
        undated=int((inside & ~dated).sum()),
        exact=int(exact.sum()),
        sourced=int((used & versions.sourced).sum()),
    )
    return _of_recorded(panel, own, on, recorded, "no_versions")


def coverage_of_figures(
    panel: Panel, own: Bools, facts: Sequence[UsageFact | InvestmentFact], on: int
) -> Coverage:
    """Coverage of published figures dated by day `on` (an ordinal) that lost no dispute: nobody
    knows how many were never recorded. `n_products`: those of `own` that had launched."""
    standing = [fact for fact in facts if not fact.is_set_aside]
    dated = [fact for fact in standing if fact.hi != NO_DATE]
    used = [fact for fact in dated if representative(fact.lo, fact.hi) <= on]
    recorded = _Recorded(
        used=len(used),
        undated=len(standing) - len(dated),
        exact=sum(fact.lo == fact.hi for fact in used),
        sourced=sum(fact.is_sourced for fact in used),
    )
    return _of_recorded(panel, own, on, recorded, "no_figures")


class _Recorded(NamedTuple):
    """How many records count by the day, how many have no date, and of those that count how many
    are exact and sourced."""

    used: int
    undated: int
    exact: int
    sourced: int


def _of_recorded(panel: Panel, own: Bools, on: int, recorded: _Recorded, none: str) -> Coverage:
    """Coverage of what nobody knows how much of was never recorded; `none` is the reason where
    there are no records."""
    shares = {
        "dated_share": _share(recorded.used, recorded.used + recorded.undated),
        "day_precision_share": _share(recorded.exact, recorded.used),
        "sourced_share": _share(recorded.sourced, recorded.used),
    }
    reasons = {name: none for name, value in shares.items() if value is None}
    return Coverage(
        known_share=None,
        n_surveyed_products=0,
        n_products=int((own & (panel.lives.launch <= on)).sum()),
        n_features=0,
        reasons={"known_share": "not_estimable"} | reasons,
        **shares,
    )


def known_cells(
    panel: Panel, place: Place, profiled: Profile, on: int, survey_valid_days: int = 365
) -> Bools:
    """Which cells (product, alive feature) of a product profile of a place are known on the day:
    the product has the feature on record, whenever, or a survey not too old looked for it."""
    products = {product: row for row, product in enumerate(profiled.units)}
    columns = {item: column for column, item in enumerate(profiled.items)}
    known = profiled.state.has.copy()
    row_of = np.array([products.get(p, -1) for p in panel.product_ids], np.int64)
    column_of = np.array([columns.get(f, -1) for f in panel.feature_ids], np.int64)
    rows, cols = row_of[panel.adoptions.product], column_of[panel.adoptions.item]
    inside = (rows >= 0) & (cols >= 0)
    known[rows[inside], cols[inside]] = True
    for look in looks(panel, place):
        row = row_of[look.product]
        if row >= 0 and on <= look.day + survey_valid_days:
            known[row, [c for item, c in columns.items() if look.covers(item)]] = True
    return known


class SurveyLook(NamedTuple):
    """Somebody looked at a product (an index) on a day for these features; None: for all."""

    product: int
    day: int
    features: frozenset[str] | None

    def covers(self, feature: str) -> bool:
        """Whether the feature was looked for."""
        return self.features is None or feature in self.features


def looks(panel: Panel, place: Place) -> list[SurveyLook]:
    """The surveys that speak of a market, of several or of all, whenever they were made: those
    that name features, and those of all features that were made in the market."""
    index = {product: row for row, product in enumerate(panel.product_ids)}
    return [
        SurveyLook(
            index[survey.product],
            representative(survey.lo, survey.hi),
            None if survey.features is None else frozenset(survey.features),
        )
        for survey in panel.facts.surveys
        if survey.product in index and _speaks_of(survey, place)
    ]


def _speaks_of(survey: SurveyFact, place: Place) -> bool:
    if survey.features is not None or survey.market is None or place is None:
        return True
    return survey.market in ((place,) if isinstance(place, str) else place)


def absent_until(
    panel: Panel, feature: int, on: int, survey_valid_days: int, surveys: list[SurveyLook]
) -> Ints:
    """Per product without the feature (an index) on the day, the last day up to `on` on which it
    is known to lack it; NO_DATE where it never was. A later adoption says that it lacked it."""
    until = np.full(len(panel.product_ids), NO_DATE, np.int64)
    for look in surveys:
        if look.covers(panel.feature_ids[feature]):
            last = min(on, look.day + survey_valid_days)
            until[look.product] = max(until[look.product], last)
    until[panel.adoptions.product[panel.adoptions.item == feature]] = on
    return until


def last_survey(
    panel: Panel,
    market: str | None,
    product: str,
    feature: str,
    on: int,
    survey_valid_days: int = 365,
) -> int | None:
    """The day of the latest survey in force on `on` that looked for the feature, or None."""
    days = [
        look.day
        for look in looks(panel, market)
        if panel.product_ids[look.product] == product
        and look.covers(feature)
        and on <= look.day + survey_valid_days
    ]
    return max(days, default=None)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
