"""The one way to change the base: one transaction, one revision, one kept answer."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from service import limits
from service.model.errors import ServiceError
from service.store import idempotency
from service.store.database import Connection, Database, begin_revision, patience
from service.store.failures import busy
from service.store.idempotency import Claim, Kept


@dataclass(frozen=True)
class Intent:
    """Who writes, why, and whether for good; `claim` is the request's Idempotency-Key."""

    actor: str
    comment: str
    dry_run: bool = False
    claim: Claim | None = None


@dataclass(frozen=True)
class Outcome:
    """What a write answers. Without a change the revision that was taken is given back."""

    status: int
    body: bytes
    headers: dict[str, str]
    has_changed: bool = True


@dataclass(frozen=True)
class Done:
    """An outcome; `revision` is the newest after it, `is_replay` that it was an earlier one's."""

    outcome: Outcome
    revision: int
    is_replay: bool = False


@dataclass(frozen=True)
class Writing:
    """An open write: everything through `connection` becomes `revision`."""

    connection: Connection
    revision: int
    is_dry: bool


Work = Callable[[Writing], Awaitable[Outcome]]


class _Undo(Exception):
    """Leaves the write transaction without a trace."""


async def perform(database: Database, intent: Intent, work: Work) -> Done:
    """Do the work as one revision, or undo it: on an error, on a dry run, and without a change.

    A dry run runs the same statements and checks. Raises what `work` raises, `busy` when another
    write takes too long, `idempotency_in_progress` and `idempotency_key_reused`.
    """
    done: Done | None = None
    try:
        async with database.operate() as connection:
            done = await _performed(connection, intent, work)
            if intent.dry_run or not (done.outcome.has_changed or done.is_replay):
                raise _Undo
    except _Undo:
        assert done is not None, "raised after it was set"
        return replace(done, revision=done.revision - 1)
    return done


async def _performed(connection: Connection, intent: Intent, work: Work) -> Done:
    claim = None if intent.dry_run else intent.claim
    if claim is not None and (kept := await idempotency.claim(connection, claim)) is not None:
        outcome = Outcome(kept.status, kept.body, kept.headers)
        return Done(outcome, int(kept.headers["dataset-revision"]), is_replay=True)
    revision = await _next_revision(connection, intent)
    outcome = await work(Writing(connection, revision, intent.dry_run))
    await connection.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a dry run must fail here too
    headers = outcome.headers | {"dataset-revision": str(revision)}
    if claim is not None and outcome.has_changed:
        await idempotency.keep(connection, claim, Kept(outcome.status, headers, outcome.body))
    return Done(replace(outcome, headers=headers), revision)


async def _next_revision(connection: Connection, intent: Intent) -> int:
    try:
        async with patience(connection, limits.QUEUE_SECONDS):
            return await begin_revision(connection, intent.actor, intent.comment)
    except ServiceError as error:
        raise (busy() if error.code == "locked" else error) from error
