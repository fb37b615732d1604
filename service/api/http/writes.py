"""What every write shares: its headers, its comment, dry runs, and how it is answered."""

import asyncio
import hashlib
import re
from dataclasses import dataclass
from typing import Any

from litestar import Request, Response

from service import limits
from service.api.http import bodies
from service.api.http.access import caller
from service.api.http.parameters import Parameter, Query
from service.model.errors import Code, Fault, ServiceError
from service.query.types.words import CONTROL, HIDDEN
from service.store.database import Database
from service.store.idempotency import Claim
from service.usecases.transactions import Intent, Outcome, Work, perform

Asked = Request[Any, Any, Any]
DRY_RUN = Parameter(
    name="dry_run", doc="true: the same checks and the same answer, and nothing is stored.",
    schema={"type": "boolean", "default": False},
)  # fmt: skip
COMMENT = Parameter(name="comment", doc="Why; kept with the revision. Also a field of the body.")
PARAMETERS = [DRY_RUN, COMMENT]
REQUEST_HEADERS = {
    "Idempotency-Key": "A name for this request: sent again within a day it has one effect.",
    "Prefer": "return=minimal: no body in the answer (RFC 7240).",
    "If-Match": "The ETag of the record as you read it; refused when it has changed since.",
    "If-None-Match": "*: only if there is no such record yet.",
}
JSON_ENDS = ("/json", "+json")
_KEY = re.compile(rf"[\x21-\x7e]{{1,{limits.IDEMPOTENCY_KEY_CHARACTERS}}}\Z")


@dataclass(frozen=True)
class WriteRequest:
    """A write as asked: the body as read, and what headers and query string say about it."""

    body: Any
    dry_run: bool
    comment: str
    is_minimal: bool
    claim: Claim | None


async def read(
    request: Asked, media_types: tuple[str, ...] = (), *more: Parameter, needs_comment: bool = True
) -> WriteRequest:
    """Read a write; no media types: it has no body. `more` are parameters the handler reads.

    The body is plain values, or the raw bytes where none of the media types is JSON. Raises
    ServiceError with every fault of the query string, then those of the body.
    """
    query = Query(request)
    dry_run = query.choice("dry_run", ("true", "false"), "false") == "true"
    comment = query.one("comment")
    query.finish(p.name for p in (*PARAMETERS, *more))
    raw = await _raw(request, media_types)
    body = _decoded(raw) if any(m.endswith(JSON_ENDS) for m in media_types) else raw
    if isinstance(body, dict):
        given = body.pop("comment", comment)
        comment = given if given is not None else comment
    return WriteRequest(
        body=body,
        dry_run=dry_run,
        comment=_comment(comment, is_needed=needs_comment),
        is_minimal="return=minimal" in request.headers.get("prefer", "").replace(" ", ""),
        claim=await asyncio.to_thread(claim, request, raw),
    )


def _comment(comment: Any, *, is_needed: bool) -> str:
    if comment is None and not is_needed:
        return ""
    if not isinstance(comment, str) or not comment.strip():
        detail = "Say why: comment in the body, or ?comment=."
        fault = Fault(Code.COMMENT_REQUIRED, detail, pointer="/comment")
        raise ServiceError(Code.COMMENT_REQUIRED, detail, [fault])
    is_hidden = CONTROL.search(comment) or HIDDEN.search(comment)
    if len(comment) > limits.COMMENT_CHARACTERS or is_hidden:
        detail = f"Printable, at most {limits.COMMENT_CHARACTERS} characters."
        fault = Fault(Code.INVALID_VALUE, detail, pointer="/comment")
        raise ServiceError(Code.VALIDATION_FAILED, detail, [fault])
    return comment


def media_type(request: Asked) -> str:
    """What the body says it is."""
    given: str = request.headers.get("content-type", "")
    return given.partition(";")[0].strip().lower()


async def _raw(request: Asked, media_types: tuple[str, ...]) -> bytes:
    if media_types and media_type(request) not in media_types:
        raise ServiceError(Code.UNSUPPORTED_MEDIA_TYPE, f"Send {' or '.join(media_types)}.")
    bodies.refuse_coded(request)
    return await request.body()


def _decoded(raw: bytes) -> dict[str, Any]:
    """Raises ServiceError `payload_too_large`, `invalid_json`, `validation_failed`."""
    if len(raw) > limits.BODY_BYTES:
        raise ServiceError(Code.PAYLOAD_TOO_LARGE, f"More than {limits.BODY_BYTES} bytes.")
    body = bodies.decoded(raw)
    if not isinstance(body, dict):
        fault = Fault(Code.VALIDATION_FAILED, "The body is no JSON object.", pointer="")
        raise ServiceError(Code.VALIDATION_FAILED, fault.detail, [fault])
    return body


def claim(request: Asked, raw: bytes) -> Claim | None:
    """The request's Idempotency-Key, if it has one. Raises ServiceError `invalid_value`."""
    key = request.headers.get("idempotency-key")
    if key is None:
        return None
    key = key.strip().strip('"')
    if not _KEY.match(key):
        detail = f"Idempotency-Key: 1 to {limits.IDEMPOTENCY_KEY_CHARACTERS} visible characters."
        raise ServiceError(Code.INVALID_VALUE, detail)
    asked = b"\n".join([request.scope["query_string"], raw])
    route = f"{request.method} {request.url.path}"
    return Claim(caller(request).counted_as, route, key, hashlib.sha256(asked).digest())


async def answer(request: Asked, asked: WriteRequest, work: Work) -> Response[Any]:
    """Do the work as one revision and answer as its headers ask."""
    intent = Intent(caller(request).actor, asked.comment, asked.dry_run, asked.claim)
    database: Database = request.app.state.database
    done = await perform(database, intent, work)
    return respond(asked, done.outcome, done.revision, is_replay=done.is_replay)


def respond(
    asked: WriteRequest, outcome: Outcome, revision: int, *, is_replay: bool = False
) -> Response[Any]:
    """The answer of a write; a dry run says so and names the revision that still is."""
    headers = {"cache-control": "private, no-store", **outcome.headers}
    headers["dataset-revision"] = str(revision)
    if asked.dry_run:
        headers["dry-run"] = "true"
    if is_replay:
        headers["idempotent-replayed"] = "true"
    status, body = outcome.status, outcome.body
    if asked.is_minimal and outcome.body:
        headers["preference-applied"] = "return=minimal"
        status, body = (status if status in (201, 202) else 204), b""
    return Response(body, status_code=status, headers=headers, media_type="application/json")
