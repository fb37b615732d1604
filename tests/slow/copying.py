"""Races, curves and their sums by plain loops (metrics.md, 10 to 13)."""

import math
from dataclasses import dataclass, field, replace
from itertools import pairwise

from tests.slow.lives import NEVER, Life, Spell, drawn, in_room, middle

Row = tuple[int, int, bool]
Presence = dict[str, list[tuple[int, int]]]


@dataclass
class Race:
    """One feature: who was first, and the rows (entry, exit, event) of each rival vendor."""

    origin: int
    first: list[str]
    copies: dict[str, int]
    rows: dict[str, list[Row]] = field(default_factory=dict)
    status: dict[str, str] = field(default_factory=dict)

    @property
    def all_rows(self) -> list[Row]:
        return [row for unit in sorted(self.rows) for row in self.rows[unit]]


def merge(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, stop in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], stop)
        else:
            found.append((start, stop))
    return found


def members(found: dict[str, Life], market: str | None, on: int) -> list[Life]:
    """Products of a market that may have launched by the day."""
    inside = (x for x in found.values() if market is None or market in x.markets)
    return [life for life in inside if life.lo <= on]


def presence(lives: list[Life]) -> Presence:
    spans: Presence = {}
    for life in lives:
        spans.setdefault(life.vendor, []).append((life.launch, life.stop))
    return {vendor: merge(own) for vendor, own in spans.items()}


def roomed(lives: list[Life], feature: str, on: int, window: int, dates: str) -> list[Life]:
    """The spells of a feature as they are in the race: open bounds in the middle of their rooms."""
    own = [replace(x, spells=[s for s in x.spells if s.item == feature]) for x in lives]
    seen = [s.hi for x in own for s in x.spells if s.start_day <= on and s.start_day < s.end_day]
    if not seen:
        return [replace(life, spells=[]) for life in own]
    if dates == "bound":
        return own
    earliest = min(seen) + window + 1
    return [replace(x, spells=[_roomed(x, s, earliest) for s in x.spells]) for x in own]


def _roomed(life: Life, spell: Spell, earliest: int) -> Spell:
    if not spell.bound:
        return spell
    lo = max(spell.lo, earliest)
    lo = min(lo, spell.hi)
    start, end = in_room(life, spell, middle(lo, spell.hi))
    return replace(spell, lo=lo, start_day=start, end_day=end, roomed=True)


def at_edge(lives: list[Life], edge: str) -> list[Life]:
    """With every open bound on the first (`lo`) or the last (`hi`) day of its room."""
    moved = []
    for life in lives:
        spells = []
        for s in life.spells:
            start, end = in_room(life, s, getattr(s, edge)) if s.bound else (s.start_day, s.end_day)
            spells.append(replace(s, start_day=start, end_day=end))
        moved.append(replace(life, spells=spells))
    return moved


def race(lives: list[Life], feature: str, on: int, window: int = 7) -> Race | None:
    """By representative days, of lives as `roomed` gives them."""
    copies: dict[str, int] = {}
    present = [life for life in lives if life.launch <= on]
    for life in present:
        for s in life.spells:
            if s.item == feature and s.start_day <= on and s.start_day < s.end_day:
                copies[life.vendor] = min(copies.get(life.vendor, NEVER), s.start_day)
    return run(presence(present), copies, on, window) if copies else None


def race_in_draw(
    lives: list[Life], feature: str, on: int, m: int, window: int = 7
) -> tuple[dict[str, int], Race | None]:
    """Copy days of a draw (of the spells whose representative start is seen), and the race of
    those that have started in the draw."""
    spans: Presence = {}
    every: dict[str, int] = {}
    seen: dict[str, int] = {}
    for life in lives:
        launch, stop, spells = drawn(life, m)
        if launch <= on:
            spans.setdefault(life.vendor, []).append((launch, stop))
        for s, (start, end) in zip(life.spells, spells, strict=True):
            if s.item == feature and start < end:
                if s.start_day <= on:
                    every[life.vendor] = min(every.get(life.vendor, NEVER), start)
                if start <= on:
                    seen[life.vendor] = min(seen.get(life.vendor, NEVER), start)
    merged = {vendor: merge(own) for vendor, own in spans.items()}
    return every, run(merged, seen, on, window) if seen else None


@dataclass
class Mixture:
    """The curves of the draws with a row that ends after the start, all from that start."""

    races: list[Race]
    start: int
    until: int

    def __post_init__(self) -> None:
        self.races = [r for r in self.races if any(out > self.start for _, out, _ in r.all_rows)]
        self.steps = [curve(r.all_rows, self.start) for r in self.races]

    def at(self, day: int) -> list[tuple[float, float, int]]:
        """(S, Greenwood, copies so far) of each draw on a day."""
        found = []
        for steps in self.steps:
            s, g, k = 1.0, 0.0, 0
            for when, at_risk, copied, value in steps:
                if when <= day:
                    s, k = value, k + copied
                    g += copied / (at_risk * (at_risk - copied)) if at_risk > copied else 0.0
            found.append((s, g, k))
        return found

    def survival(self, day: int) -> float:
        return math.fsum(s for s, _, _ in self.at(day)) / len(self.races)

    @property
    def days(self) -> list[int]:
        return sorted({step[0] for steps in self.steps for step in steps if step[0] <= self.until})

    def median(self) -> int | None:
        return next((d for d in self.days if self.survival(d) <= 0.5 + 1e-9), None)

    def limit(self, level: float) -> int | None:
        """The first day on which the mean confidence that S is at most one half reaches a level."""
        for day in self.days:
            each = [_half_reached(s, g, k) for s, g, k in self.at(day)]
            if math.fsum(each) / len(each) >= level - 1e-9:
                return day
        return None


