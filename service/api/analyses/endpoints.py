"""The analyses: how alike a market is, how long a feature stays its maker's own."""

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from service.api.analyses.periods import SERIES, span
from service.api.catalogue import lists
from service.api.http.conditional import Content, respond
from service.api.http.languages import language
from service.api.http.parameters import AS_OF, LANG, ON, Parameter, Query, is_pinned
from service.api.http.representations import JSON_FACE, Face, with_links
from service.query.filters.parameters import filter_names, filter_of
from service.query.registry import PRODUCTS
from service.store.database import Database, Snapshot
from service.usecases.analyses import answer as analyses
from service.usecases.analyses.answer import Asked
from service.usecases.analyses.declarations import QUESTIONS, Question
from service.usecases.analyses.frame import ANSWER_TYPES, Analysis
from service.usecases.analyses.metrics import metric
from service.usecases.analyses.panels import Panels

LISTS = ("horizons_days", "age_bands_days", "markets")  # written with commas
STAGES, EVIDENCE = ("preview", "ga"), ("sourced", "any")
# Which products count: by their vendors in the flat spelling, by anything in `filter`.
FILTERS = [n for n in filter_names(PRODUCTS) if n.startswith(("vendor.", "vendor_id"))]
STAGE_SCHEMA = {"type": "string", "enum": list(STAGES), "default": "preview"}
COMMON = [
    ON,
    AS_OF,
    LANG,
    Parameter(name="evidence", doc="sourced: facts with a source; any: unsourced ones too.",
              schema={"type": "string", "enum": list(EVIDENCE), "default": "sourced"}),
    Parameter(name="stage_min", doc="The least stage that counts as having a feature.",
              schema=STAGE_SCHEMA),
    Parameter(name="stage", doc="Short for stage_min.", schema=STAGE_SCHEMA),
    Parameter(name="explain", doc="true: also the ids of the facts it stands on.",
              schema={"type": "boolean", "default": False}),
    *(parameter for parameter in lists.filter_parameters(PRODUCTS)
      if parameter.name in FILTERS or parameter.name == "filter"),
]  # fmt: skip
MARKET = Parameter(name="market", doc="The market.", example="chat-assistants")
OWN_MARKET = Parameter(name="market", doc="The market; a product that is in one only needs none.",
                       example="chat-assistants")  # fmt: skip


def handler(question: Question) -> HTTPRouteHandler:
    """The GET handler of one analysis."""

    async def respond_to(request: Request[Any, Any, Any], record_id: FromPath[str]) -> Any:
        query = Query(request)
        asked = read(question, query, request)
        compute = computing(request, query, question, record_id, asked)
        query.finish(p.name for p in parameters(question))
        return await answer(request, asked, query.normalized("on", "lang"), compute)

    respond_to.__annotations__["return"] = _response(ANSWER_TYPES[question.operation])
    return get(
        question.path,
        operation_id=question.operation,
        summary=question.summary,
        description=question.doc,
        tags=["Analyses"],
        opt={"parameters": parameters(question)},
    )(respond_to)


def computing(
    request: Request[Any, Any, Any], query: Query, question: Question, record_id: str, asked: Asked
) -> "Compute":
    """The analysis with its series cut as asked, and links to its other forms."""
    cut = span(query) if _has_series(question) else None

    async def compute(snapshot: Snapshot, panels: Panels) -> Analysis:
        found = await analyses.answer(snapshot, panels, question, record_id, asked)
        linked: Analysis = with_links(cut(found) if cut else found, request, query)
        return linked

    return compute


def _response(shape: Any) -> Any:
    return Response[shape]


def _has_series(question: Question) -> bool:
    return ("series", True) in question.fixed


def parameters(question: Question) -> list[Parameter]:
    """Everything that the analysis may be asked."""
    market = {"required": [MARKET], "optional": [MARKET], "own": [OWN_MARKET]}
    series = SERIES if _has_series(question) else []
    return [*market.get(question.market, []), *COMMON, *_own(question), *series]


