"""The documentation to be read: an index, every file of Markdown as a page and as it is."""

from litestar import Response, get
from litestar.params import FromPath

from service.api.documentation import library
from service.api.documentation.answers import (
    ENGLISH,
    HTML,
    MARKDOWN,
    PLAIN,
    Read,
    answered,
    shown,
    wanted,
)
from service.api.documentation.library import LICENCES, OF_REPOSITORY, Page
from service.api.http.languages import Spoken, language
from service.api.http.parameters import Nothing, parameters_of
from service.api.http.state import AnyRequest
from service.formats.analyses.typeset_formulas import typeset
from service.model.errors import not_found
from service.model.methods import METHODS, text
from service.model.suggestions import nearest
from service.resources import resource
from service.texts.messages import LANGUAGES

SVG = "image/svg+xml"
METHOD_PAGES = "/docs/methods/"


@get(
    "/docs",
    summary="The documentation: where to begin, guides, reference, methods, errors",
    operation_id="get_docs",
    sync_to_thread=True,
)
def docs_index(request: AnyRequest) -> Response[bytes]:
    """What there is to read."""
    spoken = language(request, parameters_of(request, Read).lang)

    def made() -> str:
        chapters = {
            chapter: [library.in_language(page, spoken.lang) for page in listed]
            for chapter, listed in library.chapters().items()
        }
        return shown("index.html", request, spoken.lang, chapters=chapters)

    return answered(request, made, language=spoken)


@get(
    "/docs/{place:path}",
    summary="A page of the documentation; with .md its Markdown",
    operation_id="get_docs_page",
    opt={"answers": "text/html"},
    sync_to_thread=True,
)
def docs_page(request: AnyRequest, place: FromPath[str]) -> Response[bytes]:
    """HTML, or Markdown by suffix or Accept."""
    address = f"/docs/{place.lstrip('/')}"
    if address.endswith((".md", ".svg")):
        return _as_it_is(request, address.removeprefix("/"))
    page = library.pages().get(address)
    if page is None:
        raise not_found("page", address, nearest(address, library.pages()))
    spoken = language(request, parameters_of(request, Read).lang)
    page = library.in_language(page, spoken.lang)
    if wanted(request, (HTML, MARKDOWN)) == MARKDOWN:
        told = resource(page.source).read_bytes
        own = Spoken(page.lang, is_by_header=spoken.is_by_header)
        return answered(request, told, media_type=MARKDOWN, language=own)
    return answered(request, lambda: _page(request, page, spoken), language=spoken)


@get(
    [f"/{name}" for name in (*OF_REPOSITORY, *LICENCES)],
    summary="What the documentation links to beside it",
    operation_id="get_repository_file",
)
async def repository_file(request: AnyRequest) -> Response[bytes]:
    """A file at the root of the repository, as it is."""
    return _as_it_is(request, request.scope["path"].removeprefix("/"))


def _as_it_is(request: AnyRequest, source: str) -> Response[bytes]:
    parameters_of(request, Nothing)
    sources = library.by_source()
    if source not in (*sources, *LICENCES, *library.pictures()):
        raise not_found("page", f"/{source}", (f"/{near}" for near in nearest(source, sources)))
    media_type = PLAIN if source in LICENCES else SVG if source.endswith(".svg") else MARKDOWN
    own = Spoken(sources[source].lang, is_by_header=False) if source in sources else ENGLISH
    return answered(request, resource(source).read_bytes, media_type=media_type, language=own)


def _page(request: AnyRequest, page: Page, spoken: Spoken) -> str:
    method_id = page.address.removeprefix(METHOD_PAGES)
    if method_id in METHODS:
        return _method(request, page, method_id, spoken.lang)
    from service.api.documentation.markdown import rendered

    made = rendered(page.source, page.text)
    return shown("page.html", request, spoken.lang, page=page, made=made)


def _method(request: AnyRequest, page: Page, method_id: str, lang: str) -> str:
    """From what the method says rather than from its file, which is in all languages."""
    return shown(
        "method.html",
        request,
        lang,
        page=page,
        id=method_id,
        method=METHODS[method_id],
        formula=typeset(METHODS[method_id].formula),
        said={one: text(method_id, one) for one in LANGUAGES},
    )
