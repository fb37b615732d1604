"""When versions of products came out, product by product, and the days between
(metrics.md, 14a)."""

import math
from dataclasses import dataclass
from hashlib import sha256

import numpy as np

from service.cached import cached_property
from service.maths.arrays import Floats, Ints
from service.maths.panel.facts import NO_DATE
from service.maths.panel.imputation import days_drawn
from service.maths.panel.lifetimes import NEVER, midday
from service.maths.panel.panel import Panel
from service.maths.parameters import DateDraws

YEAR = 365.25


@dataclass(frozen=True)
class Run:
    """The releases of one product by a day: `days` are distinct and ascending, as many versions on
    each as `counts` says; `until` is the day on which it was gone, or the day asked about."""

    product: int
    days: Ints
    counts: Ints
    until: int

    @cached_property
    def gaps(self) -> Ints:
        """Days from each release to the next."""
        return np.diff(self.days)

    @property
    def years(self) -> float:
        """How long its releases were followed: from the first on."""
        return max(0, self.until - int(self.days[0])) / YEAR


class Releases:
    """The dated versions of some products that were out by `on`, by their representative days;
    versions of one product on one day are one release."""

    def __init__(self, panel: Panel, products: Ints, on: int) -> None:
        self.panel, self.products, self.on = panel, products, on
        versions = panel.facts.versions
        inside = np.isin(versions.product, products)
        dated = versions.date.hi != NO_DATE
        self.n_undated = int((inside & ~dated).sum())
        self._day = midday(versions.date.lo, versions.date.hi)
        self._rows = np.flatnonzero(inside & dated & (self._day <= on))
        imprecise = versions.date.lo < versions.date.hi
        self.n_imprecise = int(imprecise[self._rows].sum())

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def ids(self) -> list[str]:
        """The records, sorted."""
        return sorted(self.panel.facts.versions.ids[row] for row in self._rows.tolist())

    @cached_property
    def runs(self) -> list[Run]:
        """Products with a release, in id order."""
        return self._runs(self._rows, self._day[self._rows])

    def _runs(self, rows: Ints, days: Ints) -> list[Run]:
        product, ends = self.panel.facts.versions.product[rows], self.panel.lives.end
        found = []
        for p in np.unique(product).tolist():
            distinct, counts = np.unique(days[product == p], return_counts=True)
            until = min(self.on, int(ends[p]) if ends[p] < NEVER else self.on)
            found.append(Run(p, distinct, counts, until))
        return found

    def medians_drawn(self, draws: DateDraws) -> list[float]:
        """The median gap in every draw of the imprecise dates that has a gap; a date that several
        versions of a product share is drawn once. A bound stays at its day, and a day after the
        one asked about counts as that."""
        versions, rows = self.panel.facts.versions, self._rows
        lo, hi = versions.date.lo[rows], versions.date.hi[rows]
        ids = self.panel.product_ids
        products = versions.product[rows].tolist()
        texts = [versions.date.text[row] for row in rows.tolist()]
        keys = [f"version:{ids[p]}:{text}" for p, text in zip(products, texts, strict=True)]
        lo = np.where(lo == NO_DATE, hi, lo)
        drawn = np.minimum(days_drawn(keys, lo, hi, draws.seed, draws.date_draws), self.on)
        each = (self._runs(rows, drawn[:, m]) for m in range(draws.date_draws))
        gaps = (all_gaps(runs) for runs in each)
        return [float(np.median(one)) for one in gaps if len(one)]


def all_gaps(runs: list[Run]) -> Ints:
    """The gaps of all products, product by product."""
    return np.concatenate([np.zeros(0, np.int64), *(run.gaps for run in runs)])


@dataclass(frozen=True)
class GapTrend:
    """Kendall's tau-b of gap with time within products, and the permutation p-value."""

    tau: float
    p: float


def gap_trend(runs: list[Run], ids: list[str], permutations: int, seed: int) -> GapTrend | None:
    """S = sum over products and pairs of gaps of sign(later - earlier); tau = S/sqrt(n0(n0-n1)), n1
    the tied pairs (Kendall 1945). Gaps are shuffled within products, sorted by
    SHA-256("{seed}:perm:{b}:{product}:{k}"). None where all gaps of a product are equal."""
    rows = [run.gaps for run in runs if len(run.gaps) > 1]
    keys = [ids[run.product] for run in runs if len(run.gaps) > 1]
    n_pairs = sum(len(gaps) * (len(gaps) - 1) // 2 for gaps in rows)
    signs = [np.sign(np.subtract.outer(gaps, gaps)).T.astype(np.float64) for gaps in rows]
    tied = n_pairs - sum(int(np.count_nonzero(np.triu(s, 1))) for s in signs)
    if n_pairs == tied:
        return None
    observed = sum(_above(s) for s in signs)
    beaten = 0
    for b in range(1, permutations + 1):
        drawn = sum(
            _above(_shuffled(s, f"{seed}:perm:{b}:{key}:"))
            for key, s in zip(keys, signs, strict=True)
        )
        beaten += abs(drawn) >= abs(observed) - 1e-9
    tau = observed / math.sqrt(n_pairs * (n_pairs - tied))
    return GapTrend(tau, (1 + beaten) / (permutations + 1))


def _above(signs: Floats) -> float:
    return float(np.triu(signs, 1).sum())


def _shuffled(signs: Floats, prefix: str) -> Floats:
    hashed = [sha256(f"{prefix}{k}".encode()).digest() for k in range(len(signs))]
    order = sorted(range(len(signs)), key=hashed.__getitem__)
    return signs[np.ix_(order, order)]
