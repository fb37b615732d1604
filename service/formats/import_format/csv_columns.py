"""Which column of a CSV file fills what of a record."""

import re
from functools import cache
from typing import Any

from service.formats.import_format.names import added
from service.model.errors import Code, Fault, pointer_to
from service.model.suggestions import nearest
from service.query.fields import BOOKKEEPING, Collection
from service.query.relations import embeddings
from service.query.types import Names
from service.query.types.cells import Cell
from service.query.types.words import NAME_LANGUAGES
from service.texts.sentences import sentence, word

_LANGUAGE = re.compile(r"names[._]([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\Z")


def column(collection: Collection, name: str) -> Cell | None:
    """The column of this name: an import key, a name of the API, what answers add, or `names.en`
    and the like."""
    if language := _LANGUAGE.match(name):
        return Cell(("names", language[1]), str) if collection.of_type(Names) else None
    return columns(collection).get(name)


@cache
def columns(collection: Collection) -> dict[str, Cell]:
    """Every fixed column by its name."""
    found = {name: Cell((name,), str) for name in ("id", *added(collection))}
    found |= {field.name: Cell((field.name,), field.type.of_cell) for field in BOOKKEEPING}
    for field in collection.stored:
        found |= field.type.cells(field.name) | field.type.cells(field.import_key)
    return found


def brought(collection: Collection, name: str) -> Collection | None:
    """Of which other record a column tells, as tables that were asked `fields=vendor.name` do."""
    first, dot, _ = name.partition(".")
    hop = embeddings(collection).get(first) if dot else None
    return None if hop is None or column(collection, name) else hop.target


def unknown(collection: Collection, name: str, line: int) -> Fault:
    if other := brought(collection, name):
        detail = sentence("files.column_of_another", name=name[:80], kind=word(other.kind))
        return Fault(Code.UNKNOWN_FIELD, detail, line=line, pointer=pointer_to(name[:80]))
    names = [f"names.{lang}" for lang in NAME_LANGUAGES] if collection.of_type(Names) else []
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


def put(record: dict[str, Any], place: tuple[str, ...], value: Any) -> bool:
    """Whether the value could be put there: it could not where another one stands."""
    for step in place[:-1]:
        record = record.setdefault(step, {})
    known = record.get(place[-1])
    if isinstance(known, dict) and isinstance(value, dict):
        return all(put(known, (name,), inner) for name, inner in value.items())
    if known is not None and known != value:
        return False
    record[place[-1]] = value
    return True
