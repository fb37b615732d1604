"""Filters as parameterized SQL: what is certainly true of a record, and what may be."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from service.query.fields import Collection
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
from service.query.registry import BY_NAME
from service.query.sql.partial_dates import (
    Truth,
    candidate_sets,
    candidates,
    compared,
    interval,
    variable,
)
from service.query.types.dates import bounds

Relation = Callable[[str], str]


@dataclass
class Statement:
    """A SELECT over the row `t` in the making: joins, conditions and their parameters."""

    relation: Relation
    joins: dict[str, str] = field(default_factory=dict)
    where: list[str] = field(default_factory=list)
    parameters: list[object] = field(default_factory=list)

    def bind(self, value: object) -> str:
        self.parameters.append(value)
        return f"${len(self.parameters)}"

    def reach(self, path: Path) -> str:
        """SQL of the path's value; joins the record behind a single hop."""
        if path.via is not None and not path.is_many_hop:
            target = self.relation(BY_NAME[path.via.to].table)
            on = f"{path.alias}.id = t.{path.via.name}"
            self.joins[path.alias] = f"LEFT JOIN {target} {path.alias} ON {on}"
        return path.column

    def each(self, path: Path) -> str:
        """SQL of each value of a list, a row of its own for each; an empty list has one, NULL."""
        alias = f"each_{path.name.replace('.', '_')}"
        listed = f"coalesce(nullif({self.reach(path)}, '{{}}'), ARRAY[NULL]::text[])"
        self.joins[alias] = f"CROSS JOIN LATERAL unnest({listed}) AS {alias} (value)"
        return f"{alias}.value"

    def behind(self, path: Path) -> str:
        """FROM and WHERE of the records that a hop through a list leads to."""
        assert path.via is not None, "a many-hop has a reference"
        target = self.relation(BY_NAME[path.via.to].table)
        return f"{target} {path.alias} WHERE {path.alias}.id = ANY (t.{path.via.name})"

    def source(self, collection: Collection, part: str = "") -> str:
        """FROM and WHERE; `part`: of that part of a view only."""
        joined = "".join(f" {join}" for join in self.joins.values())
        where = f" WHERE {' AND '.join(self.where)}" if self.where else ""
        return f" FROM {part or self.relation(collection.table)} t{joined}{where}"


def compile_filter(expression: Expression, statement: Statement) -> Truth:
    """Exact: `certain` holds for every completion of the row's partial dates, `possible` for some.

    A date that is compared once is decided by the ends of its interval. Dates that are compared
    more often are decided together: the comparisons change their truth only at the days they
    name, so the first day of the interval and those days stand for all. Behind a list of records
    each of them has a day of its own, and the sets of days that can come together stand for all.
    What each comparison says by itself stands beside that, since an index can answer it.
    """
    counts = Counter(c.path.name for c in comparisons(expression) for _ in c.values if _is_dated(c))
    repeated = {name for name, count in counts.items() if count > 1}
    truth = _truth(expression, statement, repeated)
    if not repeated:
        return truth
    alone = _truth(expression, statement, set())
    days = " CROSS JOIN ".join(_candidates(expression, repeated, statement))
    never_fails = f"NOT EXISTS (SELECT 1 FROM {days} WHERE ({truth.certain}) IS NOT TRUE)"
    return Truth(
        f"({alone.certain if _is_conjunction(expression) else alone.possible}) AND {never_fails}",
        f"({alone.possible}) AND EXISTS (SELECT 1 FROM {days} WHERE {truth.possible})",
    )


def _is_conjunction(expression: Expression) -> bool:
    """All of several comparisons, each with one day: certain together exactly when each is."""
    return isinstance(expression, And) and all(
        isinstance(part, Comparison) and not (_is_dated(part) and len(part.values) > 1)
        for part in expression.parts
    )


def _is_dated(comparison: Comparison) -> bool:
    return comparison.path.type.is_dated and comparison.operator is not Operator.IS_NULL


def _candidates(expression: Expression, repeated: set[str], statement: Statement) -> list[str]:
    by_path: dict[str, tuple[Path, set[date]]] = {}
    for comparison in comparisons(expression):
        if comparison.path.name in repeated and _is_dated(comparison):
            _, days = by_path.setdefault(comparison.path.name, (comparison.path, set()))
            for value in comparison.values:
                asked = bounds(value)
                days |= {asked.first, asked.next_day}
    return [
        _of_one(path, statement.bind(sorted(days)), statement) for path, days in by_path.values()
    ]


def _of_one(path: Path, named: str, statement: Statement) -> str:
    if path.is_many_hop:
        return candidate_sets(path, named, statement.behind(path))
    statement.reach(path)
    return candidates(path, named)


def _truth(expression: Expression, statement: Statement, repeated: set[str]) -> Truth:
    match expression:
        case Comparison():
            return _comparison(expression, statement, repeated)
        case Not(part):
            inner = _truth(part, statement, repeated)
            return Truth(f"NOT ({inner.possible})", f"NOT ({inner.certain})")
        case And(parts):
            return _joined([_truth(p, statement, repeated) for p in parts], " AND ", "true")
        case Or(parts):
            return _joined([_truth(p, statement, repeated) for p in parts], " OR ", "false")


def _joined(truths: list[Truth], word: str, empty: str) -> Truth:
    if not truths:
        return Truth(empty, empty)
    certain, possible = (
        word.join(f"({side})" for side in sides) for sides in zip(*truths, strict=True)
    )
    return Truth(certain, possible)


def _comparison(comparison: Comparison, statement: Statement, repeated: set[str]) -> Truth:
    path = comparison.path
    column = statement.reach(path)
    is_variable = path.name in repeated and _is_dated(comparison)
    truth = (
        _dated(comparison, statement, is_variable)
        if _is_dated(comparison)
        else _plain(comparison, column, statement)
    )
    if not path.is_many_hop:
        return truth
    rows = f"{statement.behind(path)} AND"
    if is_variable:
        name = variable(path)
        rows = f"unnest({name}.days) AS {name}_one (day) WHERE"
    return Truth(*(f"EXISTS (SELECT 1 FROM {rows} ({side}))" for side in truth))


def _plain(comparison: Comparison, column: str, statement: Statement) -> Truth:
    kind, bind = comparison.path.type, statement.bind
    sql = kind.condition(column, comparison.operator, comparison.values, bind)
    return Truth(sql, sql)


def _dated(comparison: Comparison, statement: Statement, is_variable: bool) -> Truth:
    path, operator = comparison.path, comparison.operator
    if is_variable:
        low = high = f"{variable(path)}{'_one' if path.is_many_hop else ''}.day"
    else:
        low, high = interval(path)
    positive = Operator.EQ if operator is Operator.NOT else operator
    truths = [compared(positive, bounds(v), low, high, statement.bind) for v in comparison.values]
    truth = _joined(truths, " OR ", "false")
    if operator is Operator.NOT:
        return Truth(f"NOT ({truth.possible})", f"NOT ({truth.certain})")
    return truth


def in_force(collection: Collection, day: str, statement: Statement) -> None:
    """Only what was certainly in force on that day (ISO text)."""
    if not collection.starts:
        return
    parameter = f"{statement.bind(day)}::text::date"
    statement.where.append(f"t.{collection.starts}_max <= {parameter}")
    if collection.ends:
        end = f"t.{collection.ends}"
        statement.where.append(f"({end} IS NULL OR {end}_min > {parameter})")
