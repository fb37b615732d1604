"""The analyses: how alike a market is, how long a feature stays its maker's own."""

from collections.abc import Awaitable, Callable
from typing import Any, get_args

import msgspec
from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from msgspec.structs import FieldInfo

from service.api.catalogue import lists
from service.api.http.conditional import Content, respond
from service.api.http.languages import language
from service.api.http.parameters import AS_OF, LANG, ON, Parameter, Query, is_pinned
from service.api.http.representations import JSON_FACE, Face, with_links
from service.model.errors import Code
from service.query.filters.parameters import filter_names, filter_of
from service.query.registry import PRODUCTS
from service.store.database import Database, Snapshot
from service.usecases.analyses import answer as analyses
from service.usecases.analyses.declaration import Analysis
from service.usecases.analyses.declarations import ANALYSES
from service.usecases.analyses.frame import ANSWER_TYPES, AnalysisAnswer
from service.usecases.analyses.panels import Panels
from service.usecases.analyses.parameters import SERIES, AnalysisParameters
from service.usecases.analyses.question import Question

STAGES, EVIDENCE = ("preview", "ga"), ("sourced", "any")
# Read by name, not by their types.
BY_NAME = frozenset((*AnalysisParameters.__struct_fields__, "market", "products", "vendors"))
DAYS = ("from", "to")
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


def handler(analysis: Analysis) -> HTTPRouteHandler:
    """The GET handler of one analysis."""

    async def respond_to(request: Request[Any, Any, Any], record_id: FromPath[str]) -> Any:
        query = Query(request)
        asked = read(analysis, query, request)
        compute = computing(analysis, record_id, asked)
        query.finish(p.name for p in parameters(analysis))
        return await answer(request, asked, query.normalized("on", "lang"), compute)

    respond_to.__annotations__["return"] = _response(ANSWER_TYPES[analysis.operation])
    return get(
        analysis.path,
        operation_id=analysis.operation,
        summary=analysis.summary,
        description=analysis.doc,
        tags=["Analyses"],
        opt={"parameters": parameters(analysis)},
    )(respond_to)


def computing(analysis: Analysis, record_id: str, asked: Question) -> "Compute":
    """The analysis with links to its other forms."""

    async def compute(snapshot: Snapshot, panels: Panels) -> AnalysisAnswer:
        found = await analyses.answer(snapshot, panels, analysis, record_id, asked)
        linked: AnalysisAnswer = with_links(found)
        return linked

    return compute


def _response(shape: Any) -> Any:
    return Response[shape]


def parameters(analysis: Analysis) -> list[Parameter]:
    """Everything that the analysis may be asked."""
    described = {p.name: p for p in own_parameters(analysis.parameters)}
    market = [described.pop("market")] if "market" in described else []
    return [*market, *COMMON, *described.values()]


def own_parameters(shape: type[AnalysisParameters]) -> list[Parameter]:
    """What not every analysis may be asked, with the words, schemas and defaults of its Struct."""
    _, components = msgspec.json.schema_components([shape])
    found = []
    for name, schema in components[shape.__name__]["properties"].items():
        if name not in AnalysisParameters.__struct_fields__:
            kept = {key: value for key, value in schema.items() if key != "description"}
            found.append(Parameter(name=name, doc=schema["description"], schema=kept))
    return found


def read(analysis: Analysis, query: Query, request: Request[Any, Any, Any]) -> Question:
    """Read the query string; faults are noted in `query`, which the caller finishes."""
    own = own_params(query, analysis.parameters)
    return read_common(query, request, analysis.parameters, own | _market(analysis, query))


def read_common(
    query: Query,
    request: Request[Any, Any, Any],
    shape: type[AnalysisParameters],
    own: dict[str, Any],
) -> Question:
    """What every analysis may be asked, with the parameters of its own."""
    today = lists.today()
    asked = {key: query.given[key] for key in (*FILTERS, "filter") if key in query.given}
    expression, faults = filter_of(PRODUCTS, asked)
    query.blame(faults)
    on = query.day("on", today)
    common: dict[str, Any] = {
        "on": on,
        "as_of": query.one("as_of"),
        "evidence": query.choice("evidence", EVIDENCE, "sourced"),
        "explain": query.choice("explain", ("true", "false"), "false") == "true",
        "stage_min": _stage(query),
    }
    return Question(
        shape(**common, **own),
        on=on or today,
        lang=query.lang() or language(request)[0],
        filter=expression,
    )


def _market(analysis: Analysis, query: Query) -> dict[str, Any]:
    if analysis.market in ("subject", "none"):
        return {}
    market = query.one("market")
    if market is None and analysis.market == "required" and "market" not in query.given:
        query.fault(Code.INVALID_VALUE, "market", "Say in which market: market=chat-assistants.")
    return {"market": market}


def _stage(query: Query) -> str:
    if "stage" in query.given and "stage_min" in query.given:
        query.fault(
            Code.INCOMPATIBLE_PARAMETERS, "stage", "stage is short for stage_min; keep one."
        )
    short = query.choice("stage", STAGES, "preview")
    return query.choice("stage_min", STAGES, short)


def own_params(query: Query, shape: type[AnalysisParameters]) -> dict[str, Any]:
    """The given ones of the parameters that not every analysis has, as its Struct takes them."""
    found: dict[str, Any] = {}
    for field in msgspec.structs.fields(shape):
        name = field.encode_name
        if name in BY_NAME:
            continue
        if name in DAYS:
            found[field.name] = query.day(name, lists.today())
        elif name == SERIES[0]:
            found[name] = query.choice(name, get_args(_bare(field.type)), field.default)
        elif (text := query.one(name)) is not None:
            _convert(query, found, field, text)
    return found


def _convert(query: Query, found: dict[str, Any], field: FieldInfo, text: str) -> None:
    is_list = isinstance(field.default, tuple)
    value: Any = text.split(",") if is_list else text
    try:
        found[field.name] = msgspec.convert(value, field.type, strict=False)
    except msgspec.ValidationError as error:
        query.fault(Code.INVALID_VALUE, field.name, f"{error}.".replace("`", '"'))


def _bare(annotated: Any) -> Any:
    return getattr(annotated, "__origin__", annotated)


Compute = Callable[[Snapshot, Panels], Awaitable[AnalysisAnswer]]


async def answer(
    request: Request[Any, Any, Any],
    asked: Question,
    question: object,
    compute: Compute,
    face: Face = JSON_FACE,
) -> Response[Any]:
    """At a revision: 304, the remembered answer, or a new one."""
    database: Database = request.app.state.database
    async with database.read(asked.parameters.as_of) as snapshot:

        async def content() -> Content:
            found = await compute(snapshot, request.app.state.panels)
            return Content(face.write(found), face.headers(snapshot.revision))

        return await respond(
            request,
            revision=snapshot.revision,
            question=[question, asked.on.isoformat()],
            lang=asked.lang,
            is_pinned=is_pinned(asked.parameters.as_of) and "on" in request.query_params,
            content=content,
            memento=snapshot.instant if asked.parameters.as_of else None,
            media_type=face.media_type,
        )


HANDLERS = [handler(analysis) for analysis in ANALYSES]
