"""The cells of a market of which nobody knows, and draws of them where audits carry a model
(metrics.md, 18b)."""

import math
from dataclasses import dataclass
from hashlib import blake2b

import msgspec
import numpy as np

from service.cached import cached_property
from service.maths.arrays import Bools, Floats, Ints
from service.maths.kernels.presence import (
    SD_BREADTHS,
    PresenceModel,
    Recall,
    Unaudited,
    fit_presence,
    fit_recall,
)
from service.maths.panel.coverage import known_cells
from service.maths.panel.imputation import uniforms
from service.maths.panel.kept import kept
from service.maths.panel.panel import Panel
from service.maths.panel.profiles import Profile, profile
from service.maths.parameters import DateDraws
from service.maths.results import Absent, Figures, Reason

_DAY = 86_400
MIN_AUDITED, MIN_ABSENT, MIN_HISTORIES = 5, 10, 5


class ModelCheck(msgspec.Struct, frozen=True, kw_only=True):
    """Audited products put back to their record before they were gone through: how many of their
    then unknown cells were predicted present, how many were found present, how many are open."""

    predicted: float
    found: int
    open: int
    passed: bool


class UnknownModel(msgspec.Struct, frozen=True, kw_only=True):
    """What the draws of unknown cells rest on; recall is Beta(recall_a, recall_b)."""

    n_audited: int
    n_known_absent: int
    n_history: int
    recall_a: float
    recall_b: float
    check: ModelCheck | None


@dataclass(frozen=True)
class MarketCells:
    """The products of a market on a day by its alive features: which of these cells are known, and
    which were on record on an earlier day than the first survey of their product."""

    market: str | None
    profile: Profile
    known: Bools
    recorded: Bools

    @property
    def has(self) -> Bools:
        return self.profile.state.has

    @cached_property
    def content(self) -> bytes:
        """A digest: on many days the cells are as they were."""
        profile = self.profile
        made = blake2b(repr((self.market, profile.units, profile.vendors, profile.items)).encode())
        for column in (self.has, profile.state.vendor, self.known, self.recorded):
            made.update(column.tobytes())
        return made.digest()

    @cached_property
    def audited(self) -> Bools:
        """Products that somebody went through: four fifths known with a known absence, or nine
        tenths."""
        share = self.known.mean(axis=1) if self.known.size else np.zeros(len(self.known))
        lacks = (self.known & ~self.has).any(axis=1)
        audited: Bools = ((share >= 0.8) & lacks) | (share >= 0.9)
        return audited

    @property
    def n_known_absent(self) -> int:
        """Known absences of audited products."""
        return int((self.known & ~self.has)[self.audited].sum())

    @property
    def missing(self) -> Reason | None:
        """Why no cell is drawn."""
        if self.known.all():
            return "all_known"
        is_carried = self.audited.sum() >= MIN_AUDITED and self.n_known_absent >= MIN_ABSENT
        if self.market is None or not is_carried:
            return "too_few_audits"
        return None if self.check is None or self.check.passed else "too_few_audits"

    @cached_property
    def presence(self) -> PresenceModel:
        """Of the audited products."""
        return fit_presence(self.has[self.audited], self.known[self.audited])

    @cached_property
    def histories(self) -> Ints:
        """Audited products something of which was on record before they were gone through."""
        return np.flatnonzero(self.audited & self.recorded.any(axis=1))

    def _recall(self, products: Ints) -> Recall:
        on_record, present = (cells[products].sum(axis=1) for cells in (self.recorded, self.has))
        return fit_recall(on_record, present)

    @cached_property
    def recall(self) -> Recall:
        """Of the products with a history."""
        return self._recall(self.histories)

    @cached_property
    def check(self) -> ModelCheck | None:
        """None with fewer than five histories."""
        if len(self.histories) < MIN_HISTORIES:
            return None
        predicted, found, still_open = 0.0, 0, 0
        for product in self.histories.tolist():
            then = self.recorded[product]
            predicted += self._before_audit(product).expected()
            found += int((self.has[product] & ~then).sum())
            still_open += int((~self.known[product]).sum())
        is_passed = found / 1.5 - 2 <= predicted <= 1.5 * (found + still_open) + 2
        return ModelCheck(predicted=predicted, found=found, open=still_open, passed=is_passed)

    def _before_audit(self, product: int) -> Unaudited:
        """The product as it was on record then, by fits without it."""
        others = self.audited.copy()
        others[product] = False
        presence = fit_presence(self.has[others], self.known[others])
        recall = self._recall(self.histories[self.histories != product])
        then = self.recorded[product]
        return Unaudited(presence, recall, then, then)

    def figures(self) -> Figures:
        """The fields of `UnknownModel`."""
        return {
            "n_audited": int(self.audited.sum()),
            "n_known_absent": self.n_known_absent,
            "n_history": len(self.histories),
            "recall_a": self.recall.a,
            "recall_b": self.recall.b,
            "check": Absent("no_recorded_dates") if self.check is None else self.check,
        }

    def drawn(self, draws: DateDraws) -> Bools:
        """Which unknown cells are present: draws x products x features. Needs `missing` None."""
        present = np.zeros((draws.date_draws, *self.has.shape), np.bool_)
        audited = np.cumsum(self.audited) - 1
        for row in np.flatnonzero(~self.known.all(axis=1)).tolist():
            unknown = np.flatnonzero(~self.known[row])
            if self.audited[row]:
                chances = self.presence.chances[audited[row], unknown]
            else:
                chances = self._unaudited(row, draws)
            present[:, row, unknown] = self._chances(row, unknown, draws) < chances
        return present

    def _chances(self, row: int, unknown: Ints, draws: DateDraws) -> Floats:
        product, items = self.profile.units[row], self.profile.items
        keys = [f"cell:{product}:{items[column]}" for column in unknown.tolist()]
        return np.array([uniforms(key, draws.seed, draws.date_draws) for key in keys]).T

    def _unaudited(self, row: int, draws: DateDraws) -> Floats:
        """P(present | unknown), draws x unknown cells, each draw at its point of the grid."""
        of = Unaudited(self.presence, self.recall, self.has[row], self.known[row])
        u = uniforms(f"row:{self.profile.units[row]}", draws.seed, draws.date_draws)
        point = np.zeros(draws.date_draws, np.int64)
        for n, sd in enumerate(SD_BREADTHS):
            own = np.arange(draws.date_draws) % len(SD_BREADTHS) == n
            cumulated = np.cumsum(of.weights(sd))
            point[own] = np.searchsorted(cumulated, u[own], "right")
        return of.chances(np.minimum(point, len(of.weights(SD_BREADTHS[0])) - 1))


