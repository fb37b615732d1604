"""What the maths says to a question, without names or words: computed wherever the panel is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service.maths.panel.coverage import Coverage
from service.maths.panel.panel import Panel
from service.maths.panel.provenance import facts_used, figures_used, versions_used
from service.maths.panel.scope import Place
from service.maths.parameters import SURVEY_VALID_DAYS
from service.usecases.analyses.declaration import Analysis, called, markets_of
from service.usecases.analyses.declarations import ANALYSES
from service.usecases.analyses.frame import Explanation

_SURVEYS = "survey_valid_days"
_BY_OPERATION = {analysis.operation: analysis for analysis in ANALYSES}


@dataclass(frozen=True)
class Measured:
    """What the maths says to a question, without words."""

    result: Any
    parts: dict[str, Any]
    coverage: Coverage
    explain: Explanation | None


def measured(
    panel: Panel, set_aside: Panel | None, operation: str, given: dict[str, Any]
) -> Measured:
    """The result of an analysis and what stands beside it."""
    analysis = _BY_OPERATION[operation]
    result = called(analysis.compute, panel, given)
    parts = {part.name: called(part.compute, panel, given) for part in analysis.parts}
    place = _place(panel, given)
    known = analysis.metric.coverage(panel, place, {_SURVEYS: SURVEY_VALID_DAYS} | given)
    return Measured(result, parts, known, _explanation(panel, set_aside, analysis, place, given))


def _place(panel: Panel, given: Mapping[str, Any]) -> Place:
    """The market or markets that the answer is of: of a vendor or product alone, all where it
    is."""
    if "market" not in given:
        return markets_of(panel, given)
    place: Place = given["markets"] or given["market"]
    return place


def _explanation(
    panel: Panel,
    set_aside: Panel | None,
    analysis: Analysis,
    place: Place,
    given: Mapping[str, Any],
) -> Explanation | None:
    if set_aside is None:
        return None
    kind, on = analysis.metric.stands_on, given["on"]
    if kind == "versions":
        ids, disputed = (
            versions_used(known, place, given.get("product"), on) for known in (panel, set_aside)
        )
        return Explanation(collection=kind, ids=ids, disputed_ids=disputed)
    if kind == "usage" or kind == "investments":
        owner = given["product" if kind == "usage" else "vendor"]
        ids, disputed = (
            figures_used(panel, kind, owner, on, set_aside=lost) for lost in (False, True)
        )
        return Explanation(collection=kind, ids=ids, disputed_ids=disputed)
    one = given.get("feature") if analysis.is_of_one_feature else None
    models = kind == "monetizations"
    ids, disputed = (
        facts_used(known, place, on, one, models=models) for known in (panel, set_aside)
    )
    return Explanation(collection=kind, ids=ids, disputed_ids=disputed)
