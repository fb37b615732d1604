"""Where an analysis is computed: small ones in a thread, one at a time, all others in processes."""

import asyncio
import os
import threading
from pathlib import Path

import pytest

from service import limits
from service.usecases.analyses.panels import Panels
from tests.usecases.computing import work


async def test_small_work_is_in_a_thread_unless_there_is_some_already() -> None:
    panels = Panels(processes=1)
    begun, end = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()

    def held() -> None:
        loop.call_soon_threadsafe(begun.set)
        assert end.wait(60)

    try:
        assert await panels.compute(work.number, []) == os.getpid()
        holding = asyncio.create_task(panels.beside(held))
        await begun.wait()
        async with asyncio.timeout(60):
            assert await panels.compute(work.number, []) != os.getpid()
        end.set()
        await holding
        assert await panels.compute(work.number, []) == os.getpid()
    finally:
        end.set()
        await panels.close()


@pytest.mark.parametrize("n", [2, 5])
async def test_one_thread_at_a_time(n: int) -> None:
    panels, at_once = Panels(), [0, 0]

    def counted() -> None:
        at_once[0] += 1
        at_once[1] = max(at_once)
        threading.Event().wait(0.01)
        at_once[0] -= 1

    await asyncio.gather(*(panels.beside(counted) for _ in range(n)))
    assert at_once == [0, 1]


async def test_what_is_expected_to_take_longer_is_in_a_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "SMALL_SECONDS", -1.0)
    panels = Panels(processes=1)
    try:
        assert await panels.compute(work.number, []) != os.getpid()
    finally:
        await panels.close()


async def test_little_work_waits_for_no_process_that_is_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(limits, "SMALL_SECONDS", -1.0)
    monkeypatch.setattr(limits, "LIGHT_PATIENCE_SECONDS", 0.01)
    os.mkfifo(tmp_path / "pipe")
    panels = Panels(processes=1)
    holding = asyncio.create_task(panels.compute(work.waits, [], tmp_path / "pipe"))
    try:
        with await asyncio.to_thread((tmp_path / "pipe").open) as pipe:
            assert await asyncio.to_thread(pipe.readline)
            async with asyncio.timeout(60):
                assert await panels.compute(work.number, []) == os.getpid()
    finally:
        holding.cancel()
        await asyncio.gather(holding, return_exceptions=True)
        await panels.close()


async def test_only_what_is_light_and_little_takes_no_thread(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    panels, own = Panels(), threading.get_ident()
    assert await panels.compute(threading.get_ident, [], is_light=True) == own
    assert await panels.compute(threading.get_ident, []) != own
    monkeypatch.setattr(limits, "AT_ONCE_SECONDS", 0.0)
    assert await panels.compute(threading.get_ident, [], is_light=True) != own
