"""Two sources contradict each other: both facts are kept, and one of them is used."""

from collections.abc import Iterable

from service.model.errors import Code, Fault, ServiceError, unprocessable
from service.query.fields import Collection
from service.store.catalogue import records
from service.store.catalogue.records import Record
from service.store.curation import disputes
from service.texts.sentences import Sentence, sentence, word
from service.usecases.catalogue import preconditions
from service.usecases.catalogue.editing import Written, existing
from service.usecases.catalogue.preconditions import Precondition
from service.usecases.transactions import Writing


async def dispute(
    writing: Writing, collection: Collection, record_id: str, against: str, given: Precondition
) -> Written:
    """This fact contradicts another: this one is set aside, the other is preferred unless it was
    set aside before.

    Raises ServiceError `already_disputed`, `validation_failed`, `not_found`, `gone`.
    """
    row = await _read(writing, collection, record_id, given)
    if row["dispute"] is not None:
        detail = sentence("disputes.already", id=record_id)
        raise ServiceError(Code.ALREADY_DISPUTED, detail)
    other = await _contradicted(writing, collection, row, against)
    changed = await disputes.mark(writing.connection, collection, [record_id], "other")
    if other["dispute"] is None:
        changed += await disputes.mark(writing.connection, collection, [against], "preferred")
    return await _written(writing, collection, record_id, changed)


async def prefer(
    writing: Writing,
    collection: Collection,
    record_id: str,
    over: list[str] | None,
    given: Precondition,
) -> Written:
    """This disputed fact is used; those of `over` (None: all others of its subject) are not.

    Raises ServiceError `not_disputed`, `validation_failed`, `not_found`, `gone`.
    """
    row = await _read(writing, collection, record_id, given)
    if row["dispute"] is None:
        raise ServiceError(Code.NOT_DISPUTED, sentence("disputes.none", id=record_id))
    others = await disputes.opponents(writing.connection, collection, row)
    if over is not None:
        _check_over(over, others)
        others = over
    changed = await disputes.mark(writing.connection, collection, others, "other")
    changed += await disputes.mark(writing.connection, collection, [record_id], "preferred")
    return await _written(writing, collection, record_id, changed)


async def settle(
    writing: Writing, collection: Collection, record_id: str, given: Precondition
) -> Written:
    """This fact is no longer disputed; what becomes of the others is a decision about them.

    Raises ServiceError `not_found`, `gone`.
    """
    await _read(writing, collection, record_id, given)
    changed = await disputes.mark(writing.connection, collection, [record_id], None)
    return await _written(writing, collection, record_id, changed)


async def _read(
    writing: Writing, collection: Collection, record_id: str, given: Precondition
) -> Record:
    """What is asked here speaks of the mark alone, so If-Match is honoured but not needed."""
    row = await existing(writing, collection, record_id)
    if given.is_given:
        newest = writing.revision - 1
        await preconditions.check(writing.connection, collection, row, given, newest)
    return row


async def _contradicted(
    writing: Writing, collection: Collection, row: Record, against: str
) -> Record:
    other = await records.current(writing.connection, collection, against)
    if other is None:
        kind = word(collection.kind)
        detail = sentence("records.unknown", kind=kind, id=against[:80], hint="")
        raise _refused(Code.UNKNOWN_REFERENCE, detail)
    if other["id"] == row["id"]:
        raise _refused(Code.VALIDATION_FAILED, sentence("disputes.itself"))
    if any(row[column] != other[column] for column in collection.subject):
        detail = sentence("disputes.subject", fields=tuple(collection.subject))
        raise _refused(Code.VALIDATION_FAILED, detail)
    return other


def _refused(code: Code, detail: Sentence) -> ServiceError:
    return unprocessable([Fault(code, detail, pointer="/with")])


def _check_over(over: Iterable[str], others: list[str]) -> None:
    faults = [
        Fault(
            Code.UNKNOWN_REFERENCE,
            sentence("disputes.no_opponent", id=name[:80]),
            pointer=f"/over/{place}",
        )
        for place, name in enumerate(over)
        if name not in others
    ]
    if faults:
        raise unprocessable(faults)


async def _written(
    writing: Writing, collection: Collection, record_id: str, changed: int
) -> Written:
    row = await records.current(writing.connection, collection, record_id)
    assert row is not None, "it was just read"
    return Written(row, "updated" if changed else "unchanged")
