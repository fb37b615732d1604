"""`/v1/corrections`: anyone may say what is wrong, and follow what comes of it."""

import hashlib
import re
from typing import Any, Literal
from urllib.parse import urlencode

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from msgspec import Struct

from service import limits
from service.api.catalogue.record_schemas import PageShown
from service.api.http import bodies, writes
from service.api.http.access import caller
from service.api.http.conditional import Content, respond
from service.api.http.languages import language
from service.api.http.parameters import Parameter, Query
from service.api.http.state import database_of
from service.api.http.writes import Asked, WriteRequest
from service.formats.json_records import encode, instant_text
from service.model.corrections import STATUSES, Correction, NewCorrection, NewDecision, Verdict
from service.model.errors import Code, not_found
from service.model.keys import allows
from service.query.registry import BY_NAME
from service.store.curation import corrections
from service.usecases.curation import corrections as correcting
from service.usecases.transactions import Intent, Outcome, Writing, perform


class DecisionShown(Struct, kw_only=True):
    """What became of it; `revision` is the one that holds what was accepted."""

    decision: Verdict
    reason: str
    decided_at: str
    decided_by: str
    revision: int | None


class CorrectionShown(Struct, kw_only=True):
    """What somebody says is wrong with a record, and what came of it.

    `has_proposed` tells a proposal to empty the field from none. `contact` is null for everyone
    but curators.
    """

    object: Literal["correction"] = "correction"
    id: str
    href: str
    status: Literal["open", "accepted", "rejected", "duplicate"]
    collection: str
    record_id: str
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
    page: PageShown


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
        proposed=None if proposed is None else msgspec.json.decode(proposed),
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
    record = f"/v1/{correction.collection}/{correction.record_id}"
    links = {"record": record, "history": f"{record}/history"}
    if correction.revision is not None:
        links["revision"] = f"/v1/revisions/{correction.revision}"
    return links


ONE = "/v1/corrections/{correction_id:str}"
REPORT_COST = 5
_CURSOR = re.compile(r"cor_[0-9a-z]{26}\Z")
LISTED = [
    Parameter(name="status", doc="Only these.", schema={"type": "string", "enum": list(STATUSES)}),
    Parameter(name="collection", doc="About records of this collection.",
              schema={"type": "string", "enum": list(BY_NAME)}),
    Parameter(name="record_id", doc="About this record.", example="kimi"),
    Parameter(name="limit", doc="Corrections a page.",
              schema={"type": "integer", "minimum": 1, "maximum": limits.PAGE_MAX,
                      "default": limits.PAGE_DEFAULT}),
    Parameter(name="cursor", doc="`page.next_cursor` of the page before."),
]  # fmt: skip
HEADERS = ["Idempotency-Key", "Prefer"]


@post("/v1/corrections", operation_id="create_correction", summary="Say what is wrong",
      tags=["Curation"], status_code=201,
      opt={"scope": "read", "cost": REPORT_COST, "parameters": [writes.DRY_RUN],
           "body": NewCorrection, "headers": HEADERS, "conflicts": True})  # fmt: skip
async def create_correction(request: Asked) -> Response[CorrectionShown]:
    """Everyone who may read may report; it costs 5. Nothing changes until somebody decides."""
    asked = await writes.read(request, (bodies.JSON,), takes_comment=False)
    values, faults = bodies.decoded(asked.body, NewCorrection)
    noted, broken = asked.noting(faults).faults, asked.body.members.keys() - values.keys()

    async def work(writing: Writing) -> Outcome:
        received = await correcting.receive(writing.connection, values, noted, broken)
        made = shown(received, to_curator=_is_curator(request))
        return Outcome(201, encode(made), {"location": made.href})

    intent = _intent(request, asked, "")
    done = await perform(database_of(request), intent, work, takes_revision=False)
    return writes.respond(asked, done.outcome, done.revision, is_replay=done.is_replay)


@post(f"{ONE}/decision", operation_id="decide_correction", summary="Decide a correction",
      tags=["Curation"], status_code=200,
      opt={"scope": "curate", "parameters": [writes.DRY_RUN], "body": NewDecision,
           "headers": HEADERS, "conflicts": True})  # fmt: skip
