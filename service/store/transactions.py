"""A session without a pool, and a transaction whose server may fall silent."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from asyncpg.transaction import Transaction

from service import limits
from service.store.failures import lost, translated
from service.store.servers.primary import Primary
from service.store.statements import Connection


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[Connection]:
    """A session with the primary, for as long as the block lasts. Raises what fails in it as a
    database failure."""
    async with translated():
        connection = await Primary(url).connect(timeout=limits.CONNECT_SECONDS)
        try:
            yield connection
        finally:
            await connection.close()


async def primary_of(url: str) -> str:
    """The address of the one host that takes writes, for programs that look for it in other ways.

    Raises ServiceError `database_unavailable`.
    """
    primary = Primary(url)
    if len(primary.hosts) == 1:
        return url
    async with translated():
        (await primary.connect(timeout=limits.CONNECT_SECONDS)).terminate()
    assert primary.known is not None, "it was found"
    return primary.known


@asynccontextmanager
async def answered(connection: Connection, transaction: Transaction) -> AsyncIterator[None]:
    """Inside the transaction. Where the server is there but says nothing, neither its beginning
    nor its end is waited for long, and a COMMIT without an answer may have been done. A ROLLBACK
    needs none: the session is given up and its transaction with it, and what went wrong is told."""
    async with _within(connection, limits.BEGIN_SECONDS):
        await transaction.start()
    try:
        yield
    except BaseException:
        with suppress(TimeoutError):
            async with _within(connection, limits.ANSWER_SECONDS):
                await transaction.rollback()
        raise
    try:
        await transaction.commit()
    except TimeoutError as error:
        connection.terminate()
        raise lost() from error


@asynccontextmanager
async def _within(connection: Connection, seconds: float) -> AsyncIterator[None]:
    """A session that does not answer in time is given up: what it is doing is not known."""
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError:
        connection.terminate()
        raise
