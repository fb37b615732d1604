"""The analyses: how alike a market is, how long a feature stays its maker's own."""

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.params import FromPath

from service.api import lists
from service.api.conditional import Content, respond
from service.api.languages import language
from service.api.parameters import AS_OF, LANG, ON, Parameter, Query
from service.api.periods import INTERVALS, sampled
from service.formats.json_records import encode
from service.model.errors import Fault
from service.query.filters import paths
from service.query.registry import PRODUCTS
from service.query.requests import conditions_of
from service.store.database import Database, Snapshot
from service.usecases import analyses
from service.usecases.analyses import Analysis, Asked, HomogenizationAnswer, TimeToCopyAnswer
from service.usecases.metrics import metric
from service.usecases.panels import Panels

STAGES, EVIDENCE = ("preview", "ga"), ("sourced", "any")
# Which products count: what is known of them and of their vendors.
FILTERS = [name for name in paths(PRODUCTS) if name == "vendor_id" or name.startswith("vendor.")]
COMMON = [
    ON,
    AS_OF,
    LANG,
    Parameter(name="evidence", doc="sourced: facts with a source; any: unsourced ones too.",
              schema={"type": "string", "enum": list(EVIDENCE), "default": "sourced"}),
    Parameter(name="stage_min", doc="The least stage that counts as having a feature.",
              schema={"type": "string", "enum": list(STAGES), "default": "preview"}),
    *(Parameter(name=name, doc="Only products of such vendors count.",
                schema={"type": "array", "items": {"type": "string"}}) for name in FILTERS),
]  # fmt: skip
OWN = {
    "market_homogenization": ("unit", "confidence", "change_window_days", "include_structure"),
    "feature_time_to_copy": (
        "unit", "simultaneity_days", "confidence", "horizons_days", "rmst_tau_days",
    ),
}  # fmt: skip
MARKET = Parameter(name="market", doc="The market; without it all are treated as one.",
                   example="chat-assistants")  # fmt: skip
SERIES = [
    Parameter(name="interval", doc="One point per event, or the last of each period.",
              schema={"type": "string", "enum": list(INTERVALS), "default": "event"}),
    Parameter(name="from", doc="First day of the series.", example="2024-01-01"),
    Parameter(name="to", doc="Last day of the series.", example="2026-06-30"),
]  # fmt: skip


def own_parameters(name: str) -> list[Parameter]:
    """The metric's own parameters that a request may set, with their schemas and defaults."""
    _, components = msgspec.json.schema_components([metric(name).shape])
    properties = components[metric(name).shape.__name__]["properties"]
    return [
        Parameter(name=own, doc="See the method.", schema=properties[own])
        for own in OWN[name]
        if own in properties
    ]


def read(request: Request[Any, Any, Any], name: str, query: Query, more: list[str]) -> Asked:
    """Check the query string of an analysis; raises every fault at once."""
    today = lists.today()
    conditions, faults = conditions_of(
        PRODUCTS, {key: query.given[key] for key in FILTERS if key in query.given}
    )
    query.faults += [Fault(**fault._asdict()) for fault in faults]
    asked = Asked(
        on=query.day("on", today) or today,
        as_of=query.one("as_of"),
        lang=query.lang() or language(request)[0],
        evidence=query.choice("evidence", EVIDENCE, "sourced"),
        stage_min=query.choice("stage_min", STAGES, "preview"),
        conditions=conditions,
        params=_params(query, name),
    )
    query.finish([*(p.name for p in COMMON), *OWN[name], *more])
    return asked


def _params(query: Query, name: str) -> tuple[tuple[str, Any], ...]:
    fields = {f.name: f for f in msgspec.structs.fields(metric(name).shape)}
    found: list[tuple[str, Any]] = []
    for own in OWN[name]:
        text = query.one(own) if own in fields else None
        if text is None:
            continue
        value: Any = text.split(",") if own.endswith("horizons_days") else text
        try:
            found.append((own, msgspec.convert(value, fields[own].type, strict=False)))
        except msgspec.ValidationError as error:
            query.fault("invalid_value", own, f"{error}.".replace("`", '"'))
    return tuple(found)


Compute = Callable[[Snapshot, Panels], Awaitable[Analysis]]


async def answer(
    request: Request[Any, Any, Any], asked: Asked, question: object, compute: Compute
) -> Response[Any]:
    """At a revision: 304, the remembered answer, or a new one."""
    database: Database = request.app.state.database
    async with database.read(asked.as_of) as snapshot:

        async def content() -> Content:
            return Content(encode(await compute(snapshot, request.app.state.panels)), {})

        return await respond(
            request,
            revision=snapshot.revision,
            question=[question, asked.on.isoformat()],
            lang=asked.lang,
            is_pinned=(asked.as_of or "").startswith("rev:") and "on" in request.query_params,
            content=content,
        )


@get(
    "/v1/markets/{market_id:str}/homogenization",
    operation_id="get_market_homogenization",
    summary="How alike the products of a market are",
    tags=["Analyses"],
    opt={"parameters": [*COMMON, *own_parameters("market_homogenization"), *SERIES]},
)
async def market_homogenization(
    request: Request[Any, Any, Any], market_id: FromPath[str]
) -> Response[HomogenizationAnswer]:
    """Pick two rival vendors at random and one product of each: what share of the features that
    either product has do both have? With interval, counts, coverage and its series over time."""
    query = Query(request)
    interval = query.choice("interval", INTERVALS, "event")
    start, end = query.day("from", lists.today()), query.day("to", lists.today())
    asked = read(request, "market_homogenization", query, [p.name for p in SERIES])

    async def compute(snapshot: Snapshot, panels: Panels) -> HomogenizationAnswer:
        found = await analyses.homogenization(snapshot, panels, market_id, asked)
        return sampled(found, interval, start, end)

    return await answer(request, asked, query.normalized("on", "lang"), compute)


@get(
    "/v1/features/{feature_id:str}/time-to-copy",
    operation_id="get_feature_time_to_copy",
    summary="How long until rivals copied a feature",
    tags=["Analyses"],
    opt={"parameters": [*COMMON, *own_parameters("feature_time_to_copy"), MARKET]},
)
async def feature_time_to_copy(
    request: Request[Any, Any, Any], feature_id: FromPath[str]
) -> Response[TimeToCopyAnswer]:
    """How many days after the first launch had half of the rivals that were in a position to copy
    the feature done so? First movers, lags, exclusivity, share copied, curve, pending rivals."""
    query = Query(request)
    market = query.one("market")
    asked = read(request, "feature_time_to_copy", query, [MARKET.name])

    async def compute(snapshot: Snapshot, panels: Panels) -> TimeToCopyAnswer:
        return await analyses.time_to_copy(snapshot, panels, feature_id, market, asked)

    return await answer(request, asked, query.normalized("on", "lang"), compute)


HANDLERS = [market_homogenization, feature_time_to_copy]
