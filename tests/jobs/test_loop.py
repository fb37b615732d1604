"""A job goes on after failures, with growing pauses, and ends when it is told to."""

import asyncio

import pytest

from service import limits
from service.jobs.loop import _pause, forever
from service.model.errors import ServiceError


async def test_a_failing_step_is_tried_again_and_then_goes_on(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(limits, "POLL_SECONDS", 0.001)
    failures = [ServiceError("database_unavailable", "gone"), RuntimeError("a bug")]
    is_done = asyncio.Event()

    async def step() -> bool:
        if failures:
            raise failures.pop()
        is_done.set()
        return False

    job = asyncio.create_task(forever("test", step))
    await asyncio.wait_for(is_done.wait(), 60)
    job.cancel()
    with pytest.raises(asyncio.CancelledError):
        await job
    assert "gone" in caplog.text
    assert "a bug" in caplog.text


def test_pauses_double_up_to_a_minute() -> None:
    assert [_pause(n) for n in range(1, 9)] == [1, 2, 4, 8, 16, 32, 60, 60]
    assert _pause(10_000) == limits.JOB_PAUSE_MAX


async def test_work_that_is_wanted_cuts_a_pause_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "POLL_SECONDS", 60.0)
    wanted, steps = asyncio.Event(), list[int]()
    is_second = asyncio.Event()

    async def step() -> bool:
        steps.append(1)
        if len(steps) == 2:
            is_second.set()
        return False

    job = asyncio.create_task(forever("test", step, wanted))
    await asyncio.sleep(0.01)
    wanted.set()
    await asyncio.wait_for(is_second.wait(), 60)
    job.cancel()
    await asyncio.gather(job, return_exceptions=True)
