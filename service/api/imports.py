"""`/v1/imports`: files of records, reports of their rows, and taking an import back."""

import asyncio
import hashlib
from collections.abc import Sequence
from functools import partial
from io import BytesIO
from itertools import islice
from typing import Annotated, Any, Literal

from litestar import Response
from msgspec import Meta

from service import limits
from service.api.http import bodies, writes
from service.api.http.access import caller
from service.api.http.languages import language
from service.api.http.negotiation import preferences
from service.api.http.operation import Reading
from service.api.http.paging import Listing, PagedLanguage, limited
from service.api.http.parameters import Language
from service.api.http.query_string import QueryString
from service.api.http.state import AnyRequest, database_of
from service.api.http.writes import WriteRequest
from service.api.import_shapes import (
    ImportList,
    ImportReport,
    ImportReverted,
    ImportRowList,
    ImportShown,
    import_report,
    import_reverted,
    import_shown,
)
from service.formats.datasets.edition import PARQUET
from service.formats.import_format.csv_kinds import SEEN_LINES, kinds_of
from service.formats.json_records import encode
from service.formats.text_files import ENCODINGS, Unreadable, opened
from service.model.errors import Code, Fault, ServiceError, refused
from service.query.registry import BY_KIND
from service.store.imports.jobs import Job, Order
from service.texts.sentences import sentence
from service.usecases.imports import requests
from service.usecases.imports.reports import RowTold, row_in_words
from service.usecases.imports.reversal import revert
from service.usecases.imports.unfolding import Unfolder
from service.usecases.transactions import Outcome, Writing

NDJSON, CSV, JSON = "application/x-ndjson", "text/csv", "application/json"
MEDIA_TYPES = NDJSON, CSV, JSON, PARQUET
KINDS = tuple(BY_KIND)
Rows = Literal["created", "updated", "unchanged", "failed"]


class _ImportParameters(writes.WriteParameters, frozen=True, kw_only=True):
    mode: Annotated[
        Literal["upsert", "create"],
        Meta(description="create: a record that stands already is a fault."),
    ] = "upsert"
    on_error: Annotated[
        Literal["abort", "skip"],
        Meta(description="skip: load the good rows of a file with faults."),
    ] = "abort"
    kind: Annotated[
        Literal[KINDS] | None,  # type: ignore[valid-type]
        Meta(description="What the file holds: needed where its columns fit several."),
    ] = None


ImportParameters = limited(_ImportParameters, limits.PAGE_DEFAULT, limits.PAGE_MAX)


class RowParameters(PagedLanguage, frozen=True, kw_only=True):
    """Which rows of an import are listed."""

    outcome: Annotated[Rows | None, Meta(description="Only rows of which this became.")] = None


async def create_import(request: AnyRequest) -> Response[ImportReport]:
    """Import a file.

    NDJSON of the import format, CSV or Parquet of one kind, or JSON as lists and records answer;
    one revision or nothing. Over a million bytes, or with Prefer: respond-async, it is a job: 202,
    and its Location tells how it goes.
    """
    media_type = bodies.media_type(request)
    if media_type == CSV and bodies.media_parameter(request, "header") == "absent":
        detail = sentence("files.header_absent")
        raise ServiceError(Code.UNSUPPORTED_MEDIA_TYPE, detail)
    write = await writes.read(
        request, MEDIA_TYPES, ImportParameters, partial(_check_kind, media_type=media_type)
    )
    text, kind = await _lines(request, write)
    order = Order(
        mode=write.parameters.mode,
        on_error=write.parameters.on_error,
        kind=kind,
        dry_run=write.dry_run,
        sha256=await asyncio.to_thread(lambda: hashlib.sha256(write.raw).digest()),
        actor=caller(request).actor,
        comment=write.comment,
        may_curate=caller(request).may_curate,
    )
    if max(len(write.raw), len(text)) > limits.IMPORT_AT_ONCE_BYTES or _is_async(request):
        if write.max_affected is not None:
            raise ServiceError(Code.INCOMPATIBLE_PARAMETERS, sentence("affected.no_job"))
        return await _accepted(request, write, order, text)
    intent = writes.intent_of(request, write)
    done = await requests.do(
        database_of(request), intent, order, text, write.parameters.limit, _report_for(request)
    )
    response = writes.respond(write, done.outcome, done.revision, is_replay=done.is_replay)
    return _named(request, response)


def _check_kind(_: Any, query: QueryString, *, media_type: str) -> None:
    """Records of JSON say their own kind."""
    if "kind" in query.given and media_type not in (CSV, PARQUET):
        query.note(Code.INCOMPATIBLE_PARAMETERS, "kind", sentence("imports.kind_per_line"))


