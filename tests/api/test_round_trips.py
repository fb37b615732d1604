"""What the service gives can be sent back to it: every list, as NDJSON and as CSV, changes nothing."""

from collections.abc import AsyncIterator

import pytest

from service.query.fields import Collection
from service.query.registry import COLLECTIONS
from service.store.database import Database
from tests.answers import bearer
from tests.clients import Importer, served
from tests.make import new_key


@pytest.fixture
async def importer(own_bundled: Database) -> AsyncIterator[Importer]:
    _, secret = await new_key(own_bundled, "write")
    async with served(own_bundled) as client:
        yield Importer(client, own_bundled, bearer(secret))


@pytest.mark.parametrize("collection", COLLECTIONS, ids=[c.name for c in COLLECTIONS])
@pytest.mark.parametrize("suffix", ["ndjson", "csv"])
async def test_a_downloaded_list_changes_nothing(
    importer: Importer, collection: Collection, suffix: str
) -> None:
    before = await importer.database.revision()
    file = (await importer.get(f"/v1/{collection.name}.{suffix}")).content
    is_csv = suffix == "csv"
    answer = await (importer.csv(collection.kind, file) if is_csv else importer.post(file))
    assert answer.status_code == 200, answer.text
    counts = answer.json()["counts"]
    assert counts["rows"] == counts["unchanged"] > 0 or collection.name == "offerings"
    assert await importer.database.revision() == before
