"""Releases, gaps and their order by plain loops (metrics.md, 14a)."""

import math
import random
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from itertools import combinations, pairwise
from statistics import median
from typing import Any

from tests.slow.lives import NEVER, Life, Record, interval, lives, middle
from tests.slow.markets import records

Releases = dict[str, list[int]]  # days, ascending, by product


@cache
def with_versions(seed: int) -> list[Record]:
    """A random market whose products have versions: loose dates, bounds, ties, none at all."""
    rng = random.Random(seed * 11 + 5)
    found = list(records(seed))
    for product in [r["id"] for r in found if r["kind"] == "product"]:
        day = rng.randrange(300)
        for number in range(rng.choice([0, 1, 2, 4, 9])):
            day += rng.choice([0, 30, 30, rng.randrange(200)])
            text = (date(2021, 1, 1) + timedelta(days=day)).isoformat()
            dated = rng.choice([text] * 6 + [text[:7], text[:4], f"[..{text}]", None])
            found.append(
                {"kind": "version", "product": product, "name": f"v{number}", "date": dated}
            )
    return found


def members(seed: int, market: str) -> dict[str, Record]:
    return {
        r["id"]: r for r in with_versions(seed) if r["kind"] == "product" and market in r["markets"]
    }


def dated(seed: int, products: dict[str, Record], on: int) -> tuple[list[tuple[str, str]], int]:
    """(product, date as stored) of each version out by the day; how many have no date."""
    own = [r for r in with_versions(seed) if r["kind"] == "version" and r["product"] in products]
    out = [(r["product"], r["date"]) for r in own if r["date"] and _day(r["date"]) <= on]
    return out, sum(not r["date"] for r in own)


def _day(text: str) -> int:
    said = interval(text)
    assert said is not None
    return middle(*said)


def imprecise(text: str) -> bool:
    said = interval(text)
    assert said is not None
    return said[0] != said[1]


def releases(versions: list[tuple[str, str]]) -> Releases:
    days: dict[str, set[int]] = {}
    for product, text in versions:
        days.setdefault(product, set()).add(_day(text))
    return {product: sorted(own) for product, own in days.items()}


def releases_in_draw(versions: list[tuple[str, str]], on: int, m: int) -> Releases:
    days: dict[str, set[int]] = {}
    for product, text in versions:
        said = interval(text)
        assert said is not None
        day = middle(*said)
        if said[0] is not None:
            digest = sha256(f"0:{m}:version:{product}:{text}".encode()).hexdigest()
            day = said[0] + int(int(digest[:13], 16) / 16**13 * (said[1] - said[0] + 1))
        days.setdefault(product, set()).add(min(day, on))
    return {product: sorted(own) for product, own in days.items()}


def gaps(found: Releases) -> dict[str, list[int]]:
    return {product: [b - a for a, b in pairwise(days)] for product, days in found.items()}


def every(found: Releases) -> list[int]:
    return [gap for own in gaps(found).values() for gap in own]


def between_ranks(values: list[int], share: float) -> float:
    ordered, place = sorted(values), share * (len(values) - 1)
    low = math.floor(place)
    high = min(low + 1, len(values) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])


def limits(values: list[int], confidence: float) -> tuple[int | None, int | None]:
    """The order statistics between which the median lies."""
    n, ordered, rank = len(values), sorted(values), 0
    for r in range(1, n // 2 + 1):
        below = sum(math.comb(n, k) for k in range(r)) / 2**n
        if below <= (1 - confidence) / 2:
            rank = r
    return (ordered[rank - 1], ordered[n - rank]) if rank else (None, None)


def draws_of_median(versions: list[tuple[str, str]], on: int, draws: int) -> Iterator[float]:
    for m in range(draws):
        if own := every(releases_in_draw(versions, on, m)):
            yield median(own)


def years_followed(found: Releases, seed: int, on: int) -> float:
    known: dict[str, Life] = lives(with_versions(seed))
    total = 0
    for product, days in found.items():
        stop = known[product].stop if product in known else NEVER
        total += max(0, min(on, stop) - days[0])
    return total / 365.25


def order(own: dict[str, list[int]]) -> tuple[int, int, int]:
    """S, all pairs of gaps of one product, those of equal gaps."""
    pairs = [pair for gaps in own.values() for pair in combinations(gaps, 2)]
    return (
        sum((later > earlier) - (later < earlier) for earlier, later in pairs),
        len(pairs),
        sum(later == earlier for earlier, later in pairs),
    )


def permuted(own: dict[str, list[int]], b: int) -> dict[str, list[int]]:
    return {
        product: [
            gap
            for _, gap in sorted(
                (sha256(f"0:perm:{b}:{product}:{k}".encode()).hexdigest(), gap)
                for k, gap in enumerate(gaps)
            )
        ]
        for product, gaps in own.items()
    }


def chance(own: dict[str, list[int]], permutations: int) -> float:
    whole = abs(order(own)[0])
    hits = sum(abs(order(permuted(own, b))[0]) >= whole for b in range(1, permutations + 1))
    return (1 + hits) / (permutations + 1)


def by_year(versions: list[tuple[str, str]], found: Releases) -> dict[int, tuple[Any, ...]]:
    """(versions, releases, gaps, median) of each calendar year with a version."""
    years = {date.fromordinal(_day(text)).year for _, text in versions}
    rows = {}
    for year in range(min(years), max(years) + 1) if years else ():
        ended = [
            b - a
            for days in found.values()
            for a, b in pairwise(days)
            if date.fromordinal(b).year == year
        ]
        out = [x for days in found.values() for x in days if date.fromordinal(x).year == year]
        n = sum(date.fromordinal(_day(text)).year == year for _, text in versions)
        rows[year] = n, len(out), len(ended), median(ended) if ended else None
    return rows
