"""Single records made, replaced, changed and retired inside an open write."""

from dataclasses import dataclass
from typing import Any

from service.formats.import_format import bodies
from service.formats.json_records import render
from service.model.errors import Code, Fault, Gone, ServiceError, alone, not_found, unprocessable
from service.model.suggestions import nearest
from service.query.fields import Collection
from service.query.rows import Row
from service.store.catalogue import records
from service.store.catalogue.records import Record
from service.store.curation import retired_ids
from service.store.imports import checks, run
from service.texts.sentences import sentence, word
from service.usecases.catalogue import merged_ids
from service.usecases.catalogue.preconditions import Precondition, check, check_absent
from service.usecases.transactions import Writing

Body = dict[str, Any]


@dataclass(frozen=True)
class Written:
    """The record as it stands after a write, and what the write was: created, updated, unchanged"""

    row: Record
    outcome: str


async def replace(
    writing: Writing,
    collection: Collection,
    record_id: str,
    body: Body,
    given: Precondition,
    *,
    restore: bool = False,
) -> Written:
    """Make or replace an entity under its curated id.

    Raises ServiceError `validation_failed` with every fault, `precondition_required`,
    `precondition_failed`, and `gone` for an id that was retired, unless it is to be restored.
    """
    row = await records.current(writing.connection, collection, record_id)
    if row is not None:
        await check(writing.connection, collection, row, given, writing.revision - 1)
    else:
        check_absent(collection, record_id, given)
        await _check_never_used(writing, collection, record_id, restore=restore)
    return await _put(writing, collection, body, record_id)


async def create(writing: Writing, collection: Collection, body: Body) -> Written:
    """A new fact. Raises ServiceError `validation_failed`, `conflict_natural_key`."""
    made = await _put(writing, collection, body, None)
    if made.outcome != "created":
        key = ", ".join(collection.natural_key)
        href = f"/v1/{collection.name}/{made.row['id']}"
        detail = sentence("rows.stands", href=href, key=key)
        fault = Fault(Code.CONFLICT_NATURAL_KEY, detail, did_you_mean=(made.row["id"],))
        raise ServiceError(Code.CONFLICT_NATURAL_KEY, detail, [fault])
    return made


async def change(
    writing: Writing, collection: Collection, record_id: str, patch: Body, given: Precondition
) -> Written:
    """Apply a JSON merge patch (RFC 7396). Raises as `replace`, and `not_found`, `gone`."""
    row = await existing(writing, collection, record_id)
    await check(writing.connection, collection, row, given, writing.revision - 1)
    base = bodies.writable(collection, render(collection, row, "en"))
    sources = row["source_ids"] if "sources" in patch and row.get("field_sources") else []
    urls = await records.source_urls(writing.connection, sources)
    return await _put(writing, collection, bodies.patched(base, patch, urls), record_id)


async def retire(
    writing: Writing,
    collection: Collection,
    record_id: str,
    given: Precondition,
    *,
    replaced_by: str | None = None,
) -> None:
    """Take a record out of the present; its history and a tombstone stay.

    Raises ServiceError `reference_in_use` when others point at it, `unknown_reference`, and as
    `change`.
    """
    row = await existing(writing, collection, record_id)
    await check(writing.connection, collection, row, given, writing.revision - 1)
    await _check_unused(writing, collection, record_id)
    if replaced_by is not None:
        await _check_successor(writing, collection, record_id, replaced_by)
    await records.delete(writing.connection, collection, record_id)
    await retired_ids.put(
        writing.connection, collection, record_id, writing.revision, replaced_by=replaced_by
    )


def faults_of(collection: Collection, body: Body, record_id: str | None) -> list[Fault]:
    """What is wrong with a whole body by itself, whatever the base holds."""
    row = bodies.row(collection, body, record_id)
    return [] if isinstance(row, Row) else row


async def _put(
    writing: Writing, collection: Collection, body: Body, record_id: str | None
) -> Written:
    row = bodies.row(collection, body, record_id)
    lost = await checks.pointing_nowhere(writing.connection, bodies.pointed(collection, body))
    faults = [bodies.placed(collection, body, fault) for fault in lost]
    if not isinstance(row, Row) or faults:
        raise unprocessable([*([] if isinstance(row, Row) else row), *faults])
    applied = await run.edit(writing.connection, [row])
    told = [bodies.placed(collection, body, fault) for fault in applied.faults]
    for fault in told:
        if fault.code is Code.CONFLICT_NATURAL_KEY:
            raise alone(fault)
        if fault.code is Code.EXTERNAL_ID_TAKEN:
            raise alone(fault, told)
    if told:
        raise unprocessable(told)
    (became,) = await run.outcomes(writing.connection, applied)
    stored = await records.current(writing.connection, collection, became.id)
    assert stored is not None, "it was just written"
    return Written(stored, became.outcome)


async def existing(writing: Writing, collection: Collection, record_id: str) -> Record:
    """The record as it stands. Raises ServiceError `gone`, and `not_found` with the nearest ids."""
    row = await records.current(writing.connection, collection, record_id)
    if row is not None:
        return row
    if (retired := await gone(writing, collection, record_id)) is not None:
        raise retired
    known = await records.all_ids(writing.connection, collection) if collection.is_entity else []
    raise not_found(collection.kind, record_id, nearest(record_id, known))


async def gone(writing: Writing, collection: Collection, record_id: str) -> Gone | None:
    """What became of an id that was retired or merged; None for one that never was."""
    found = await retired_ids.standing(writing.connection, collection, record_id)
    if found is None:
        return None
    follow = [found.replaced_by or ""]
    led = await retired_ids.survivors(writing.connection, collection, follow)
    return merged_ids.gone(collection, found, led)


async def _check_never_used(
    writing: Writing, collection: Collection, record_id: str, *, restore: bool
) -> None:
    """Ids are permanent: one that was retired names nothing else ever."""
    found = await retired_ids.standing(writing.connection, collection, record_id)
    if found is None:
        return
    if restore and not found.is_merge:
        writing.require_curate()
        await retired_ids.lift(writing.connection, collection, record_id, writing.revision)
        return
    retired = await gone(writing, collection, record_id)
    assert retired is not None, "it has a tombstone"
    if not found.is_merge:
        detail = sentence("ended.restorable", became=retired.detail)
        raise Gone(detail, retired.replaced_by, retired.href)
    raise retired


async def _check_unused(writing: Writing, collection: Collection, record_id: str) -> None:
    counts = await records.pointing_counts(writing.connection, collection, record_id)
    if counts:
        told = tuple(
            sentence("records.count", n=count, collection=word(name, "collections"))
            for name, count in counts.items()
        )
        detail = sentence("records.in_use", records=told)
        raise ServiceError(Code.REFERENCE_IN_USE, detail)


async def _check_successor(
    writing: Writing, collection: Collection, record_id: str, replaced_by: str
) -> None:
    known = await records.all_ids(writing.connection, collection) if collection.is_entity else []
    row = await records.current(writing.connection, collection, replaced_by)
    if row is None or replaced_by == record_id:
        near = tuple(nearest(replaced_by, [i for i in known if i != record_id]))
        kind = word(collection.kind)
        detail = sentence("records.no_successor", kind=kind, id=replaced_by)
        fault = Fault(Code.UNKNOWN_REFERENCE, detail, parameter="replaced_by", did_you_mean=near)
        raise ServiceError(Code.UNKNOWN_REFERENCE, detail, [fault])
