"""`/v1/compare`: products or vendors side by side."""

from typing import Any

from litestar import Request, Response, get

from service.api import lists
from service.api.analyses import EVIDENCE, STAGES
from service.api.conditional import Content, respond
from service.api.languages import language
from service.api.parameters import AS_OF, LANG, ON, Parameter, Query, is_pinned
from service.formats.json_records import encode
from service.query.requests import distinct
from service.store.database import Database
from service.usecases.comparisons import ComparisonAnswer, compare

LEAST, MOST = 2, 10
_IDS = {"type": "array", "items": {"type": "string"}, "minItems": LEAST, "maxItems": MOST}
PARAMETERS = [
    Parameter(name="products", doc="Two to ten product ids.", schema=_IDS,
              example="kimi,doubao,chatgpt"),
    Parameter(name="vendors", doc="Two to ten vendor ids, instead of products.", schema=_IDS),
    Parameter(name="only", doc="differences: only rows that differ.",
              schema={"type": "string", "enum": ["all", "differences"], "default": "all"}),
    Parameter(name="evidence", doc="sourced: facts with a source; any: unsourced ones too.",
              schema={"type": "string", "enum": list(EVIDENCE), "default": "sourced"}),
    Parameter(name="stage_min", doc="The least stage that counts as having a feature.",
              schema={"type": "string", "enum": list(STAGES), "default": "preview"}),
    ON, AS_OF, LANG,
]  # fmt: skip


@get(
    "/v1/compare",
    operation_id="compare",
    summary="Products or vendors side by side",
    description="Attributes, features with stages, dates as stored and lags behind the first of "
    "the compared, business models with prices; each with its sources.",
    tags=["Analyses"],
    opt={"parameters": PARAMETERS},
)
async def get_comparison(request: Request[Any, Any, Any]) -> Response[ComparisonAnswer]:
    """Two to ten subjects."""
    query, today = Query(request), lists.today()
    unit, subjects = _subjects(query)
    on, as_of = query.day("on", today) or today, query.one("as_of")
    lang = query.lang() or language(request)[0]
    only = query.choice("only", ("all", "differences"), "all") == "differences"
    evidence = query.choice("evidence", EVIDENCE, "sourced")
    stage_min = query.choice("stage_min", STAGES, "preview")
    query.finish(p.name for p in PARAMETERS)
    database: Database = request.app.state.database
    async with database.read(as_of) as snapshot:

        async def content() -> Content:
            found = await compare(
                snapshot, request.app.state.panels, unit, subjects, on, lang=lang, as_of=as_of,
                only_differences=only, evidence=evidence, stage_min=stage_min,
            )  # fmt: skip
            return Content(encode(found), {})

        return await respond(
            request,
            revision=snapshot.revision,
            question=[query.normalized("on", "lang", "products", "vendors"), subjects, on],
            lang=lang,
            is_pinned=is_pinned(as_of) and "on" in query.given,
            content=content,
            memento=snapshot.instant if as_of else None,
        )


def _subjects(query: Query) -> tuple[Any, list[str]]:
    """The unit and the ids, in the order asked."""
    both = [name for name in ("products", "vendors") if name in query.given]
    if len(both) != 1:
        code = "incompatible_parameters" if both else "invalid_value"
        query.fault(code, "products", "Say either products= or vendors=.")
        return "product", []
    raw = [word for text in query.given[both[0]] for word in text.split(",")]
    if not LEAST <= len(distinct(raw)) <= MOST or "" in raw:
        query.fault("invalid_value", both[0], f"Name {LEAST} to {MOST} different ids.")
    return both[0].removesuffix("s"), list(dict.fromkeys(raw))
