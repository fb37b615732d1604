"""`make_revisioned`: what a collection's table needs besides itself, made from its columns."""

import re
from pathlib import Path

import pytest

from service.commands.schema import dump
from service.model.errors import ServiceError
from service.query.feed import behind
from service.query.fields import Collection, Field
from service.query.registry import BY_KIND, BY_NAME, COLLECTIONS
from service.query.sorting import sort_keys
from service.query.types import Amount, Date, References, Text
from service.store.catalogue import lists, records
from service.store.catalogue.lists import ListQuery
from service.store.changes import feed
from service.store.database import Connection, Database, Snapshot
from service.store.embedded import MAJOR

SPECIMENS = Collection(
    name="specimens",
    kind="specimen",
    fields=(
        Field(name="title", type=Text()),
        Field(name="score", type=Amount()),
        Field(name="date", type=Date()),
        Field(name="source_ids", type=References("sources")),
    ),
)
TABLE = """
CREATE TABLE specimen (
  id text COLLATE "C" PRIMARY KEY,
  title text COLLATE "C",
  score numeric,
  date text COLLATE "C",
  date_min date GENERATED ALWAYS AS (edtf_min(date)) STORED,
  date_max date GENERATED ALWAYS AS (edtf_max(date)) STORED,
  source_ids text[] COLLATE "C" NOT NULL DEFAULT '{}'
)"""

# Whose past is indexed besides, in the migration that looks for it.
FOUND_BY_PRODUCT = ("adoption", "monetization")


async def test_made_again_the_existing_tables_have_what_they_had(
    database: Database, repository: Path
) -> None:
    if not (await database.ready()).postgres.startswith(f"{MAJOR}."):
        pytest.skip(f"schema.sql is dumped with PostgreSQL {MAJOR}")
    async with database.operate() as connection:
        for collection in COLLECTIONS:
            await strip(connection, collection)
    assert not re.search(
        r"CREATE TABLE \S+_history |CREATE TRIGGER .*check_reference", dump(database.url)
    )
    async with database.operate() as connection:
        for collection in COLLECTIONS:
            await make_revisioned(connection, collection.table)
        for table in FOUND_BY_PRODUCT:
            await connection.execute(
                f"CREATE INDEX {table}_history_product ON {table}_history (product_id)"
            )
    assert dump(database.url) == (repository / "migrations/schema.sql").read_text("utf-8")


async def strip(connection: Connection, collection: Collection) -> None:
    """Take away all that is made from the columns."""
    table = collection.table
    for trigger in ("stamp_revision", "keep_history", "keep_deleted"):
        await connection.execute(f"DROP TRIGGER {table}_{trigger} ON {table}")
    await connection.execute(f"DROP FUNCTION {table}_at(bigint)")
    await connection.execute(f"DROP TABLE {table}_history")
    await connection.execute(f"DROP INDEX {table}_revision")
    pointing = {f.name: BY_NAME[f.to].table for f in collection.references}
    for column, target in {**pointing, "revision": "revision"}.items():
        for event in ("insert", "update"):
            await connection.execute(f"DROP TRIGGER {table}_{column}_{event} ON {table}")
        await connection.execute(f"DROP TRIGGER {table}_{column}_held ON {target}")
    for field in collection.references:
        if field.type.is_list:
            await connection.execute(f"DROP INDEX {table}_{field.name}")


async def make_revisioned(connection: Connection, table: str) -> None:
    await connection.execute(f"SELECT make_revisioned('{table}')")


