"""What an analysis is: how it is called, what it may be asked, computes, says and shows."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import msgspec
import numpy as np
from msgspec import Struct
from msgspec.structs import FieldInfo

from service.cached import cached_property
from service.formats.analyses.presentations import Presentation
from service.maths.arrays import Bools
from service.maths.panel.coverage import (
    Coverage,
    coverage,
    coverage_of_figures,
    coverage_of_versions,
)
from service.maths.panel.panel import Panel
from service.maths.panel.scope import Place
from service.maths.parameters import SURVEY_VALID_DAYS, Days, Evidence, Stage
from service.query.fields import Collection
from service.query.registry import MARKETS
from service.usecases.analyses.findings import Told
from service.usecases.analyses.parameters import (
    SERIES,
    AnalysisParameters,
    InOwnMarket,
)

# What a function of the maths takes that says about what, not how.
ABOUT = ("market", "markets", "feature", "product", "product_a", "product_b", "vendor", "series")
_COMMON = frozenset(("market", *SERIES, *AnalysisParameters.__struct_fields__))
_OF_COVERAGE = "survey_valid_days"  # every answer's coverage depends on it

StandsOn = Literal["adoptions", "monetizations", "versions", "usage", "investments"]
Finding = Callable[[Told], str]


@dataclass(frozen=True, eq=False)
class Metric:
    """A function of the maths that answers by itself, in `parity compute` and in an analysis.

    The function takes the panel first and all other parameters by name; `on` is a day ordinal,
    `as_of` the text asked for, to be given back.
    """

    compute: Callable[..., Any]
    method: str
    parameters: type[AnalysisParameters]
    stands_on: StandsOn = "adoptions"

    @property
    def name(self) -> str:
        return self.compute.__name__

    @cached_property
    def takes(self) -> frozenset[str]:
        """The parameters of the function, the panel apart."""
        return taken(self.compute)

    def coverage(self, panel: Panel, place: Place, given: Mapping[str, Any]) -> Coverage:
        """How much is known of what it stands on; `given` are its parameters."""
        on = given["on"]
        if self.stands_on == "versions":
            return coverage_of_versions(panel, place, given.get("product"), on)
        if self.stands_on == "usage":
            usage = [fact for fact in panel.facts.usage if fact.product == given["product"]]
            return coverage_of_figures(panel, _are(panel.product_ids, given["product"]), usage, on)
        if self.stands_on == "investments":
            own = [fact for fact in panel.facts.investments if fact.vendor == given["vendor"]]
            is_its = _are(panel.facts.product_vendor, given["vendor"])
            return coverage_of_figures(panel, is_its, own, on)
        models = self.stands_on == "monetizations"
        return coverage(panel, place, on, given[_OF_COVERAGE], models=models)

    @cached_property
    def own(self) -> tuple[FieldInfo, ...]:
        """Those declared parameters that decide this metric."""
        decides = (self.takes - frozenset(ABOUT)) | {_OF_COVERAGE}
        return tuple(f for f in own_fields(self.parameters) if f.name in decides)

    @cached_property
    def shape(self) -> type[Struct]:
        """What a call of `parity compute` may say, `on` as text."""
        signature = inspect.signature(self.compute).parameters.values()
        fields: list[Any] = [_field(p) for p in signature if p.name in ABOUT]
        fields += [(f.name, f.type, f.default) for f in self.own]
        if _OF_COVERAGE not in {f.name for f in self.own}:
            fields.append((_OF_COVERAGE, Days, SURVEY_VALID_DAYS))
        fields += [("on", str | None, None), ("as_of", str | None, None)]
        fields += [("stage_min", Stage, "preview"), ("evidence", Evidence, "sourced")]
        return msgspec.defstruct(self.name, fields, kw_only=True, frozen=True)


@dataclass(frozen=True, eq=False)
class Part:
    """A further figure of an answer; `metric` where it is one that answers by itself too."""

    name: str
    compute: Callable[..., Any]
    type: Any
    metric: Metric | None = None


@dataclass(frozen=True, eq=False, kw_only=True)
class Declaration:
    """What every analysis has: address, words, parameters, metrics, tables."""

    operation: str
    path: str
    summary: str
    doc: str
    method: str
    parameters: type[AnalysisParameters]
    metrics: tuple[Metric, ...]
    shown: Presentation

    @cached_property
    def own(self) -> tuple[FieldInfo, ...]:
        """The parameters that decide the figures, besides those of every analysis."""
        decides = {"markets"} | {f.name for metric in self.metrics for f in metric.own}
        return tuple(f for f in own_fields(self.parameters) if f.name in decides)


@dataclass(frozen=True, eq=False, kw_only=True)
class Analysis(Declaration):
    """An analysis of one record.

    `compute` is the metric's own function, or gives one row of it; `parts` is what stands beside
    the result; `finish` is done to the result when all parts are there; `fixed` is how the
    functions are always called; `says_coverage`: the finding tells how much is known itself;
    `looks_elsewhere`: who has the feature outside the market matters too.
    """

    collection: Collection
    suffix: str
    compute: Callable[..., Any]
    result: type
    finding: Finding
    parts: tuple[Part, ...] = ()
    finish: Callable[[Any, Mapping[str, Any], Any], Any] | None = None
    fixed: tuple[tuple[str, Any], ...] = ()
    is_of_one_feature: bool = False
    says_coverage: bool = False
    looks_elsewhere: bool = False

    @property
    def metric(self) -> Metric:
        """The one that the result is of."""
        return self.metrics[0]

    @cached_property
    def market(self) -> Literal["subject", "required", "optional", "own", "none"]:
        """How the market is said: it is the subject, a parameter, an optional one, left out where
        the subject has only one of its own, or of no matter."""
        if self.collection is MARKETS:
            return "subject"
        if issubclass(self.parameters, InOwnMarket):
            return "own"
        fields = {f.name: f for f in msgspec.structs.fields(self.parameters)}
        if "market" not in fields:
            return "none"
        return "required" if fields["market"].required else "optional"


def analysis(*, collection: Collection, suffix: str, **declared: Any) -> Analysis:
    """The analysis at `/v1/{collection}/{id}/{suffix}`."""
    path = f"/v1/{collection.name}/{{record_id:str}}/{suffix}"
    return Analysis(path=path, collection=collection, suffix=suffix, **declared)


def own_fields(parameters: type[AnalysisParameters]) -> tuple[FieldInfo, ...]:
    """The fields that not every analysis has, in their order."""
    fields = msgspec.structs.fields(parameters)
    return tuple(f for f in fields if f.encode_name not in _COMMON)


@cache
def taken(function: Callable[..., Any]) -> frozenset[str]:
    """The names of a function's parameters, the panel apart."""
    return frozenset(list(inspect.signature(function).parameters)[1:])


def called(function: Callable[..., Any], panel: Panel, given: Mapping[str, object]) -> Any:
    """Call a function of the maths with those of the given parameters that it takes."""
    takes = taken(function)
    return function(panel, **{name: value for name, value in given.items() if name in takes})


def markets_of(panel: Panel, given: Mapping[str, Any]) -> Place:
    """Where the vendor or the product is that was asked about."""
    if "vendor" in given:
        return panel.markets_of(given["vendor"])
    products = zip(panel.product_ids, panel.facts.product_markets, strict=True)
    return next((own for product, own in products if product == given["product"]), ())


def _are(ids: Sequence[str], one: str) -> Bools:
    return np.array([name == one for name in ids], np.bool_)


def _field(parameter: inspect.Parameter) -> Any:
    named = parameter.name, parameter.annotation
    is_required = parameter.default is inspect.Parameter.empty
    return named if is_required else (*named, parameter.default)
