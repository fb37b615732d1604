"""What every write shares: its headers, its comment, dry runs, and how it is answered."""

import asyncio
import hashlib
import re
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from litestar import Response, route
from litestar.handlers import HTTPRouteHandler
from msgspec import Meta, Struct, structs

from service import limits
from service.api.http import bodies
from service.api.http.access import caller
from service.api.http.bodies import NO_BODY, Body
from service.api.http.negotiation import preferences, unquoted
from service.api.http.parameters import Checks, Nothing, Parameters, parameters_of, told
from service.api.http.state import AnyRequest
from service.api.http.versions import Deprecation, with_deprecations
from service.formats.text_files import ENCODINGS
from service.model.errors import Code, Fault, ServiceError, unprocessable
from service.query.types.characters import HIDDEN, clean, is_clean
from service.store.database import Database
from service.store.idempotency import Claim
from service.texts.sentences import sentence
from service.usecases.refusals import Form, told_together, told_without_base
from service.usecases.transactions import Intent, Outcome, Work, perform

DryRun = Annotated[
    bool, Meta(description="true: the same checks and the same answer, and nothing is stored.")
]


class WriteParameters(Struct, frozen=True, kw_only=True):
    """What every write of the base takes."""

    dry_run: DryRun = False
    comment: Annotated[
        str | None,
        Meta(
            description="Why; kept with the revision. Also a field of the body.",
            extra_json_schema={"maxLength": limits.COMMENT_CHARACTERS},
        ),
    ] = None


TAKEN = ("Idempotency-Key", "Prefer")
JSON_ENDS = ("/json", "+json")
_COUNT = re.compile(r"\d{1,9}\Z", re.ASCII)
_KEY = re.compile(rf"[\x21-\x7e]{{1,{limits.IDEMPOTENCY_KEY_CHARACTERS}}}\Z")


@dataclass(frozen=True)
class WriteRequest:
    """A write as asked: the body as sent, and what headers and query string say about it.

    `body` is empty where it is no JSON. `faults`: what is wrong with it so far; they are told
    together with those that the work finds.
    """

    raw: bytes = b""
    body: Body = NO_BODY
    parameters: Any = None
    dry_run: bool = False
    comment: str = ""
    is_minimal: bool = False
    max_affected: int | None = None
    claim: Claim | None = None
    faults: tuple[Fault, ...] = ()

    def noting(self, faults: Iterable[Fault]) -> "WriteRequest":
        return replace(self, faults=(*self.faults, *faults))


async def read(
    request: AnyRequest,
    media_types: tuple[str, ...] = (),
    parameters: type[Struct] = WriteParameters,
    check: Checks | None = None,
    shape: type[Struct] | None = None,
) -> WriteRequest:
    """Read a write; no media types: it has no body. One takes a comment whose parameters do.
    `shape` is what its JSON is to be, where that is one and the same; what may be no JSON at all
    is a file.

    Raises ServiceError with every fault of the query string, and for a body that is none.
    """
    given: Any = parameters_of(request, parameters, check)
    takes_comment = issubclass(parameters, WriteParameters)
    is_json = bool(media_types) and all(m.endswith(JSON_ENDS) for m in media_types)
    raw = await bodies.content(
        request,
        media_types,
        limits.BODY_BYTES if is_json else None,
        bodies.CHARSETS if is_json else tuple(ENCODINGS),
    )
    write = WriteRequest(
        raw=raw,
        body=bodies.parsed(raw, shape) if is_json else NO_BODY,
        parameters=given,
        dry_run=given.dry_run,
        comment=(given.comment or "") if takes_comment else "",
        is_minimal=preferences(request.headers.getall("prefer", [])).get("return") == "minimal",
        max_affected=_max_affected(request),
        claim=await asyncio.to_thread(claim, request, raw),
    )
    write = write.noting(write.body.faults)
    return _commented(write, is_json=is_json) if takes_comment else write


def _commented(write: WriteRequest, *, is_json: bool) -> WriteRequest:
    """With the comment that the body or the query string gives; without a body it is raised at
    once what is wrong with it.
    """
    write.body.members.pop("comment", None)
    given = write.body.values.pop("comment", None)
    if given is not None and write.comment and (unread := _comment_fault(write.comment)):
        write = write.noting([structs.replace(unread, parameter="comment")])
    comment = write.comment if given is None else given
    wrong = _comment_fault(comment)
    if wrong is None:
        return replace(write, comment=clean(comment, HIDDEN))
    is_there = is_json and (given is not None or not write.comment)
    place = {"pointer": "/comment"} if is_there else {"parameter": "comment"}
    fault = structs.replace(wrong, **place)
    if not is_json:
        raise unprocessable([fault])
    return replace(write, comment="").noting([fault])


def _comment_fault(comment: Any) -> Fault | None:
    if not isinstance(comment, str) or not comment.strip():
        return Fault(Code.COMMENT_REQUIRED, sentence("requests.comment"))
    if len(comment) > limits.COMMENT_CHARACTERS or not is_clean(comment, HIDDEN):
        detail = sentence("requests.comment_form", most=limits.COMMENT_CHARACTERS)
        return Fault(Code.INVALID_VALUE, detail)
    return None


