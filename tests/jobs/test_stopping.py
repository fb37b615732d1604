"""A shutdown ends what is open, in the loop and in a real server."""

import asyncio
import os
import signal
import socket
import sys
from pathlib import Path

import httpx

from service.jobs.stopping import when_told_to_stop
from service.store.database import Database


async def test_a_signal_calls_the_server_s_handler_and_ours() -> None:
    heard: list[str] = []
    is_told = asyncio.Event()
    before = signal.signal(signal.SIGTERM, lambda *_: heard.append("server"))
    try:
        with when_told_to_stop(is_told.set):
            os.kill(os.getpid(), signal.SIGTERM)
            await asyncio.wait_for(is_told.wait(), 5)
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
    port = _free_port()
    environment = {
        **os.environ, "PARITY_DATABASE_URL": own_bundled._url, "PORT": str(port),
        "PARITY_WORKERS": "1", "PARITY_DATA_DIR": str(tmp_path),
    }  # fmt: skip
    server = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "service", "serve", env=environment,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    assert server.stdout is not None
    output = asyncio.create_task(server.stdout.read())
    try:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=40) as client:
            await _until_ready(client)
            stream = asyncio.create_task(client.get("/v1/changes/stream"))
            poll = asyncio.create_task(client.get("/v1/changes?since=rev:2&wait=30"))
            await asyncio.sleep(1)
            server.terminate()
            assert (await stream).text.startswith("retry:")
            assert (await poll).json()["next_cursor"] == "rev:2"
        await asyncio.wait_for(server.wait(), 40)
    finally:
        if server.returncode is None:
            server.kill()
    assert b"Killing worker" not in await output


def _free_port() -> int:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return int(bound.getsockname()[1])


async def _until_ready(client: httpx.AsyncClient) -> None:
    async with asyncio.timeout(60):
        while True:
            try:
                if (await client.get("/health/ready")).is_success:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.1)
