"""What a record says of its own fields: which of its sources carry one."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Annotated, Any, NamedTuple

import msgspec
from msgspec import Meta

from service.model.errors import pointer_to
from service.model.suggestions import nearest
from service.query.types import shapes
from service.query.types.base import Columns, FieldType, Shows, UnknownValue, Wrong
from service.query.types.cells import Cell, Column, Shown, kept, listed_pairs, lists_of
from service.query.types.characters import HIDDEN, clean
from service.query.types.references import SOURCES, References
from service.texts.sentences import sentence

_sorted = msgspec.json.Encoder(order="sorted")


class Carried(NamedTuple):
    """A field that a source can carry."""

    name: str
    type: FieldType


class FieldSources(FieldType):
    """By field the sources that carry what the record says of it, its null too.

    Each of them is among the record's own sources: an import puts it there.
    """

    name = "field_sources"
    sql = "jsonb"
    is_sortable = False
    is_groupable = False
    is_usual = False
    may_be_null = False
    is_about_fields = True
    to = SOURCES
    shape = dict[str, list[shapes.SourceName]]
    shown_shape = Annotated[dict[str, list[shapes.SourceTold]], Meta(title="FieldSources")]

    def __init__(self, carried: tuple[Carried, ...]) -> None:
        self._carried = {one.name: one for one in carried}

    @property
    def body_shape(self) -> Any:
        return self.shown_shape

    # SQL

    def holds(self, column: str, value: str) -> str:
        return f"EXISTS (SELECT FROM jsonb_each({column}) e (key, ids) WHERE e.ids ? {value})"

    def each(self, column: str) -> tuple[str, str]:
        """`e.key` is the field."""
        return "one", f", jsonb_each({column}) e (key, ids), jsonb_array_elements_text(ids) AS one"

    def replaced(self, column: str, old: str, new: str) -> str:
        return renamed(column, f"CASE WHEN v = {old} THEN {new} ELSE v END")

    def addressed(self, name: str, source: str) -> dict[str, str]:
        address = f"(SELECT s.url FROM {source} s WHERE s.id = v)"
        return {name: f"CASE WHEN t.{name} <> '{{}}' THEN {renamed(f't.{name}', address)} END"}

    def joined_twins(self, name: str) -> dict[str, str]:
        """The other's where its value is taken in, or means the same."""
        taken = " ".join(
            f"WHEN '{one.name}' THEN {_is_taken(one)}" for one in self._carried.values()
        )
        both = (
            f"SELECT * FROM jsonb_each(k.{name}) UNION ALL SELECT * FROM jsonb_each(l.{name}) e"
            f" (key, ids) WHERE CASE key {taken} END"
        )
        return {name: _by_field(f"SELECT key, v AS one FROM ({both}) b (key, ids), {_EACH}")}

    # Questions

    def paths(self, name: str) -> dict[str, str]:
        return {f"{name}.{field}": field for field in self._carried}

    def part(self, part: str) -> FieldType:
        return _OF_FIELD if part else self

    def part_value(self, row: str, name: str, part: str) -> str:
        if not part:
            return super().part_value(row, name, part)
        ids = f"ARRAY(SELECT jsonb_array_elements_text({row}.{name}->'{part}'))"
        return f"(CASE WHEN {row}.id IS NOT NULL THEN {ids} END)"

    # The import format

    def absent(self) -> Any:
        return "{}"

    def read(self, record: Any, key: str, wrong: Wrong) -> list[Any]:
        given = getattr(record, key)
        if not given:
            return [self.absent()]
        found: dict[str, list[str]] = {}
        for name, sources in given.items():
            if name not in self._carried:
                near = tuple(nearest(name[:80], self._carried))
                detail = sentence("field_sources.field", name=name[:80])
                wrong(f"/{key}{pointer_to(name)}", UnknownValue(detail, near=near))
            for place, source in enumerate(sources):
                try:
                    found.setdefault(name, []).append(clean(source, HIDDEN))
                except ValueError as error:
                    wrong(f"/{key}{pointer_to(name, place)}", error)
        return [_sorted.encode({n: sorted(set(ids)) for n, ids in found.items()}).decode()]

    def line(self, name: str, key: str, row: dict[str, Any]) -> dict[str, Any]:
        return {key: self._decoded(row[name]) or None}

    # Answers and tables

    def shown(self, name: str, row: dict[str, Any], lang: str) -> dict[str, Any]:
        ((sources,),) = self.shows(name, lang)([row], {name: (row[name],)})
        return {name: sources}

    def shows(self, name: str, lang: str) -> Shows:
        def made(_: Sequence[Any], columns: Columns) -> list[list[dict[str, list[str]]]]:
            return [[{} if one == "{}" else self._decoded(one) for one in columns[name]]]

        return made

    def _decoded(self, stored: str | bytes | None) -> dict[str, list[str]]:
        """In the order of the fields."""
        found = {} if stored is None else msgspec.json.decode(stored, type=dict[str, list[str]])
        return {name: found[name] for name in self._carried if name in found}

    def table_columns(self, name: str) -> list[Column]:
        return [Column(name, partial(_cell, name), nested=kept(name, dict[str, list[str]]))]

    def cells(self, name: str) -> dict[str, Cell]:
        return {name: Cell((name,), lists_of)}

    def of_argument(self, name: str, text: str) -> Any:
        return lists_of(text)


class _OfField(References):
    """The sources of one field."""

    is_groupable = False
    is_usual = False


_OF_FIELD = _OfField(SOURCES)
_EACH = "jsonb_array_elements_text(ids) AS v"


def renamed(column: str, name: str) -> str:
    """SQL of such a column with each source `v` of it named as the SQL of `name` says."""
    return _by_field(f"SELECT key, {name} AS one FROM jsonb_each({column}) e (key, ids), {_EACH}")


def _by_field(each: str) -> str:
    """SQL of the object of all pairs of `key` and `one`."""
    listed = (
        'SELECT key, jsonb_agg(DISTINCT one COLLATE "C" ORDER BY one COLLATE "C") AS ids'
        f" FROM ({each}) each GROUP BY key"
    )
    return f"coalesce((SELECT jsonb_object_agg(key, ids) FROM ({listed}) listed), '{{}}')"


def _is_taken(one: Carried) -> str:
    """SQL: whether the fact `k` that takes in its twin `l` says of the field what the twin says.
    What is one reference in both leads to one record."""
    if one.type.to and not one.type.is_list:
        return "true"
    joined = one.type.joined_twins(one.name)
    filled = " OR ".join(f"({sql}) IS DISTINCT FROM k.{c}" for c, sql in joined.items())
    same = " AND ".join(
        f"{own} IS NOT DISTINCT FROM {other}"
        for own, other in zip(
            *(one.type.compared(f"{row}.{one.name}") for row in "kl"), strict=True
        )
    )
    return f"({filled} OR {same})"


def names_sources(record: Any) -> bool:
    """Whether a record of the import format, or one of its fields, has a source."""
    by_field = getattr(record, "field_sources", None) or {}
    return bool(record.sources) or any(by_field.values())


def _cell(name: str, record: Shown) -> str | None:
    return listed_pairs(record[name])


def ids_of(value: Any) -> Iterator[tuple[tuple[str, int], str]]:
    """The sources that a written value names: where each stands, as far as it is well-formed."""
    for name, sources in value.items() if isinstance(value, dict) else ():
        for place, source in enumerate(sources) if isinstance(sources, list) else ():
            if isinstance(source, str):
                yield (name, place), source
