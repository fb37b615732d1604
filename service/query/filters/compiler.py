"""Filters as parameterized SQL: what is certainly true of a record, and what may be."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from service.query.fields import Collection, Field, Moment
from service.query.filters.expressions import (
    And,
    Comparison,
    Expression,
    Not,
    Or,
    comparisons,
)
from service.query.lives import Truth
from service.query.operators import Operator
from service.query.paths import Path, alias_of
from service.query.relations import Hop
from service.query.sql.partial_dates import (
    Day,
    candidate_sets,
    candidates,
    compared,
    interval,
)
from service.query.types.dates import bounds

Relation = Callable[[str], str]


@dataclass
class Statement:
    """A SELECT over the row `t` in the making: joins, conditions and their parameters."""

    relation: Relation
    is_of_day: bool = False
    joins: dict[str, str] = field(default_factory=dict)
    where: list[str] = field(default_factory=list)
    parameters: list[object] = field(default_factory=list)

    @property
    def moment(self) -> Moment:
        return Moment(self.relation, self.is_of_day)

    def bind(self, value: object) -> str:
        self.parameters.append(value)
        return f"${len(self.parameters)}"

    def reach(self, path: Path) -> str:
        """SQL of the path's value; joins the records behind its single hops."""
        for n in range(path.single_hops):
            alias = alias_of(path.hops[: n + 1])
            self.joins[alias] = f"LEFT JOIN {self._next(path.hops, n)}"
        return path.value(self.moment)

    def _next(self, taken: tuple[Hop, ...], n: int) -> str:
        """The table that a hop leads to, ON what it is led by."""
        table, on = self._led(taken, n)
        return f"{table} ON {on}"

    def _led(self, taken: tuple[Hop, ...], n: int) -> tuple[str, str]:
        here, there, hop = alias_of(taken[:n]), alias_of(taken[: n + 1]), taken[n]
        pointing, pointed = (there, here) if hop.is_reverse else (here, there)
        reference = hop.reference
        on = reference.type.is_held(f"{pointed}.id", f"{pointing}.{reference.name}")
        if hop.is_reverse:
            on = reference.type.holds(f"{pointing}.{reference.name}", f"{pointed}.id")
        return f"{self.relation(hop.target.table)} {there}", on

    def each(self, path: Path) -> str:
        """SQL of each value of a list, a row of its own for each; an empty list has one, NULL."""
        alias = f"each_{path.name.replace('.', '_')}"
        listed = f"coalesce(nullif({self.reach(path)}, '{{}}'), ARRAY[NULL]::text[])"
        self.joins[alias] = f"CROSS JOIN LATERAL unnest({listed}) AS {alias} (value)"
        return f"{alias}.value"

    def behind(self, path: Path) -> str:
        """FROM and WHERE of the records that a path leads to from the first of its hops that leads
        to several."""
        self.reach(path)
        table, where = self._led(path.hops, path.single_hops)
        further = "".join(
            f" {'' if path.hops[n].is_list else 'LEFT '}JOIN {self._next(path.hops, n)}"
            for n in range(path.single_hops + 1, len(path.hops))
        )
        return f"{table}{further} WHERE {where}"

    def holders(self, path: Path) -> str:
        """A SELECT of the records that hold a date: `id`, the first and the last day it can be."""
        low, high = interval(path)
        chosen = f"SELECT {path.alias}.id, {low} AS low, {high} AS high"
        if path.is_many_hop:
            return f"{chosen} FROM {self.behind(path)}"
        self.reach(path)
        return chosen

    def source(self, collection: Collection, part: str = "") -> str:
        """FROM and WHERE; `part`: of that part of a view only."""
        joined = "".join(f" {join}" for join in self.joins.values())
        where = f" WHERE {' AND '.join(self.where)}" if self.where else ""
        return f" FROM {part or self.relation(collection.table)} t{joined}{where}"


def certainly(expression: Expression, statement: Statement) -> str:
    """SQL that holds for every completion of the row's partial dates: exact.

    A date that is compared once is decided by the ends of its interval. Dates that are compared
    more often are decided together: the comparisons change their truth only at the days they
    name, so the first day of the interval and those days stand for all. Of several records, and of
    one that several paths lead to, each has a day of its own, and the sets of days that can come
    together stand for all. What each comparison says by itself stands beside that, since an index
    can answer it; comparisons that are all to hold are certain together when each of them is.
    """
    alone = _truth(expression, statement, {})
    repeated = _repeated(expression)
    if not repeated or _is_conjunction(expression):
        return f"({alone.certain})"
    truth, days = _together(expression, repeated, statement)
    fails = f"SELECT 1 FROM {days} WHERE ({truth.certain}) IS NOT TRUE"
    return f"({alone.possible}) AND NOT EXISTS ({fails})"


