"""`/v1/markets/{id}/unknown`: the cells that nobody knows, by what settling them would bring."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal
from urllib.parse import urlencode

from msgspec import Meta, Struct

from service.api.catalogue.record_schemas import RevisionMeta
from service.api.http.operation import Operation, Reading, read
from service.api.http.paging import CURSOR, LIMIT, Listing, PagedMoment, PageShown, cut
from service.api.http.query_string import QueryString
from service.maths.homogenization.cell_sample import CellState, SampleEstimate
from service.maths.homogenization.unknown_worth import CellWorth
from service.maths.parameters import SURVEY_VALID_DAYS, Evidence, Stage
from service.model.errors import Code
from service.model.methods import Method, method
from service.model.releases import REVISION_FORM
from service.query.registry import MARKETS
from service.texts.sentences import sentence
from service.usecases.analyses import parameters as p
from service.usecases.analyses import unknown
from service.usecases.analyses.names import NamesByKind
from service.usecases.analyses.unknown import CellQuestion, Draw, Market, Sample
from service.usecases.catalogue.merged_ids import existing

COST = 3
SAMPLE_MAX = 1000
OF_SAMPLES = ("drawn_at", "drawn_on")


class UnknownParameters(PagedMoment, frozen=True, kw_only=True):
    """Which cells, and whether a sample of them."""

    evidence: Annotated[Evidence, Meta(description="any: unsourced facts too.")] = "sourced"
    stage_min: Annotated[Stage, Meta(description="The least stage that counts.")] = "preview"
    survey_valid_days: p.SurveyValidDays = SURVEY_VALID_DAYS
    sample: Annotated[
        Annotated[int, Meta(ge=1, le=SAMPLE_MAX)] | None,
        Meta(description="So many at random instead.", examples=[40]),
    ] = None
    seed: Annotated[int, Meta(description="Decides which are drawn.")] = 0
    drawn_at: Annotated[
        str | None,
        Meta(
            description="The revision at which the sample was drawn.",
            examples=["rev:1"],
            extra_json_schema={"pattern": REVISION_FORM},
        ),
    ] = None
    drawn_on: Annotated[
        date | None,
        Meta(description="The day whose unknown cells were drawn; else that of the revision."),
    ] = None

    def check(self, query: QueryString) -> None:
        """What says how a sample is drawn needs one."""
        for name in OF_SAMPLES:
            if name in query.given and "sample" not in query.given:
                detail = sentence("samples.none", name=name)
                query.note(Code.INCOMPATIBLE_PARAMETERS, name, detail)


class UnknownCell(Struct, kw_only=True):
    """By how much the bounds of the score draw together when the cell is settled: in the mean, if
    it proves present, and if absent; null where it is settled already or there is no score."""

    product_id: str
    product_name: str
    feature_id: str
    feature_name: str
    state: CellState
    narrowing: float | None
    narrowing_if_present: float | None
    narrowing_if_absent: float | None


class CellSample(Struct, kw_only=True):
    """How the sample was drawn and what those of it that were settled since say; `again` asks for
    the same cells."""

    seed: int
    drawn_at: str
    drawn_on: str
    estimate: SampleEstimate
    again: str


class UnknownCells(Struct, kw_only=True):
    """Unknown cells, those first whose settling brings most; a sample in the order of drawing."""

    object: Literal["list"] = "list"
    market_id: str
    market_name: str
    on: str
    n_products: int
    n_features: int
    n_unknown: int
    known_share: float | None
    score_lowest: float | None
    score_highest: float | None
    reasons: dict[str, str]
    method: Method
    sample: CellSample | None
    data: list[UnknownCell]
    page: PageShown | None
    meta: RevisionMeta


async def list_unknown_cells(
    reading: Reading[UnknownParameters], record_id: str
) -> Listing[UnknownCells]:
    """Cells of a market of which nobody knows.

    By how much settling each draws the bounds of the score together. With `sample` that many at
    random; asked again later, an estimate of the share present from those settled since."""
    asked, on = reading.parameters, reading.on
    assert on is not None, "it is of some day"
    panels = reading.state.panels
    await existing(reading.snapshot, MARKETS, record_id)
    question = CellQuestion(
        market=record_id,
        on=on,
        evidence=asked.evidence,
        stage_min=asked.stage_min,
        survey_valid_days=asked.survey_valid_days,
    )
    market = await unknown.unknown(reading.snapshot, panels, question)
    names = await panels.names(reading.snapshot, reading.lang)
    drawn, rows = None, _rows(market.worth, names)
    if asked.sample is not None:
        draw = Draw(size=asked.sample, seed=asked.seed, at=asked.drawn_at, on=asked.drawn_on)
        drawn = await unknown.sample(reading.snapshot, panels, question, draw)
        rows = _sampled(drawn, market.worth, names)
    shown, after = cut(reading.window, rows)
    answer = _answer(reading, record_id, market, names)
    answer.sample = None if drawn is None else _sample(reading, drawn)
    answer.data = list(shown)
    return Listing(answer, after)


def _answer(
    reading: Reading[UnknownParameters], market_id: str, market: Market, names: NamesByKind
) -> UnknownCells:
    low, high = market.bounds or (None, None)
    missing = {"score_lowest": market.missing, "score_highest": market.missing}
    if market.known_share is None:
        missing["known_share"] = market.missing or "no_features"
    return UnknownCells(
        market_id=market_id,
        market_name=names["market"].get(market_id, market_id),
        on=str(reading.on),
        n_products=market.n_products,
        n_features=market.n_features,
        n_unknown=market.n_unknown,
        known_share=market.known_share,
        score_lowest=low,
        score_highest=high,
        reasons={name: why for name, why in sorted(missing.items()) if why is not None},
        method=_method(reading.parameters),
        sample=None,
        data=[],
        page=None,
        meta=RevisionMeta(reading.snapshot.revision, reading.lang),
    )


def _method(asked: UnknownParameters) -> Method:
    decides = ["evidence", "stage_min", "survey_valid_days"]
    decides += [] if asked.sample is None else ["sample", "seed"]
    return method("unknown-cells", {name: getattr(asked, name) for name in decides})


def _rows(worth: Sequence[CellWorth], names: NamesByKind) -> list[UnknownCell]:
    return [_row(cell, "unknown", names) for cell in worth]


def _sampled(drawn: Sample, worth: Sequence[CellWorth], names: NamesByKind) -> list[UnknownCell]:
    known = {(cell.product, cell.feature): cell for cell in worth}
    none = (None, None)
    return [
        _row(known.get((*cell,), CellWorth(*cell, *none)), state, names)
        for cell, state in zip(drawn.cells, drawn.states, strict=True)
    ]


def _row(cell: CellWorth, state: CellState, names: NamesByKind) -> UnknownCell:
    return UnknownCell(
        product_id=cell.product,
        product_name=names["product"].get(cell.product, cell.product),
        feature_id=cell.feature,
        feature_name=names["feature"].get(cell.feature, cell.feature),
        state=state,
        narrowing=cell.mean,
        narrowing_if_present=cell.if_present,
        narrowing_if_absent=cell.if_absent,
    )


def _sample(reading: Reading[UnknownParameters], drawn: Sample) -> CellSample:
    at = f"rev:{drawn.revision}"
    kept = reading.query.pairs("drawn_at", "drawn_on", "on", "as_of", LIMIT, CURSOR)
    words = urlencode([*kept, ("drawn_at", at), ("drawn_on", drawn.on.isoformat())])
    return CellSample(
        seed=reading.parameters.seed,
        drawn_at=at,
        drawn_on=drawn.on.isoformat(),
        estimate=drawn.estimate,
        again=f"{reading.path}?{words}",
    )


UNKNOWN: Operation[UnknownParameters] = read(
    "/v1/markets/{record_id:str}/unknown",
    list_unknown_cells,
    "Analyses",
    pinning="as_of_and_on",
    cost=COST,
)
