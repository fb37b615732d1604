"""Which column of a CSV file fills what of a record."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec

from service.model.suggestions import nearest
from service.query.fields import Collection, Field, Type
from service.query.rows import RowFault

LIST_MARK = "|"
_LANGUAGE = re.compile(r"names[._]([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\Z")
_WHOLE = re.compile(r"-?(?:0|[1-9]\d{0,17})\Z", re.ASCII)
LISTS = {Type.REFERENCES, Type.TEXTS}
PARTS = ("amount", "currency", "per")


@dataclass(frozen=True)
class Column:
    """`path` is where the value goes in a record of the import format."""

    path: tuple[str, ...]
    value: Callable[[str], Any]

    @property
    def pointer(self) -> str:
        return "/" + "/".join(self.path)


def column(collection: Collection, name: str) -> Column | None:
    """The column of this name: an import key, a name of the API, or `names.en` and the like."""
    if language := _LANGUAGE.match(name):
        return Column(("names", language[1]), _text) if collection.is_entity else None
    return columns(collection).get(name)


def columns(collection: Collection) -> dict[str, Column]:
    """Every fixed column by its name; import keys win over names of the API."""
    named = [(f, f.name) for f in collection.stored]
    keyed = [(f, f.import_key) for f in collection.stored]
    made = dict(pair for field, name in named + keyed for pair in _columns_of(field, name))
    return {"id": Column(("id",), _text), **made}


def _columns_of(field: Field, name: str) -> list[tuple[str, Column]]:
    key = field.import_key
    if field.type is Type.NAMES:
        return [("name", Column(("name",), _text))]
    if field.type is Type.MONEY:
        return [
            (f"{name}{mark}{part}", Column((key, part), _text)) for part in PARTS for mark in "._"
        ]
    return [(name, Column((key,), _reader(field)))]


def _reader(field: Field) -> Callable[[str], Any]:
    if field.type in LISTS:
        return _list
    return {Type.COUNT: _whole, Type.RATES: _json}.get(field.type, _text)


def _text(cell: str) -> Any:
    return cell


def _list(cell: str) -> Any:
    return [part for part in cell.split(LIST_MARK) if part]


def _whole(cell: str) -> Any:
    return int(cell) if _WHOLE.match(cell) else cell


def _json(cell: str) -> Any:
    """Raises msgspec.DecodeError."""
    msgspec.json.decode(cell.encode())
    return msgspec.Raw(cell.encode())


def unknown(collection: Collection, name: str) -> RowFault:
    known = [*columns(collection), *(["names.en", "names.zh"] if collection.is_entity else [])]
    shown = name[:80]
    return RowFault(
        line=1,
        code="unknown_field",
        pointer=f"/{shown}",
        detail=f'No column "{shown}" in a file of kind {collection.kind}.',
        did_you_mean=nearest(name, known),
    )
