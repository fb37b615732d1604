"""Hostile requests to the application: a stable code, nothing of ours told, nothing stored."""

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from tests.answers import assert_problem, bearer
from tests.clients import served
from tests.hostile.corpus import LINES, NDJSON, ROWS, Sent
from tests.make import new_key
from tests.postgres import BUNDLED, fresh

TOLD_BY_NOBODY = ("asyncpg", "SELECT", "INSERT", "Traceback", "site-packages", ".py", "postgres")


@pytest.fixture(scope="module")
async def caller(templates: str) -> AsyncIterator[tuple[httpx.AsyncClient, dict[str, str]]]:
    """One base for all rows, since nothing may change in it; who asks may do everything."""
    async for database in fresh(templates, BUNDLED):
        _, secret = await new_key(database, "write", "curate", "admin")
        async with served(database) as client:
            yield client, bearer(secret)


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS.keys())
async def test_hostile(caller: tuple[httpx.AsyncClient, dict[str, str]], row: Sent) -> None:
    client, headers = caller
    before = await _state(client, headers)
    named = {**headers, "if-none-match": "*"} if row.method == "PUT" else headers
    kind = {"content-type": row.media_type} if row.content else {}
    request = client.build_request(row.method, "/", content=row.content, headers={**named, **kind})
    request.url = request.url.copy_with(raw_path=row.path.encode())
    answer = await client.send(request)
    problem = assert_problem(answer, answer.status_code, row.code)
    assert 400 <= answer.status_code < 500
    said = json.dumps([problem["detail"], [e["detail"] for e in problem["errors"]]])
    assert not [word for word in TOLD_BY_NOBODY if word in said]
    assert await _state(client, headers) == before


async def _state(client: httpx.AsyncClient, headers: dict[str, str]) -> tuple[Any, ...]:
    vendors, hooks, imports = [
        await client.get(path, headers=headers)
        for path in ("/v1/vendors?limit=1", "/v1/webhooks", "/v1/imports")
    ]
    revision = vendors.headers["dataset-revision"]
    return revision, hooks.json()["data"], imports.json()["data"]


@pytest.mark.parametrize("line", LINES.values(), ids=LINES.keys())
async def test_hostile_line(caller: tuple[httpx.AsyncClient, dict[str, str]], line: bytes) -> None:
    client, headers = caller
    kind = {**headers, "content-type": NDJSON}
    before = await _state(client, headers)
    answer = await client.post("/v1/imports?comment=w", content=line, headers=kind)
    problem = assert_problem(answer, 422, "import_row_failed")
    assert problem["errors"]
    said = json.dumps([e["detail"] for e in problem["errors"]])
    assert not [word for word in TOLD_BY_NOBODY if word in said]
    assert await _state(client, headers) == before


DAYS = [
    "1969-12-31",
    "1969-12-31T23:59:59Z",
    "0001-01-01",
    "1900-01-01T00:00:00%2B14:00",
    "9998-12-31",
    "9999-12-31",
    "9999-12-31T23:59:59.999999Z",
    "0001-01-01T00:00:00-14:00",
    "1582-10-10",
    "2026-11-30T00:00:00.123456789Z",
    "rev:0",
    f"rev:{2**63 - 1}",
]
PINNED = [
    "/v1/products/kimi",
    "/v1/products.csv",
    "/v1/search?q=a",
    "/v1/coverage",
    "/v1/markets/chat-assistants/homogenization",
    "/v1/timeline",
    "/v1/compare",
]


@pytest.mark.parametrize("path", PINNED)
async def test_a29_no_day_is_too_far_away(
    caller: tuple[httpx.AsyncClient, dict[str, str]], path: str
) -> None:
    client, headers = caller
    for day in DAYS:
        target = f"{path}{'&' if '?' in path else '?'}as_of={day}"
        answer = await client.get(target, headers=headers)
        assert answer.status_code in (200, 400, 404), (day, answer.text)
        if answer.status_code >= 400:
            assert_problem(answer, answer.status_code, answer.json()["code"])
