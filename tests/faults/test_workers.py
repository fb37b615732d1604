"""F33, F37, F38, F39: the processes of a server are killed, have no memory, or stand still."""

import asyncio
import resource
import signal
from pathlib import Path

import httpx
import psutil
import pytest

from bench.processes import has_ended
from service.store.database import Database
from tests.clients import until
from tests.servers import Running, serving

pytestmark = pytest.mark.chaos
READ = "/v1/vendors?limit=1"


def workers(server: Running) -> list[psutil.Process]:
    """The oldest first."""
    parent = psutil.Process(server.process.pid)
    found = [child for child in parent.children() if child.is_running() and _is_fork(child, parent)]
    return sorted(found, key=lambda one: one.create_time())


def _is_fork(child: psutil.Process, parent: psutil.Process) -> bool:
    """Whether it was made by a fork alone; one that is dead has no command line any more."""
    try:
        return child.cmdline() == parent.cmdline()
    except psutil.NoSuchProcess:
        return False


async def killed(server: Running) -> None:
    """The only worker; until there is another one."""
    (worker,) = workers(server)
    worker.kill()
    await until(lambda: [one.pid for one in workers(server)] not in ([], [worker.pid]))


async def answers(server: Running) -> None:
    """Until a new connection is answered."""
    async with asyncio.timeout(60):
        while True:
            try:
                async with httpx.AsyncClient(base_url=server.address, timeout=5) as client:
                    if (await client.get(READ)).is_success:
                        return
            except httpx.TransportError:
                await asyncio.sleep(0.1)


async def test_F33_a_worker_that_dies_again_and_again_is_started_again(
    own_bundled: Database, tmp_path: Path
) -> None:
    async with serving(own_bundled, tmp_path) as server:
        for _ in range(4):
            await killed(server)
        await answers(server)
        assert server.process.returncode is None


async def test_F33_who_waits_for_its_turn_to_start_keeps_nobody_from_stopping(
    own_bundled: Database, tmp_path: Path
) -> None:
    async with serving(own_bundled, tmp_path) as server:
        for _ in range(3):
            await killed(server)
        workers(server)[0].kill()
        server.process.terminate()
        assert await asyncio.wait_for(server.process.wait(), 30) == 0


async def test_F37_whoever_reads_notices_no_reload(own_bundled: Database, tmp_path: Path) -> None:
    async with serving(own_bundled, tmp_path, PARITY_QUOTA_HOUR="0") as server:
        (before,) = workers(server)
        statuses = list[int]()

        async def read() -> None:
            async with httpx.AsyncClient(base_url=server.address, timeout=60) as client:
                while not is_over.is_set():
                    statuses.append((await client.get(READ)).status_code)

        is_over = asyncio.Event()
        readers = [asyncio.create_task(read()) for _ in range(4)]
        server.process.send_signal(signal.SIGHUP)
        await until(lambda: [one.pid for one in workers(server)] not in ([before.pid], []))
        await until(lambda: has_ended(before.pid))
        is_over.set()
        await asyncio.gather(*readers)
        assert set(statuses) == {200}
        assert len(workers(server)) == 1


async def test_F39_who_stood_still_goes_on(own_bundled: Database, tmp_path: Path) -> None:
    async with serving(own_bundled, tmp_path) as server:
        (worker,) = workers(server)
        async with httpx.AsyncClient(base_url=server.address, timeout=60) as client:
            for process in (worker, psutil.Process(server.process.pid)):
                process.suspend()
                asked = asyncio.create_task(client.get(READ))
                await asyncio.sleep(1)
                process.resume()
                assert (await asked).status_code == 200
        assert [one.pid for one in workers(server)] == [worker.pid]


async def test_F39_a_worker_that_stands_still_is_replaced(
    own_bundled: Database, tmp_path: Path
) -> None:
    async with serving(own_bundled, tmp_path, PARITY_STALL_SECONDS="2") as server:
        (worker,) = workers(server)
        worker.suspend()
        await until(lambda: [one.pid for one in workers(server)] not in ([], [worker.pid]))
        await answers(server)
        assert server.process.returncode is None
    assert b"worker-1 has stood still and is killed" in await server.output


async def test_F39_where_all_stood_still_together_nobody_is_replaced(
    own_bundled: Database, tmp_path: Path
) -> None:
    async with serving(own_bundled, tmp_path, PARITY_STALL_SECONDS="5") as server:
        (worker,) = workers(server)
        master = psutil.Process(server.process.pid)
        for process in (worker, master):
            process.suspend()
        await asyncio.sleep(7)
        for process in (master, worker):
            process.resume()
            await asyncio.sleep(1)
        await answers(server)
        assert [one.pid for one in workers(server)] == [worker.pid]


async def test_F39_a_worker_that_stands_still_is_killed_at_a_stop(
    own_bundled: Database, tmp_path: Path
) -> None:
    async with serving(own_bundled, tmp_path) as server:
        workers(server)[0].suspend()
        server.process.terminate()
        await asyncio.wait_for(server.process.wait(), 60)
    assert b"Killing worker" in await server.output


async def test_F38_a_worker_without_memory_loses_at_most_itself(
    own_bundled: Database, tmp_path: Path
) -> None:
    async with serving(own_bundled, tmp_path) as server:
        (worker,) = workers(server)
        room = worker.memory_info().vms + 20_000_000
        worker.rlimit(resource.RLIMIT_AS, (room, room))
        async with httpx.AsyncClient(base_url=server.address, timeout=60) as client:
            for path in (
                "/v1/exports/vendors.ndjson.gz",
                "/v1/markets/chat-assistants/homogenization",
                READ,
            ):
                try:
                    answer = await client.get(path)
                except httpx.TransportError:
                    continue
                assert answer.status_code in (200, 500, 503), answer.text
        if worker.is_running():
            worker.send_signal(signal.SIGKILL)
        await answers(server)
