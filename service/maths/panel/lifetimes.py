"""Product lives: launch and discontinuation resolved to days (metrics.md, 2.1)."""

from dataclasses import dataclass

import numpy as np

from service.maths.arrays import Bools, Ints, Texts
from service.maths.panel.facts import NO_DATE, PREVIEW, Dates, Facts, Traits

NEVER = 4_000_000  # later than every day ordinal
Warned = dict[str, Ints]  # products (indices, some more than once) by the code of a warning


@dataclass(frozen=True)
class Lives:
    """Columns over products, in day ordinals; a life is the half-open [launch, end).

    Where `counts` is false the product never lives: launch = end = NEVER. `end` is NEVER while
    nothing is known of a discontinuation. The closed intervals are those after reconciling.
    `warned`: the products (indices) that deserve a warning, by its code.
    """

    launch: Ints
    end: Ints
    launch_lo: Ints
    launch_hi: Ints
    end_lo: Ints
    end_hi: Ints
    counts: Bools
    launch_text: Texts
    warned: Warned


def midday(lo: Ints, hi: Ints) -> Ints:
    """The representative day of closed intervals; the last day of an open start."""
    return np.where(lo == NO_DATE, hi, lo + (hi - lo) // 2)


def ends_of(dates: Dates) -> tuple[Ints, Ints]:
    """End intervals, NEVER for none."""
    none = dates.hi == NO_DATE
    return np.where(none, NEVER, dates.lo), np.where(none, NEVER, dates.hi)


def resolve_lives(facts: Facts) -> Lives:
    """Launch from the record or the earliest evidence, reconciled with the discontinuation."""
    lo, hi = facts.launched.lo.copy(), facts.launched.hi.copy()
    text = np.array(facts.launched.text, dtype=np.str_)
    undated = np.flatnonzero(hi == NO_DATE)
    text = _stand_in(facts, undated, lo, hi, text)
    lo = np.where(lo == NO_DATE, hi, lo)  # as launch evidence [..B] counts as B
    end_lo, end_hi = ends_of(facts.discontinued)
    end_open = end_lo == NO_DATE
    dated = hi != NO_DATE
    hi = np.minimum(hi, end_hi - 1)
    counts = dated & (lo <= hi)
    end_lo = np.maximum(end_lo, lo + 1)
    launch = midday(lo, hi)
    end = np.where(end_open, end_hi, midday(end_lo, end_hi))
    end = np.where(end <= launch, launch + 1, end)
    warned = {
        "launch_from_evidence": undated[dated[undated]],
        "launch_unknown": np.flatnonzero(~dated),
        "contradictory_dates": np.flatnonzero(dated & ~counts),
    }
    return Lives(
        launch=np.where(counts, launch, NEVER),
        end=np.where(counts, np.minimum(end, NEVER), NEVER),
        launch_lo=lo,
        launch_hi=hi,
        end_lo=end_lo,
        end_hi=end_hi,
        counts=counts,
        launch_text=text,
        warned=warned,
    )


def _stand_in(facts: Facts, undated: Ints, lo: Ints, hi: Ints, text: Texts) -> Texts:
    """Write the earliest preview/ga adoption or monetization where no launch is stored."""
    lacking = np.zeros(len(lo), np.bool_)
    lacking[undated] = True
    earliest: dict[int, tuple[int, int, int, str]] = {}
    for traits in (facts.adoptions, facts.monetizations):
        for row in np.flatnonzero(lacking[traits.product] & _evidence(traits)):
            days = int(traits.start.lo[row]), int(traits.start.hi[row])
            middle = days[1] if days[0] == NO_DATE else days[0] + (days[1] - days[0]) // 2
            candidate = middle, days[1], days[0], traits.start.text[row]
            product = int(traits.product[row])
            earliest[product] = min(earliest.get(product, candidate), candidate)
    texts = text.tolist()
    for product, (_, hi_day, lo_day, as_stored) in earliest.items():
        lo[product], hi[product], texts[product] = lo_day, hi_day, as_stored
    return np.array(texts, dtype=np.str_)


def _evidence(traits: Traits) -> Bools:
    """Dated, counting at some stage, and not ending before it starts."""
    possible = (traits.end.hi == NO_DATE) | (traits.end.hi > traits.start.lo)
    evident: Bools = (traits.stage >= PREVIEW) & (traits.start.hi != NO_DATE) & possible
    return evident
