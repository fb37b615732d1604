"""The description of the API, as a document and as a page that works with the network off."""

from importlib.resources import files
from pathlib import Path

import msgspec
from litestar import MediaType, Response, get
from litestar.params import FromPath

from service.api.http.conditional import FRESH, etag, matches
from service.api.http.openapi import Document
from service.api.http.parameters import Nothing, parameters_of
from service.api.http.state import AnyRequest
from service.api.http.versions import PROMISE
from service.model.errors import not_found
from service.resources import resource

ASSETS = {
    "swagger-ui.css": "text/css",
    "swagger-ui-bundle.js": "text/javascript",
}
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Parity API</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
<link rel="stylesheet" href="/docs/assets/swagger-ui.css"></head><body><div id="page"></div>
<script src="/docs/assets/swagger-ui-bundle.js"></script><script src="/docs/assets/start.js">
</script></body></html>"""
COMPATIBILITY = resource("docs/compatibility.md")
CATALOG_PATH = "/.well-known/api-catalog"
LINKSET = 'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"'
CATALOG = msgspec.json.encode(
    {
        "linkset": [
            {"anchor": CATALOG_PATH, "item": [{"href": "/v1"}]},
            {
                "anchor": "/v1",
                "service-desc": [{"href": "/openapi.json", "type": "application/json"}],
                "service-doc": [
                    {"href": "/docs", "type": "text/html"},
                    {"href": PROMISE, "type": "text/markdown"},
                ],
                "service-meta": [{"href": "/v1/schema", "type": "application/json"}],
                "status": [{"href": "/health/ready", "type": "application/json"}],
            },
        ]
    }
)
START = Path(__file__).with_name("docs.js")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src data:;"
    " connect-src 'self'; font-src data:"
)


@get("/openapi.json", summary="The OpenAPI document", operation_id="get_openapi")
async def openapi_json(request: AnyRequest) -> Response[bytes]:
    parameters_of(request, Nothing)
    document: Document = request.app.state.document
    content, digest = await document.read()
    tag = etag(0, digest, "application/json", "en")
    headers = {"etag": tag, "cache-control": FRESH}
    if matches(request.headers.get("if-none-match", ""), tag):
        return Response(b"", status_code=304, headers=headers)
    return Response(content, headers=headers, media_type=MediaType.JSON)


@get("/docs", summary="Every operation, to be tried", operation_id="get_docs", sync_to_thread=False)
def docs_page(request: AnyRequest) -> Response[str]:
    parameters_of(request, Nothing)
    headers = {"content-security-policy": POLICY, "cache-control": FRESH}
    return Response(PAGE, media_type=MediaType.HTML, headers=headers)


@get("/docs/assets/{name:str}", include_in_schema=False, sync_to_thread=True)
def docs_asset(request: AnyRequest, name: FromPath[str]) -> Response[bytes]:
    parameters_of(request, Nothing)
    headers = {"cache-control": "public, max-age=86400"}
    if name == "start.js":
        return Response(START.read_bytes(), media_type="text/javascript", headers=headers)
    if name not in ASSETS:
        raise not_found("asset", name)
    content = (files("swagger_ui") / "static" / name).read_bytes()
    return Response(content, media_type=ASSETS[name], headers=headers)


@get(
    "/docs/compatibility",
    summary="What stays as it is, and how changes are told",
    operation_id="get_compatibility",
    sync_to_thread=True,
)
def compatibility_page(request: AnyRequest) -> Response[bytes]:
    parameters_of(request, Nothing)
    headers = {"cache-control": FRESH}
    return Response(COMPATIBILITY.read_bytes(), media_type="text/markdown", headers=headers)


@get(
    "/.well-known/api-catalog",
    summary="The API's descriptions as a linkset (RFC 9727)",
    operation_id="get_api_catalog",
    sync_to_thread=False,
)
def api_catalog(request: AnyRequest) -> Response[bytes]:
    parameters_of(request, Nothing)
    headers = {"cache-control": FRESH, "link": f'<{CATALOG_PATH}>; rel="api-catalog"'}
    return Response(CATALOG, media_type=LINKSET, headers=headers)
