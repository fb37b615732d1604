"""Features by category and those nobody copied, by plain loops (metrics.md, 13.3 to 13.5)."""

import math
import random
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from statistics import NormalDist

from tests.random_markets import FEATURES
from tests.slow import copying
from tests.slow.copying import Race, Row
from tests.slow.lives import Life, Record
from tests.slow.markets import records

CATEGORIES = ("x", "y", None)
TRACKED = date(2021, 3, 1)


def category(feature: str) -> str | None:
    """Eight features of the first, three of the second, the last of none."""
    return (*["x"] * 8, *["y"] * 3, None)[int(feature[1:])]


@cache
def classed(seed: int) -> list[Record]:
    """A random market tracked from a day on, its features of two categories and of none; those of
    the first are copied by nearly everybody, some within days."""
    more = {"m": {"tracked_since": TRACKED.isoformat()}} | {
        feature: {"category": category(feature)} for feature in FEATURES
    }
    rng, found = random.Random(seed * 13 + 3), records(seed)
    wanted = [f for f in FEATURES if category(f) == "x"]
    copies = [
        _copy(rng, product["id"], feature)
        for product in found
        if product["kind"] == "product"
        for feature in wanted
        if rng.random() < 0.7
    ]
    return [r | more.get(r.get("id", ""), {}) for r in found] + copies


def _copy(rng: random.Random, product: str, feature: str) -> Record:
    after = rng.choice([0, 3, 30, 90, rng.randrange(900), rng.randrange(900)])
    day = date(2021, 2, 1) + timedelta(days=30 * int(feature[1:]) + after)
    text = day.isoformat()[: rng.choice([10, 10, 10, 7])]
    return {
        "kind": "adoption",
        "product": product,
        "feature": feature,
        "stage": "ga",
        "date": text,
        "id": f"{product}:{feature}:copy",
    }


@dataclass
class Run:
    """The race of one feature, with the lives as they are in it."""

    feature: str
    lives: list[Life]
    race: Race

    @property
    def first_copy(self) -> int | None:
        """The day on which a rival first has it, born with it or not."""
        others = [d for v, d in self.race.copies.items() if v not in self.race.first]
        return min(others, default=None)

    @property
    def uncopied(self) -> bool:
        return bool(self.race.status) and self.first_copy is None


def runs(lives: list[Life], features: list[str], on: int, dates: str, window: int = 7) -> list[Run]:
    found = []
    for feature in features:
        own = copying.roomed(lives, feature, on, window, dates)
        race = copying.race(own, feature, on, window)
        if race is not None:
            found.append(Run(feature, own, race))
    return found


def exclusivity(run: Run, on: int, window: int = 7) -> Row:
    """A row of a feature: how long the first movers had it alone, and whether a copy ended that."""
    ends = [
        s.end_day
        for life in run.lives
        if life.vendor in run.race.first and life.launch <= on
        for s in life.spells
        if s.start_day <= on and s.start_day < s.end_day
    ]
    until = min(max(ends), on)
    copied = run.first_copy is not None and run.first_copy <= until
    day = run.first_copy if copied and run.first_copy is not None else until
    return window, day - run.race.origin, copied


def pooled(found: list[Run]) -> list[Row]:
    return [row for run in found for row in run.race.all_rows]


def share_within(rows: list[Row], days: int) -> float | str:
    """1 - S(days), or why there is none."""
    start = copying.conditioning(rows)
    if start is None:
        return "too_few_rivals"
    steps = copying.curve(rows, start)
    exhausted = bool(steps) and steps[-1][3] == 0.0
    if start >= days:
        return "follow_up_short"
    if not exhausted and all(out < days for _, out, _ in rows):
        return "follow_up_short"
    return 1 - min([s for day, _, _, s in steps if day <= days], default=1.0)


def half_with_limits(rows: list[Row], confidence: float) -> tuple[int | None, ...]:
    """The median of a curve from its own start, and the first days on which each band is at or
    below one half (10.5)."""
    start = copying.conditioning(rows)
    assert start is not None
    steps, z = copying.curve(rows, start), NormalDist().inv_cdf((1 + confidence) / 2)
    low = high = None
    greenwood, copies = 0.0, 0
    for day, at_risk, copied, s in steps:
        copies += copied
        if s == 0.0:
            bottom, top = 0.0, 1 - ((1 - confidence) / 2) ** (1 / copies)
        else:
            greenwood += copied / (at_risk * (at_risk - copied))
            far = z * math.sqrt(greenwood) / math.log(s)
            bottom, top = sorted((s ** math.exp(far), s ** math.exp(-far)))
        low = day if low is None and bottom <= 0.5 + 1e-12 else low
        high = day if high is None and top <= 0.5 + 1e-12 else high
    return copying.half(steps), low, high
