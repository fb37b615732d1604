"""The marks of facts that contradict each other."""

from service.query.fields import Collection
from service.query.registry import COLLECTIONS
from service.store.catalogue.records import Record
from service.store.database import Connection

# Facts that lost a dispute stand in no figure; a collection without disputes loses none.
USED = "dispute IS DISTINCT FROM 'other'"
SET_ASIDE = "dispute = 'other'"


async def opponents(connection: Connection, collection: Collection, row: Record) -> list[str]:
    """The other disputed facts of the same subject."""
    same = " AND ".join(
        f"t.{column} IS NOT DISTINCT FROM s.{column}" for column in collection.subject
    )
    rows = await connection.fetch(
        f"SELECT t.id FROM {collection.table} t JOIN {collection.table} s ON {same}"
        " WHERE s.id = $1 AND t.id <> $1 AND t.dispute IS NOT NULL ORDER BY t.id",
        row["id"],
    )
    return [row["id"] for row in rows]


async def decided_in(connection: Connection, revision: int) -> list[tuple[str, str]]:
    """Kind and id of each fact whose mark a revision changed, a hundred at most."""
    found = [
        f"SELECT '{collection.kind}' AS kind, t.id FROM {collection.table} t"
        f" LEFT JOIN {collection.table}_history h ON h.replaced_in = $1 AND h.id = t.id"
        " WHERE t.revision = $1 AND t.dispute IS DISTINCT FROM h.dispute"
        for collection in COLLECTIONS
        if any(field.name == "dispute" for field in collection.fields)
    ]
    rows = await connection.fetch(" UNION ALL ".join(found) + " LIMIT 100", revision)
    return [(row["kind"], row["id"]) for row in rows]


async def mark(
    connection: Connection, collection: Collection, ids: list[str], dispute: str | None
) -> int:
    """Write the mark where it is another; returns on how many facts."""
    done = await connection.execute(
        f"UPDATE {collection.table} SET dispute = $2"
        " WHERE id = ANY ($1::text[]) AND dispute IS DISTINCT FROM $2",
        ids,
        dispute,
    )
    return int(done.rsplit(" ", 1)[1])
