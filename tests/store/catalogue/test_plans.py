"""The common lists can be answered from an index; `python -m bench.plans` shows that they are."""

import pytest

from service.query.filters.expressions import EVERYTHING
from service.query.filters.parameters import filter_of
from service.query.registry import BY_NAME
from service.query.sorting import sort_keys
from service.query.views import TIMELINE
from service.store.catalogue.lists import ListQuery, page_sql, selected
from service.store.database import Database

QUESTIONS = [
    ("products", {"vendor_id": ["openai"]}, ("-launched",)),
    ("products", {"market_ids": ["chat-assistants"]}, ("id",)),
    ("products", {"launched": ["2024-03-05"]}, ("launched",)),
    ("products", {"launched__gte": ["2024-03-05"], "launched__lte": ["2024-03-11"]}, ("id",)),
    ("products", {}, ("launched",)),
    ("products", {}, ("-launched",)),
    ("adoptions", {}, ("-date",)),
    ("adoptions", {"date__gt": ["2026-01"]}, ("id",)),
    ("adoptions", {"feature_id": ["memory"]}, ("id",)),
    ("adoptions", {"source_ids": ["src_0"]}, ("id",)),
    ("sources", {"published__gte": ["2026"]}, ("-published",)),
    ("adoptions", {"product.vendor_id": ["openai"]}, ("-date",)),
    ("adoptions", {"product.vendor.country": ["CN"]}, ("id",)),
    ("products", {"adoptions.feature_id": ["memory"]}, ("id",)),
    ("products", {"adoptions.feature_id": ["memory"], "adoptions.date__gt": ["2026"]}, ("id",)),
    ("features", {"adoptions.product.vendor_id": ["openai"]}, ("id",)),
]


@pytest.mark.parametrize(("name", "filters", "sort"), QUESTIONS)
async def test_a_common_list_needs_no_scan_of_its_table(
    bundled: Database, name: str, filters: dict[str, list[str]], sort: tuple[str, ...]
) -> None:
    collection = BY_NAME[name]
    expression, faults = filter_of(collection, filters)
    assert not faults
    query = ListQuery(filter=expression if filters else EVERYTHING, sort=sort)
    async with bundled.read() as snapshot:
        statement = selected(snapshot, collection, query)
        keys = sort_keys(collection, sort, "en")
        sql = page_sql(snapshot, collection, keys, statement, 50)
        await snapshot.connection.execute("SET LOCAL enable_seqscan = off")
        rows = await snapshot.connection.fetch(f"EXPLAIN {sql}", *statement.parameters)
    plan = "\n".join(row[0] for row in rows)
    assert f"Seq Scan on {collection.table}" not in plan, plan
    assert "Index" in plan


@pytest.mark.parametrize("sort", ["date", "-date"])
@pytest.mark.parametrize("filters", [{}, {"date__gte": ["2025"]}], ids=["all", "some"])
async def test_the_timeline_reads_no_table_whole(
    bundled: Database, sort: str, filters: dict[str, list[str]]
) -> None:
    """Each kind of fact gives its first days by an index of its own."""
    expression, _ = filter_of(TIMELINE, filters)
    query = ListQuery(filter=expression if filters else EVERYTHING, sort=(sort,))
    async with bundled.read() as snapshot:
        statement = selected(snapshot, TIMELINE, query)
        sql = page_sql(snapshot, TIMELINE, sort_keys(TIMELINE, (sort,), "en"), statement, 50)
        await snapshot.connection.execute("SET LOCAL enable_seqscan = off")
        await snapshot.connection.execute("SET LOCAL enable_sort = off")
        rows = await snapshot.connection.fetch(f"EXPLAIN {sql}", *statement.parameters)
    plan = "\n".join(row[0] for row in rows)
    assert "Seq Scan" not in plan, plan
    parts = len(snapshot.parts("event"))
    assert plan.count("Presorted Key") == parts, plan
