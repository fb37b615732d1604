"""Whether the recorded features are a fair choice (metrics.md, 13.4)."""

import numpy as np

from service.maths.copying.cohort import Field
from service.maths.copying.diffusion import Race
from service.maths.copying.risk_set import Arena
from service.maths.panel.facts import Ints

_EPOCH = 719_163  # ordinal of 1970-01-01
_DAY = 86_400
Found = tuple[dict[str, object], dict[str, str]]


def uncopied_share(races: Field) -> Found:
    """Features with rivals that nobody has copied yet; near 0 in a young market means that
    uncopied features are not recorded and every speed is too fast."""
    name = "uncopied_feature_share"
    contested = [r for r in races.races if r.is_rival.any()]
    if not contested:
        return {name: None}, {name: "no_features"}
    return {name: sum(r.first_copy is None for r in contested) / len(contested)}, {}


def recorded_before_first_copy(races: Field) -> Found:
    """Of the copied features whose first movers' adoption has a recording instant, the share
    recorded not after the first copy."""
    name = "recorded_before_first_copy_share"
    known: list[bool] = []
    for arena, run in zip(races.arenas, races.races, strict=False):
        recorded = _earliest(arena, run)
        if run.first_copy is not None and recorded is not None:
            known.append(recorded <= run.first_copy)
    if not known:
        return {name: None}, {name: "no_recorded_dates"}
    return {name: sum(known) / len(known)}, {}


def _earliest(arena: Arena, run: Race) -> int | None:
    """Ordinal of the day on which the first movers' adoption was first recorded."""
    spells, unit = arena.spells(run.feature)
    rows: Ints = spells.row[np.isin(unit, run.first)]
    seconds = arena.panel.facts.adoptions.recorded_at[rows]
    seconds = seconds[~np.isnan(seconds)]
    return int(seconds.min() // _DAY) + _EPOCH if len(seconds) else None
