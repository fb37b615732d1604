"""What the columns of a table are, as a Table Schema of the Frictionless Data specifications."""

import re
from collections.abc import Iterable
from typing import Any

from service.formats.files.columns import every_column
from service.query.fields import Collection
from service.query.paths import paths
from service.query.relations import embeddings
from service.query.types.cells import Column
from service.texts.labels import figure_label, heading
from service.texts.messages import speaker

Described = dict[str, Any]
DATE_PARTS = ("min", "max", "precision")
OF_ITSELF = ("href", "object", "null_reasons")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")


def table_schema(collection: Collection, columns: list[Column], lang: str) -> Described:
    """Of a table of records: type, meaning and unit of each column."""
    fields = [described(collection, column, lang) for column in columns]
    known = paths(collection)
    for field in fields:
        if field["name"] in known and (units := known[field["name"]].units):
            field["unit"] = {"columns": [unit.name for unit in units]}
    return {"fields": fields, "missingValues": [""], "primaryKey": ["id"]}


def whole_schema(collection: Collection, lang: str) -> Described:
    """Of a file of all fields, with what its references point to."""
    shown = table_schema(collection, every_column(collection), lang)
    keys = [
        {"fields": [field.name], "reference": {"resource": field.to, "fields": ["id"]}}
        for field in collection.references
        if not field.type.is_list
    ]
    return shown | ({"foreignKeys": keys} if keys else {})


def described(collection: Collection, column: Column, lang: str) -> Described:
    """One column of records."""
    shown = {"name": column.name, "type": column.holds}
    if told := _told(collection, column.name, lang):
        shown["description"] = told
    field = collection.field(column.name)
    bounds: Described = {}
    if field is not None and column.name not in OF_ITSELF:
        bounds |= {"required": True} if field.required else {}
        bounds |= {"enum": list(field.values)} if field.values and not field.type.is_list else {}
    return shown | ({"constraints": bounds} if bounds else {})


def _told(collection: Collection, name: str, lang: str) -> str:
    """What a column says."""
    say, (first, _, rest) = speaker("columns", lang), name.partition(".")
    if name in OF_ITSELF:
        return say(f"own.{name}")
    if (field := collection.field(name)) is not None:
        told = field.description(lang)
        return say("listed", told=told) if field.type.is_list else told
    if (brought := embeddings(collection).get(first)) is not None:
        of = heading(brought.target.kind, lang)
        return say("brought", of=of, told=_told(brought.target, rest, lang))
    if name in ("name", "name_lang"):
        return say(f"own.{name}")
    stem, _, part = name.rpartition("_")
    if collection.field(stem) is not None and part in DATE_PARTS:
        return say(f"dates.{part}", name=stem)
    whole = collection.field(first)
    return "" if whole is None else say("part", told=whole.description(lang), part=rest)


def figure_fields(header: list[str], rows: list[list[Any]], lang: str) -> list[Described]:
    """The columns of a table of figures: types as its cells have them, names in words."""
    fields = typed_fields(header, rows)
    return [field | {"title": figure_label(field["name"], lang)} for field in fields]


def typed_fields(header: list[str], rows: list[list[Any]]) -> list[Described]:
    """Columns with the types that their cells have."""
    cells = zip(*rows, strict=True) if rows else ((),) * len(header)
    return [_typed(name, values) for name, values in zip(header, cells, strict=True)]


def _typed(name: str, values: Iterable[Any]) -> Described:
    shown: Described = {"name": name, "type": _type_of(v for v in values if v is not None)}
    return shown | ({"unit": "day"} if name.endswith("_days") else {})


def _type_of(values: Iterable[Any]) -> str:
    """Of the values that are known; `any` where none is."""
    kinds = {_kind(value) for value in values}
    if kinds == {"integer", "number"}:
        return "number"
    if len(kinds) > 1:
        return "string" if kinds == {"string", "date"} else "any"
    return kinds.pop() if kinds else "any"


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    if isinstance(value, float):
        return "number"
    return "date" if isinstance(value, str) and _DATE.match(value) else "string"
