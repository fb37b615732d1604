"""How one feature spreads in a market: origin, first movers, rivals and their rows (metrics.md,
10.2 and 10.3), with or without the days on which nobody knows (18a)."""

from dataclasses import dataclass, replace

import numpy as np

from service.cached import cached_property
from service.maths.arrays import Bools, Ints
from service.maths.copying.risk_set import Copies, Members, Presence, RiskSet, among
from service.maths.kernels.kaplan_meier import Rows
from service.maths.panel.coverage import absent_until
from service.maths.panel.lifetimes import NEVER

STATUSES = ("copied", "born_with", "exited", "pending")
COPIED, BORN_WITH, EXITED, PENDING = range(4)


@dataclass(frozen=True)
class Diffusion:
    """One feature in one market on day `on`; all columns are over units unless named row_*.

    `copy` is NEVER where the unit has not got it by `on`; `entry` is the start of the first
    presence after the origin, `last_end` the end of the last.
    """

    feature: int
    origin: int
    on: int
    window: int
    first: Ints
    copy: Ints
    is_rival: Bools
    entry: Ints
    last_end: Ints
    status: Ints
    row_unit: Ints
    rows: Rows
    left: Bools

    @cached_property
    def rivals(self) -> Ints:
        """Rival units, by copy day, then id."""
        units = np.flatnonzero(self.is_rival)
        return units[np.argsort(self.copy[units], kind="stable")]

    @property
    def pending(self) -> Ints:
        """The units of the rivals that have not copied yet."""
        return np.flatnonzero(self.is_rival & (self.status == PENDING))

    @property
    def n_at_risk(self) -> int:
        return len(np.unique(self.row_unit))

    def count(self, status: int) -> int:
        """Rivals with that status."""
        return int((self.status[self.is_rival] == status).sum())

    @cached_property
    def first_copy(self) -> int | None:
        """The day of the first copy by a rival, born with it or not."""
        days = self.copy[self.is_rival]
        day = int(days.min(initial=NEVER))
        return day if day < NEVER else None


def first_movers(copy: Ints, window: int) -> Ints:
    """Units with copy day <= origin + window, by day, then id; measured from the origin."""
    units = np.flatnonzero(copy <= copy.min() + window)
    return units[np.argsort(copy[units], kind="stable")]


def rows_after(
    presence: Presence, copy: Ints, at_risk: Bools, origin: int, window: int, on: int
) -> tuple[Ints, Rows]:
    """Risk rows of the units at risk: entry = max(s-o, W), exit = min(e, copy, on)-o.

    A row is an event if the copy falls in its spell; empty rows (also of those that enter with
    the feature) are dropped.
    """
    taken = at_risk[presence.unit] & (presence.end > origin)
    unit, start, end = presence.unit[taken], presence.start[taken], presence.end[taken]
    own = copy[unit]
    entry = np.maximum(start - origin, window)
    out = np.minimum(np.minimum(end, own), on) - origin
    event = (start <= own) & (own < end) & (own <= on)
    kept = out > entry
    return unit[kept], Rows(entry[kept], out[kept], event[kept])


def diffusion(risk_set: RiskSet, feature: int, copies: Copies | None = None) -> Diffusion:
    """Everything of 10.2 and 10.3 by representative days; some unit must have the feature."""
    copy = (copies or risk_set.copies(feature)).day
    presence, window = risk_set.presence, risk_set.race.window
    origin, on = int(copy.min()), risk_set.on
    first = first_movers(copy, window)
    vendor = risk_set.vendor_of_unit
    led = among(vendor, vendor[first], len(risk_set.panel.vendor_ids))
    n = len(risk_set)
    entry, last_end = np.full(n, NEVER, np.int64), np.zeros(n, np.int64)
    after = presence.end > origin
    np.minimum.at(entry, presence.unit[after], presence.start[after])
    np.maximum.at(last_end, presence.unit[after], presence.end[after])
    is_rival = ~led & (entry < NEVER)
    unit, rows = rows_after(presence, copy, is_rival, origin, window, on)
    with_event = np.zeros(n, np.bool_)
    with_event[unit[rows.event]] = True
    has, gone = copy < NEVER, last_end <= on
    status = np.where(has, np.where(with_event, COPIED, BORN_WITH), np.where(gone, EXITED, PENDING))
    return Diffusion(
        feature=feature,
        origin=origin,
        on=on,
        window=window,
        first=first,
        copy=copy,
        is_rival=is_rival,
        entry=entry,
        last_end=last_end,
        status=status,
        row_unit=unit,
        rows=rows,
        left=~has[unit] & gone[unit] & (rows.exit == last_end[unit] - origin),
    )


def known_until(
    risk_set: RiskSet,
    feature: int,
    survey_valid_days: int,
    members: Members | None = None,
) -> Ints:
    """Per unit without the feature, the last day on which all its live products are known to
    lack it; NO_DATE where there never was one. `members`: the units, if they are not those of the
    risk set."""
    panel, on, units = risk_set.panel, risk_set.on, members or risk_set
    days = absent_until(panel, feature, on, survey_valid_days, risk_set.surveys)[units.products]
    live = panel.live(on)[units.products]
    of_units = np.full(len(units), on, np.int64)
    np.minimum.at(of_units, units.unit_of_row[live], days[live])
    return of_units


def without_unknown(spread: Diffusion, known: Ints) -> Diffusion:
    """Without the days on which a pending rival's cell is not known, `known` being the last on
    which it is."""
    last = np.full(len(known), spread.on - spread.origin, np.int64)
    last[spread.pending] = np.minimum(known[spread.pending], spread.on) - spread.origin
    out = np.minimum(spread.rows.exit, last[spread.row_unit])
    kept = out > spread.rows.entry
    rows = Rows(spread.rows.entry[kept], out[kept], spread.rows.event[kept])
    return replace(spread, rows=rows, row_unit=spread.row_unit[kept], left=spread.left[kept])
