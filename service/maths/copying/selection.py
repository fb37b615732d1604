"""Whether the recorded features are a fair choice (metrics.md, 13.4)."""

import numpy as np

from service.maths.arrays import Ints
from service.maths.copying.cohort import FeatureCohort
from service.maths.copying.diffusion import Diffusion
from service.maths.copying.risk_set import RiskSet
from service.maths.results import Absent

_EPOCH = 719_163  # ordinal of 1970-01-01
_DAY = 86_400


def uncopied_share(cohort: FeatureCohort) -> float | Absent:
    """Features with rivals that nobody has copied yet; near 0 in a young market means that
    uncopied features are not recorded and every speed is too fast."""
    contested = [d for d in cohort.diffusions if d.is_rival.any()]
    if not contested:
        return Absent("no_features")
    return sum(d.first_copy is None for d in contested) / len(contested)


def recorded_before_first_copy(cohort: FeatureCohort) -> float | Absent:
    """Of the copied features whose first movers' adoption has a recording instant, the share
    recorded not after the first copy."""
    in_time: list[bool] = []
    for risk_set, spread in zip(cohort.risk_sets, cohort.diffusions, strict=False):
        recorded = _earliest(risk_set, spread)
        if spread.first_copy is not None and recorded is not None:
            in_time.append(recorded <= spread.first_copy)
    return sum(in_time) / len(in_time) if in_time else Absent("no_recorded_dates")


def _earliest(risk_set: RiskSet, spread: Diffusion) -> int | None:
    """Ordinal of the day on which the first movers' adoption was first recorded."""
    spells, unit = risk_set.spells(spread.feature)
    rows: Ints = spells.row[np.isin(unit, spread.first)]
    seconds = risk_set.panel.facts.adoptions.recorded_at[rows]
    seconds = seconds[~np.isnan(seconds)]
    return int(seconds.min() // _DAY) + _EPOCH if len(seconds) else None
