"""F07 to F10: what the network does between the service and PostgreSQL."""

import asyncio

import pytest

from tests.clients import NDJSON, until_answered
from tests.fault_proxy import COMMIT, Behind, Fate
from tests.make import SMALL, lines

KEY = "f09"


@pytest.mark.parametrize("fate", ["lost", "unanswered"])
async def test_F09_the_answer_to_a_commit_is_lost(behind: Behind, fate: Fate) -> None:
    assert (await behind.patch("before")).status_code == 200
    before = await behind.database.revision()
    behind.proxy.commit = fate
    unknown = await behind.patch("after", KEY)
    assert (unknown.status_code, unknown.json()["code"]) == (503, "outcome_unknown")
    assert "retry-after" in unknown.headers
    assert await behind.database.revision() == before + (fate == "unanswered")
    behind.proxy.heal()
    settled = await behind.patch("after", KEY)
    assert settled.status_code == 200, settled.text
    assert ("idempotent-replayed" in settled.headers) == (fate == "unanswered")
    assert await behind.database.revision() == before + 1


@pytest.mark.parametrize("at", [b"BEGIN", b"begin_revision", b"SET CONSTRAINTS", COMMIT])
async def test_F07_no_write_waits_for_a_network_that_is_a_black_hole(
    impatient: None, behind: Behind, at: bytes
) -> None:
    behind.proxy.frozen_at = at
    async with asyncio.timeout(60):
        while not behind.proxy.is_frozen:  # where the machine stood still before it came there
            refused = await behind.patch("after", KEY)
    assert refused.status_code == 503, refused.text
    assert refused.json()["code"] == ("outcome_unknown" if at == COMMIT else "database_timeout")
    behind.proxy.heal()
    async with asyncio.timeout(60):
        while (settled := await behind.patch("after", KEY)).status_code != 200:
            assert settled.json()["code"] in (
                "busy",
                "database_timeout",
                "database_unavailable",
                "idempotency_in_progress",
            ), settled.text
            await asyncio.sleep(0.05)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "nobody", 404), ("PATCH", "nobody", 404), ("PATCH", "acme", 412)],
)
async def test_F07_what_was_found_wrong_is_told_though_its_rollback_is_not_answered(
    impatient: None, behind: Behind, method: str, path: str, status: int
) -> None:
    """The session is given up, and with it the transaction."""
    headers = {**behind.headers, "if-match": '"another"'}
    body = {"note": "after", "comment": "test"} if method == "PATCH" else None
    behind.proxy.frozen_at = b"ROLLBACK"
    async with asyncio.timeout(60):
        while not behind.proxy.is_frozen:
            told = await behind.client.request(
                method, f"/v1/vendors/{path}", json=body, headers=headers
            )
    assert told.status_code == status, told.text
    behind.proxy.heal()
    async with asyncio.timeout(60):
        while (await behind.patch("after", KEY)).status_code != 200:  # noqa: ASYNC110
            await asyncio.sleep(0.05)


async def test_F08_a_connection_that_was_reset_while_it_was_idle_is_nobody_s_concern(
    behind: Behind,
) -> None:
    for _ in range(3):
        answers = await asyncio.gather(*(behind.client.get("/v1/vendors") for _ in range(4)))
        assert {answer.status_code for answer in answers} == {200}
        behind.proxy.reset()
        await asyncio.sleep(0.2)
    assert (await behind.patch("after")).status_code == 200


async def test_F08_a_reset_in_the_middle_is_told_and_the_next_request_is_answered(
    behind: Behind,
) -> None:
    assert (await behind.client.get("/v1/vendors")).status_code == 200
    behind.proxy.blackhole()
    asked = [
        asyncio.create_task(behind.client.get("/v1/products")),
        asyncio.create_task(behind.client.get("/v1/adoptions.csv")),
        asyncio.create_task(behind.patch("after", KEY)),
    ]
    await asyncio.sleep(0.2)
    behind.proxy.reset()
    behind.proxy.heal()
    answers = await asyncio.gather(*asked)
    for answer in answers:
        assert answer.status_code in (200, 503), answer.text
        if answer.status_code == 503:
            assert answer.json()["code"] in ("database_unavailable", "outcome_unknown")
            assert "retry-after" in answer.headers
    assert (await behind.client.get("/v1/products")).status_code == 200
    assert (await behind.patch("after", KEY)).status_code == 200


@pytest.mark.parametrize("delay", [0.02, 0.3], ids=["slow", "too_slow"])
async def test_F10_a_slow_network_is_slow_or_told(
    impatient: None, behind: Behind, delay: float
) -> None:
    await until_answered(behind.client, "/v1/vendors")
    behind.proxy.delay = delay
    async with asyncio.timeout(60):
        answers = [
            await behind.client.get("/v1/vendors"),
            await behind.client.get("/v1/vendors/acme?as_of=rev:1"),
            await behind.patch("after", KEY),
        ]
    for answer in answers:
        assert answer.status_code in (200, 503), answer.text
        assert answer.status_code == 200 or "retry-after" in answer.headers
    behind.proxy.heal()
    async with asyncio.timeout(60):
        while (await behind.patch("after", KEY)).status_code != 200:  # noqa: ASYNC110
            await asyncio.sleep(0.05)


async def test_F06_a_frozen_database_holds_nobody_and_readiness_says_so(
    impatient: None, behind: Behind
) -> None:
    await until_answered(behind.client, "/v1/vendors")
    behind.proxy.blackhole()
    body = b"\n".join(lines(*SMALL))
    sent = {**behind.headers, **NDJSON}
    async with asyncio.timeout(60):
        answers = await asyncio.gather(
            behind.client.get("/v1/products"),
            behind.client.get("/v1/vendors/acme?as_of=rev:1"),
            behind.client.get("/v1/adoptions.csv"),
            behind.client.get("/v1/markets/m/homogenization"),
            behind.client.get("/health/ready"),
            behind.client.post("/v1/imports?comment=test", content=body, headers=sent),
            behind.patch("after"),
        )
    assert {answer.status_code for answer in answers} == {503}
    assert all("retry-after" in answer.headers for answer in answers)
    assert (await behind.client.get("/health/live")).status_code == 200
    behind.proxy.heal()
    await until_answered(behind.client, "/health/ready")
    async with asyncio.timeout(60):
        while (await behind.patch("after")).status_code != 200:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
