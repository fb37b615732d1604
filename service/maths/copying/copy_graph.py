"""Who copies whom in a market: `copy_graph`."""

import statistics
from collections import defaultdict
from datetime import date
from typing import Annotated

import msgspec
import numpy as np
from msgspec import Meta

from service.maths.copying.diffusion import race
from service.maths.copying.risk_set import Arena
from service.maths.panel.panel import Panel

Least = Annotated[int, Meta(ge=1, le=1000)]
Lag = Annotated[int, Meta(ge=1, le=36_500)]
Window = Annotated[int, Meta(ge=0, le=3650)]


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
    reasons: dict[str, str]


def copy_graph(
    panel: Panel,
    market: str,
    on: int,
    as_of: str | None = None,
    simultaneity_days: Window = 7,
    min_count: Least = 1,
    max_lag_days: Lag | None = None,
) -> CopyGraph:
    """An edge from each first mover of a feature to each rival that has it later (10.1 to 10.3).

    Day `on` is an ordinal. Rivals that entered with the feature count as followers too.
    """
    arena = Arena(panel, market, on, "vendor")
    lags: dict[tuple[int, int], list[tuple[str, int, float]]] = defaultdict(list)
    credit, copied, of_it = (np.zeros(len(arena)) for _ in range(3))
    n_copies = 0
    for feature in arena.features:
        run = race(arena, int(feature), simultaneity_days)
        share = 1.0 / len(run.first)
        credit[run.first] += share
        for unit in run.rivals.tolist():
            lag = int(run.copy[unit]) - run.origin
            if run.copy[unit] > run.on or (max_lag_days is not None and lag > max_lag_days):
                continue
            n_copies += 1
            copied[unit] += 1
            of_it[run.first] += share
            for leader in run.first.tolist():
                name = arena.panel.feature_ids[int(feature)]
                lags[leader, unit].append((name, lag, share))
    edges = [_edge(arena, pair, found) for pair, found in lags.items() if len(found) >= min_count]
    return CopyGraph(
        market=market,
        on=date.fromordinal(on).isoformat(),
        as_of=as_of,
        stage_min=panel.stage_min,
        simultaneity_days=simultaneity_days,
        min_count=min_count,
        max_lag_days=max_lag_days,
        n_features=len(arena.features),
        n_copies=n_copies,
        nodes=[
            CopyNode(vendor=arena.unit_ids[u], first_credits=float(credit[u]),
                     n_copied=int(copied[u]), copied_weight=float(of_it[u]))
            for u in np.flatnonzero((credit > 0) | (copied > 0)).tolist()
        ],
        edges=sorted(edges, key=lambda e: (-round(e.weight, 12), e.leader, e.follower)),
        warnings=panel.warnings,
        reasons={},
    )  # fmt: skip


def _edge(arena: Arena, pair: tuple[int, int], found: list[tuple[str, int, float]]) -> CopyEdge:
    leader, follower = pair
    return CopyEdge(
        leader=arena.unit_ids[leader],
        follower=arena.unit_ids[follower],
        n_features=len(found),
        weight=float(sum(share for *_, share in found)),
        median_lag_days=float(statistics.median(lag for _, lag, _ in found)),
        features=sorted(name for name, *_ in found),
    )