def _max_affected(request: AnyRequest) -> int | None:
    """How many records may change. Raises ServiceError `invalid_value`: what is not understood
    would not hold anything back.
    """
    text = preferences(request.headers.getall("prefer", [])).get("max-affected")
    if text is None:
        return None
    if not _COUNT.match(text):
        raise ServiceError(Code.INVALID_VALUE, sentence("affected.no_number", value=text[:40]))
    return int(text)


def claim(request: AnyRequest, raw: bytes) -> Claim | None:
    """The request's Idempotency-Key, if it has one; with quotes around it, it is the same.

    Raises ServiceError `invalid_value`, also for two of them.
    """
    given = request.headers.getall("idempotency-key", [])
    if not given:
        return None
    sent = ", ".join(given).strip(" \t")
    if not _KEY.match(sent):
        detail = sentence("requests.idempotency_key", most=limits.IDEMPOTENCY_KEY_CHARACTERS)
        raise ServiceError(Code.INVALID_VALUE, detail)
    key = unquoted(sent) or sent
    question = b"\n".join([request.scope["query_string"], raw])
    route = f"{request.method} {request.url.path}"
    return Claim(caller(request).counted_as, route, key, hashlib.sha256(question).digest())


async def answer(
    request: AnyRequest, write: WriteRequest, work: Work, form: Form = tuple
) -> Response[Any]:
    """Do the work as one revision and answer as its headers ask. `form` says what is wrong with
    the body's values as far as that can be told without the base.

    Raises ServiceError with the faults of the body together with those that the work finds.
    """
    intent = intent_of(request, write)
    database: Database = request.app.state.database
    done = perform(database, intent, told_together(work, write.faults))
    made = await told_without_base(done, lambda: (*write.faults, *form()))
    return respond(write, made.outcome, made.revision, is_replay=made.is_replay)


def intent_of(request: AnyRequest, write: WriteRequest) -> Intent:
    """Who writes, why, and how far it may go."""
    who = caller(request)
    intent = Intent(who.actor, write.comment, write.dry_run, write.claim)
    return replace(intent, max_affected=write.max_affected, may_curate=who.may_curate)


def respond(
    write: WriteRequest, outcome: Outcome, revision: int, *, is_replay: bool = False
) -> Response[Any]:
    """The answer of a write; a dry run says so and names the revision that still is."""
    headers = {"cache-control": "private, no-store", **outcome.headers}
    headers["dataset-revision"] = str(revision)
    if write.dry_run:
        headers["dry-run"] = "true"
    if is_replay:
        headers["idempotent-replayed"] = "true"
    status, body = outcome.status, outcome.body
    applied = [] if write.max_affected is None else [f"max-affected={write.max_affected}"]
    if write.is_minimal and outcome.body:
        applied.append("return=minimal")
        status, body = (status if status in (201, 202) else 204), b""
    if applied:
        headers["preference-applied"] = ", ".join(applied)
    return Response(body, status_code=status, headers=headers, media_type="application/json")


@dataclass(frozen=True, kw_only=True)
class Write:
    """One operation that changes something, as the contract and the gate know it.

    `body` is the shape of its JSON, `lines` the media types of a body that is a file; `takes` are
    the request headers that it reads; `is_conditional`: it obeys If-Match.
    """

    id: str
    method: str
    path: str
    tag: str
    handler: Callable[..., Awaitable[Any]]
    parameters: Parameters[Any]
    answer_type: Any
    scope: str = "write"
    cost: int = 1
    status: int = 200
    body: Any = None
    media_types: tuple[str, ...] = ("application/json",)
    lines: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    summary: str = ""
    description: str = ""
    body_bytes: int | None = None
    deprecated: Deprecation | None = None


def write(
    method: str,
    path: str,
    handler: Callable[..., Awaitable[Any]],
    tag: str,
    parameters: type[Struct] = Nothing,
    **more: Any,
) -> Write:
    """An operation from its handler, as `endpoint.read` makes it of a read."""
    summary, description = told(handler)
    hint = get_type_hints(handler).get("return")
    return Write(
        id=handler.__name__,
        method=method,
        path=path,
        tag=tag,
        handler=handler,
        parameters=Parameters(parameters),
        answer_type=get_args(hint)[0] if get_origin(hint) is Response else hint,
        **{"summary": summary, "description": description, **more},
    )


def write_route(operation: Write) -> HTTPRouteHandler:
    """The operation as the framework wants it."""

    async def answer(request: AnyRequest) -> Any:
        answered = await operation.handler(request, **request.path_params)
        if not isinstance(answered, Response):
            return answered
        used = operation.deprecated, *operation.parameters.deprecated(request)
        return with_deprecations(answered, *used)

    answer.__annotations__["return"] = None if operation.status == 204 else Response[Any]
    answer.__name__ = answer.__qualname__ = operation.id
    more = {} if operation.body_bytes is None else {"request_max_body_size": operation.body_bytes}
    return route(
        operation.path,
        http_method=[operation.method],  # type: ignore[list-item]
        status_code=operation.status,
        operation_id=operation.id,
        opt={"operation": operation, "scope": operation.scope, "cost": operation.cost},
        **more,  # type: ignore[arg-type]
    )(answer)
