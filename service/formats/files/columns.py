"""The columns of a collection as a flat table: dotted paths into the shown record."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from service.query.fields import BOOKKEEPING, Collection
from service.query.relations import Hop, embeddings
from service.query.types.cells import LISTED, Column, Nested, Reader, Shown, joined, plain
from service.query.types.words import NAME_LANGUAGES, name_column

PLAIN = ("object", "href", "revision", "recorded_at", "updated_at")


class NoColumn(ValueError):
    """The path leads to many records, which is no column."""


def columns(collection: Collection, asked: Iterable[str] = ()) -> list[Column]:
    """The columns of the paths asked for, `id` first; of none: those of every field.

    The paths were checked as `fields`. Raises NoColumn.
    """
    paths = list(asked)
    if not paths:
        return every_column(collection)
    found = [Column("id", partial(plain, "id"))]
    for path in paths:
        found += _of_path(collection, path)
    return list({column.name: column for column in found}.values())


def every_column(collection: Collection) -> list[Column]:
    """All columns of a collection; `object` only when asked for."""
    return [
        Column("id", partial(plain, "id")),
        Column("href", partial(plain, "href")),
        *(column for field in collection.fields for column in field.type.table_columns(field.name)),
        *(column for field in BOOKKEEPING for column in field.type.table_columns(field.name)),
    ]


def _of_path(collection: Collection, path: str) -> list[Column]:
    name, _, rest = path.partition(".")
    brought = embeddings(collection).get(name)
    if brought is not None and collection.field(name) is None:
        return _embedded(brought, rest)
    if name in ("id", *PLAIN):
        own = collection.field(name)
        return own.type.table_columns(name) if own else [Column(name, partial(plain, name))]
    if name == "null_reasons" and collection.field(name) is None:
        return [Column(name, _no_reasons)]
    if name == "names":
        return [name_column(lang) for lang in ([rest] if rest else NAME_LANGUAGES)]
    field = collection.field(path)
    if field is not None:
        return field.type.table_columns(field.name)
    named = [column for column in every_column(collection) if column.name == path]
    return named or (_of_path(collection, name) if rest else [])


def _embedded(embedding: Hop, rest: str) -> list[Column]:
    if embedding.is_reverse:
        raise NoColumn(embedding.name)
    inner = columns(embedding.target, [rest]) if rest else every_column(embedding.target)
    if rest and rest != "id":
        inner = inner[1:]
    brought = _of_each if embedding.is_list else _of_that
    return [brought(embedding.name, column) for column in inner]


def _of_that(name: str, column: Column) -> Column:
    """A column of the one record that a record points to."""
    nested = column.nested
    if nested is not None:
        nested = nested._replace(read=partial(_of_one, name, nested.read))
    return Column(
        f"{name}.{column.name}", partial(_of_one, name, column.read), column.holds, nested
    )


def _of_each(name: str, column: Column) -> Column:
    """A column of the many records that a record points to: a list."""
    nested = Nested(LISTED, partial(_values, name, column.read))
    return Column(f"{name}.{column.name}", partial(_of_many, name, column.read), nested=nested)


def _no_reasons(record: Shown) -> None:
    """Of a view, whose records state none."""


def _of_one(name: str, read: Reader, record: Shown) -> Any:
    return None if record[name] is None else read(record[name])


def _values(name: str, read: Reader, record: Shown) -> list[Any]:
    return [read(item) for item in record[name]["data"]]


def _of_many(name: str, read: Reader, record: Shown) -> str | None:
    """An unknown value keeps its place as nothing between two bars."""
    values = _values(name, read, record)
    return joined("" if value is None else value for value in values) if values else None
