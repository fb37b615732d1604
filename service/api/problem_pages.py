"""Every code of an error or a warning, and a page for each: HTML or JSON by Accept."""

from html import escape
from typing import Literal

import msgspec
from litestar import MediaType, Response, get
from litestar.openapi.spec import Example
from litestar.params import FromPath
from msgspec import UNSET, Struct, UnsetType

from service.api.http.languages import language
from service.api.http.negotiation import preferred
from service.api.http.parameters import Language, Nothing, parameters_of
from service.api.http.state import AnyRequest
from service.model.errors import Code, ServiceError, not_found
from service.model.notices import WarningCode
from service.model.suggestions import nearest
from service.texts.messages import FALLBACK, LANGUAGES, message
from service.texts.sentences import sentence

OFFERED = ("text/html", "application/json")
STYLE = """<style>body{font:16px/1.6 system-ui,sans-serif;max-width:40rem;margin:3rem auto;
padding:0 1rem}code{background:#eee;padding:.1em .3em}</style>"""
PAGE = """<!doctype html><html lang="{lang}"><meta charset="utf-8"><title>{title}</title>
{style}{body}<p><a href="/problems">All codes</a>, <a href="/docs">API</a></p></html>"""
ENTRY = '<dt><a href="{href}"><code>{code}</code></a>{status} {title}</dt><dd>{help}</dd>'
IN_ANOTHER = '<h2 lang="{lang}">{title}</h2><p lang="{lang}">{help}</p>'


class Explanation(Struct, kw_only=True):
    """What a code means, and what to do about it; a warning has no status."""

    code: str
    status: int | UnsetType = UNSET
    title: str
    help: str
    href: str


class Explanations(Struct):
    """All codes that the service may answer."""

    object: Literal["problems"]
    errors: list[Explanation]
    warnings: list[Explanation]


@get(
    "/problems",
    operation_id="list_problems",
    summary="Every code of an error or a warning",
    opt={"answers": "text/html"},
)
async def problems_page(request: AnyRequest) -> Response[str | bytes]:
    """Every code, its title and what to do about it."""
    lang = language(request, parameters_of(request, Language).lang).lang
    errors = [_explained(code, lang) for code in sorted(Code)]
    warnings = [_explained(code, lang) for code in sorted(WarningCode)]
    if _wanted(request) == "application/json":
        answer = Explanations("problems", errors, warnings)
        return _response(msgspec.json.encode(answer), MediaType.JSON, lang)
    body = f"<h1>Errors</h1>{_entries(errors)}<h1>Warnings</h1>{_entries(warnings)}"
    page = PAGE.format(lang=lang, title="Codes", style=STYLE, body=body)
    return _response(page, MediaType.HTML, lang)


@get(
    "/problems/{code:str}",
    operation_id="get_problem_page",
    summary="What a code of an error or a warning means",
    opt={"answers": "text/html", "examples": {"code": Example(value="unknown_parameter")}},
)
async def problem_page(request: AnyRequest, code: FromPath[str]) -> Response[str | bytes]:
    """What a code means and what to do about it: JSON in one language, the page in all."""
    parameters_of(request, Language if _wanted(request) != "text/html" else Nothing)
    found = next((member for member in (*Code, *WarningCode) if member == code), None)
    if found is None:
        raise not_found("problem", code, nearest(code, [*Code, *WarningCode]))
    lang = language(request).lang
    if _wanted(request) == "application/json":
        return _response(msgspec.json.encode(_explained(found, lang)), MediaType.JSON, lang)
    shown = _shown(_explained(found, FALLBACK))
    body = "<h1>{title}</h1><p><code>{code}</code>{status}</p><p>{help}</p>".format(**shown)
    for other in LANGUAGES:
        if other != FALLBACK:
            body += IN_ANOTHER.format(lang=other, **_shown(_explained(found, other)))
    page = PAGE.format(lang=FALLBACK, title=shown["code"], style=STYLE, body=body)
    return _response(page, MediaType.HTML, FALLBACK)


def _wanted(request: AnyRequest) -> str:
    """Raises ServiceError `not_acceptable`."""
    wanted = preferred(request.headers.get("accept", ""), OFFERED)
    if wanted is None:
        raise ServiceError(
            Code.NOT_ACCEPTABLE, sentence("addresses.offers", formats=tuple(OFFERED))
        )
    return wanted


def _response(content: str | bytes, media_type: str, lang: str) -> Response[str | bytes]:
    headers = {
        "cache-control": "public, max-age=3600",
        "content-language": lang,
        "vary": "Accept, Accept-Language, Accept-Encoding",
    }
    return Response(content, media_type=media_type, headers=headers)


def _explained(code: Code | WarningCode, lang: str) -> Explanation:
    kind = "errors" if isinstance(code, Code) else "warnings"
    return Explanation(
        code=code.value,
        status=code.status if isinstance(code, Code) else UNSET,
        title=message(f"{kind}.{code}.title", lang),
        help=message(f"{kind}.{code}.help", lang),
        href=f"/problems/{code}",
    )


def _entries(told: list[Explanation]) -> str:
    return f"<dl>{''.join(ENTRY.format(**_shown(explanation)) for explanation in told)}</dl>"


def _shown(told: Explanation) -> dict[str, str]:
    """Its members as HTML."""
    return {
        "code": escape(told.code),
        "href": escape(told.href),
        "title": escape(told.title),
        "help": escape(told.help),
        "status": "" if told.status is UNSET else f", HTTP {told.status}",
    }
