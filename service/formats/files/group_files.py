"""Groups as tables: a row a group, keys before figures."""

from typing import Any

from service.formats.files.csv_rows import Writer
from service.formats.files.table_schema import Described, described, typed_fields
from service.query.fields import Collection
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


def _meaning(collection: Collection, name: str, lang: str) -> str:
    """Of a path, of a figure of the records, or of a function of a path."""
    if (path := paths(collection).get(name)) is not None:
        told = described(collection, Column(name, lambda record: plain(name, record)), lang)
        return str(told.get("description", path.field.description(lang)))
    function, _, of = name.removesuffix(")").partition("(")
    return message(f"columns.groups.{function}", lang, of=of)
