"""Which column of a CSV file fills what of a record."""

import re
from functools import cache
from typing import Any, NamedTuple

from service import limits
from service.formats.import_format.names import added
from service.model.errors import Code, Fault, pointer_to
from service.model.suggestions import nearest
from service.query.fields import BOOKKEEPING, Collection
from service.query.relations import Hop, embeddings
from service.query.types import Names
from service.query.types.cells import Cell, parts
from service.query.types.words import NAME_LANGUAGES
from service.texts.sentences import sentence, word

_LANGUAGE = re.compile(r"names[._]([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\Z")


class RelatedCell(NamedTuple):
    """A column of what a record points to, such as `vendor.name`, as tables have that were asked
    for it. Of several records it holds as many values.
    """

    hop: Hop
    cell: "Cell | RelatedCell"

    @property
    def place(self) -> tuple[str, ...]:
        return (self.hop.name, *self.cell.place)


def fill(record: dict[str, Any], made: Cell | RelatedCell, text: str) -> bool:
    """Put a cell into a record, what is related into a list of records under the hop's name;
    whether it could be: it could not where another value stands, or another number of them.

    Raises ValueError, RecursionError.
    """
    if isinstance(made, Cell):
        return put(record, made.place, made.read(text) if text else None)
    texts = parts(text) if made.hop.is_list else [text]
    related = record.setdefault(made.hop.name, [{} for _ in texts])
    filled = [fill(one, made.cell, part) for one, part in zip(related, texts, strict=False)]
    return len(related) == len(texts) and all(filled)


def column(collection: Collection, name: str, hops: int = 0) -> Cell | RelatedCell | None:
    """The column of this name: an import key, a name of the API, what answers add, `names.en` and
    the like, or a column of what the record points to."""
    if language := _LANGUAGE.match(name):
        return Cell(("names", language[1]), str) if collection.of_type(Names) else None
    first, dot, rest = name.partition(".")
    hop = embeddings(collection).get(first)
    if name in columns(collection) or not dot or hop is None or hop.is_reverse:
        return columns(collection).get(name)
    inner = column(hop.target, rest, hops + 1) if hops < limits.INCLUDE_DEPTH else None
    return inner and RelatedCell(hop, inner)


@cache
def columns(collection: Collection) -> dict[str, Cell]:
    """Every fixed column by its name."""
    found = {name: Cell((name,), str) for name in ("id", *added(collection))}
    found |= {field.name: Cell((field.name,), field.type.of_cell) for field in BOOKKEEPING}
    for field in collection.stored:
        found |= field.type.cells(field.name) | field.type.cells(field.import_key)
    return found


def unknown(collection: Collection, name: str, line: int) -> Fault:
    first, dot, rest = name.partition(".")
    hop = embeddings(collection).get(first) if dot else None
    pointer = pointer_to(name[:80])
    if hop is not None and hop.is_reverse:
        kind = word(hop.target.kind)
        detail = sentence("files.column_of_another", name=name[:80], kind=kind)
        return Fault(Code.UNKNOWN_FIELD, detail, line=line, pointer=pointer)
    near = nearest(name, _names(collection))
    if hop is not None:
        near = [f"{first}.{known}" for known in nearest(rest, _names(hop.target))]
    detail = sentence("files.unknown_column", name=name[:80], kind=collection.kind)
    return Fault(Code.UNKNOWN_FIELD, detail, line=line, pointer=pointer, did_you_mean=tuple(near))


def _names(collection: Collection) -> list[str]:
    names = [f"names.{lang}" for lang in NAME_LANGUAGES] if collection.of_type(Names) else []
    return [*columns(collection), *names]


def put(record: dict[str, Any], place: tuple[str, ...], value: Any) -> bool:
    """Whether the value could be put there: it could not where another one stands."""
    for step in place[:-1]:
        record = record.setdefault(step, {})
    known = record.get(place[-1])
    if isinstance(known, dict) and isinstance(value, dict | None):
        return all(put(known, (name,), inner) for name, inner in (value or {}).items())
    if known is not None and known != value:
        return False
    record[place[-1]] = value
    return True
