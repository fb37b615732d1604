"""Reads what the service answers: problems, tables, quotas, names, the feed, the export."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import httpx

from service.query.feed import Change, behind
from service.store.changes import feed
from service.store.database import Database
from service.usecases.catalogue.exports import export

LEAKS = (
    "asyncpg",
    "SELECT",
    "Traceback",
    "site-packages",
    "service/",
    str(Path(__file__).parents[1]),
)
POLICY = re.compile(r'"(\w+)";q=(\d+);w=(\d+)')
LIMIT = re.compile(r'"(\w+)";r=(\d+);t=(\d+)')
NAMED = {"vendor": "vendors", "product": "products", "feature": "features",
         "market": "markets", "business_model": "business-models"}  # fmt: skip


def bearer(secret: str) -> dict[str, str]:
    return {"authorization": f"Bearer {secret}"}


def assert_problem(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    body: dict[str, Any] = answer.json()
    assert (body["status"], body["code"]) == (status, code)
    assert body["type"].endswith(f"/problems/{code}")
    assert body["request_id"] == answer.headers["request-id"]
    for leak in LEAKS:
        assert leak not in answer.text
    return body


def left(answer: httpx.Response, policy: str = "hour") -> int:
    """What the answer says is left of the quota."""
    found = {name: int(r) for name, r, _ in LIMIT.findall(answer.headers["ratelimit"])}
    return found[policy]


def table(answer: httpx.Response) -> list[dict[str, str]]:
    """Rows of a CSV answer."""
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


def records(answer: httpx.Response) -> list[dict[str, Any]]:
    """Records of an NDJSON answer."""
    assert answer.status_code == 200, answer.text
    return [json.loads(line) for line in answer.text.splitlines()]


async def names_of(client: httpx.AsyncClient, lang: str) -> dict[str, dict[str, str]]:
    """Names by kind and id, as the lists say them."""
    found = {}
    for kind, collection in NAMED.items():
        body = (await client.get(f"/v1/{collection}?limit=200&lang={lang}")).json()
        assert body["page"]["next_cursor"] is None
        found[kind] = {row["id"]: row["name"] for row in body["data"]}
    return found


async def fed(database: Database, limit: int, **chosen: Any) -> list[Change]:
    """The whole feed of changes, page by page."""
    place, found = behind(0), list[Change]()
    while True:
        async with database.read() as snapshot:
            page = await feed.page(snapshot.connection, place, snapshot.revision, limit, **chosen)
        found += page
        if len(page) < limit:
            return found
        place = page[-1].place


async def exported(database: Database, as_of: str | None = None) -> bytes:
    return b"".join([line async for line in export(database, as_of=as_of)])
