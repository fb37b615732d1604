"""A filter taken apart: what counts by further values answer, and whom it leaves out by id."""

from collections.abc import Mapping
from dataclasses import dataclass

from service.query.fields import ID
from service.query.filters.expressions import And, Comparison, Expression, Not, Or, comparisons
from service.query.operators import Operator
from service.query.paths import Path
from service.query.types.base import FieldType

Values = Mapping[str, str | None]
_TOLD = (Operator.EQ, Operator.NOT, Operator.IS_NULL)


@dataclass(frozen=True)
class Sliced:
    """All of it is to hold: the `rest`, which only rows can tell; the `parts`, which the values of
    the `facets` tell; and that the record has none of the ids."""

    rest: Expression
    parts: tuple[Expression, ...]
    without: tuple[str, ...]

    @property
    def facets(self) -> tuple[Path, ...]:
        """By name."""
        named = {c.path.name: c.path for part in self.parts for c in comparisons(part)}
        return tuple(named[name] for name in sorted(named))

    @property
    def among(self) -> Expression:
        """Without what it leaves out by id."""
        parts = self.rest.parts if isinstance(self.rest, And) else (self.rest,)
        return _all(parts + self.parts)

    def is_met(self, values: Values) -> bool:
        """Whether a record with these values, by the names of the facets, meets the parts."""
        return all(_holds(part, values) is True for part in self.parts)


def sliced(expression: Expression) -> Sliced:
    """The filter in its parts, each of which is certain when the whole of it is."""
    rest: list[Expression] = []
    told: list[Expression] = []
    without: set[str] = set()
    for part in expression.parts if isinstance(expression, And) else (expression,):
        if ids := _left_out(part):
            without.update(ids)
        elif all(map(_is_told, comparisons(part))):
            told.append(part)
        else:
            rest.append(part)
    return Sliced(_all(tuple(rest)), tuple(told), tuple(sorted(without)))


def _all(parts: tuple[Expression, ...]) -> Expression:
    return parts[0] if len(parts) == 1 else And(parts)


def _left_out(part: Expression) -> tuple[str, ...]:
    """The ids of which the record is to have none; an id is never null."""
    match part:
        case Comparison(path, Operator.NOT, values) if path.field is ID and not path.hops:
            return values
        case Not(Comparison(path, Operator.EQ, values)) if path.field is ID and not path.hops:
            return values
    return ()


def _is_told(comparison: Comparison) -> bool:
    """Whether the value, as records are grouped by it, decides: one text that is compared as it
    stands, and no id of the record itself, of which there are as many as records."""
    path, kind = comparison.path, comparison.path.type
    is_text = kind.sql == "text" and kind.is_groupable and not kind.is_dated
    is_compared = type(kind).condition is FieldType.condition
    is_one = not (path.is_many_hop or kind.has_several or (path.field is ID and not path.hops))
    return is_text and is_compared and is_one and comparison.operator in _TOLD


def _holds(expression: Expression, values: Values) -> bool | None:
    """As SQL tells: None is neither."""
    match expression:
        case Comparison(path, Operator.IS_NULL):
            return values[path.name] is None
        case Comparison(path, operator, wanted):
            value = values[path.name]
            if value is None:
                return None
            return (value in wanted) is (operator is Operator.EQ)
        case Not(part):
            told = _holds(part, values)
            return None if told is None else not told
        case And(parts):
            found = [_holds(part, values) for part in parts]
            return False if False in found else None if None in found else True
        case Or(parts):
            found = [_holds(part, values) for part in parts]
            return True if True in found else None if None in found else False
