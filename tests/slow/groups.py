"""Groups of rows made one by one in Python."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

from service.model.dates import parse_date, spanning
from service.query.grouping import QUANTILES, Key, Metric
from service.query.paths import Path
from tests.slow.filters import Row, World, value

Group = dict[str, Any]


def grouped(
    world: World, ids: set[str], keys: list[Key], metrics: list[Metric]
) -> dict[tuple[Any, ...], Group]:
    """Figures by the values of the keys; a row is in a group for each of its listed values."""
    groups: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in world.rows:
        if row["id"] in ids:
            for place in product(*(_places(world, key, row) for key in keys)):
                groups[place].append(row)
    return {
        place: {m.name: _figure(world, m, rows, len(ids)) for m in metrics}
        for place, rows in groups.items()
    }


def _places(world: World, key: Key, row: Row) -> list[str | None]:
    held = _held(world, key.path, row)
    if key.period:
        return [_period(key.period, held)]
    if isinstance(held, list):
        return list(held) or [None]
    if held is None or key.path.type.is_numeric:
        return [held]
    return [str(held)]


def _held(world: World, path: Path, row: Row) -> Any:
    holders = world.holders(path, row)
    return value(path, holders[0]) if holders else None


def _period(period: str, text: str | None) -> str | None:
    if text is None:
        return None
    parsed = parse_date(text)
    if parsed.lo is None:
        return None
    first, last = (_named(period, day) for day in (parsed.lo, parsed.hi))
    return first if first == last else None


def _named(period: str, day: date) -> str:
    quarter = f"{day.year}-Q{(day.month + 2) // 3}"
    return {"year": f"{day.year}", "month": f"{day:%Y-%m}", "quarter": quarter}[period]


def _figure(world: World, metric: Metric, rows: list[Row], n_all: int) -> Any:
    if metric.path is None:
        return len(rows) / n_all if metric.function == "share" else len(rows)
    held = [v for row in rows if (v := _held(world, metric.path, row)) is not None]
    if metric.function == "count_distinct":
        return len({str(v) for v in held})
    if not held:
        return None
    if metric.path.type.is_dated:
        return _extreme(metric.function, held)
    numbers = [Decimal(v) for v in held]
    if metric.function == "avg":
        return float(sum(numbers) / len(numbers))
    if metric.function in QUANTILES:
        return _between(sorted(numbers), QUANTILES[metric.function])
    return {"sum": sum, "min": min, "max": max}[metric.function](numbers)


def _between(numbers: list[Decimal], part: Decimal) -> Decimal:
    """The number so far up the sorted ones, between two of them in proportion."""
    whole, rest = divmod(part * (len(numbers) - 1), 1)
    low, high = numbers[int(whole)], numbers[int(whole) + bool(rest)]
    return low + (high - low) * rest


def _extreme(function: str, texts: list[str]) -> str:
    """What the first (or last) of the dates can be: between that of all starts and all ends."""
    pick = min if function == "min" else max
    parsed = [parse_date(text) for text in texts]
    low = pick(date.min if p.lo is None else p.lo for p in parsed)
    return spanning(None if low == date.min else low, pick(p.hi for p in parsed)).text
