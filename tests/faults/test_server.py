"""F19: a PostgreSQL that takes no writes for a while."""

from service.store.database import Database
from tests.clients import served
from tests.make import SMALL, new_key, put_all
from tests.postgres import database_name, sql


async def test_F19_who_may_only_read_reads_and_a_write_is_told(database: Database) -> None:
    await put_all(database, *SMALL)
    _, secret = await new_key(database, "write")
    headers = {"authorization": f"Bearer {secret}", "if-match": "*"}
    name = database_name(database.url)
    await sql(database, f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    async with served(database) as client:
        for given in ({}, {"authorization": headers["authorization"]}):
            for path in ("/v1/vendors", "/v1/vendors/acme?as_of=rev:1", "/v1/adoptions.csv"):
                read = await client.get(path, headers=given)
                assert read.status_code == 200, read.text
        ready = await client.get("/health/ready")
        assert (ready.status_code, ready.json()["checks"]["writes"]) == (200, "read_only")
        body = {"note": "later", "comment": "test"}
        written = await client.patch("/v1/vendors/acme", json=body, headers=headers)
        assert (written.status_code, written.json()["code"]) == (503, "database_read_only")
        assert "retry-after" in written.headers
