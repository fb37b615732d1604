"""Corrections: received from anyone, decided by a curator, told to whoever wants to know."""

import hmac
from collections.abc import Iterable, Iterator, Mapping, Set
from math import ceil
from typing import Any

from msgspec import UNSET

from service import limits
from service.formats import corrections as checks
from service.formats.import_format import bodies
from service.formats.json_members import exactly
from service.formats.json_records import encode, render
from service.formats.validation import text_faults
from service.model.callers import Caller
from service.model.corrections import Correction, NewCorrection, NewDecision, mismatches
from service.model.errors import Code, Fault, ServiceError, not_found, unprocessable
from service.model.suggestions import nearest
from service.query.fields import Collection
from service.query.registry import BY_NAME
from service.query.types.characters import HIDDEN, clean
from service.store.catalogue import records
from service.store.catalogue.records import Record
from service.store.curation import corrections, retired_ids
from service.store.database import Connection
from service.store.imports.checks import pointing_nowhere
from service.texts.sentences import Sentence, sentence, word
from service.usecases.catalogue import editing
from service.usecases.catalogue.preconditions import Precondition
from service.usecases.transactions import Writing
from service.usecases.webhooks.announcements import tell_decision


async def receive(
    connection: Connection,
    given: Mapping[str, Any],
    sender: str,
    noted: Iterable[Fault] = (),
    broken: Set[str] = frozenset(),
) -> Correction:
    """Keep what somebody says: the members of a NewCorrection; of those that are `broken` nothing
    is known. `sender`: see `sender_of`.

    Raises ServiceError `validation_failed` with every fault, those `noted` too, and `busy`.
    """
    faults = [*noted, *text_faults(given, ("statement",)), *text_faults(given, ["contact"], HIDDEN)]
    if (name := given.get("collection")) is not None:
        faults += checks.collection_faults(name)
        if name in BY_NAME:
            faults += await _record_faults(connection, BY_NAME[name], given, broken)
    if faults:
        raise unprocessable(faults)
    new = NewCorrection(**given)
    await _check_room(connection, sender)
    is_proposed = new.proposed is not UNSET
    proposed = encode(new.proposed).decode() if is_proposed else None
    return await corrections.insert(
        connection,
        collection=new.collection,
        record_id=new.record_id,
        field=new.field,
        proposed=proposed,
        statement=clean(new.statement),
        source_url=new.source_url,
        contact=new.contact and clean(new.contact, HIDDEN),
        sender=sender,
    )


def sender_of(caller: Caller, key: bytes) -> str:
    """Under which name the open corrections of a caller are counted: a key's id, or what only this
    service can tell an address by."""
    if caller.key_id is not None:
        return caller.key_id
    return hmac.new(key, caller.address.encode(), "sha256").hexdigest()[:32]


async def _check_room(connection: Connection, sender: str) -> None:
    """Raises ServiceError `busy`. Who has no key leaves half of the places to those who have."""
    waiting = await corrections.open_counts(connection, sender)
    is_anonymous = not sender.startswith("key_")
    if waiting.own >= limits.CORRECTIONS_OPEN_OF_ONE:
        detail = sentence("corrections.many_own", n=waiting.own)
    elif waiting.all >= limits.CORRECTIONS_OPEN_MAX:
        detail = sentence("corrections.many")
    elif is_anonymous and waiting.anonymous >= ceil(limits.CORRECTIONS_OPEN_MAX / 2):
        detail = sentence("corrections.many_anonymous")
    else:
        return
    raise ServiceError(Code.BUSY, detail, retry_after=3600)


async def _record_faults(
    connection: Connection, collection: Collection, given: Mapping[str, Any], broken: Set[str]
) -> list[Fault]:
    record_id, name = given.get("record_id"), given.get("field")
    if record_id is None and "record_id" not in broken:
        return await _missing_faults(connection, collection, given)
    is_proposed = "proposed" in given
    row = None
    faults: list[Fault] = []
    if record_id is not None:
        row = await records.current(connection, collection, record_id)
        faults += [] if row else [await _unknown(connection, collection, record_id)]
    if "field" not in broken:
        wrong = list(checks.field_faults(collection, name, is_proposed=is_proposed))
        if row and name and is_proposed and not wrong:
            wrong = await _proposal_faults(connection, collection, row, name, given["proposed"])
        faults += wrong
    return faults


async def _missing_faults(
    connection: Connection, collection: Collection, given: Mapping[str, Any]
) -> list[Fault]:
    """Of a record that is said to be missing."""
    proposed = given.get("proposed")
    if given.get("field") is not None or not isinstance(proposed, dict):
        detail = sentence("corrections.of_which")
        return [Fault(Code.VALIDATION_FAILED, detail, pointer="/record_id")]
    body, record_id = _split(collection, proposed)
    faults = checks.record_faults(collection, record_id, body)
    lost = await pointing_nowhere(connection, bodies.pointed(collection, body))
    faults += [checks.within_proposed(bodies.placed(collection, body, fault)) for fault in lost]
    is_taken = isinstance(record_id, str) and "\0" not in record_id
    if is_taken and await records.current(connection, collection, str(record_id)) is not None:
        detail = sentence("corrections.stands", kind=word(collection.kind), id=str(record_id))
        faults.append(Fault(Code.ALREADY_EXISTS, detail, pointer="/proposed/id"))
    return faults


