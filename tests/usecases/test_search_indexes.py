"""The index that was kept current is the index of everything, whatever was written."""

import random
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from service.search.documents import TYPES, Document
from service.search.index import Index
from service.search.retrieval import Found, search, suggest
from service.store import search as documents
from service.store.database import Database, Snapshot
from service.usecases import search_indexes
from service.usecases.changes.revision_watcher import RevisionWatcher
from service.usecases.search_indexes import Indexes
from tests.answers import bearer
from tests.clients import Editor, Importer, served
from tests.make import new_key, put_all
from tests.random_imports import (
    FEATURES,
    MARKETS,
    PAGES,
    PRODUCTS,
    VENDORS,
    base,
    change,
)

NAMES = ["One", "One more", "Two", "Page", "联网搜索", "月之暗面", "Deep research", "Deep Resarch"]
ASKED = ["one", "deep", "page two", "lwss", "one more page", "月之暗", "research", "makes a page"]


@pytest.fixture
async def importer(database: Database) -> AsyncIterator[Importer]:
    _, secret = await new_key(database, "curate")
    async with served(database) as client:
        yield Importer(client, database, bearer(secret))


def told(index: Index, found: Found) -> tuple[Any, ...]:
    documents = [index.documents[n] for n in found.order.tolist()]
    return documents, found.scores.tolist(), found.total, found.counts, found.is_named


def in_order(found: list[Document]) -> list[Document]:
    return sorted(found, key=lambda d: (TYPES.index(d.type), d.id))


async def assert_current(indexes: Indexes, database: Database) -> None:
    async with database.read() as snapshot:
        kept, fresh = await indexes.get(snapshot), await documents.load(snapshot)
    built = Index.of(fresh)
    living = [one for piece in kept.pieces for one in piece.documents]
    assert in_order(living) == in_order(fresh)
    for q in ASKED:
        assert told(kept, search(kept, q)) == told(built, search(built, q)), q
        most = told(built, suggest(built, q, limit=3))
        assert told(kept, suggest(kept, q, limit=3)) == most, q


def written(rng: random.Random) -> Iterator[dict[str, Any]]:
    """What else documents tell of: names, groups, versions, definitions, markets of features."""
    yield {
        "kind": "vendor",
        "id": rng.choice(VENDORS),
        "name": rng.choice(NAMES),
        "country": rng.choice(["US", "CN", None]),
        "aliases": rng.sample(NAMES, 1),
    }
    yield {
        "kind": "group",
        "id": rng.choice("gh"),
        "name": rng.choice(NAMES),
        "vendors": rng.sample(VENDORS, 2),
    }
    yield {"kind": "market", "id": rng.choice(MARKETS), "name": rng.choice(NAMES)}
    yield {
        "kind": "feature",
        "id": rng.choice(FEATURES),
        "name": rng.choice(NAMES),
        "markets": rng.sample(MARKETS, 2),
        "definition": f"Makes a {rng.choice(NAMES)}.",
    }
    yield {
        "kind": "version",
        "product": rng.choice(PRODUCTS),
        "name": rng.choice(NAMES),
        "date": "2024-05",
        "sources": [rng.choice(PAGES)],
    }


async def step(importer: Importer, rng: random.Random, imports: list[str]) -> None:
    """An import, or one taken back, or a record merged or retired; refusals change nothing."""
    editor = Editor(importer.client, importer.headers)
    kind, ids = rng.choice([("vendors", VENDORS), ("products", PRODUCTS), ("features", FEATURES)])
    one, other = rng.sample(ids, 2)
    dice = rng.random()
    if dice < 0.5:
        records = change(rng) if rng.random() < 0.4 else rng.sample(list(written(rng)), 2)
        imports.append((await importer.send(*records)).json().get("href", ""))
    elif dice < 0.65 and imports[-1:] > [""]:
        await editor.send("POST", f"{imports.pop()}/revert?comment=wrong")
    elif dice < 0.85:
        await editor.send("POST", f"/v1/{kind}/{one}/merge", {"into": other, "comment": "same"})
    else:
        await editor.send("DELETE", f"/v1/{kind}/{one}?comment=gone", if_match="*")


