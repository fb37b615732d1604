"""Sessions with one server, kept for whoever asks next."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from functools import partial
from types import TracebackType
from typing import Any, TypeAlias

import asyncpg

from service import limits
from service.model.errors import Code, ServiceError
from service.store.failures import Translated, busy, translated
from service.store.servers.primary import Connect, RawConnection
from service.store.statements import Connection, name_of
from service.texts.sentences import sentence

OnStatement: TypeAlias = Callable[[str, float, bool], None]


class _Briefly(logging.Filter):
    """At each failover asyncpg tells with its whole stack that it opens no session yet, again and
    again; what failed is said in the line itself, once a try."""

    def filter(self, record: logging.LogRecord) -> bool:
        failure = record.exc_info[1] if record.exc_info else None
        if failure is not None:
            told = f"{type(failure).__name__}: {failure}".rstrip(": ")
            record.msg, record.args = "%s (%s)", (record.getMessage(), told)
            record.exc_info = record.exc_text = None
        return True


logging.getLogger("asyncpg.pool").addFilter(_Briefly())


class Pool:
    """Up to `size` stateless sessions, made by `connect`, which PostgreSQL knows by `name`.

    `is_pooled`: a pooler stands between that gives each transaction another session, so no
    statement is prepared under a name.
    """

    def __init__(
        self,
        connect: Connect,
        *,
        size: int,
        name: str,
        least: int = 1,
        is_pooled: bool = False,
    ) -> None:
        self._connect = connect
        self._size = size
        self._name = name
        self._least = least
        self._prepared = 0 if is_pooled else limits.STATEMENTS_PREPARED
        self._pool: asyncpg.Pool | None = None
        self._idle: list[Connection] = []
        self._is_closing = False
        self._n_waiting = 0

    async def open(self, on_statement: OnStatement | None = None) -> None:
        """Connect; `on_statement` is told the name and seconds of each statement and whether it
        failed. Raises ServiceError `database_unavailable`."""
        async with translated():
            self._pool = await asyncpg.create_pool(
                connect=self._new,
                min_size=self._least,
                max_size=self._size,
                timeout=limits.CONNECT_SECONDS,
                command_timeout=limits.STATEMENT_SECONDS,
                reset=_stateless,
                statement_cache_size=self._prepared,
                max_cacheable_statement_size=limits.PREPARED_CHARACTERS,
                max_cached_statement_lifetime=0,
                server_settings={"application_name": self._name},
                init=None if on_statement is None else partial(_telling, on_statement),
            )

    @property
    def connections(self) -> dict[str, int]:
        """How many are in use, how many idle, and how many wait for one."""
        if self._pool is None:
            return {"in_use": 0, "idle": 0, "waiting": 0}
        idle = self._pool.get_idle_size() + len(self._idle)
        in_use = self._pool.get_size() - idle
        return {"in_use": in_use, "idle": idle, "waiting": self._n_waiting}

    async def close(self) -> None:
        if self._pool is None:
            return
        self._is_closing = True
        while self._idle:
            await self._pool.release(self._idle.pop())
        try:
            await asyncio.wait_for(self._pool.close(), limits.STATEMENT_SECONDS)
        except TimeoutError:
            self._pool.terminate()

    def cut(self) -> None:
        """End every session at once, whatever it does; the pool is used no more."""
        if self._pool is not None:
            self._pool.terminate()

    def acquired(self, *, is_write: bool = False) -> AbstractAsyncContextManager[Connection]:
        """A session. Raises ServiceError `busy`, and whatever fails in it as a database failure."""
        return _Acquired(self, translated(is_write=is_write))

    async def take(self) -> Connection:
        """Raises ServiceError `busy`, `database_unavailable`."""
        if self._pool is None:
            raise ServiceError(Code.DATABASE_UNAVAILABLE, sentence("server.not_connected"))
        return await self._taken(self._pool)

    async def give_back(self, connection: Connection, *, is_whole: bool) -> None:
        """What it was taken for went well, or did not."""
        assert self._pool is not None, "it was taken from there"
        if is_whole:
            await self._given_back(self._pool, connection)
        else:
            await self._pool.release(connection, timeout=limits.ACQUIRE_SECONDS)

    async def _new(self, _: None, **options: Any) -> RawConnection:
        """As asyncpg's pool asks for one: with an address, which `connect` knows already."""
        return await self._connect(**options)

    async def _taken(self, pool: asyncpg.Pool) -> Connection:
        """One that was used before, without asking the pool, or one of the pool's."""
        while self._idle:
            connection = self._idle.pop()
            if _is_alive(connection):
                return connection
            await pool.release(connection)
        self._n_waiting += 1
        try:
            return await _patiently(pool)
        finally:
            self._n_waiting -= 1

    async def _given_back(self, pool: asyncpg.Pool, connection: Connection) -> None:
        """To whoever waits for one, or for all of them; else it is kept for the next read, as a
        session has no state that must be reset."""
        if self._n_waiting or self._is_closing or not _is_alive(connection):
            await pool.release(connection, timeout=limits.ACQUIRE_SECONDS)
        else:
            self._idle.append(connection)


class _Acquired(AbstractAsyncContextManager[Connection]):
    """A session for as long as the block lasts: of every read, so without a generator's frames."""

    __slots__ = ("_connection", "_pool", "_translated")

    def __init__(self, pool: Pool, translated: Translated) -> None:
        self._pool, self._translated = pool, translated

    async def __aenter__(self) -> Connection:
        async with self._translated:
            self._connection = await self._pool.take()
        return self._connection

    async def __aexit__(
        self, _: type[BaseException] | None, error: BaseException | None, __: TracebackType | None
    ) -> None:
        async with self._translated:
            await self._pool.give_back(self._connection, is_whole=error is None)
        if error is not None:
            self._translated.tell(error)


async def _telling(on_statement: OnStatement, connection: RawConnection) -> None:
    connection.add_query_logger(partial(_tell, on_statement))


def _tell(on_statement: OnStatement, query: asyncpg.connection.LoggedQuery) -> None:
    on_statement(name_of(query.query), query.elapsed, query.exception is not None)


async def _patiently(pool: asyncpg.Pool) -> Connection:
    try:
        return await pool.acquire(timeout=limits.ACQUIRE_SECONDS)
    except TimeoutError:
        raise busy() from None


def _is_alive(connection: Connection) -> bool:
    try:
        return not connection.is_closed()
    except asyncpg.InterfaceError:  # it was lost, and the pool has taken it back
        return False


async def _stateless(connection: Connection) -> None:
    """Sessions hold no state (no SET, no LISTEN), so a release needs no reset."""
