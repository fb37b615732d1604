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
    returns from a timeline that was left takes no more writes, and what is connected to it is cut.
    """

    def __init__(self, address: str) -> None:
        self.hosts = hosts_of(address)
        self._known: str | None = None
        self._timeline = 0
        self._made: WeakSet[RawConnection] = WeakSet()

    async def connect(self, **options: Any) -> RawConnection:
        """As asyncpg's, whose failures it raises."""
        if len(self.hosts) == 1:
            return await asyncpg.connect(self.hosts[0], **options)
        if self._known is not None:
            with suppress(*_FAILURES):
                connection, timeline = await _asked(self._known, options)
                if timeline >= max(1, self._timeline):
                    return self._taken(self._known, connection, timeline)
                connection.terminate()
        return await self._searched(options)

    async def _searched(self, options: dict[str, Any]) -> RawConnection:
        """All are asked at once: without that one who begins anew might meet the old one first."""
        asked = (_asked(host, options) for host in self.hosts)
        answers = await asyncio.gather(*asked, return_exceptions=True)
        found: list[tuple[int, str, RawConnection]] = []
        for host, answer in zip(self.hosts, answers, strict=True):
            if not isinstance(answer, BaseException):
                found.append((answer[1], host, answer[0]))
            elif not isinstance(answer, _FAILURES):
                raise answer
        best = max(found, key=lambda one: one[0], default=None)
        is_good = best is not None and best[0] >= max(1, self._timeline)
        for one in found:
            if one is not best or not is_good:
                one[2].terminate()
        if best is None or not is_good:
            raise ConnectionError("none of the hosts takes writes")
        return self._taken(best[1], best[2], best[0])

    def _taken(self, host: str, connection: RawConnection, timeline: int) -> RawConnection:
        if timeline > self._timeline:
            for old in list(self._made):
                old.terminate()
            self._made.clear()
            self._timeline = timeline
        self._known = host
        self._made.add(connection)
        return connection


async def _asked(host: str, options: dict[str, Any]) -> tuple[RawConnection, int]:
    """A connection to one host, and the timeline on which it takes writes."""
    async with asyncio.timeout(limits.HOST_SECONDS):
        connection = await asyncpg.connect(host, **options)
        try:
            return connection, int(await SQL["timeline"].value(connection))
        except BaseException:
            connection.terminate()
            raise


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
