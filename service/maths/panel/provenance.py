"""Which facts an answer stands on."""

from collections.abc import Collection

import numpy as np

from service.maths.panel.facts import NO_DATE, InvestmentFact, UsageFact, representative
from service.maths.panel.lifetimes import midday
from service.maths.panel.panel import Panel
from service.maths.panel.scope import Place


def facts_used(
    panel: Panel,
    market: Place,
    on: int,
    feature: str | None = None,
    *,
    models: bool = False,
    products: Collection[str] | None = None,
) -> list[str]:
    """Ids of the counting adoptions (monetizations with `models`) seen by day `on` (an ordinal)
    of the products of a market (or several, or all), of one feature and of some products if
    named; sorted."""
    panel = panel.within(market)
    spells = panel.monetizations if models else panel.adoptions
    traits = panel.facts.monetizations if models else panel.facts.adoptions
    used = panel.in_market(market)[spells.product] & (spells.start <= on)
    if products is not None:
        named = np.array([product in products for product in panel.product_ids], np.bool_)
        used &= named[spells.product]
    if feature is not None:
        is_listed = feature in panel.feature_ids
        used &= spells.item == (panel.feature_ids.index(feature) if is_listed else -1)
    return sorted(traits.ids[row] for row in np.unique(spells.row[used]).tolist())


def figures_used(panel: Panel, kind: str, owner: str, on: int, *, set_aside: bool) -> list[str]:
    """Ids of the usage figures of a product or the investments of a vendor, dated by day `on` (an
    ordinal), that stand in an answer, or of those that lost a dispute; sorted."""
    facts: list[UsageFact] | list[InvestmentFact] = panel.facts.investments
    if kind == "usage":
        facts = panel.facts.usage
    return sorted(
        fact.id
        for fact in facts
        if owner == (fact.product if isinstance(fact, UsageFact) else fact.vendor)
        and fact.is_set_aside == set_aside
        and fact.hi != NO_DATE
        and representative(fact.lo, fact.hi) <= on
    )


def versions_used(panel: Panel, market: Place, product: str | None, on: int) -> list[str]:
    """Ids of the versions that were out by day `on` (an ordinal), of one product or of those of a
    market (or several, or all); sorted."""
    versions = panel.facts.versions
    days = midday(versions.date.lo, versions.date.hi)
    used = panel.in_market(market)[versions.product]
    used &= (versions.date.hi != NO_DATE) & (days <= on)
    if product is not None:
        used &= np.array([product == p for p in panel.product_ids], np.bool_)[versions.product]
    return sorted(versions.ids[row] for row in np.flatnonzero(used).tolist())
