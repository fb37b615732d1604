"""Forecasts are shown only for calibrated horizons (metrics.md, 14)."""

import msgspec

from service.maths.copying.backtest import ForecastBacktest
from service.maths.copying.forecast import Chance, CopyForecast, RivalForecast

UNCALIBRATED = "uncalibrated"


def shown(forecast: CopyForecast, backtest: ForecastBacktest) -> CopyForecast:
    """The forecast with the chances of uncalibrated horizons left null, and why."""
    hidden = {h for h, result in backtest.horizons.items() if result.status != "calibrated"}
    reasons = {
        f"forecasts.{row.vendor}.horizons.{h}": UNCALIBRATED
        for row in forecast.forecasts
        for h in row.horizons
        if h in hidden
    }
    return msgspec.structs.replace(
        forecast,
        forecasts=[_of_rival(row, hidden) for row in forecast.forecasts],
        reasons=dict(sorted((forecast.reasons | reasons).items())),
    )


def _of_rival(row: RivalForecast, hidden: set[str]) -> RivalForecast:
    horizons = {h: _null(c) if h in hidden else c for h, c in row.horizons.items()}
    return msgspec.structs.replace(row, horizons=horizons)


def _null(chance: Chance) -> Chance:
    return msgspec.structs.replace(chance, p_copy=None, ci_low=None, ci_high=None)
