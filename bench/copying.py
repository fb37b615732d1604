"""Time-to-copy of all features beside a lifelines fit for each."""

from importlib.util import find_spec

from bench.markets import LAST
from bench.tables import Comparison, Peer
from service.maths.copying.curve import CopyCurve
from service.maths.copying.diffusion import diffusion
from service.maths.copying.medians import feature_medians
from service.maths.copying.risk_set import RiskSet
from service.maths.kernels.kaplan_meier import Rows
from service.maths.panel.panel import Panel

WINDOW, CONFIDENCE, SAMPLE = 7, 0.95, 50


def comparisons(panel: Panel) -> list[Comparison]:
    """From resolved facts to medians with their limits; lifelines is handed its rows."""

    def ours() -> object:
        return feature_medians(RiskSet(panel, "m", LAST), CONFIDENCE)

    every = RiskSet(panel, "m", LAST)
    some = every.features[:SAMPLE].tolist()

    def one_by_one() -> float:
        for feature in some:
            assert CopyCurve(diffusion(every, feature), CONFIDENCE).median
        return len(some) / len(every.features)

    name = f"time-to-copy of {len(every.features):,} features, with limits"
    peers = [Peer("our own diffusion and curve of each", one_by_one)]
    if find_spec("lifelines") is not None:
        peers.insert(0, _lifelines([diffusion(every, f).rows for f in some], len(every.features)))
    return [Comparison(name, ours, peers)]


def _lifelines(samples: list[Rows], n_features: int) -> Peer:
    def fit(rows: Rows) -> float:
        from lifelines import KaplanMeierFitter
        from lifelines.utils import median_survival_times

        fitter = KaplanMeierFitter().fit(rows.exit, rows.event, entry=rows.entry)
        median_survival_times(fitter.confidence_interval_)
        return fitter.median_survival_time_

    def each() -> float:
        for rows in samples:
            fit(rows)
        return len(samples) / n_features

    return Peer("a lifelines fit of each, rows given", each, lambda: fit(samples[0]))
