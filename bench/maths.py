"""The maths against the obvious use of SciPy and lifelines, side by side in one run.

lifelines is compared if it is installed. All of ours runs before the first peer, so that the peak
memory is our own.
"""

import time

import numpy as np

from bench import copying, similarity
from bench.bases import Postgres
from bench.markets import facts
from bench.report import Section
from bench.tables import compare
from service.maths.panel.panel import Panel

PRODUCTS, FEATURES, ADOPTIONS = 3_000, 1_000, 300_000


def table(_: Postgres) -> Section:
    np.seterr(all="ignore")
    made = facts(PRODUCTS, FEATURES, ADOPTIONS, n_vendors=500, seed=1)
    began = time.perf_counter()
    panel = Panel(made)
    resolved = time.perf_counter() - began
    small = Panel(facts(PRODUCTS, FEATURES, ADOPTIONS // 100, n_vendors=500, seed=2))
    rows, peak = compare([*similarity.comparisons(panel, small), *copying.comparisons(panel)])
    return Section(
        "maths",
        "The maths beside SciPy and lifelines",
        f"A made-up market of {PRODUCTS:,} products, {FEATURES:,} features and {ADOPTIONS:,} "
        "adoptions, in one process; long work of a peer is extrapolated from a part of it.",
        ("", "Parity", "the obvious use", "ratio"),
        rows,
        f"Facts are resolved to days in {resolved:.2f} s; our peak memory is {peak:,.0f} MiB.",
    )
