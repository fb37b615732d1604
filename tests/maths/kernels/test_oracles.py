"""Ours against SciPy, lifelines and scikit-bio on random data; pip install .[oracles] for all."""

import numpy as np
import pytest
from scipy import stats
from scipy.spatial.distance import pdist, squareform

from service.maths.kernels.hypergeometric import overlap_p_value
from service.maths.kernels.kaplan_meier import Rows, kaplan_meier, limits, median, restricted_mean
from service.maths.kernels.similarity import jaccards, row_sums
from service.maths.panel.profiles import State

SEEDS = range(5)


def state(seed: int) -> State:
    """40 products of 12 vendors by 70 features, no empty row."""
    rng = np.random.default_rng(seed)
    has = rng.random((40, 70)) < rng.random(70)
    has[np.arange(40), rng.integers(0, 70, 40)] = True
    return State(has, np.sort(np.concatenate([np.arange(12), rng.integers(0, 12, 28)])))


def rows(seed: int, *, late: bool) -> Rows:
    """80 rivals with tied days; a late one enters within half a year."""
    rng = np.random.default_rng(seed)
    entry = rng.integers(0, 180, 80) if late else np.zeros(80, np.int64)
    time = entry + 1 + rng.integers(0, 300, 80)
    return Rows(entry, time, rng.random(80) < 0.6)


@pytest.mark.parametrize("seed", SEEDS)
def test_jaccard_is_scipys(seed: int) -> None:
    made = state(seed)
    alike = 1 - squareform(pdist(made.has, "jaccard"))
    np.fill_diagonal(alike, 1)
    for row in range(40):
        assert jaccards(made, row) == pytest.approx(alike[row], abs=1e-12)
    rivals = made.vendor[:, None] != made.vendor
    assert row_sums(made).jaccard == pytest.approx((alike * rivals) @ made.weights, abs=1e-9)


@pytest.mark.filterwarnings("ignore:The confidence interval is undefined")
@pytest.mark.parametrize("seed", SEEDS)
def test_the_curve_and_its_limits_are_scipys(seed: int) -> None:
    data = rows(seed, late=False)
    theirs = stats.ecdf(stats.CensoredData.right_censored(data.exit, ~data.event)).sf
    ours = kaplan_meier(data)
    at = theirs.evaluate(ours.days)
    assert ours.survival == pytest.approx(at, abs=1e-12)
    inner = (at > 0) & (at < 1)
    band = theirs.confidence_interval(0.95, method="log-log")
    low, high = limits(ours, 0.95)
    assert low[inner] == pytest.approx(band.low.evaluate(ours.days)[inner], abs=1e-9)
    assert high[inner] == pytest.approx(band.high.evaluate(ours.days)[inner], abs=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_overlap_is_hypergeometric(seed: int) -> None:
    rng = np.random.default_rng(seed)
    pool, a, b = 60, int(rng.integers(5, 40)), int(rng.integers(5, 40))
    shared = int(rng.integers(max(0, a + b - pool), min(a, b) + 1))
    theirs = stats.hypergeom(pool, a, b).sf(shared - 1)
    assert overlap_p_value(shared, a, b, pool) == pytest.approx(theirs, abs=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_delayed_entry_is_lifelines(seed: int) -> None:
    lifelines = pytest.importorskip("lifelines")
    data = rows(seed, late=True)
    fitter = lifelines.KaplanMeierFitter().fit(data.exit, data.event, entry=data.entry)
    ours = kaplan_meier(data)
    theirs = fitter.survival_function_at_times(ours.days).to_numpy()
    assert ours.survival == pytest.approx(theirs, abs=1e-9)
    found = median(ours, 0.95).days
    assert found == (
        None if np.isinf(fitter.median_survival_time_) else fitter.median_survival_time_
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_the_restricted_mean_is_lifelines(seed: int) -> None:
    lifelines = pytest.importorskip("lifelines")
    data = rows(seed, late=False)
    fitter = lifelines.KaplanMeierFitter().fit(data.exit, data.event)
    theirs = lifelines.utils.restricted_mean_survival_time(fitter, 200)
    assert restricted_mean(kaplan_meier(data), 200)[0] == pytest.approx(theirs, rel=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("metric", "name"), [("jaccard", "jaccard"), ("dice", "sorensen")])
def test_rival_sums_are_scikit_bios(seed: int, metric: str, name: str) -> None:
    diversity = pytest.importorskip("skbio.diversity")
    made = state(seed)
    ids = [f"p{n}" for n in range(40)]
    far = diversity.beta_diversity(metric, made.has.astype(bool), ids).data
    rivals = made.vendor[:, None] != made.vendor
    theirs = ((1 - far) * rivals) @ made.weights
    assert getattr(row_sums(made), name) == pytest.approx(theirs, abs=1e-9)
