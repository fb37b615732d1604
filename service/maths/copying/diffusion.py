"""The race to copy one feature: origin, first movers, rivals and their rows (10.2, 10.3)."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from service.maths.copying.risk_set import Arena, Copies, Presence
from service.maths.kernels.kaplan_meier import Bools, Rows
from service.maths.panel.facts import Ints
from service.maths.panel.lifetimes import NEVER

STATUSES = ("copied", "born_with", "exited", "pending")
COPIED, BORN_WITH, EXITED, PENDING = range(4)


@dataclass(frozen=True)
class Race:
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
        found = np.flatnonzero(self.is_rival)
        return found[np.argsort(self.copy[found], kind="stable")]

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
    found = np.flatnonzero(copy <= copy.min() + window)
    return found[np.argsort(copy[found], kind="stable")]


def rows_after(
    presence: Presence, copy: Ints, racing: Bools, origin: int, window: int, on: int
) -> tuple[Ints, Rows]:
    """Risk rows of the racing units: entry = max(s-o, W), exit = min(e, copy, on)-o.

    A row is an event if the copy falls in its spell; empty rows (also of those that enter with
    the feature) are dropped.
    """
    taken = racing[presence.unit] & (presence.end > origin)
    unit, start, end = presence.unit[taken], presence.start[taken], presence.end[taken]
    own = copy[unit]
    entry = np.maximum(start - origin, window)
    out = np.minimum(np.minimum(end, own), on) - origin
    event = (start <= own) & (own < end) & (own <= on)
    kept = out > entry
    return unit[kept], Rows(entry[kept], out[kept], event[kept])


def race(arena: Arena, feature: int, window: int, copies: Copies | None = None) -> Race:
    """Everything of 10.2 and 10.3 by representative days."""
    copy = (copies or arena.copies(feature)).day
    return run(arena, arena.presence, feature, copy, window)


def run(arena: Arena, presence: Presence, feature: int, copy: Ints, window: int) -> Race:
    """The race for given presence and copy days; some unit must have the feature."""
    origin, on = int(copy.min()), arena.on
    first = first_movers(copy, window)
    led = np.isin(arena.vendor_of_unit, arena.vendor_of_unit[first])
    n = len(arena)
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
    left = ~has[unit] & gone[unit] & (rows.exit == last_end[unit] - origin)
    return Race(
        feature,
        origin,
        on,
        window,
        first,
        copy,
        is_rival,
        entry,
        last_end,
        status,
        unit,
        rows,
        left,
    )  # fmt: skip
