"""`/v1/compare`: products or vendors side by side."""

from typing import Any

from litestar import Request, Response, get

from service.api.analyses.endpoints import COMMON, own_parameters, own_params, read_common
from service.api.http.conditional import Content, respond
from service.api.http.parameters import Query, is_pinned
from service.api.http.representations import JSON_FACE, Face, with_links
from service.model.errors import Code
from service.store.database import Database
from service.usecases.analyses.comparison import ComparisonAnswer, compare
from service.usecases.analyses.declarations.comparison import DECLARATION, LEAST, MOST
from service.usecases.analyses.question import Question

UNITS = ("products", "vendors")
PARAMETERS = [*own_parameters(DECLARATION.parameters), *COMMON]


@get(
    DECLARATION.path,
    operation_id=DECLARATION.operation,
    summary=DECLARATION.summary,
    description=DECLARATION.doc,
    tags=["Analyses"],
    opt={"parameters": PARAMETERS},
)
async def get_comparison(request: Request[Any, Any, Any]) -> Response[ComparisonAnswer]:
    """Two to ten subjects."""
    query = Query(request)
    asked = read(query, request)
    query.finish(p.name for p in PARAMETERS)
    return await answer(request, query, asked)


def read(query: Query, request: Request[Any, Any, Any]) -> Question:
    """What is asked; faults are noted in `query`."""
    own = own_params(query, DECLARATION.parameters) | _subjects(query)
    own["market"] = query.one("market")
    return read_common(query, request, DECLARATION.parameters, own)


async def answer(
    request: Request[Any, Any, Any], query: Query, asked: Question, face: Face = JSON_FACE
) -> Response[Any]:
    """At a revision: 304, the remembered answer, or a new one."""
    database: Database = request.app.state.database
    async with database.read(asked.parameters.as_of) as snapshot:

        async def content() -> Content:
            found = await compare(snapshot, request.app.state.panels, asked)
            linked = with_links(found)
            return Content(face.write(linked), face.headers(snapshot.revision))

        asked_for = query.normalized("on", "lang", "products", "vendors")
        subjects = _named(query)
        return await respond(
            request,
            revision=snapshot.revision,
            question=[asked_for, subjects, asked.on],
            lang=asked.lang,
            is_pinned=is_pinned(asked.parameters.as_of) and "on" in query.given,
            content=content,
            memento=snapshot.instant if asked.parameters.as_of else None,
            media_type=face.media_type,
        )


def _subjects(query: Query) -> dict[str, tuple[str, ...]]:
    """The ids under what they name, in the order asked."""
    both = [name for name in UNITS if name in query.given]
    if len(both) != 1:
        code = Code.INCOMPATIBLE_PARAMETERS if both else Code.INVALID_VALUE
        query.fault(code, "products", "Say either products= or vendors=.")
        return {}
    ids = _named(query)
    if not LEAST <= len(set(ids)) <= MOST or "" in ids:
        query.fault(Code.INVALID_VALUE, both[0], f"Name {LEAST} to {MOST} different ids.")
    return {both[0]: ids}


def _named(query: Query) -> tuple[str, ...]:
    given = [text for name in UNITS for text in query.given.get(name, ())]
    return tuple(dict.fromkeys(word for text in given for word in text.split(",")))
