"""Quotas: bounded over all workers, told on every answer, nothing for a 304."""

import asyncio
import logging

import pytest

from service import limits
from service.api.http.access import cost_of, needed_scope
from service.api.routes import ROUTES
from service.model.quotas import Quota
from service.store.database import Database
from tests.answers import LIMIT, assert_problem, bearer, left
from tests.clients import quota, served
from tests.make import new_key
from tests.postgres import admin, database_name, of_database, sql

TYPE = "https://iana.org/assignments/http-problem-types#quota-exceeded"


async def test_every_answer_under_v1_tells_what_is_left(own_bundled: Database) -> None:
    expected = 36
    async with served(own_bundled, quota(36, burst=1000)) as client:
        for path, status, cost in (
            ("/v1", 200, 1),
            ("/v1/products/kimi", 200, 1),
            ("/v1/products/nope", 404, 1),
            ("/v1/nope", 404, 1),
            ("/v1/products?nope=1", 400, 1),
            ("/v1/keys", 401, 1),
            ("/v1/markets/chat-assistants/homogenization?on=2026-11-01", 200, 3),
            ("/v1/limits", 200, 0),
        ):
            answer = await client.get(path)
            expected -= cost
            assert (path, answer.status_code, left(answer)) == (path, status, expected)
            policies = answer.headers["ratelimit-policy"]
            assert policies == '"burst";q=1000;w=1,"hour";q=36;w=3600'
            burst, hour = LIMIT.findall(answer.headers["ratelimit"])
            assert (burst[0], hour[0]) == ("burst", "hour")
            assert burst[2] in ("0", "1")
            assert 0 <= (36 - expected) * 100 - int(hour[2]) <= 60
        head = await client.head("/v1/products/kimi")
        assert left(head) == expected - 1
        refused = await client.post("/v1/products")
        assert (refused.status_code, left(refused)) == (405, expected - 2)
        for path in ("/health/live", "/version", "/docs", "/openapi.json", "/problems/gone"):
            assert "ratelimit" not in (await client.get(path)).headers
        exposed = (await client.get("/v1")).headers["access-control-expose-headers"]
        assert {"RateLimit", "RateLimit-Policy"} <= set(exposed.split(", "))


async def test_limits_say_the_same_for_nothing(own_bundled: Database) -> None:
    async with served(own_bundled, quota(10, burst=100)) as client:
        fresh = (await client.get("/v1/limits")).json()
        assert fresh["quotas"][1] == {
            "policy": "hour", "limit": 10, "window_seconds": 3600, "remaining": 10,
            "reset_seconds": 0,
        }  # fmt: skip
        await client.get("/v1/products")
        for _ in range(20):
            answer = await client.get("/v1/limits")
            assert answer.json()["quotas"][1]["remaining"] == left(answer) == 9
            assert 300 < answer.json()["quotas"][1]["reset_seconds"] <= 360
        assert answer.headers["cache-control"] == "private, no-store"


async def test_a_used_up_quota_is_429(own_bundled: Database) -> None:
    async with served(own_bundled, quota(2)) as client:
        assert [(await client.get("/v1")).status_code for _ in range(2)] == [200, 200]
        answer = await client.get("/v1")
        body = answer.json()
        assert (answer.status_code, body["code"], body["type"]) == (429, "quota_exceeded", TYPE)
        assert body["title"] == "Request cannot be satisfied as assigned quota has been exceeded"
        assert body["violated-policies"] == ["hour"]
        assert answer.headers["content-type"] == "application/problem+json"
        assert 1700 < int(answer.headers["retry-after"]) <= 1800
        assert left(answer) == 0
        assert (await client.get("/v1/limits")).json()["quotas"][0]["remaining"] == 0
        assert (await client.get("/health/ready")).status_code == 200
        page = await client.get("/problems/quota_exceeded")
        assert "429" in page.text


async def test_a_dear_question_is_refused_where_a_cheap_one_still_fits(
    own_bundled: Database,
) -> None:
    async with served(own_bundled, quota(5)) as client:
        dear = "/v1/markets/chat-assistants/homogenization?on=2026-11-01"
        statuses = [(await client.get(p)).status_code for p in (dear, dear, "/v1", "/v1", "/v1")]
        assert statuses == [200, 429, 200, 200, 429]


@pytest.mark.parametrize("is_keyed", [False, True])
async def test_a103_two_applications_let_the_quota_pass_and_at_most_a_quarter_more(
    own_bundled: Database, is_keyed: bool
) -> None:
    """Of two workers each: what the other has not told yet is a quarter of what was left."""
    headers = bearer((await new_key(own_bundled, "read"))[1]) if is_keyed else {}
    settings = quota(20, workers=2)
    async with served(own_bundled, settings) as one, served(own_bundled, settings) as two:
        answers = await asyncio.gather(
            *((one, two)[n % 2].get("/v1/products/kimi", headers=headers) for n in range(50))
        )
    statuses = [answer.status_code for answer in answers]
    assert set(statuses) == {200, 429}
    assert 20 <= statuses.count(200) <= 25
    assert all(int(a.headers["retry-after"]) > 100 for a in answers if a.status_code == 429)


async def test_a103_one_application_is_exact(own_bundled: Database) -> None:
    async with served(own_bundled, quota(20)) as client:
        answers = await asyncio.gather(*(client.get("/v1/products/kimi") for _ in range(50)))
    assert sorted(left(a) for a in answers if a.status_code == 200) == list(range(20))
    assert [a.status_code for a in answers].count(429) == 30


