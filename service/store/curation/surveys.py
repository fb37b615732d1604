"""What is on record of a product that somebody went through."""

from collections import defaultdict

from service.model.surveys import OnRecord
from service.store.database import Connection
from service.store.statements import load

SQL = load("surveys")


async def on_record(
    connection: Connection, product_id: str, feature_ids: list[str], *, unsourced: bool
) -> dict[str, list[OnRecord]]:
    """The counting adoptions of the features by the product, by feature."""
    rows = await SQL["on_record"].rows(
        connection, product_id=product_id, feature_ids=feature_ids, unsourced=unsourced
    )
    found: dict[str, list[OnRecord]] = defaultdict(list)
    for row in rows:
        found[row["feature_id"]].append(OnRecord(**row))
    return found


async def scoped_elsewhere(connection: Connection, market_id: str) -> set[str]:
    """Features that do not count in the market."""
    rows = await SQL["scoped_elsewhere"].rows(connection, market_id=market_id)
    return {row["id"] for row in rows}
