"""A service with the bundled data, and a key that may write, as the environment tells clients."""

from collections.abc import AsyncIterator

import pytest

from tests.make import new_key
from tests.postgres import BUNDLED, fresh
from tests.servers import serving


@pytest.fixture(scope="package")
async def service(
    templates: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[dict[str, str]]:
    async for database in fresh(templates, BUNDLED):
        _, key = await new_key(database, "write", "curate")
        async with serving(database, tmp_path_factory.mktemp("service")) as running:
            yield {"PARITY_URL": running.address, "PARITY_KEY": key}
