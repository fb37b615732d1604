"""`market_homogenization` with unknown=exclude: what the known cells alone can carry (18a)."""

import msgspec
import numpy as np

from service.maths.homogenization.decomposition import Change
from service.maths.homogenization.figures import (
    INTERVAL,
    SECONDARY,
    FeatureContribution,
    Figures,
    Reasons,
    band,
    by_contribution,
    interval,
)
from service.maths.homogenization.readings import KnownPairs, known_pairs
from service.maths.panel.lifetimes import Bools
from service.maths.panel.profiles import Profile

_WORK = 2e11  # rows^2 x features^2 up to which every feature is left out in turn
_NEEDS_ABSENCES = ("score_date_low", "score_date_high", "status_counts", *SECONDARY)


def excluded(
    now: Profile, known: Bools, before: Change, *, min_joint_features: int, confidence: float
) -> tuple[dict[str, object], Reasons]:
    """The fields of the absent reading that differ, with reasons for the nulls among them.

    Score, jackknife interval and feature contributions are recomputed over known cells. What
    needs whole feature sets, and the change, is null with `unknown_excluded`.
    """
    pairs = known_pairs(now.state, known, min_joint_features)
    score = pairs.score
    fields: dict[str, object] = dict.fromkeys(_NEEDS_ABSENCES) | {"product_contributions": []}
    reasons = dict.fromkeys(_NEEDS_ABSENCES, "unknown_excluded")
    parts = ("from_score", "change", "within", "entry", "exit")
    fields["change"] = msgspec.structs.replace(before, **dict.fromkeys(parts))
    reasons |= {f"change.{part}": "unknown_excluded" for part in parts}
    if score is None:
        names = ("score", "band", *INTERVAL)
        fields |= dict.fromkeys(names) | {"quality": "insufficient", "feature_contributions": []}
        return fields, reasons | dict.fromkeys(names, "mostly_unknown")
    rest = _without_items(now, known, min_joint_features)
    figures, more = _interval(score, pairs, rest, confidence)
    return fields | figures | {"score": score, "band": band(score)}, reasons | more


def contributions(
    rows: list[FeatureContribution], now: Profile, known: Bools, min_joint_features: int
) -> tuple[list[FeatureContribution], Reasons]:
    """The same rows with the contributions to the score over known cells."""
    score = known_pairs(now.state, known, min_joint_features).score
    rest = dict(zip(now.items, _without_items(now, known, min_joint_features), strict=True))
    found = [
        msgspec.structs.replace(
            row,
            contribution=_less(score, rest[row.feature]),
        )
        for row in rows
    ]
    reasons = {
        f"feature_contributions.{row.feature}.contribution": "undefined_without_feature"
        for row in found
        if row.contribution is None
    }
    return sorted(found, key=by_contribution), reasons


def _less(score: float | None, rest: float | None) -> float | None:
    return None if score is None or rest is None else score - rest


def _without_items(now: Profile, known: Bools, min_joint_features: int) -> list[float | None]:
    """The score over known cells with each feature deleted; all None where that is too much."""
    n, n_items = now.state.has.shape
    if float(n) ** 2 * float(n_items) ** 2 > _WORK:
        return [None] * n_items
    found = list[float | None]()
    for item in range(n_items):
        left = np.asarray(np.delete(now.state.has, item, axis=1).any(axis=1))
        cells = np.delete(known, item, axis=1)[left]
        found.append(known_pairs(now.state.without(item), cells, min_joint_features).score)
    return found


def _interval(
    score: float, pairs: KnownPairs, rest: list[float | None], confidence: float
) -> tuple[Figures, Reasons]:
    left_out = pairs.without_vendors
    figures, reasons = interval(score, left_out, rest, len(pairs.totals), confidence)
    if left_out is None and len(pairs.totals) > 2:
        undefined = ("se_vendors", "score_ci_low", "score_ci_high")
        reasons |= dict.fromkeys(undefined, "jackknife_undefined")
    return figures, reasons
