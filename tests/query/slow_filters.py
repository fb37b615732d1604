"""Filters evaluated row by row in Python, over every completion of partial dates."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from typing import Any

import msgspec

from service.model.dates import parse_date
from service.query.expressions import And, Comparison, Expression, Not, Operator, Or, comparisons
from service.query.fields import Type
from service.query.paths import Path
from service.query.values import bounds

Row = dict[str, Any]
EARLIEST = date(2022, 12, 25)


class World:
    """Rows of a collection, and of those they point to, by table."""

    def __init__(self, rows: list[Row], others: dict[str, dict[str, Row]]) -> None:
        self.rows = rows
        self.others = others

    def certain(self, expression: Expression) -> set[str]:
        return {r["id"] for r in self.rows if all(t is True for t in self._truths(expression, r))}

    def possible(self, expression: Expression) -> set[str]:
        return {r["id"] for r in self.rows if any(t is True for t in self._truths(expression, r))}

    def _truths(self, expression: Expression, row: Row) -> Iterator[bool | None]:
        dated = {c.path.name: c.path for c in comparisons(expression) if c.path.type is Type.DATE}
        days = [completions(self._held(path, row)) for path in dated.values()]
        for chosen in product(*days):
            yield self._truth(expression, row, dict(zip(dated, chosen, strict=True)))

    def _held(self, path: Path, row: Row) -> Any:
        if path.via is not None:
            row = self.others[path.via.to][row[path.via.name]]
        return row[path.field.name]

    def _truth(self, expression: Expression, row: Row, days: dict[str, Any]) -> bool | None:
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

    def _compared(self, asked: Comparison, row: Row, days: dict[str, Any]) -> bool | None:
        if asked.path.is_many_hop:
            assert asked.path.via is not None
            targets = [self.others[asked.path.via.to][i] for i in row[asked.path.via.name]]
            return any(compared(asked, t[asked.path.field.name]) is True for t in targets)
        if asked.path.type is Type.DATE:
            return compared(asked, days[asked.path.name])
        return compared(asked, self._held(asked.path, row))


def completions(text: str | None) -> list[date | None]:
    """Every day that the date may be; of an open start those since `EARLIEST`."""
    if text is None:
        return [None]
    parsed = parse_date(text)
    low = parsed.lo or EARLIEST
    return [low + timedelta(days=n) for n in range((parsed.hi - low).days + 1)]


def compared(asked: Comparison, value: Any) -> bool | None:
    operator, kind = asked.operator, asked.path.type
    if operator is Operator.IS_NULL:
        return value is None or value == []
    if value is None:
        return None
    if kind is Type.NAMES:
        names = msgspec.json.decode(value).values()
        return any(_word(asked, name) for name in names)
    if isinstance(value, list):
        if operator is Operator.ALL:
            return set(asked.values) <= set(value)
        return bool(set(asked.values) & set(value)) is not (operator is Operator.NOT)
    if kind is Type.DATE:
        found = any(_day(operator, value, v) for v in asked.values)
        return found is not (operator is Operator.NOT)
    return _word(asked, value)


def _word(asked: Comparison, value: str) -> bool:
    if asked.operator is Operator.PREFIX:
        return any(value.startswith(v) for v in asked.values)
    return (value in asked.values) is not (asked.operator is Operator.NOT)


def _day(operator: Operator, day: date, text: str) -> bool:
    first, last = bounds(text)
    return {
        Operator.GTE: day >= first,
        Operator.GT: day > last,
        Operator.LTE: day <= last,
        Operator.LT: day < first,
    }.get(operator, first <= day <= last)