def unknown_cells(panel: Panel, market: str | None, on: int, survey_valid_days: int) -> MarketCells:
    """Of a market (None: of all) on a day (an ordinal); kept, with what was fitted to them on days
    on which they were the same."""
    panel = panel.within(market)

    def compute() -> MarketCells:
        profiled = profile(panel, market, on)
        known = known_cells(panel, market, profiled, on, survey_valid_days)
        cells = MarketCells(market, profiled, known, _recorded_before(panel, profiled))
        return kept(("market_cells", cells.content), lambda: cells)

    return panel.kept(market, ("unknown_cells", on, survey_valid_days), compute)


def drawn_cells(cells: MarketCells, draws: DateDraws) -> Bools:
    """`cells.drawn`, kept."""
    key = ("drawn_cells", cells.content, draws.date_draws, draws.seed)
    return kept(key, lambda: cells.drawn(draws))


def _recorded_before(panel: Panel, profiled: Profile) -> Bools:
    """Present cells that were on record on an earlier day than the first survey of their product;
    an adoption that does not say when counts as earlier, a survey without counts for nothing."""
    rows = {product: row for row, product in enumerate(profiled.units)}
    columns = {item: column for column, item in enumerate(profiled.items)}
    first = np.full(len(rows), np.inf)
    for survey in panel.facts.surveys:
        if survey.product in rows and not math.isnan(survey.recorded_at):
            row = rows[survey.product]
            first[row] = min(first[row], survey.recorded_at // _DAY)
    spells, traits = panel.adoptions, panel.facts.adoptions
    row_of = np.array([rows.get(product, -1) for product in panel.product_ids], np.int64)
    column_of = np.array([columns.get(item, -1) for item in panel.feature_ids], np.int64)
    in_rows, in_columns = row_of[spells.product], column_of[spells.item]
    inside = (in_rows >= 0) & (in_columns >= 0)
    in_rows, in_columns = in_rows[inside], in_columns[inside]
    day = traits.first_recorded_at[spells.row[inside]] // _DAY
    is_earlier = np.isfinite(first[in_rows]) & (np.isnan(day) | (day < first[in_rows]))
    recorded = np.zeros(profiled.state.has.shape, np.bool_)
    recorded[in_rows[is_earlier], in_columns[is_earlier]] = True
    return recorded & profiled.state.has