def _split(collection: Collection, proposed: dict[str, Any]) -> tuple[bodies.Body, Any]:
    """What is written of a proposed record, and of an entity its id."""
    body = dict(proposed)
    return body, body.pop("id", None) if collection.is_entity else None


async def _unknown(connection: Connection, collection: Collection, record_id: str) -> Fault:
    known = await records.all_ids(connection, collection) if collection.is_entity else []
    near = nearest(record_id, known)
    kind = word(collection.kind)
    detail = sentence("records.unknown", kind=kind, id=record_id, hint="")
    tombstone = await retired_ids.standing(connection, collection, record_id)
    if tombstone is not None:
        detail = sentence("corrections.retired", id=record_id, revision=tombstone.retired_in)
        near = [tombstone.replaced_by] if tombstone.replaced_by else near
    return Fault(Code.UNKNOWN_REFERENCE, detail, pointer="/record_id", did_you_mean=tuple(near))


async def _proposal_faults(
    connection: Connection, collection: Collection, row: Record, name: str, proposed: object
) -> list[Fault]:
    body = checks.patched(collection, render(collection, row, "en"), name, proposed)
    faults = checks.proposal_faults(collection, row["id"], body, name, proposed)
    lost = await pointing_nowhere(connection, bodies.pointed(collection, {name: proposed}))
    told = (bodies.placed(collection, {name: proposed}, fault) for fault in lost)
    return faults + [checks.within_value(name, fault) for fault in told]


def decision_faults(given: Mapping[str, Any], broken: Set[str], newest: int) -> Iterator[Fault]:
    """What is wrong with a decision; of the members that are `broken` nothing is known."""
    yield from mismatches(given, broken)
    yield from text_faults(given, ("reason",))
    revision = given.get("revision")
    if revision is not None and revision > newest:
        detail = sentence("revisions.unknown", revision=revision, newest=newest)
        yield Fault(Code.REVISION_UNKNOWN, detail, pointer="/revision")


async def decide(
    connection: Connection, correction_id: str, given: NewDecision, actor: str, newest: int
) -> Correction:
    """Decide without changing the base; `newest` is its revision.

    Raises ServiceError `not_found`, `already_decided`.
    """
    await _open(connection, correction_id)
    return await _decided(connection, correction_id, given, actor, given.revision, newest)


async def apply(writing: Writing, correction_id: str, given: NewDecision, actor: str) -> Correction:
    """Accept, and write the proposed value into the record, or what is proposed as a new one.

    Raises as `decide`, and what the edit raises.
    """
    correction = await _open(writing.connection, correction_id)
    if correction.record_id is None and correction.proposed is not None:
        made = await _added(writing, BY_NAME[correction.collection], correction.proposed)
        found = await corrections.decide(
            writing.connection,
            correction_id,
            given.decision,
            given.reason,
            actor,
            writing.revision,
            made.row["id"],
        )
        await tell_decision(writing.connection, found, writing.revision)
        return found
    if correction.record_id is None or correction.field is None or correction.proposed is None:
        detail = sentence("corrections.no_value")
        raise _not_applied(detail)
    patch = {correction.field: exactly(correction.proposed)}
    collection = BY_NAME[correction.collection]
    made = await editing.change(
        writing, collection, correction.record_id, patch, Precondition(is_any=True)
    )
    if made.outcome == "unchanged":
        held = made.row["revision"]
        raise _not_applied(sentence("corrections.held", revision=held))
    return await _decided(
        writing.connection, correction_id, given, actor, writing.revision, writing.revision
    )


async def _added(writing: Writing, collection: Collection, proposed: str) -> editing.Written:
    body, record_id = _split(collection, exactly(proposed))
    if collection.is_entity:
        absent = Precondition(is_absent=True)
        return await editing.replace(writing, collection, record_id, body, absent)
    return await editing.create(writing, collection, body)


def _not_applied(detail: Sentence) -> ServiceError:
    return unprocessable([Fault(Code.VALIDATION_FAILED, detail, pointer="/apply")])


async def _open(connection: Connection, correction_id: str) -> Correction:
    """The correction, locked until the end of the transaction, if it still is to be decided."""
    correction = await corrections.get(connection, correction_id, lock=True)
    if correction is None:
        raise not_found("correction", correction_id)
    if correction.status != "open":
        detail = sentence(f"corrections.decided.{correction.status}", id=correction_id)
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
        connection, correction_id, given.decision, clean(given.reason), actor, led_to
    )
    await tell_decision(connection, correction, newest)
    return correction