def _half_reached(s: float, g: float, k: int) -> float:
    if s == 1.0:
        return 0.0
    if s == 0.0:
        return 1 - 0.5**k
    z = (math.log(-math.log(s)) - math.log(math.log(2))) * abs(math.log(s)) / math.sqrt(g)
    return (1 + math.erf(z / math.sqrt(2))) / 2


def run(spans: Presence, copies: dict[str, int], on: int, window: int) -> Race:
    origin = min(copies.values())
    first = sorted((d, v) for v, d in copies.items() if d <= origin + window)
    found = Race(origin, [v for _, v in first], copies)
    for vendor, own in spans.items():
        after = [(s, e) for s, e in own if e > origin]
        if vendor in found.first or not after:
            continue
        copy, rows = copies.get(vendor, NEVER), []
        for s, e in after:
            entry, out = max(s - origin, window), min(e, copy, on) - origin
            if out > entry:
                rows.append((entry, out, s <= copy < e and copy <= on))
        found.rows[vendor] = rows
        if vendor in copies:
            found.status[vendor] = "copied" if any(r[2] for r in rows) else "born_with"
        else:
            found.status[vendor] = "exited" if after[-1][1] <= on else "pending"
    return found


def conditioning(rows: list[Row]) -> int | None:
    for day in sorted({entry for entry, _, _ in rows}):
        if sum(entry <= day < out for entry, out, _ in rows) >= 2:
            return day
    return None


def curve(rows: list[Row], after: int) -> list[tuple[int, int, int, float]]:
    """(day, at risk, copied, S) at each copy day later than `after`, up to S = 0."""
    steps: list[tuple[int, int, int, float]] = []
    s = 1.0
    for day in sorted({out for _, out, event in rows if event and out > after}):
        at_risk = sum(entry < day <= out for entry, out, _ in rows)
        copied = sum(event and out == day for _, out, event in rows)
        s = 0.0 if copied == at_risk else s * (1 - copied / at_risk)
        steps.append((day, at_risk, copied, s))
        if s == 0.0:
            break
    return steps


def half(steps: list[tuple[int, int, int, float]]) -> int | None:
    return next((day for day, _, _, s in steps if s <= 0.5 + 1e-12), None)


def median(rows: list[Row]) -> int | None:
    start = conditioning(rows)
    return None if start is None else half(curve(rows, start))


def with_exits(found: Race, ends: dict[str, int], on: int, start: int, day: int) -> float:
    """Aalen-Johansen: the share copied by the day when leaving competes."""
    causes = [
        (entry, out, "copy" if event else
         "exit" if found.status[v] == "exited" and out == ends[v] - found.origin else "")
        for v, rows in found.rows.items() for entry, out, event in rows
    ]  # fmt: skip
    share, s = 0.0, 1.0
    for t in sorted({out for _, out, cause in causes if cause and start < out <= day}):
        at_risk = sum(entry < t <= out for entry, out, _ in causes)
        copied, left = (sum(o == t and c == k for _, o, c in causes) for k in ("copy", "exit"))
        share += s * copied / at_risk
        s *= 1 - (copied + left) / at_risk
    return share


def expected(rows: list[Row], own: list[Row]) -> float:
    """Copies expected of `own` at the pooled Nelson-Aalen hazard of `rows`."""
    total = 0.0
    for t in sorted({out for _, out, event in rows if event}):
        at_risk = sum(entry < t <= out for entry, out, _ in rows)
        copied = sum(event and out == t for _, out, event in rows)
        total += copied / at_risk * sum(entry < t <= out for entry, out, _ in own)
    return total


EDGES = (0, 30, 90, 180, 365, 730, math.inf)


def bands(rows: list[Row]) -> list[tuple[int, float]]:
    """(copies, rival-days) per band of age."""
    return [
        (sum(event and a < out <= b for _, out, event in rows),
         sum(max(0.0, min(out, b) - max(entry, a)) for entry, out, _ in rows))
        for a, b in pairwise(EDGES)
    ]  # fmt: skip


def near(lives: list[Life], found: Race, on: int, window: int) -> list[tuple[str, str, int, bool]]:
    """(earlier, later, days apart, certain) of vendors within the window, not both the first."""
    spans = {vendor: _span(lives, vendor, on) for vendor in found.copies}
    pairs = []
    for a, day in found.copies.items():
        for b, other in found.copies.items():
            apart = other - day
            if (day, a) >= (other, b) or apart > window or {a, b} <= set(found.first):
                continue
            far = max(abs(x - y) for x in spans[a] for y in spans[b])
            pairs.append((day, a, b, apart, far <= window))
    return [pair[1:] for pair in sorted(pairs)]


def _span(lives: list[Life], vendor: str, on: int) -> tuple[int, int]:
    own = [s for life in lives if life.vendor == vendor and life.launch <= on for s in life.spells]
    seen = [s for s in own if s.start_day <= on and s.start_day < s.end_day]
    return min(s.lo for s in seen), min(s.hi for s in seen)
