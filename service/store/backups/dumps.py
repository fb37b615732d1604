"""pg_dump and pg_restore, of our own PostgreSQL, as streams of bytes."""

import asyncio
import os
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from urllib.parse import unquote, urlsplit

from service.model.errors import Code, ServiceError
from service.store.embedded import tool
from service.texts.sentences import sentence

CHUNK = 1 << 20
_SAME_FOR_ALL = ("--no-owner", "--no-privileges")
_WHOLE_OR_NOTHING = ("--single-transaction", "--exit-on-error")


async def dumped(url: str, moment: str) -> AsyncIterator[bytes]:
    """The database at the moment of that name, compressed. Raises ServiceError `internal_error`."""
    options = ("--format=custom", f"--snapshot={moment}", *_SAME_FOR_ALL)
    async with _running("pg_dump", url, *options) as process:
        assert process.stdout is not None
        while part := await process.stdout.read(CHUNK):
            yield part


async def restored(url: str, parts: Iterable[bytes]) -> None:
    """All of it in one transaction, or nothing. Raises ServiceError `internal_error`."""
    async with _running("pg_restore", url, *_WHOLE_OR_NOTHING, *_SAME_FOR_ALL) as process:
        assert process.stdin is not None
        try:
            for part in parts:
                process.stdin.write(part)
                await process.stdin.drain()
            process.stdin.close()
        except ConnectionError:
            return  # it has ended, and says why


@asynccontextmanager
async def _running(name: str, url: str, *options: str) -> AsyncIterator[Process]:
    """The program on that database, to its end; its last line is why it failed."""
    address, environment = _without_password(url)
    command = (str(tool(name)), *options, f"--dbname={address}")
    process = await asyncio.create_subprocess_exec(
        *command, stdin=PIPE, stdout=PIPE, stderr=PIPE, env=environment
    )
    assert process.stderr is not None
    said = asyncio.create_task(process.stderr.read())
    try:
        yield process
        if await process.wait():
            lines = (await said).decode(errors="replace").strip().splitlines() or [""]
            detail = sentence("backups.tool", program=name, said=lines[-1])
            raise ServiceError(Code.INTERNAL_ERROR, detail)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
        await said


def _without_password(url: str) -> tuple[str, dict[str, str]]:
    """The address and the environment that holds the password: a command line is seen by others."""
    parts = urlsplit(url)
    if parts.password is None:
        return url, dict(os.environ)
    user, _, place = parts.netloc.rpartition("@")
    shown = parts._replace(netloc=f"{user.partition(':')[0]}@{place}").geturl()
    return shown, {**os.environ, "PGPASSWORD": unquote(parts.password)}
