"""A total order over a collection: what to sort by, and where a row stands in it."""

from typing import NamedTuple

from service.query.fields import RECORDED, Collection, Moment
from service.query.paths import Path, path_of, paths


class SortKey(NamedTuple):
    """One column of an ORDER BY: SQL, its type, the direction, and whether it may be unknown.

    `path` is what a list is to reach for it.
    """

    expression: str
    sql_type: str
    is_descending: bool
    path: Path
    is_nullable: bool = True


def sort_keys(
    collection: Collection, terms: tuple[str, ...], lang: str, moment: Moment = RECORDED
) -> list[SortKey]:
    """The keys of `-launched,vendor.name` at the moment; `id` is appended so that the order is
    total.

    Dates go by the start of their interval, then its end; an open start stands at its end. Nulls
    come last in both directions.
    """
    if "id" not in [term.removeprefix("-") for term in terms]:
        terms = (*terms, "id")
    keys: list[SortKey] = []
    for term in terms:
        path = path_of(collection, term.removeprefix("-"))
        assert path is not None, "the caller checked the sort fields"
        is_nullable = bool(path.hops) or not path.field.required or path.type.is_dated
        keys += [
            SortKey(expression, sql_type, term.startswith("-"), path, is_nullable)
            for expression, sql_type in path.type.order(path.value(moment), lang, path.alias)
        ]
    return keys


def sortable_names(collection: Collection) -> list[str]:
    """What a list can be sorted by, of its own fields."""
    return [name for name, path in paths(collection).items() if not path.hops and is_sortable(path)]


def is_sortable(path: Path) -> bool:
    """Whether a list can be sorted by it: of each record there is one value."""
    return path.field.type.is_sortable and not path.is_many_hop


def order_by(keys: list[SortKey]) -> str:
    """An index of a column that is never null is read from either end."""
    return ", ".join(
        f"{collated(key)} {'DESC' if key.is_descending else 'ASC'}"
        f"{' NULLS LAST' if key.is_nullable or not key.is_descending else ''}"
        for key in keys
    )


def collated(key: SortKey) -> str:
    return f'({key.expression}) COLLATE "C"' if key.sql_type == "text" else key.expression


def after(keys: list[SortKey], values: list[str | None], first_parameter: int) -> str:
    """The condition "stands after this row"; `values` are passed as text parameters."""
    branches: list[str] = []
    same: list[str] = []
    for offset, (key, value) in enumerate(zip(keys, values, strict=True)):
        parameter = f"${first_parameter + offset}::text::{key.sql_type}"
        expression = collated(key)
        if value is not None:
            sign = "<" if key.is_descending else ">"
            beyond = f"({expression} {sign} {parameter} OR {key.expression} IS NULL)"
            branches.append(" AND ".join([*same, beyond]))
        same.append(f"{key.expression} IS NOT DISTINCT FROM {parameter}")
    return f"({' OR '.join(f'({b})' for b in branches) or 'false'})"
