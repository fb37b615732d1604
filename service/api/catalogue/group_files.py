"""Aggregates as CSV: all groups of every collection."""

from typing import Any

from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler

from service.api.catalogue.file_parameters import is_excel, of_file, refuse_paging
from service.api.catalogue.groups import grouped, parameters, read
from service.api.http.conditional import Content, respond
from service.api.http.parameters import Query, is_pinned
from service.formats.files.csv_rows import Writer
from service.formats.files.record_files import CSV
from service.query import cursors
from service.query.fields import Collection
from service.query.registry import COLLECTIONS
from service.store.database import Database
from service.usecases.catalogue.groups import Aggregation


def file_handler(collection: Collection) -> HTTPRouteHandler:
    """All groups as CSV."""
    known = of_file(parameters(collection), CSV)

    async def answer(request: Request[Any, Any, Any]) -> Response[bytes]:
        query = Query(request)
        asked, as_of = read(query, collection, request), query.one("as_of")
        for_excel = is_excel(query)
        refuse_paging(query, CSV)
        query.finish(p.name for p in known)
        database: Database = request.app.state.database
        async with database.read(as_of) as snapshot:

            async def content() -> Content:
                found = await grouped(request, snapshot, collection, asked)
                named = f"parity-{collection.name}-groups-r{snapshot.revision}.csv"
                attached = {"content-disposition": f'attachment; filename="{named}"'}
                return Content(_written(asked, found.groups, is_excel=for_excel), attached)

            return await respond(
                request,
                revision=snapshot.revision,
                question=cursors.list_question(query.given, asked.query.on, asked.query.lang),
                lang=asked.query.lang,
                is_pinned=is_pinned(as_of),
                content=content,
                memento=snapshot.instant if as_of else None,
                media_type=CSV.media_type,
            )

    return get(
        f"/v1/aggregate/{collection.name}.csv",
        operation_id=f"aggregate_{collection.name.replace('-', '_')}_as_csv",
        summary=f"Group {collection.name.replace('-', ' ')}, all groups as CSV",
        description="Counts and sums by up to three keys, over any filter.",
        tags=["Aggregates"],
        opt={"parameters": known, "answers": CSV.media_type, "is_validated": True, "cost": 3},
    )(answer)


def _written(asked: Aggregation, found: list[dict[str, Any]], *, is_excel: bool) -> bytes:
    keys, figures = [key.name for key in asked.keys], [metric.name for metric in asked.metrics]
    writer = Writer(is_excel=is_excel)
    numeric = [False] * len(keys) + [not metric.is_date for metric in asked.metrics]
    names = keys + figures
    rows = (writer.row([group[name] for name in names], numeric) for group in found)
    return writer.header(names) + b"".join(rows)


HANDLERS = [file_handler(collection) for collection in COLLECTIONS]
