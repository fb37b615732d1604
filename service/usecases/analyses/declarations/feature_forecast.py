"""Which rivals will have copied a feature within a year, and how sure that is (metrics.md, 14)."""

from collections.abc import Mapping
from typing import Annotated, Any

from msgspec import Meta

from service.formats.analyses.presentations import Presentation
from service.formats.pictures import races
from service.maths.copying.backtest import ForecastBacktest, forecast_backtest, shown
from service.maths.copying.forecast import CopyForecast, copy_forecast
from service.maths.parameters import (
    AGE_BANDS_DAYS,
    BAND_PRIOR_COPIES,
    FORECAST_HORIZONS,
    Cutoffs,
    Days,
)
from service.query.registry import FEATURES
from service.texts.messages import speaker
from service.texts.values import days
from service.usecases.analyses import parameters as p
from service.usecases.analyses.declaration import Metric, Part, analysis
from service.usecases.analyses.findings import Told


class Parameters(p.InMarket, frozen=True, kw_only=True):
    """What it may be asked."""

    simultaneity_days: p.SimultaneityDays = 7
    dates: p.BoundDates = "spread"
    confidence: p.Confidence = 0.95
    forecast_horizons_days: p.ForecastHorizonsDays = FORECAST_HORIZONS
    backtest_step_days: Annotated[
        Days, Meta(description="The backtest forecasts anew every so many days.")
    ] = 91
    backtest_cutoffs: Annotated[
        Cutoffs, Meta(description="How many days of the past the backtest forecasts from.")
    ] = 12
    age_bands_days: p.AgeBandsDays = AGE_BANDS_DAYS
    band_prior_copies: p.BandPriorCopies = BAND_PRIOR_COPIES
    unknown: p.Unknown = "absent"
    survey_valid_days: p.SurveyValidDays = 365


def _finish(result: CopyForecast, parts: Mapping[str, Any], _: Parameters) -> CopyForecast:
    return shown(result, parts["backtest"])


def _finding(told: Told) -> str:
    say = speaker("findings.forecast", told.lang)
    told_chances = [
        (int(horizon), chance.p_copy, row)
        for row in told.result.forecasts
        for horizon, chance in row.horizons.items()
        if chance.p_copy is not None
    ]
    if not told_chances:
        return say("none", **told.place, feature=told.subject)
    horizon, p_copy, row = max(told_chances, key=lambda one: (one[0], one[1], one[2].vendor))
    return say(
        "said",
        **told.place,
        feature=told.subject,
        vendor=row.vendor_name,
        days=days(horizon, told.lang),
        share=told.share(p_copy),
    )


COPY_FORECAST = Metric(copy_forecast, "copy-forecast", Parameters)
FORECAST_BACKTEST = Metric(forecast_backtest, "copy-forecast", Parameters)
DECLARATION = analysis(
    operation="get_feature_forecast",
    collection=FEATURES,
    suffix="forecast",
    summary="Which rivals will have copied a feature within a year, and how sure that is",
    doc="For each pending rival the chance of a copy if it stays, with limits; the backtest "
    "beside it says how far to trust it. Chances of uncalibrated horizons are null.",
    method="copy-forecast",
    parameters=Parameters,
    metrics=(COPY_FORECAST, FORECAST_BACKTEST),
    compute=copy_forecast,
    result=CopyForecast,
    parts=(Part("backtest", forecast_backtest, ForecastBacktest, FORECAST_BACKTEST),),
    finish=_finish,
    finding=_finding,
    shown=Presentation(
        "forecasts",
        ("result.n_features", "result.n_copies", "backtest.status"),
        races.forecast,
    ),
)
