"""The analyses over HTTP: an operation for each declaration."""

from dataclasses import replace
from functools import wraps
from typing import Any

from service.api.http.operation import Operation, Reading
from service.api.http.parameters import Parameters
from service.api.http.query_string import QueryString
from service.api.http.representations import linked
from service.api.presence import while_there
from service.model.errors import Code
from service.query.fields import Collection
from service.query.registry import MARKETS, PRODUCTS
from service.texts.sentences import sentence
from service.usecases.analyses import answer as answers
from service.usecases.analyses import comparison, side_by_side
from service.usecases.analyses.comparison import ComparisonAnswer
from service.usecases.analyses.declaration import Analysis, Declaration
from service.usecases.analyses.declarations import ANALYSES
from service.usecases.analyses.declarations.comparison import DECLARATION as COMPARISON
from service.usecases.analyses.declarations.comparison import LEAST, MOST
from service.usecases.analyses.declarations.homogenization_side_by_side import (
    DECLARATION as SIDE_BY_SIDE,
)
from service.usecases.analyses.frame import ANSWER_TYPES
from service.usecases.analyses.parameters import FILTERS
from service.usecases.analyses.question import Question
from service.usecases.analyses.side_by_side import SideBySideAnswer

COST = 3
# Which products count: by their vendors in the flat spelling, by anything in `filter`.


def analysis_operation(analysis: Analysis) -> Operation[Any]:
    """The GET of one analysis."""

    async def analyse(reading: Reading[Any], record_id: str) -> Any:
        question = _question(reading)
        answer = await answers.answer(
            reading.snapshot, reading.state.panels, analysis, record_id, question
        )
        return linked(answer)

    analyse.__annotations__["return"] = ANSWER_TYPES[analysis.operation]
    return _operation(analysis, analyse)


async def compare(reading: Reading[Any]) -> ComparisonAnswer:
    """Products or vendors side by side."""
    if not reading.state.watcher.supposes(reading.snapshot):
        await reading.snapshot.open()
    answer = await comparison.compare(reading.snapshot, reading.state.panels, _question(reading))
    shown: ComparisonAnswer = linked(answer)
    return shown


async def list_homogenization(reading: Reading[Any]) -> SideBySideAnswer:
    """How alike the products of every market are."""
    answer = await side_by_side.homogenization(
        reading.snapshot, reading.state.panels, _question(reading)
    )
    shown: SideBySideAnswer = linked(answer)
    return shown


def _question(reading: Reading[Any]) -> Question:
    assert reading.on is not None, "an analysis is of some day"
    return Question(reading.parameters, on=reading.on, lang=reading.lang, filter=reading.filter)


def _check(asked: Any, query: QueryString) -> None:
    """One name for one thing; of a comparison either products or vendors, at least two."""
    if "stage" in query.given and "stage_min" in query.given:
        detail = sentence("parameters.stage")
        query.note(Code.INCOMPATIBLE_PARAMETERS, "stage", detail)
    if not isinstance(asked, COMPARISON.parameters):
        return
    named = [name for name in ("products", "vendors") if name in query.given]
    if len(named) != 1:
        code = Code.INCOMPATIBLE_PARAMETERS if named else Code.INVALID_VALUE
        query.note(code, "products", sentence("comparisons.one_kind"))
    elif len(getattr(asked, named[0])) < LEAST:
        detail = sentence("comparisons.size", least=LEAST, most=MOST)
        query.note(Code.INVALID_VALUE, named[0], detail)


def _operation(
    declared: Declaration, handler: Any, taken: tuple[Collection, list[str]] = (PRODUCTS, FILTERS)
) -> Operation[Any]:
    """`taken`: the collection that the filter is over, and its flat filters; none: all."""

    @wraps(handler)
    async def wanted(reading: Reading[Any], **ids: str) -> Any:
        return await while_there(reading.request, handler(reading, **ids))

    return Operation(
        id=declared.operation,
        path=declared.path,
        tag="Analyses",
        gives={"analysis": wanted},
        parameters=Parameters(declared.parameters, *taken, _check),
        cost=COST,
        pinning="as_of_and_on",
        summary=declared.summary,
        description=declared.doc,
        picture=declared.shown.picture,
    )


OPERATIONS = [
    *map(analysis_operation, ANALYSES),
    replace(_operation(COMPARISON, compare), is_lazy=True),
    _operation(SIDE_BY_SIDE, list_homogenization, (MARKETS, [])),
]
