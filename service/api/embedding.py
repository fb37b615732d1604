"""`/oembed`: what stands for an address of ours on the page of somebody else (https://oembed.com)."""

import re
from html import escape, unescape
from math import ceil
from typing import Annotated, Any
from urllib.parse import parse_qsl, unquote, urlsplit

import msgspec
from litestar import Response, get
from litestar.exceptions import HTTPException
from msgspec import Meta, Struct

from service import limits
from service.api.explorer.answers import OF_TEXTS
from service.api.http.conditional import FRESH
from service.api.http.languages import language
from service.api.http.negotiation import without_suffix
from service.api.http.operation import Operation
from service.api.http.parameters import Parameters
from service.api.http.query_string import QueryString
from service.api.http.state import AnyRequest
from service.api.mcp.asking import InProcess, Refused, addressed
from service.formats.json_records import encode
from service.formats.pictures.encoders import WIDTH
from service.model.errors import Code, ServiceError
from service.texts.sentences import sentence

PATH = "/oembed"
CACHED_SECONDS = 86_400
PASSING = (401, 403, 429)  # whoever asks again, or otherwise, may be answered
MEDIA_TYPE = "application/json+oembed"
_SIZE = re.compile(rb'<svg\b[^>]*?\bwidth="(\d+)[^"]*"[^>]*?\bheight="(\d+)')
_DISCOVERED = re.compile(rf'<link[^>]*type="{re.escape(MEDIA_TYPE)}"[^>]*href="([^"]*)"')
_TITLE = re.compile(r"<title>([^<]*)</title>")
_OF_PICTURES = ("theme", "width")
_PINS = ("on", "as_of", "lang", *_OF_PICTURES)


class EmbedParameters(Struct, frozen=True, kw_only=True):
    """What a consumer of oEmbed asks."""

    url: Annotated[
        str, Meta(examples=["https://parity.example/v1/markets/chat-assistants/homogenization"])
    ]
    format: str = "json"
    maxwidth: Annotated[int, Meta(ge=1, le=100_000)] | None = None
    maxheight: Annotated[int, Meta(ge=1, le=100_000)] | None = None


_parameters = Parameters(EmbedParameters)


@get(PATH, summary="What to show in place of an address", operation_id="get_oembed")
async def oembed(request: AnyRequest) -> Response[bytes]:
    """Of an analysis that has a picture, and of a page that shows one: that picture, at today's
    revision unless the address names another. Parameters of other consumers are ignored.
    """
    query = QueryString(request.scope["query_string"])
    asked, _ = _parameters.read(query)
    query.refuse()
    if asked.format != "json":
        raise ServiceError(Code.NOT_IMPLEMENTED, sentence("embedding.format"))
    settings, lang = request.app.state.settings, language(request).lang
    scope: Any = request.scope
    asking = InProcess(request.app.state.gateway, scope, settings.public_url, lang)
    address = await _analysis(asking, asked.url)
    if not _has_picture(request, unquote(address.partition("?")[0])):
        raise ServiceError(Code.NOT_FOUND, sentence("embedding.nothing", url=asked.url[:200]))
    embed = await _embed(asking, asked, address)
    headers = {"cache-control": FRESH}
    return Response(encode(embed), media_type="application/json", headers=headers)


async def _analysis(asking: InProcess, url: str) -> str:
    """The address of the analysis behind an address of ours, "" for none."""
    split = _own(asking, url)
    if split is None or split.path == PATH:
        return ""
    if split.path.startswith("/v1/"):
        return f"{without_suffix(split.path)[0]}?{split.query}"
    page = await asking.sent(f"{split.path or '/'}?{split.query}", accept="text/html")
    found = _DISCOVERED.search(page.body.decode("utf-8", "replace"))
    named = dict(parse_qsl(urlsplit(unescape(found[1])).query)) if found else {}
    behind = _own(asking, named.get("url", ""))
    return f"{behind.path}?{behind.query}" if behind is not None else ""


