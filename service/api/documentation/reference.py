"""The reference: every operation of the OpenAPI document on a page of its own, to be tried."""

from typing import Any
from urllib.parse import urlencode

import msgspec
from litestar import Response, get
from litestar.params import FromPath

from service.api.documentation.answers import Read, answered, host, shown
from service.api.documentation.operations import Found, described, filled
from service.api.http.languages import language
from service.api.http.openapi.document import Document
from service.api.http.parameters import parameters_of
from service.api.http.state import AnyRequest
from service.model.errors import not_found
from service.model.suggestions import nearest

REFERENCE = "/docs/reference"
IN_PATH = "path."


@get(REFERENCE, summary="Every operation, by what it is about", operation_id="get_reference")
async def reference_index(request: AnyRequest) -> Response[bytes]:
    """A list of all operations."""
    spoken = language(request, parameters_of(request, Read).lang)
    content, digest = await _document(request)

    def made() -> str:
        document = msgspec.json.decode(content)
        groups: dict[str, list[Found]] = {tag["name"]: [] for tag in document["tags"]}
        for found in _operations(document):
            groups[found.operation["tags"][0]].append(found)
        about = {tag["name"]: tag["description"] for tag in document["tags"]}
        return shown(
            "reference.html",
            request,
            spoken.lang,
            groups=groups,
            about=about,
            info=document["info"],
        )

    return answered(request, made, language=spoken, beside=(digest,))


@get(
    f"{REFERENCE}/{{operation_id:str}}",
    summary="An operation: its parameters, its answers, an example, a form to try it",
    operation_id="get_reference_page",
    opt={"answers": "text/html"},
)
async def reference_page(request: AnyRequest, operation_id: FromPath[str]) -> Response[bytes]:
    """One operation."""
    spoken = language(request, parameters_of(request, Read).lang)
    content, digest = await _document(request)

    def made() -> str:
        found = _find(msgspec.json.decode(content), operation_id)
        return shown("operation.html", request, spoken.lang, **described(found, host(request)))

    return answered(request, made, language=spoken, beside=(digest,))


@get(
    f"{REFERENCE}/{{operation_id:str}}/try",
    include_in_schema=False,
)
async def try_operation(request: AnyRequest, operation_id: FromPath[str]) -> Response[bytes]:
    """Leads from the form of an operation to what it asks; what is left empty is not asked."""
    content, _ = await _document(request)
    found = _find(msgspec.json.decode(content), operation_id)
    given = [(name, value) for name, value in request.query_params.multi_items() if value]
    values = {n.removeprefix(IN_PATH): v for n, v in given if n.startswith(IN_PATH)}
    words = urlencode([(n, v) for n, v in given if not n.startswith(IN_PATH)], safe=",:")
    location = filled(found.path, values) + (f"?{words}" if words else "")
    return Response(
        b"", status_code=303, headers={"location": location, "cache-control": "no-store"}
    )


async def _document(request: AnyRequest) -> tuple[bytes, str]:
    document: Document = request.app.state.document
    return await document.read()


def _operations(document: dict[str, Any]) -> list[Found]:
    return [
        Found(path, method.upper(), operation, document)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]


def _find(document: dict[str, Any], operation_id: str) -> Found:
    """Raises ServiceError `not_found`."""
    known = {found.id: found for found in _operations(document)}
    if operation_id not in known:
        raise not_found("operation", operation_id, nearest(operation_id, known))
    return known[operation_id]
