"""Many at once: edits of one record, and one request sent many times."""

import asyncio
from collections import Counter
from typing import Any

import httpx

from service.store.database import Database
from tests.answers import bearer
from tests.clients import served
from tests.make import new_key

MANY = 50
PATIENCE = 60
VENDOR = "/v1/vendors/moonshot-ai"


async def _until_accepted(client: httpx.AsyncClient, headers: dict[str, str], alias: str) -> Any:
    """Read, add one's alias, write; again when somebody else was faster or the base is busy."""
    for _ in range(1000):
        read = await client.get(VENDOR)
        if read.status_code == 503:
            continue
        body = {"aliases": [*read.json()["aliases"], alias], "comment": f"alias {alias}"}
        tag = {"if-match": read.headers["etag"]}
        answer = await client.patch(VENDOR, json=body, headers=headers | tag)
        if answer.status_code not in (412, 503):
            return answer
    raise AssertionError("never accepted")


async def test_a82_fifty_editors_lose_no_edit(own_bundled: Database) -> None:
    _, secret = await new_key(own_bundled, "write")
    names = [f"Alias {n}" for n in range(MANY)]
    async with served(own_bundled) as client:
        before = (await client.get(VENDOR)).json()
        answers = await asyncio.gather(
            *(_until_accepted(client, bearer(secret), name) for name in names)
        )
        after = await client.get(VENDOR)
        history = (await client.get(f"{VENDOR}/history?limit=200")).json()["data"]
    assert {a.status_code for a in answers} == {200}
    assert after.json()["aliases"] == sorted({*before["aliases"], *names})
    revisions = sorted(int(a.headers["dataset-revision"]) for a in answers)
    assert revisions == [*range(revisions[0], revisions[0] + MANY)], "one for each edit, gapless"
    assert [v["revision"] for v in history[:MANY]] == revisions[::-1]


async def test_a83_one_request_sent_fifty_times_has_one_effect(own_bundled: Database) -> None:
    _, secret = await new_key(own_bundled, "write")
    body = {"product_id": "kimi", "feature_id": "memory", "stage": "ga", "date": "2026-10",
            "status": "unsourced", "comment": "once"}  # fmt: skip
    headers = bearer(secret) | {"idempotency-key": "only-once"}
    async with served(own_bundled) as client:

        async def settle() -> httpx.Response:
            async with asyncio.timeout(PATIENCE):
                while True:
                    answer = await client.post("/v1/adoptions", json=body, headers=headers)
                    if answer.status_code == 201:
                        return answer
                    assert answer.json()["code"] in ("idempotency_in_progress", "busy")

        answers = await asyncio.gather(*(settle() for _ in range(MANY)))
        found = (await client.get("/v1/adoptions?product_id=kimi&feature_id=memory")).json()
    assert len({a.content for a in answers}) == 1
    replayed = Counter(a.headers.get("idempotent-replayed") for a in answers)
    assert replayed == {None: 1, "true": MANY - 1}
    assert [a["date"] for a in found["data"]].count("2026-10") == 1


async def test_a84_a85_one_fact_recorded_by_many_without_a_key_is_there_once(
    own_bundled: Database,
) -> None:
    _, secret = await new_key(own_bundled, "write")
    body = {"product_id": "kimi", "feature_id": "memory", "stage": "ga", "date": "2026-10",
            "status": "unsourced", "comment": "race"}  # fmt: skip
    async with served(own_bundled) as client:

        async def post() -> int:
            while True:
                answer = await client.post("/v1/adoptions", json=body, headers=bearer(secret))
                if answer.status_code != 503:
                    return answer.status_code

        statuses = Counter(await asyncio.gather(*(post() for _ in range(MANY))))
    assert statuses == {201: 1, 409: MANY - 1}
