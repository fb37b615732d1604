"""What several tests of the API work with."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from asyncpg.connection import LoggedQuery

from service.store.database import Connection, Database
from tests.answers import bearer
from tests.clients import Editor, served
from tests.make import new_key


@pytest.fixture
async def editor(own_bundled: Database) -> AsyncIterator[Editor]:
    """Writes upon the bundled data."""
    _, secret = await new_key(own_bundled, "curate")
    async with served(own_bundled) as client:
        yield Editor(client, bearer(secret))


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What runs, BEGIN and COMMIT too, but for what counts requests."""
    found, acquired = list[str](), Database._acquired

    def note(query: LoggedQuery) -> None:
        if " quota" not in query.query:
            found.append(query.query)

    @asynccontextmanager
    async def listening(*given: Any, **more: Any) -> AsyncIterator[Connection]:
        async with acquired(*given, **more) as connection:
            connection.add_query_logger(note)
            try:
                yield connection
            finally:
                connection.remove_query_logger(note)
                await asyncio.sleep(0)  # who listens is told in the next turn

    monkeypatch.setattr(Database, "_acquired", listening)
    return found
