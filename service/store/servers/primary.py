"""The server that takes writes, of those that an address names."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, TypeAlias
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit
from weakref import WeakSet

import asyncpg

from service import limits
from service.store.statements import load

RawConnection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"
Connect: TypeAlias = Callable[..., Awaitable[RawConnection]]
_FAILURES = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError)
SQL = load("servers")


class Primary:
    """Of several hosts, the one that takes writes on the highest timeline there is.

    Each host has a time of its own to answer: one that hangs keeps nobody from the others. Whoever
    returns from a timeline that was left takes no more writes, and what is connected to it is cut;
    so is what waits for it. `known` is its address, once it was found among several.
    """

    def __init__(self, address: str) -> None:
        self.hosts = hosts_of(address)
        self.known: str | None = None
        self._timeline = 0
        self._made: WeakSet[RawConnection] = WeakSet()
        self._asking: dict[asyncio.Timeout, str] = {}

    async def connect(self, **options: Any) -> RawConnection:
        """As asyncpg's, whose failures it raises."""
        if len(self.hosts) == 1:
            return await asyncpg.connect(self.hosts[0], **options)
        tried = set[str]()
        while self.known is not None and self.known not in tried:
            host = self.known
            tried.add(host)
            with suppress(*_FAILURES):
                return self._taken(*await self._asked(host, options))
        return await self._searched(options)

    async def watch(self, **options: Any) -> None:
        """Until cancelled: look at every host. One that says nothing is missed by nobody; that
        another was promoted is seen there."""
        if len(self.hosts) > 1:
            options = {"statement_cache_size": 0, **options}  # a pooler may stand between
            await asyncio.gather(*(self._watched(host, options) for host in self.hosts))

    async def _watched(self, host: str, options: dict[str, Any]) -> None:
        while True:
            with suppress(*_FAILURES):
                connection, _ = await self._asked(host, options)
                try:
                    await self._looks(host, connection)
                finally:
                    connection.terminate()
            await asyncio.sleep(limits.HOST_LOOK_SECONDS)

    async def _looks(self, host: str, connection: RawConnection) -> None:
        while True:
            await asyncio.sleep(limits.HOST_LOOK_SECONDS)
            async with asyncio.timeout(limits.HOST_SECONDS):
                self._note(host, await timeline_of(connection))

    async def _searched(self, options: dict[str, Any]) -> RawConnection:
        """All are asked at once: without that one who begins anew might meet the old one first."""
        asked = (self._asked(host, options) for host in self.hosts)
        answers = await asyncio.gather(*asked, return_exceptions=True)
        found: list[tuple[RawConnection, int]] = []
        for answer in answers:
            if not isinstance(answer, BaseException):
                found.append(answer)
            elif not isinstance(answer, _FAILURES):
                raise answer
        found.sort(key=lambda one: one[1])
        for left in found[:-1]:
            left[0].terminate()
        if not found:
            raise ConnectionError("none of the hosts answers")
        return self._taken(*found[-1])

    async def _asked(self, host: str, options: dict[str, Any]) -> tuple[RawConnection, int]:
        """A connection to one host, and the timeline on which it takes writes."""
        async with asyncio.timeout(limits.HOST_SECONDS) as patience:
            self._asking[patience] = host
            try:
                connection = await asyncpg.connect(host, **options)
                try:
                    timeline = await timeline_of(connection)
                except BaseException:
                    connection.terminate()
                    raise
            finally:
                del self._asking[patience]
        self._note(host, timeline)
        return connection, timeline

    def _note(self, host: str, timeline: int) -> None:
        """A later timeline than the known one has its primary there; all others are left."""
        if timeline <= self._timeline:
            return
        is_news, self.known, self._timeline = self._timeline > 0, host, timeline
        for old in list(self._made):
            old.terminate()
        self._made.clear()
        for patience, asked in self._asking.items():
            if is_news and asked != host and not patience.expired():
                patience.reschedule(asyncio.get_running_loop().time())

    def _taken(self, connection: RawConnection, timeline: int) -> RawConnection:
        """Raises ConnectionError where it takes no writes, or not those that are wanted."""
        if timeline < max(1, self._timeline):
            connection.terminate()
            raise ConnectionError("none of the hosts takes writes")
        self._made.add(connection)
        return connection


async def timeline_of(connection: RawConnection) -> int:
    """On which it takes writes; 0: on none."""
    return int(await SQL["timeline"].value(connection))


def hosts_of(address: str) -> list[str]:
    """The address of each host of `postgresql://one,two:5433/parity`, or of `?host=one,two`."""
    parts = urlsplit(address)
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    user, at, named = parts.netloc.rpartition("@")
    hosts, ports = options.get("host", "").split(","), options.get("port", "").split(",")
    if len(named.split(",")) == len(hosts) == 1:
        return [address]
    options.pop("target_session_attrs", None)
    if len(hosts) == 1:
        return [
            _address(parts._replace(netloc=f"{user}{at}{h}"), options) for h in named.split(",")
        ]
    if len(ports) == 1:
        ports *= len(hosts)
    one_each = zip(hosts, ports, strict=True)
    return [
        _address(parts, {**options, "host": host} | ({"port": port} if port else {}))
        for host, port in one_each
    ]


def _address(parts: SplitResult, options: dict[str, str]) -> str:
    return parts._replace(query=urlencode(options)).geturl()
