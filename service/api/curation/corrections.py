"""`/v1/corrections`: anyone may say what is wrong, and follow what comes of it."""

from dataclasses import replace
from typing import Annotated, Any, Literal

import msgspec
from litestar import Response
from msgspec import Meta, Struct

from service import limits
from service.api.http import bodies, writes
from service.api.http.access import caller
from service.api.http.operation import Reading
from service.api.http.paging import Listing, Paged, PageShown
from service.api.http.parameters import Nothing
from service.api.http.state import AnyRequest, database_of
from service.api.http.writes import DryRun, WriteRequest
from service.formats.json_records import encode, instant_text
from service.model.corrections import STATUSES, Correction, NewCorrection, NewDecision, Verdict
from service.model.errors import not_found
from service.query.registry import BY_NAME
from service.store.curation import corrections
from service.usecases.curation import corrections as correcting
from service.usecases.refusals import told_without_base
from service.usecases.transactions import Intent, Outcome, Writing, perform


class DecisionShown(Struct, kw_only=True):
    """What became of it; `revision` is the one that holds what was accepted."""

    decision: Verdict
    reason: str
    decided_at: str
    decided_by: str
    revision: int | None


class CorrectionShown(Struct, kw_only=True):
    """What somebody says is wrong with a record, or that one is missing, and what came of it.

    `record_id` is null of a proposed record that was not accepted. `has_proposed` tells a proposal
    to empty the field from none. `contact` is null for everyone but curators.
    """

    object: Literal["correction"] = "correction"
    id: str
    href: str
    status: Literal["open", "accepted", "rejected", "duplicate"]
    collection: str
    record_id: str | None
    field: str | None
    has_proposed: bool
    proposed: Any
    statement: str
    source_url: str | None
    contact: str | None
    received_at: str
    decision: DecisionShown | None
    links: dict[str, str]


class CorrectionList(Struct, kw_only=True):
    """Corrections, the newest first."""

    object: Literal["list"] = "list"
    data: list[CorrectionShown]
    page: PageShown | None


def shown(correction: Correction, *, to_curator: bool) -> CorrectionShown:
    """The correction with its trace; the contact only for curators."""
    proposed = correction.proposed
    return CorrectionShown(
        id=correction.id,
        href=f"/v1/corrections/{correction.id}",
        status=correction.status,  # type: ignore[arg-type]
        collection=correction.collection,
        record_id=correction.record_id,
        field=correction.field,
        has_proposed=proposed is not None,
        proposed=None if proposed is None else msgspec.Raw(proposed.encode()),
        statement=correction.statement,
        source_url=correction.source_url,
        contact=correction.contact if to_curator else None,
        received_at=instant_text(correction.received_at),
        decision=_decision(correction),
        links=_links(correction),
    )


def _decision(correction: Correction) -> DecisionShown | None:
    if correction.decided_at is None:
        return None
    return DecisionShown(
        decision=correction.status,  # type: ignore[arg-type]
        reason=correction.reason or "",
        decided_at=instant_text(correction.decided_at),
        decided_by=correction.decided_by or "",
        revision=correction.revision,
    )


def _links(correction: Correction) -> dict[str, str]:
    links = {}
    if correction.record_id is not None:
        record = f"/v1/{correction.collection}/{correction.record_id}"
        links = {"record": record, "history": f"{record}/history"}
    if correction.revision is not None:
        links["revision"] = f"/v1/revisions/{correction.revision}"
    return links


REPORT_COST = 5
COLLECTION_NAMES = tuple(BY_NAME)


class DryRunParameters(Struct, frozen=True, kw_only=True):
    """What a report and a decision take: the statement is their comment."""

    dry_run: DryRun = False


class CorrectionParameters(Paged, frozen=True, kw_only=True):
    """Which corrections are listed."""

    status: Annotated[
        Literal[STATUSES] | None,  # type: ignore[valid-type]
        Meta(description="Only these."),
    ] = None
    collection: Annotated[
        Literal[COLLECTION_NAMES] | None,  # type: ignore[valid-type]
        Meta(description="About records of this collection."),
    ] = None
    record_id: Annotated[str | None, Meta(description="About this record.", examples=["kimi"])] = (
        None
    )


