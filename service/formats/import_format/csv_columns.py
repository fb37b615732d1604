"""Which column of a CSV file fills what of a record."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from service.model.errors import Code, Fault
from service.model.suggestions import nearest
from service.query.fields import Collection, Field
from service.query.types.words import NAME_LANGUAGES
from service.texts.sentences import sentence

_LANGUAGE = re.compile(r"names[._]([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\Z")


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
        return Column(("names", language[1]), str) if collection.is_entity else None
    return columns(collection).get(name)


def columns(collection: Collection) -> dict[str, Column]:
    """Every fixed column by its name; import keys win over names of the API."""
    named = [(f, f.name) for f in collection.stored]
    keyed = [(f, f.import_key) for f in collection.stored]
    made = dict(pair for field, name in named + keyed for pair in _columns_of(field, name))
    return {"id": Column(("id",), str), **made}


def _columns_of(field: Field, name: str) -> list[tuple[str, Column]]:
    cells = field.type.cells(name, field.import_key)
    return [(cell, Column(path, field.type.of_cell)) for cell, path in cells.items()]


def unknown(collection: Collection, name: str, line: int) -> Fault:
    names = [f"names.{lang}" for lang in NAME_LANGUAGES] if collection.is_entity else []
    known = [*columns(collection), *names]
    shown = name[:80]
    detail = sentence("files.unknown_column", name=shown, kind=collection.kind)
    return Fault(
        Code.UNKNOWN_FIELD,
        detail,
        line=line,
        pointer=f"/{shown}",
        did_you_mean=tuple(nearest(name, known)),
    )