def possibly(expression: Expression, statement: Statement) -> str:
    """SQL that holds for some completion of the row's partial dates: exact, as `certainly`."""
    alone = _truth(expression, statement, {})
    repeated = _repeated(expression)
    if not repeated:
        return f"({alone.possible})"
    truth, days = _together(expression, repeated, statement)
    return f"({alone.possible}) AND EXISTS (SELECT 1 FROM {days} WHERE {truth.possible})"


def _together(
    expression: Expression, repeated: list[list[Comparison]], statement: Statement
) -> tuple[Truth, str]:
    """The truth over days that are decided together, and FROM of those days."""
    found = [_candidates(dated, statement) for dated in repeated]
    by_name = {name: day for _, some in found for name, day in some.items()}
    return _truth(expression, statement, by_name), " CROSS JOIN ".join(sql for sql, _ in found)


def _is_conjunction(expression: Expression) -> bool:
    """All of several comparisons, each with one day: certain together exactly when each is."""
    return isinstance(expression, And) and all(
        isinstance(part, Comparison) and not (_is_dated(part) and len(part.values) > 1)
        for part in expression.parts
    )


def _is_dated(comparison: Comparison) -> bool:
    return comparison.path.type.is_dated and comparison.operator is not Operator.IS_NULL


def _repeated(expression: Expression) -> list[list[Comparison]]:
    """The comparisons of each date that is compared more than once, by whatever path."""
    by_field: dict[Field, list[Comparison]] = {}
    for comparison in comparisons(expression):
        if _is_dated(comparison):
            by_field.setdefault(comparison.path.field, []).append(comparison)
    return [some for some in by_field.values() if sum(len(c.values) for c in some) > 1]


def _candidates(dated: list[Comparison], statement: Statement) -> tuple[str, dict[str, Day]]:
    """SQL of the days that stand for all, and by path where they are found in it."""
    asked = [bounds(value) for comparison in dated for value in comparison.values]
    days = sorted({day for one in asked for day in (one.first, one.next_day)})
    named, known = statement.bind(days), {c.path.name: c.path for c in dated}
    path = dated[0].path
    if len(known) == 1 and not path.is_many_hop:
        statement.reach(path)
        return candidates(path, named)
    holders = {name: statement.holders(path) for name, path in known.items()}
    return candidate_sets(list(known.values()), named, list(holders.values()))


def _truth(expression: Expression, statement: Statement, days: Mapping[str, Day]) -> Truth:
    """`days`: of the paths that are decided together, by name."""
    match expression:
        case Comparison():
            return _comparison(expression, statement, days)
        case Not(part):
            inner = _truth(part, statement, days)
            return Truth(f"NOT ({inner.possible})", f"NOT ({inner.certain})")
        case And(parts):
            return _joined([_truth(p, statement, days) for p in parts], " AND ", "true")
        case Or(parts):
            return _joined([_truth(p, statement, days) for p in parts], " OR ", "false")


def _joined(truths: list[Truth], word: str, empty: str) -> Truth:
    if not truths:
        return Truth(empty, empty)
    certain, possible = (
        word.join(f"({side})" for side in sides) for sides in zip(*truths, strict=True)
    )
    return Truth(certain, possible)


def _comparison(comparison: Comparison, statement: Statement, days: Mapping[str, Day]) -> Truth:
    path = comparison.path
    column = statement.reach(path)
    day = days.get(path.name) if _is_dated(comparison) else None
    truth = (
        _dated(comparison, statement, day)
        if _is_dated(comparison)
        else _plain(comparison, column, statement)
    )
    if not path.is_many_hop:
        return truth
    rows = f"{statement.behind(path)} AND" if day is None else f"{day.rows} WHERE"
    return Truth(*(f"EXISTS (SELECT 1 FROM {rows} ({side}))" for side in truth))


def _plain(comparison: Comparison, column: str, statement: Statement) -> Truth:
    path, bind = comparison.path, statement.bind

    def alone(value: object) -> str:
        """Of a list of one PostgreSQL is told that it is one, whatever it is: where it plans for
        any value it reckons with ten in a parameter."""
        if isinstance(value, list) and len(value) == 1:
            return f"ARRAY[{bind(value[0])}]"
        return bind(value)

    is_rare = bool(path.hops) and not path.is_many_hop and path.field.derived is None
    binds = alone if is_rare and not path.part else bind
    sql = path.type.condition(column, comparison.operator, comparison.values, binds)
    return Truth(sql, sql)


def _dated(comparison: Comparison, statement: Statement, day: Day | None) -> Truth:
    path, operator = comparison.path, comparison.operator
    low, high = (day.value, day.value) if day else interval(path)
    positive = Operator.EQ if operator is Operator.NOT else operator
    truths = [compared(positive, bounds(v), low, high, statement.bind) for v in comparison.values]
    truth = _joined(truths, " OR ", "false")
    if operator is Operator.NOT:
        return Truth(f"NOT ({truth.possible})", f"NOT ({truth.certain})")
    return truth
