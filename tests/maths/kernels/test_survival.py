"""Survival kernels: a published curve, SciPy's on random data, and their laws."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf
from scipy.stats import logrank as scipy_logrank

from service.maths.kernels.aalen_johansen import aalen_johansen
from service.maths.kernels.cox import cox, logrank
from service.maths.kernels.kaplan_meier import (
    Rows,
    conditioning_start,
    kaplan_meier,
    limits,
    median,
    restricted_mean,
)
from service.maths.kernels.turnbull import FOREVER, turnbull

SIX_MP = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"  # Freireich 1963


def rows(text: str, entries: dict[int, int] | None = None) -> Rows:
    words = text.split()
    days = np.array([int(word.rstrip("+")) for word in words], np.int64)
    entry = np.array([(entries or {}).get(n, 0) for n in range(len(words))], np.int64)
    return Rows(entry, days, np.array([not word.endswith("+") for word in words]))


@st.composite
def random_rows(draw: st.DrawFn) -> Rows:
    n = draw(st.integers(2, 40))
    entry = draw(st.lists(st.integers(0, 30), min_size=n, max_size=n))
    spent = draw(st.lists(st.integers(1, 60), min_size=n, max_size=n))
    event = draw(st.lists(st.booleans(), min_size=n, max_size=n))
    first = np.array(entry, np.int64)
    return Rows(first, first + np.array(spent, np.int64), np.array(event, np.bool_))


def test_the_published_curve() -> None:
    curve = kaplan_meier(rows(SIX_MP))
    found = dict(zip(curve.days.tolist(), curve.survival.round(3).tolist(), strict=True))
    assert found == {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}
    assert median(curve, 0.95).days == 23


@given(random_rows())
def test_without_late_entry_it_is_scipys(sample: Rows) -> None:
    plain = Rows(np.zeros(len(sample), np.int64), sample.exit, sample.event)
    if not plain.event.any():
        return
    theirs = ecdf(
        CensoredData(uncensored=plain.exit[plain.event], right=plain.exit[~plain.event])
    ).sf
    curve = kaplan_meier(plain)
    assert curve.survival == pytest.approx(theirs.evaluate(curve.days), abs=1e-12)


@given(random_rows(), random_rows())
def test_the_log_rank_is_scipys(first: Rows, second: Rows) -> None:
    if not (first.event.any() and second.event.any()):
        return
    both = Rows(
        np.zeros(len(first) + len(second), np.int64),
        np.concatenate([first.exit, second.exit]),
        np.concatenate([first.event, second.event]),
    )
    group = np.repeat([0, 1], [len(first), len(second)])
    ours = logrank(both, group)
    if ours is None:
        return
    theirs = scipy_logrank(
        *(CensoredData(uncensored=s.exit[s.event], right=s.exit[~s.event])
          for s in (first, second))
    )  # fmt: skip
    if math.isfinite(theirs.statistic):
        assert ours == pytest.approx(theirs.statistic**2, rel=1e-9)


@given(random_rows())
def test_survival_falls_within_its_limits(sample: Rows) -> None:
    curve = kaplan_meier(sample, conditioning_start(sample))
    assert (np.diff(curve.survival) < 0).all()
    low, high = limits(curve, 0.95)
    assert ((low <= curve.survival + 1e-12) & (curve.survival <= high + 1e-12)).all()
    found = median(curve, 0.95)
    if found.days is not None and found.low is not None:
        assert found.low <= found.days
        assert found.high is None or found.days <= found.high


@given(random_rows())
def test_leaving_only_lowers_the_share_that_copied(sample: Rows) -> None:
    start = conditioning_start(sample)
    if start is None:
        return
    curve = kaplan_meier(sample, start)
    incidence = aalen_johansen(sample, ~sample.event, start)
    for day in range(0, 90, 7):
        copied, left = incidence.at(day)
        assert copied <= 1 - curve.at(day) + 1e-12
        assert copied + left <= 1 + 1e-12


@given(random_rows(), st.integers(1, 80))
def test_the_restricted_mean_is_the_area(sample: Rows, tau: int) -> None:
    curve = kaplan_meier(sample)
    area = math.fsum(curve.at(day) for day in range(tau))
    assert restricted_mean(curve, tau)[0] == pytest.approx(area, abs=1e-9)


@given(random_rows())
def test_exact_times_make_turnbull_the_curve(sample: Rows) -> None:
    plain = Rows(np.zeros(len(sample), np.int64), sample.exit, sample.event)
    low = np.where(plain.event, plain.exit, plain.exit + 1)
    high = np.where(plain.event, plain.exit, FOREVER)
    masses = turnbull(low, high, plain.entry)
    curve = kaplan_meier(plain)
    for day, survival in zip(curve.days, curve.survival, strict=True):
        beyond = math.fsum(masses.mass[masses.low > day].tolist())
        assert beyond == pytest.approx(survival, abs=1e-5)


def test_cox_by_hand() -> None:
    """Two subjects with z = 1 fail first, then two with z = 0: no maximum. Mixed, beta = 0."""
    apart = Rows(np.zeros(4, np.int64), np.array([1, 2, 3, 4]), np.ones(4, np.bool_))
    z = np.array([1.0, 1.0, 0.0, 0.0])
    assert cox(apart, z, np.arange(4)) is None
    level = Rows(np.zeros(4, np.int64), np.array([1, 1, 2, 2]), np.ones(4, np.bool_))
    fitted = cox(level, np.array([1.0, 0.0, 1.0, 0.0]), np.arange(4))
    assert fitted is not None
    assert fitted.beta == pytest.approx(0.0, abs=1e-12)


def test_cox_and_curve_agree_with_lifelines() -> None:
    lifelines = pytest.importorskip("lifelines")
    pandas = pytest.importorskip("pandas")
    rng = np.random.default_rng(5)
    entry = rng.integers(0, 30, 120)
    out = 31 + rng.permutation(120)  # no ties: lifelines' sandwich is Breslow's where there are
    event, z = rng.random(120) < 0.6, rng.normal(size=120)
    sample = Rows(entry, out, event)
    frame = pandas.DataFrame({"entry": entry, "exit": out, "event": event, "z": z})
    frame["cluster"] = np.arange(120) % 12
    theirs = lifelines.CoxPHFitter().fit(
        frame, "exit", "event", entry_col="entry", cluster_col="cluster", robust=True
    )
    ours = cox(sample, z, np.arange(120) % 12)
    assert ours is not None
    assert ours.beta == pytest.approx(theirs.params_["z"], abs=1e-4)
    assert ours.se_robust == pytest.approx(theirs.standard_errors_["z"], rel=1e-4)
