"""Stored records as the API shows them: every declared field present, unknown is null."""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from operator import itemgetter
from typing import Any

import msgspec
from msgspec import Struct, defstruct

from service.query.fields import Collection
from service.query.registry import BY_KIND
from service.query.types.dates import instant_text as instant_text
from service.query.views import VIEWS

Record = dict[str, Any]
PLANS_KEPT = 512


class Plan:
    """How the rows of a collection are shown in a language, worked out once: `keys` in the order of
    the wire, of these, where only some are wanted, those; `columns` are what they are made of."""

    def __init__(self, collection: Collection, lang: str, wanted: frozenset[str] | None) -> None:
        columns: list[str] = []
        needed: list[str] = []
        self.keys: tuple[str, ...] = ()
        self._made: list[tuple[slice, Callable[[Any], Iterable[Any]]]] = []
        for keys, show, made_of in _members(collection, lang):
            kept = [key for key in keys if wanted is None or key in wanted]
            needed += made_of if kept else ()
            if isinstance(show, str):
                columns += [show] * len(kept)
            elif kept:
                place = slice(len(columns), len(columns) + len(kept))
                self._made.append((place, _some(show, kept, keys)))
                columns += ["id"] * len(kept)  # every row has one; what is made comes over it
            self.keys += tuple(kept)
        self.columns = frozenset(needed)
        self._columns: Callable[[Any], tuple[Any, ...]] = itemgetter(*columns)
        self._shape = defstruct(collection.type_name, [(key, Any) for key in self.keys])

    def record(self, row: Any) -> Record:
        """To be added to."""
        return dict(zip(self.keys, self._values(row), strict=True))

    def shown(self, row: Any) -> Struct:
        """To be encoded as it is."""
        return self._shape(*self._values(row))

    def _values(self, row: Any) -> list[Any]:
        values = list(self._columns(row))
        for place, show in self._made:
            values[place] = show(row)
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


_Values = Callable[[Any], Any]  # of a row, the values of some keys in their order
_Member = tuple[tuple[str, ...], str | _Values, tuple[str, ...]]


def _members(collection: Collection, lang: str) -> Iterator[_Member]:
    """Keys with the column that is shown as it is, or with what makes their values; and the columns
    that they are made of."""
    kind = (collection.kind,)
    yield ("object",), lambda _: kind, ()
    yield ("id",), "id", ("id",)
    if collection in VIEWS:
        yield ("href",), _view_href, ("kind", "record_id")
    else:
        yield ("href",), partial(_href, collection.name), ("id",)
    for field in collection.fields:
        keys, kind_of = tuple(field.type.shown_parts) or (field.name,), field.type
        made_of = (field.name,) if field.derived else kind_of.shown_columns(field.name)
        yield keys, kind_of.shows(field.name, lang) or field.name, made_of
    if collection.field("null_reasons") is None:
        yield ("null_reasons",), lambda _: ({},), ()  # of views, whose records state none
    yield ("revision",), "revision", ("revision",)
    for key in ("recorded_at", "updated_at"):
        yield (key,), partial(_instant, key), (key,)


def _some(show: _Values, kept: list[str], keys: tuple[str, ...]) -> _Values:
    if len(kept) == len(keys):
        return show
    return lambda row: [value for key, value in zip(keys, show(row), strict=True) if key in kept]


def _href(name: str, row: Any) -> tuple[str]:
    return (f"/v1/{name}/{row['id']}",)


def _view_href(row: Any) -> tuple[str]:
    """The record behind a view's row."""
    return (f"/v1/{BY_KIND[row['kind']].name}/{row['record_id']}",)


def _instant(column: str, row: Any) -> tuple[str]:
    return (instant_text(row[column]),)


_encoder = msgspec.json.Encoder(decimal_format="number")


def encode(value: Any) -> bytes:
    return _encoder.encode(value)
