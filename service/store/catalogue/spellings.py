"""Which stored texts are as one that is asked for, but for case, width and spaces."""

from service.query.fields import Collection
from service.query.paths import Path
from service.query.types.base import loosely
from service.store.database import Snapshot

NEAR_MAX = 3


async def otherwise(
    snapshot: Snapshot, collection: Collection, path: Path, value: str, *, is_prefix: bool
) -> tuple[str, ...]:
    """How records write the value at the path; nothing where one writes it as it is asked for."""
    owner = path.hops[-1].target if path.hops else collection
    column = path.field.type.part_value("t", path.field.name, path.part)
    value_of, further = path.type.each(column)
    rows_of = f"{snapshot.relation(owner.table)} t{further}"
    source = f"(SELECT {value_of} AS v FROM {rows_of}) written"
    part = "left(v, length($1))" if is_prefix else "v"
    is_written = await snapshot.connection.fetchval(
        f"SELECT EXISTS (SELECT 1 FROM {source} WHERE {part} = $1::text)", value
    )
    if is_written:
        return ()
    rows = await snapshot.connection.fetch(
        f"SELECT DISTINCT {part} AS v FROM {source}"
        f" WHERE {loosely(part)} = {loosely('$1::text')} ORDER BY 1 LIMIT {NEAR_MAX}",
        value,
    )
    return tuple(row["v"] for row in rows)
