"""Writes beside the base: one transaction, no revision, kept answers and dry runs as for others."""

from collections.abc import Awaitable, Callable

from service.store import idempotency
from service.store.database import Connection, Database, newest
from service.store.idempotency import Kept
from service.usecases.writing import Done, Intent, Outcome

Work = Callable[[Connection], Awaitable[Outcome]]


class _Undo(Exception):
    """Leaves the transaction without a trace."""


async def note(database: Database, intent: Intent, work: Work) -> Done:
    """Do the work in one transaction, or undo it: on an error and on a dry run.

    Raises what `work` raises, `idempotency_in_progress` and `idempotency_key_reused`.
    """
    done: Done | None = None
    try:
        async with database.operate() as connection:
            done = await _noted(connection, intent, work)
            if intent.dry_run:
                raise _Undo
    except _Undo:
        assert done is not None, "raised after it was set"
    return done


async def _noted(connection: Connection, intent: Intent, work: Work) -> Done:
    claim = None if intent.dry_run else intent.claim
    if claim is not None and (kept := await idempotency.claim(connection, claim)) is not None:
        outcome = Outcome(kept.status, kept.body, kept.headers)
        return Done(outcome, int(kept.headers["dataset-revision"]), is_replay=True)
    outcome = await work(connection)
    revision = await newest(connection)
    if claim is not None:
        headers = outcome.headers | {"dataset-revision": str(revision)}
        await idempotency.keep(connection, claim, Kept(outcome.status, headers, outcome.body))
    return Done(outcome, revision)