def _own(question: Question) -> list[Parameter]:
    return own_parameters(question.own, question.metrics, question.method)


def own_parameters(
    names: tuple[str, ...], metrics: tuple[str, ...], method: str
) -> list[Parameter]:
    """The metrics' own parameters, with the schemas and defaults of their signatures."""
    shapes = [metric(name).shape for name in reversed(metrics)]
    _, components = msgspec.json.schema_components(shapes)
    properties = {k: v for s in shapes for k, v in components[s.__name__]["properties"].items()}
    return [
        Parameter(name=own, doc=f"See the method {method}.", schema=properties[own])
        for own in names
    ]


def read(question: Question, query: Query, request: Request[Any, Any, Any]) -> Asked:
    """Read the query string; faults are noted in `query`, which the caller finishes."""
    params = own_params(query, question.own, question.metrics)
    return read_common(query, request, _market(question, query), params)


def read_common(
    query: Query,
    request: Request[Any, Any, Any],
    market: str | None,
    params: tuple[tuple[str, Any], ...],
) -> Asked:
    """What every analysis may be asked, with the market and the parameters of its own."""
    today = lists.today()
    asked = {key: query.given[key] for key in (*FILTERS, "filter") if key in query.given}
    expression, faults = filter_of(PRODUCTS, asked)
    query.blame(faults)
    return Asked(
        on=query.day("on", today) or today,
        market=market,
        as_of=query.one("as_of"),
        lang=query.lang() or language(request)[0],
        evidence=query.choice("evidence", EVIDENCE, "sourced"),
        explain=query.choice("explain", ("true", "false"), "false") == "true",
        stage_min=_stage(query),
        filter=expression,
        params=params,
    )


def _market(question: Question, query: Query) -> str | None:
    if question.market in ("subject", "none"):
        return None
    market = query.one("market")
    if market is None and question.market == "required" and "market" not in query.given:
        query.fault("invalid_value", "market", "Say in which market: market=chat-assistants.")
    return market


def _stage(query: Query) -> str:
    if "stage" in query.given and "stage_min" in query.given:
        query.fault("incompatible_parameters", "stage", "stage is short for stage_min; keep one.")
    short = query.choice("stage", STAGES, "preview")
    return query.choice("stage_min", STAGES, short)


def own_params(
    query: Query, names: tuple[str, ...], metrics: tuple[str, ...]
) -> tuple[tuple[str, Any], ...]:
    """The given ones of these parameters, as the metrics take them."""
    shapes = [metric(name).shape for name in reversed(metrics)]
    fields = {f.name: f for shape in shapes for f in msgspec.structs.fields(shape)}
    found: list[tuple[str, Any]] = []
    for own in names:
        text = query.one(own)
        if text is None:
            continue
        value: Any = text.split(",") if own.endswith(LISTS) else text
        try:
            found.append((own, msgspec.convert(value, fields[own].type, strict=False)))
        except msgspec.ValidationError as error:
            query.fault("invalid_value", own, f"{error}.".replace("`", '"'))
    return tuple(found)


Compute = Callable[[Snapshot, Panels], Awaitable[Analysis]]


async def answer(
    request: Request[Any, Any, Any],
    asked: Asked,
    question: object,
    compute: Compute,
    face: Face = JSON_FACE,
) -> Response[Any]:
    """At a revision: 304, the remembered answer, or a new one."""
    database: Database = request.app.state.database
    async with database.read(asked.as_of) as snapshot:

        async def content() -> Content:
            found = await compute(snapshot, request.app.state.panels)
            return Content(face.write(found), face.headers(snapshot.revision))

        return await respond(
            request,
            revision=snapshot.revision,
            question=[question, asked.on.isoformat()],
            lang=asked.lang,
            is_pinned=is_pinned(asked.as_of) and "on" in request.query_params,
            content=content,
            memento=snapshot.instant if asked.as_of else None,
            media_type=face.media_type,
        )


HANDLERS = [handler(question) for question in QUESTIONS]
