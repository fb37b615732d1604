"""What a source file becomes before it is stored: rows, and what is wrong with them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from msgspec import structs

from service.model.errors import Fault, pointer_to
from service.query.fields import Collection, Field

# By key of the import format, the name under which a record has the field, where that is another.
Wording = Mapping[str, str]


class Pointed(NamedTuple):
    """A line names a record of another collection, by a field of its own; `place` is where in its
    value, if that is known.
    """

    line: int
    field: Field
    id: str
    place: tuple[str | int, ...] = ()

    @property
    def pointer(self) -> str:
        return pointer_to(self.field.import_key, *self.place)


class Faulty(list[Fault]):
    """What is wrong with a line; what it points at is still to be looked up."""

    pointed: tuple[Pointed, ...] = ()
    wording: Wording | None = None


@dataclass(slots=True)
class Row:
    """A valid line: `values` in the order of the collection's columns, references unresolved.

    `source_ids` holds ids and addresses; a fact's id is None unless the line named one. `said` is
    what the line says of what the base alone knows, as a JSON object; `brought` the records that
    it brings along; `written` the ids of its lists in the order of the line, by field.
    """

    line: int
    collection: Collection
    values: tuple[Any, ...]
    said: str | None = None
    brought: tuple[Any, ...] = ()
    wording: Wording | None = field(default=None, compare=False)
    written: str | None = field(default=None, compare=False)


@dataclass(slots=True)
class Rows:
    """Valid lines of one collection, none of which says more than what is written: their numbers,
    what they hold by column, and by line the ids of its lists as `Row.written`."""

    collection: Collection
    lines: Sequence[int]
    columns: Sequence[Sequence[Any]]
    written: Sequence[str | None]

    def __len__(self) -> int:
        return len(self.lines)

    def __iter__(self) -> Iterator[Row]:
        each = zip(self.lines, zip(*self.columns, strict=True), self.written, strict=True)
        for line, values, written in each:
            yield Row(line, self.collection, values, written=written)


class Part(NamedTuple):
    """Lines of a file that follow each other, from the number `first` on."""

    digest: bytes
    first: int
    lines: tuple[bytes, ...]


class Place(NamedTuple):
    """Where a part stood: `size` lines from `first` on."""

    first: int
    size: int


def reworded(fault: Fault, wording: Wording | None) -> Fault:
    """A fault of an import key at the name under which the record has it."""
    pointer = fault.pointer or ""
    _, key, *_ = [*pointer.split("/", 2), ""]
    if not wording or key not in wording:
        return fault
    return structs.replace(fault, pointer=f"/{wording[key]}{pointer[len(key) + 1 :]}")
