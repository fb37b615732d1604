"""A log that nobody reads: the service answers all the same."""

import asyncio
import fcntl
import os
import sys
from contextlib import suppress
from pathlib import Path

import httpx

from service.store.database import Database
from tests.servers import free_port

F_SETPIPE_SZ = 1031
REQUESTS = 300


async def test_f49_nobody_waits_for_a_reader_of_the_log(bundled: Database, tmp_path: Path) -> None:
    unread, written = os.pipe()
    with suppress(OSError):  # some allow no larger pipe, then the service cannot have it either
        fcntl.fcntl(written, F_SETPIPE_SZ, 1_000_000)
    os.set_blocking(written, False)
    try:
        while os.write(written, b"x" * 4096):
            pass
    except BlockingIOError:
        os.set_blocking(written, True)
    port = free_port()
    environment = {
        **os.environ,
        "PARITY_DATABASE_URL": bundled.url,
        "PARITY_DATA_DIR": str(tmp_path),
        "PORT": str(port),
        "PARITY_WORKERS": "1",
        "PARITY_LOG": "json",
    }
    server = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "service",
        "serve",
        env=environment,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=written,
    )
    try:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=40) as client:
            await _until_ready(client)
            for _ in range(REQUESTS):
                (await client.get("/health/live")).raise_for_status()
    finally:
        server.terminate()
        await asyncio.wait_for(server.wait(), 60)
        os.close(unread)
        os.close(written)
    assert server.returncode == 0


async def _until_ready(client: httpx.AsyncClient) -> None:
    async with asyncio.timeout(60):
        while True:
            try:
                if (await client.get("/health/ready")).is_success:
                    return
            except httpx.TransportError:
                await asyncio.sleep(0.1)
