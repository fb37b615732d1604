"""The maths against the obvious use of SciPy and lifelines, side by side in one run.

python -m bench.maths [PRODUCTS FEATURES ADOPTIONS]; lifelines is compared if it is installed.
All of ours runs before the first peer, so that the peak memory is our own.
"""

import sys
import time

import numpy as np

from bench import copying, similarity
from bench.markets import facts
from bench.tables import compare
from service.maths.panel.panel import Panel


def main() -> None:
    n_products, n_features, n_adoptions = [int(word) for word in sys.argv[1:]] or _SIZES
    made = facts(n_products, n_features, n_adoptions, n_vendors=500, seed=1)
    began = time.perf_counter()
    panel = Panel(made)
    print(f"{n_products:,} products, {n_features:,} features, {n_adoptions:,} adoptions,")
    print(f"resolved to days in {time.perf_counter() - began:.2f} s\n")
    small = Panel(facts(n_products, n_features, n_adoptions // 100, n_vendors=500, seed=2))
    table, peak = compare([*similarity.comparisons(panel, small), *copying.comparisons(panel)])
    print(f"{table}\n\nPeak memory of ours, facts and panel included: {peak:,.0f} MiB")


_SIZES = [10_000, 2_000, 1_000_000]

if __name__ == "__main__":
    np.seterr(all="ignore")
    main()
