"""What a source file becomes before it is stored: rows, and what is wrong with them."""

from typing import Any, NamedTuple

from service.model.errors import Fault, pointer_to
from service.query.fields import Collection, Field


class Pointed(NamedTuple):
    """A line names a record of another collection, by a reference field of its own; `place` is
    where in a list, if that is known.
    """

    line: int
    field: Field
    id: str
    place: int | None = None

    @property
    def pointer(self) -> str:
        key = self.field.import_key
        return pointer_to(key) if self.place is None else pointer_to(key, self.place)


class Faulty(list[Fault]):
    """What is wrong with a line; what it points at is still to be looked up."""

    pointed: tuple[Pointed, ...] = ()


class Row(NamedTuple):
    """A valid line: `values` in the order of the collection's columns, references unresolved.

    `source_ids` holds addresses; a fact's id is None unless the line named one.
    """

    line: int
    collection: Collection
    values: tuple[Any, ...]
