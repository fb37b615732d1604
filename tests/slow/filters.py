"""Filters evaluated row by row in Python, over every completion of partial dates."""

import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import product
from math import prod
from typing import Any

import msgspec

from service.model.dates import parse_date
from service.query.fields import Field
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
from service.query.relations import Hop
from service.query.types import (
    Amount,
    Count,
    ExternalIds,
    FieldSources,
    FieldType,
    Instant,
    Names,
    NullReasons,
    Translations,
)
from service.query.types.dates import bounds

Row = dict[str, Any]
Variable = tuple[Field, str]  # a date, and the id of the record that holds it
BY_LANGUAGE = (Names, Translations)
EARLIEST = date(2022, 12, 30)
TRIED = 500


class World:
    """Rows of a collection, and of every other one, by collection."""

    def __init__(self, rows: list[Row], others: dict[str, dict[str, Row]]) -> None:
        self.rows = rows
        self.others = others
        self._pointing: dict[tuple[str, str], dict[str, list[Row]]] = {}

    def certain(self, expression: Expression) -> set[str]:
        return {r["id"] for r in self.rows if all(t is True for t in self._truths(expression, r))}

    def possible(self, expression: Expression) -> set[str]:
        return {r["id"] for r in self.rows if any(t is True for t in self._truths(expression, r))}

    def is_untold(self, expression: Expression, row: Row) -> bool:
        """Whether neither the filter nor its opposite is true of all completions."""
        truths = list(self._truths(expression, row))
        return not all(t is True for t in truths) and not all(t is False for t in truths)

    def is_tractable(self, expression: Expression) -> bool:
        """Whether all completions can be tried."""
        days = [self._days(expression, row) for row in self.rows]
        return max((prod(map(len, one.values())) for one in days), default=0) <= TRIED

    def values(self, path: Path) -> list[str]:
        """What stands there, as questions write it."""
        held = [value(path, h) for row in self.rows for h in self.holders(path, row) if h]
        single = [v for h in held for v in (h if isinstance(h, list) else [h]) if v is not None]
        if isinstance(path.type, BY_LANGUAGE):
            single = [text for texts in single for text in msgspec.json.decode(texts).values()]
        return sorted({str(v) for v in single})[:12]

    def holders(self, path: Path, row: Row) -> list[Row | None]:
        """The records to which the path's hops lead; None: a single hop leads to none."""
        found: list[Row | None] = [row]
        for hop in path.hops:
            found = [one for held in found for one in self._led(hop, held)]
        return found

    def _led(self, hop: Hop, row: Row | None) -> list[Row | None]:
        others, name = self.others[hop.target.name], hop.reference.name
        if row is None:
            return [] if hop.is_list else [None]
        if hop.is_reverse:
            return [*self._pointed_from(hop.target.name, name).get(row["id"], ())]
        found: list[Row | None] = [others[i] for i in ids(row[name]) if i in others]
        return found if hop.is_list else found or [None]

    def _pointed_from(self, collection: str, name: str) -> dict[str, list[Row]]:
        """Who points there by that field, by the id that is pointed at."""
        if (known := self._pointing.get((collection, name))) is None:
            known = self._pointing[collection, name] = {}
            for other in self.others[collection].values():
                for one in dict.fromkeys(ids(other[name])):
                    known.setdefault(one, []).append(other)
        return known

    def _truths(self, expression: Expression, row: Row) -> Iterator[bool | None]:
        days = self._days(expression, row)
        for chosen in product(*days.values()):
            yield self._truth(expression, row, dict(zip(days, chosen, strict=True)))

    def _days(self, expression: Expression, row: Row) -> dict[Variable, list[date | None]]:
        """The days that tell apart what the comparisons say, of each date that they are of."""
        dated: dict[Field, list[Comparison]] = {}
        for asked in comparisons(expression):
            if asked.path.type.is_dated:
                dated.setdefault(asked.path.field, []).append(asked)
        return {
            (field, holder["id"]): told_apart(some, completions(holder[field.name]))
            for field, some in dated.items()
            for asked in some
            for holder in self.holders(asked.path, row)
            if holder is not None
        }

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
        truths = [self._of_one(asked, holder, days) for holder in self.holders(path, row)]
        return True in truths if path.is_many_hop else truths[0]

    def _of_one(
        self, asked: Comparison, holder: Row | None, days: dict[Variable, Any]
    ) -> bool | None:
        if holder is None:
            return compared(asked, None)
        path = asked.path
        is_day = path.type.is_dated
        return compared(asked, days[path.field, holder["id"]] if is_day else value(path, holder))


def ids(held: Any) -> list[str]:
    """Of a reference: one id, several or none."""
    return held if isinstance(held, list) else [] if held is None else [held]


def value(path: Path, holder: Row) -> Any:
    if isinstance(path.field.type, ExternalIds):
        held, scheme = holder[path.field.name], f"{path.part}:" if path.part else ""
        return [text.removeprefix(scheme) for text in held if text.startswith(scheme)]
    if isinstance(path.field.type, FieldSources):
        return msgspec.json.decode(holder[path.field.name]).get(path.part, [])
    if isinstance(path.field.type, NullReasons):
        return path.field.type.reason(holder, path.field.name, path.part)
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
    if isinstance(kind, BY_LANGUAGE):
        return any(_word(asked, text) for text in msgspec.json.decode(held).values())
    if isinstance(held, list) and operator is Operator.CONTAINS:
        return any(_word(asked, item) for item in held)
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
    if asked.operator is Operator.CONTAINS:
        return any(folded(v) in folded(held) for v in asked.values)
    return (held in asked.values) is not (asked.operator is Operator.NOT)


def folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


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
