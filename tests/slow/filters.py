"""Filters evaluated row by row in Python, over every completion of partial dates."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import product
from typing import Any

import msgspec

from service.model.dates import parse_date
from service.query.filters.expressions import (
    And,
    Comparison,
    Expression,
    Not,
    Or,
    comparisons,
)
from service.query.operators import Operator
from service.query.paths import Path
from service.query.types import Amount, Count, ExternalIds, FieldType, Instant, Names
from service.query.types.dates import bounds

Row = dict[str, Any]
Variable = tuple[str, str]  # a path, and the id of the record that holds the date
EARLIEST = date(2022, 12, 30)


class World:
    """Rows of a collection, and of those they point to, by collection."""

    def __init__(self, rows: list[Row], others: dict[str, dict[str, Row]]) -> None:
        self.rows = rows
        self.others = others

    def certain(self, expression: Expression) -> set[str]:
        return {r["id"] for r in self.rows if all(t is True for t in self._truths(expression, r))}

    def possible(self, expression: Expression) -> set[str]:
        return {r["id"] for r in self.rows if any(t is True for t in self._truths(expression, r))}

    def is_untold(self, expression: Expression, row: Row) -> bool:
        """Whether neither the filter nor its opposite is true of all completions."""
        truths = list(self._truths(expression, row))
        return not all(t is True for t in truths) and not all(t is False for t in truths)

    def values(self, path: Path) -> list[str]:
        """What stands there, as questions write it."""
        held = [value(path, holder) for row in self.rows for holder in self.holders(path, row)]
        single = [v for h in held for v in (h if isinstance(h, list) else [h]) if v is not None]
        if isinstance(path.type, Names):
            single = [name for names in single for name in msgspec.json.decode(names).values()]
        return sorted({str(v) for v in single})[:12]

    def holders(self, path: Path, row: Row) -> list[Row]:
        """The records that hold the path's field: the row, the one it points to, or several."""
        if path.via is None:
            return [row]
        pointed = row[path.via.name]
        ids = pointed if isinstance(pointed, list) else [pointed]
        found = self.others[path.via.to]
        return [found[i] for i in ids if i is not None and i in found]

    def _truths(self, expression: Expression, row: Row) -> Iterator[bool | None]:
        dated: dict[str, list[Comparison]] = {}
        for asked in comparisons(expression):
            if asked.path.type.is_dated:
                dated.setdefault(asked.path.name, []).append(asked)
        days: dict[Variable, list[date | None]] = {
            (name, holder["id"]): told_apart(some, completions(holder[some[0].path.field.name]))
            for name, some in dated.items()
            for holder in self.holders(some[0].path, row)
        }
        for chosen in product(*days.values()):
            yield self._truth(expression, row, dict(zip(days, chosen, strict=True)))

    def _truth(self, expression: Expression, row: Row, days: dict[Variable, Any]) -> bool | None:
        match expression:
            case Not(part):
                inner = self._truth(part, row, days)
                return None if inner is None else not inner
            case And(parts):
                found = [self._truth(part, row, days) for part in parts]
                return False if False in found else None if None in found else True
            case Or(parts):
                found = [self._truth(part, row, days) for part in parts]
                return True if True in found else None if None in found else False
            case Comparison():
                return self._compared(expression, row, days)

    def _compared(self, asked: Comparison, row: Row, days: dict[Variable, Any]) -> bool | None:
        path = asked.path
        truths = [
            compared(
                asked,
                days[path.name, holder["id"]] if path.type.is_dated else value(path, holder),
            )
            for holder in self.holders(path, row)
        ]
        if path.is_many_hop:
            return True in truths
        return truths[0] if truths else compared(asked, None)


def value(path: Path, holder: Row) -> Any:
    if isinstance(path.field.type, ExternalIds):
        held, scheme = holder[path.field.name], f"{path.part}:" if path.part else ""
        return [text.removeprefix(scheme) for text in held if text.startswith(scheme)]
    return holder[f"{path.field.name}_{path.part}" if path.part else path.field.name]


def completions(text: str | None) -> list[date | None]:
    """Every day that the date may be; of an open start those since `EARLIEST`."""
    if text is None:
        return [None]
    parsed = parse_date(text)
    low = parsed.lo or EARLIEST
    return [low + timedelta(days=n) for n in range((parsed.hi - low).days + 1)]


def told_apart(asked: list[Comparison], days: list[date | None]) -> list[date | None]:
    """Of days about which every comparison says the same, one: the others give no other truth."""
    return list({tuple(compared(one, day) for one in asked): day for day in days}.values())


def compared(asked: Comparison, held: Any) -> bool | None:
    operator, kind = asked.operator, asked.path.type
    if operator is Operator.IS_NULL:
        return held is None or held == []
    if held is None:
        return None
    if isinstance(kind, Names):
        names = msgspec.json.decode(held).values()
        return any(_word(asked, name) for name in names)
    if isinstance(held, list):
        if operator is Operator.ALL:
            return set(asked.values) <= set(held)
        return bool(set(asked.values) & set(held)) is not (operator is Operator.NOT)
    if kind.is_dated:
        found = any(_day(operator, held, v) for v in asked.values)
        return found is not (operator is Operator.NOT)
    if isinstance(kind, (Count, Amount, Instant)):
        found = any(_ordered(operator, held, _number(kind, v)) for v in asked.values)
        return found is not (operator is Operator.NOT)
    return _word(asked, held)


def _number(kind: FieldType, text: str) -> Any:
    if isinstance(kind, Instant):
        instant = datetime.fromisoformat(text)
        return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    return Decimal(text)


def _word(asked: Comparison, held: str) -> bool:
    if asked.operator is Operator.PREFIX:
        return any(held.startswith(v) for v in asked.values)
    return (held in asked.values) is not (asked.operator is Operator.NOT)


def _ordered(operator: Operator, held: Any, asked: Any) -> bool:
    return {
        Operator.GTE: held >= asked,
        Operator.GT: held > asked,
        Operator.LTE: held <= asked,
        Operator.LT: held < asked,
    }.get(operator, held == asked)


def _day(operator: Operator, day: date, text: str) -> bool:
    first, last = bounds(text)
    return {
        Operator.GTE: day >= first,
        Operator.GT: day > last,
        Operator.LTE: day <= last,
        Operator.LT: day < first,
    }.get(operator, first <= day <= last)
