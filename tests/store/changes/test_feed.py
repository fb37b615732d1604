"""The feed of changes is what the history says, in one order, however it is cut."""

import random

import pytest

from service.query.feed import Change, Place, behind, parse
from service.query.filters.expressions import Comparison
from service.query.operators import Operator
from service.query.paths import paths
from service.query.registry import COLLECTIONS
from service.store.database import Database
from service.usecases.changes import filtering
from service.usecases.imports.files import load
from tests.answers import fed
from tests.make import lines, write_at_random

START = behind(0)


async def by_comparison(database: Database) -> list[tuple[int, str, str, str]]:
    """Every change, found by laying each revision beside the one before."""
    found = []
    async with database.read() as snapshot:
        for revision in range(1, snapshot.revision + 1):
            for collection in COLLECTIONS:
                before, after = [
                    {
                        row["id"]: row["revision"]
                        for row in await snapshot.connection.fetch(
                            f"SELECT id, revision FROM {collection.table}_at({at})"
                        )
                    }
                    for at in (revision - 1, revision)
                ]
                kind = collection.kind
                found += [(revision, kind, i, "created") for i in after.keys() - before.keys()]
                found += [(revision, kind, i, "retired") for i in before.keys() - after.keys()]
                found += [
                    (revision, kind, i, "updated")
                    for i in after.keys() & before.keys()
                    if after[i] != before[i]
                ]
    return sorted(found)


def told(found: list[Change]) -> list[tuple[int, str, str, str]]:
    return [(*change.place, change.verb) for change in found]


@pytest.mark.parametrize("seed", range(4))
async def test_the_feed_is_the_difference_of_all_revisions(database: Database, seed: int) -> None:
    await write_at_random(database, random.Random(seed), 25)
    expected = await by_comparison(database)
    assert {verb for *_, verb in expected} == {"created", "updated", "retired"}
    for limit in (1, 3, 1000):
        assert told(await fed(database, limit)) == expected
    for kind in ("vendor", "market"):
        ours = [change for change in expected if change[1] == kind]
        assert told(await fed(database, 2, kinds=[kind])) == ours
    ours = [change for change in expected if change[2] in ("v1", "m1")]
    assert told(await fed(database, 2, ids=["v1", "m1"])) == ours


async def test_the_bundled_data_is_fed_whole_with_what_it_points_to(bundled: Database) -> None:
    found = await fed(bundled, 700)
    assert told(found) == await by_comparison(bundled)
    adoption = next(change for change in found if change.place.kind == "adoption")
    assert set(adoption.references) == {"product_id", "feature_id"}
    assert all(adoption.references.values())


async def test_a_later_write_moves_no_earlier_place(database: Database) -> None:
    dice = random.Random(7)
    await write_at_random(database, dice, 10)
    before = await fed(database, 100)
    await write_at_random(database, dice, 10)
    assert (await fed(database, 100))[: len(before)] == before


async def test_conditions_hold_before_or_after_the_change(database: Database) -> None:

    from service.query.registry import VENDORS

    vendor = {"kind": "vendor", "id": "acme", "name": "Acme", "country": "CN"}
    await load(database, lines(vendor), comment="test")
    await load(database, lines({**vendor, "country": "FR"}), comment="test")
    await load(database, lines({**vendor, "country": "US"}), comment="test")
    condition = Comparison(paths(VENDORS)["country"], Operator.EQ, ("FR",))
    async with database.read() as snapshot:
        met = [
            await filtering.meeting(snapshot.connection, "vendor", revision, ["acme"], condition)
            for revision in (1, 2, 3)
        ]
    assert met == [set(), {"acme"}, {"acme"}]


@pytest.mark.parametrize(
    "place", [Place(3, "vendor", "a-b"), Place(9, "adoption", "adp_0z"), START]
)
def test_a_cursor_reads_back_as_its_place(place: Place) -> None:
    assert parse(place.cursor) == place


@pytest.mark.parametrize(
    "text", ["", "seq:", "seq:1.nothing.x", "rev:-1", "rev:1 ", "seq:٣.vendor.a"]
)
def test_what_is_no_place_is_none(text: str) -> None:
    assert parse(text) is None


async def test_an_early_page_reads_few_rows_of_a_long_history(database: Database) -> None:
    """Index scans behind a limit: no branch reads the table to its end."""
    async with database.write(actor="test", comment="test") as (connection, _):
        await connection.execute(
            "INSERT INTO vendor (id, evidence) SELECT 'v' || n, 'unstated'"
            " FROM generate_series(1, 20000) n"
        )
        await connection.execute("ANALYZE vendor")
    async with database.read() as snapshot:
        plan = await snapshot.connection.fetch(
            "EXPLAIN (FORMAT TEXT) SELECT revision AS at, id FROM vendor"
            " WHERE (revision, id) > (0::bigint, 'v5'::text) AND revision <= 1::bigint"
            " ORDER BY revision, id LIMIT 10"
        )
    assert "vendor_revision" in "\n".join(row[0] for row in plan)
