"""A read says which tables it stands on, so that a write elsewhere leaves its answer as it is."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import asyncpg
import httpx
import pytest
from asyncpg.connection import LoggedQuery

from service.api.http.examples import REQUESTS
from service.query.fields import Collection
from service.query.grouping import is_groupable
from service.query.paths import Path, paths
from service.query.registry import BY_NAME, COLLECTIONS
from service.query.relations import embeddings
from service.query.sorting import is_sortable
from service.store.database import Connection, Database, Snapshot
from service.store.snapshots import WHOLE_BASE
from tests.clients import served
from tests.make import SOURCE, put_all
from tests.routes import application, filled, operations

TABLES = {collection.table for collection in COLLECTIONS}
READ = re.compile(r"\b(?:FROM|JOIN) \(*(?:public\.)?([a-z_]+)")
CHANGES = {
    "names": """'{"en": "Other", "zh": "别的"}'""",
    "note": "'other'",
    "evidence": "'unsourced'",
    **dict.fromkeys(
        ("date", "since", "until", "launched", "founded", "period", "published", "tracked_since"),
        "'2001-02-03'",
    ),
}
SCARCE = (  # of the kinds that the bundled data has none of
    {"kind": "group", "id": "g", "name": "G", "vendors": ["openai"], "sources": SOURCE},
    {
        "kind": "offering",
        "product": "kimi",
        "reseller": "r",
        "model": "m",
        "date": "2024",
        "sources": SOURCE,
    },
)
MORE = (
    "/v1/products?market_ids=chat-assistants&vendor.country=CN&sort=vendor.name&limit=3",
    "/v1/products?filter=adoptions.feature_id:memory&limit=3",
    "/v1/adoptions?product_id=kimi&include=product.vendor&limit=3",
    "/v1/products/kimi?include=adoptions.feature",
    "/v1/products/kimi?fields=id,vendor.name",
    "/v1/products/kimi/adoptions?limit=3",
    "/v1/products/kimi/history",
    "/v1/products?q=kimi",
    "/v1/features.csv",
    "/v1/timeline?limit=5",
    "/v1/timeline.atom",
    "/v1/exports/products.csv.gz",
    "/v1/quality/issues?limit=5",
    "/v1/coverage",
    "/v1/search?q=kimi",
    "/v1/suggest?q=ki",
    "/v1/aggregate/adoptions?group_by=feature_id&product.market_ids=chat-assistants&limit=5",
    "/v1/markets/chat-assistants/homogenization?on=2026-11-01",
    "/v1/markets/chat-assistants/homogenization?on=2026-11-01&vendor.country=CN",
    "/v1/markets/chat-assistants/monetization?on=2026-11-01",
    "/v1/compare?products=kimi,doubao&on=2026-11-01",
)
OF_THE_CODE = (
    "/methods",
    "/methods/time-to-copy",
    "/v1/methods",
    "/v1/methods/time-to-copy",
    "/v1/schema",
)  # they read no table


@dataclass
class Watch:
    """The snapshots that requests took, and the statements that ran in them."""

    snapshots: list[Snapshot] = field(default_factory=list)
    statements: list[str] = field(default_factory=list)
    is_reading: bool = False

    @property
    def tables(self) -> set[str]:
        return set().union(*(snapshot.tables for snapshot in self.snapshots))

    @property
    def read(self) -> set[str]:
        """The tables that the statements name, links and histories as those that they are of."""
        named = {name for text in self.statements for name in READ.findall(text)}
        return {owner for name in named if (owner := _owner(name))}


def _owner(name: str) -> str:
    if name == "tombstone":
        return name
    found = [table for table in TABLES if name == table or name.startswith(f"{table}_")]
    return max(found, key=len, default="")


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    watched, read, acquired = Watch(), Database.read, Database._acquired

    def note(query: LoggedQuery) -> None:
        watched.statements.append(query.query)

    @asynccontextmanager
    async def listening(*given: Any, **more: Any) -> AsyncIterator[Connection]:
        """What reads takes no connection before its first statement."""
        async with acquired(*given, **more) as connection:
            if watched.is_reading:
                connection.add_query_logger(note)
            try:
                yield connection
            finally:
                with suppress(asyncpg.InterfaceError):  # it was given back before
                    connection.remove_query_logger(note)
                await asyncio.sleep(0)  # who listens is told in the next turn

    @asynccontextmanager
    async def watching(*given: Any, **more: Any) -> AsyncIterator[Snapshot]:
        watched.is_reading = True
        try:
            async with read(*given, **more) as snapshot:
                watched.snapshots.append(snapshot)
                yield snapshot
        finally:
            watched.is_reading = False

    monkeypatch.setattr(Database, "_acquired", listening)
    monkeypatch.setattr(Database, "read", watching)
    return watched


@pytest.fixture
async def client(bundled: Database) -> AsyncIterator[httpx.AsyncClient]:
    """One that remembers nothing of other tests, and leaves nothing to them."""
    async with served(bundled) as opened:
        yield opened


def targets() -> list[str]:
    """An address of each read of the base, and more of those that read in other ways."""
    found = list(MORE)
    for path, method, handler in operations(application()):
        operation = handler.opt.get("operation")
        if method != "GET" or operation is None or operation.validator == "none":
            continue
        if operation.shape is None:
            found.append(REQUESTS.get(operation.id) or _asked(filled(path)))
    return sorted(set(found))


def _asked(path: str) -> str:
    """With what it must be asked."""
    _, _, name = path.partition("/v1/aggregate/")
    if name:
        return f"{path}?group_by={next(p.name for p in grouped_by(BY_NAME[name]))}"
    asked = {
        "/v1/diff": "/v1/diff?collection=products&from=rev:1",
        "/facts": "/facts?of=/v1/markets/chat-assistants/homogenization",
    }
    return asked.get(path, path)


def grouped_by(collection: Collection) -> Iterator[Path]:
    return (path for path in paths(collection).values() if is_groupable(path))


async def test_no_table_is_read_that_is_not_noted(client: httpx.AsyncClient, watch: Watch) -> None:
    silent: dict[str, set[str]] = {}
    for target in targets():
        watch.snapshots, watch.statements = [], []
        status = (await client.get(target)).status_code
        assert status in (200, 404), target
        assert watch.tables or status == 404 or target in OF_THE_CODE, target
        if WHOLE_BASE not in watch.tables and (lost := watch.read - watch.tables):
            silent[target] = lost
    assert silent == {}


async def test_what_is_kept_in_memory_notes_what_it_was_read_from(
    client: httpx.AsyncClient, watch: Watch
) -> None:
    for target in ("/v1/search?q=kimi", "/v1/markets/chat-assistants/homogenization"):
        await client.get(target)
        watch.snapshots = []
        await client.get(f"{target}{'&' if '?' in target else '?'}lang=zh")
        assert {"product", "vendor", "feature"} <= watch.tables


async def test_a_day_that_may_still_get_a_revision_stands_on_everything(
    client: httpx.AsyncClient, watch: Watch
) -> None:
    for as_of, expected in (("2999-01-01", True), ("rev:1", False)):
        watch.snapshots = []
        await client.get(f"/v1/products/kimi?as_of={as_of}")
        assert (WHOLE_BASE in watch.tables) is expected


async def test_a_write_to_another_table_leaves_an_answer_as_it_is(
    own_bundled: Database, watch: Watch
) -> None:
    async with served(own_bundled) as client:
        await put_all(own_bundled, *SCARCE)
        asked = [target for c in COLLECTIONS for target in await of_collection(client, c)]
        answers = {target: await answer(client, watch, target) for target in (*asked, *MORE)}
        wrong = []
        for table in sorted(TABLES):
            await change(own_bundled, table)
            for target, (before, tables) in answers.items():
                if {WHOLE_BASE, table} & tables:
                    answers[target] = await answer(client, watch, target)
                elif (await answer(client, watch, target))[0] != before:
                    wrong.append((table, target))
    assert wrong == []


async def of_collection(client: httpx.AsyncClient, collection: Collection) -> list[str]:
    """Its list, a record and groups, in several ways."""
    at, known = f"/v1/{collection.name}", paths(collection).values()
    (first,) = (await client.get(f"{at}?limit=1")).json()["data"]
    brought = [name for name, e in embeddings(collection).items()]
    related = [p.name for p in known if p.hops and is_sortable(p)][:3]
    grouped = [p.name for p in grouped_by(collection)][:3]
    return [
        f"{at}?limit=5",
        f"{at}?limit=5&fields=id,evidence" if collection.field("evidence") else at,
        *(f"{at}?limit=5&include={name}" for name in brought),
        *(f"{at}?limit=5&sort={name}" for name in related),
        *(f"/v1/aggregate/{collection.name}?group_by={name}&limit=5" for name in grouped),
        *(f"{at}?limit=5&{f.name}={value}" for f, value in _pointed(collection, first)),
        f"{at}/{first['id']}",
        *(f"{at}/{first['id']}?include={name}" for name in brought),
    ]


def _pointed(collection: Collection, shown: dict[str, Any]) -> Iterator[tuple[Any, str]]:
    for reference in collection.references:
        value = shown[reference.name]
        if value and reference.to in BY_NAME:
            yield reference, value[0] if isinstance(value, list) else value


async def answer(client: httpx.AsyncClient, watch: Watch, target: str) -> tuple[str, set[str]]:
    """The body but for the newest revision, and the tables it stands on."""
    watch.snapshots = []
    response = await client.get(target)
    assert response.status_code == 200, response.text
    return _unnumbered(response), watch.tables


def _unnumbered(response: httpx.Response) -> str:
    text = re.sub(r'cursor=[^"&]*', "", response.text)
    text = re.sub("<updated>.*?</updated>", "", text, count=1)
    if "json" not in response.headers["content-type"]:
        return text
    body = json.loads(text)
    if isinstance(body.get("meta"), dict):
        body["meta"].pop("revision", None)
    body.pop("page", None)
    return json.dumps(body)


async def change(database: Database, table: str) -> None:
    """Another value wherever the rows of the table take it."""
    async with database.write(actor="test", comment="test") as (connection, _):
        columns = await connection.fetch(
            "SELECT column_name FROM information_schema.columns WHERE table_name = $1", table
        )
        for (name,) in columns:
            if name in CHANGES:
                try:
                    async with connection.transaction():
                        await connection.execute(f"UPDATE {table} SET {name} = {CHANGES[name]}")
                except asyncpg.PostgresError:
                    continue  # a constraint has it otherwise
