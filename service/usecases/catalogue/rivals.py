"""Whose products compete with a vendor's: those of others in the markets where it has some."""

from service.query.fields import Collection
from service.query.filters.expressions import And, Comparison, Expression
from service.query.operators import Operator
from service.query.paths import paths
from service.query.registry import PRODUCTS, VENDORS
from service.store.catalogue import lists, records
from service.store.database import Snapshot
from service.usecases.catalogue.merged_ids import now

PARAMETER = "rivals_of"


async def of_rivals(snapshot: Snapshot, collection: Collection, vendor: str) -> Expression:
    """The filter over a collection of facts with `vendor_id` and `market_ids`.

    Raises ServiceError `unknown_reference`, which names the parameter, and Gone.
    """
    await snapshot.open()
    vendor = await now(snapshot, VENDORS, vendor, PARAMETER)
    own = Comparison(paths(PRODUCTS)["vendor_id"], Operator.EQ, (vendor,))
    ids = await lists.matching(snapshot, PRODUCTS, own)
    products = await records.by_ids(snapshot, PRODUCTS, ids)
    markets = {market for row in products.values() for market in row["market_ids"]}
    whose = paths(collection)["vendor_id"]
    others = Comparison(whose, Operator.NOT, (vendor,))
    if not markets:  # nobody's rival: what is its and is not
        return And((Comparison(whose, Operator.EQ, (vendor,)), others))
    inside = Comparison(paths(collection)["market_ids"], Operator.EQ, tuple(sorted(markets)))
    return And((inside, others))
