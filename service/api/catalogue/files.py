"""Lists as files: `/v1/{collection}.csv`, `.ndjson`, and the same by Accept."""

from dataclasses import replace
from typing import Any

from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler

from service import limits
from service.api.catalogue import lists
from service.api.catalogue.file_parameters import is_excel, of_file
from service.api.catalogue.search_terms import narrowed
from service.api.http.negotiation import preferred
from service.api.http.parameters import Query
from service.api.http.streaming import FileAsked, send
from service.formats.files.columns import NoColumn, columns
from service.formats.files.record_files import CSV, FORMS, JSON_TYPE, CsvLines, Form, NdjsonLines
from service.model.errors import Code, ServiceError, refused
from service.query.fields import Collection
from service.query.selections import needed
from service.query.types.cells import Column
from service.store.database import Snapshot
from service.usecases.catalogue import files
from service.usecases.catalogue.files import RecordFile
from service.usecases.catalogue.lists import Selection

OFFERED = (JSON_TYPE, *(form.media_type for form in FORMS.values()))


def handlers(collection: Collection, path: str = "") -> list[HTTPRouteHandler]:
    """The list of a collection or view in every form of file."""
    path = path or f"/v1/{collection.name}"
    return [_handler(collection, path, form) for form in FORMS.values()]


def _handler(collection: Collection, path: str, form: Form) -> HTTPRouteHandler:
    async def answer(request: Request[Any, Any, Any]) -> Response[Any]:
        return await respond_with_file(request, collection, form)

    name = collection.name.replace("-", " ")
    return get(
        f"{path}.{form.suffix}",
        operation_id=f"list_{name.replace(' ', '_')}_as_{form.suffix}",
        summary=f"All {name} as {form.suffix.upper()}",
        description=f"Every row of the list at one revision, up to {limits.FILE_ROWS_MAX:,}.",
        tags=["Files"],
        opt={
            "parameters": of_file(lists.parameters(collection), form),
            "answers": form.media_type,
            "is_validated": True,
        },
    )(answer)


def form_wanted(request: Request[Any, Any, Any]) -> Form | None:
    """The form of file that Accept asks for; None: JSON. Raises ServiceError `not_acceptable`."""
    wanted = preferred(request.headers.get("accept", ""), OFFERED)
    if wanted is None:
        raise ServiceError(Code.NOT_ACCEPTABLE, f"This address answers {', '.join(OFFERED)}.")
    return next((form for form in FORMS.values() if form.media_type == wanted), None)


async def respond_with_file(
    request: Request[Any, Any, Any], collection: Collection, form: Form
) -> Response[Any]:
    """All rows of the list that is asked for."""
    asked = lists.read(request, collection, form)
    file = _file(request, collection, asked, form)

    async def is_large(snapshot: Snapshot) -> bool:
        nonlocal file
        query = await narrowed(request, snapshot, collection, file.query, asked.words)
        file = replace(file, query=query)
        await files.check(snapshot, file)
        return await files.is_large(snapshot, file)

    return await send(
        request,
        FileAsked(
            name=collection.name,
            suffix=form.suffix,
            media_type=form.media_type,
            question=[asked.question, _paths(Query(request))],
            lang=asked.query.lang,
            as_of=asked.as_of,
            is_large=is_large,
            make=lambda snapshot: files.written(snapshot, file),
        ),
    )


def _file(
    request: Request[Any, Any, Any],
    collection: Collection,
    asked: lists.ListRequest,
    form: Form,
) -> RecordFile:
    if form != CSV:
        return RecordFile(collection, asked.query, asked.selection, NdjsonLines())
    query = Query(request)
    for_excel = is_excel(query)
    found = _columns(query, collection)
    if query.faults:
        raise refused(query.faults)
    include = needed(collection, asked.selection.fields)
    selection = Selection(lang=asked.selection.lang, include=include)
    return RecordFile(collection, asked.query, selection, CsvLines(found, is_excel=for_excel))


def _columns(query: Query, collection: Collection) -> list[Column]:
    try:
        return columns(collection, _paths(query))
    except NoColumn as error:
        detail = f"{error} are many records to one row; take .ndjson, or their own list."
        query.fault(Code.INCOMPATIBLE_PARAMETERS, "fields", detail)
        return []


def _paths(query: Query) -> list[str]:
    """The fields in the order asked, which is the order of the columns."""
    words = [word for text in query.given.get("fields", ()) for word in text.split(",")]
    return list(dict.fromkeys(words))
