"""`/v1/imports`: files of records in, a report per row out, and the way back."""

import asyncio
import hashlib
import re
from dataclasses import replace
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from service import limits
from service.api.http import bodies, writes
from service.api.http.access import caller
from service.api.http.parameters import Parameter, Query
from service.api.http.state import database_of
from service.api.http.writes import Asked, WriteRequest
from service.api.import_shapes import (
    ImportList,
    ImportPage,
    ImportReport,
    ImportReverted,
    ImportRowList,
    ImportShown,
    import_report,
    import_reverted,
    import_shown,
)
from service.formats.json_records import encode
from service.model.errors import Code, Fault, refused
from service.query.registry import BY_KIND
from service.store.imports.jobs import Job, Order
from service.usecases.imports import requests
from service.usecases.imports.reports import RowTold
from service.usecases.imports.reversal import revert
from service.usecases.transactions import Intent, Outcome, Writing

NDJSON, CSV = "application/x-ndjson", "text/csv"
ONE = "/v1/imports/{import_id:str}"
MODES, ON_ERROR = ("upsert", "create"), ("abort", "skip")
OUTCOMES = ("created", "updated", "unchanged", "failed")
_ID = re.compile(r"imp_[0-9a-hjkmnp-tv-z]{26}\Z")
_LINE = re.compile(r"[0-9]{1,9}\Z")


def _words(name: str, doc: str, words: tuple[str, ...], default: str | None = None) -> Parameter:
    more = {} if default is None else {"default": default}
    return Parameter(name=name, doc=doc, schema={"type": "string", "enum": list(words), **more})


MODE = _words("mode", "create: a record that stands already is a fault.", MODES, "upsert")
ERRORS = _words("on_error", "skip: load the good rows of a file with faults.", ON_ERROR, "abort")
KIND = _words("kind", "What a CSV file holds.", tuple(BY_KIND))
OUTCOME = _words("outcome", "Only rows of which this became.", OUTCOMES)
LIMIT = Parameter(
    name="limit", doc="How many at a time.",
    schema={"type": "integer", "minimum": 1, "maximum": limits.PAGE_MAX,
            "default": limits.PAGE_DEFAULT},
)  # fmt: skip
CURSOR = Parameter(name="cursor", doc="`page.next_cursor` of the page before.")
CREATING = [MODE, ERRORS, KIND, LIMIT]


def _opt(parameters: list[Parameter], **more: Any) -> dict[str, Any]:
    return {"scope": "write", "parameters": parameters, **more}


@post("/v1/imports", operation_id="create_import", summary="Import a file", tags=["Imports"],
      status_code=200, request_max_body_size=limits.IMPORT_BYTES,
      opt=_opt([*writes.PARAMETERS, *CREATING], lines=[NDJSON, CSV],
               headers=["Idempotency-Key", "Prefer"]))  # fmt: skip
async def create_import(request: Asked) -> Response[ImportReport]:
    """NDJSON of the import format, or CSV of one kind; one revision or nothing. Over a million
    bytes, or with Prefer: respond-async, it is a job: 202, and its Location tells how it goes.
    """
    order, shown = _order(request)
    asked = await writes.read(request, (NDJSON, CSV), *CREATING)
    digest = await asyncio.to_thread(lambda: hashlib.sha256(asked.raw).digest())
    order = replace(order, comment=asked.comment, sha256=digest)
    if len(asked.raw) > limits.IMPORT_AT_ONCE_BYTES or _is_async(request):
        return await _accepted(request, asked, order)
    intent = Intent(order.actor, asked.comment, asked.dry_run, asked.claim)
    done = await requests.do(database_of(request), intent, order, asked.raw, shown, _report)
    return writes.respond(asked, done.outcome, done.revision, is_replay=done.is_replay)


async def _accepted(request: Asked, asked: WriteRequest, order: Order) -> Response[Any]:
    done = await requests.accept(database_of(request), asked.claim, order, asked.raw, _report)
    response = writes.respond(asked, done.outcome, done.revision, is_replay=done.is_replay)
    if _is_async(request):
        kept = response.headers.get("preference-applied")
        response.headers["preference-applied"] = ", ".join(
            [*([kept] if kept else []), "respond-async"]
        )
    return response


@get("/v1/imports", operation_id="list_imports", summary="List imports", tags=["Imports"],
     opt=_opt([LIMIT, CURSOR]))  # fmt: skip
