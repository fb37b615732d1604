"""`/v1/diff`: the difference between two revisions."""

from typing import Any, Literal
from urllib.parse import urlencode

from litestar import Request, Response, get
from msgspec import Struct

from service import limits
from service.api.changes.history import SIZE, Next, Operation
from service.api.http.conditional import Content, respond
from service.api.http.languages import language
from service.api.http.parameters import LANG, Parameter, Query, is_pinned
from service.formats.json_patch import patch
from service.formats.json_records import encode, render
from service.model.errors import Code, ServiceError
from service.query.fields import Collection
from service.query.filters.expressions import EVERYTHING, Expression
from service.query.filters.parameters import filter_of
from service.query.registry import BY_NAME
from service.store.catalogue.records import Record
from service.store.changes import history
from service.store.database import Database, Snapshot
from service.usecases.catalogue.merged_ids import resolved

DIFF = [
    Parameter(name="collection", doc="Which collection.",
              schema={"type": "string", "enum": list(BY_NAME)}, example="products"),
    Parameter(name="from", doc="The earlier revision: rev:N, a day or an instant.",
              example="rev:1"),
    Parameter(name="to", doc="The later one; left out: the newest.", example="rev:2"),
    Parameter(name="filter", doc="Only records that met it then or meet it now; AIP-160.",
              schema={"type": "string", "maxLength": limits.FILTER_CHARACTERS}),
    Parameter(name="after", doc="Only ids behind this one; `page.next` has it."),
    Parameter(name="limit", doc="Records a page.", schema=SIZE),
    LANG,
]  # fmt: skip


class Changed(Struct):
    """A record that differs; `record` is the later version, of a removed one the earlier."""

    id: str
    href: str
    diff: list[Operation]
    record: dict[str, Any]


class Difference(Struct):
    """What `to` has and `from` had not, the reverse, and what differs."""

    object: Literal["diff"]
    collection: str
    added: list[Changed]
    removed: list[Changed]
    changed: list[Changed]
    page: Next
    meta: dict[str, Any]


@get("/v1/diff", operation_id="get_diff", summary="What changed between two revisions",
     description="Of one collection: added, removed and changed records, by id.",
     tags=["History"], opt={"parameters": DIFF})  # fmt: skip
async def get_diff(request: Request[Any, Any, Any]) -> Response[Difference]:
    """The difference, paged by id."""
    query = Query(request)
    name = query.choice("collection", BY_NAME, "")
    if "collection" not in query.given:
        query.fault(
            Code.INVALID_VALUE, "collection", "Say of which collection: collection=products."
        )
    start, end, after = query.one("from"), query.one("to"), query.one("after") or ""
    if start is None and not any(f.parameter == "from" for f in query.faults):
        query.fault(Code.INVALID_VALUE, "from", "Say since when: from=rev:1.")
    limit = query.integer("limit", 50, 1, limits.PAGE_MAX)
    lang, expression = query.lang() or language(request)[0], _filter(query, name)
    query.finish(p.name for p in DIFF)
    database: Database = request.app.state.database
    async with database.read(start) as early:
        first = early.revision
    async with database.read(end) as snapshot:
        if first > snapshot.revision:
            raise ServiceError(Code.INVALID_VALUE, f"from ({first}) is later than to.")

        async def content() -> Content:
            met = await resolved(snapshot, BY_NAME[name], expression)
            pairs = await history.differing(
                snapshot, BY_NAME[name], first, after, limit + 1, met.filter
            )
            found = _difference(request, snapshot, BY_NAME[name], first, pairs, limit, lang)
            return Content(encode(found), {})

        return await respond(
            request, revision=snapshot.revision, lang=lang,
            question=[name, first, after, limit, query.given.get("filter")],
            is_pinned=is_pinned(start) and is_pinned(end),
            content=content,
        )  # fmt: skip


def _filter(query: Query, name: str) -> Expression:
    if not name:
        return EVERYTHING
    expression, faults = filter_of(BY_NAME[name], {"filter": query.given.get("filter", [])})
    query.blame(faults)
    return expression


def _difference(
    request: Request[Any, Any, Any],
    snapshot: Snapshot,
    collection: Collection,
    first: int,
    pairs: list[tuple[Record | None, Record | None]],
    limit: int,
    lang: str,
) -> Difference:
    shown = [
        tuple(None if r is None else render(collection, r, lang) for r in pair) for pair in pairs
    ]
    more = None
    if len(shown) > limit:
        last = (shown[limit - 1][1] or shown[limit - 1][0] or {})["id"]
        given = [(k, v) for k, values in Query(request).given.items() for v in values
                 if k not in ("from", "to", "after")]  # fmt: skip
        place = [("from", f"rev:{first}"), ("to", f"rev:{snapshot.revision}"), ("after", last)]
        more = f"{request.url.path}?{urlencode([*given, *place])}"
        shown = shown[:limit]
    return Difference(
        object="diff",
        collection=collection.name,
        added=[_changed(None, new) for old, new in shown if old is None and new],
        removed=[_changed(None, old) for old, new in shown if new is None and old],
        changed=[_changed(old, new) for old, new in shown if old and new],
        page=Next(limit, more),
        meta={"from_revision": first, "revision": snapshot.revision, "lang": lang},
    )


def _changed(old: dict[str, Any] | None, record: dict[str, Any]) -> Changed:
    diff = patch(old, record) if old else []
    return Changed(record["id"], record["href"], [Operation(**d) for d in diff], record)
