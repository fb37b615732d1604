"""The maths against the obvious use of SciPy and lifelines, side by side in one run.

python -m bench.maths [PRODUCTS FEATURES ADOPTIONS]; lifelines is compared if it is installed.
"""

import resource
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from scipy.spatial.distance import cdist, pdist

from bench.markets import LAST, facts
from service.maths.arenas import Arena
from service.maths.contributions import scores_without_items
from service.maths.copy_curves import CopyCurve
from service.maths.panels import Panel
from service.maths.profiles import State, profile
from service.maths.races import race
from service.maths.series import series
from service.maths.similarity import jaccards, score
from service.maths.survival import kaplan_meier


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


def main() -> None:
    sizes = [int(word) for word in sys.argv[1:]] or [10_000, 2_000, 1_000_000]
    made = facts(*sizes, n_vendors=500, seed=1)
    resolved, panel = timed(lambda: Panel(made))
    print(f"{sizes[0]} products, {sizes[1]} features, {sizes[2]} adoptions")
    print(f"panel resolved            {resolved:8.2f} s")
    state = profile(panel, "m", LAST).state
    ours, value = timed(lambda: score(state))
    print(f"score on one day          {ours:8.2f} s   {value:.6f}")
    _neighbours(state)
    _contributions(state, value)
    each = _series(sizes)
    _copying(panel)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory so far        {peak:8.0f} MiB")
    theirs, _ = timed(lambda: pdist(state.has, "jaccard"))
    print(f"scipy pdist on one day    {theirs:8.2f} s   ratio {theirs / ours:.1f} to the score,"
          f" {theirs / each:.0f} to a date of the series")  # fmt: skip


def _neighbours(state: State) -> None:
    """The nearest of every row, for a thousand rows, against cdist row by row (from twenty)."""
    rows = np.linspace(0, len(state.sizes) - 1, 1000, dtype=int).tolist()
    ours, _ = timed(lambda: [np.argpartition(-jaccards(state, row), 10)[:10] for row in rows])
    some = rows[:20]
    theirs, _ = timed(lambda: [cdist(state.has[[row]], state.has, "jaccard") for row in some])
    whole = theirs / len(some) * len(rows)
    print(f"1,000 nearest neighbours  {ours:8.2f} s")
    print(f"scipy cdist row by row    {whole:8.2f} s   ratio {whole / ours:.1f} (from 20 rows)")


def _contributions(state: State, value: float) -> None:
    """The score without each feature, against scoring anew for each (from two features)."""
    ours, _ = timed(lambda: scores_without_items(state, value))
    again, _ = timed(lambda: [score(state.without(item)) for item in (0, 1)])
    whole = again / 2 * state.has.shape[1]
    print(f"all leave-one-out scores  {ours:8.2f} s")
    print(f"scored anew for each      {whole:8.2f} s   ratio {whole / ours:.0f} (from 2 features)")


def _series(sizes: list[int]) -> float:
    """The series folds one event after the other; on a hundredth of the adoptions."""
    small = Panel(facts(sizes[0], sizes[1], sizes[2] // 100, n_vendors=500, seed=2))
    spent, points = timed(lambda: series(small, "m", LAST))
    each = spent / len(points)
    print(f"series, {len(points):5} dates       {spent:8.2f} s   {each * 1000:.1f} ms a date")
    return each


def _copying(panel: Panel) -> None:
    def every() -> int:
        arena = Arena(panel, "m", LAST)
        found = 0
        for feature in arena.features:
            curve = CopyCurve(race(arena, int(feature), 7), 0.95)
            found += curve.missing is None and curve.median.days is not None
        return found

    spent, reached = timed(every)
    print(f"time-to-copy of all       {spent:8.2f} s   {reached} medians reached, with limits")
    try:
        from lifelines import KaplanMeierFitter
        from lifelines.utils import median_survival_times
    except ImportError:
        print("lifelines is not installed; pip install lifelines to compare")
        return
    arena = Arena(panel, "m", LAST)
    some = [race(arena, int(f), 7) for f in arena.features[:50]]

    def loop() -> None:
        for run in some:
            rows = run.rows
            fitter = KaplanMeierFitter().fit(rows.exit, rows.event, entry=rows.entry)
            median_survival_times(fitter.confidence_interval_)

    theirs, _ = timed(loop)
    mine, _ = timed(lambda: [kaplan_meier(run.rows) for run in some])
    whole = theirs / len(some) * len(arena.features)
    print(f"lifelines in a loop       {whole:8.2f} s   (from {len(some)} features, fits only)")
    print(f"                          ratio {whole / spent:.0f} to rows, curve and limits;"
          f" {theirs / mine:.0f} to the curves alone")  # fmt: skip


if __name__ == "__main__":
    np.seterr(all="ignore")
    main()
