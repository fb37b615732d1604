"""The primary fails under load and its synchronous standby is promoted."""

import pytest

from tests.failovers import Break, fail_over, frozen, killed

pytestmark = pytest.mark.chaos


@pytest.mark.parametrize(
    ("fail", "returns"),
    [(killed, False), (frozen, False), (frozen, True)],
    ids=["F23", "F24", "F25"],
)
async def test_a_failover_loses_nothing_and_nobody_goes_back(fail: Break, returns: bool) -> None:
    log = await fail_over(fail, returns=returns)
    assert not log.lost
    assert log.n_back == 0
    assert log.old_line_writes == 0
    assert all(log.stored[name] == revision for name, revision in log.written.items())
    assert log.pause < 30, log.lines
