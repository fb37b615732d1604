"""A database that is not there yet when a worker starts."""

from typing import Any

import asyncpg
import pytest

from service.model.errors import Code, ServiceError
from service.store import secrets
from service.store.database import Connection, Database

AWAY = [
    ConnectionRefusedError(),
    FileNotFoundError(),
    asyncpg.CannotConnectNowError("the database system is starting up"),
]


async def test_who_starts_while_the_database_does_waits_for_it(
    bundled: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect, failing = asyncpg.create_pool, iter(AWAY)

    async def soon(*given: Any, **options: Any) -> Any:
        if (error := next(failing, None)) is not None:
            raise error
        return await connect(*given, **options)

    monkeypatch.setattr(asyncpg, "create_pool", soon)
    opened = Database(bundled.url, pool_size=1)
    await opened.open(patience=60)
    assert await opened.revision() == await bundled.revision()
    await opened.close()


@pytest.mark.parametrize("error", AWAY)
async def test_who_has_no_patience_is_told(
    bundled: Database, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    async def never(*_: Any, **__: Any) -> Any:
        raise error

    monkeypatch.setattr(asyncpg, "create_pool", never)
    with pytest.raises(ServiceError) as refused:
        await Database(bundled.url).open()
    assert refused.value.code == Code.DATABASE_UNAVAILABLE


async def test_who_loses_the_database_while_starting_tries_again(
    bundled: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, failing = secrets.get, iter([asyncpg.ConnectionDoesNotExistError("closed")])

    async def soon(connection: Connection, name: str) -> bytes:
        if (error := next(failing, None)) is not None:
            raise error
        return await read(connection, name)

    monkeypatch.setattr(secrets, "get", soon)
    opened = Database(bundled.url, pool_size=1)
    await opened.open(patience=60)
    assert opened.cursor_key == bundled.cursor_key
    assert await opened.revision() == await bundled.revision()
    await opened.close()
