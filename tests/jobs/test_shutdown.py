"""A shutdown ends what is open, in the loop and in a real server."""

import asyncio
import os
import signal
from pathlib import Path

import httpx

from service.jobs.shutdown import when_told_to_stop
from service.store.database import Database
from tests.servers import serving

POLL = "/v1/changes?since=rev:2&wait=30"


async def test_a_signal_calls_the_server_s_handler_and_ours() -> None:
    heard: list[str] = []
    is_told = asyncio.Event()
    before = signal.signal(signal.SIGTERM, lambda *_: heard.append("server"))
    try:
        with when_told_to_stop(is_told.set):
            os.kill(os.getpid(), signal.SIGTERM)
            await asyncio.wait_for(is_told.wait(), 60)
        is_told.clear()
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.sleep(0.05)
    finally:
        signal.signal(signal.SIGTERM, before)
    assert heard == ["server", "server"]
    assert not is_told.is_set()


async def test_a_server_told_to_stop_ends_its_streams_and_long_polls(
    own_bundled: Database, tmp_path: Path
) -> None:
    """Left alone, the server would wait for the open stream and be killed after 25 seconds."""
    async with (
        serving(own_bundled, tmp_path) as server,
        httpx.AsyncClient(base_url=server.address, timeout=40) as client,
    ):
        is_sent = asyncio.Event()

        async def noted(name: str, _: object) -> None:
            if name == "http11.send_request_body.complete":
                is_sent.set()

        poll = asyncio.create_task(client.get(POLL, extensions={"trace": noted}))
        await is_sent.wait()
        async with client.stream("GET", "/v1/changes/stream") as stream:
            lines = stream.aiter_lines()
            assert (await anext(lines)).startswith("retry:")
            await asyncio.sleep(1)  # nobody tells that the poll waits
            server.process.terminate()
            async for _ in lines:
                pass
        assert (await poll).json()["page"]["next_cursor"] == "rev:2"
        await asyncio.wait_for(server.process.wait(), 60)
    assert b"Killing worker" not in await server.output
