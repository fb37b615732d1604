"""A filter taken apart: what counts by further values answer, and whom it leaves out by id."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import product

from service.query.fields import ID
from service.query.filters.expressions import And, Comparison, Expression, Not, Or, comparisons
from service.query.operators import Operator
from service.query.paths import Path

Values = tuple[str | None, ...]  # of the facets in their order, and perhaps others behind them
Told = Callable[[Values], bool | None]  # as SQL tells: None is neither
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

    def met(self, places: Iterable[Values]) -> list[Values]:
        """Of places that begin with the values of the facets those whose records meet the parts."""
        names = [path.name for path in self.facets]
        told = [_told(part, names) for part in self.parts]
        return [place for place in places if all(one(place) for one in told)]

    def named(self) -> list[Values] | None:
        """The only values of the facets that meet the parts, if these name them."""
        wanted = {
            part.path.name: part.values
            for part in self.parts
            if isinstance(part, Comparison) and part.operator is Operator.EQ
        }
        names = [path.name for path in self.facets]
        if not all(name in wanted for name in names):
            return None
        return list(product(*(wanted[name] for name in names)))


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
    is_text = kind.stands_in_sql and kind.is_groupable
    is_one = not (path.is_many_hop or kind.has_several or (path.field is ID and not path.hops))
    return is_text and is_one and comparison.operator in _TOLD


def _told(expression: Expression, names: list[str]) -> Told:
    match expression:
        case Comparison(path, operator, wanted):
            return _compared(names.index(path.name), operator, frozenset(wanted))
        case Not(part):
            inner = _told(part, names)
            return lambda values: None if (told := inner(values)) is None else not told
        case And(parts):
            every = [_told(part, names) for part in parts]
            return lambda values: _joined([one(values) for one in every], decided=False)
        case Or(parts):
            some = [_told(part, names) for part in parts]
            return lambda values: _joined([one(values) for one in some], decided=True)


def _compared(at: int, operator: Operator, wanted: frozenset[str]) -> Told:
    if operator is Operator.IS_NULL:
        return lambda values: values[at] is None
    if operator is Operator.EQ:
        return lambda values: None if values[at] is None else values[at] in wanted
    return lambda values: None if values[at] is None else values[at] not in wanted


def _joined(told: list[bool | None], *, decided: bool) -> bool | None:
    """Decided by one that is so, else untold if one is."""
    if decided in told:
        return decided
    return None if None in told else not decided
