"""In which markets a feature counts: those that it names, or all (metrics.md, 2.3)."""

import numpy as np

from service.maths.arrays import Bools
from service.maths.panel.facts import Facts

Place = str | tuple[str, ...] | None  # a market, several, or all


def is_in_scope(facts: Facts, feature: str, market: str | None) -> bool:
    """Whether a feature counts in a market; over all markets it does somewhere."""
    scope = facts.feature_scope.get(feature)
    return scope is None or market is None or market in scope


def in_scope(facts: Facts, place: Place) -> Bools:
    """Which adoptions count in a market; in several or in all, those of a feature that names one
    of them in which the product is."""
    if isinstance(place, str):
        return counts_in(facts, place)[facts.adoptions.item]
    named = {market for markets in facts.product_markets for market in markets}
    mask = np.zeros(len(facts.adoptions.product), np.bool_)
    for market in sorted(named if place is None else named.intersection(place)):
        members = np.array([market in markets for markets in facts.product_markets], np.bool_)
        mask |= members[facts.adoptions.product] & counts_in(facts, market)[facts.adoptions.item]
    unscoped = np.array([feature not in facts.feature_scope for feature in facts.feature_ids])
    return mask | unscoped.astype(np.bool_)[facts.adoptions.item]


def counts_in(facts: Facts, market: str) -> Bools:
    """Per feature, whether it counts in the market."""
    return np.array([is_in_scope(facts, f, market) for f in facts.feature_ids], np.bool_)
