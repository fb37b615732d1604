"""The frame that all analyses share, and the type of each one's answer."""

from datetime import date
from typing import Any, get_args

from msgspec import UNSET, Struct, UnsetType, defstruct

from service.maths.panel.coverage import Coverage
from service.model.methods import Method
from service.model.notices import Notice
from service.usecases.analyses.declaration import Analysis
from service.usecases.analyses.declarations import ANALYSES
from service.usecases.analyses.names import named_type


class Subject(Struct, frozen=True, kw_only=True):
    """The record that the analysis is about."""

    object: str
    id: str
    name: str
    href: str


class Explanation(Struct, frozen=True, kw_only=True):
    """The facts that the answer stands on, by id; their records name their sources.

    `disputed_ids` would stand among them, had they not lost a dispute.
    """

    collection: str
    ids: list[str]
    disputed_ids: list[str]


class Meta(Struct, frozen=True, kw_only=True):
    """At which revision, in which language; merged ids that were asked for, with the survivors."""

    revision: int
    lang: str
    resolved: dict[str, str] | UnsetType = UNSET


class AnalysisAnswer(Struct, frozen=True, kw_only=True):
    """The frame that all analyses share: what was asked, what it means, what it stands on."""

    object: str
    subject: Subject
    market_id: str | None
    market_name: str | None
    feature_id: str | None
    feature_name: str | None
    product_id: str | None
    product_name: str | None
    on: date
    as_of: str | None
    finding: str
    reasons: dict[str, str]
    coverage: Coverage
    explain: Explanation | None
    method: Method
    links: dict[str, str]
    warnings: list[Notice]
    meta: Meta


def _answer_type(analysis: Analysis) -> Any:
    shown = {"result": analysis.result} | {part.name: part.type for part in analysis.parts}
    fields: list[Any] = [(name, named_type(shape, is_top=True)) for name, shape in shown.items()]
    fields = [(*one, UNSET) if UnsetType in get_args(one[1]) else one for one in fields]
    name = analysis.operation.removeprefix("get_").title().replace("_", "") + "Answer"
    made = defstruct(
        name, fields, bases=(AnalysisAnswer,), frozen=True, kw_only=True, module=__name__
    )
    made.__doc__ = f"{analysis.summary}; `result` has the fields of the method."
    return made


ANSWER_TYPES = {analysis.operation: _answer_type(analysis) for analysis in ANALYSES}
