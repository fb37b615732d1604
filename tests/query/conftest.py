"""A small made-up base in two revisions, and all of its rows in memory."""

from collections.abc import AsyncIterator

import pytest

from service.store.database import Database
from service.usecases.imports.files import load
from tests.make import lines
from tests.postgres import EMPTY, fresh
from tests.slow.filters import World
from tests.worlds import EVERYTHING, REVISIONS, base, world


@pytest.fixture(scope="module")
async def made(templates: str) -> AsyncIterator[Database]:
    """Two revisions, the second of which changes and adds records."""
    async for database in fresh(templates, EMPTY):
        first = await load(database, lines(*base(1)), comment="one")
        second = await load(database, lines(*base(2)), comment="two")
        assert (first.failed, second.failed) == (0, 0), first.faults + second.faults
        yield database


@pytest.fixture(scope="module")
async def worlds(made: Database) -> dict[tuple[str, str], World]:
    found = {}
    for as_of in REVISIONS:
        async with made.read(as_of) as snapshot:
            found |= {(c.name, as_of): await world(snapshot, c) for c in EVERYTHING}
    assert all(len(w.rows) > 5 for w in found.values())
    return found