def _has_picture(request: AnyRequest, path: str) -> bool:
    try:
        handler = request.app.asgi_router.handle_routing(path=path, method="GET")[1]
    except HTTPException:
        return False
    operation: Operation[Any] | None = handler.opt.get("operation")
    return operation is not None and operation.picture is not None


def _own(asking: InProcess, url: str) -> Any:
    """The address in its parts, where it is one of this service."""
    try:
        split = urlsplit(url)
    except ValueError:
        return None
    return split if split.netloc in (urlsplit(asking.base).netloc, asking.host) else None


async def _embed(asking: InProcess, asked: EmbedParameters, address: str) -> dict[str, Any]:
    """Raises ServiceError `not_found` where the analysis is refused."""
    coded, _, words = address.partition("?")
    path = unquote(coded)
    given = dict(parse_qsl(words, keep_blank_values=True))
    try:
        found = await asking.get(path, [(k, v) for k, v in given.items() if k not in _OF_PICTURES])
    except Refused as refused:
        raise _refused(refused.problem) from None
    pins = {"as_of": f"rev:{found.revision}", "lang": found.lang, **_day(found.body)}
    drawn, left_out = _drawn(given, asked.maxwidth), (*_PINS, *OF_TEXTS)
    query = [*((k, v) for k, v in given.items() if k not in left_out), *(pins | drawn).items()]
    picture = await asking.sent(addressed(f"{path}.svg", query), accept="image/svg+xml")
    size = _SIZE.search(picture.body)
    if size is None:
        raise _refused(msgspec.json.decode(picture.body))
    width, height = _fitting(int(size[1]), int(size[2]), asked)
    title, src = _title(found.body, picture.body), asking.url(f"{path}.embed", query)
    return {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": "Parity",
        "provider_url": asking.base,
        "cache_age": CACHED_SECONDS,
        "html": f'<iframe src="{escape(src)}" width="{width}" height="{height}"'
        f' title="{escape(title)}" loading="lazy" style="border:0;max-width:100%"></iframe>',
        "width": width,
        "height": height,
    }


def _day(body: dict[str, Any]) -> dict[str, str]:
    """That an analysis, or a list, is of; a list need not be of any."""
    day = body.get("on") or body["meta"].get("on")
    return {"on": str(day)} if day else {}


def _title(body: dict[str, Any], picture: bytes) -> str:
    """What was found; of lists, what their picture says."""
    told = _TITLE.search(picture.decode())
    return str(body.get("finding") or (unescape(told[1]) if told else ""))


def _refused(problem: dict[str, Any]) -> ServiceError:
    """What cannot be answered now stays what it is; else the address has no picture."""
    named = [f"{one.get('parameter', 'url')}: {one['detail']}" for one in problem["errors"]]
    faults = named or [problem["detail"]]
    is_passing = problem["status"] in PASSING or problem["status"] >= 500
    code = Code[problem["code"].upper()] if is_passing else Code.NOT_FOUND
    return ServiceError(code, sentence("words.plain", words=" ".join(faults)))


def _drawn(given: dict[str, str], most: int | None) -> dict[str, str]:
    """The picture's own parameters: as wide as there is room, within what can be drawn."""
    wanted = given.get("width", str(WIDTH))
    width = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 6 else WIDTH
    width = max(min(width, most or width), limits.PICTURE_WIDTH_MIN)
    theme = {"theme": given["theme"]} if "theme" in given else {}
    return {**theme, "width": str(min(width, limits.PICTURE_WIDTH_MAX))}


def _fitting(width: int, height: int, asked: EmbedParameters) -> tuple[int, int]:
    """The size of the frame: the picture shrinks with it where it has less room."""
    share = min(1.0, (asked.maxwidth or width) / width, (asked.maxheight or height) / height)
    fits = max(1, int(width * share))
    return fits, min(ceil(height * fits / width), asked.maxheight or height)
