"""Lives on a day, by every day that each start and end may be."""

from datetime import date, timedelta
from typing import Any

from service.query.fields import Collection
from service.query.registry import PRODUCTS
from tests.slow.filters import World, completions

Row = dict[str, Any]
LATE = date(2100, 1, 1)


def truths(world: World, collection: Collection, row: Row, day: date) -> set[bool]:
    """Whether the row is in force, for each completion of its dates and of its product's."""
    if not collection.starts:
        return {True}
    ends = completions(row[collection.ends]) if collection.ends else [None]
    starts = _starts(world, collection, row)
    found = {s <= day < (e or LATE) for s in starts for e in ends if s < (e or LATE)}
    if not starts:  # it may always have begun, and never
        found = {False, day < max(e or LATE for e in ends)}
    if collection.within is not None:
        product = world.others["products"][row["product_id"]]
        found = {holds and day < end for holds in found for end in _last_days(world, product)}
    return found


def status(world: World, row: Row, day: date) -> str | None:
    """Of a product: in force, over, or not begun, if it is so for every completion."""
    found = truths(world, PRODUCTS, row, day)
    if found == {True}:
        return "active"
    if True in found:
        return None
    return "discontinued" if day >= max(_ends(row)) else "not_launched"


def _starts(world: World, collection: Collection, row: Row) -> list[date]:
    days = completions(row[collection.starts])
    if days != [None]:
        return [day for day in days if day]
    spans = [_span(fact) for fact in _evidence(world, row)] if collection is PRODUCTS else []
    if not spans:
        return []
    first, last = (min(ends) for ends in zip(*spans, strict=True))
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _evidence(world: World, product: Row) -> list[Row]:
    adoptions = [f for f in world.others["adoptions"].values() if f["stage"] != "announced"]
    facts = [*adoptions, *world.others["monetizations"].values()]
    return [
        {**fact, "start": start}
        for fact in facts
        if fact["product_id"] == product["id"] and fact["evidence"] != "unsourced"
        if fact["dispute"] != "other" and (start := fact.get("date") or fact.get("since"))
        if max(_days(fact["until"])) > min(_days(start))
    ]


def _span(fact: Row) -> tuple[date, date]:
    days = _days(fact["start"])
    return min(days), max(days)


def _days(text: str | None) -> list[date]:
    return [day or LATE for day in completions(text)]


def _ends(product: Row) -> list[date]:
    return _days(product["discontinued"])


def _last_days(world: World, product: Row) -> list[date]:
    """When the product may have ended, which is after it began unless its dates contradict it."""
    ends, began = _ends(product), min(_starts(world, PRODUCTS, product), default=date.min)
    return [day for day in ends if day > began] or [max(ends)]
