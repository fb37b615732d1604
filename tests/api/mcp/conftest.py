"""What the tests of the protocol work with."""

from collections.abc import AsyncIterator

import httpx
import pytest

from service.store.database import Database
from tests.assistants import assisted


@pytest.fixture(scope="session")
async def assistant(bundled: Database) -> AsyncIterator[httpx.AsyncClient]:
    """Asks about the bundled data."""
    async with assisted(bundled) as client:
        yield client
