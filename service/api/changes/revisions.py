"""`/v1/revisions`: the audit trail, one entry a write."""

import re
from typing import Any, Literal
from urllib.parse import urlencode

from litestar import Request, Response, get
from litestar.params import FromPath
from msgspec import Struct

from service import limits
from service.api.catalogue.record_schemas import PageShown
from service.api.http.conditional import Content, respond
from service.api.http.languages import language
from service.api.http.parameters import Parameter, Query
from service.formats.json_records import encode, instant_text
from service.model.errors import Code, not_found
from service.store.changes import revisions
from service.store.changes.revisions import Revision, Touched
from service.store.database import Database, Snapshot

FAR = 10**18
_NUMBER = re.compile(r"[1-9][0-9]{0,17}\Z")
LISTED = [
    Parameter(name="actor", doc="Who wrote: the whole name as shown, or the id of the key."),
    Parameter(name="since", example="rev:1",
              doc="What came after: `rev:N`, a day (its end, UTC) or an instant with a zone."),
    Parameter(name="until", example="rev:2",
              doc="What came up to: `rev:N`, a day (its end, UTC) or an instant with a zone."),
    Parameter(name="limit", doc="Revisions a page.",
              schema={"type": "integer", "minimum": 1, "maximum": limits.PAGE_MAX,
                      "default": limits.PAGE_DEFAULT}),
    Parameter(name="cursor", doc="`page.next_cursor` of the page before."),
]  # fmt: skip


class TouchedShown(Struct):
    """How many records of a collection it created, updated and retired; `href` shows which."""

    collection: str
    created_count: int
    updated_count: int
    retired_count: int
    href: str


class RevisionShown(Struct, kw_only=True):
    """One write: when, by whom, why, and what it touched. `as_of` reads the base as it then was."""

    object: Literal["revision"] = "revision"
    id: int
    href: str
    recorded_at: str
    actor: str | None
    comment: str | None
    touched: list[TouchedShown]
    as_of: str
    links: dict[str, str]


class RevisionList(Struct, kw_only=True):
    """Revisions, the newest first."""

    object: Literal["list"] = "list"
    data: list[RevisionShown]
    page: PageShown
    meta: dict[str, int]


@get("/v1/revisions", operation_id="list_revisions", summary="Who changed what, and why",
     tags=["History"], opt={"parameters": LISTED})  # fmt: skip
async def list_revisions(request: Request[Any, Any, Any]) -> Response[RevisionList]:
    """Every write that the base has taken, the newest first."""
    query = Query(request)
    limit = query.integer("limit", limits.PAGE_DEFAULT, 1, limits.PAGE_MAX)
    cursor = query.one("cursor")
    if cursor is not None and not _NUMBER.match(cursor):
        query.fault(Code.CURSOR_INVALID, "cursor", "The cursor was not given by this service.")
    given = {name: query.one(name) for name in ("actor", "since", "until")}
    query.finish(p.name for p in LISTED)
    database: Database = request.app.state.database
    async with database.read() as snapshot:
        where = {
            "actor": given["actor"],
            "after": await _revision(snapshot, given["since"], "since", 0),
            "until": await _revision(snapshot, given["until"], "until", FAR),
        }

        async def content() -> Content:
            before = int(cursor or FAR)
            rows = await revisions.page(
                snapshot.connection, snapshot.revision, before, limit + 1, where
            )
            asked = {k: v for k, v in given.items() if v} | {"limit": str(limit)}
            return Content(encode(await _page(snapshot, rows, limit, asked)), {})

        return await respond(
            request, revision=snapshot.revision, question=[limit, cursor, sorted(where.items())],
            lang=language(request)[0], is_pinned=False, content=content,
        )  # fmt: skip


async def _revision(snapshot: Snapshot, text: str | None, name: str, default: int) -> int:
    """Raises ServiceError `invalid_value`, `revision_unknown`."""
    return default if text is None else await revisions.named(snapshot, text, name)


async def _page(
    snapshot: Snapshot, rows: list[Revision], limit: int, asked: dict[str, str]
) -> RevisionList:
    shown = rows[:limit]
    touched = await revisions.touched(snapshot.connection, [row.id for row in shown])
    following = str(shown[-1].id) if len(rows) > limit else None
    address = f"/v1/revisions?{urlencode(asked | {'cursor': following or ''})}"
    return RevisionList(
        data=[_shown(row, touched[row.id]) for row in shown],
        page=PageShown(limit, following, address if following else None),
        meta={"revision": snapshot.revision},
    )


@get("/v1/revisions/{number:str}", operation_id="get_revision", summary="One revision",
     tags=["History"], opt={"parameters": []})  # fmt: skip
async def get_revision(
    request: Request[Any, Any, Any], number: FromPath[str]
) -> Response[RevisionShown]:
    """What a write did. It never changes, so the answer may be kept for ever."""
    Query(request).finish(())
    database: Database = request.app.state.database
    async with database.read() as snapshot:
        asked = int(number) if _NUMBER.match(number) else FAR
        if asked > snapshot.revision:
            raise not_found("revision", number)

        async def content() -> Content:
            found = await revisions.get(snapshot.connection, asked)
            assert found is not None, "revisions have no gaps"
            touched = await revisions.touched(snapshot.connection, [asked])
            return Content(encode(_shown(found, touched[asked])), {})

        return await respond(
            request, revision=asked, question=[], lang=language(request)[0], is_pinned=True,
            content=content,
        )  # fmt: skip


def _shown(row: Revision, touched: list[Touched]) -> RevisionShown:
    return RevisionShown(
        id=row.id,
        href=f"/v1/revisions/{row.id}",
        recorded_at=instant_text(row.recorded_at),
        actor=row.actor,
        comment=row.comment,
        touched=[
            TouchedShown(
                t.collection, t.created, t.updated, t.retired,
                f"/v1/diff?collection={t.collection}&from=rev:{row.id - 1}&to=rev:{row.id}",
            )
            for t in touched
        ],
        as_of=f"rev:{row.id}",
        links={"changes": f"/v1/changes?since=rev:{row.id - 1}"},
    )  # fmt: skip


HANDLERS = [list_revisions, get_revision]
