"""Spells in which a product has a feature or a business model, resolved to days (2.1)."""

from dataclasses import dataclass

import numpy as np

from service.maths.arrays import Bools, Ints
from service.maths.panel.facts import NO_DATE, PREVIEW, Traits
from service.maths.panel.lifetimes import Lives, Warned, ends_of, midday


@dataclass(frozen=True)
class Spells:
    """Columns over spells, in day ordinals; a spell is the half-open [start, end).

    Sorted by product, item, start, end. `lo`, `hi` and `end_lo`, `end_hi` are the closed
    intervals of start and end after reconciling (NEVER where there is no end). `at_launch`: the
    start is the launch day in every draw. `is_bound`: an open bound, proven by `hi` only (2.1);
    `in_room`: one whose interval is its room.
    `until` is the representative end before it is cut to the start and the product's life. `row`
    is the row in the `Traits` it was read from; `said` the representative day of the stored date,
    before anything was raised to a launch.
    """

    product: Ints
    item: Ints
    stage: Ints
    start: Ints
    end: Ints
    lo: Ints
    hi: Ints
    end_lo: Ints
    end_hi: Ints
    at_launch: Bools
    is_bound: Bools
    in_room: Bools
    until: Ints
    row: Ints
    said: Ints

    def take(self, rows: Ints | Bools) -> "Spells":
        """The spells of these rows, in this order."""
        if rows.dtype == np.bool_:
            if rows.all():
                return self
            rows = np.flatnonzero(rows)
        return Spells(**{name: column[rows] for name, column in vars(self).items()})

    def __len__(self) -> int:
        return len(self.product)


@dataclass(frozen=True)
class ResolvedSpells:
    """`possible` holds also the spells that are empty by their representative days; `warned` the
    products (indices) that deserve a warning, by its code."""

    possible: Spells
    warned: Warned


def resolve_spells(traits: Traits, lives: Lives) -> ResolvedSpells:
    """All dated traits of counting products as spells; contradictory ones are left out."""
    row = np.flatnonzero((traits.start.hi != NO_DATE) & lives.counts[traits.product])
    product = traits.product[row]
    launch_lo, launch_hi = lives.launch_lo[product], lives.launch_hi[product]
    lo, hi = traits.start.lo[row], traits.start.hi[row]
    said, is_open = midday(lo, hi), lo == NO_DATE
    lo = np.maximum(lo, launch_lo)
    before = lo > hi
    texts = np.array(traits.start.text, dtype=np.str_)[row] if len(row) else np.array([], "U1")
    at_launch = before | (texts == lives.launch_text[product])
    lo, hi = np.where(at_launch, launch_lo, lo), np.where(at_launch, launch_hi, hi)
    end_lo, end_hi = (bound[row] for bound in ends_of(traits.end))
    end_open = end_lo == NO_DATE
    is_bound = is_open & ~at_launch & (launch_lo < hi)
    hi = np.minimum(hi, end_hi - 1)
    end_lo = np.maximum(end_lo, lo + 1)
    launch = lives.launch[product]
    start = np.where(at_launch, launch, np.where(is_open, hi, midday(lo, hi)))
    until = np.where(end_open, end_hi, midday(end_lo, end_hi))
    start, end = clip(start, until, launch, lives.end[product])
    every = Spells(
        product=product,
        item=traits.item[row],
        stage=traits.stage[row],
        start=start,
        end=end,
        lo=lo,
        hi=hi,
        end_lo=end_lo,
        end_hi=end_hi,
        at_launch=at_launch,
        is_bound=is_bound,
        in_room=np.zeros(len(row), np.bool_),
        until=until,
        row=row,
        said=said,
    )
    return ResolvedSpells(_sorted(every.take(lo <= hi)), _warned(every, before))


def _warned(every: Spells, before_launch: Bools) -> Warned:
    fits, counted = every.lo <= every.hi, every.stage >= PREVIEW
    return {
        "before_launch": every.product[before_launch & counted],
        "contradictory_dates": every.product[~fits],
        "after_discontinuation": every.product[fits & counted & (every.end <= every.start)],
    }


def clip(start: Ints, end: Ints, launch: Ints, life_end: Ints) -> tuple[Ints, Ints]:
    """At least one day long, then cut to the product's life (and possibly empty)."""
    end = np.where(end <= start, start + 1, end)
    return np.maximum(start, launch), np.minimum(end, life_end)


def clip_in_room(start: Ints, end: Ints, launch: Ints, life_end: Ints) -> tuple[Ints, Ints]:
    """Of a start drawn from the room of an open bound: not before the launch, and from there at
    least one day long, then cut to the product's end (2.1)."""
    start = np.maximum(start, launch)
    return start, np.minimum(np.maximum(end, start + 1), life_end)


def _sorted(spells: Spells) -> Spells:
    """Into an order that does not depend on that of the records; 24 bits hold a day or an item."""
    days = spells.start * 2**24 + spells.end
    interval = (spells.lo * 2**24 + spells.hi) * 4 + spells.stage
    ends = spells.end_lo * 2**24 + spells.end_hi
    place = spells.product * 2**24 + spells.item
    return spells.take(np.lexsort((spells.said, ends, interval, days, place)))