async def test_a_304_costs_nothing(own_bundled: Database) -> None:
    async with served(own_bundled, quota(5, burst=1000)) as client:
        tag = (await client.get("/v1/products/kimi")).headers["etag"]
        for _ in range(30):
            answer = await client.get("/v1/products/kimi", headers={"if-none-match": tag})
            assert (answer.status_code, left(answer)) == (304, 4)
        assert left(await client.get("/v1/products/kimi")) == 3


async def test_callers_do_not_share_a_quota(own_bundled: Database) -> None:
    keys = [(await new_key(own_bundled, "read"))[1] for _ in range(2)]
    async with served(own_bundled, quota(1)) as client:
        for headers in ({}, bearer(keys[0]), bearer(keys[1])):
            assert (await client.get("/v1", headers=headers)).status_code == 200
            assert (await client.get("/v1", headers=headers)).status_code == 429


async def test_keys_have_quotas_of_their_own(own_bundled: Database) -> None:
    _, secret = await new_key(own_bundled, "read")
    settings = quota(1, keyed_quota=Quota(burst=0, hour=50))
    async with served(own_bundled, settings) as client:
        assert left(await client.get("/v1", headers=bearer(secret))) == 49
        assert left(await client.get("/v1")) == 0


async def test_a_wrong_key_counts_for_its_address(own_bundled: Database) -> None:
    key_id, secret = await new_key(own_bundled, "read")
    async with served(own_bundled, quota(2)) as client:
        await sql(own_bundled, f"UPDATE api_key SET retired_at = now() WHERE id = '{key_id}'")
        statuses = [(await client.get("/v1", headers=bearer(secret))).status_code for _ in range(3)]
        assert statuses == [401, 401, 429]
        assert (await client.get("/v1")).status_code == 429


async def test_a_quota_comes_back_bit_by_bit(
    own_bundled: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is used up is asked of the ledger again after SETTLE_SECONDS."""
    monkeypatch.setattr(limits, "SETTLE_SECONDS", 3600.0)
    async with served(own_bundled, quota(3)) as client:
        statuses = [(await client.get("/v1")).status_code for _ in range(4)]
        assert statuses == [200, 200, 200, 429]
        await sql(own_bundled, "UPDATE quota SET hour = hour - 1200")
        assert (await client.get("/v1")).status_code == 429
        monkeypatch.setattr(limits, "SETTLE_SECONDS", 0.0)
        answers = [await client.get("/v1") for _ in range(2)]
        assert [(a.status_code, left(a)) for a in answers] == [(200, 0), (429, 0)]
        assert 1100 < int(answers[1].headers["retry-after"]) <= 1200


async def test_without_quotas_nothing_is_counted(own_bundled: Database) -> None:
    off = quota(0)
    async with served(own_bundled, off) as client:
        answer = await client.get("/v1/products")
        assert (answer.status_code, "ratelimit" in answer.headers) == (200, False)
        assert (await client.get("/v1/limits")).json()["quotas"] == []
    async with own_bundled.session() as connection:
        assert await connection.fetchval("SELECT count(*) FROM quota") == 0


async def test_a_ledger_that_cannot_be_written_is_no_503(
    own_bundled: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Each worker lets its share pass, and one warning and one line say when."""
    caplog.set_level(logging.INFO)
    monkeypatch.setattr(limits, "LEDGER_BELIEVED_SECONDS", -1.0)
    monkeypatch.setattr(limits, "LEDGER_PAUSE_SECONDS", 0.0)
    async with served(own_bundled, quota(9, workers=2)) as client:
        await sql(own_bundled, "ALTER TABLE quota RENAME TO away")
        answers = [await client.get("/v1") for _ in range(6)]
        assert [a.status_code for a in answers] == [200] * 4 + [429] * 2
        assert {a.headers["ratelimit-policy"] for a in answers} == {'"hour";q=4;w=3600'}
        await sql(own_bundled, "ALTER TABLE away RENAME TO quota")
        answer = await client.get("/v1")
        assert (answer.headers["ratelimit-policy"], left(answer)) == ('"hour";q=9;w=3600', 8)
    levels = [
        r.levelname for r in caplog.records if "PostgreSQL" in r.message and "/ 2" in r.message
    ]
    assert levels == ["WARNING"]
    assert [r.message for r in caplog.records].count("PostgreSQL counts again") == 1


async def test_what_needs_a_base_that_is_gone_is_503_as_ever(database: Database) -> None:
    _, secret = await new_key(database, "read")
    async with served(database, quota(5, burst=5)) as client:
        name = database_name(database.url)
        await database.close()
        await admin(of_database(database.url, "postgres"), f"DROP DATABASE {name} WITH (FORCE)")
        for headers in ({}, bearer(secret)):
            answer = await client.get("/v1/products", headers=headers)
            assert_problem(answer, 503, "database_unavailable")
        await admin(of_database(database.url, "postgres"), f"CREATE DATABASE {name}")


def test_every_route_has_a_scope_and_a_cost() -> None:
    table = {
        (min(h.http_methods), path): (
            needed_scope(h, min(h.http_methods), public_read=False), cost_of(h),
        )
        for h in ROUTES for path in h.paths
    }  # fmt: skip
    assert table["GET", "/v1/products"] == ("read", 1)
    assert table["GET", "/v1/features/{record_id:str}/time-to-copy"] == ("read", 3)
    assert table["GET", "/v1/keys"] == table["POST", "/v1/keys"] == ("admin", 1)
    assert table["GET", "/v1/limits"] == ("read", 0)
    assert table["GET", "/health/live"] == (None, 1)
    assert all(
        scope == ("write" if path.startswith(("/v1/webhooks", "/v1/imports")) else "read")
        for (method, path), (scope, _) in table.items()
        if method == "GET" and "keys" not in path and path.startswith("/v1")
    )