@pytest.fixture
async def toys(database: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A base with one more collection, which was written in revisions 1 (two made), 2 (one
    changed) and 3 (one retired)."""
    monkeypatch.setitem(BY_KIND, "specimen", SPECIMENS)
    async with database.operate() as connection:
        await connection.execute(TABLE)
        await make_revisioned(connection, "specimen")
        await connection.execute("SELECT index_date('specimen', 'date')")
    await write(
        database,
        "INSERT INTO source (id, url) VALUES ('src_1', 'https://example.org/')",
        "INSERT INTO specimen (id, title, date, source_ids)"
        " VALUES ('a', 'First', '2024-05', '{src_1}'), ('b', 'Other', NULL, '{}')",
    )
    await write(database, "UPDATE specimen SET score = 7.5 WHERE id = 'a'")
    await write(database, "DELETE FROM specimen WHERE id = 'b'")
    return database


async def write(database: Database, *statements: str) -> None:
    async with database.write(actor="test", comment="test") as (connection, _):
        for statement in statements:
            await connection.execute(statement)


async def listed(database: Database, as_of: str | None = None) -> list[tuple[object, ...]]:
    async with database.read(as_of) as snapshot:
        page = await lists.page(snapshot, SPECIMENS, ListQuery())
        return [(row["id"], row["title"], row["score"], row["revision"]) for row in page.records]


async def test_a_new_collection_is_listed_at_every_revision(toys: Database) -> None:
    assert [[row[0] for row in await listed(toys, f"rev:{n}")] for n in range(4)] == [
        [],
        ["a", "b"],
        ["a", "b"],
        ["a"],
    ]
    (now,) = await listed(toys)
    (before, _) = await listed(toys, "rev:1")
    assert (str(now[2]), now[3]) == ("7.5", 2)
    assert (before[2], before[3]) == (None, 1)


async def test_a_new_collection_is_in_the_change_feed(toys: Database) -> None:
    async with toys.read() as snapshot:
        changes = await feed.page(snapshot.connection, behind(0), 3, 10, kinds=["specimen"])
    assert [(change.place.seq, change.verb) for change in changes] == [
        ("1.specimen.a", "created"),
        ("1.specimen.b", "created"),
        ("2.specimen.a", "updated"),
        ("3.specimen.b", "retired"),
    ]


async def test_what_a_list_points_at_stays(toys: Database) -> None:
    with pytest.raises(ServiceError) as refused:
        await write(toys, "DELETE FROM source WHERE id = 'src_1'")
    assert refused.value.code == "reference_in_use"
    async with toys.read() as snapshot:
        assert await pointing(snapshot) == {"src_1": ["a"]}


async def test_what_a_list_points_at_is_there(toys: Database) -> None:
    named = "INSERT INTO specimen (id, source_ids) VALUES ('c', '{src_1}'), ('d', '{src_1,src_2}')"
    for statement in (named, "UPDATE specimen SET source_ids = '{src_2}' WHERE id = 'a'"):
        with pytest.raises(ServiceError) as refused:
            await write(toys, statement)
        assert refused.value.code == "reference_in_use"
    await write(toys, "INSERT INTO source (id, url) VALUES ('src_2', 'https://b.example')", named)
    assert [row[0] for row in await listed(toys)] == ["a", "c", "d"]


@pytest.mark.parametrize("n", [1, 100, 101, 300])
async def test_of_many_that_go_at_once_none_is_pointed_at(toys: Database, n: int) -> None:
    await write(
        toys,
        "INSERT INTO source (id, url) SELECT 'src_x' || n, 'https://example.org/' || n"
        f" FROM generate_series(1, {n}) n",
        f"UPDATE specimen SET source_ids = '{{src_1,src_x{n}}}'",
    )
    with pytest.raises(ServiceError) as refused:
        await write(toys, "DELETE FROM source WHERE id LIKE 'src_x%'")
    assert refused.value.code == "reference_in_use"
    await write(
        toys,
        "UPDATE specimen SET source_ids = '{src_1}'",
        "DELETE FROM source WHERE id LIKE 'src_x%'",
    )


async def test_what_one_id_points_at_is_there_and_stays(toys: Database) -> None:
    async with toys.operate() as connection:
        await connection.execute('ALTER TABLE specimen ADD COLUMN vendor_id text COLLATE "C"')
        await make_revisioned(connection, "specimen")
    held = "INSERT INTO specimen (id, vendor_id) VALUES ('c', 'v'), ('d', NULL)"
    gone = "DELETE FROM vendor"
    made = "INSERT INTO vendor (id, evidence) VALUES ('v', 'unstated'), ('w', 'unstated')"
    with pytest.raises(ServiceError) as unknown:
        await write(toys, held)
    await write(toys, made, held)
    with pytest.raises(ServiceError) as lost:
        await write(toys, "UPDATE specimen SET vendor_id = 'x' WHERE id = 'd'")
    with pytest.raises(ServiceError) as used:
        await write(toys, gone)
    assert {e.value.code for e in (unknown, lost, used)} == {"reference_in_use"}
    await write(toys, "UPDATE specimen SET vendor_id = NULL WHERE id = 'c'", gone)
    assert [row[0] for row in await listed(toys)] == ["a", "c", "d"]


async def test_every_row_is_of_a_revision_that_there_is(toys: Database) -> None:
    with pytest.raises(ServiceError) as unknown:
        await write(toys, "INSERT INTO specimen (id, revision) VALUES ('c', 5), ('d', 1)")
    with pytest.raises(ServiceError) as held:
        await write(
            toys,
            "INSERT INTO specimen (id) VALUES ('c')",
            "DELETE FROM revision WHERE id = current_revision()",
        )
    assert (unknown.value.code, held.value.code) == ("reference_in_use", "reference_in_use")


async def pointing(snapshot: Snapshot) -> dict[str, list[str]]:
    (reference,) = SPECIMENS.references
    rows = await records.pointing(snapshot, SPECIMENS, reference, ["src_1"], 5)
    return {source: [row["id"] for row in found] for source, found in rows.items()}


async def test_a_new_column_has_a_history_from_then_on(toys: Database) -> None:
    async with toys.operate() as connection:
        await connection.execute('ALTER TABLE specimen ADD COLUMN unit text COLLATE "C"')
        await make_revisioned(connection, "specimen")
    await write(toys, "UPDATE specimen SET unit = 'points'")
    await write(toys, "UPDATE specimen SET unit = 'percent'")
    async with toys.read() as snapshot:
        units = [
            await snapshot.connection.fetchval(f"SELECT unit FROM specimen_at({n}) WHERE id = 'a'")
            for n in range(1, 6)
        ]
        collations = await snapshot.connection.fetch(
            "SELECT collation_name FROM information_schema.columns WHERE column_name = 'unit'"
            " AND table_name LIKE 'specimen%'"
        )
    assert units == [None, None, None, "points", "percent"]
    assert [row["collation_name"] for row in collations] == ["C", "C"]


async def test_a_column_that_is_gone_is_gone_from_the_history(toys: Database) -> None:
    async with toys.operate() as connection:
        await connection.execute("ALTER TABLE specimen DROP COLUMN title")
        await make_revisioned(connection, "specimen")
    await write(toys, "UPDATE specimen SET score = 8")
    async with toys.read() as snapshot:
        scores = [
            await snapshot.connection.fetchval(f"SELECT score FROM specimen_at({n}) WHERE id = 'a'")
            for n in (1, 3, 4)
        ]
    assert [str(score) for score in scores] == ["None", "7.5", "8"]


async def test_each_row_that_a_statement_changes_has_its_history(toys: Database) -> None:
    put = "INSERT INTO specimen (id, title) VALUES ('a', 'A'), ('c', 'C'), ('d', 'D')"
    await write(
        toys,
        f"{put} ON CONFLICT (id) DO UPDATE SET title = EXCLUDED.title, revision = 1",
        "UPDATE specimen SET score = 1, recorded_at = 'epoch'",
        "DELETE FROM specimen WHERE id = 'd'",
    )
    await write(
        toys,
        "WITH gone AS (DELETE FROM specimen WHERE id = 'c' RETURNING id)"
        " UPDATE specimen SET title = title || specimen.id FROM gone WHERE specimen.id <> gone.id",
    )
    await write(toys, "DELETE FROM specimen", "INSERT INTO specimen (id, title) VALUES ('a', 'Z')")
    assert [[row[:2] for row in await listed(toys, f"rev:{n}")] for n in range(3, 7)] == [
        [("a", "First")],
        [("a", "A"), ("c", "C")],
        [("a", "Aa")],
        [("a", "Z")],
    ]
    async with toys.read() as snapshot:
        kept = await snapshot.connection.fetch(
            "SELECT id, revision, replaced_in, recorded_at > 'epoch' AS is_old FROM"
            " specimen_history ORDER BY replaced_in, id, revision"
        )
    assert [tuple(row) for row in kept] == [
        ("a", 1, 2, True),
        ("b", 1, 3, True),
        ("a", 2, 4, True),
        ("a", 4, 5, True),
        ("c", 4, 5, True),
        ("a", 5, 6, True),
    ]


@pytest.mark.parametrize(("sort", "index"), [("date", "oldest"), ("-date", "newest")])
async def test_a_date_is_listed_by_an_index(toys: Database, sort: str, index: str) -> None:
    async with toys.read() as snapshot:
        statement = lists.selected(snapshot, SPECIMENS, ListQuery(sort=(sort,)))
        keys = sort_keys(SPECIMENS, (sort,), "en")
        sql = lists.page_sql(snapshot, SPECIMENS, keys, statement, 50)
        await snapshot.connection.execute("SET LOCAL enable_seqscan = off")
        rows = await snapshot.connection.fetch(f"EXPLAIN {sql}", *statement.parameters)
    assert f"specimen_date_{index}" in "\n".join(row[0] for row in rows)


async def test_dropped_it_leaves_nothing(toys: Database) -> None:
    async with toys.operate() as connection:
        await connection.execute("SELECT drop_revisioned('specimen')")
        left = await connection.fetchval(
            "SELECT (SELECT count(*) FROM pg_class WHERE relname LIKE '%specimen%')"
            " + (SELECT count(*) FROM pg_proc WHERE proname LIKE '%specimen%')"
        )
    assert left == 0
