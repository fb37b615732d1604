"""The one door to Valkey or Redis: scripts, in batches, each within a short time or not at all."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha1
from typing import Any
from urllib.parse import urlsplit

from valkey.asyncio import Valkey
from valkey.exceptions import NoScriptError, ValkeyError

from service import limits

LOST_SECONDS = 5.0  # the client's own patience; a batch's is far less
Run = tuple[str, Sequence[float]]  # key and arguments
Words = tuple[str | float, ...]


class ValkeyFailed(Exception):
    """The server did not do its work; whether the script ran is not known."""


class Valkeys:
    """A connection for each batch under way; one that is given up takes its connection with it, so
    that no answer stays behind."""

    def __init__(self, url: str) -> None:
        self._client: Any = _client(url)  # its methods have no useful types

    async def run(self, script: str, runs: Sequence[Run]) -> list[Any]:
        """What the script answered to each. Raises ValkeyFailed.

        When the time is over the event loop gets some more rounds: one that was busy itself finds
        the time over before it finds the answer that came in time.
        """
        task = asyncio.create_task(self._results(script, runs))
        try:
            await asyncio.wait({task}, timeout=limits.VALKEY_SECONDS)
            for _ in range(limits.VALKEY_ROUNDS):
                if task.done():
                    break
                await asyncio.sleep(0)
        finally:
            task.cancel()
        if not task.done():
            raise ValkeyFailed(f"no answer in {limits.VALKEY_SECONDS * 1000:.0f} ms")
        if (error := task.exception()) is not None:
            raise ValkeyFailed(str(error) or type(error).__name__) from error
        return task.result()

    async def close(self) -> None:
        with suppress(ValkeyError, OSError):
            await self._client.aclose()

    async def _results(self, script: str, runs: Sequence[Run]) -> list[Any]:
        name = sha1(script.encode(), usedforsecurity=False).hexdigest()
        known: list[Words] = [("EVALSHA", name, 1, key, *given) for key, given in runs]
        results = await self._executed(known)
        unknown = [n for n, result in enumerate(results) if isinstance(result, NoScriptError)]
        if unknown:  # a new server, or SCRIPT FLUSH
            again: list[Words] = [("EVAL", script, 1, runs[n][0], *runs[n][1]) for n in unknown]
            for n, result in zip(unknown, await self._executed(again), strict=True):
                results[n] = result
        if failed := [result for result in results if isinstance(result, Exception)]:
            raise failed[0]
        return results

    async def _executed(self, commands: list[Words]) -> list[Any]:
        async with self._client.pipeline(transaction=False) as pipe:
            for words in commands:
                pipe.execute_command(*words)
            results: list[Any] = await pipe.execute(raise_on_error=False)
        return results


def _client(url: str) -> Any:
    """Certificates are checked with the host's name, unless the address says otherwise."""
    is_encrypted = urlsplit(url).scheme in ("valkeys", "rediss")
    return Valkey.from_url(
        url,
        socket_timeout=LOST_SECONDS,
        socket_connect_timeout=LOST_SECONDS,
        **({"ssl_check_hostname": True} if is_encrypted else {}),
    )
