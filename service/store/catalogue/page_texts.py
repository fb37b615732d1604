"""The statements of pages, put together once for all questions that differ only in values."""

from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from service import limits
from service.bounded import Bounded
from service.query.fields import Collection
from service.query.filters.slots import Slot, filled, slotted
from service.query.relations import Hop
from service.query.views import ISSUES
from service.store.catalogue.records import column_list
from service.store.curation import retired_ids
from service.store.database import Snapshot

if TYPE_CHECKING:
    from service.store.catalogue.lists import ListQuery

_ENTRY_BYTES = 1000


class Text(NamedTuple):
    """A statement with its parameters, and the tables that it reads."""

    sql: str
    parameters: list[object]
    tables: frozenset[str] = frozenset()


Write: TypeAlias = "Callable[[Snapshot, Collection, ListQuery], Text]"
_written = Bounded[Text](limits.STATEMENT_TEXTS_BYTES)


def text_of(snapshot: Snapshot, collection: Collection, query: "ListQuery", write: Write) -> Text:
    """What `write` makes of the question, or made of one of the same shape."""
    if not _is_of_shape(snapshot, collection, query):
        return write(snapshot, collection, query)
    known = slotted(query.filter)
    places = [*known.values, *(value or "" for value in query.after)]
    key = _key(snapshot, collection, query, known.form)
    text = _written.get(key)
    if text is None:
        after = enumerate(query.after, len(known.values))
        shaped = replace(
            query,
            filter=known.filter,
            after=tuple(None if value is None else Slot.at(value, n) for n, value in after),
        )
        apart = snapshot.apart()
        text = write(apart, collection, shaped)._replace(tables=frozenset(apart.tables))
        literal = len(repr((known.form, [ids for _, ids in query.named])))
        _written.put(key, text, len(text.sql) + 3 * literal + _ENTRY_BYTES)
    snapshot.note(*text.tables)
    return text._replace(parameters=filled(text.parameters, places))


def _is_of_shape(snapshot: Snapshot, collection: Collection, query: "ListQuery") -> bool:
    """Whether nothing but values differs: not where ids were found or are drawn, nor of an old
    revision, nor where rules were chosen."""
    is_drawn = query.sample or query.among is not None
    return snapshot.is_current and not is_drawn and collection is not ISSUES


def _key(
    snapshot: Snapshot, collection: Collection, query: "ListQuery", form: Hashable
) -> tuple[Hashable, ...]:
    named = tuple(
        (one.kind, tuple(v.place if type(v) is Slot else v for v in ids))
        for one, ids in query.named
    )
    how = query.is_possible, query.is_counted, query.is_used
    days = query.on is None, snapshot.on is None
    after = tuple(value is None for value in query.after)
    brought = tuple((hop.name, columns) for hop, columns in query.brought)
    shown = query.sort, query.lang, query.size, query.columns, brought
    return collection, form, named, how, days, after, shown


def around(
    snapshot: Snapshot,
    query: "ListQuery",
    text: str,
    number: str,
    bind: Callable[[object], str],
) -> str:
    """The rows of a page in their order, with what is brought along, how many there are, and
    whether an id that is named is no record."""
    for hop, columns in query.brought if snapshot.is_current else ():
        text = _with_brought(snapshot, text, hop, columns)
    if query.is_counted:
        text = f"SELECT p.*, ({number}) AS total FROM ({text}) p"
    for collected, ids in query.named:
        lost = retired_ids.astray(snapshot, collected, ids, bind)
        text = f"SELECT n.*, {lost} AS astray_{collected.kind} FROM ({text}) n"
    return text


def _with_brought(snapshot: Snapshot, text: str, hop: Hop, columns: frozenset[str]) -> str:
    """Row by row, in the order of the rows: OFFSET keeps PostgreSQL from joining otherwise."""
    target = hop.target
    chosen = snapshot.once(column_list, target, columns)
    named = ", ".join(f'j.{c} AS "{hop.name}.{c}"' for c in sorted({"id", *columns}))
    one = (
        f"SELECT {chosen} FROM {snapshot.relation(target.table)} t"
        f" WHERE t.id = b.{hop.reference.name} OFFSET 0"
    )
    return f"SELECT b.*, {named} FROM ({text}) b LEFT JOIN LATERAL ({one}) j ON true"


def but(query: "ListQuery", **changes: object) -> "ListQuery":
    """The same question but for the changes: `replace` costs ten times that, and a list of 50 makes
    several."""
    same = object.__new__(type(query))
    vars(same).update(vars(query), **changes)
    return same


def used(values: tuple[str | None, ...], where: str, bound: int) -> list[str | None]:
    """The key values up to the last parameter that the condition names."""
    named = [n for n, _ in enumerate(values, 1) if f"${bound + n}::" in where]
    return list(values[: max(named, default=0)])
