"""The descriptions for programs: the OpenAPI document, a linkset, and what language models read."""

import msgspec
from litestar import MediaType, Response, get

from service.api.documentation.answers import PLAIN, answered
from service.api.documentation.library import by_source, chapters, in_all_languages
from service.api.http.conditional import FRESH, etag, matches
from service.api.http.openapi.document import SUMMARY, Document
from service.api.http.parameters import Nothing, parameters_of
from service.api.http.state import AnyRequest
from service.api.http.versions import PROMISE
from service.texts.messages import FALLBACK, section

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
                    {"href": PROMISE, "type": "text/html"},
                    {"href": "/llms.txt", "type": "text/plain"},
                ],
                "service-meta": [{"href": "/v1/schema", "type": "application/json"}],
                "status": [{"href": "/health/ready", "type": "application/json"}],
            },
        ]
    }
)
HOW_TO_ASK = """\
Every address answers JSON; reading needs no key. `{finding}` of an analysis is the answer in a
sentence, `meta.revision` the edition it is of, `coverage` how much is known; null has a reason.
Ask for a day with `on=`, for an earlier edition with `as_of=rev:N`, for Chinese with `lang=zh`.

- `/v1/search?q=WORDS` and `/v1/resolve` find ids, `/v1/schema` every collection and field
- `/v1/products?vendor.country=CN&launched__gte=2024` lists with filters, `.csv` has it as a table
- `/v1/features/long-context/time-to-copy?market=chat-assistants` how long a feature stayed its
  maker's own
- `/v1/markets/chat-assistants/homogenization` how alike the products of a market are
- `/openapi.json` everything; an error is a problem document that names the nearest right value
"""


@get("/openapi.json", summary="The OpenAPI document", operation_id="get_openapi")
async def openapi_json(request: AnyRequest) -> Response[bytes]:
    """The whole description of the API."""
    parameters_of(request, Nothing)
    document: Document = request.app.state.document
    content, digest = await document.read()
    tag = etag(0, digest, "application/json", "en")
    headers = {"etag": tag, "cache-control": FRESH}
    if matches(request.headers.get("if-none-match", ""), tag):
        return Response(b"", status_code=304, headers=headers)
    return Response(content, headers=headers, media_type=MediaType.JSON)


@get(
    CATALOG_PATH,
    summary="The API's descriptions as a linkset (RFC 9727)",
    operation_id="get_api_catalog",
    sync_to_thread=False,
)
def api_catalog(request: AnyRequest) -> Response[bytes]:
    """Where the descriptions are."""
    parameters_of(request, Nothing)
    headers = {"cache-control": FRESH, "link": f'<{CATALOG_PATH}>; rel="api-catalog"'}
    return Response(CATALOG, media_type=LINKSET, headers=headers)


@get(
    "/llms.txt",
    summary="The documentation for language models: a line for each page, and how to ask",
    operation_id="get_llms_txt",
    sync_to_thread=True,
)
def llms_txt(request: AnyRequest) -> Response[bytes]:
    """A list of all pages."""
    parameters_of(request, Nothing)
    return answered(request, _index, media_type=PLAIN)


@get(
    "/llms-full.txt",
    summary="All pages of the documentation in one text",
    operation_id="get_llms_full_txt",
    sync_to_thread=True,
)
def llms_full_txt(request: AnyRequest) -> Response[bytes]:
    """All pages, one after the other, each below its address."""
    parameters_of(request, Nothing)
    return answered(request, _whole, media_type=PLAIN)


def _index() -> str:
    names = section("documentation.chapters", FALLBACK)
    parts = [f"# Parity\n\n> {SUMMARY}\n", f"## How to ask\n\n{HOW_TO_ASK}"]
    for chapter, listed in chapters().items():
        told = [one for page in listed for one in in_all_languages(page)]
        lines = [f"- [{page.title}](/{page.source}): {page.summary}" for page in told]
        parts.append(f"## {names[chapter]}\n\n" + "\n".join(lines) + "\n")
    parts.append("## Optional\n\n- [All pages in one text](/llms-full.txt)\n")
    return "\n".join(parts)


def _whole() -> str:
    return "\n\n".join(f"<!-- /{page.source} -->\n\n{page.text}" for page in by_source().values())