async def _lines(request: AnyRequest, write: WriteRequest) -> tuple[bytes, str | None]:
    """The file as text, and the kind of its records where that is one."""
    kind: str | None = write.parameters.kind
    media_type, charset = bodies.media_type(request), bodies.charset(request)
    if media_type == PARQUET:
        unfolder: Unfolder = request.app.state.unfolder
        found = await unfolder.unfolded(write.raw)
        return found.text, kind or _only(found.kinds)
    if media_type == CSV and kind is None:
        kind = _only(await asyncio.to_thread(_kinds, write.raw, charset))
    return await asyncio.to_thread(_text, write.raw, charset), kind


def _only(kinds: Sequence[str]) -> str:
    """The kind that the columns fit. Raises ServiceError where that is none or several."""
    if len(kinds) == 1:
        return kinds[0]
    fitting = tuple(kinds) or KINDS
    detail = sentence("imports.kind", kinds=fitting)
    raise refused([Fault(Code.EMPTY_VALUE, detail, parameter="kind", allowed=fitting)])


def _kinds(raw: bytes, charset: str) -> list[str]:
    """What the columns fit; nothing where they cannot be read."""
    try:
        return kinds_of(list(islice(opened(BytesIO(raw), charset), SEEN_LINES)))
    except Unreadable:
        return []


def _text(raw: bytes, charset: str) -> bytes:
    """The file in UTF-8. Raises ServiceError where it is not of its charset."""
    if ENCODINGS[charset] == "utf-8":
        return raw
    try:
        return b"".join(opened(BytesIO(raw), charset))
    except Unreadable as error:
        detail = sentence("files.misdeclared")
        raise ServiceError(Code.IMPORT_ROW_FAILED, detail, error.faults) from None


async def _accepted(
    request: AnyRequest, write: WriteRequest, order: Order, text: bytes
) -> Response[Any]:
    done = await requests.accept(
        database_of(request), write.claim, order, text, _report_for(request)
    )
    response = writes.respond(write, done.outcome, done.revision, is_replay=done.is_replay)
    if _is_async(request):
        kept = response.headers.get("preference-applied")
        response.headers["preference-applied"] = ", ".join(
            [*([kept] if kept else []), "respond-async"]
        )
    return _named(request, response)


def _named(request: AnyRequest, response: Response[Any]) -> Response[Any]:
    """With the language of the report."""
    lang, is_by_header = language(request)
    response.headers["content-language"] = lang
    if is_by_header:
        response.headers["vary"] = "Accept-Language, Accept-Encoding"
    return response


async def list_imports(reading: Reading[PagedLanguage]) -> Listing[ImportList]:
    """List imports.

    The newest first.
    """
    window = reading.window
    before = window.after[0] if window.after else None
    jobs = await requests.page(database_of(reading.request), window.fetch, before)
    shown = jobs[: window.limit]
    page = ImportList(data=[import_shown(job, reading.lang) for job in shown], page=None)
    return Listing(page, [shown[-1].id] if len(jobs) > len(shown) else None)


async def get_import(reading: Reading[Language], import_id: str) -> ImportShown:
    """One import.

    What it did, or how far it is; who asked for it and why.
    """
    job = await requests.get(database_of(reading.request), import_id)
    return import_shown(job, reading.lang)


async def list_import_rows(
    reading: Reading[RowParameters], import_id: str
) -> Listing[ImportRowList]:
    """What became of each row.

    By line; kept for ninety days.
    """
    window = reading.window
    after = int(window.after[0] or 0) if window.after else 0
    rows = await requests.rows(
        database_of(reading.request), import_id, reading.parameters.outcome, after, window.fetch
    )
    shown = [row_in_words(row, reading.lang) for row in rows[: window.limit]]
    page = ImportRowList(data=shown, page=None)
    return Listing(page, [str(shown[-1].line)] if len(rows) > len(shown) else None)


async def revert_import(request: AnyRequest, import_id: str) -> Response[ImportReverted]:
    """Take an import back.

    The inverse as a new revision: what it made is retired, what it changed is as before.
    Refused where later revisions changed or use those records.
    """
    write = await writes.read(request)

    async def work(writing: Writing) -> Outcome:
        found = await revert(writing, import_id)
        shown = import_reverted(found, writing.revision, is_dry=writing.is_dry)
        return Outcome(200, encode(shown), {})

    return await writes.answer(request, write, work)


def _is_async(request: AnyRequest) -> bool:
    return "respond-async" in preferences(request.headers.getall("prefer", []))


def _report_for(request: AnyRequest) -> requests.Render:
    lang = language(request).lang

    def report(job: Job, rows: list[RowTold]) -> bytes:
        return encode(import_report(job, rows, lang))

    return report
