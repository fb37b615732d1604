"""The PostgreSQL of a bench, and the databases in it."""

import asyncio
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from bench.world import World, fill, records, world
from service.commands.serve import load_bundled
from service.store.database import Database
from service.store.embedded import embedded
from service.store.schema import migrate

# What a peer needs to search names with ILIKE as with pg_trgm, which the embedded PostgreSQL lacks:
# the three-letter pieces of the names under a GIN index, and prefixes under a B-tree.
TRIGRAMS = """
CREATE FUNCTION trigrams_of(name text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(DISTINCT substr(lower(name), n, 3)), '{}')
    FROM generate_series(1, length(name) - 2) n $$;
CREATE FUNCTION trigrams(names jsonb) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT public.trigrams_of(names->>'en') || public.trigrams_of(names->>'zh') $$;
"""
# Checked by triggers otherwise, of which PostGraphile knows nothing; reads take no notice of it.
REFERENCE = "ALTER TABLE adoption ADD FOREIGN KEY (product_id) REFERENCES product (id) NOT VALID"
NAMED = ("vendor", "product", "feature")
COPIED = {
    "vendor": "id, names::text, country",
    "product": "id, vendor_id, names::text, array_to_json(market_ids)::text, launched, evidence",
    "feature": "id, names::text",
    "adoption": "id, product_id, feature_id, stage, date, array_to_json(source_ids)::text,"
    " evidence",
}


@dataclass
class Postgres:
    """An embedded server. `pid` is its root process."""

    url: str
    pid: int
    folder: Path
    made: dict[int, str]  # databases by the number of their made-up adoptions; 0: bundled

    def at(self, name: str) -> str:
        return urlunsplit(urlsplit(self.url)._replace(path=f"/{name}"))

    async def execute(self, statement: str, name: str = "postgres") -> None:
        connection = await asyncpg.connect(self.at(name))
        try:
            await connection.execute(statement, timeout=600)
        finally:
            await connection.close()

    async def value(self, statement: str, name: str) -> int:
        connection = await asyncpg.connect(self.at(name))
        try:
            return int(await connection.fetchval(statement))
        finally:
            await connection.close()

    def empty(self, name: str) -> str:
        """A database with the tables of the service; its URL."""
        asyncio.run(self.execute(f"CREATE DATABASE {name}"))
        asyncio.run(migrate(self.at(name)))
        return self.at(name)

    def bundled(self) -> str:
        """A database with the data that ship with the service; its name."""
        name = "bundled"
        if 0 not in self.made:
            asyncio.run(_load(self.empty(name)))
            asyncio.run(self.execute("VACUUM ANALYZE", name))
            self.made[0] = name
        return name

    def world(self, adoptions: int) -> str:
        """A database with a made-up base, made once in a run; its name.

        Raises RuntimeError if it does not hold what was made.
        """
        if adoptions not in self.made:
            name = f"world_{adoptions}"
            url = self.empty(name)
            made = world(adoptions)
            check(made, asyncio.run(fill(url, records(made))))
            asyncio.run(self.execute("VACUUM ANALYZE", name))
            self.made[adoptions] = name
        return self.made[adoptions]

    def copy(self, name: str, of: str) -> str:
        """Another database with the same content; its name."""
        asyncio.run(self.execute(f"CREATE DATABASE {name} TEMPLATE {of} STRATEGY FILE_COPY"))
        return name

    def drop(self, name: str) -> None:
        asyncio.run(self.execute(f"DROP DATABASE {name} WITH (FORCE)"))

    def index_names(self, name: str) -> None:
        """The indexes that a peer searches by, and the reference that another follows."""
        asyncio.run(self.execute(TRIGRAMS, name))
        asyncio.run(self.execute(REFERENCE, name))
        for table in NAMED:
            inside = f"CREATE INDEX ON {table} USING gin (trigrams(names))"
            begins = f"CREATE INDEX ON {table} (lower(names->>'en') COLLATE \"C\")"
            asyncio.run(self.execute(f"{inside}; {begins}; ANALYZE {table}", name))


async def _load(url: str) -> None:
    database = Database(url)
    await database.open()
    try:
        await load_bundled(database)
    finally:
        await database.close()


def check(made: World, counts: dict[str, int]) -> None:
    """That the tables have got what the world holds."""
    wanted = {
        "vendor": made.vendors,
        "market": made.markets + 1,
        "feature": made.features,
        "source": made.sources,
        "product": made.products,
        "adoption": made.adoptions,
    }
    if counts != wanted:
        raise RuntimeError(f"loaded {counts} instead of {wanted}")


@contextmanager
def postgres() -> Iterator[Postgres]:
    """A server of one's own until the block ends."""
    folder = Path(tempfile.mkdtemp(prefix="parity-bench-"))
    folder.chmod(0o755)
    try:
        with embedded(folder) as url:
            pid = int((folder / "postgres" / "postmaster.pid").read_text().split()[0])
            yield Postgres(url, pid, folder, {})
    finally:
        shutil.rmtree(folder, ignore_errors=True)


async def to_sqlite(url: str, path: Path) -> dict[str, int]:
    """The tables of a base as SQLite has them, with the indexes of their references."""
    connection = await asyncpg.connect(url)
    base = sqlite3.connect(path)
    counts = {}
    for table, columns in COPIED.items():
        rows = await connection.fetch(f"SELECT {columns} FROM {table}", timeout=600)
        names = [*rows[0].keys()]
        marks = ", ".join("?" * len(names))
        base.execute(f"CREATE TABLE {table} ({', '.join(names)}, PRIMARY KEY (id))")
        base.executemany(f"INSERT INTO {table} VALUES ({marks})", map(tuple, rows))
        for name in names:
            if name.endswith("_id"):
                base.execute(f"CREATE INDEX {table}_{name} ON {table} ({name})")
        counts[table] = len(rows)
    base.execute("CREATE INDEX vendor_country ON vendor (country)")
    base.execute("ANALYZE")
    base.commit()
    base.close()
    await connection.close()
    return counts
