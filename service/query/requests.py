"""What a query string asks of a collection, checked against the registry."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from service import limits
from service.model.suggestions import nearest
from service.query.fields import Collection, Field, Type
from service.query.filters import Condition, paths
from service.query.sorting import sortable_names


class Fault(NamedTuple):
    """What is wrong with one parameter."""

    code: str
    parameter: str
    detail: str
    allowed: tuple[str, ...] = ()
    did_you_mean: tuple[str, ...] = ()


def conditions_of(
    collection: Collection, given: Mapping[str, list[str]]
) -> tuple[tuple[Condition, ...], list[Fault]]:
    """The equality conditions among the parameters, in the registry's order.

    Parameters that name no path of the collection are the caller's business.
    """
    conditions: list[Condition] = []
    faults: list[Fault] = []
    for name, path in paths(collection).items():
        if name not in given:
            continue
        values = _distinct(given[name])
        faults += _faults(name, path[-1], values)
        conditions.append(Condition(path, values))
    return tuple(conditions), faults


def _distinct(raw: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({value for text in raw for value in text.split(",")}))


def _faults(name: str, field: Field, values: tuple[str, ...]) -> list[Fault]:
    if "" in values:
        return [Fault("empty_value", name, f"Empty value; leave {name} out to ask for all.")]
    if len(values) > limits.VALUES_MAX:
        return [Fault("filter_too_complex", name, f"More than {limits.VALUES_MAX} values.")]
    if field.type is not Type.ENUM:
        return []
    return [
        Fault(
            "unknown_value", name, f'"{value[:60]}" is no value of {name}.', field.values,
            tuple(nearest(value, list(field.values))),
        )
        for value in values
        if value not in field.values
    ]  # fmt: skip


def sort_of(
    collection: Collection, raw: list[str], parameter: str = "sort"
) -> tuple[tuple[str, ...], list[Fault]]:
    """The terms of `-launched,name`."""
    terms = tuple(term for text in raw for term in text.split(","))
    known = sortable_names(collection)
    faults = [
        Fault(
            "unknown_field", parameter, f'"{term[:60]}" is nothing to sort by.', tuple(known),
            tuple(nearest(term.lstrip("-"), known)),
        )
        for term in terms
        if term.removeprefix("-") not in known
    ]  # fmt: skip
    return terms, faults
