"""How much of each collection is filled in, sourced and exactly dated."""

from typing import Any

from service.query.fields import Collection
from service.store.curation.disputes import USED
from service.store.database import Snapshot


async def filled(snapshot: Snapshot, collection: Collection) -> dict[str, Any]:
    """{count, sourced, fields: {name: n}, dates: {name: {known, day}}} as numbers of records.

    Facts that lost a dispute are left out.
    """
    fields = [f for f in collection.stored if not (f.to and f.type.is_list)]
    dates = collection.dates
    has_sources = collection.field("source_ids") is not None
    counts = [
        "count(*)",
        "count(*) FILTER (WHERE t.source_ids <> '{}')" if has_sources else "NULL::bigint",
        *(f"count(*) FILTER (WHERE {f.type.is_known(f.name)})" for f in fields),
        *(f"count(*) FILTER (WHERE t.{f.name}_min = t.{f.name}_max)" for f in dates),
    ]
    kept = f" WHERE {USED}" if collection.subject else ""
    row = await snapshot.connection.fetchrow(
        f"SELECT {', '.join(counts)} FROM {snapshot.relation(collection.table)} t{kept}"
    )
    values = list(row)
    known = dict(zip((f.name for f in fields), values[2:], strict=False))
    exact = values[2 + len(fields) :]
    return {
        "count": values[0],
        "sourced": values[1],
        "fields": known,
        "dates": {
            f.name: {"known": known[f.name], "day": n} for f, n in zip(dates, exact, strict=True)
        },
    }
