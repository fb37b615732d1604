"""The range of the score over imputation draws of imprecise dates (metrics.md, 4.6)."""

import numpy as np

from service.maths.arrays import Bools, Ints
from service.maths.kernels.similarity import score
from service.maths.panel.panel import Panel
from service.maths.panel.profiles import state_of
from service.maths.panel.spells import Spells
from service.maths.parameters import DateDraws, Unit
from service.maths.results import Figures

DATE_BAND = ("score_date_low", "score_date_high")


def date_band(
    panel: Panel, market: str | None, on: int, unit: Unit, point: float, draws: DateDraws
) -> Figures:
    """`score_date_low` and `_high`: least and largest score over the draws and the point estimate.

    Only facts whose interval has lo <= on < hi can differ between draws: they alone are drawn,
    and equal states are scored once.
    """
    own = panel.possible_adoptions
    own = own.take(panel.in_market(market)[own.product])
    drawn = _open_lives(panel, market, on)[own.product] | _straddles(own.lo, own.hi, on)
    drawn |= _straddles(own.end_lo, own.end_hi, on)
    fixed, loose = own.take(~drawn), own.take(drawn)
    fixed = fixed.take((fixed.start <= on) & (on < fixed.end))
    scores = [point]
    for in_force in _states(panel, loose, on, draws) if len(loose) else []:
        product = np.concatenate([fixed.product, loose.product[in_force]])
        item = np.concatenate([fixed.item, loose.item[in_force]])
        drawn_score = score(state_of(panel, product, item, unit)[0])
        scores += [] if drawn_score is None else [drawn_score]
    return dict(zip(DATE_BAND, (min(scores), max(scores)), strict=True))


def _straddles(lo: Ints, hi: Ints, on: int) -> Bools:
    inside: Bools = (lo <= on) & (on < hi)
    return inside


def _open_lives(panel: Panel, market: str | None, on: int) -> Bools:
    """Products of the market whose being live on the day depends on the draw."""
    lives = panel.lives
    loose = _straddles(lives.launch_lo, lives.launch_hi, on)
    loose |= _straddles(lives.end_lo, lives.end_hi, on)
    return loose & lives.counts & panel.in_market(market)


def _states(panel: Panel, loose: Spells, on: int, draws: DateDraws) -> list[Bools]:
    """The distinct masks of spells in force on the day over the draws."""
    start, end = panel.spell_draws(loose, draws.date_draws, draws.seed)
    in_force = (start <= on) & (on < end)
    return list(np.unique(in_force, axis=1).T)