@pytest.mark.parametrize("seed", range(4))
async def test_after_random_writes_it_is_as_if_made_anew(importer: Importer, seed: int) -> None:
    rng = random.Random(seed)
    indexes = Indexes(RevisionWatcher(importer.database))
    imports: list[str] = []
    assert (await importer.send(*base(rng))).status_code == 200
    await assert_current(indexes, importer.database)
    before = await importer.database.revision()
    for _ in range(16):
        for _ in range(rng.randint(1, 2)):
            await step(importer, rng, imports)
        await assert_current(indexes, importer.database)
    assert await importer.database.revision() > before + 3


PRODUCT = {"kind": "product", "id": "p", "vendor": "v", "name": "One", "markets": ["m"]}
NAMED = [
    {"kind": "vendor", "id": "v", "name": "One", "country": "US"},
    {"kind": "vendor", "id": "w", "name": "Two", "country": "US"},
    {"kind": "market", "id": "m", "name": "Page"},
    {
        "kind": "feature",
        "id": "f",
        "name": "Deep research",
        "markets": ["m"],
        "definition": "Deep.",
    },
    {"kind": "group", "id": "g", "name": "Twins", "vendors": ["v", "w"]},
    PRODUCT,
]
FACT = {"kind": "adoption", "product": "p", "feature": "f", "stage": "ga", "sources": ["urn:a"]}


@pytest.mark.parametrize(
    "written",
    [
        {"kind": "vendor", "id": "v", "name": "Page", "country": "CN"},
        {"kind": "market", "id": "m", "name": "Two pages"},
        {"kind": "group", "id": "g", "name": "One page", "vendors": ["w"]},
        {"kind": "version", "product": "p", "name": "Page 2", "date": "2024", "sources": ["urn:a"]},
        {**FACT, "date": "2024-03"},
        {"kind": "product", "id": "p", "vendor": "w", "name": "One", "markets": ["m"]},
        {"kind": "source", "url": "urn:a", "title": "Page"},
    ],
    ids=lambda record: str(record["kind"]),
)
async def test_what_others_tell_of_a_record_is_written_anew_too(
    database: Database, written: dict[str, Any]
) -> None:
    indexes = Indexes(RevisionWatcher(database))
    await put_all(database, *NAMED)
    await assert_current(indexes, database)
    before = await database.revision()
    await put_all(database, written)
    assert await database.revision() > before
    await assert_current(indexes, database)


async def test_a_write_reads_only_what_it_touched(
    own_bundled: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    indexes = Indexes(RevisionWatcher(own_bundled))
    await assert_current(indexes, own_bundled)
    asked: list[Any] = []
    load = documents.load

    async def watched(snapshot: Snapshot, only: Any = None) -> list[Document]:
        asked.append(only)
        return await load(snapshot, only)

    monkeypatch.setattr(search_indexes.documents, "load", watched)
    vendor = {"kind": "vendor", "id": "moonshot-ai", "name": "Moonshot"}
    await put_all(own_bundled, vendor)
    async with own_bundled.read() as snapshot:
        index = await indexes.get(snapshot)
        again = await indexes.get(snapshot)
    assert again is index
    assert [set(only) for only in asked] == [{"vendor", "product", "group"}]
    assert asked[0]["vendor"] == {"moonshot-ai"}
    assert "kimi" in asked[0]["product"]
    monkeypatch.undo()
    await assert_current(indexes, own_bundled)


async def test_what_search_does_not_tell_leaves_the_index_as_it_is(own_bundled: Database) -> None:
    indexes = Indexes(RevisionWatcher(own_bundled))
    async with own_bundled.read() as snapshot:
        before = await indexes.get(snapshot)
    async with own_bundled.write(actor="test", comment="test") as (connection, _):
        await connection.execute("UPDATE investment SET note = 'told' WHERE id LIKE 'inv%'")
    async with own_bundled.read() as snapshot:
        assert await indexes.get(snapshot) is before
