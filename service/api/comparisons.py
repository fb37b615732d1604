"""`/v1/compare`: products or vendors side by side."""

from datetime import date
from typing import Any, NamedTuple

from litestar import Request, Response, get

from service.api import lists
from service.api.analyses import EVIDENCE, STAGES
from service.api.conditional import Content, respond
from service.api.faces import JSON_FACE, Face, with_links
from service.api.languages import language
from service.api.parameters import AS_OF, LANG, ON, Parameter, Query, is_pinned
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


class Asked(NamedTuple):
    """A checked request, by the names of `compare`."""

    unit: Any
    subjects: list[str]
    on: date
    as_of: str | None
    lang: str
    only_differences: bool
    evidence: str
    stage_min: str


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
    query = Query(request)
    asked = read(query, request)
    query.finish(p.name for p in PARAMETERS)
    return await answer(request, query, asked)


def read(query: Query, request: Request[Any, Any, Any]) -> Asked:
    """What is asked; faults are noted in `query`."""
    today = lists.today()
    unit, subjects = _subjects(query)
    return Asked(
        unit=unit,
        subjects=subjects,
        on=query.day("on", today) or today,
        as_of=query.one("as_of"),
        lang=query.lang() or language(request)[0],
        only_differences=query.choice("only", ("all", "differences"), "all") == "differences",
        evidence=query.choice("evidence", EVIDENCE, "sourced"),
        stage_min=query.choice("stage_min", STAGES, "preview"),
    )


async def answer(
    request: Request[Any, Any, Any], query: Query, asked: Asked, face: Face = JSON_FACE
) -> Response[Any]:
    """At a revision: 304, the remembered answer, or a new one."""
    database: Database = request.app.state.database
    async with database.read(asked.as_of) as snapshot:

        async def content() -> Content:
            found = await compare(snapshot, request.app.state.panels, **asked._asdict())
            linked = with_links(found, request, query)
            return Content(face.write(linked), face.headers(snapshot.revision))

        asked_for = query.normalized("on", "lang", "products", "vendors")
        return await respond(
            request,
            revision=snapshot.revision,
            question=[asked_for, asked.subjects, asked.on],
            lang=asked.lang,
            is_pinned=is_pinned(asked.as_of) and "on" in query.given,
            content=content,
            memento=snapshot.instant if asked.as_of else None,
            media_type=face.media_type,
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
