"""What a source file becomes before it is stored: rows, and what is wrong with them."""

from typing import Any, NamedTuple

from msgspec import Struct

from service.query.fields import Collection, Field


class RowFault(Struct, frozen=True, kw_only=True):
    """One fault of one line; `pointer` is an RFC 6901 JSON pointer into the record."""

    line: int
    code: str
    pointer: str
    detail: str
    did_you_mean: list[str] = []


class Pointed(NamedTuple):
    """A line names a record of another collection, by a reference field of its own."""

    line: int
    field: Field
    id: str


class Faulty(list[RowFault]):
    """What is wrong with a line; what it points at is still to be looked up."""

    pointed: tuple[Pointed, ...] = ()


class Row(NamedTuple):
    """A valid line: `values` in the order of the collection's columns, references unresolved.

    `source_ids` holds addresses; a fact's id is None unless the line named one.
    """

    line: int
    collection: Collection
    values: tuple[Any, ...]
