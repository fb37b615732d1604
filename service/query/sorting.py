"""A total order over a collection: what to sort by, and where a row stands in it."""

from typing import NamedTuple

from service.query.fields import Collection


class SortKey(NamedTuple):
    """One column of an ORDER BY: SQL over the row `t`, its SQL type, and the direction."""

    expression: str
    sql_type: str
    is_descending: bool


def sort_keys(collection: Collection, terms: tuple[str, ...], lang: str) -> list[SortKey]:
    """The keys of `-launched,name`; `id` is appended so that the order is total.

    Dates go by the start of their interval, then its end; an open start stands first. Nulls come
    last in both directions.
    """
    keys: list[SortKey] = []
    for term in terms:
        name = term.lstrip("-")
        if name == "id":
            keys.append(SortKey("t.id", "text", term.startswith("-")))
            continue
        field = collection.field("names" if name == "name" else name)
        assert field is not None, "the caller checked the sort fields"
        column = field.expression or f"t.{field.name}"
        keys += [SortKey(e, t, term.startswith("-")) for e, t in field.type.order(column, lang)]
    if not any(key.expression == "t.id" for key in keys):
        keys.append(SortKey("t.id", "text", is_descending=False))
    return keys


def sortable_names(collection: Collection) -> list[str]:
    """What a list can be sorted by."""
    return [
        name
        for field in collection.every_field
        if field.type.is_sortable
        for name in field.type.paths(field.name)
    ]


def order_by(keys: list[SortKey]) -> str:
    return ", ".join(
        f"{collated(key)} {'DESC' if key.is_descending else 'ASC'} NULLS LAST" for key in keys
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
