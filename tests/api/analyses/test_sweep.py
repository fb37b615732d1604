"""Every analysis of every subject of the bundled data: sound figures, reasons, words."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from service.usecases.analyses.declaration import Analysis
from service.usecases.analyses.declarations import ANALYSES
from tests.sweeping import unsound

DAYS = ("1999-12-31", "2024-06-30", "2026-11-24")
EACH = {"get_feature_forecast": 9, "get_vendor_time_to_copy": 2}  # each ninth, each second


async def _records(client: httpx.AsyncClient, collection: str) -> list[dict[str, Any]]:
    body = (await client.get(f"/v1/{collection}?limit=200&sort=id")).json()
    assert body["page"]["next_cursor"] is None
    rows: list[dict[str, Any]] = body["data"]
    return rows


def _targets(analysis: Analysis, rows: list[dict[str, Any]], markets: list[str]) -> Iterator[str]:
    """Every subject (or each n-th) on some day, in its own market and by turns in another."""
    for n, row in enumerate(rows[:: EACH.get(analysis.operation, 1)]):
        path = analysis.path.replace("{record_id:str}", row["id"])
        own = (row.get("market_ids") or ["chat-assistants"])[0]
        market = own if n % 5 else markets[n % len(markets)]
        given = f"&market={market}" if analysis.market in ("required", "optional", "own") else ""
        days = DAYS if len(rows) < 20 else (DAYS[n % 3], DAYS[2])
        yield from (f"{path}?on={day}{given}&lang={'zh' if n % 2 else 'en'}" for day in days)


@pytest.mark.parametrize("analysis", ANALYSES, ids=lambda q: q.operation)
async def test_every_subject(client: httpx.AsyncClient, analysis: Analysis) -> None:
    markets = [row["id"] for row in await _records(client, "markets")]
    rows = await _records(client, analysis.collection.name)
    for target in _targets(analysis, rows, markets):
        answer = await client.get(target)
        assert answer.status_code == 200, (target, answer.text[:500])
        assert _faults(answer.json(), target) == []


def _faults(body: dict[str, Any], target: str) -> list[str]:
    found = [f"{target} {line}" for line in unsound(body)]
    known, finding = body["coverage"]["known_share"], body["finding"]
    if not finding:
        found.append(f"{target} no finding")
    word = "已知" if "lang=zh" in target else "known"
    if known is not None and known < 0.5 and word not in finding:
        found.append(f"{target} does not say how little is known: {finding}")
    if (known is not None and known < 0.5) != (
        "mostly_unknown" in [w["code"] for w in body["warnings"]]
    ):
        found.append(f"{target} warnings: {body['warnings']}")
    if not body["method"]["version"] or not body["meta"]["revision"]:
        found.append(f"{target} no method or revision")
    return found
