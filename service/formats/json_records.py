"""Stored records as the API shows them: every declared field present, unknown is null."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, partial
from typing import Any

import msgspec
from msgspec import Struct, defstruct

from service.query.fields import Collection
from service.query.registry import BY_KIND
from service.query.types.base import Columns, Shows
from service.query.types.dates import instant_text as instant_text
from service.query.views import VIEWS

Record = dict[str, Any]
PLANS_KEPT = 512


class Plan:
    """How the rows of a collection are shown in a language, worked out once: `keys` in the order of
    the wire, of these, where only some are wanted, those; `columns` are what they are made of.
    Rows are shown together, key by key."""

    def __init__(self, collection: Collection, lang: str, wanted: frozenset[str] | None) -> None:
        columns: list[str | None] = []
        needed: list[str] = []
        self.keys: tuple[str, ...] = ()
        self._made: list[tuple[slice, Shows]] = []
        for keys, make, made_of in _members(collection, lang):
            kept = [key for key in keys if wanted is None or key in wanted]
            needed += made_of if kept else ()
            if isinstance(make, str):
                columns += [make] * len(kept)
            elif kept:
                place = slice(len(columns), len(columns) + len(kept))
                self._made.append((place, _some(make, kept, keys)))
                columns += [None] * len(kept)  # what is made comes there
            self.keys += tuple(kept)
        self.columns = frozenset(needed)
        self._columns = tuple(columns)
        self._shape = defstruct(collection.type_name, [(key, Any) for key in self.keys])

    def record(self, row: Any) -> Record:
        """To be added to."""
        return self.records([row])[0]

    def records(self, rows: Sequence[Any]) -> list[Record]:
        """To be added to."""
        shown = zip(*self._values(rows), strict=True)
        return [dict(zip(self.keys, values, strict=True)) for values in shown]

    def shown(self, rows: Sequence[Any]) -> list[Struct]:
        """To be encoded as they are."""
        return list(map(self._shape, *self._values(rows))) if rows else []

    def _values(self, rows: Sequence[Any]) -> list[Iterable[Any]]:
        """By key those of all rows."""
        if not rows:
            return []
        names = [*rows[0].keys()]
        columns = dict(zip(names, zip(*(row.values() for row in rows), strict=True), strict=True))
        values: list[Iterable[Any]] = [
            () if column is None else columns[column] for column in self._columns
        ]
        for place, make in self._made:
            values[place] = make(rows, columns)
        return values


@lru_cache(maxsize=PLANS_KEPT)
def plan(collection: Collection, lang: str, wanted: frozenset[str] | None = None) -> Plan:
    """Of the keys that are `wanted`, or of all."""
    return Plan(collection, lang, wanted)


def render(
    collection: Collection, row: Any, lang: str, wanted: frozenset[str] | None = None
) -> Record:
    """The wire form of one stored row, in the reader's language where a name has it; all of its
    keys, or the wanted ones."""
    return plan(collection, lang, wanted).record(row)


def record_keys(collection: Collection) -> list[str]:
    """The keys of a rendered record, in their order."""
    return list(plan(collection, "").keys)


_Member = tuple[tuple[str, ...], str | Shows, tuple[str, ...]]


def _members(collection: Collection, lang: str) -> Iterator[_Member]:
    """Keys with the column that is shown as it is, or with what makes their values; and the columns
    that they are made of."""
    kind = collection.kind
    yield ("object",), lambda rows, _: [[kind] * len(rows)], ()
    yield ("id",), "id", ("id",)
    if collection in VIEWS:
        yield ("href",), _view_hrefs, ("kind", "record_id")
    else:
        yield ("href",), partial(_hrefs, collection.name), ("id",)
    for field in collection.fields:
        keys, kind_of = tuple(field.type.shown_parts) or (field.name,), field.type
        made_of = (field.name,) if field.derived else kind_of.shown_columns(field.name)
        show = kind_of.shows(field.name, lang)
        yield keys, field.name if show is None else show, made_of
    if collection.field("null_reasons") is None:  # of views, whose records state none
        yield ("null_reasons",), lambda rows, _: [[{} for _ in rows]], ()
    yield ("revision",), "revision", ("revision",)
    for key in ("recorded_at", "updated_at"):
        yield (key,), partial(_instants, key), (key,)


def _some(make: Shows, kept: list[str], keys: tuple[str, ...]) -> Shows:
    if len(kept) == len(keys):
        return make
    return lambda rows, columns: [
        v for key, v in zip(keys, make(rows, columns), strict=True) if key in kept
    ]


def _hrefs(name: str, _: Sequence[Any], columns: Columns) -> list[list[str]]:
    return [[f"/v1/{name}/{record_id}" for record_id in columns["id"]]]


def _view_hrefs(_: Sequence[Any], columns: Columns) -> list[list[str]]:
    """The records behind the rows of a view."""
    behind = zip(columns["kind"], columns["record_id"], strict=True)
    return [[f"/v1/{BY_KIND[kind].name}/{record_id}" for kind, record_id in behind]]


def _instants(column: str, _: Sequence[Any], columns: Columns) -> list[list[str]]:
    """Rows of one revision have the same, and stand together as a rule."""
    texts: list[str] = []
    last, text = None, ""
    for instant in columns[column]:
        if instant != last:
            last, text = instant, instant_text(instant)
        texts.append(text)
    return [texts]


_encoder = msgspec.json.Encoder(decimal_format="number")


def encode(value: Any) -> bytes:
    return _encoder.encode(value)
