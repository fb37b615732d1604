"""`/v1/coverage`: how much is known, sourced and exactly dated."""

import asyncio
from typing import Any, Literal

from litestar import Request, Response, get
from msgspec import Struct

from service.api.catalogue import lists
from service.api.http.conditional import Content, respond
from service.api.http.languages import language
from service.api.http.parameters import AS_OF, LANG, ON, Query, is_pinned
from service.formats.json_records import encode
from service.maths.panel.coverage import Coverage, coverage
from service.query.filters.expressions import EVERYTHING
from service.query.registry import COLLECTIONS
from service.store.catalogue import coverage as knowledge
from service.store.database import Database, Snapshot

PARAMETERS = [ON, AS_OF, LANG]


class FieldCoverage(Struct):
    """How often a field is filled in; `day_precision_share` is of the known dates."""

    field: str
    known_share: float | None
    day_precision_share: float | None


class CollectionCoverage(Struct):
    """Of one collection."""

    collection: str
    count: int
    sourced_share: float | None
    fields: list[FieldCoverage]


class MarketCoverage(Struct):
    """Of one market, as every analysis of it says."""

    market_id: str
    coverage: Coverage


class CoverageAnswer(Struct):
    """Shares are null where there is nothing."""

    object: Literal["coverage"]
    on: str
    collections: list[CollectionCoverage]
    markets: list[MarketCoverage]
    meta: dict[str, Any]


@get("/v1/coverage", operation_id="get_coverage", summary="How much is known",
     description="By collection and field: known, sourced, exact to the day; by market: cells.",
     tags=["Service"], opt={"parameters": PARAMETERS})  # fmt: skip
async def get_coverage(request: Request[Any, Any, Any]) -> Response[CoverageAnswer]:
    """Coverage of the base."""
    query, today = Query(request), lists.today()
    on, as_of = query.day("on", today) or today, query.one("as_of")
    lang = query.lang() or language(request)[0]
    query.finish(p.name for p in PARAMETERS)
    database: Database = request.app.state.database
    async with database.read(as_of) as snapshot:

        async def content() -> Content:
            panel = await request.app.state.panels.get(
                snapshot, evidence="sourced", stage_min="preview", expression=EVERYTHING
            )
            markets = await asyncio.to_thread(
                lambda: [
                    MarketCoverage(m, coverage(panel, m, on.toordinal())) for m in panel.market_ids
                ]
            )
            found = CoverageAnswer(
                "coverage", on.isoformat(), await _collections(snapshot), markets,
                {"revision": snapshot.revision, "lang": lang},
            )  # fmt: skip
            return Content(encode(found), {})

        return await respond(
            request, revision=snapshot.revision, question=[on.isoformat()], lang=lang,
            is_pinned=is_pinned(as_of) and "on" in query.given, content=content,
            memento=snapshot.instant if as_of else None,
        )  # fmt: skip


async def _collections(snapshot: Snapshot) -> list[CollectionCoverage]:
    found = []
    for collection in COLLECTIONS:
        counts = await knowledge.filled(snapshot, collection)
        total, dates = counts["count"], counts["dates"]
        fields = [
            FieldCoverage(
                name, _share(known, total),
                _share(dates[name]["day"], known) if name in dates else None,
            )
            for name, known in counts["fields"].items()
        ]  # fmt: skip
        sourced = counts["sourced"]
        share = None if sourced is None else _share(sourced, total)
        found.append(CollectionCoverage(collection.name, total, share, fields))
    return found


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
