"""Who copies whom in a market: `copy_graph`."""

import statistics
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec
import numpy as np

from service.maths.copying.diffusion import Diffusion, diffusion
from service.maths.copying.risk_set import RiskSet
from service.maths.measure import measure
from service.maths.panel.panel import Panel
from service.maths.parameters import Days, EdgeFeatures, MeasureParameters, Simultaneity
from service.maths.results import Figures, Reasons


@dataclass(frozen=True, kw_only=True)
class CopyGraphParameters(MeasureParameters, Simultaneity):
    """Of one market: edges with fewer features and copies that came later are left out."""

    market: str
    min_count: EdgeFeatures = 1
    max_lag_days: Days | None = None


class CopyEdge(msgspec.Struct, frozen=True, kw_only=True):
    """`follower` took up features of `leader`; each counts 1/|G| in `weight`, G its first movers.

    Lags are in days from the feature's origin.
    """

    leader: str
    follower: str
    n_features: int
    weight: float
    median_lag_days: float
    features: list[str]


class CopyNode(msgspec.Struct, frozen=True, kw_only=True):
    """A vendor: credit for being first (split among first movers), copies made, copies of it."""

    vendor: str
    first_credits: float
    n_copied: int
    copied_weight: float


class CopyGraph(msgspec.Struct, frozen=True, kw_only=True):
    """Edges by weight, descending, then leader and follower; vendors without a part are left out.

    Before `min_count` and `max_lag_days` the weights sum to the copies, the credits to the
    features.
    """

    market: str
    on: str
    as_of: str | None
    stage_min: str
    simultaneity_days: int
    min_count: int
    max_lag_days: int | None
    n_features: int
    n_copies: int
    nodes: list[CopyNode]
    edges: list[CopyEdge]
    warnings: list[str]
    reasons: Reasons


@measure(CopyGraphParameters, CopyGraph)
def copy_graph(panel: Panel, asked: CopyGraphParameters) -> Iterator[Figures]:
    """An edge from each first mover of a feature to each rival that has it later (10.1 to 10.3).

    Rivals that entered with the feature count as followers too.
    """
    risk_set = RiskSet(panel, asked.market, asked.on, asked.race)
    copies = _Copies(len(risk_set))
    for feature in risk_set.features.tolist():
        spread = diffusion(risk_set, feature)
        copies.add(spread, risk_set.panel.feature_ids[feature], asked.max_lag_days)
    each = copies.lags.items()
    edges = [_edge(risk_set, pair, lags) for pair, lags in each if len(lags) >= asked.min_count]
    yield {
        "market": asked.market,
        "simultaneity_days": asked.simultaneity_days,
        "min_count": asked.min_count,
        "max_lag_days": asked.max_lag_days,
        "n_features": len(risk_set.features),
        "n_copies": int(copies.made.sum()),
        "nodes": copies.nodes(risk_set.unit_ids),
        "edges": sorted(edges, key=lambda e: (-round(e.weight, 12), e.leader, e.follower)),
    }


class _Lag(NamedTuple):
    """A feature that was copied so many days after its origin, and its share in the edge."""

    feature: str
    days: int
    share: float


@dataclass
class _Copies:
    """Columns over units: credits for being first, copies made, copies of what it was first with;
    `lags` by (leader, follower)."""

    n_units: int
    lags: dict[tuple[int, int], list[_Lag]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.credits, self.made, self.of_it = (np.zeros(self.n_units) for _ in range(3))

    def add(self, spread: Diffusion, feature: str, max_lag_days: int | None) -> None:
        """The copies of one feature."""
        share = 1.0 / len(spread.first)
        self.credits[spread.first] += share
        for unit in spread.rivals.tolist():
            days = int(spread.copy[unit]) - spread.origin
            is_late = max_lag_days is not None and days > max_lag_days
            if spread.copy[unit] > spread.on or is_late:
                continue
            self.made[unit] += 1
            self.of_it[spread.first] += share
            for leader in spread.first.tolist():
                self.lags[leader, unit].append(_Lag(feature, days, share))

    def nodes(self, ids: list[str]) -> list[CopyNode]:
        """The units that have a part."""
        return [
            CopyNode(
                vendor=ids[u],
                first_credits=float(self.credits[u]),
                n_copied=int(self.made[u]),
                copied_weight=float(self.of_it[u]),
            )
            for u in np.flatnonzero((self.credits > 0) | (self.made > 0)).tolist()
        ]


def _edge(risk_set: RiskSet, pair: tuple[int, int], lags: list[_Lag]) -> CopyEdge:
    leader, follower = pair
    return CopyEdge(
        leader=risk_set.unit_ids[leader],
        follower=risk_set.unit_ids[follower],
        n_features=len(lags),
        weight=float(sum(lag.share for lag in lags)),
        median_lag_days=float(statistics.median(lag.days for lag in lags)),
        features=sorted(lag.feature for lag in lags),
    )
