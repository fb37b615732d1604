"""Ids of other records: one, or a list of them."""

from typing import Annotated, Any

from msgspec import Meta

from service.query.types import shapes
from service.query.types.characters import HIDDEN, clean, is_plain
from service.query.types.lists import ListType
from service.query.types.words import Slug

SOURCES = "sources"


class Reference(Slug):
    """The id of one record of a collection."""

    name = "reference"

    def __init__(self, to: str) -> None:
        self.to = to


class References(ListType):
    """The ids of records of a collection; a file may name sources by their addresses too.

    `is_all_if_null`: null is not "none" but says "all". `needs_one`: a list is not empty.
    """

    name = "references"
    is_all_if_null: bool

    def __init__(self, to: str, *, is_all_if_null: bool = False, needs_one: bool = False) -> None:
        self.to = to
        self.is_all_if_null = is_all_if_null
        self.is_written_empty = to != SOURCES
        named = list[shapes.SourceName] if to == SOURCES else list[shapes.Slug]
        self.shape = Annotated[named, Meta(min_length=1)] if needs_one else named

    @property
    def body_shape(self) -> Any:
        return list[str] if self.to == SOURCES else self.shape

    def absent(self) -> Any:
        return None if self.is_all_if_null else []

    def are_as_given(self, values: list[Any]) -> bool:
        alone = [one for ids in values for one in ids]
        is_one = all(len(ids) == 1 for ids in values)
        return is_one and "" not in alone and is_plain("".join(alone))

    def stored(self, value: Any) -> list[Any]:
        ids = (clean(one, HIDDEN) for one in value) if self.to == SOURCES else value
        return [sorted(set(ids))]

    def addressed(self, name: str, source: str) -> dict[str, str]:
        if self.to != SOURCES:
            return super().addressed(name, source)
        urls = f"SELECT s.url FROM {source} s WHERE s.id = ANY (t.{name}) ORDER BY s.url"
        return {name: f"ARRAY({urls})"}

    def joined_twins(self, name: str) -> dict[str, str]:
        return {name: united(name)}


def united(name: str) -> str:
    """SQL: the ids of the rows `k` and `l` together. A null list takes in every other."""
    both = f'SELECT DISTINCT v COLLATE "C" FROM unnest(k.{name} || l.{name}) v ORDER BY 1'
    return f"CASE WHEN k.{name} IS NOT NULL AND l.{name} IS NOT NULL THEN ARRAY({both}) END"
