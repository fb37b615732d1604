"""What a query string asks of a collection, checked against the registry."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from service import limits
from service.model.errors import Code, Fault
from service.model.suggestions import nearest
from service.query.fields import Collection
from service.query.filters import language
from service.query.filters.expressions import (
    EVERYTHING,
    Comparison,
    Expression,
    Not,
    both,
    comparisons,
)
from service.query.operators import PARTIAL, Operator
from service.query.paths import Path, is_too_far, near_paths, path_of, paths, too_far, unknown_path
from service.query.sorting import is_sortable, sortable_names
from service.query.sql.values import faults_of
from service.query.units import compared
from service.texts.sentences import sentence

SEPARATOR = "__"
_REMEMBERED = 200  # characters; no filter has a name as long
BOOLEANS = ("true", "false")
# What others call our operators.
OTHERWISE = {
    "eq": "",
    "in": "",
    "is": "",
    "contains": "",
    "has": "",
    "any": "",
    "ne": "not",
    "neq": "not",
    "nin": "not",
    "ge": "gte",
    "le": "lte",
    "from": "gte",
    "since": "gte",
    "until": "lte",
    "after": "gt",
    "before": "lt",
    "null": "isnull",
    "exists": "isnull",
    "startswith": "prefix",
    "like": "prefix",
}


@cache
def filter_names(collection: Collection) -> dict[str, tuple[Path, Operator]]:
    """The flat filter parameters of a collection's own paths (see `paths`), by name."""
    return {
        flat_name(path, operator): (path, operator)
        for path in paths(collection).values()
        for operator in path.type.operators
    }


def flat_name(path: Path, operator: Operator) -> str:
    """The parameter that asks it: `launched__gte`."""
    return path.name + (f"{SEPARATOR}{operator.value}" if operator.value else "")


def filter_of(
    collection: Collection, given: Mapping[str, list[str]]
) -> tuple[Expression, list[Fault]]:
    """The conjunction of all filter parameters, flat ones first, in the registry's order, then by
    name.

    Parameters without a dot that name no path of the collection are the caller's business.
    """
    expression, faults = parsed(collection, given)
    if not any(fault.parameter == language.PARAMETER for fault in faults):
        faults += unit_faults(collection, given, expression)
    return expression, faults + scattered_faults(expression)


def scattered_faults(expression: Expression) -> list[Fault]:
    """Dates of several records that are compared too often: how their days can come together grows
    with every value."""
    counts = Counter(
        c.path.name
        for c in comparisons(expression)
        for _ in c.values
        if c.path.is_many_hop and c.path.type.is_dated
    )
    return [
        Fault(
            Code.FILTER_TOO_COMPLEX,
            sentence("paths.scattered", name=name, most=limits.SCATTERED_DATES),
            parameter=language.PARAMETER,
        )
        for name, count in counts.items()
        if count > limits.SCATTERED_DATES
    ]


def unit_faults(
    collection: Collection, given: Iterable[str], expression: Expression
) -> list[Fault]:
    """The parameters that compare measures whose unit nothing fixes."""
    names = {filter_named(collection, name): name for name in given}
    faults = (
        Fault(
            Code.MIXED_UNITS, detail, parameter=names.get((c.path, c.operator), language.PARAMETER)
        )
        for c, detail in compared(expression)
    )
    return list(dict.fromkeys(faults))


def parsed(
    collection: Collection, given: Mapping[str, list[str]]
) -> tuple[Expression, list[Fault]]:
    """The same, whatever units the measures that are compared may have."""
    expression: Expression = EVERYTHING
    faults: list[Fault] = []
    places = _places(collection)
    for name in sorted(given, key=lambda name: (places.get(name, len(places)), name)):
        known = filter_named(collection, name)
        if known is not None:
            part, wrong = _flat(name, *known, given[name])
            expression, faults = both(expression, part), faults + wrong
    faults += [fault for name in given if (fault := _unknown(collection, name))]
    for text in given.get(language.PARAMETER, ()):
        part, wrong = language.parse(text, collection)
        expression, faults = both(expression, part), faults + wrong
    return expression, faults


@cache
def _places(collection: Collection) -> dict[str, int]:
    """Where each flat filter stands among all of them."""
    return {name: n for n, name in enumerate(filter_names(collection))}


