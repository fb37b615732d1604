"""F07 to F10: what the network does between the service and PostgreSQL."""

import pytest

from tests.fault_proxy import Behind, Fate

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
