"""Fast paths against plain ones and against SciPy."""

import itertools
import math

import numpy as np
import pytest
from scipy.spatial.distance import pdist, squareform
from scipy.stats import hypergeom

from service.maths.homogenization import contributions
from service.maths.homogenization.contributions import scores_without_items, scores_without_units
from service.maths.homogenization.known_pairs import known_pairs
from service.maths.kernels import incremental_similarity, similarity
from service.maths.kernels.diversity import baselga, pooled
from service.maths.kernels.hypergeometric import expected_jaccard, expected_score
from service.maths.kernels.incremental_similarity import RunningScore
from service.maths.panel.imputation import uniforms
from service.maths.panel.profiles import State


def a_state(seed: int, n: int = 40, n_items: int = 25, vendors: int = 12) -> State:
    random = np.random.default_rng(seed)
    has = random.random((n, n_items)) < random.uniform(0.02, 0.6, n_items)
    has[~has.any(axis=1), 0] = True
    raw = State(has, random.integers(0, vendors, n).astype(np.int64))
    return raw.keep(np.ones(n, np.bool_))


def jaccard_by_pdist(state: State) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    return 1.0 - squareform(pdist(state.has, "jaccard"))


def score_by_pairs(state: State) -> float:
    """4.1 as it is written."""
    alike, vendors = jaccard_by_pdist(state), range(state.n_vendors)
    return math.fsum(
        float(alike[np.ix_(state.vendor == v, state.vendor == w)].mean())
        for v, w in itertools.combinations(vendors, 2)
    ) / math.comb(len(vendors), 2)


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("block", [7, 1024])
def test_the_blocked_sums_are_those_of_scipy(
    seed: int, block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(similarity, "_BLOCK", block)
    state = a_state(seed)
    alike, rivals = jaccard_by_pdist(state), state.vendor[:, None] != state.vendor
    sums = similarity.row_sums(state)
    assert np.allclose(sums.jaccard, (alike * rivals) @ state.weights, atol=1e-12)
    assert np.allclose(sums.own_jaccard, (alike * ~rivals) @ state.weights, atol=1e-12)
    assert math.isclose(sums.all_pairs, float(np.triu(alike, 1).sum()), abs_tol=1e-9)
    dice = 1.0 - squareform(pdist(state.has, "dice"))
    assert np.allclose(sums.sorensen, (dice * rivals) @ state.weights, atol=1e-12)
    assert np.allclose(similarity.jaccard_sums(state), sums.jaccard, atol=1e-12)
    assert math.isclose(similarity.score(state) or 0.0, score_by_pairs(state), abs_tol=1e-12)


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("block", [7, 512])
def test_contributions_equal_deleting_and_scoring_again(
    seed: int, block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contributions, "_BLOCK", block)
    state = a_state(seed)
    whole, sums = score_by_pairs(state), similarity.row_sums(state)
    for item, rest in enumerate(scores_without_items(state, whole)):
        assert math.isclose(rest or 0.0, score_by_pairs(state.without(item)), abs_tol=1e-12)
    for row, rest in enumerate(scores_without_units(state, sums.jaccard)):
        left = np.arange(len(state.sizes)) != row
        assert math.isclose(rest or 0.0, score_by_pairs(state.keep(left)), abs_tol=1e-12)


def a_sparse_state(seed: int) -> State:
    """Many rows have one item only, alone or among several rows of their vendor."""
    random = np.random.default_rng(seed)
    n, n_items = int(random.integers(2, 40)), int(random.integers(1, 9))
    has = random.random((n, n_items)) < random.uniform(0.05, 0.5)
    lone = random.random(n) < random.uniform(0.2, 1)
    has[lone] = np.eye(n_items, dtype=np.bool_)[random.integers(0, n_items, int(lone.sum()))]
    vendor = random.integers(0, int(random.integers(1, n + 1)), n).astype(np.int64)
    return State(has, vendor).keep(np.asarray(has.any(axis=1)))


@pytest.mark.parametrize("seed", range(60))
@pytest.mark.parametrize("block", [3, 512])
def test_rows_that_go_with_an_item_weigh_on_the_others_of_their_vendor(
    seed: int, block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contributions, "_BLOCK", block)
    state = a_sparse_state(seed)
    rest = scores_without_items(state, similarity.score(state) or 0.0)
    for item, one in enumerate(rest):
        plain = similarity.score(state.without(item))
        assert (one is None) == (plain is None)
        assert math.isclose(one or 0.0, plain or 0.0, abs_tol=1e-12)


def test_no_item_is_scored_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even where every item is some row's only one."""
    state = State(np.eye(30, dtype=np.bool_), np.arange(30) % 7)

    def again(_: State, item: int) -> State:
        raise AssertionError(item)

    monkeypatch.setattr(State, "without", again)
    assert len(scores_without_items(state, similarity.score(state) or 0.0)) == 30


@pytest.mark.parametrize("seed", range(5))
def test_a_running_score_follows_every_change(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(incremental_similarity, "_ANCHOR", 60)
    random, vendor = np.random.default_rng(seed), np.arange(30) % 9
    has, kept = np.zeros((30, 70), np.bool_), RunningScore(vendor, 70)
    for _ in range(150):
        unit, item = int(random.integers(30)), int(random.integers(70))
        has[unit, item] ^= True
        kept.update([(unit, item, bool(has[unit, item]))])
        filled = np.asarray(has.any(axis=1))
        if not filled.any():
            continue
        state = State(has, vendor).keep(filled)
        plain = similarity.score(state)
        assert (kept.score is None) == (plain is None)
        assert math.isclose(kept.score or 0.0, plain or 0.0, abs_tol=1e-12)
        assert (kept.n_vendors, kept.n_units) == (state.n_vendors, int(filled.sum()))
        assert kept.n_items == int(has.any(axis=0).sum())
        if kept.pooled is not None:
            assert np.allclose(kept.pooled, pooled(state), atol=1e-12)


def test_chance_is_the_hypergeometric_mean() -> None:
    for pool, s, t in ((4, 3, 3), (30, 4, 11), (200, 60, 150), (5, 5, 5), (9, 1, 1)):
        k = np.arange(1, min(s, t) + 1)
        mean = float((hypergeom.pmf(k, pool, s, t) * k / (s + t - k)).sum())
        assert math.isclose(expected_jaccard(s, t, pool), mean, abs_tol=1e-12)


def test_chance_of_a_market_is_the_mean_over_its_vendor_pairs() -> None:
    state = a_state(3)
    table = np.array(
        [[expected_jaccard(int(s), int(t), 25) for t in state.sizes] for s in state.sizes]
    )
    vendors = range(state.n_vendors)
    plain = math.fsum(
        float(table[np.ix_(state.vendor == v, state.vendor == w)].mean())
        for v, w in itertools.combinations(vendors, 2)
    ) / math.comb(len(vendors), 2)
    assert math.isclose(expected_score(state, 25), plain, abs_tol=1e-12)


def test_baselga_from_frequencies_equals_the_sum_over_pairs() -> None:
    state = a_state(5)
    least = most = 0
    for p, q in itertools.combinations(state.has, 2):
        b, c = int((p & ~q).sum()), int((q & ~p).sum())
        least, most = least + min(b, c), most + max(b, c)
    a = int(state.sizes.sum()) - int(state.has.any(axis=0).sum())
    sorensen, jaccard = baselga(state)
    assert sorensen.total == (least + most) / (2 * a + least + most)
    assert jaccard.turnover == 2 * least / (a + 2 * least)


def test_knowing_everything_both_readings_agree() -> None:
    for seed in range(5):
        state = a_state(seed)
        read = known_pairs(state, np.ones_like(state.has), 3).score
        assert math.isclose(read or 0.0, score_by_pairs(state), abs_tol=1e-12)


def test_a_draw_is_a_hash_of_seed_number_and_key() -> None:
    # printf '0:1:product:a:launched' | sha256sum | cut -c1-13
    from hashlib import sha256

    digest = sha256(b"0:1:product:a:launched").hexdigest()[:13]
    assert uniforms("product:a:launched", 0, 2)[1] == int(digest, 16) / 16**13
