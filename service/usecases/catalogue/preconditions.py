"""May this edit overwrite what stands there? (RFC 9110, 13: If-Match, If-None-Match)"""

from dataclasses import dataclass

from service.formats.json_patch import patch
from service.formats.json_records import render
from service.model.errors import Code, Fault, ServiceError, Stale
from service.query.fields import Collection
from service.store.catalogue import records
from service.store.catalogue.records import Record
from service.store.database import Connection
from service.texts.sentences import Sentence, sentence, word


@dataclass(frozen=True)
class Precondition:
    """`revisions`: those at which the caller has read the record; None when If-Match is not given.

    A record that has not changed since one of them is still the one that was read, whatever else
    was written meanwhile. `is_any`: If-Match `*`; `is_absent`: If-None-Match `*`.
    """

    revisions: tuple[int, ...] | None = None
    is_any: bool = False
    is_absent: bool = False

    @property
    def is_given(self) -> bool:
        return self.is_any or self.is_absent or self.revisions is not None


async def check(
    connection: Connection, collection: Collection, row: Record, given: Precondition, newest: int
) -> None:
    """For a record that exists; `newest` is the last committed revision.

    Raises ServiceError `precondition_required`, `precondition_failed`.
    """
    kind, record_id = word(collection.kind), row["id"]
    if given.is_absent:
        detail = sentence("preconditions.exists", kind=kind, id=record_id)
        raise Stale(detail, _href(collection, row), newest)
    if given.is_any:
        return
    if given.revisions is None:
        detail = sentence("preconditions.needed", kind=kind, id=record_id)
        raise ServiceError(Code.PRECONDITION_REQUIRED, detail)
    read = [revision for revision in given.revisions if revision <= newest]
    if not any(revision >= row["revision"] for revision in read):
        changed, faults = await _changes(connection, collection, row, max(read, default=None))
        raise Stale(changed, _href(collection, row), newest, faults)


def check_absent(collection: Collection, record_id: str, given: Precondition) -> None:
    """For a record that does not exist. Raises ServiceError `precondition_failed`."""
    if given.is_any or given.revisions is not None:
        detail = sentence("preconditions.none", kind=word(collection.kind), id=record_id)
        raise ServiceError(Code.PRECONDITION_FAILED, detail)


def _href(collection: Collection, row: Record) -> str:
    return f"/v1/{collection.name}/{row['id']}"


async def _changes(
    connection: Connection, collection: Collection, row: Record, read: int | None
) -> tuple[Sentence, list[Fault]]:
    """What has changed since it was read, as a sentence and by pointer."""
    if read is None:
        return sentence("preconditions.foreign"), []
    before = await records.at_revision(connection, collection, row["id"], read)
    if before is None:
        return sentence("preconditions.made", revision=row["revision"], read=read), []
    changed = sentence("preconditions.changed_in", read=read, revision=row["revision"])
    changes = patch(collection, render(collection, before, "en"), render(collection, row, "en"))
    faults = [
        Fault(Code.PRECONDITION_FAILED, changed, pointer=change["path"]) for change in changes
    ]
    fields = tuple(change["path"][1:] for change in changes)
    if not fields:
        return sentence("preconditions.changed_unseen", read=read), faults
    return sentence("preconditions.changed", read=read, fields=fields), faults
