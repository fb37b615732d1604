"""Score, contributions, nearest neighbours and series beside the obvious use of SciPy."""

from collections.abc import Callable
from datetime import date

import numpy as np
from scipy.spatial.distance import cdist, pdist

from bench.markets import LAST
from bench.tables import Comparison, Peer
from service.maths.homogenization.contributions import scores_without_items
from service.maths.homogenization.series import series
from service.maths.kernels.similarity import jaccards, score
from service.maths.panel.panel import Panel
from service.maths.panel.profiles import State, profile

QUERIES, NEIGHBOURS = 1_000, 5


def comparisons(panel: Panel, small: Panel) -> list[Comparison]:
    """Of a large market on its last day; the series of a market with few adoptions."""
    state = profile(panel, "m", LAST).state
    return [_score(state), _contributions(state), _nearest(state), _series(small)]


def _score(state: State) -> Comparison:
    peer = Peer("`pdist`, Jaccard", lambda: _all_pairs(state.has))
    return Comparison("score on one day", lambda: score(state), [peer])


def _all_pairs(has: np.ndarray) -> float:
    pdist(has, "jaccard")
    return 1.0


def _contributions(state: State) -> Comparison:
    """The obvious way is to delete one feature after the other and score the rest."""
    n_rows, n_items = state.has.shape
    taken = min(n_rows, 1_000)

    def by_pdist() -> float:
        _all_pairs(np.delete(state.has[:taken], 0, axis=1))
        return taken * (taken - 1) / (n_rows * (n_rows - 1)) / n_items

    def by_score() -> float:
        some = min(3, n_items)
        for item in range(some):
            score(state.without(item))
        return some / n_items

    peers = [Peer("`pdist` without each", by_pdist), Peer("our own score without each", by_score)]
    name = f"contributions of {n_items:,} features"
    return Comparison(name, lambda: scores_without_items(state, score(state) or 0.0), peers)


def _nearest(state: State) -> Comparison:
    n_rows = len(state.has)
    rows = np.random.default_rng(4).choice(n_rows, min(QUERIES, n_rows), replace=False).tolist()

    def ask(similarities: Callable[[int], np.ndarray], some: list[int]) -> float:
        for row in some:
            found = similarities(row)
            found[row] = -1.0
            np.argpartition(-found, min(NEIGHBOURS, n_rows - 1))[:NEIGHBOURS]
        return len(some) / len(rows)

    def peer(row: int) -> np.ndarray:
        return 1 - cdist(state.has[row : row + 1], state.has, "jaccard")[0]

    name = f"{len(rows):,} times the {NEIGHBOURS} nearest products"
    asked = Peer("`cdist`, Jaccard, a query each", lambda: ask(peer, rows[:100]))
    return Comparison(name, lambda: ask(lambda row: jaccards(state, row), rows), [asked])


def _series(small: Panel) -> Comparison:
    """The obvious way is the whole matrix of pairs again on every date."""

    def by_pdist() -> float:
        dates = [date.fromisoformat(str(point["date"])) for point in series(small, "m", LAST)]
        some = dates[:: max(1, len(dates) // 5)]
        for day in some:
            _all_pairs(profile(small, "m", day.toordinal()).state.has)
        return len(some) / len(dates)

    name = f"score at every date, {len(small.adoptions):,} adoptions"
    return Comparison(name, lambda: series(small, "m", LAST), [Peer("`pdist` at each", by_pdist)])
