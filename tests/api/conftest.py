"""What several tests of the API work with."""

from collections.abc import AsyncIterator

import pytest

from service.store.database import Database
from tests.answers import bearer
from tests.clients import Editor, served
from tests.make import new_key


@pytest.fixture
async def editor(own_bundled: Database) -> AsyncIterator[Editor]:
    """Writes upon the bundled data."""
    _, secret = await new_key(own_bundled, "curate")
    async with served(own_bundled) as client:
        yield Editor(client, bearer(secret))
