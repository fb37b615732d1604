"""F07 to F10: what the network does between the service and PostgreSQL."""

import asyncio

import pytest

from tests.clients import NDJSON
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
    async with asyncio.timeout(30):
        refused = await behind.patch("after", KEY)
    assert refused.status_code == 503, refused.text
    assert refused.json()["code"] == ("outcome_unknown" if at == COMMIT else "database_timeout")
    behind.proxy.heal()
    async with asyncio.timeout(30):
        while (settled := await behind.patch("after", KEY)).status_code != 200:
            assert settled.json()["code"] in (
                "busy",
                "database_timeout",
                "database_unavailable",
                "idempotency_in_progress",
            ), settled.text
            await asyncio.sleep(0.05)


async def test_F06_a_frozen_database_holds_nobody_and_readiness_says_so(
    impatient: None, behind: Behind
) -> None:
    assert (await behind.client.get("/v1/vendors")).status_code == 200
    behind.proxy.blackhole()
    body = b"\n".join(lines(*SMALL))
    sent = {**behind.headers, **NDJSON}
    async with asyncio.timeout(30):
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
    async with asyncio.timeout(30):
        while (await behind.client.get("/health/ready")).status_code != 200:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    assert (await behind.patch("after")).status_code == 200
