"""The one way to write: one transaction, one kept answer, and a revision where the base changes."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Self

from service import limits
from service.model.errors import Code, Fault, ServiceError
from service.store import idempotency
from service.store.changes import revisions
from service.store.curation import disputes
from service.store.database import (
    Connection,
    Database,
    begin_revision,
    return_revision,
    wait_for_locks,
)
from service.store.failures import busy, translated
from service.store.idempotency import Claim, Kept
from service.store.named_revisions import newest
from service.texts.sentences import sentence, word

CURATE = "curate"


@dataclass(frozen=True)
class Intent:
    """Who writes, why, and whether for good; `claim` is the request's Idempotency-Key.

    `queue_seconds` is how long it waits for other writers, and for a lock then, `max_affected` how
    many records may change, `may_curate` whether disputes may be decided and retired records
    brought back: whoever decided otherwise was a curator.
    """

    actor: str
    comment: str
    dry_run: bool = False
    claim: Claim | None = None
    queue_seconds: float = field(default_factory=lambda: limits.QUEUE_SECONDS)
    max_affected: int | None = None
    may_curate: bool = False

    @classmethod
    def of_operator(cls, actor: str, comment: str, dry_run: bool) -> Self:
        """Of whoever runs the service: nothing is forbidden, and there is time."""
        return cls(actor, comment, dry_run, queue_seconds=limits.IMPORT_SECONDS, may_curate=True)


@dataclass(frozen=True)
class Outcome:
    """What a write answers. Without a change the revision that was taken is given back.

    `is_recorded`: something beside the base was written that stays even then.
    """

    status: int
    body: bytes
    headers: dict[str, str]
    has_changed: bool = True
    is_recorded: bool = False

    @property
    def is_kept(self) -> bool:
        return self.has_changed or self.is_recorded


@dataclass(frozen=True)
class Done:
    """An outcome; `revision` is the newest after it, `is_replay` that it was an earlier one's."""

    outcome: Outcome
    revision: int
    is_replay: bool = False


@dataclass(frozen=True)
class Writing:
    """An open write: what goes into the base through `connection` becomes `revision`."""

    connection: Connection
    revision: int
    is_dry: bool
    may_curate: bool = False

    def require_curate(self) -> None:
        """Raises ServiceError `forbidden`."""
        if not self.may_curate:
            detail = sentence("keys.scope_needed", scope=CURATE)
            raise ServiceError(Code.FORBIDDEN, detail, scope=CURATE)


Work = Callable[[Writing], Awaitable[Outcome]]
Preparation = Callable[[Connection], Awaitable[None]]


class _Undo(Exception):
    """Leaves the write transaction without a trace."""


async def perform(
    database: Database,
    intent: Intent,
    work: Work,
    prepare: Preparation | None = None,
    *,
    takes_revision: bool = True,
) -> Done:
    """Do the work in one transaction, or undo it: on an error, on a dry run, without a change.

    It is one revision; without `takes_revision` it writes beside the base, and the revision is the
    newest there is. `prepare` runs in the same transaction before other writers are held up. A dry
    run runs the same statements and checks. Raises what `work` raises, `busy` when another write
    takes too long, `too_many_affected`, `idempotency_in_progress` and `idempotency_key_reused`.
    """
    done: Done | None = None
    try:
        async with database.operate() as connection:
            done = await _performed(connection, intent, work, prepare, takes_revision)
            if intent.dry_run or not (done.outcome.is_kept or done.is_replay):
                raise _Undo
    except _Undo:
        assert done is not None, "raised after it was set"
        done = replace(done, revision=done.revision - 1) if takes_revision else done
        return done if intent.dry_run else await _kept_unchanged(database, intent.claim, done)
    database.on_revision(done.revision)
    return done


async def _performed(
    connection: Connection,
    intent: Intent,
    work: Work,
    prepare: Preparation | None,
    takes_revision: bool,
) -> Done:
    claim = None if intent.dry_run else intent.claim
    if claim is not None and (kept := await idempotency.claim(connection, claim)) is not None:
        return _replayed(kept)
    if prepare is not None:
        await prepare(connection)
    taken = await _next_revision(connection, intent) if takes_revision else None
    revision = await newest(connection) if taken is None else taken
    outcome = await work(Writing(connection, revision, intent.dry_run, intent.may_curate))
    if taken is not None:
        revision = await _settled(connection, outcome, taken, intent)
    headers = outcome.headers | {"dataset-revision": str(revision)}
    if claim is not None and outcome.is_kept:
        await idempotency.keep(connection, claim, Kept(outcome.status, headers, outcome.body))
    return Done(replace(outcome, headers=headers), revision)


def _replayed(kept: Kept) -> Done:
    outcome = Outcome(kept.status, kept.body, kept.headers)
    return Done(outcome, int(kept.headers["dataset-revision"]), is_replay=True)


async def _kept_unchanged(database: Database, claim: Claim | None, done: Done) -> Done:
    """What changed nothing is kept too: sent again after somebody else's write it must not undo
    that."""
    if claim is None:
        return done
    headers = done.outcome.headers | {"dataset-revision": str(done.revision)}
    async with database.operate() as connection:
        if (kept := await idempotency.claim(connection, claim)) is not None:
            return _replayed(kept)
        answer = Kept(done.outcome.status, headers, done.outcome.body)
        await idempotency.keep(connection, claim, answer)
    return done


async def _settled(connection: Connection, outcome: Outcome, revision: int, intent: Intent) -> int:
    """The newest revision when all is checked; one that nothing was written in is given back."""
    # A dry run must fail here too.
    seconds = max(intent.queue_seconds, limits.STATEMENT_SECONDS)
    await connection.execute("SET CONSTRAINTS ALL IMMEDIATE", timeout=seconds)
    if not intent.may_curate:
        await _check_disputes(connection, revision)
    if intent.max_affected is not None:
        await _check_affected(connection, revision, intent.max_affected)
    if outcome.is_recorded and not (outcome.has_changed or intent.dry_run):
        await return_revision(connection, revision)
        return revision - 1
    return revision


async def _check_disputes(connection: Connection, revision: int) -> None:
    """Raises ServiceError `forbidden`, whatever way a dispute was decided in the revision."""
    if decided := await disputes.decided_in(connection, revision):
        faults = [
            Fault(Code.FORBIDDEN, sentence("keys.dispute", kind=word(kind), id=fact_id))
            for kind, fact_id in decided
        ]
        detail = sentence("keys.scope_needed", scope=CURATE)
        raise ServiceError(Code.FORBIDDEN, detail, faults, scope=CURATE)


async def _check_affected(connection: Connection, revision: int, most: int) -> None:
    """Raises ServiceError `too_many_affected`."""
    touched = (await revisions.touched(connection, [revision])).get(revision, [])
    count = sum(one.created + one.updated + one.retired for one in touched)
    if count > most:
        raise ServiceError(
            Code.TOO_MANY_AFFECTED, sentence("affected.too_many", n=count, most=most)
        )


async def _next_revision(connection: Connection, intent: Intent) -> int:
    """Whoever has it holds up every other writer, and so waits for no lock longer than for that."""
    await wait_for_locks(connection, intent.queue_seconds)
    try:
        async with translated(is_write=True):
            asked = intent.actor, intent.comment, intent.queue_seconds
            return await begin_revision(connection, *asked)
    except ServiceError as error:
        raise (busy() if error.code == Code.LOCKED else error) from error
