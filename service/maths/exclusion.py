"""`market_homogenization` with unknown=exclude: what the known cells alone can carry (18a)."""

import msgspec

from service.maths.changes import Change
from service.maths.levels import INTERVAL, SECONDARY, Reasons, band, interval, quality
from service.maths.lives import Bools
from service.maths.profiles import Profile, State
from service.maths.readings import KnownPairs, known_pairs

_WORK = 2e11  # rows^2 x features^2 up to which every feature is left out in turn
_ABSENT_ONLY = (
    "score_date_low", "score_date_high", *SECONDARY, "status_counts", "structure_ses",
    "structure_null_mean", "structure_null_sd", "structure_p_value",
)  # fmt: skip


def excluded(
    fields: dict[str, object],
    now: Profile,
    known: Bools,
    *,
    min_joint_features: int,
    confidence: float,
) -> dict[str, object]:
    """Replace the figures of the absent reading by those over known cells.

    Score, jackknife interval and contributions are recomputed; figures that need the whole sets
    of features, and the change, are null with `unknown_excluded`.
    """
    pairs = known_pairs(now.state, known, min_joint_features)
    score, state = pairs.score, now.state
    nulls = {name: "unknown_excluded" for name in _ABSENT_ONLY if name in fields}
    reasons: Reasons = dict(nulls)
    replaced: dict[str, object] = dict.fromkeys(nulls)
    if score is None:
        names = ("score", "band", *INTERVAL)
        reasons |= dict.fromkeys(names, "mostly_unknown")
        replaced |= dict.fromkeys(names)
        rest = None
    else:
        rest = _without_items(state, known, min_joint_features)
        figures, more = _interval(score, pairs, rest, confidence)
        replaced |= {"score": score, "band": band(score)} | figures
        reasons |= more
    median = fields["median_features_per_product"]
    replaced["quality"] = quality(
        score, state.n_vendors, float(median) if isinstance(median, float) else 0.0
    )
    replaced["feature_contributions"] = [
        {
            "feature": item,
            "contribution": None if score is None or without is None else score - without,
            "penetration": int(x) / state.n_vendors,
            "status": word,
        }
        for item, without, x, word in _rows(now, rest, fields)
    ]
    replaced["product_contributions"] = []
    change = fields["change"]
    if isinstance(change, Change):
        parts = ("from_score", "change", "within", "entry", "exit")
        replaced["change"] = msgspec.structs.replace(change, **dict.fromkeys(parts))
        reasons |= {f"change.{part}": "unknown_excluded" for part in parts}
    return fields | replaced | {"reasons": dict(sorted(reasons.items()))}
