"""How much of each collection is filled in, sourced and exactly dated."""

from typing import Any

from service.query.fields import Collection, Field
from service.query.types.by_field import is_answered
from service.store.curation.disputes import USED
from service.store.database import Snapshot


async def filled(snapshot: Snapshot, collection: Collection) -> dict[str, Any]:
    """{count, sourced, fields: {name: n}, dates: {name: {known, day}}} as numbers of records.

    A field is filled in where it has a value, or the record states why it has none. Facts that lost
    a dispute are left out.
    """
    fields = [
        f for f in collection.stored if not ((f.to and f.type.is_list) or f.type.is_about_fields)
    ]
    dates = collection.dates
    has_sources = collection.field("source_ids") is not None
    counts = [
        "count(*)",
        "count(*) FILTER (WHERE t.source_ids <> '{}')" if has_sources else "NULL::bigint",
        *(f"count(*) FILTER (WHERE {_is_answered(f)})" for f in fields),
        *(f"count(*) FILTER (WHERE {f.type.is_known(f.name)})" for f in dates),
        *(f"count(*) FILTER (WHERE t.{f.name}_min = t.{f.name}_max)" for f in dates),
    ]
    kept = f" WHERE {USED}" if collection.subject else ""
    row = await snapshot.connection.fetchrow(
        f"SELECT {', '.join(counts)} FROM {snapshot.relation(collection.table)} t{kept}"
    )
    values = list(row)
    answered = dict(zip((f.name for f in fields), values[2:], strict=False))
    known, exact = values[2 + len(fields) :][: len(dates)], values[len(values) - len(dates) :]
    return {
        "count": values[0],
        "sourced": values[1],
        "fields": answered,
        "dates": {
            f.name: {"known": some, "day": n}
            for f, some, n in zip(dates, known, exact, strict=True)
        },
    }


def _is_answered(field: Field) -> str:
    """Whether the row `t` has a value, or states why it has none."""
    return f"({field.type.is_known(field.name)} OR {is_answered('t', field.name)})"