async def create_correction(request: AnyRequest) -> Response[CorrectionShown]:
    """Say what is wrong.

    Everyone who may read may report; it costs 5. Nothing changes until somebody decides."""
    write = await writes.read(request, (bodies.JSON,), DryRunParameters, shape=NewCorrection)
    values, faults = bodies.decoded(write.body, NewCorrection)
    noted, broken = write.noting(faults).faults, write.body.members.keys() - values.keys()
    sender = correcting.sender_of(caller(request), database_of(request).cursor_key)

    async def work(writing: Writing) -> Outcome:
        received = await correcting.receive(writing.connection, values, sender, noted, broken)
        made = shown(received, to_curator=_is_curator(request))
        return Outcome(201, encode(made), {"location": made.href})

    intent = _intent(request, write, "")
    doing = perform(database_of(request), intent, work, takes_revision=False)
    done = await told_without_base(doing, lambda: noted)
    return writes.respond(write, done.outcome, done.revision, is_replay=done.is_replay)


async def decide_correction(request: AnyRequest, correction_id: str) -> Response[CorrectionShown]:
    """Decide a correction.

    Once and for good; with `apply` the proposed value is written in the same revision."""
    actor, database = caller(request).actor, database_of(request)
    write = await writes.read(request, (bodies.JSON,), DryRunParameters, shape=NewDecision)
    newest = await told_without_base(
        database.revision(), lambda: bodies.decoded(write.body, NewDecision)[1]
    )
    sent = write.body.members.keys()
    given = bodies.shaped(
        write.body,
        NewDecision,
        lambda given: correcting.decision_faults(given, sent - given.keys(), newest),
    )
    intent = _intent(request, write, f"{correction_id}: {given.reason}")

    async def applied(writing: Writing) -> Outcome:
        return _outcome(await correcting.apply(writing, correction_id, given, actor))

    async def decided(writing: Writing) -> Outcome:
        made = await correcting.decide(
            writing.connection, correction_id, given, actor, writing.revision
        )
        return _outcome(made)

    work = applied if given.apply else decided
    done = await perform(database, intent, work, takes_revision=given.apply)
    return writes.respond(write, done.outcome, done.revision, is_replay=done.is_replay)


async def list_corrections(reading: Reading[CorrectionParameters]) -> Listing[CorrectionList]:
    """List corrections.

    What was reported and what came of it, the newest first.
    """
    parameters, window = reading.parameters, reading.window
    before = window.after[0] if window.after else None
    rows = await corrections.page(
        reading.snapshot.connection,
        window.fetch,
        before,
        status=parameters.status,
        collection=parameters.collection,
        record_id=parameters.record_id,
    )
    shown_rows = rows[: window.limit]
    page = CorrectionList(
        data=[shown(row, to_curator=_is_curator(reading.request)) for row in shown_rows], page=None
    )
    return Listing(page, [shown_rows[-1].id] if len(rows) > len(shown_rows) else None)


async def get_correction(reading: Reading[Nothing], correction_id: str) -> CorrectionShown:
    """One correction.

    When it was received, what was decided and why, and which revision it led to.
    """
    correction = await corrections.get(reading.snapshot.connection, correction_id)
    if correction is None:
        raise not_found("correction", correction_id)
    return shown(correction, to_curator=_is_curator(reading.request))


def _outcome(correction: Correction) -> Outcome:
    return Outcome(200, encode(shown(correction, to_curator=True)), {})


def _intent(request: AnyRequest, write: WriteRequest, comment: str) -> Intent:
    comment = comment[: limits.COMMENT_CHARACTERS]
    return replace(writes.intent_of(request, write), comment=comment)


def _is_curator(request: AnyRequest) -> bool:
    return caller(request).may_curate
