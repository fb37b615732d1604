"""The whole service as a process of its own on a free port of this machine."""

import asyncio
import os
import random
import socket
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx

from service.store.database import Database

_CHANCE = random.SystemRandom()  # no other process has the same


@dataclass(frozen=True)
class Running:
    """`output` is everything that it printed, once it has ended."""

    address: str
    process: asyncio.subprocess.Process
    output: asyncio.Task[bytes]


@asynccontextmanager
async def serving(
    database: Database, folder: Path, before: Sequence[str] = (), **settings: str
) -> AsyncIterator[Running]:
    """The service until the block ends. `settings` are environment variables, `before` stands in
    front of its command line."""
    port = free_port()
    environment = {
        **os.environ, "PARITY_DATABASE_URL": database.url, "PORT": str(port),
        "PARITY_WORKERS": "1", "PARITY_DATA_DIR": str(folder), **settings,
    }  # fmt: skip
    server = await asyncio.create_subprocess_exec(
        *before, sys.executable, "-m", "service", "serve", env=environment,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    assert server.stdout is not None
    output = asyncio.create_task(server.stdout.read())
    address = f"http://127.0.0.1:{port}"
    try:
        async with httpx.AsyncClient(base_url=address, timeout=40) as client:
            await _until_ready(client)
        yield Running(address, server, output)
    finally:
        if server.returncode is None:
            server.terminate()
            await asyncio.wait_for(server.wait(), 40)
        await output


def free_port() -> int:
    """Below those that the system gives to whoever connects: one of those may be taken before the
    server has it."""
    while True:
        port = _CHANCE.randrange(10_000, 32_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


async def _until_ready(client: httpx.AsyncClient) -> None:
    async with asyncio.timeout(60):
        while True:
            with suppress(httpx.TransportError):
                if (await client.get("/health/ready")).is_success:
                    return
            await asyncio.sleep(0.1)
