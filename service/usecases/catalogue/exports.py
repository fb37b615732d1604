"""The whole base back in the import format, in canonical order."""

from collections.abc import AsyncGenerator

from service.formats.import_format.canonical_lines import write_line
from service.query.fields import Collection
from service.query.registry import COLLECTIONS, SOURCE
from service.store.catalogue import exports
from service.store.database import Database, Snapshot

DESCRIBED = "num_nonnulls(t.title, t.publisher, t.published, t.archive_url, t.note) > 0"


async def export(
    database: Database, *, as_of: str | None = None, kinds: frozenset[str] = frozenset()
) -> AsyncGenerator[bytes, None]:
    """One line a record; the same base at the same revision gives the same bytes."""
    async with database.read(as_of) as snapshot:
        for collection in (*COLLECTIONS[1:], SOURCE):
            if not kinds or collection.kind in kinds:
                async for line in lines_of(snapshot, collection):
                    yield line


async def lines_of(snapshot: Snapshot, collection: Collection) -> AsyncGenerator[bytes, None]:
    """The lines of one collection."""
    where = _said_nowhere_else(snapshot) if collection is SOURCE else ""
    async for row in exports.rows(snapshot, collection, where=where):
        yield write_line(collection, row)


def _said_nowhere_else(snapshot: Snapshot) -> str:
    """SQL: a source that is nothing but its address is implied by the records that name it."""
    named = " UNION ALL ".join(
        f"SELECT unnest(r.source_ids) FROM {snapshot.relation(c.table)} r"  # noqa: S608
        for c in COLLECTIONS
        if c.field("source_ids")
    )
    return f"({DESCRIBED} OR t.id NOT IN ({named}))"
