"""Groups as tables: a row a group, keys before figures."""

from functools import partial
from typing import Any

from service.formats.files.arrow_types import CELLS
from service.formats.files.csv_rows import Writer
from service.formats.files.table_schema import Described, described, typed_fields
from service.formats.files.typed_files import TypedColumn
from service.query.fields import Collection
from service.query.grouping import COUNT, DISTINCT, Metric, metric_of
from service.query.paths import paths
from service.query.types.cells import Column, plain
from service.texts.messages import message


def group_header(answer: dict[str, Any]) -> list[str]:
    """Keys, then figures."""
    return [*answer["group_by"], *answer["metrics"]]


def group_rows(answer: dict[str, Any]) -> list[list[Any]]:
    """The cells of each group."""
    return [[group[name] for name in group_header(answer)] for group in answer["data"]]


def groups_csv(answer: dict[str, Any], *, is_excel: bool = False) -> bytes:
    """The groups as a file."""
    writer = Writer(is_excel=is_excel)
    return writer.header(group_header(answer)) + b"".join(map(writer.row, group_rows(answer)))


def groups_schema(answer: dict[str, Any], collection: Collection, lang: str) -> Described:
    """What the columns are."""
    fields = [
        field | {"description": _meaning(collection, field["name"], lang)}
        for field in typed_fields(group_header(answer), group_rows(answer))
    ]
    return {"fields": fields, "missingValues": [""], "primaryKey": list(answer["group_by"])}


def group_columns(answer: dict[str, Any], collection: Collection, lang: str) -> list[TypedColumn]:
    """The columns with their types: a key has that of its field, a period is text."""
    shapes = {name: _key_shape(collection, name) for name in answer["group_by"]}
    shapes |= {name: _figure_shape(collection, name) for name in answer["metrics"]}
    return [
        TypedColumn(name, shape, partial(plain, name), _meaning(collection, name, lang))
        for name, shape in shapes.items()
    ]


def _key_shape(collection: Collection, name: str) -> Any:
    path = paths(collection).get(name)
    return str if path is None else CELLS[path.type.cell]


def _figure_shape(collection: Collection, name: str) -> Any:
    """Of a figure of records: how many, a number, or a date that may be partial."""
    made = metric_of(collection, name)
    assert isinstance(made, Metric), "the answer has such figures only"
    if made.is_date:
        return str
    return int if made.function in (COUNT.function, DISTINCT) else float


def _meaning(collection: Collection, name: str, lang: str) -> str:
    """Of a path, of a figure of the records, or of a function of a path."""
    if (path := paths(collection).get(name)) is not None:
        told = described(collection, Column(name, lambda record: plain(name, record)), lang)
        return str(told.get("description", path.field.description(lang)))
    function, _, of = name.removesuffix(")").partition("(")
    return message(f"columns.groups.{function}", lang, of=of)
