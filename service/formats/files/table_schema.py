"""What the columns of a table are, as a Table Schema of the Frictionless Data specifications."""

import re
from collections.abc import Iterable
from typing import Any

from service.formats.files.columns import every_column
from service.query.fields import Collection, Field
from service.query.paths import paths
from service.query.relations import embeddings
from service.query.types.cells import Column
from service.texts.labels import figure_label

Described = dict[str, Any]
DATE_PARTS = {
    "min": "First day that {name} can mean.",
    "max": "Last day that {name} can mean.",
    "precision": "How far {name} is known: day, month, year, range, by.",
}
OF_ITSELF = {"href": "Its address.", "object": "Its kind.", "null_reasons": "Why a null is null."}
LISTED = "Several are parted by |."
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")


def table_schema(collection: Collection, columns: list[Column]) -> Described:
    """Of a table of records: type, meaning and unit of each column."""
    fields = [described(collection, column) for column in columns]
    known = paths(collection)
    for field in fields:
        if field["name"] in known and (units := known[field["name"]].units):
            field["unit"] = {"columns": [unit.name for unit in units]}
    return {"fields": fields, "missingValues": [""], "primaryKey": ["id"]}


def whole_schema(collection: Collection) -> Described:
    """Of a file of all fields, with what its references point to."""
    shown = table_schema(collection, every_column(collection))
    keys = [
        {"fields": [field.name], "reference": {"resource": field.to, "fields": ["id"]}}
        for field in collection.references
        if not field.type.is_list
    ]
    return shown | ({"foreignKeys": keys} if keys else {})


def described(collection: Collection, column: Column) -> Described:
    """One column of records."""
    field, told = _source(collection, column.name)
    shown = {"name": column.name, "type": column.holds}
    if told:
        shown["description"] = told
    bounds: Described = {}
    if field is not None and column.name == field.name:
        bounds |= {"required": True} if field.required else {}
        bounds |= {"enum": list(field.values)} if field.values and not field.type.is_list else {}
    return shown | ({"constraints": bounds} if bounds else {})


def _source(collection: Collection, name: str) -> tuple[Field | None, str]:
    """The field that a column is of, and what it says."""
    if name in OF_ITSELF:
        return None, OF_ITSELF[name]
    if (field := collection.field(name)) is not None:
        return field, f"{field.doc} {LISTED}" if field.type.is_list else field.doc
    brought = embeddings(collection).get(name.partition(".")[0])
    if brought is not None:
        _, told = _source(brought.target, name.partition(".")[2])
        return None, f"{brought.target.singular.capitalize()}: {told}"
    if name in ("name", "name_lang"):
        return None, "Its name." if name == "name" else "In which language the name is."
    stem, _, part = name.rpartition("_")
    if collection.field(stem) is not None and part in DATE_PARTS:
        return None, DATE_PARTS[part].format(name=stem)
    whole = collection.field(name.partition(".")[0])
    return None, "" if whole is None else f"{whole.doc} Part: {name.partition('.')[2]}."


def figure_fields(header: list[str], rows: list[list[Any]], lang: str) -> list[Described]:
    """The columns of a table of figures: types as its cells have them, names in words."""
    cells = zip(*rows, strict=True) if rows else ((),) * len(header)
    return [
        _figure_field(name, list(values), lang) for name, values in zip(header, cells, strict=True)
    ]


def _figure_field(name: str, values: list[Any], lang: str) -> Described:
    shown: Described = {"name": name, "type": _type_of(v for v in values if v is not None)}
    title = figure_label(name, lang)
    if title != name.rpartition(".")[2]:
        shown["title"] = title
    if name.endswith("_days"):
        shown["unit"] = "day"
    return shown


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
