"""What filters have in common that differ only in the texts that are compared."""

from collections.abc import Hashable, Sequence
from typing import NamedTuple

from service.query.filters.expressions import (
    And,
    Comparison,
    Expression,
    Not,
    Or,
    changed,
    comparisons,
)
from service.query.operators import Operator
from service.query.paths import Path

_ALIKE = (Operator.EQ, Operator.NOT)


class Slot(str):
    """A text that is compared: that of a place among all, wherever it goes in a statement."""

    __slots__ = ("place",)
    place: int

    @classmethod
    def at(cls, value: str, place: int) -> "Slot":
        slot = cls(value)
        slot.place = place
        return slot


class Slotted(NamedTuple):
    """The same filter whose texts have a place, in the order of `values`; filters of one `form`
    differ in nothing else."""

    filter: Expression
    values: list[str]
    form: Hashable


def slotted(expression: Expression) -> Slotted:
    """Only one text that is compared as it stands has a place; what else is compared is part of the
    form."""
    values: list[str] = []
    filter_, form = _slotted(expression, values)
    return Slotted(filter_, values, form)


def with_slots(expression: Expression) -> list[Comparison]:
    """The comparisons whose text has a place, in the order of the places."""
    return [c for c in comparisons(expression) if c.values and type(c.values[0]) is Slot]


def with_texts(expression: Expression, texts: Sequence[str]) -> Expression:
    """A filter of the same form with these texts."""

    def told(comparison: Comparison) -> Comparison:
        slot = comparison.values[0] if comparison.values else None
        if type(slot) is not Slot:
            return comparison
        return Comparison(comparison.path, comparison.operator, (texts[slot.place],))

    return changed(expression, told)


def filled(parameters: Sequence[object], values: Sequence[str]) -> list[object]:
    """Parameters of a statement with the values of another filter of the same form."""
    return [_filled(parameter, values) for parameter in parameters]


def _filled(parameter: object, values: Sequence[str]) -> object:
    if type(parameter) is Slot:
        return values[parameter.place]
    if type(parameter) is list:
        return [_filled(each, values) for each in parameter]
    return parameter


def _slotted(expression: Expression, values: list[str]) -> tuple[Expression, Hashable]:
    match expression:
        case Comparison(path, operator, (value,)) if has_place(path, operator):
            values.append(value)
            slot = Slot.at(value, len(values) - 1)
            return Comparison(path, operator, (slot,)), (path.name, operator.value)
        case Comparison(path, operator, compared):
            return expression, (path.name, operator.value, compared)
        case Not(part):
            inner, form = _slotted(part, values)
            return Not(inner), ("not", form)
        case And(parts):
            each = [_slotted(part, values) for part in parts]
            return And(tuple(one for one, _ in each)), ("and", *(form for _, form in each))
        case Or(parts):
            each = [_slotted(part, values) for part in parts]
            return Or(tuple(one for one, _ in each)), ("or", *(form for _, form in each))


def has_place(path: Path, operator: Operator) -> bool:
    """Whether a text goes into SQL as it stands, and decides nothing but what is found."""
    return operator in _ALIKE and path.type.stands_in_sql