async def decide_correction(
    request: Asked, correction_id: FromPath[str]
) -> Response[CorrectionShown]:
    """Once and for good; with `apply` the proposed value is written in the same revision."""
    actor, database = caller(request).actor, database_of(request)
    asked = await writes.read(request, (bodies.JSON,), takes_comment=False)
    newest = await database.revision()
    sent = asked.body.members.keys()
    given = bodies.shaped(
        asked.body,
        NewDecision,
        lambda given: correcting.decision_faults(given, sent - given.keys(), newest),
    )
    intent = _intent(request, asked, f"{correction_id}: {given.reason}")

    async def applied(writing: Writing) -> Outcome:
        return _outcome(await correcting.apply(writing, correction_id, given, actor))

    async def decided(writing: Writing) -> Outcome:
        made = await correcting.decide(
            writing.connection, correction_id, given, actor, writing.revision
        )
        return _outcome(made)

    work = applied if given.apply else decided
    done = await perform(database, intent, work, takes_revision=given.apply)
    return writes.respond(asked, done.outcome, done.revision, is_replay=done.is_replay)


@get("/v1/corrections", operation_id="list_corrections", summary="List corrections",
     tags=["Curation"], opt={"parameters": LISTED})  # fmt: skip
async def list_corrections(request: Asked) -> Response[CorrectionList]:
    """What was reported and what came of it, the newest first."""
    query = Query(request)
    limit = query.integer("limit", limits.PAGE_DEFAULT, 1, limits.PAGE_MAX)
    before = query.one("cursor")
    if before is not None and not _CURSOR.match(before):
        query.fault(Code.CURSOR_INVALID, "cursor", "The cursor was not given by this service.")
    wanted = {
        "status": query.choice("status", STATUSES, "") or None,
        "collection": query.choice("collection", BY_NAME, "") or None,
        "record_id": query.one("record_id"),
    }
    query.finish(p.name for p in LISTED)
    async with database_of(request).read() as snapshot:
        rows = await corrections.page(snapshot.connection, limit + 1, before, **wanted)
        following = rows[limit - 1].id if len(rows) > limit else None
        asked = {k: v for k, v in wanted.items() if v} | {"limit": limit, "cursor": following}
        page = PageShown(limit, following, f"{request.url.path}?{urlencode(asked)}")
        found = CorrectionList(
            data=[shown(row, to_curator=_is_curator(request)) for row in rows[:limit]],
            page=page if following else PageShown(limit, None, None),
        )
        return await _answer(request, found, snapshot.revision)


@get(ONE, operation_id="get_correction", summary="One correction", tags=["Curation"],
     opt={"parameters": []})  # fmt: skip
async def get_correction(request: Asked, correction_id: FromPath[str]) -> Response[CorrectionShown]:
    """When it was received, what was decided and why, and which revision it led to."""
    Query(request).finish(())
    async with database_of(request).read() as snapshot:
        found = await corrections.get(snapshot.connection, correction_id)
        if found is None:
            raise not_found("correction", correction_id)
        made = shown(found, to_curator=_is_curator(request))
        return await _answer(request, made, snapshot.revision)


async def _answer(request: Asked, made: Struct, revision: int) -> Response[Any]:
    """Corrections come and are decided between revisions, so the body itself is the validator."""
    body = encode(made)

    async def content() -> Content:
        return Content(body, {})

    return await respond(
        request, revision=revision, question=hashlib.sha256(body).hexdigest(),
        lang=language(request)[0], is_pinned=False, content=content,
        fresh="private, no-cache" if _is_curator(request) else "public, no-cache",
    )  # fmt: skip


def _outcome(correction: Correction) -> Outcome:
    return Outcome(200, encode(shown(correction, to_curator=True)), {})


def _intent(request: Asked, asked: WriteRequest, comment: str) -> Intent:
    comment = comment[: limits.COMMENT_CHARACTERS]
    return Intent(caller(request).actor, comment, asked.dry_run, asked.claim)


def _is_curator(request: Asked) -> bool:
    return allows(caller(request).scopes, "curate")


HANDLERS = [create_correction, decide_correction, list_corrections, get_correction]
