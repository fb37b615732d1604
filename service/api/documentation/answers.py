"""How a page goes out: made once, remembered, with a validator and a policy for browsers."""

from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, Literal

from litestar import Response
from msgspec import Meta

from service.api.explorer.rendering import POLICY, environment, spoken
from service.api.explorer.views import View
from service.api.http.conditional import FRESH, Content, Rendered, etag, matches
from service.api.http.languages import Spoken
from service.api.http.negotiation import preferred
from service.api.http.parameters import Language, parameters_of
from service.api.http.state import AnyRequest
from service.model.errors import Code, ServiceError
from service.texts.messages import section
from service.texts.sentences import sentence

HTML, MARKDOWN, PLAIN = "text/html", "text/markdown", "text/plain"
ENGLISH = Spoken("en", is_by_header=False)
FOLDER = Path(__file__).with_name("templates")


class Read(Language, frozen=True, kw_only=True):
    """What a page takes: its words and its colours."""

    theme: Annotated[
        Literal["light", "dark"] | None, Meta(description="Else what the reader's device prefers.")
    ] = None


def answered(
    request: AnyRequest,
    made: Callable[[], str | bytes],
    *,
    media_type: str = HTML,
    language: Spoken = ENGLISH,
    beside: tuple[object, ...] = (),
) -> Response[bytes]:
    """The page of that address in that language, or 304 where the client has it.

    `made` is called when nobody has asked before; `beside` is what it depends on besides.
    """
    remembered: Rendered = request.app.state.rendered
    theme = request.query_params.get("theme")
    key = ("page", request.scope["path"], media_type, language.lang, theme, *beside)
    content = remembered.get(key)
    if content is None:
        page = made()
        body = page.encode() if isinstance(page, str) else page
        tag = etag(0, sha256(body).hexdigest(), media_type, language.lang)
        content = Content(body, {"etag": tag})
        remembered.put(key, content, content.size)
    headers = content.headers | _headers(media_type, language)
    if matches(request.headers.get("if-none-match", ""), headers["etag"]):
        return Response(b"", status_code=304, headers=headers)
    return Response(content.body, headers=headers, media_type=media_type)


def wanted(request: AnyRequest, offered: tuple[str, ...]) -> str:
    """What Accept prefers of what is offered. Raises ServiceError `not_acceptable`."""
    chosen = preferred(request.headers.get("accept", ""), offered)
    if chosen is None:
        raise ServiceError(Code.NOT_ACCEPTABLE, sentence("addresses.offers", formats=offered))
    return chosen


def shown(template: str, request: AnyRequest, lang: str, **values: Any) -> str:
    """A page in the frame that the pages of the explorer have; `lang` is that of its navigation."""
    settings = request.app.state.settings
    view = View(
        path=request.scope["path"],
        ids={},
        given=dict(request.query_params),
        parameters=parameters_of(request, Read),
        lang=lang,
        day=datetime.now(UTC).date(),
        revision=0,
        public_url=settings.public_url,
    )
    said = {**spoken(lang), "view": view, "lang": lang, "answers": {}}
    said["t"] = section("documentation", lang)
    return environment(FOLDER).get_template(template).render(said, **values)


def host(request: AnyRequest) -> str:
    """What a command that is copied should ask: the public address, else this machine's."""
    settings = request.app.state.settings
    is_public = not settings.public_url.endswith(".example")
    return settings.public_url if is_public else f"http://localhost:{settings.port}"


def _headers(media_type: str, language: Spoken) -> dict[str, str]:
    by_header = ", Accept-Language" if language.is_by_header else ""
    headers = {
        "cache-control": FRESH,
        "content-language": language.lang,
        "vary": "Accept, Accept-Encoding" + by_header,
    }
    return headers | ({"content-security-policy": POLICY} if media_type == HTML else {})
