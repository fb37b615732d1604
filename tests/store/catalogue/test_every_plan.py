"""How PostgreSQL would answer every list and view over large tables, whatever is declared.

The bundled base is small, so its planner is told that each table holds 100,000 rows; what is
asserted is the structure of its plans, never a time.
"""

from collections import Counter
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import msgspec
import pytest

from service.query.fields import Collection
from service.query.filters.compiler import Statement
from service.query.issues import RULES
from service.query.registry import COLLECTIONS
from service.query.sorting import sort_keys
from service.query.views import ISSUES, VIEWS
from service.store.catalogue import lists
from service.store.catalogue.lists import ListQuery, page_sql, selected
from service.store.database import Database, Snapshot

ROWS = 100_000
LARGE = {c.table for c in COLLECTIONS} | {f"{c.table}_history" for c in COLLECTIONS}
GATHERING = ("Sort", "Aggregate", "Hash", "Materialize", "Bitmap Heap Scan")
DAY = date(2025, 6, 1)
LISTS = [*COLLECTIONS, *VIEWS]
PAST = 1
# The one kind of record that the bundled base has none of.
OFFERINGS = """
WITH taken AS MATERIALIZED (
  SELECT set_config('parity.revision', '2', true), set_config('parity.instant', now()::text, true)
)
INSERT INTO offering (id, product_id, reseller, model, evidence, revision, recorded_at, updated_at)
SELECT 'off_' || id, id, 'r', id, 'unsourced', 2, now(), now() FROM product, taken"""
Plan = dict[str, Any]


class Undone(Exception):
    """What the planner was told is forgotten."""


@pytest.fixture
async def large(bundled: Database) -> AsyncIterator[Snapshot]:
    """The newest revision, read by a planner that takes every table for a large one."""
    async with bundled.read() as now:
        found = now
    try:
        async with bundled.operate() as connection:
            await connection.execute(OFFERINGS)
            for table in (c.table for c in COLLECTIONS):
                filled = f"INSERT INTO {table}_history SELECT 2, t.* FROM {table} t"
                await connection.execute(filled)
            await connection.execute(
                "UPDATE pg_class SET reltuples = $1, relpages ="
                " greatest(1, pg_relation_size(oid) / current_setting('block_size')::int)"
                " WHERE relname = ANY ($2::name[])",
                ROWS,
                sorted(LARGE),
            )
            yield replace(found, standing=replace(found.standing, connection=connection))
            raise Undone
    except Undone:
        pass


def past(snapshot: Snapshot) -> Snapshot:
    standing = replace(snapshot.standing, revision=PAST, is_current=False)
    return replace(snapshot, standing=standing)


async def plan_of(snapshot: Snapshot, sql: str, parameters: list[object]) -> Plan:
    on_day = replace(snapshot, on=DAY)
    told = await on_day.value(f"EXPLAIN (FORMAT JSON) {sql}", *parameters)
    plan: Plan = msgspec.json.decode(told)[0]["Plan"]
    return plan


def parts(plan: Plan) -> list[Plan]:
    return list(plan.get("Plans", []))


def is_whole(plan: Plan) -> bool:
    """It reads a large table from end to end."""
    kind = plan["Node Type"]
    reads = kind.endswith("Seq Scan") or ("Index" in kind and "Index Cond" not in plan)
    return reads and plan.get("Relation Name") in LARGE


def whole(plan: Plan, *, stops: bool = False) -> Iterator[str]:
    """The large tables that are read whole: not those whose scan a LIMIT ends early."""
    if is_whole(plan) and not stops:
        yield plan["Relation Name"]
    below = plan["Node Type"] == "Limit" or (stops and plan["Node Type"] not in GATHERING)
    for part in parts(plan):
        yield from whole(part, stops=below)


