"""A record's history."""

from typing import Any, Literal

from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from msgspec import UNSET, Struct, UnsetType

from service import limits
from service.api.http.conditional import Content, respond
from service.api.http.languages import language
from service.api.http.parameters import LANG, Parameter, Query
from service.formats.json_patch import patch
from service.formats.json_records import encode, instant_text, render
from service.model.errors import not_found
from service.query.fields import Collection
from service.query.registry import COLLECTIONS
from service.store.catalogue.records import Record
from service.store.changes import history
from service.store.database import Database

SIZE = {"type": "integer", "minimum": 1, "maximum": limits.PAGE_MAX, "default": 50}
HISTORY = [
    Parameter(name="limit", doc="Versions a page.", schema=SIZE),
    Parameter(name="before", doc="Only versions of earlier revisions; `page.next` has it.",
              schema={"type": "integer", "minimum": 1}),
    LANG,
]  # fmt: skip


class Operation(Struct):
    """One operation of a JSON patch (RFC 6902)."""

    op: Literal["replace"]
    path: str
    value: Any


class Version(Struct):
    """What a revision did to the record; `diff` is against the version before, `into` names the
    record that it was merged into.
    """

    revision: int
    recorded_at: str
    operation: Literal["created", "updated", "retired", "merged"]
    actor: str | None
    comment: str | None
    diff: list[Operation]
    source_ids: list[str]
    record: dict[str, Any] | None
    into: str | UnsetType = UNSET


class Next(Struct):
    """Where it goes on."""

    limit: int
    next: str | None


class HistoryPage(Struct):
    """The versions of a record, newest first."""

    object: Literal["history"]
    id: str
    data: list[Version]
    page: Next
    meta: dict[str, Any]


def history_handler(collection: Collection) -> HTTPRouteHandler:
    async def answer(
        request: Request[Any, Any, Any], record_id: FromPath[str]
    ) -> Response[HistoryPage]:
        query = Query(request)
        limit = query.integer("limit", 50, 1, limits.PAGE_MAX)
        before = query.integer("before", 0, 1, 999_999_999) or None
        lang = query.lang() or language(request)[0]
        query.finish(p.name for p in HISTORY)
        database: Database = request.app.state.database
        async with database.read() as snapshot:

            async def content() -> Content:
                rows = await history.versions(snapshot, collection, record_id, before, limit + 2)
                if not rows and before is None:
                    raise not_found(collection.kind, record_id)
                found = _versions(collection, rows, lang, limit, before)
                last = rows[limit - 1]["revision"] if len(rows) > limit else None
                following = last and f"{request.url.path}?before={last}&limit={limit}"
                page = HistoryPage(
                    "history", record_id, found, Next(limit, following),
                    {"revision": snapshot.revision, "lang": lang},
                )  # fmt: skip
                return Content(encode(page), {})

            return await respond(
                request, revision=snapshot.revision, question=[limit, before], lang=lang,
                is_pinned=False, content=content,
            )  # fmt: skip

    kind = collection.kind.replace("_", " ")
    return get(
        f"/v1/{collection.name}/{{record_id:str}}/history",
        operation_id=f"get_{collection.kind}_history",
        summary=f"The history of one {kind}",
        description="Its versions with actor, comment, sources and what changed (RFC 6902).",
        tags=["History"],
        opt={"parameters": HISTORY},
    )(answer)


def _versions(
    collection: Collection, rows: list[Record], lang: str, limit: int, before: int | None
) -> list[Version]:
    """Versions newest first; a gap between them, or an end of the newest, is a retirement."""
    found: list[Version] = []
    for place, row in enumerate(rows[:limit]):
        shown = render(collection, row, lang)
        newer = rows[place - 1]["revision"] if place else before
        if row["replaced_in"] is not None and row["replaced_in"] != newer:
            found.append(_retired(row))
        older = rows[place + 1] if place + 1 < len(rows) else None
        goes_on = older is not None and older["replaced_in"] == row["revision"]
        diff = patch(render(collection, older, lang), shown) if older and goes_on else []
        found.append(
            Version(
                row["revision"], instant_text(row["written_at"]),
                "updated" if goes_on else "created", row["actor"], row["comment"],
                [Operation(**d) for d in diff], row.get("source_ids") or [], shown,
            )
        )  # fmt: skip
    return found


def _retired(row: Record) -> Version:
    return Version(
        row["replaced_in"], instant_text(row["ended_at"]),
        "retired" if row["into_id"] is None else "merged",
        row["end_actor"], row["end_comment"], [], [], None, row["into_id"] or UNSET,
    )  # fmt: skip


HANDLERS = [*map(history_handler, COLLECTIONS)]
