"""`/v1/methods`: how every figure is made."""

from typing import Any, Literal

from litestar import Request, Response, get
from litestar.params import FromPath
from msgspec import Struct

from service.api.http.conditional import Content, respond
from service.api.http.languages import language
from service.api.http.parameters import LANG, Query
from service.formats.json_records import encode
from service.model.errors import not_found
from service.model.methods import METHODS, text
from service.model.suggestions import nearest
from service.store.database import Database
from service.usecases.analyses.declarations import DECLARATIONS


class Change(Struct):
    """What a version changed."""

    version: str
    what: str


class MethodShown(Struct):
    """A method, in the reader's language."""

    object: Literal["method"]
    id: str
    href: str
    version: str
    lang: str
    name: str
    definition: str
    formula: str
    assumptions: str
    limits: str
    references: list[str]
    changes: list[Change]
    used_by: list[str]


class MethodList(Struct):
    """All methods."""

    object: Literal["list"]
    data: list[MethodShown]


@get("/v1/methods", operation_id="list_methods", summary="How the figures are made",
     tags=["Methods"], opt={"parameters": [LANG]})  # fmt: skip
async def list_methods(request: Request[Any, Any, Any]) -> Response[MethodList]:
    """Every method with its definition, formula, assumptions, limits and references."""
    lang = _lang(request)
    return await _answer(request, lang, MethodList("list", [_shown(m, lang) for m in METHODS]))


@get("/v1/methods/{method_id:str}", operation_id="get_method", summary="One method",
     tags=["Methods"], opt={"parameters": [LANG]})  # fmt: skip
async def get_method(
    request: Request[Any, Any, Any], method_id: FromPath[str]
) -> Response[MethodShown]:
    """Definition, formula, assumptions, limits, references, version and what changed."""
    lang = _lang(request)
    if method_id not in METHODS:
        raise not_found("method", method_id, nearest(method_id, METHODS))
    return await _answer(request, lang, _shown(method_id, lang))


def _lang(request: Request[Any, Any, Any]) -> str:
    query = Query(request)
    lang = query.lang() or language(request)[0]
    query.finish([LANG.name])
    return lang


async def _answer(request: Request[Any, Any, Any], lang: str, shown: Struct) -> Response[Any]:
    database: Database = request.app.state.database

    async def content() -> Content:
        return Content(encode(shown), {})

    return await respond(
        request,
        revision=await database.revision(),
        question=[(m, METHODS[m].version) for m in METHODS],
        lang=lang,
        is_pinned=False,
        content=content,
    )


def _shown(method_id: str, lang: str) -> MethodShown:
    method, said = METHODS[method_id], text(method_id, lang)
    return MethodShown(
        object="method",
        id=method_id,
        href=f"/v1/methods/{method_id}",
        version=method.version,
        lang=lang,
        name=said.name,
        definition=said.definition,
        formula=method.formula,
        assumptions=said.assumptions,
        limits=said.limits,
        references=list(method.references),
        changes=[Change(version, what) for version, what in said.changes.items()],
        used_by=_used_by(method_id),
    )


def _used_by(method_id: str) -> list[str]:
    """The paths whose answers hold figures of the method."""
    return [
        declaration.path.replace("record_id:str", "id")
        for declaration in DECLARATIONS
        if method_id in (declaration.method, *(metric.method for metric in declaration.metrics))
    ]


HANDLERS = [list_methods, get_method]
