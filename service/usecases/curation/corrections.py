"""Corrections: received from anyone, decided by a curator, told to whoever wants to know."""

import msgspec
from msgspec import UNSET

from service import limits
from service.formats import corrections as checks
from service.formats.import_format import bodies
from service.formats.json_records import render
from service.model.corrections import Correction, NewCorrection, NewDecision
from service.model.errors import Code, Fault, ServiceError, not_found
from service.model.suggestions import nearest
from service.query.fields import Collection
from service.query.registry import BY_NAME
from service.store.catalogue import records
from service.store.catalogue.records import Record
from service.store.curation import corrections, retired_ids
from service.store.database import Connection
from service.usecases.catalogue import editing
from service.usecases.catalogue.editing import unprocessable
from service.usecases.catalogue.preconditions import Precondition
from service.usecases.transactions import Writing
from service.usecases.webhooks.announcements import tell_decision


async def receive(connection: Connection, new: NewCorrection) -> Correction:
    """Keep what somebody says. Raises ServiceError `validation_failed` with every fault, `busy`."""
    texts = {"statement": new.statement, "contact": new.contact}
    faults = [*checks.collection_faults(new.collection), *checks.text_faults(texts)]
    if faults:
        raise unprocessable(faults)
    await _check(connection, BY_NAME[new.collection], new)
    if await corrections.open_count(connection) >= limits.CORRECTIONS_OPEN_MAX:
        detail = "Too many corrections wait for a decision; try again later."
        raise ServiceError(Code.BUSY, detail, retry_after=3600)
    is_proposed = new.proposed is not UNSET
    proposed = msgspec.json.encode(new.proposed).decode() if is_proposed else None
    return await corrections.insert(
        connection, new.collection, new.record_id, new.field, proposed,
        new.statement, new.source_url, new.contact,
    )  # fmt: skip


async def _check(connection: Connection, collection: Collection, new: NewCorrection) -> None:
    row = await records.current(connection, collection, new.record_id)
    is_proposed = new.proposed is not UNSET
    faults = [
        *([] if row else [await _unknown(connection, collection, new.record_id)]),
        *checks.field_faults(collection, new.field, is_proposed=is_proposed),
    ]
    if row and new.field and is_proposed and not faults:
        faults = await _proposal_faults(connection, collection, row, new.field, new.proposed)
    if faults:
        raise unprocessable(faults)


async def _unknown(connection: Connection, collection: Collection, record_id: str) -> Fault:
    known = await records.all_ids(connection, collection) if collection.is_entity else []
    near = nearest(record_id, known)
    detail = f'There is no {collection.kind} "{record_id}".'
    tombstone = await retired_ids.standing(connection, collection, record_id)
    if tombstone is not None:
        detail = f'"{record_id}" was retired in revision {tombstone.retired_in}.'
        near = [tombstone.replaced_by] if tombstone.replaced_by else near
    return Fault(Code.UNKNOWN_REFERENCE, detail, pointer="/record_id", did_you_mean=tuple(near))


async def _proposal_faults(
    connection: Connection, collection: Collection, row: Record, name: str, proposed: object
) -> list[Fault]:
    body = checks.patched(collection, render(collection, row, "en"), name, proposed)
    urls = await records.source_urls(connection, bodies.named_sources(body))
    faults = checks.proposal_faults(collection, row["id"], body, name, proposed, urls)
    named = None if faults else checks.references(collection, name, proposed)
    if named is None:
        return faults
    field, ids = named
    known = await records.all_ids(connection, BY_NAME[field.to])
    return [
        checks.unknown_reference(field, place, record_id, known)
        for place, record_id in enumerate(ids)
        if record_id not in known
    ]


async def decide(
    connection: Connection, correction_id: str, given: NewDecision, actor: str, newest: int
) -> Correction:
    """Decide without changing the base; `newest` is its revision.

    Raises ServiceError `validation_failed`, `not_found`, `already_decided`.
    """
    await _open(connection, correction_id, given)
    if given.revision is not None and given.revision > newest:
        detail = f"There is no revision {given.revision}; the newest is {newest}."
        raise unprocessable([Fault(Code.REVISION_UNKNOWN, detail, pointer="/revision")])
    return await _decided(connection, correction_id, given, actor, given.revision, newest)


async def apply(writing: Writing, correction_id: str, given: NewDecision, actor: str) -> Correction:
    """Accept, and write the proposed value into the record, in one revision.

    Raises as `decide`, and what the edit raises.
    """
    correction = await _open(writing.connection, correction_id, given)
    if correction.field is None or correction.proposed is None:
        detail = "It proposes no value; edit the record and name the revision."
        raise _not_applied(detail)
    patch = {correction.field: msgspec.json.decode(correction.proposed)}
    collection = BY_NAME[correction.collection]
    made = await editing.change(
        writing, collection, correction.record_id, patch, Precondition(is_any=True)
    )
    if made.outcome == "unchanged":
        held = made.row["revision"]
        raise _not_applied(f'The record says so already: send "revision": {held} instead.')
    return await _decided(
        writing.connection, correction_id, given, actor, writing.revision, writing.revision
    )


def _not_applied(detail: str) -> ServiceError:
    return unprocessable([Fault(Code.VALIDATION_FAILED, detail, pointer="/apply")])


async def _open(connection: Connection, correction_id: str, given: NewDecision) -> Correction:
    """The correction, locked until the end of the transaction, if it still is to be decided."""
    if faults := [*given.faults(), *checks.text_faults({"reason": given.reason})]:
        raise unprocessable(faults)
    correction = await corrections.get(connection, correction_id, lock=True)
    if correction is None:
        raise not_found("correction", correction_id)
    if correction.status != "open":
        detail = f'"{correction_id}" is {correction.status} already.'
        raise ServiceError(Code.ALREADY_DECIDED, detail)
    return correction


async def _decided(
    connection: Connection,
    correction_id: str,
    given: NewDecision,
    actor: str,
    led_to: int | None,
    newest: int,
) -> Correction:
    correction = await corrections.decide(
        connection, correction_id, given.decision, given.reason, actor, led_to
    )
    await tell_decision(connection, correction, newest)
    return correction
