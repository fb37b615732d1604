"""The service does what openapi.json says: the small share of `make conformance`."""

import asyncio
from pathlib import Path

from bench.conformance.__main__ import ask
from service.store.database import Database
from tests import make
from tests.servers import serving

READS = ("--include-method=GET", "--phases=examples")


async def test_the_examples_of_all_reads_are_answered_as_documented(
    own_bundled: Database, tmp_path: Path
) -> None:
    _, key = await make.new_key(own_bundled, "admin")
    async with serving(own_bundled, tmp_path) as running:
        told = await asyncio.to_thread(ask, running.address, key, READS, is_shown=False)
    assert told.returncode == 0, told.stdout
