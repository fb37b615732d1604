"""Stored records as the API shows them: every declared field present, unknown is null."""

from collections.abc import Callable, Iterable, Iterator, Sequence
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
    the wire, of these, where only some are wanted, those; `columns` are what they are made of.
    Rows are shown together, key by key."""

    def __init__(self, collection: Collection, lang: str, wanted: frozenset[str] | None) -> None:
        columns: list[str] = []
        needed: list[str] = []
        self.keys: tuple[str, ...] = ()
        self._made: list[tuple[slice, _Make]] = []
        for keys, make, made_of in _members(collection, lang):
            kept = [key for key in keys if wanted is None or key in wanted]
            needed += made_of if kept else ()
            if isinstance(make, str):
                columns += [make] * len(kept)
            elif kept:
                place = slice(len(columns), len(columns) + len(kept))
                self._made.append((place, _some(make, kept, keys)))
                columns += ["id"] * len(kept)  # every row has one; what is made comes over it
            self.keys += tuple(kept)
        self.columns = frozenset(needed)
        self._columns: Callable[[Any], tuple[Any, ...]] = itemgetter(*columns)
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
        values: list[Iterable[Any]] = list(zip(*map(self._columns, rows), strict=True))
        for place, make in self._made if rows else ():
            values[place] = make(rows)
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


# Of rows, by key the values of all of them.
_Make = Callable[[Sequence[Any]], Iterable[Sequence[Any]]]
_Member = tuple[tuple[str, ...], str | _Make, tuple[str, ...]]


def _members(collection: Collection, lang: str) -> Iterator[_Member]:
    """Keys with the column that is shown as it is, or with what makes their values; and the columns
    that they are made of."""
    kind = collection.kind
    yield ("object",), lambda rows: [[kind] * len(rows)], ()
    yield ("id",), "id", ("id",)
    if collection in VIEWS:
        yield ("href",), _view_hrefs, ("kind", "record_id")
    else:
        yield ("href",), partial(_hrefs, collection.name), ("id",)
    for field in collection.fields:
        keys, kind_of = tuple(field.type.shown_parts) or (field.name,), field.type
        made_of = (field.name,) if field.derived else kind_of.shown_columns(field.name)
        show = kind_of.shows(field.name, lang)
        yield keys, field.name if show is None else partial(_each, show), made_of
    if collection.field("null_reasons") is None:  # of views, whose records state none
        yield ("null_reasons",), lambda rows: [[{} for _ in rows]], ()
    yield ("revision",), "revision", ("revision",)
    for key in ("recorded_at", "updated_at"):
        yield (key,), partial(_instants, key), (key,)


def _some(make: _Make, kept: list[str], keys: tuple[str, ...]) -> _Make:
    if len(kept) == len(keys):
        return make
    return lambda rows: [v for key, v in zip(keys, make(rows), strict=True) if key in kept]


def _each(show: Callable[[Any], Iterable[Any]], rows: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return zip(*map(show, rows), strict=True)


def _hrefs(name: str, rows: Sequence[Any]) -> list[list[str]]:
    return [[f"/v1/{name}/{row['id']}" for row in rows]]


def _view_hrefs(rows: Sequence[Any]) -> list[list[str]]:
    """The records behind the rows of a view."""
    return [[f"/v1/{BY_KIND[row['kind']].name}/{row['record_id']}" for row in rows]]


def _instants(column: str, rows: Sequence[Any]) -> list[list[str]]:
    """Rows of one revision have the same."""
    instants = [row[column] for row in rows]
    texts = {instant: instant_text(instant) for instant in set(instants)}
    return [[texts[instant] for instant in instants]]


_encoder = msgspec.json.Encoder(decimal_format="number")


def encode(value: Any) -> bytes:
    return _encoder.encode(value)
