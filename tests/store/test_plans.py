"""The common lists can be answered from an index; `python -m bench.plans` shows that they are."""

import pytest

from service.query.expressions import EVERYTHING
from service.query.registry import BY_NAME
from service.query.requests import filter_of
from service.query.sorting import sort_keys
from service.store.database import Database
from service.store.records import ListQuery, _select, selected

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
        sql = _select(collection, sort_keys(collection, sort, "en"), statement, 50)
        await snapshot.connection.execute("SET LOCAL enable_seqscan = off")
        rows = await snapshot.connection.fetch(f"EXPLAIN {sql}", *statement.parameters)
    plan = "\n".join(row[0] for row in rows)
    assert f"Seq Scan on {collection.table}" not in plan, plan
    assert "Index" in plan
