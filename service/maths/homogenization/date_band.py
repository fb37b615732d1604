"""The range of the score over imputation draws of imprecise dates (metrics.md, 4.6)."""

import numpy as np

from service.maths.kernels.similarity import score
from service.maths.panel.facts import Ints
from service.maths.panel.lifetimes import Bools
from service.maths.panel.panel import Panel
from service.maths.panel.profiles import state_of
from service.maths.panel.spells import Spells


def date_band(
    panel: Panel,
    market: str | None,
    on: int,
    point: float,
    *,
    unit: str,
    date_draws: int,
    seed: int,
    models: bool = False,
) -> tuple[float, float]:
    """(low, high) of the score over the draws and the point estimate.

    Only facts whose interval has lo <= on < hi can differ between draws: they alone are drawn,
    and equal states are scored once.
    """
    spells = panel.possible_monetizations if models else panel.possible_adoptions
    open_lives = _open_lives(panel, market, on)
    own = spells.take(panel.in_market(market)[spells.product])
    drawn = open_lives[own.product] | _straddles(own.lo, own.hi, on)
    drawn |= _straddles(own.end_lo, own.end_hi, on)
    if not drawn.any():
        return point, point
    fixed, loose = own.take(~drawn), own.take(drawn)
    fixed = fixed.take((fixed.start <= on) & (on < fixed.end))
    low = high = point
    for held in _states(panel, loose, on, date_draws, seed, models=models):
        product = np.concatenate([fixed.product, loose.product[held]])
        item = np.concatenate([fixed.item, loose.item[held]])
        drawn_score = score(state_of(panel, product, item, unit)[0])
        if drawn_score is not None:
            low, high = min(low, drawn_score), max(high, drawn_score)
    return low, high


def _straddles(lo: Ints, hi: Ints, on: int) -> Bools:
    inside: Bools = (lo <= on) & (on < hi)
    return inside


def _open_lives(panel: Panel, market: str | None, on: int) -> Bools:
    """Products of the market whose being live on the day depends on the draw."""
    lives = panel.lives
    loose = _straddles(lives.launch_lo, lives.launch_hi, on)
    loose |= _straddles(lives.end_lo, lives.end_hi, on)
    return loose & lives.counts & panel.in_market(market)


def _states(
    panel: Panel, loose: Spells, on: int, n_draws: int, seed: int, *, models: bool
) -> list[Bools]:
    """The distinct masks of spells in force on the day over the draws."""
    drawn = panel.monetization_draws if models else panel.spell_draws
    start, end = drawn(loose, n_draws, seed)
    in_force = (start <= on) & (on < end)
    return list(np.unique(in_force, axis=1).T)
