"""Rows that repeat what the base says of their record, and say something else."""

from service import limits
from service.model.errors import Code, Fault
from service.query.fields import BOOKKEEPING, Collection
from service.store.database import Connection
from service.store.imports import staging
from service.texts.sentences import sentence


async def faults(connection: Connection, collection: Collection) -> list[Fault]:
    """Rows that were read before the record was written last."""
    stored = " ".join(
        f"WHEN '{field.name}' THEN {field.type.told(f't.{field.name}')}" for field in BOOKKEEPING
    )
    rows = await connection.fetch(
        f"SELECT s.line, said.key, t.revision FROM {staging.staging_table(collection)} s"
        f" JOIN {collection.table} t ON t.id = s.id"
        " CROSS JOIN jsonb_each_text(s.said) said"
        f" WHERE s.said IS NOT NULL AND said.value IS DISTINCT FROM CASE said.key {stored} END"
        f" ORDER BY s.line, said.key LIMIT {limits.IMPORT_FAULTY_MAX + 1}",
        timeout=limits.IMPORT_SECONDS,
    )
    return [
        Fault(
            Code.PRECONDITION_FAILED,
            sentence("said.stale", name=row["key"], revision=row["revision"]),
            line=row["line"],
            pointer=f"/{row['key']}",
        )
        for row in rows
    ]
