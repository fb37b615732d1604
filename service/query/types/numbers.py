"""Numbers and prices: counts, decimal amounts, money, rates by component."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from typing import Any

import msgspec

from service.query.operators import OF_NUMBERS
from service.query.types import listed_codes, shapes
from service.query.types.base import FieldType
from service.query.types.cells import (
    EMPTY_LIST,
    Cell,
    Column,
    Shown,
    inner,
    joined,
    kept,
    separated,
)
from service.query.types.characters import HIDDEN, clean
from service.query.types.decimals import (
    PLAIN,
    amount_text,
    as_number,
    exact,
    fraction,
    significant,
    whole,
    without_exponent,
)
from service.query.types.words import Word
from service.texts.sentences import sentence


class Amount(FieldType):
    """An exact decimal number that is not below zero."""

    name = "decimal"
    sql = "numeric"
    cell = "number"
    operators = OF_NUMBERS
    is_numeric = True
    is_facet = False
    shape: Any = Decimal

    def parsed(self, value: str, name: str = "the field") -> Any:
        if not re.fullmatch(PLAIN, value):
            raise _no_number(value, name)
        return Decimal(value)

    def stored(self, value: Any) -> list[Any]:
        return [exact(value)]

    def compared(self, name: str) -> list[str]:
        return [significant(name)]

    def line(self, name: str, key: str, row: dict[str, Any]) -> dict[str, Any]:
        amount = row[name]
        return {key: None if amount is None else without_exponent(amount)}

    def shown(self, name: str, row: dict[str, Any], lang: str) -> dict[str, Any]:
        amount = row[name]
        return {name: None if amount is None else amount_text(amount)}


class Quantity(Amount):
    """A number of things or a share: exact, not below zero, and a number in answers."""

    name = "number"
    shape: Any = shapes.Quantity
    shown_shape = float

    def stored(self, value: Any) -> list[Any]:
        return [exact(Decimal(str(value)))]

    def of_cell(self, cell: str) -> Any:
        number = fraction(cell)
        return cell if number is None else number

    def of_argument(self, name: str, text: str) -> Any:
        return self.of_cell(text)

    def line(self, name: str, key: str, row: dict[str, Any]) -> dict[str, Any]:
        return self.shown(key, {key: row[name]}, "")

    def shown(self, name: str, row: dict[str, Any], lang: str) -> dict[str, Any]:
        return {name: None if row[name] is None else as_number(row[name])}


class Count(FieldType):
    """A whole number."""

    name = "count"
    sql = "bigint"
    cell = "integer"
    operators = OF_NUMBERS
    is_numeric = True
    shape = shapes.CountWritten
    shown_shape = int

    @property
    def body_shape(self) -> Any:
        return shapes.Count

    def parsed(self, value: str, name: str = "the field") -> Any:
        if not re.fullmatch(PLAIN, value) or "." in value or abs(int(value)) >= 2**63:
            raise _no_number(value, name)
        return int(value)

    def stored(self, value: Any) -> list[Any]:
        return [int(value)]

    def repeated(self, value: Any) -> Any:
        return msgspec.convert(value, self.shape)

    def of_cell(self, cell: str) -> Any:
        number = whole(cell)
        return cell if number is None else number

    def of_argument(self, name: str, text: str) -> Any:
        return self.of_cell(text)


def _no_number(value: str, name: str) -> ValueError:
    return ValueError(sentence("fields.not_a_number", given=value[:40], name=name))


class _Structured(FieldType):
    """JSON on a command line; nothing to sort or group by."""

    is_sortable = False
    is_groupable = False

    def of_argument(self, name: str, text: str) -> Any:
        try:
            return msgspec.json.decode(text)
        except msgspec.DecodeError:
            example = '{"amount":"20","currency":"USD","per":"month"}'
            raise ValueError(sentence("fields.json", name=name, example=example)) from None


class Money(_Structured):
    """An amount of a currency per something, in three columns."""

    name = "money"
    shape = shapes.Money
    shown_shape = shapes.MoneyShown
    _parts = (("amount", Amount()), ("currency", listed_codes.Currency()), ("per", Word()))

    def columns(self, name: str) -> dict[str, str]:
        return {f"{name}_{part}": kind.sql for part, kind in self._parts}

    def is_known(self, name: str) -> str:
        return f"t.{name}_amount IS NOT NULL"

    def compared(self, name: str) -> list[str]:
        return [one for part, kind in self._parts for one in kind.compared(f"{name}_{part}")]

    def joined_twins(self, name: str) -> dict[str, str]:
        return {
            column: f"CASE WHEN k.{name}_amount IS NULL THEN l.{column} ELSE k.{column} END"
            for column in self.columns(name)
        }

    def paths(self, name: str) -> dict[str, str]:
        return {f"{name}.{part}": part for part, _ in self._parts}

    def part(self, part: str) -> FieldType:
        return dict(self._parts)[part] if part else self

    def units(self, part: str) -> dict[str, str]:
        return {"currency": "USD", "per": "month"} if part == "amount" else {}

    def stored(self, value: Any) -> list[Any]:
        per = None if value.per is None else clean(value.per, HIDDEN)
        return [exact(value.amount), *listed_codes.Currency().stored(value.currency), per]

    def faults(self, value: Any) -> Iterator[tuple[str, ValueError]]:
        return _faults(value)

    def line(self, name: str, key: str, row: dict[str, Any]) -> dict[str, Any]:
        amount, currency, per = (row[column] for column in self.columns(name))
        if amount is None:
            return {key: None}
        return {key: shapes.Money(without_exponent(amount), currency, per)}

    def shown(self, name: str, row: dict[str, Any], lang: str) -> dict[str, Any]:
        amount, currency, per = (row[column] for column in self.columns(name))
        if amount is None:
            return {name: None}
        return {name: {"amount": amount_text(amount), "currency": currency, "per": per}}

    def table_columns(self, name: str) -> list[Column]:
        return [
            Column(f"{name}.{part}", partial(inner, name, part), kind.cell)
            for part, kind in self._parts
        ]

    def cells(self, name: str) -> dict[str, Cell]:
        return {
            f"{name}{mark}{part}": Cell((name, part), kind.of_cell)
            for part, kind in self._parts
            for mark in "._"
        }


class Rates(_Structured):
    """Prices by component: a list of {component, amount, currency, per}."""

    name = "rates"
    sql = "jsonb"
    shape = list[shapes.Rate]
    shown_shape = list[shapes.RateShown]

    def compared(self, name: str) -> list[str]:
        amount = significant("(rate->>'amount')::numeric")
        rates = f"jsonb_array_elements({name}) WITH ORDINALITY e (rate, n)"
        listed = f"jsonb_agg(rate || jsonb_build_object('amount', {amount}) ORDER BY n)"
        return [f"coalesce((SELECT {listed} FROM {rates}), {name})"]

    def paths(self, name: str) -> dict[str, str]:
        return {}

    def stored(self, value: Any) -> list[Any]:
        return [_numbered.encode([_stored(rate) for rate in value]).decode()]

    def faults(self, value: Any) -> Iterator[tuple[str, ValueError]]:
        for place, rate in enumerate(value):
            yield from ((f"/{place}{inner}", error) for inner, error in _faults(rate))

    def line(self, name: str, key: str, row: dict[str, Any]) -> dict[str, Any]:
        rates = row[name]
        return {key: None if rates is None else _rates(rates)}

    def shown(self, name: str, row: dict[str, Any], lang: str) -> dict[str, Any]:
        if row[name] is None:
            return {name: None}
        return {
            name: [
                {**msgspec.structs.asdict(rate), "amount": amount_text(rate.amount)}
                for rate in _rates(row[name])
            ]
        }

    def table_columns(self, name: str) -> list[Column]:
        return [Column(name, partial(_rates_cell, name), nested=kept(name, list[shapes.RateKept]))]

    def of_cell(self, cell: str) -> Any:
        if cell[0] in "[{" and cell != EMPTY_LIST:
            msgspec.json.decode(cell.encode())
            return msgspec.Raw(cell.encode())
        return [_rate_of(part) for part in separated(cell)]


_rates = msgspec.json.Decoder(list[shapes.Rate]).decode
_numbered = msgspec.json.Encoder(order="sorted", decimal_format="number")


def _rates_cell(name: str, record: Shown) -> str | None:
    if record[name] is None:
        return None
    return joined(
        f"{rate['component']}={rate['amount']} {rate['currency']}/{rate['per']}"
        for rate in record[name]
    )


_RATE = re.compile(r"([^=]*)=(\S*) ([^/]*)/(.*)\Z", re.DOTALL)


def _rate_of(part: str) -> dict[str, str]:
    """A rate as its cell has it. Raises ValueError."""
    found = _RATE.match(part)
    if found is None:
        raise ValueError("Write component=amount currency/per, joined by |, or JSON.")
    return dict(zip(shapes.Rate.__struct_fields__, found.groups(), strict=True))


def _stored(rate: shapes.Rate) -> shapes.Rate:
    listed_codes.Currency().check(rate.currency, "currency")
    return msgspec.structs.replace(rate, amount=exact(rate.amount), per=clean(rate.per, HIDDEN))


def _faults(price: shapes.Money | shapes.Rate) -> Iterator[tuple[str, ValueError]]:
    """What is wrong with each part of a price."""
    parts: list[tuple[str, Callable[[], object]]] = [
        ("/amount", partial(exact, price.amount)),
        ("/currency", partial(listed_codes.Currency().check, price.currency, "currency")),
        ("/per", partial(clean, price.per or "-", HIDDEN)),
    ]
    for place, check in parts:
        try:
            check()
        except ValueError as error:
            yield place, error
