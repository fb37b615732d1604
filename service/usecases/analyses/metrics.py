"""The metrics by name: which function of the maths answers, and what it may be asked."""

import difflib
import inspect
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Literal, NamedTuple

import msgspec

from service.maths.copying.backtest import forecast_backtest
from service.maths.copying.copy_graph import copy_graph
from service.maths.copying.feature import feature_time_to_copy
from service.maths.copying.feature_readings import copy_readings
from service.maths.copying.forecast import copy_forecast
from service.maths.copying.league import vendor_league
from service.maths.copying.market import pooled_time_to_copy
from service.maths.copying.market_readings import league_readings, pooled_readings, trend_readings
from service.maths.copying.trend import copy_trend
from service.maths.homogenization.business_models import business_model_homogenization
from service.maths.homogenization.feature import feature_homogenization, feature_readings
from service.maths.homogenization.market import market_homogenization
from service.maths.homogenization.pair import pair_readings, pair_similarity
from service.maths.homogenization.portfolio import vendor_portfolio, vendor_readings
from service.maths.homogenization.product import product_homogenization, product_readings
from service.maths.homogenization.readings import readings
from service.maths.panel.panel import Panel
from service.maths.parameters import SURVEY_VALID_DAYS, Days
from service.maths.products.gaps import gap_analysis
from service.maths.products.matrix import market_matrix
from service.maths.products.neighbours import similar_products

# Every function takes the panel first and all other parameters by name; `on` is a day ordinal,
# `as_of` the text asked for, to be given back. The panel already knows `stage_min`.
_FUNCTIONS: dict[str, Callable[..., object]] = {
    function.__name__: function
    for function in (
        market_homogenization,
        feature_homogenization,
        product_homogenization,
        pair_similarity,
        vendor_portfolio,
        business_model_homogenization,
        feature_time_to_copy,
        copy_trend,
        vendor_league,
        pooled_time_to_copy,
        copy_forecast,
        forecast_backtest,
        similar_products,
        gap_analysis,
        market_matrix,
        copy_graph,
    )
}


# What stands beside a metric's headline: the same figure where unknown cells are left out.
READINGS: dict[str, Callable[..., Any]] = {
    "market_homogenization": readings,
    "feature_homogenization": feature_readings,
    "product_homogenization": product_readings,
    "pair_similarity": pair_readings,
    "vendor_portfolio": vendor_readings,
    "feature_time_to_copy": copy_readings,
    "copy_trend": trend_readings,
    "vendor_league": league_readings,
    "pooled_time_to_copy": pooled_readings,
}
METHOD_OF = {
    "market_homogenization": "homogenization",
    "feature_homogenization": "feature-homogenization",
    "product_homogenization": "product-homogenization",
    "pair_similarity": "pair-similarity",
    "vendor_portfolio": "vendor-portfolio",
    "business_model_homogenization": "business-model-homogenization",
    "feature_time_to_copy": "time-to-copy",
    "copy_trend": "copy-trend",
    "vendor_league": "vendor-league",
    "pooled_time_to_copy": "pooled-time-to-copy",
    "copy_forecast": "copy-forecast",
    "forecast_backtest": "copy-forecast",
    "similar_products": "similar-products",
    "gap_analysis": "gap-analysis",
    "market_matrix": "market-matrix",
    "copy_graph": "copy-graph",
}
# Parameters that say what is asked about, and when; all others say how.
_ABOUT = frozenset(
    ("market", "markets", "feature", "product", "product_a", "product_b", "vendor", "on", "as_of",
     "series")
)  # fmt: skip

_Stage = Literal["preview", "ga"]
_Evidence = Literal["sourced", "any"]


class CallError(ValueError):
    """A call that cannot be answered, with a code and what helps."""

    def __init__(self, code: str, detail: str, **more: object) -> None:
        super().__init__(detail)
        self.answer = {"error": {"code": code, "detail": detail, **more}}


class Metric(NamedTuple):
    """A function of the maths and the shape of its parameters (`on` as text)."""

    function: Callable[..., object]
    shape: type[msgspec.Struct]
    takes: frozenset[str]


def metric(name: str) -> Metric:
    """Look a metric up; CallError with the nearest name if there is none."""
    if name not in _FUNCTIONS:
        raise CallError(
            "unknown_metric", f'There is no metric "{name}".', **_nearest(name, names())
        )
    return _metric(name)


def names() -> list[str]:
    """All metrics, sorted."""
    return sorted(_FUNCTIONS)


def checked(name: str, params: Mapping[str, object]) -> msgspec.Struct:
    """The parameters as the metric's struct; CallError names what is unknown, missing or wrong."""
    asked = metric(name)
    fields = {field.name: field for field in msgspec.structs.fields(asked.shape)}
    for given in params:
        if given not in fields:
            detail = f'{name} has no parameter "{given}".'
            raise CallError("unknown_parameter", detail, **_nearest(given, list(fields)))
    for field in fields.values():
        if field.required and field.name not in params:
            raise CallError("missing_parameter", f'{name} needs "{field.name}".')
    try:
        return msgspec.convert(dict(params), asked.shape)
    except msgspec.ValidationError as error:
        raise CallError("invalid_value", f"{error}.") from None


@cache
def _metric(name: str) -> Metric:
    function = _FUNCTIONS[name]
    signature, takes = inspect.signature(function), _taken(function)
    fields: list[tuple[str, object] | tuple[str, object, object]] = []
    for parameter in list(signature.parameters.values())[1:]:
        if parameter.name in ("on", "as_of", "stage_min", "evidence"):
            continue
        kind = parameter.annotation
        required = parameter.default is inspect.Parameter.empty
        fields.append(
            (parameter.name, kind) if required else (parameter.name, kind, parameter.default)
        )
    if "survey_valid_days" not in takes:  # the coverage of every answer depends on it
        fields.append(("survey_valid_days", Days, SURVEY_VALID_DAYS))
    fields += [
        ("on", str | None, None),
        ("as_of", str | None, None),
        ("stage_min", _Stage, "preview"),
        ("evidence", _Evidence, "sourced"),
    ]
    return Metric(function, msgspec.defstruct(name, fields, kw_only=True, frozen=True), takes)


def parameters(name: str, given: Mapping[str, object]) -> dict[str, object]:
    """Everything that decides how the metric is computed: what was given, else the defaults."""
    return {
        field.name: given.get(field.name, field.default)
        for field in msgspec.structs.fields(metric(name).shape)
        if field.name not in _ABOUT
    }


def asked(function: Callable[..., Any], panel: Panel, given: Mapping[str, object]) -> Any:
    """Call a function of the maths with those of the given parameters that it takes."""
    takes = _taken(function)
    return function(panel, **{name: value for name, value in given.items() if name in takes})


@cache
def _taken(function: Callable[..., object]) -> frozenset[str]:
    return frozenset(list(inspect.signature(function).parameters)[1:])


def _nearest(word: str, known: list[str]) -> dict[str, object]:
    near = difflib.get_close_matches(word, known, n=1)
    return {"did_you_mean": near[0]} if near else {}
