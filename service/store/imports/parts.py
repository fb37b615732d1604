"""Parts of files that say what the base has: noted when they were written, passed by when they come
again and nothing of them was written since."""

from collections.abc import Iterable, Mapping

from service import limits
from service.query.fields import Collection
from service.query.registry import COLLECTIONS, SOURCE
from service.query.rows import Part, Place
from service.store.database import Connection
from service.store.imports.staging import staging_table

# Records that no line can change but one that names them, or has their natural key.
FACTS = tuple(collection for collection in COLLECTIONS if not collection.is_entity)
HELD = "incoming_held"
_LEAST = 8  # lines; what is smaller is read as fast

_FIRST = "(SELECT min(revision) FROM import_part)"
# After which revision all lines are read as they are now: since then no id led elsewhere, and no
# address belonged to another source.
_STEADY = (
    "SELECT greatest(0, (SELECT max(greatest(retired_in, lifted_in)) FROM tombstone),"
    " (SELECT max(h.replaced_in) FROM source_history h LEFT JOIN source s USING (id)"
    f" WHERE s.url IS DISTINCT FROM h.url AND h.replaced_in > {_FIRST}))"
)
_WRITTEN = " UNION ALL ".join(
    f"SELECT id, {column} AS at FROM {table} WHERE {column} > {_FIRST}"
    for collection in FACTS
    for table, column in (
        (collection.table, "revision"),
        (f"{collection.table}_history", "replaced_in"),
    )
)
_STANDING = (
    f"WITH written AS MATERIALIZED ({_WRITTEN}) SELECT p.digest FROM import_part p"
    f" WHERE p.revision >= ({_STEADY}) AND ($1::bytea[] IS NULL OR p.digest = ANY ($1))"
    " AND NOT EXISTS (SELECT FROM unnest(p.ids) AS held (id) JOIN written w USING (id)"
    " WHERE w.at > p.revision)"
)


async def standing(connection: Connection, among: list[bytes] | None = None) -> frozenset[bytes]:
    """The digests of the parts whose records are as these lines have made them; `among` these, or
    all."""
    rows = await connection.fetch(_STANDING, among, timeout=limits.IMPORT_SECONDS)
    return frozenset(row["digest"] for row in rows)


async def hold(connection: Connection, parts: list[Part]) -> bool:
    """Whether all of these stand and no record is in them twice. If so, their records are known by
    line until the transaction ends."""
    digests = [part.digest for part in parts]
    if not await standing(connection, digests) >= set(digests):
        return False
    await connection.execute(
        f"CREATE TEMP TABLE {HELD} (line int, kind text, id text) ON COMMIT DROP"
    )
    await connection.execute(
        f"INSERT INTO {HELD} SELECT g.first + r.place::int - 1, r.kind, r.id"
        " FROM unnest($1::bytea[], $2::int[]) AS g (digest, first)"
        " JOIN import_part p USING (digest), unnest(p.kinds, p.ids)"
        " WITH ORDINALITY AS r (kind, id, place)",
        digests,
        [part.first for part in parts],
        timeout=limits.IMPORT_SECONDS,
    )
    await connection.execute(f"ANALYZE {HELD} (id)")
    is_doubled: bool = await connection.fetchval(
        f"SELECT EXISTS (SELECT FROM {HELD} GROUP BY id HAVING count(*) > 1)",
        timeout=limits.IMPORT_SECONDS,
    )
    return not is_doubled


async def meets(connection: Connection, collection: Collection) -> bool:
    """Whether a staged row is of a record that is held, or gives a source another address."""
    table = staging_table(collection)
    met = f"SELECT FROM {table} s JOIN {HELD} h ON h.id = s.id"
    if collection is SOURCE:
        met += f" UNION ALL SELECT FROM {table} s JOIN source t ON t.id = s.id AND t.url <> s.url"
    found: bool = await connection.fetchval(f"SELECT EXISTS ({met})", timeout=limits.IMPORT_SECONDS)
    return found


async def note(
    connection: Connection,
    seen: Mapping[bytes, Place],
    kinds: set[str],
    revision: int,
    unlike: Iterable[int],
) -> bool:
    """Keep the parts of which every line is a fact as it stands at the revision, but those with one
    of the lines `unlike`; whether there are such."""
    places = sorted((place, digest) for digest, place in seen.items() if place.size >= _LEAST)
    rows = " UNION ALL ".join(
        f"SELECT line, '{c.kind}' AS kind, coalesce(id, fresh_id) AS id, said IS NULL AS is_plain"
        f" FROM {staging_table(c)}"
        for c in FACTS
        if c.kind in kinds
    )
    if not places or not rows:
        return False
    told: str = await connection.execute(
        "INSERT INTO import_part (digest, kinds, ids, revision) SELECT ($1::bytea[])[n],"
        " array_agg(kind ORDER BY line), array_agg(id ORDER BY line), $4"
        f" FROM (SELECT *, width_bucket(line, $2::int[]) AS n FROM ({rows}) r) r"
        " WHERE is_plain AND line <> ALL ($5::int[]) AND line < ($2::int[])[n] + ($3::int[])[n]"
        " GROUP BY n HAVING count(*) = ($3::int[])[n]"
        " ON CONFLICT (digest) DO UPDATE SET kinds = EXCLUDED.kinds, ids = EXCLUDED.ids,"
        " revision = EXCLUDED.revision, noted_at = now()",
        [digest for _, digest in places],
        [place.first for place, _ in places],
        [place.size for place, _ in places],
        revision,
        sorted(unlike),
        timeout=limits.IMPORT_SECONDS,
    )
    return told != "INSERT 0 0"
