"""The index that a start reads from its file is the one that would be made."""

import asyncio
import gc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from service.search.index import Index
from service.search.retrieval import search, suggest
from service.store import search as documents
from service.store.database import Database
from service.usecases import search_indexes
from service.usecases.changes.revision_watcher import RevisionWatcher
from service.usecases.search_indexes import Indexes
from service.usecases.stored_index import StoredIndex
from tests.make import SMALL, VENDOR, put_all

Make = Callable[[], Indexes]
ASKED = ("acme", "p", "f", "月之", "deep", "akme", "nothing")


@pytest.fixture
def stored(tmp_path: Path, database: Database) -> StoredIndex:
    return StoredIndex(tmp_path, lambda: database.cursor_key)


@pytest.fixture
def worker(database: Database, stored: StoredIndex) -> Make:
    """Another process of the same machine."""
    return lambda: Indexes(RevisionWatcher(database), file=stored, large=0)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many documents each index was made of."""
    found, make = list[int](), search_indexes._made

    def watched(of: list[Any]) -> Index:
        found.append(len(of))
        return make(of)

    monkeypatch.setattr(search_indexes, "_made", watched)
    return found


async def assert_right(indexes: Indexes, database: Database) -> None:
    async with database.read() as snapshot:
        index, built = await indexes.get(snapshot), Index.of(await documents.load(snapshot))
    for q in ASKED:
        for find in (search, lambda of, q: suggest(of, q, limit=3)):
            found, right = find(index, q), find(built, q)
            assert found.scores.tolist() == right.scores.tolist()
            assert [index.documents[n] for n in found.order] == [
                built.documents[n] for n in right.order
            ]


async def test_a_second_worker_and_the_next_start_read_it(
    database: Database, worker: Make, made: list[int]
) -> None:
    await put_all(database, *SMALL)
    for _ in range(3):
        await assert_right(worker(), database)
    assert len(made) == 1


@pytest.mark.parametrize("is_seen_from", ["never", "empty", "small"])
async def test_a_large_base_is_stored_whatever_postgresql_knows_of_it(
    database: Database, stored: StoredIndex, is_seen_from: str
) -> None:
    if is_seen_from == "small":
        await put_all(database, *SMALL)
    if is_seen_from != "never":
        async with database.session(is_write=True) as connection:
            await connection.execute("ANALYZE")
    await put_all(database, *({**VENDOR, "id": f"v{n}"} for n in range(300)))
    for least, is_stored in ((2000, False), (200, True)):
        indexes = Indexes(RevisionWatcher(database), file=stored, large=least)
        await indexes.warm(database)
        await assert_right(indexes, database)
        assert (stored.read() is not None) is is_stored


async def test_what_was_written_since_is_in_it(
    database: Database, worker: Make, made: list[int]
) -> None:
    await put_all(database, *SMALL)
    await assert_right(worker(), database)
    await put_all(
        database, {**VENDOR, "name": "Deep"}, {"kind": "feature", "id": "g", "name": "月之"}
    )
    later = worker()
    await assert_right(later, database)
    await put_all(database, {**VENDOR, "name": "Acme again"})
    await assert_right(later, database)
    assert len(made) == 1


async def test_workers_that_start_together_make_it_once(
    database: Database, worker: Make, made: list[int]
) -> None:
    await put_all(database, *SMALL)
    await asyncio.gather(*(worker().warm(database) for _ in range(4)))
    assert len(made) == 1
    await assert_right(worker(), database)


def spoilt(stored: StoredIndex) -> None:
    content = bytearray(stored.path.read_bytes())
    content[len(content) // 2] ^= 1
    stored.path.write_bytes(content)


def cut_off(stored: StoredIndex) -> None:
    stored.path.write_bytes(stored.path.read_bytes()[:-9])


def emptied(stored: StoredIndex) -> None:
    stored.path.write_bytes(b"")


def in_the_way(stored: StoredIndex) -> None:
    stored.path.unlink()
    stored.path.mkdir()


@pytest.mark.parametrize("spoil", [spoilt, cut_off, emptied, in_the_way])
async def test_a_file_that_is_not_what_was_written_is_not_read(
    database: Database,
    stored: StoredIndex,
    worker: Make,
    made: list[int],
    spoil: Callable[[StoredIndex], None],
) -> None:
    await put_all(database, *SMALL)
    await assert_right(worker(), database)
    spoil(stored)
    await assert_right(worker(), database)
    assert len(made) == 2


async def test_a_file_of_another_base_or_version_is_not_read(
    database: Database, stored: StoredIndex, worker: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    await put_all(database, *SMALL)
    await assert_right(worker(), database)
    assert stored.read() is not None
    other = StoredIndex(stored.path.parent, lambda: b"another")
    assert other.read() is None
    stored.path.rename(other.path)
    assert other.read() is None
    other.path.rename(stored.path)
    monkeypatch.setattr("service.usecases.stored_index._version", lambda: b"later")
    assert stored.read() is None


async def test_a_revision_that_was_written_anew_is_another_one(
    database: Database, worker: Make, made: list[int]
) -> None:
    """As after an older backup was restored and written to."""
    await put_all(database, *SMALL)
    await assert_right(worker(), database)
    async with database.session(is_write=True) as connection:
        await connection.execute(
            "UPDATE revision SET recorded_at = recorded_at + interval '1 millisecond'"
        )
    await assert_right(worker(), database)
    assert len(made) == 2


async def test_the_garbage_collector_looks_at_no_index_again(
    database: Database, worker: Make
) -> None:
    await put_all(database, *SMALL)
    for _ in range(2):  # made, and read
        gc.collect()
        gc.unfreeze()
        async with database.read() as snapshot:
            index = await worker().get(snapshot)
        assert gc.isenabled()
        assert not any(one is index for one in gc.get_objects())


async def test_a_small_base_is_not_stored(database: Database, stored: StoredIndex) -> None:
    await put_all(database, *SMALL)
    indexes = Indexes(RevisionWatcher(database), file=stored)
    await indexes.warm(database)
    await assert_right(indexes, database)
    assert not stored.path.exists()
