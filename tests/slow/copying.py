"""Races, curves and their sums by plain loops (metrics.md, 10 to 13)."""

import math
from dataclasses import dataclass, field
from itertools import pairwise

from tests.slow.lives import NEVER, Life, drawn

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
    inside = (x for x in found.values() if market is None or market in x.markets)
    return [life for life in inside if life.launch <= on]


def presence(lives: list[Life]) -> Presence:
    spans: Presence = {}
    for life in lives:
        spans.setdefault(life.vendor, []).append((life.launch, life.stop))
    return {vendor: merge(own) for vendor, own in spans.items()}


def race(lives: list[Life], feature: str, on: int, window: int = 7) -> Race | None:
    """By representative days."""
    copies: dict[str, int] = {}
    for life in lives:
        for s in life.spells:
            if s.item == feature and s.start_day <= on and s.start_day < s.end_day:
                copies[life.vendor] = min(copies.get(life.vendor, NEVER), s.start_day)
    return run(presence(lives), copies, on, window) if copies else None


def race_in_draw(
    lives: list[Life], feature: str, on: int, m: int, window: int = 7
) -> tuple[dict[str, int], Race | None]:
    """Copy days of a draw (of the spells whose representative start is seen), and their race."""
    spans: Presence = {}
    every: dict[str, int] = {}
    seen: dict[str, int] = {}
    for life in lives:
        launch, stop, spells = drawn(life, m)
        spans.setdefault(life.vendor, []).append((launch, stop))
        for s, (start, end) in zip(life.spells, spells, strict=True):
            if s.item == feature and s.start_day <= on and start < end:
                every[life.vendor] = min(every.get(life.vendor, NEVER), start)
                if start <= on:
                    seen[life.vendor] = min(seen.get(life.vendor, NEVER), start)
    merged = {vendor: merge(own) for vendor, own in spans.items()}
    return every, run(merged, seen, on, window) if seen else None


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
