"""`/v1/exports`: whole collections, compressed."""

from typing import Any

from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler

from service.api.http.languages import language
from service.api.http.parameters import AS_OF, LANG, Query
from service.api.http.streaming import FileAsked, send
from service.formats.files.columns import every_column
from service.formats.files.record_files import CSV, FORMS, CsvLines, Form, NdjsonLines
from service.query.fields import Collection
from service.query.registry import COLLECTIONS
from service.store.catalogue.lists import ListQuery
from service.usecases.catalogue.files import RecordFile, gzipped, is_large, written
from service.usecases.catalogue.lists import Selection

GZIP = "application/gzip"
COST = 20
PARAMETERS = [AS_OF, LANG]


def _handler(collection: Collection, form: Form) -> HTTPRouteHandler:
    async def answer(request: Request[Any, Any, Any]) -> Response[Any]:
        query = Query(request)
        lang, as_of = query.lang() or language(request)[0], query.one("as_of")
        query.finish(p.name for p in PARAMETERS)
        file = _file(collection, form, lang)
        asked = FileAsked(
            name=collection.name,
            suffix=f"{form.suffix}.gz",
            media_type=GZIP,
            question=query.normalized("lang"),
            lang=lang,
            as_of=as_of,
            is_large=lambda snapshot: is_large(snapshot, file),
            make=lambda snapshot: gzipped(written(snapshot, file)),
        )
        return await send(request, asked)

    name = collection.name.replace("-", " ")
    return get(
        f"/v1/exports/{collection.name}.{form.suffix}.gz",
        operation_id=f"export_{name.replace(' ', '_')}_as_{form.suffix}",
        summary=f"The whole of {name} as compressed {form.suffix.upper()}",
        description="Every record at one revision, by id, without bound.",
        tags=["Files"],
        opt={"parameters": PARAMETERS, "answers": GZIP, "is_validated": True, "cost": COST},
    )(answer)


def _file(collection: Collection, form: Form, lang: str) -> RecordFile:
    lines = CsvLines(every_column(collection)) if form == CSV else NdjsonLines()
    return RecordFile(collection, ListQuery(sort=("id",), lang=lang), Selection(lang=lang), lines)


HANDLERS = [_handler(collection, form) for collection in COLLECTIONS for form in FORMS.values()]
