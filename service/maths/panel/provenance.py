"""Which facts an answer stands on."""

from collections.abc import Collection

import numpy as np

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
