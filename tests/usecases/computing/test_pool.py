"""Processes that compute: told by pipes, never by the clock, what happens in them."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, TextIO

import pytest

from bench.markets import facts as made_up
from service import limits
from service.maths.panel.facts import Facts
from service.model.errors import Code, ServiceError
from service.usecases.computing.panel_cache import PanelKey
from service.usecases.computing.pool import Pool
from service.usecases.computing.tasks import Task
from tests.deadlines import Deadlines, over
from tests.usecases.computing import work

NOTHING: Mapping[int, Facts] = {}


def task(function: Callable[..., Any], *arguments: Any, panels: tuple[PanelKey, ...] = ()) -> Task:
    return Task(function, panels, arguments, 0.0)


async def told(pool: Pool, function: Callable[..., Any], *arguments: Any) -> Any:
    return (await pool.run(task(function, *arguments), NOTHING, 1.0)).value


@pytest.fixture
async def pool() -> AsyncIterator[Pool]:
    made = Pool(1, 60, 50_000_000)
    yield made
    await made.close()


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    os.mkfifo(path := tmp_path / "pipe")
    return path


async def opened(pipe: Path) -> TextIO:
    return await asyncio.to_thread(pipe.open)


async def line(stream: TextIO) -> str:
    return await asyncio.to_thread(stream.readline)


async def test_one_process_does_one_task_after_the_other(pool: Pool) -> None:
    numbers = {await told(pool, work.number) for _ in range(3)}
    assert len(numbers) == 1
    assert os.getpid() not in numbers


async def test_facts_are_sent_once_and_panels_stay(pool: Pool) -> None:
    facts = {7: made_up(20, 9, 60, n_vendors=5, seed=1)}
    key = PanelKey(7, None, "preview", None)
    first = await pool.run(task(work.products, 1, panels=(key,)), facts, 1.0)
    again = await pool.run(task(work.products, 2, panels=(key,)), NOTHING, 1.0)
    some = PanelKey(7, frozenset({"p00001"}), "ga", ("launch_unknown",))
    fewer = await pool.run(task(work.products, panels=(some,)), NOTHING, 1.0)
    assert (first.value, again.value, fewer.value) == (21, 22, 1)


async def test_a_task_that_nobody_waits_for_is_ended(pool: Pool, pipe: Path) -> None:
    asked = asyncio.create_task(told(pool, work.waits, pipe))
    stream = await opened(pipe)
    number = await line(stream)
    asked.cancel()
    assert await line(stream) == ""  # the pipe ended with its process
    with suppress(asyncio.CancelledError):
        await asked
    assert asked.cancelled()
    assert str(await told(pool, work.number)) != number.strip()


async def test_a_task_over_its_time_is_ended_and_the_next_one_served(
    pool: Pool, pipe: Path, deadlines: Deadlines
) -> None:
    asked = asyncio.create_task(told(pool, work.waits, pipe))
    stream = await opened(pipe)
    await line(stream)
    over(deadlines)
    with pytest.raises(ServiceError) as refused:
        await asked
    assert await line(stream) == ""
    assert (refused.value.code, refused.value.code.status) == (Code.TOO_COSTLY, 422)
    assert "date_draws" in str(refused.value.detail)
    assert await told(pool, work.number)


async def test_a_killed_process_is_replaced_and_its_task_done(pool: Pool, tmp_path: Path) -> None:
    assert await told(pool, work.dies_once, tmp_path / "mark") == "here"


async def test_what_always_kills_its_process_is_given_up(pool: Pool) -> None:
    with pytest.raises(ServiceError) as refused:
        await told(pool, work.dies)
    assert refused.value.code == Code.BUSY
    assert await told(pool, work.number)


async def test_a_killed_fork_server_is_replaced(pool: Pool) -> None:
    before = await told(pool, work.number)
    assert pool._fork_server is not None
    pool._fork_server.kill()
    pool._fork_server.wait()
    os.kill(before, 9)
    assert await told(pool, work.number) not in (before, os.getpid())


async def test_what_fails_is_told_and_the_process_stays(pool: Pool) -> None:
    number = await told(pool, work.number)
    for function, word in ((work.fails, "no such number"), (work.answers_a_lambda, "lambda")):
        with pytest.raises(RuntimeError, match=word):
            await told(pool, function)
    assert await told(pool, work.number) == number


async def test_more_memory_than_one_task_may_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ANALYSIS_BYTES", 300_000_000)
    pool = Pool(1, 60, 50_000_000)
    assert await told(pool, work.fills, 100_000_000) == 1
    with pytest.raises(ServiceError) as refused:
        await told(pool, work.fills, 2_000_000_000)
    assert (refused.value.code, "300" in str(refused.value.detail)) == (Code.TOO_COSTLY, True)
    assert await told(pool, work.fills, 100_000_000) == 1
    await pool.close()


async def test_too_long_a_queue_refuses_early(
    pool: Pool, pipe: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "ANALYSES_QUEUED", 1)
    os.mkfifo(go := tmp_path / "go")
    first = asyncio.create_task(pool.run(task(work.waits_for, pipe, go), NOTHING, 9.0))
    stream = await opened(pipe)
    await line(stream)
    second = asyncio.create_task(told(pool, work.number))
    await asyncio.sleep(0)
    with pytest.raises(ServiceError) as refused:
        await told(pool, work.number)
    assert (refused.value.code, refused.value.retry_after) == (Code.BUSY, 10)
    await asyncio.to_thread(go.write_text, "done")
    assert ((await first).value, bool(await second)) == ("done", True)
    assert await told(pool, work.number)


async def test_what_waits_and_is_cancelled_leaves_the_queue(
    pool: Pool, pipe: Path, tmp_path: Path
) -> None:
    os.mkfifo(go := tmp_path / "go")
    first = asyncio.create_task(told(pool, work.waits_for, pipe, go))
    await line(await opened(pipe))
    second = asyncio.create_task(told(pool, work.number))
    await asyncio.sleep(0)
    second.cancel()
    await asyncio.gather(second, return_exceptions=True)
    assert len(pool._expected) == 1
    await asyncio.to_thread(go.write_text, "done")
    assert await first == "done"


async def test_when_the_worker_is_gone_all_its_processes_end(pool: Pool, pipe: Path) -> None:
    asked = asyncio.create_task(told(pool, work.waits, pipe))
    stream = await opened(pipe)
    await line(stream)
    assert pool._control is not None
    pool._control.close()
    assert await line(stream) == ""
    asked.cancel()  # it would be done again, by a process of a new fork server
    await asyncio.gather(asked, return_exceptions=True)
