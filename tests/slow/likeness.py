"""The score and its relatives by plain loops over pairs (metrics.md, 4)."""

from collections import defaultdict
from itertools import combinations

from tests.slow.lives import Life, drawn

Held = dict[str, tuple[str, frozenset[str]]]


def held(found: dict[str, Life], market: str, on: int, unit: str = "product") -> Held:
    """The profiled units of a market: id -> (vendor, items)."""
    return _grouped(
        {
            life.id: (life.vendor,
                      frozenset(s.item for s in life.spells if s.start_day <= on < s.end_day))
            for life in found.values()
            if market in life.markets and life.launch <= on < life.stop
        }, unit)  # fmt: skip


def held_in_draw(found: dict[str, Life], market: str, on: int, m: int) -> Held:
    """As `held`, in one imputation draw."""
    units: Held = {}
    for life in found.values():
        launch, stop, spells = drawn(life, m)
        if market in life.markets and launch <= on < stop:
            items = (s.item for s, (a, b) in zip(life.spells, spells, strict=True) if a <= on < b)
            units[life.id] = (life.vendor, frozenset(items))
    return _grouped(units, "product")


def _grouped(units: Held, unit: str) -> Held:
    profiled = {k: v for k, v in units.items() if v[1]}
    if unit == "product":
        return profiled
    vendors: dict[str, frozenset[str]] = defaultdict(frozenset)
    for vendor, items in profiled.values():
        vendors[vendor] |= items
    return {vendor: (vendor, items) for vendor, items in vendors.items()}


def jaccard(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / len(a | b)


def score(units: Held) -> float | None:
    """Mean over vendor pairs of the mean Jaccard over their product pairs."""
    by_vendor: dict[str, list[frozenset[str]]] = defaultdict(list)
    for vendor, items in units.values():
        by_vendor[vendor].append(items)
    pairs = []
    for v, w in combinations(sorted(by_vendor), 2):
        each = [jaccard(a, b) for a in by_vendor[v] for b in by_vendor[w]]
        pairs.append(sum(each) / len(each))
    return sum(pairs) / len(pairs) if pairs else None


def without_item(units: Held, item: str) -> Held:
    left = {k: (v, items - {item}) for k, (v, items) in units.items()}
    return {k: v for k, v in left.items() if v[1]}


def without_unit(units: Held, unit: str) -> Held:
    return {k: v for k, v in units.items() if k != unit}
