"""What a record says of its own fields: why one of them is null."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import lru_cache, partial
from itertools import repeat
from operator import is_
from typing import Annotated, Any, NamedTuple

import msgspec
from msgspec import Meta

from service.model.errors import pointer_to
from service.model.suggestions import nearest
from service.query.types.base import Columns, FieldType, Shows, UnknownValue, Wrong
from service.query.types.cells import PAIRS, Cell, Column, Nested, Shown, paired, pairs_of
from service.query.types.words import Enum
from service.texts.sentences import sentence


class NullReason(StrEnum):
    """Nobody has found out; it has none; nobody outside may know; the question does not arise."""

    UNKNOWN = "unknown"
    NONE = "none"
    NOT_PUBLIC = "not_public"
    NOT_APPLICABLE = "not_applicable"


KEPT = 256  # few records state anything, and few differ in what is null
REASONS = tuple(str(reason) for reason in NullReason)


def is_answered(row: str, name: str) -> str:
    """SQL: whether the row states of a field without a value why it has none."""
    unknown = NullReason.UNKNOWN
    return f"coalesce({row}.null_reasons->>'{name}', '{unknown}') <> '{unknown}'"


_sorted = msgspec.json.Encoder(order="sorted")


class Nullable(NamedTuple):
    """A field that may be null: its name, its key in the import format (none of a derived one), a
    column that is null where it is, and what that means where the record states nothing ("" if
    nothing). `is_stated`: a record may state it."""

    name: str
    key: str
    column: str
    usual: str
    is_stated: bool


class NullReasons(FieldType):
    """By field the reason why it is null. Stored is what a record states, where that is not the
    usual reason of the field; shown are both."""

    name = "null_reasons"
    sql = "jsonb"
    is_sortable = False
    is_groupable = False
    is_usual = False
    may_be_null = False
    is_about_fields = True
    shape = dict[str, str]
    shown_shape = Annotated[dict[str, NullReason], Meta(title="NullReasons")]

    def __init__(self, nullable: tuple[Nullable, ...]) -> None:
        self._nullable = {one.name: one for one in nullable}
        self._stated = {one.name: one for one in nullable if one.is_stated}
        self._columns = [one.column for one in nullable]
        self._reasons = lru_cache(maxsize=KEPT)(self._reasons_of)

    @property
    def body_shape(self) -> Any:
        return self.shown_shape

    def usual(self, name: str) -> str:
        """What a null of the field means where the record states nothing."""
        return self._nullable[name].usual

    def joined_twins(self, name: str) -> dict[str, str]:
        """Of what is null in both."""
        is_null = " ".join(
            f"WHEN '{one.name}' THEN coalesce(k.{one.column}, l.{one.column}) IS NULL"
            for one in self._stated.values()
        )
        both = f"jsonb_each(l.{name} || k.{name}) AS e (key, reason) WHERE CASE key {is_null} END"
        return {name: f"coalesce((SELECT jsonb_object_agg(key, reason) FROM {both}), '{{}}')"}

    # Questions

    def paths(self, name: str) -> dict[str, str]:
        return {f"{name}.{field}": field for field in self._stated}

    def part(self, part: str) -> FieldType:
        return _REASON if part else self

    def part_value(self, row: str, name: str, part: str) -> str:
        """Null where the field is not."""
        if not part:
            return super().part_value(row, name, part)
        one = self._stated[part]
        usual = f"'{one.usual}'" if one.usual else "NULL"
        is_null = f"{row}.{one.column} IS NULL AND {row}.id IS NOT NULL"
        return f"(CASE WHEN {is_null} THEN coalesce({row}.{name}->>'{part}', {usual}) END)"

    def reason(self, row: dict[str, Any], name: str, part: str) -> str | None:
        """The reason why a field of a stored row is null; None where it is not."""
        one = self._nullable[part]
        if row.get(one.column) is not None:
            return None
        return _decoded(row[name]).get(part) or one.usual or None

    # The import format

    def absent(self) -> Any:
        return "{}"

    def read(self, record: Any, key: str, wrong: Wrong) -> list[Any]:
        given = getattr(record, key)
        if not given:
            return [self.absent()]
        for name, error in self._faults(record, given):
            wrong(f"/{key}{pointer_to(name)}", error)
        stated = {n: r for n, r in given.items() if n in self._stated and r != self.usual(n)}
        return [_sorted.encode(stated).decode()]

    def _faults(self, record: Any, given: dict[str, str]) -> Iterator[tuple[str, ValueError]]:
        for name, reason in given.items():
            one = self._nullable.get(name)
            if one is None:
                near = tuple(nearest(name[:80], self._stated))
                detail = sentence("null_reasons.field", name=name[:80])
                yield name, UnknownValue(detail, near=near)
            elif reason not in REASONS:
                near = tuple(nearest(reason[:80], REASONS))
                detail = sentence("null_reasons.reason", given=reason[:60], known=REASONS)
                yield name, UnknownValue(detail, REASONS, near)
            elif one.key and getattr(record, one.key) is not None:
                yield name, ValueError(sentence("null_reasons.known", name=name))
            elif not one.is_stated and reason != one.usual:
                yield name, ValueError(sentence("said.derived", name=name))

    def line(self, name: str, key: str, row: dict[str, Any]) -> dict[str, Any]:
        stated = _decoded(row[name])
        return {key: {n: r for n, r in stated.items() if self.reason(row, name, n)} or None}

    # Answers and tables

    def shown(self, name: str, row: dict[str, Any], lang: str) -> dict[str, Any]:
        columns = {column: (row[column],) for column in self.shown_columns(name)}
        ((reasons,),) = self.shows(name, lang)([row], columns)
        return {name: reasons}

    def shows(self, name: str, lang: str) -> Shows:
        def made(_: Sequence[Any], columns: Columns) -> list[list[dict[str, str]]]:
            nulls = (map(is_, columns[column], repeat(None)) for column in self._columns)
            stated = zip(zip(*nulls, strict=True), columns[name], strict=True)
            return [[{**self._reasons(are_null, stored)} for are_null, stored in stated]]

        return made

    def shown_columns(self, name: str) -> tuple[str, ...]:
        return (*self._columns, name)

    def _reasons_of(self, nulls: tuple[bool, ...], stored: str | None) -> dict[str, str]:
        """By field that is null the reason, where there is one."""
        stated = _decoded(stored)
        reasons = {
            one.name: stated.get(one.name) or one.usual
            for one, is_null in zip(self._nullable.values(), nulls, strict=True)
            if is_null
        }
        return {name: reason for name, reason in reasons.items() if reason}

    def stated(self, shown: dict[str, str]) -> dict[str, str]:
        return {name: reason for name, reason in shown.items() if reason != self.usual(name)}

    def table_columns(self, name: str) -> list[Column]:
        stated = Nested(PAIRS, lambda record: self.stated(record[name]))
        return [Column(name, partial(_cell, self, name), nested=stated)]

    def cells(self, name: str) -> dict[str, Cell]:
        return {name: Cell((name,), pairs_of)}

    def of_argument(self, name: str, text: str) -> Any:
        return pairs_of(text)


class _Reason(Enum):
    """The reason why one field is null."""

    name = "null_reason"
    is_sortable = False
    is_groupable = False
    is_usual = False


_REASON = _Reason(*REASONS)


def _decoded(stored: str | bytes | None) -> dict[str, str]:
    return {} if stored is None else msgspec.json.decode(stored, type=dict[str, str])


def _cell(kind: NullReasons, name: str, record: Shown) -> str | None:
    """What follows from an empty cell is not repeated."""
    return paired(kind.stated(record[name]))
