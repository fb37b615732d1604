"""Every code of an error or a warning, and a page for each: HTML or JSON by Accept."""

import json
from typing import Literal

import msgspec
from litestar import Response, get
from litestar.openapi.spec import Example
from litestar.params import FromPath
from msgspec import UNSET, Struct, UnsetType

from service.api.documentation.answers import HTML, Read, answered, host, shown, wanted
from service.api.documentation.code_colours import coloured
from service.api.documentation.curl import curl
from service.api.documentation.problem_examples import ExampleRequest, answer, examples
from service.api.http.languages import language
from service.api.http.parameters import parameters_of
from service.api.http.state import AnyRequest
from service.model.errors import Code, not_found
from service.model.notices import WarningCode
from service.model.suggestions import nearest
from service.texts.messages import LANGUAGES, message

JSON = "application/json"
OFFERED = (HTML, JSON)


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
    sync_to_thread=True,
)
def problems_page(request: AnyRequest) -> Response[bytes]:
    """Every code, its title and what to do about it."""
    spoken = language(request, parameters_of(request, Read).lang)
    told = Explanations(
        "problems",
        [_explained(code, spoken.lang) for code in sorted(Code)],
        [_explained(code, spoken.lang) for code in sorted(WarningCode)],
    )
    if wanted(request, OFFERED) == JSON:
        return answered(
            request, lambda: msgspec.json.encode(told), media_type=JSON, language=spoken
        )

    def made() -> str:
        groups = {"errors": told.errors, "warnings": told.warnings}
        return shown("codes.html", request, spoken.lang, groups=groups)

    return answered(request, made, language=spoken)


@get(
    "/problems/{code:str}",
    operation_id="get_problem_page",
    summary="What a code of an error or a warning means",
    opt={"answers": "text/html", "examples": {"code": Example(value="unknown_parameter")}},
    sync_to_thread=True,
)
def problem_page(request: AnyRequest, code: FromPath[str]) -> Response[bytes]:
    """What a code means and what to do about it: JSON in one language, the page in all."""
    spoken = language(request, parameters_of(request, Read).lang)
    found = next((member for member in (*Code, *WarningCode) if member == code), None)
    if found is None:
        raise not_found("problem", code, nearest(code, [*Code, *WarningCode]))
    if wanted(request, OFFERED) == JSON:
        told = msgspec.json.encode(_explained(found, spoken.lang))
        return answered(request, lambda: told, media_type=JSON, language=spoken)
    return answered(request, lambda: _page(request, found, spoken.lang), language=spoken)


def _page(request: AnyRequest, code: Code | WarningCode, lang: str) -> str:
    return shown(
        "code.html",
        request,
        lang,
        told={one: _explained(code, one) for one in (lang, *LANGUAGES)},
        example=_example(request, code, lang),
    )


def _example(request: AnyRequest, code: Code | WarningCode, lang: str) -> dict[str, str] | None:
    """The command, and the answer as HTML; None where the code has no example."""
    if code not in examples():
        return None
    found = answer(code, lang, request.app.state.settings.public_url)
    return {
        "command": _command(host(request), examples()[code]),
        "answer": coloured(json.dumps(found, ensure_ascii=False, indent=2), "json"),
    }


def _command(host: str, example: ExampleRequest) -> str:
    """What is typed to be answered so; a command of our own stays as it is."""
    method, _, path = example.request.partition(" ")
    if not path.startswith("/"):
        return example.request
    needs_key = method != "GET" and "authorization" not in example.headers
    key = {"authorization": "Bearer $PARITY_KEY"} if needs_key else {}
    return curl(host + path, method, {**key, **example.headers}, example.body)


def _explained(code: Code | WarningCode, lang: str) -> Explanation:
    kind = "errors" if isinstance(code, Code) else "warnings"
    return Explanation(
        code=code.value,
        status=code.status if isinstance(code, Code) else UNSET,
        title=message(f"{kind}.{code}.title", lang),
        help=message(f"{kind}.{code}.help", lang),
        href=f"/problems/{code}",
    )