def _flat(
    name: str, path: Path, operator: Operator, raw: list[str]
) -> tuple[Expression, list[Fault]]:
    values = distinct(raw)
    if len(raw) > 1 and operator not in _SEVERAL:
        detail = sentence("parameters.repeated", name=name, n=len(raw))
        return EVERYTHING, [Fault(Code.INVALID_VALUE, detail, parameter=name)]
    if operator is Operator.IS_NULL:
        return _null(name, path, values)
    if len(values) > 1 and operator not in _SEVERAL:
        several = ",".join(values)[:60]
        detail = sentence("filters.one_value", name=name, path=path.name, values=several)
        return EVERYTHING, [Fault(Code.INVALID_VALUE, detail, parameter=name)]
    faults = faults_of(name, path, operator, values)
    return Comparison(path, operator, values), faults


_SEVERAL = (Operator.EQ, Operator.NOT, Operator.ALL, *PARTIAL)


def _null(name: str, path: Path, values: tuple[str, ...]) -> tuple[Expression, list[Fault]]:
    comparison = Comparison(path, Operator.IS_NULL)
    if len(values) != 1 or values[0] not in BOOLEANS:
        detail = sentence("filters.boolean", name=name)
        return EVERYTHING, [Fault(Code.INVALID_VALUE, detail, parameter=name, allowed=BOOLEANS)]
    return (comparison if values == ("true",) else Not(comparison)), []


def filter_named(collection: Collection, name: str) -> tuple[Path, Operator] | None:
    """What a flat filter parameter asks; None for what is none."""
    return _named(collection, name) if len(name) <= _REMEMBERED else None


@lru_cache(maxsize=4096)
def _named(collection: Collection, name: str) -> tuple[Path, Operator] | None:
    named, separator, suffix = name.partition(SEPARATOR)
    path = path_of(collection, named)
    if path is None or (separator and not suffix):
        return None
    operator = next((one for one in path.type.operators if one.value == suffix), None)
    return None if operator is None else (path, operator)


def _unknown(collection: Collection, name: str) -> Fault | None:
    """A path with an operator that it does not have, or one that leads nowhere."""
    named, separator, suffix = name.partition(SEPARATOR)
    path = path_of(collection, named)
    if path is not None:
        is_known = filter_named(collection, name) is not None
        return None if is_known or not separator else _unknown_operator(path, name)
    if "." not in named:
        return None
    if is_too_far(collection, named):
        return Fault(Code.FILTER_TOO_COMPLEX, too_far(named), parameter=name[:80])
    near = tuple(f"{one}{separator}{suffix}" for one in near_paths(collection, named))
    told = unknown_path(name, near)
    return Fault(Code.UNKNOWN_PARAMETER, told, parameter=name[:80], did_you_mean=near)


def _unknown_operator(of: Path, name: str) -> Fault:
    path, _, suffix = name.partition(SEPARATOR)
    known = [o.value for o in of.type.operators if o.value]
    meant = OTHERWISE.get(suffix.lower())
    words = nearest(suffix, known) if meant is None or meant not in ("", *known) else [meant]
    near = tuple(f"{path}{SEPARATOR}{o}" if o else path for o in words)
    detail = sentence("filters.no_operator", path=path, given=suffix[:40])
    return Fault(
        Code.UNKNOWN_OPERATOR, detail, parameter=name[:80], allowed=tuple(known), did_you_mean=near
    )


def distinct(raw: Iterable[str]) -> tuple[str, ...]:
    """The values of a list parameter in both spellings: repeated, or with commas."""
    return tuple(sorted({value for text in raw for value in text.split(",")}))


def sort_of(
    collection: Collection, raw: list[str], parameter: str = "sort"
) -> tuple[tuple[str, ...], list[Fault]]:
    """The terms of `-launched,name`."""
    terms = tuple(term for text in raw for term in text.split(","))
    faults = [
        _no_order(collection, term, parameter)
        for term in terms
        if not _is_order(path_of(collection, term.removeprefix("-")))
    ]
    names = [term.removeprefix("-") for term in terms]
    faults += [
        Fault(Code.INVALID_VALUE, sentence("filters.sort_twice", name=name), parameter=parameter)
        for name, times in Counter(names).items()
        if times > 1 and _is_order(path_of(collection, name))
    ]
    return terms, faults


def _is_order(path: Path | None) -> bool:
    return path is not None and is_sortable(path)


def _no_order(collection: Collection, term: str, parameter: str) -> Fault:
    name, known = term.lstrip("-"), sortable_names(collection)
    near = [one for one in near_paths(collection, name) if _is_order(path_of(collection, one))]
    return Fault(
        Code.UNKNOWN_FIELD,
        sentence("filters.no_sort", given=term[:60]),
        parameter=parameter,
        allowed=tuple(known),
        did_you_mean=tuple((near if "." in name else []) or nearest(name, known) or near),
    )
