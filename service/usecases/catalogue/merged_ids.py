"""Where old ids lead: to the survivor of a merge, or to word of what became of them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from service.model import external_ids
from service.model.errors import Code, Fault, Gone, Moved, ServiceError, not_found, refused
from service.model.notices import Notice, WarningCode, notice
from service.model.suggestions import nearest
from service.query.fields import ID, Collection
from service.query.filters.expressions import Comparison, Expression, changed, comparisons
from service.query.operators import PARTIAL
from service.query.registry import BY_NAME, COLLECTIONS
from service.query.types import ExternalIds
from service.store.catalogue import records
from service.store.catalogue.records import Record
from service.store.curation import retired_ids
from service.store.database import Connection, Snapshot
from service.texts.sentences import Sentence, Value, sentence, sentence_of, told, word
from service.usecases.catalogue.spellings import Misspelt, is_of_open_text, misspelt

Led = dict[Collection, dict[str, str]]


@dataclass(frozen=True)
class Resolution:
    """A filter with the ids of survivors, which ids it replaced, and which were retired."""

    filter: Expression
    resolved: dict[str, str]
    retired: tuple[tuple[str, str | Sentence], ...] = ()  # the path, and what became of the record
    misspelt: tuple[Misspelt, ...] = ()

    def warnings(self, lang: str) -> list[Notice]:
        """What a reader must know of ids and texts that match nothing."""
        retired = [
            notice(WarningCode.RETIRED_REFERENCE, lang, path=path, became=told(became, lang))
            for path, became in self.retired
        ]
        return [*retired, *(misspelt.warning(lang) for misspelt in self.misspelt)]


async def existing(
    snapshot: Snapshot,
    collection: Collection,
    record_id: str,
    columns: frozenset[str] | None = None,
) -> Record:
    """The columns of the record, or some. Raises Moved for a merged id and one of the outside world
    (`wikidata:Q95`), Gone for a retired one, `not_found` with the nearest ids."""
    row = await records.get(snapshot, collection, record_id, columns)
    if row is not None:
        return row
    if not snapshot.is_open:
        await snapshot.open()
        return await existing(snapshot, collection, record_id, columns)
    if ":" in record_id:
        holder = await _holder(snapshot, collection, record_id)
        named = sentence("external_ids.named", id=record_id, kind=word(collection.kind), new=holder)
        raise Moved(collection.kind, record_id, holder, named)
    led = await retired_ids.survivors_then(snapshot, collection, [record_id])
    if record_id in led:
        raise Moved(collection.kind, record_id, led[record_id])
    if (gone := await _gone(snapshot, collection, record_id)) is not None:
        raise gone
    known = await records.ids(snapshot, collection) if collection.is_entity else []
    raise not_found(collection.kind, record_id, nearest(record_id, known))


async def _holder(snapshot: Snapshot, collection: Collection, text: str) -> str:
    """The record with an id of the outside world. Raises ServiceError `not_found`."""
    try:
        wanted = external_ids.read(text) if collection.of_type(ExternalIds) else None
    except ValueError as error:
        raise ServiceError(Code.NOT_FOUND, sentence_of(error)) from None
    found = None
    if wanted is not None:
        found = await records.with_external_id(snapshot, collection, str(wanted))
    if found is None:
        raise not_found(collection.kind, text)
    return found


async def now(snapshot: Snapshot, collection: Collection, record_id: str, parameter: str) -> str:
    """The id under which the record stands that a parameter names by any of its ids.

    Raises ServiceError `unknown_reference` with the nearest ids, and Gone for a retired one.
    """
    try:
        await existing(snapshot, collection, record_id, frozenset())
    except Moved as moved:
        return await now(snapshot, collection, moved.new, parameter)
    except Gone:
        raise
    except ServiceError as error:
        if error.code != Code.NOT_FOUND:
            raise
        near = error.faults[0].did_you_mean if error.faults else ()
        raise refused([_unknown(collection, record_id, parameter, near)]) from None
    return record_id


def named_ids(
    collection: Collection, expression: Expression
) -> tuple[tuple[Collection, tuple[str, ...]], ...]:
    """The ids that the filter names, by the collection that they are of."""
    wanted: dict[Collection, set[str]] = {}
    for comparison in comparisons(expression):
        if (target := _target(collection, comparison)) is not None:
            wanted.setdefault(target, set()).update(comparison.values)
    return tuple((target, tuple(sorted(ids))) for target, ids in wanted.items())


def names_texts(expression: Expression) -> bool:
    """Whether it names texts of people, which may be written otherwise."""
    return any(map(is_of_open_text, comparisons(expression)))


def is_plain(collection: Collection, expression: Expression) -> bool:
    """Whether it names neither ids nor texts of people, so that `resolved` has nothing to ask."""
    return not named_ids(collection, expression) and not names_texts(expression)


async def resolved(
    snapshot: Snapshot, collection: Collection, expression: Expression
) -> Resolution:
    """The filter with old ids replaced. Raises ServiceError `unknown_reference` for ids that no
    record ever had, the nearest ones named."""
    if is_plain(collection, expression):
        return Resolution(expression, {})
    await snapshot.open()
    snapshot.note(retired_ids.TABLE)
    led = await _led(snapshot.connection, collection, expression, snapshot.revision)
    found = changed(expression, lambda c: _replaced(collection, c, led))
    faults: list[Fault] = []
    retired: list[tuple[str, str | Sentence]] = []
    for comparison in comparisons(found):
        target = _target(collection, comparison)
        if target is None:
            continue
        for value in await records.missing(snapshot, target, comparison.values):
            if (gone := await _gone(snapshot, target, value)) is not None:
                retired.append((comparison.path.name, gone.detail))
            else:
                known = await records.ids(snapshot, target) if target.is_entity else []
                near = nearest(value, known)
                faults.append(_unknown(target, value, comparison.path.name, near))
    if faults:
        raise refused(faults)
    names = {old: new for pairs in led.values() for old, new in sorted(pairs.items())}
    spelt = await misspelt(snapshot, collection, found)
    return Resolution(found, names, tuple(dict.fromkeys(retired)), spelt)


async def led_at(
    connection: Connection, collection: Collection, expression: Expression, revision: int
) -> Expression:
    """The filter as it is to be read at a revision; nothing is checked."""
    led = await _led(connection, collection, expression, revision)
    return changed(expression, lambda c: _replaced(collection, c, led))


async def with_survivors(snapshot: Snapshot, ids: tuple[str, ...]) -> tuple[str, ...]:
    """The ids, and those that they lead to, whatever kind of record they are of."""
    found = set(ids)
    for collection in COLLECTIONS if ids else ():
        led = await retired_ids.survivors_then(snapshot, collection, ids)
        found |= set(led.values())
    return tuple(sorted(found))


async def _led(
    connection: Connection, collection: Collection, expression: Expression, revision: int
) -> Led:
    return {
        target: await retired_ids.survivors(connection, target, ids, revision)
        for target, ids in named_ids(collection, expression)
    }


def _target(collection: Collection, comparison: Comparison) -> Collection | None:
    """Whose ids the comparison names; None if it names no whole ids."""
    path = comparison.path
    if comparison.operator in PARTIAL or not comparison.values:
        return None
    if path.type.to:
        return BY_NAME[path.type.to]
    if path.field is not ID:
        return None
    owner = path.hops[-1].target if path.hops else collection
    return BY_NAME.get(owner.name)


def _replaced(collection: Collection, comparison: Comparison, led: Led) -> Comparison:
    target = _target(collection, comparison)
    names = led.get(target, {}) if target is not None else {}
    if not names.keys() & set(comparison.values):
        return comparison
    return replace(comparison, values=tuple(sorted({names.get(v, v) for v in comparison.values})))


def _unknown(target: Collection, value: str, parameter: str, near: Iterable[str]) -> Fault:
    kind = word(target.kind)
    detail = sentence("records.unknown", kind=kind, id=value[:80], hint="")
    return Fault(Code.UNKNOWN_REFERENCE, detail, parameter=parameter, did_you_mean=tuple(near))


async def _gone(snapshot: Snapshot, collection: Collection, record_id: str) -> Gone | None:
    """What became of a retired id up to the snapshot's revision; None if there was none."""
    found = await retired_ids.retirement(snapshot, collection, record_id)
    if found is None:
        return None
    led = await retired_ids.survivors_then(snapshot, collection, [found.replaced_by or ""])
    return gone(collection, found, led)


def gone(collection: Collection, found: retired_ids.Tombstone, led: dict[str, str]) -> Gone:
    """The retirement in words, with its reason and the record in its place."""
    successor = led.get(found.replaced_by or "", found.replaced_by)
    href = f"/v1/{collection.name}/{successor}" if successor else None
    is_replaced = href is not None and not found.is_merge
    key = "merged" if found.is_merge else "replaced" if is_replaced else "retired"
    told: dict[str, Value] = {
        "kind": word(collection.kind),
        "id": found.id,
        "revision": found.retired_in,
        "reason": _reason(found.reason),
    }
    if found.is_merge:
        told["survivor"] = str(successor)
    elif href is not None:
        told["href"] = href
    detail = sentence(f"became.{key}", **told)
    return Gone(detail, successor, href)


def _reason(text: str | None) -> Value:
    return sentence("became.reason", reason=text.rstrip(".")) if text else ""
