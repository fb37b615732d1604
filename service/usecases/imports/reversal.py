"""Taking an import or any revision back: its inverse as a new one, or who stands against it."""

from dataclasses import dataclass

from service import limits
from service.model.errors import Code, Fault, ServiceError, not_found
from service.store.changes import reversal
from service.store.changes.reversal import Conflict
from service.store.imports import jobs
from service.store.imports.jobs import Job
from service.texts.sentences import sentence
from service.usecases.transactions import Writing


@dataclass(frozen=True)
class Reverted:
    """The import, and how many records were retired and restored."""

    job: Job
    retired: int
    restored: int


async def revert(writing: Writing, import_id: str) -> Reverted:
    """Undo what the import wrote, inside an open write.

    Raises ServiceError `not_found`, `nothing_to_revert`, `already_reverted`, `revert_conflict`.
    """
    job = await jobs.get(writing.connection, import_id, lock=True)
    retired, restored = await _undone(writing, _revision(job, import_id))
    await jobs.mark_reverted(writing.connection, import_id, writing.revision)
    again = await jobs.get(writing.connection, import_id)
    assert again is not None, "it is locked"
    return Reverted(again, retired, restored)


async def revert_revision(writing: Writing, revision: int) -> tuple[int, int]:
    """Undo what the revision wrote, inside an open write; how many records were retired and
    restored.

    Raises ServiceError `nothing_to_revert`, `already_reverted`, `revert_conflict`.
    """
    import_id = await jobs.of_revision(writing.connection, revision)
    if import_id is not None:
        found = await revert(writing, import_id)
        return found.retired, found.restored
    return await _undone(writing, revision)


async def _undone(writing: Writing, revision: int) -> tuple[int, int]:
    await reversal.collect(writing.connection, revision)
    found = await reversal.conflicts(writing.connection, revision)
    if found:
        raise _conflict(found)
    counts = await reversal.undo(writing.connection, revision, writing.revision)
    if counts == (0, 0):
        raise ServiceError(Code.NOTHING_TO_REVERT, sentence("reverts.no_change", revision=revision))
    return counts


def _revision(job: Job | None, import_id: str) -> int:
    if job is None:
        raise not_found("import", import_id)
    if job.reverted_in is not None:
        raise ServiceError(
            Code.ALREADY_REVERTED, sentence("reverts.done", revision=job.reverted_in)
        )
    if job.revision is None:
        raise ServiceError(Code.NOTHING_TO_REVERT, sentence("reverts.nothing"))
    return job.revision


def _conflict(found: list[Conflict]) -> ServiceError:
    shown = found[: limits.REVERT_CONFLICTS_SHOWN]
    faults = [Fault(Code.REVERT_CONFLICT, conflict.detail) for conflict in shown]
    detail = sentence("reverts.conflicts", n=len(shown))
    if len(found) > len(shown):
        detail = sentence("reverts.conflicts_many", n=len(shown))
    return ServiceError(Code.REVERT_CONFLICT, detail, faults)