async def list_imports(request: Asked) -> Response[ImportList]:
    """The newest first."""
    query = Query(request)
    limit = query.integer("limit", limits.PAGE_DEFAULT, 1, limits.PAGE_MAX)
    before = _cursor(query, _ID)
    query.finish(("limit", "cursor"))
    jobs = await requests.page(database_of(request), limit + 1, before)
    following = jobs[limit - 1].id if len(jobs) > limit else None
    page = ImportPage(limit=limit, next_cursor=following)
    return _answer(ImportList(data=[import_shown(job) for job in jobs[:limit]], page=page))


@get(ONE, operation_id="get_import", summary="One import", tags=["Imports"], opt=_opt([]))
async def get_import(request: Asked, import_id: FromPath[str]) -> Response[ImportShown]:
    """What it did, or how far it is; who asked for it and why."""
    Query(request).finish(())
    return _answer(import_shown(await requests.get(database_of(request), import_id)))


@get(f"{ONE}/rows", operation_id="list_import_rows", summary="What became of each row",
     tags=["Imports"], opt=_opt([OUTCOME, LIMIT, CURSOR]))  # fmt: skip
async def list_import_rows(request: Asked, import_id: FromPath[str]) -> Response[ImportRowList]:
    """By line; kept for ninety days."""
    query = Query(request)
    limit = query.integer("limit", limits.PAGE_DEFAULT, 1, limits.PAGE_MAX)
    outcome = query.choice("outcome", OUTCOMES, "") or None
    after = int(_cursor(query, _LINE) or 0)
    query.finish(("outcome", "limit", "cursor"))
    rows = await requests.rows(database_of(request), import_id, outcome, after, limit + 1)
    following = str(rows[limit - 1].line) if len(rows) > limit else None
    page = ImportPage(limit=limit, next_cursor=following)
    return _answer(ImportRowList(data=rows[:limit], page=page))


@post(f"{ONE}/revert", operation_id="revert_import", summary="Take an import back",
      tags=["Imports"], status_code=200,
      opt=_opt(writes.PARAMETERS, headers=["Idempotency-Key", "Prefer"])
      | {"scope": "curate"})  # fmt: skip
async def revert_import(request: Asked, import_id: FromPath[str]) -> Response[ImportReverted]:
    """The inverse as a new revision: what it made is retired, what it changed is as before.
    Refused where later revisions changed or use those records.
    """
    asked = await writes.read(request)

    async def work(writing: Writing) -> Outcome:
        found = await revert(writing, import_id)
        shown = import_reverted(found, writing.revision, is_dry=writing.is_dry)
        return Outcome(200, encode(shown), {})

    return await writes.answer(request, asked, work)


def _order(request: Asked) -> tuple[Order, int]:
    """What is asked, and how many rows are to be shown. Raises ServiceError with every fault."""
    query = Query(request)
    kind, is_csv = query.one("kind"), bodies.media_type(request) == CSV
    if kind is not None and not is_csv:
        query.fault(Code.INCOMPATIBLE_PARAMETERS, "kind", "Lines of NDJSON say their own kind.")
    elif kind is not None:
        query.choice("kind", BY_KIND, "")
    elif is_csv:
        query.fault(Code.EMPTY_VALUE, "kind", f"Say what the CSV holds: {', '.join(BY_KIND)}.")
    order = Order(
        mode=query.choice("mode", MODES, "upsert"),
        on_error=query.choice("on_error", ON_ERROR, "abort"),
        kind=kind,
        dry_run=query.choice("dry_run", ("true", "false"), "false") == "true",
        sha256=b"",
        actor=caller(request).actor,
        comment="",
    )
    shown = query.integer("limit", limits.PAGE_DEFAULT, 1, limits.PAGE_MAX)
    query.finish(p.name for p in (*writes.PARAMETERS, *CREATING))
    return order, shown


def _cursor(query: Query, form: re.Pattern[str]) -> str | None:
    cursor = query.one("cursor")
    if cursor is not None and not form.match(cursor):
        detail = "Take the cursor as it was given."
        raise refused([Fault(Code.CURSOR_INVALID, detail, parameter="cursor")])
    return cursor


def _is_async(request: Asked) -> bool:
    preferences = request.headers.get("prefer", "").split(",")
    return "respond-async" in {p.partition(";")[0].strip().lower() for p in preferences}


def _report(job: Job, rows: list[RowTold]) -> bytes:
    return encode(import_report(job, rows))


def _answer(shown: Any) -> Response[Any]:
    headers = {"cache-control": "private, no-store"}
    return Response(encode(shown), headers=headers, media_type="application/json")


HANDLERS = [create_import, list_imports, get_import, list_import_rows, revert_import]
