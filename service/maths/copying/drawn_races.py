"""The race for a feature in every draw of its dates (metrics.md, 2.2 and 10.3), and of the cells of
which nobody knows (18b)."""

from dataclasses import replace

import numpy as np

from service.cached import cached_property
from service.maths.arrays import Bools, Ints
from service.maths.copying.risk_set import RiskSet, first_days, merged
from service.maths.kernels.drawn_curves import DrawnRows
from service.maths.panel.imputation import uniforms
from service.maths.panel.lifetimes import NEVER
from service.maths.parameters import DateDraws


class DrawnRaces:
    """Of one feature among the units of `risk_set.possible`; matrices are units x draws."""

    def __init__(self, risk_set: RiskSet, feature: int, draws: DateDraws) -> None:
        self.risk_set, self.feature, self.draws = risk_set, feature, draws
        self.members, self.on = risk_set.possible, risk_set.on
        panel, spells = risk_set.panel, risk_set.possible_spells(feature)
        start, end = panel.spell_draws(spells, draws.date_draws, draws.seed)
        start = np.where((end > start) & (start <= self.on), start, NEVER)
        self.copy = first_days(self.members.unit_of[spells.product], start, len(self.members))
        self.origin: Ints = self.copy.min(axis=0)

    @cached_property
    def rows(self) -> DrawnRows:
        """The risk rows of all draws."""
        unit, draw, start, end = self._presence
        origin, own = self.origin[draw], self.copy[unit, draw]
        entry = np.maximum(start - origin, self.risk_set.race.window)
        out = np.minimum(np.minimum(end, own), self.on) - origin
        kept = ~self._led[unit, draw] & (end > origin) & (origin < NEVER) & (out > entry)
        last = self._last_end[unit, draw]
        event = (start <= own) & (own < end) & (own <= self.on)
        left = (own == NEVER) & (last <= self.on) & (out == last - origin)
        every = DrawnRows(unit, draw, entry, out, event, left, self.draws.date_draws)
        return every.taken(kept)

    @cached_property
    def _presence(self) -> tuple[Ints, Ints, Ints, Ints]:
        """(unit, draw, start, end) of the merged lives of the products launched by `on`."""
        panel, members, n = self.risk_set.panel, self.members, len(self.members)
        launch, end = panel.life_draws(members.products, self.draws.date_draws, self.draws.seed)
        product, draw = np.nonzero(launch <= self.on)
        flat = draw * n + members.unit_of_row[product]
        presence = merged(flat, launch[product, draw], end[product, draw])
        return presence.unit % max(n, 1), presence.unit // max(n, 1), presence.start, presence.end

    @cached_property
    def _led(self) -> Bools:
        """Units of vendors that are among the first movers."""
        first = self.copy <= self.origin + self.risk_set.race.window
        vendor, place = np.unique(self.members.vendor_of_unit, return_inverse=True)
        led = np.zeros((len(vendor), first.shape[1]), np.bool_)
        np.logical_or.at(led, place, first)
        return np.asarray(led[place], np.bool_)

    @cached_property
    def _last_end(self) -> Ints:
        unit, draw, _, end = self._presence
        last = np.zeros(self.copy.shape, np.int64)
        np.maximum.at(last, (unit, draw), end)
        return last

    @property
    def _pending(self) -> Bools:
        """Rivals without a copy that are still there."""
        pending: Bools = ~self._led & (self.copy == NEVER) & (self._last_end > self.on)
        return pending

    def known(self, until: Ints) -> DrawnRows:
        """The rows without the days on which a pending rival's cell is not known, `until` (per
        unit) being the last on which it is."""
        rows = self.rows
        last = np.minimum(until[rows.unit], self.on) - self.origin[rows.draw]
        is_cut = self._pending[rows.unit, rows.draw]
        out = np.where(is_cut, np.minimum(rows.exit, last), rows.exit)
        return replace(rows, exit=out).taken(out > rows.entry)

    def with_copies(self, given: Bools) -> DrawnRows:
        """The rows in which pending rivals have copied where that is `given` (units x draws): on an
        even day of their days at risk, drawn; their later rows fall away."""
        rows, n = self.rows, len(self.members)
        order = np.lexsort((rows.entry, rows.unit, rows.draw))
        rows = rows.taken(order)
        flat = rows.draw * n + rows.unit
        length = rows.exit - rows.entry
        whole = np.bincount(flat, weights=length, minlength=given.size).astype(np.int64)
        begins = np.append(True, flat[1:] != flat[:-1]) if len(flat) else np.zeros(0, np.bool_)
        total = np.cumsum(length) - length
        before = total - total[begins][np.cumsum(begins) - 1]
        is_given = (given & self._pending)[rows.unit, rows.draw]
        day = 1 + np.floor(self._chances[rows.unit, rows.draw] * whole[flat]).astype(np.int64)
        hit = is_given & (before < day) & (day <= before + length)
        kept = ~is_given | (before < day)
        out = np.where(hit, rows.entry + day - before, rows.exit)
        return replace(rows, exit=out, event=rows.event | hit).taken(kept)

    @cached_property
    def _chances(self) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
        feature, seed, n = self._feature_id, self.draws.seed, self.draws.date_draws
        each = [uniforms(f"copy:{unit}:{feature}", seed, n) for unit in self.members.unit_ids]
        return np.array(each).reshape(len(self.members), n)

    @property
    def _feature_id(self) -> str:
        return self.risk_set.panel.feature_ids[self.feature]
