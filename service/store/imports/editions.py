"""What the editions that ship with the service have brought into a base."""

from service import limits
from service.query.fields import Collection
from service.query.registry import COLLECTIONS
from service.store.database import Connection
from service.store.named_revisions import REVISIONS


async def relations(connection: Connection, actor: str, comment: str) -> dict[str, str]:
    """By table, SQL of its records as an edition last wrote them: as a revision of the actor did
    whose comment begins so."""
    rows = await REVISIONS["of_actor"].rows(connection, actor=actor, comment=comment)
    written = ", ".join(str(row["id"]) for row in rows) or "NULL"
    return {c.table: _brought(c.table, c.columns, written) for c in COLLECTIONS}


def _brought(table: str, columns: tuple[str, ...], written: str) -> str:
    listed = ", ".join([*columns, "revision"])
    return (
        f"(SELECT DISTINCT ON (id) * FROM (SELECT {listed} FROM {table}"
        f" UNION ALL SELECT {listed} FROM {table}_history) v"
        f" WHERE revision IN ({written}) ORDER BY id, revision DESC)"
    )


async def pointed_at(connection: Connection, collection: Collection, ids: list[str]) -> set[str]:
    """Those of the records that others point at, the caller's own writes included."""
    held: set[str] = set()
    for other in COLLECTIONS:
        for field in other.references:
            if field.to != collection.name:
                continue
            value, further = field.type.each(f"t.{field.name}")
            rows = await connection.fetch(
                f"SELECT DISTINCT {value} AS id FROM {other.table} t{further}"
                f" WHERE {value} = ANY ($1::text[])",
                ids,
                timeout=limits.IMPORT_SECONDS,
            )
            held |= {row["id"] for row in rows}
    return held
