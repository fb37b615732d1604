"""One feature in one market, by each way of reading cells of which nobody knows (metrics.md, 10.3,
10.4, 18a and 18b)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from service.cached import cached_property
from service.maths.arrays import Bools, Ints
from service.maths.copying.curve import CopyCurve, median_of
from service.maths.copying.date_sensitivity import has_imprecise_dates, own_curves
from service.maths.copying.diffusion import Diffusion, diffusion, known_until, without_unknown
from service.maths.copying.drawn_races import DrawnRaces
from service.maths.copying.mean_curve import MeanCurve
from service.maths.copying.risk_set import Copies, RiskSet, first_days, on_days
from service.maths.kernels.drawn_curves import DrawnCurves, DrawnRows
from service.maths.panel.lifetimes import NEVER
from service.maths.panel.unknown_cells import MarketCells, drawn_cells, unknown_cells
from service.maths.parameters import DateDraws, UnknownOrModel
from service.maths.results import Absent

T = TypeVar("T")


@dataclass(frozen=True)
class FeatureRace:
    """`days` are those of which shares are told. Columns are over the units of the risk set."""

    risk_set: RiskSet
    feature: int
    draws: DateDraws
    confidence: float
    survey_valid_days: int
    days: tuple[int, ...]

    @cached_property
    def copies(self) -> Copies:
        """Of the representative days."""
        return self.risk_set.copies(self.feature)

    @cached_property
    def has_imprecise_dates(self) -> bool:
        """Whether a date is drawn."""
        return has_imprecise_dates(self.risk_set, self.feature)

    @cached_property
    def drawn(self) -> DrawnRaces:
        """The race in every draw of its dates."""
        return DrawnRaces(self.risk_set, self.feature, self.draws)

    @cached_property
    def _spread(self) -> Diffusion:
        return diffusion(self.risk_set, self.feature, self.copies)

    @cached_property
    def _known(self) -> Ints:
        return known_until(self.risk_set, self.feature, self.survey_valid_days)

    @property
    def is_confirmed(self) -> Bools:
        """Units known to lack the feature on the day."""
        confirmed: Bools = self._known >= self.risk_set.on
        return confirmed

    def spread(self, unknown: UnknownOrModel) -> Diffusion:
        """By the representative days."""
        return without_unknown(self._spread, self._known) if unknown == "exclude" else self._spread

    def curve(self, unknown: UnknownOrModel) -> CopyCurve:
        """The curve, over draws where dates or cells are drawn."""
        if unknown == "model" and not self._is_settled:
            unknown = "absent"
        if unknown not in self._curves:
            self._curves[unknown] = self._curve(unknown)
        return self._curves[unknown]

    @cached_property
    def _curves(self) -> dict[UnknownOrModel, CopyCurve]:
        return {}

    def _curve(self, unknown: UnknownOrModel) -> CopyCurve:
        plain = CopyCurve(self.spread(unknown), self.confidence)
        if (start := plain.start) is None:
            return plain
        curves = self._kept(unknown, lambda: self._drawn_curves(unknown, start))
        if curves is None:
            return plain
        return MeanCurve(plain.diffusion, plain.confidence, curves, self.days)

    def _kept(self, what: str, compute: Callable[[], T]) -> T:
        """What is the same for every confidence and whichever days are asked about."""
        risk_set, draws = self.risk_set, self.draws
        asked = risk_set.on, risk_set.race, risk_set.unit, self.survey_valid_days
        drawn = draws.date_draws, draws.seed
        key = ("race", what, risk_set.panel.feature_ids[self.feature], *asked, *drawn)
        return risk_set.panel.kept(risk_set.market, key, compute)

    def _drawn_curves(self, unknown: UnknownOrModel, start: int) -> DrawnCurves | None:
        """Of the draws with a row that ends after the start, where anything is drawn."""
        rows = self._drawn_rows(unknown)
        if rows is None or not (is_late := rows.exit > start).any():
            return None
        late = np.zeros(rows.n_draws, np.bool_)
        late[rows.draw[is_late]] = True
        return DrawnCurves(rows.of_draws(late), start).whole()

    @property
    def own_curves(self) -> DrawnCurves | None:
        """Of every draw of the dates, each with its own start, where there are any."""
        return self._kept("own", lambda: own_curves(self.drawn.rows))

    def _drawn_rows(self, unknown: UnknownOrModel) -> DrawnRows | None:
        if unknown == "model":
            return self.drawn.with_copies(self._settled)
        if self.risk_set.race.dates == "bound" or not self.has_imprecise_dates:
            return None
        if unknown == "absent":
            return self.drawn.rows
        days, members = self.survey_valid_days, self.risk_set.possible
        return self.drawn.known(known_until(self.risk_set, self.feature, days, members=members))

    @cached_property
    def _cells(self) -> MarketCells:
        risk_set = self.risk_set
        return unknown_cells(risk_set.panel, risk_set.market, risk_set.on, self.survey_valid_days)

    @property
    def _is_unsettled(self) -> bool:
        """Whether it is not known of a pending rival that it lacks the feature."""
        return not self.is_confirmed[self._spread.pending].all()

    @property
    def _is_settled(self) -> bool:
        """Whether the model gives a unit the feature in any draw."""
        return self._kept("settled", lambda: bool(self._settled.any()))

    @property
    def lacks_model(self) -> bool:
        """Whether such a rival counts as without the feature, since audits carry no model."""
        return self._is_unsettled and self._cells.missing == "too_few_audits"

    @cached_property
    def _settled(self) -> Bools:
        """Of the units of `possible`, in which draws the model gives them the feature; no draw
        where there is nothing to settle."""
        members, cells = self.risk_set.possible, self._cells
        given = np.zeros((len(members), self.draws.date_draws), np.bool_)
        feature = self.risk_set.panel.feature_ids[self.feature]
        if not self._is_unsettled or cells.missing or feature not in cells.profile.items:
            return given
        column = cells.profile.items.index(feature)
        rows = np.flatnonzero(~cells.known[:, column])
        place = {product: n for n, product in enumerate(self.risk_set.panel.product_ids)}
        units = [members.unit_of[place[cells.profile.units[row]]] for row in rows.tolist()]
        present = drawn_cells(cells, self.draws)
        np.logical_or.at(given, np.array(units, np.int64), present[:, rows, column].T)
        return given

    def extremes(self) -> tuple[int | Absent, int | Absent]:
        """The median by the representative rows with every open bound on the first, and on the
        last day of its room; twice the same where there are no rooms."""
        return self._kept("extremes", self._extremes)

    def _extremes(self) -> tuple[int | Absent, int | Absent]:
        latest = self._median_at("hi")
        has_rooms = self.risk_set.possible_spells(self.feature).in_room.any()
        return self._median_at("lo") if has_rooms else latest, latest

    def _median_at(self, edge: str) -> int | Absent:
        risk_set, spells = self.risk_set, self.risk_set.possible_spells(self.feature)
        if spells.in_room.any():
            spells = on_days(spells, getattr(spells, edge), risk_set.panel.lives)
        seen = (spells.start <= risk_set.on) & (spells.start < spells.end)
        start = np.where(seen, spells.start, NEVER)[:, None]
        day = first_days(risk_set.possible.unit_of[spells.product], start, len(risk_set.possible))
        here = [risk_set.possible.unit_ids.index(unit) for unit in risk_set.unit_ids]
        copies = replace(self.copies, day=day[here, 0])
        curve = CopyCurve(diffusion(risk_set, self.feature, copies), self.confidence)
        return Absent(curve.missing) if curve.missing else median_of(curve.rows)
