"""The one door to Valkey or Redis: scripts, in batches, each within a short time or not at all."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha1
from typing import Any
from urllib.parse import urlsplit

from valkey.asyncio import Valkey
from valkey.exceptions import NoScriptError, ValkeyError

from service import limits

LOST_SECONDS = 5.0  # the client's own patience; a batch's is far less


class ValkeyFailed(Exception):
    """The server did not do its work; whether the script ran is not known."""


@dataclass(frozen=True)
class _Asked:
    """One run of a script; whoever asked may have gone away."""

    script: str
    key: str
    given: Sequence[int]
    answer: asyncio.Future[list[int]]

    def words(self, *, is_known: bool) -> Sequence[str | int]:
        """The command; the server may have the script by its name already."""
        name = sha1(self.script.encode(), usedforsecurity=False).hexdigest()
        start = ("EVALSHA", name) if is_known else ("EVAL", self.script)
        return (*start, 1, self.key, *self.given)

    def settle(self, result: Any) -> None:
        """Hand over what the server, or the client, said."""
        if self.answer.done():
            return
        if isinstance(result, Exception):
            self.answer.set_exception(ValkeyFailed(str(result) or type(result).__name__))
        else:
            self.answer.set_result(result)


class Valkeys:
    """What is asked while a batch is under way is the next batch: one connection, one at a time.

    Nobody waits much longer than `limits.VALKEY_SECONDS`, and twice that behind another batch. A
    caller who goes away leaves the batch alone, so that no answer stays behind on a connection.
    """

    def __init__(self, url: str) -> None:
        self._client: Any = _client(url)  # its methods have no useful types
        self._waiting: list[_Asked] = []
        self._sender: asyncio.Task[None] | None = None

    async def run(self, script: str, key: str, given: Sequence[int]) -> list[int]:
        """The script's answer. Raises ValkeyFailed."""
        answer = asyncio.get_running_loop().create_future()
        self._waiting.append(_Asked(script, key, given, answer))
        if self._sender is None or self._sender.done():
            self._sender = asyncio.create_task(self._send())
        result: list[int] = await answer
        return result

    async def close(self) -> None:
        if self._sender is not None:
            self._sender.cancel()
            await asyncio.wait({self._sender})
        with suppress(ValkeyError, OSError):
            await self._client.aclose()

    async def _send(self) -> None:
        """Until nobody waits; after a failure nobody waits either."""
        batch: list[_Asked] = []
        try:
            while self._waiting:
                batch = [asked for asked in self._waiting if not asked.answer.done()]
                self._waiting.clear()
                for asked, result in zip(batch, await self._in_time(batch), strict=True):
                    asked.settle(result)
        except (ValkeyFailed, asyncio.CancelledError) as error:
            for asked in (*batch, *self._waiting):
                asked.settle(ValkeyFailed(str(error) or "closed"))
            self._waiting.clear()

    async def _in_time(self, batch: list[_Asked]) -> list[object]:
        """Raises ValkeyFailed.

        When the time is over the event loop gets some more rounds: one that was busy itself finds
        the time over before it finds the answer that came in time.
        """
        task = asyncio.create_task(self._sent(batch))
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

    async def _sent(self, batch: list[_Asked]) -> list[object]:
        results = await self._executed([asked.words(is_known=True) for asked in batch])
        unknown = [n for n, result in enumerate(results) if isinstance(result, NoScriptError)]
        if unknown:  # a new server, or SCRIPT FLUSH
            again = await self._executed([batch[n].words(is_known=False) for n in unknown])
            for n, result in zip(unknown, again, strict=True):
                results[n] = result
        return results

    async def _executed(self, commands: list[Sequence[str | int]]) -> list[object]:
        async with self._client.pipeline(transaction=False) as pipe:
            for words in commands:
                pipe.execute_command(*words)
            results: list[object] = await pipe.execute(raise_on_error=False)
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
