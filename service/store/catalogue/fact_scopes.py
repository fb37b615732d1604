"""Of which products facts are read, and of which ones something was written since."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from service import limits
from service.maths.panel.facts import NO_DATE, Facts
from service.maths.panel.restriction import of_rows
from service.store.database import Snapshot

# What facts are read from.
TABLES = (
    "product",
    "adoption",
    "monetization",
    "survey",
    "version",
    "feature",
    "business_model",
    "market",
)
_OF_PRODUCTS = ("adoption", "monetization", "survey", "version")
_OF_ALL = ("feature", "business_model", "market")


@dataclass(frozen=True)
class Scope:
    """Which products: those of these markets, of these vendors, and these themselves; or all. Those
    with one of these features are there for it alone: without their other adoptions, unless their
    launch is told by them."""

    markets: frozenset[str] = frozenset()
    vendors: frozenset[str] = frozenset()
    products: frozenset[str] = frozenset()
    features: frozenset[str] = frozenset()
    is_whole: bool = False

    def inside(self, facts: Facts) -> set[str]:
        """The products of the facts that are of the scope."""
        columns = facts.product_ids, facts.product_vendor, facts.product_markets
        return self._having(facts) | {
            product
            for product, vendor, markets in zip(*columns, strict=True)
            if self.is_whole or self._names(product, vendor, markets)
        }

    def narrowed(self, facts: Facts) -> Facts:
        """Without what is not read of products that are there for a feature alone."""
        columns = facts.product_ids, facts.product_vendor, facts.product_markets, facts.launched.hi
        whole = np.array([self.is_read_whole(*one) for one in zip(*columns, strict=True)], np.bool_)
        wanted = [n for n, feature in enumerate(facts.feature_ids) if feature in self.features]
        adoptions = facts.adoptions
        mask = whole[adoptions.product] | np.isin(adoptions.item, wanted)
        return facts if mask.all() else replace(facts, adoptions=of_rows(adoptions, mask))

    def is_read_whole(
        self, product: str, vendor: str, markets: Sequence[str], launched: int
    ) -> bool:
        """`launched`: the last day on which it can have been, `NO_DATE` where it is not known."""
        is_all = self.is_whole or not self.features or launched == NO_DATE
        return is_all or self._names(product, vendor, markets)

    def _names(self, product: str, vendor: str, markets: Sequence[str]) -> bool:
        named = product in self.products or vendor in self.vendors
        return named or not self.markets.isdisjoint(markets)

    def _having(self, facts: Facts) -> set[str]:
        wanted = [n for n, feature in enumerate(facts.feature_ids) if feature in self.features]
        having = facts.adoptions.product[np.isin(facts.adoptions.item, wanted)]
        return {facts.product_ids[product] for product in having.tolist()}


WHOLE = Scope(is_whole=True)


@dataclass(frozen=True)
class Read:
    """Which facts of them: with `unsourced` ones; facts that lost a dispute are left out, or with
    `set_aside` they alone are read."""

    unsourced: bool = True
    set_aside: bool = False


@dataclass(frozen=True)
class Written:
    """The products of which something was written, or that were; and whether something was that
    concerns the facts of all."""

    products: frozenset[str]
    concerns_all: bool


async def written_since(snapshot: Snapshot, revision: int) -> Written:
    """After a revision, up to that of the snapshot, which must be the newest."""
    of_all = [f"SELECT FROM {table} WHERE revision > $1" for table in _OF_ALL]
    of_all += [f"SELECT FROM {table}_history WHERE replaced_in > $1" for table in _OF_ALL]
    exists = " OR ".join(f"EXISTS ({one})" for one in of_all)
    parts = []
    for table in ("product", *_OF_PRODUCTS):
        column = "id" if table == "product" else "product_id"
        parts.append(f"SELECT {column} AS id FROM {table} WHERE revision > $1")
        parts.append(f"SELECT {column} FROM {table}_history WHERE replaced_in > $1")
    parts.append(f"SELECT NULL WHERE {exists}")
    rows = await snapshot.connection.fetch(" UNION ".join(parts), revision)
    found = {row["id"] for row in rows}
    return Written(frozenset(found - {None}), None in found)


async def doubtful_products(snapshot: Snapshot) -> list[str]:
    """All products that may deserve a warning, and few others, sorted: those whose launch is not
    known or that have ended, and those of facts that begin before the launch, or that may have
    ended before the launch or before they begin."""
    products = snapshot.relation("product")
    doubtful = [
        f"SELECT id FROM {products} WHERE launched_max IS NULL OR discontinued_max IS NOT NULL"
    ]
    for table, start in (("adoption", "date"), ("monetization", "since")):
        ended = (
            "t.until_max IS NOT NULL AND"
            f" coalesce(t.until_min, '-infinity') <= greatest(t.{start}_max, p.launched_max)"
        )
        doubtful.append(
            f"SELECT t.product_id FROM {snapshot.relation(table)} t"
            f" JOIN {products} p ON p.id = t.product_id"
            f" WHERE t.{start}_max < coalesce(p.launched_min, p.launched_max) OR ({ended})"
        )
    rows = await snapshot.connection.fetch(
        f"{' UNION '.join(doubtful)} ORDER BY 1", timeout=limits.PANEL_SECONDS
    )
    return [row[0] for row in rows]


async def markets_of_vendor(snapshot: Snapshot, vendor: str) -> list[str]:
    """The markets that a product of the vendor belongs to."""
    rows = await snapshot.connection.fetch(
        f"SELECT DISTINCT unnest(market_ids) AS id FROM {snapshot.relation('product')}"
        " WHERE vendor_id = $1",
        vendor,
    )
    return [row["id"] for row in rows]


async def markets_with_products(snapshot: Snapshot, read: Read) -> list[str]:
    """The markets that a product belongs to which is read, sorted."""
    rows = await snapshot.connection.fetch(
        f"SELECT DISTINCT unnest(market_ids) AS id FROM {snapshot.relation('product')}"
        " WHERE $1 OR evidence <> 'unsourced' ORDER BY id",
        read.unsourced,
    )
    return [row["id"] for row in rows]
