"""Which records search sees differently than at an earlier revision."""

from collections.abc import Iterable

from service import limits
from service.query.registry import FEATURES, GROUPS, MARKETS, PRODUCTS, VENDORS, VERSIONS
from service.search.documents import SEARCHED
from service.store.curation.retired_ids import TABLE as TOMBSTONES
from service.store.database import Snapshot

FACTS = tuple(stand_in.table for stand_in in PRODUCTS.stand_ins)


async def touched(snapshot: Snapshot, since: int) -> dict[str, set[str]]:
    """By kind the ids of all records whose documents may have changed, or ended, after the
    revision and up to the snapshot's, which is the newest one.

    Besides the records written: the products of a vendor, its groups and the vendors of a group,
    the features of a market, the product of a version, the product of a fact if its own start is
    not known, and what a merged id led or leads to.
    """
    rows = await snapshot.connection.fetch(_statement(), since, timeout=limits.PANEL_SECONDS)
    found: dict[str, set[str]] = {}
    for kind, record_id in rows:
        found.setdefault(kind, set()).add(record_id)
    return found


def _statement() -> str:
    written = [_written(c.kind, c.table, "id") for c in SEARCHED]
    written.append(_written(PRODUCTS.kind, VERSIONS.table, "product_id"))
    written += [_written(PRODUCTS.kind, table, "product_id", _UNDATED) for table in FACTS]
    written.append(_written(VENDORS.kind, GROUPS.table, "unnest(vendor_ids)"))
    beside = (
        (PRODUCTS, "vendor_id = ANY", VENDORS),
        (GROUPS, "vendor_ids &&", VENDORS),
        (FEATURES, "market_ids &&", MARKETS),
    )
    parts = [
        f"SELECT '{c.kind}', id FROM {c.table} WHERE {meets}"
        f" (ARRAY(SELECT id FROM written WHERE kind = '{of.kind}'))"
        for c, meets, of in beside
    ]
    kinds = ", ".join(f"'{c.kind}'" for c in SEARCHED)
    return (
        f"WITH RECURSIVE written (kind, id) AS MATERIALIZED ({_union(written)}), led AS ("
        f"SELECT kind, id, replaced_by FROM {TOMBSTONES}"
        f" WHERE is_merge AND kind IN ({kinds}) AND (retired_in > $1 OR lifted_in > $1) UNION"
        f" SELECT t.kind, t.id, t.replaced_by FROM {TOMBSTONES} t"
        " JOIN led ON t.kind = led.kind AND t.id = led.replaced_by WHERE t.is_merge)"
        " SELECT kind, id FROM written UNION SELECT kind, replaced_by FROM led UNION "
        f"{_union(parts)}"
    )


_UNDATED = (
    f" AND EXISTS (SELECT FROM {PRODUCTS.table} p"
    f" WHERE p.id = product_id AND p.{PRODUCTS.starts}_max IS NULL)"
)


def _written(kind: str, table: str, column: str, condition: str = "") -> str:
    """The ids in all versions that began or ended after the revision."""
    return _union(
        f"SELECT '{kind}' AS kind, {column} AS id FROM {of} WHERE {since} > $1::bigint{condition}"
        for of, since in ((table, "revision"), (f"{table}_history", "replaced_in"))
    )


def _union(parts: Iterable[str]) -> str:
    return " UNION ".join(parts)