def repeated(plan: Plan) -> Iterator[str]:
    """The large tables that are read whole once for each row of something else."""
    inner: list[Plan] = [
        part
        for part in parts(plan)
        if part.get("Parent Relationship") == "SubPlan" and "hashed" not in str(plan)
    ]
    if plan["Node Type"] == "Nested Loop":
        inner += [part for part in parts(plan) if part.get("Parent Relationship") == "Inner"]
    for part in inner:
        yield from (f"{name} in {plan['Node Type']}" for name in whole(part))
    for part in parts(plan):
        yield from repeated(part)


def statements(snapshot: Snapshot, collection: Collection) -> Iterator[tuple[str, list[object]]]:
    """Everything that a list of the collection may send, on a day and on none."""
    sorts = [collection.default_sort]
    sorts += [(f"{sign}{field.name}",) for field in collection.dates for sign in ("", "-")]
    for on in (None, DAY):
        then = replace(snapshot, on=on)
        for sort in sorts:
            for is_possible in (False, True):
                query = ListQuery(on=on, sort=sort, is_possible=is_possible)
                statement = selected(then, collection, query)
                keys = sort_keys(collection, sort, "en", then.moment)
                yield page_sql(then, collection, keys, statement, 51), statement.parameters
        statement = selected(then, collection, ListQuery(on=on))
        yield f"SELECT count(*){statement.source(collection)}", statement.parameters


@pytest.mark.parametrize("collection", LISTS, ids=lambda c: c.name)
async def test_no_list_reads_a_large_table_for_each_row(
    large: Snapshot, collection: Collection
) -> None:
    for snapshot in (large, past(large)):
        for sql, parameters in statements(snapshot, collection):
            plan = await plan_of(snapshot, sql, parameters)
            assert not list(repeated(plan)), sql


@pytest.mark.parametrize("collection", [c for c in LISTS if c is not ISSUES], ids=lambda c: c.name)
async def test_no_first_page_reads_more_than_it_needs(
    large: Snapshot, collection: Collection
) -> None:
    """None of a table for the usual order and that of the day; once all of it for another date."""
    usual = [
        collection.default_sort,
        *((f"{s}{collection.starts}",) for s in ("", "-") if collection.starts),
    ]
    for sort in [*usual, *((f"-{field.name}",) for field in collection.dates)]:
        statement = Statement(large.relation)
        sql = page_sql(large, collection, sort_keys(collection, sort, "en"), statement, 51)
        read = list(whole(await plan_of(large, sql, [])))
        assert read in ([], [collection.table])[: 1 + (sort not in usual)], sql


@pytest.mark.parametrize("rule", RULES)
async def test_no_rule_reads_a_table_more_than_twice(large: Snapshot, rule: str) -> None:
    """Its records, and what they are held against."""
    for snapshot in (large, past(large)):
        for part in replace(snapshot, rules=(rule,)).parts(ISSUES.table):
            statement = Statement(snapshot.relation)
            count = f"SELECT count(*){statement.source(ISSUES, part)}"
            plan = await plan_of(snapshot, count, [])
            read = Counter(whole(plan))
            assert all(times <= 2 for times in read.values()), (part, read)
            assert not list(repeated(plan)), part


async def test_what_a_day_leaves_open_is_counted_by_reading_a_table_once(large: Snapshot) -> None:
    """The count of what is undecided takes no more than the list itself."""
    heard: list[tuple[str, tuple[object, ...]]] = []

    class Listening:
        async def fetch(self, sql: str, *parameters: object) -> list[dict[str, int]]:
            heard.append((sql, parameters))
            return [{f"n{place}": 0 for place in range(sql.count("FILTER"))}]

    then = replace(large, on=DAY, standing=replace(large.standing, connection=Listening()))
    for collection in LISTS:
        await lists.undecided(then, collection, ListQuery(on=DAY))
    assert len(heard) == sum(bool(collection.starts) for collection in LISTS)
    for sql, parameters in heard:
        plan = await plan_of(large, sql, list(parameters))
        assert not list(repeated(plan)), sql
