"""Nobody goes back in time: two applications, eight readers, two writers, and somebody who kills
the connections on which the applications listen."""

import asyncio
import random
from dataclasses import dataclass, field
from itertools import count

import httpx
import msgspec

from service.store.database import Database
from service.usecases.changes.shared_revision import shared_file
from tests.answers import bearer
from tests.clients import WHY, quota, watched
from tests.make import new_key
from tests.postgres import sql

PRODUCTS = ("kimi", "doubao")
WRITES = 12
DEAFEN = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND query LIKE '%max(replaced_in)%'"
    " AND pid <> pg_backend_pid()"
)


@dataclass
class Seen:
    """The newest that one reader has seen."""

    revision: int = 0
    notes: dict[str, int] = field(default_factory=dict)
    reads: int = 0

    def take(self, answer: httpx.Response) -> None:
        assert answer.status_code == 200, answer.text
        revision, record = int(answer.headers["dataset-revision"]), answer.json()
        note = int(record["note"] or 0) if (record["note"] or "0").isdigit() else 0
        assert revision >= self.revision
        assert note >= self.notes.get(record["id"], 0)
        self.revision, self.notes[record["id"]] = revision, note
        self.reads += 1


async def test_nobody_goes_back_in_time(own_bundled: Database) -> None:
    headers = bearer((await new_key(own_bundled, "write"))[1]) | {"if-match": "*"}
    is_over = asyncio.Event()

    async def read(client: httpx.AsyncClient, seed: int) -> None:
        seen, chance = Seen(), random.Random(seed)
        while not is_over.is_set() or seen.reads <= 5:
            query = chance.choice(("", "?lang=zh", f"?fields=id,note&lang=en&on=2026-0{seed}-01"))
            seen.take(await client.get(f"/v1/products/{chance.choice(PRODUCTS)}{query}"))
            await asyncio.sleep(0)

    async def write(clients: list[httpx.AsyncClient], product: str) -> None:
        address = f"/v1/products/{product}"
        for n in range(1, WRITES + 1):
            client, other = clients if n % 2 else clients[::-1]
            body = {"note": str(n), **WHY}
            written = await client.patch(address, json=body, headers=headers)
            assert written.status_code == 200, written.text
            for reader in (client, other):
                answer = await reader.get(address)
                assert answer.json()["note"] == str(n)
                committed = int(written.headers["dataset-revision"])
                assert int(answer.headers["dataset-revision"]) >= committed

    async def sabotage() -> None:
        for _ in count():
            await asyncio.sleep(0.15)
            await sql(own_bundled, DEAFEN)

    with shared_file() as path:
        settings = msgspec.structs.replace(quota(0), shared_file=path)
        async with (
            watched(own_bundled, settings) as (one, _),
            watched(own_bundled, settings) as (two, _),
        ):
            readers = [asyncio.create_task(read((one, two)[n % 2], n + 1)) for n in range(8)]
            saboteur = asyncio.create_task(sabotage())
            await asyncio.gather(write([one, two], "kimi"), write([two, one], "doubao"))
            is_over.set()
            await asyncio.gather(*readers)
            saboteur.cancel()
