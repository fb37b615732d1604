"""Measures with a unit: what fixes the unit, and what is refused where nothing does.

Dollars are neither added to yuan nor compared with them, nor planned sums with actual ones. A unit
is fixed by a filter that leaves one value of it; groups may have it among their keys, and a list
may be sorted by it first.
"""

from collections.abc import Container, Iterator, Mapping, Sequence

from service.model.errors import Code, Fault
from service.query.filters.expressions import And, Comparison, Expression, Not, Or
from service.query.grouping import Key, Metric
from service.query.operators import Operator
from service.query.paths import Path, Unit
from service.texts.sentences import Sentence, sentence

Pins = frozenset[tuple[str, str | None]]


def fixed(expression: Expression) -> Pins:
    """The paths of which all records that meet the filter have one value; None: all have none."""
    match expression:
        case Comparison(path, Operator.EQ, (value,)) if _is_single(path):
            return frozenset({(path.name, value)})
        case Comparison(path, Operator.IS_NULL) if _is_single(path):
            return frozenset({(path.name, None)})
        case And(parts):
            return Pins().union(*map(fixed, parts))
        case Or((first, *others)):
            return fixed(first).intersection(*map(fixed, others))
        case _:
            return Pins()


def _is_single(path: Path) -> bool:
    return not (path.type.has_several or path.is_many_hop)


def compared(expression: Expression) -> Iterator[tuple[Comparison, Sentence]]:
    """Comparisons of measures whose unit is not fixed where they stand, each with what is wrong."""
    for comparison, pins in _in_place(expression, Pins()):
        path = comparison.path
        missing = _missing(path, {name for name, _ in pins})
        if missing and comparison.operator is not Operator.IS_NULL:
            # Behind several records nothing fixes it: another comparison may be of another record.
            form = "scattered" if path.is_many_hop else "compared"
            yield comparison, _detail(form, path.name, missing)


def _in_place(expression: Expression, pins: Pins) -> Iterator[tuple[Comparison, Pins]]:
    """Every comparison with what is fixed where it stands: by what it is AND-ed with."""
    match expression:
        case Comparison():
            yield expression, pins
        case Not(part):
            yield from _in_place(part, pins)
        case And(parts):
            for part in parts:
                yield from _in_place(part, pins | fixed(expression))
        case Or(parts):
            for part in parts:
                yield from _in_place(part, pins)


def sorting_faults(
    terms: Sequence[str], known: Mapping[str, Path], expression: Expression
) -> list[Fault]:
    """Terms of `sort` that put numbers of different units in one order."""
    faults: list[Fault] = []
    told_apart = {name for name, _ in fixed(expression)}
    for term in terms:
        name = term.removeprefix("-")
        if name in known and (missing := _missing(known[name], told_apart)):
            first = ",".join([*(unit.name for unit in missing), term])
            faults.append(_fault("sort", _detail("sorted", name, missing, sort=first)))
        told_apart.add(name)
    return faults


def metric_faults(
    metrics: Sequence[Metric], keys: Sequence[Key], expression: Expression
) -> list[Fault]:
    """Figures that would go over numbers of different units."""
    told_apart = {name for name, _ in fixed(expression)} | {key.name for key in keys}
    return [
        _fault("metrics", _detail("computed", metric.name, missing, keys=_names(missing)))
        for metric in metrics
        if metric.path is not None and (missing := _missing(metric.path, told_apart))
    ]


def sorted_within(
    terms: Sequence[str], metrics: Sequence[Metric], expression: Expression
) -> tuple[str, ...]:
    """The terms by which groups are sorted, before each measure the units that are keys."""
    pinned = {name for name, _ in fixed(expression)}
    measures = {metric.name: metric.path for metric in metrics if metric.path is not None}
    found: dict[str, str] = {}
    for term in terms:
        name = term.removeprefix("-")
        for unit in _missing(measures[name], pinned) if name in measures else ():
            found.setdefault(unit.name, unit.name)
        found.setdefault(name, term)
    return tuple(found.values())


def _missing(path: Path, told_apart: Container[str]) -> list[Unit]:
    return [unit for unit in path.units if unit.name not in told_apart]


def _names(units: Sequence[Unit]) -> str:
    return ",".join(unit.name for unit in units)


def _detail(form: str, measure: str, missing: Sequence[Unit], **values: str) -> Sentence:
    fixing = "&".join(f"{unit.name}={unit.example}" for unit in missing)
    units = tuple(unit.name for unit in missing)
    return sentence(f"units.{form}", measure=measure, units=units, fixing=fixing, **values)


def _fault(parameter: str, detail: Sentence) -> Fault:
    return Fault(Code.MIXED_UNITS, detail, parameter=parameter)
