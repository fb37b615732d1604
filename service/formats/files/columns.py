"""The columns of a collection as a flat table: dotted paths into the shown record."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, NamedTuple

from service.formats.files.csv_rows import joined
from service.model.dates import parse_date
from service.query.fields import Collection, Field, Type
from service.query.relations import Embedding, embeddings

Shown = dict[str, Any]
Reader = Callable[[Shown], Any]
NAME_LANGUAGES = ("en", "zh")
MONEY_PARTS = ("amount", "currency", "per")
BOUNDS = ("min", "max", "precision")
PLAIN = ("object", "href", "revision", "recorded_at", "updated_at")
LISTS = (Type.REFERENCES, Type.TEXTS)
NUMBERS = (Type.DECIMAL, Type.COUNT)


class Column(NamedTuple):
    """One column: its dotted path, how it is read off a shown record, whether it holds numbers."""

    name: str
    read: Reader
    is_numeric: bool = False


class NoColumn(ValueError):
    """The path leads to many records, which is no column."""


def columns(collection: Collection, asked: Iterable[str] = ()) -> list[Column]:
    """The columns of the paths asked for, `id` first; of none: those of every field.

    The paths were checked as `fields`. Raises NoColumn.
    """
    paths = list(asked)
    if not paths:
        return every_column(collection)
    found = [Column("id", partial(_plain, "id"))]
    for path in paths:
        found += _of_path(collection, path)
    return list({column.name: column for column in found}.values())


def every_column(collection: Collection) -> list[Column]:
    """All columns of a collection; `object` and `null_reasons` only when asked for."""
    return [
        Column("id", partial(_plain, "id")),
        Column("href", partial(_plain, "href")),
        *(column for field in collection.fields for column in _of_field(field)),
        Column("revision", partial(_plain, "revision"), is_numeric=True),
        Column("recorded_at", partial(_plain, "recorded_at")),
        Column("updated_at", partial(_plain, "updated_at")),
    ]


def _of_path(collection: Collection, path: str) -> list[Column]:
    name, _, rest = path.partition(".")
    brought = embeddings(collection).get(name)
    if brought is not None and collection.field(name) is None:
        return _embedded(brought, rest)
    if name in ("id", *PLAIN):
        return [Column(name, partial(_plain, name), is_numeric=name == "revision")]
    if name == "null_reasons":
        return [Column(name, _null_reasons)]
    if name == "names":
        return [_name_column(lang) for lang in ([rest] if rest else NAME_LANGUAGES)]
    field = collection.field(path)
    if field is not None:
        return _of_field(field)
    own = [column for field in collection.fields for column in _of_field(field)]
    named = [column for column in own if column.name == path]
    return named or (_of_path(collection, name) if rest else [])


def _of_field(field: Field) -> list[Column]:
    name = field.name
    if field.type is Type.NAMES:
        own = [Column(part, partial(_plain, part)) for part in ("name", "name_lang")]
        return [*own, *(_name_column(lang) for lang in NAME_LANGUAGES)]
    if field.type is Type.MONEY:
        return [
            Column(f"{name}.{part}", partial(_inner, name, part), is_numeric=part == "amount")
            for part in MONEY_PARTS
        ]
    if field.type is Type.DATE:
        bounds = [Column(f"{name}_{part}", partial(_bound, name, part)) for part in BOUNDS]
        return [Column(name, partial(_plain, name)), *bounds]
    if field.type is Type.RATES:
        return [Column(name, partial(_rates, name))]
    if field.type in LISTS:
        return [Column(name, partial(_list, name))]
    return [Column(name, partial(_plain, name), is_numeric=field.type in NUMBERS)]


def _embedded(embedding: Embedding, rest: str) -> list[Column]:
    if embedding.is_reverse:
        raise NoColumn(embedding.name)
    inner = columns(embedding.target, [rest]) if rest else every_column(embedding.target)
    if rest and rest != "id":
        inner = inner[1:]
    read = _of_many if embedding.is_list else _of_one
    return [
        Column(
            f"{embedding.name}.{column.name}",
            partial(read, embedding.name, column.read),
            is_numeric=column.is_numeric and not embedding.is_list,
        )
        for column in inner
    ]


def _name_column(lang: str) -> Column:
    return Column(f"names.{lang}", partial(_inner, "names", lang))


def _plain(name: str, record: Shown) -> Any:
    return record[name]


def _inner(name: str, part: str, record: Shown) -> Any:
    value = record[name]
    return None if value is None else value.get(part)


def _bound(name: str, part: str, record: Shown) -> str | None:
    text = record[name]
    if text is None:
        return None
    date = parse_date(text)
    if part == "precision":
        return date.precision
    day = date.lo if part == "min" else date.hi
    return day.isoformat() if day else None


def _list(name: str, record: Shown) -> str | None:
    return joined(record[name] or ())


def _rates(name: str, record: Shown) -> str | None:
    return joined(
        f"{rate['component']}={rate['amount']} {rate['currency']}/{rate['per']}"
        for rate in record[name] or ()
    )


def _null_reasons(record: Shown) -> str | None:
    return joined(f"{name}={reason}" for name, reason in record["null_reasons"].items())


def _of_one(name: str, read: Reader, record: Shown) -> Any:
    return None if record[name] is None else read(record[name])


def _of_many(name: str, read: Reader, record: Shown) -> str | None:
    """An unknown value keeps its place as nothing between two bars."""
    values = [read(item) for item in record[name]["data"]]
    return joined("" if value is None else value for value in values)
