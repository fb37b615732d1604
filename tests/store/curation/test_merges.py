"""Merges of random small bases keep everything, and imports by old ids write to the survivors."""

import random
from typing import Any

import httpx
import pytest

from service.query.filters.expressions import Comparison
from service.query.operators import Operator
from service.query.paths import paths
from service.query.registry import BY_KIND, BY_NAME, COLLECTIONS, PRODUCTS
from service.store.database import Database
from service.usecases.changes import filtering
from tests.answers import bearer, exported
from tests.clients import served
from tests.make import ADOPTION, PRODUCT, SMALL, new_key, put
from tests.random_markets import market

WHY = {"comment": "the same thing"}
ENTITIES = [c for c in COLLECTIONS if c.is_entity]
FACTS = [c for c in COLLECTIONS if not c.is_entity and c.name != "sources"]
Facts = dict[str, set[str]]


def records(seed: int) -> list[dict[str, Any]]:
    """A random market with few dates, so that merged products share natural keys."""
    rng = random.Random(seed)
    found: dict[str, dict[str, Any]] = {}
    for record in market(seed, n_vendors=4):
        shown = {k: v for k, v in record.items() if k not in ("id", "recorded_at", "until")}
        if "vendor" in record or len(record) == 2:
            found[f"{record['kind']}:{record['id']}"] = record
            continue
        for name in {"date", "since"} & set(shown):
            shown[name] = "2023"
        key = ":".join(str(shown[k]) for k in sorted(shown) if k != "features")
        page = f"https://example.org/{rng.randrange(6)}"
        found[key] = shown | rng.choice([{"sources": [page]}, {"status": "unsourced"}])
    return list(found.values())


async def ids_of(database: Database) -> dict[str, list[str]]:
    async with database.read() as snapshot:
        return {
            c.kind: [r["id"] for r in await snapshot.connection.fetch(
                f"SELECT id FROM {c.table} ORDER BY id")]
            for c in COLLECTIONS
        }  # fmt: skip


async def sources_of(database: Database) -> Facts:
    async with database.read() as snapshot:
        rows = [
            (f"{c.name}/{row['id']}", set(row["source_ids"]))
            for c in FACTS
            for row in await snapshot.connection.fetch(f"SELECT id, source_ids FROM {c.table}")
        ]
    return dict(rows)


async def dangling(database: Database) -> list[Any]:
    found: list[Any] = []
    async with database.read() as snapshot:
        for c in COLLECTIONS:
            for f in c.references:
                each = f"unnest(t.{f.name})" if f.type.is_list else f"t.{f.name}"
                found += await snapshot.connection.fetch(
                    f"SELECT t.id, v FROM {c.table} t, LATERAL (SELECT {each} AS v) p"
                    f" WHERE v NOT IN (SELECT id FROM {BY_NAME[f.to].table})"
                )
    return found


async def shared_keys(database: Database) -> list[Any]:
    async with database.read() as snapshot:
        return [
            row
            for c in FACTS
            for row in await snapshot.connection.fetch(
                f"SELECT count(*) FROM {c.table} GROUP BY {', '.join(c.natural_key)}"
                " HAVING count(*) > 1"
            )
        ]


async def landed(client: httpx.AsyncClient, path: str) -> dict[str, Any]:
    answer = await client.get(f"/v1/{path}")
    if answer.status_code == 308:
        answer = await client.get(answer.headers["location"])
    assert answer.status_code == 200, (path, answer.text)
    found: dict[str, Any] = answer.json()
    return found


async def replayed(client: httpx.AsyncClient) -> dict[str, list[str]]:
    standing: dict[str, set[str]] = {kind: set() for kind in BY_KIND}
    answer = {"has_more": True, "next_cursor": "rev:0"}
    while answer["has_more"]:
        query = f"since={answer['next_cursor']}&limit=1000"
        answer = (await client.get(f"/v1/changes?{query}")).json()
        for event in answer["data"]:  # type: ignore[attr-defined]
            kind, verb = event["type"].split(".")
            if verb == "merged":
                assert event["into"] != event["id"]
            {"created": standing[kind].add, "updated": standing[kind].add}.get(
                verb, standing[kind].remove
            )(event["id"])
    return {kind: sorted(ids) for kind, ids in standing.items()}


@pytest.mark.parametrize("seed", range(4))
async def test_random_merges_lose_nothing(database: Database, seed: int) -> None:
    rng = random.Random(seed)
    report = await put(database, *records(seed))
    assert report.failed == 0
    headers = bearer((await new_key(database, "curate"))[1])
    stood, merged = await sources_of(database), []
    async with served(database) as client:
        for _ in range(7):
            collection = rng.choice([*ENTITIES, PRODUCTS, PRODUCTS])
            living = (await ids_of(database))[collection.kind]
            if len(living) < 2:
                continue
            old, new = rng.sample(living, 2)
            revision, path = await database.revision(), f"{collection.name}/{old}"
            then = f"/v1/{path}?as_of=rev:{revision}&on=2024-01-01"
            before = await exported(database), (await client.get(then)).content
            answer = await client.post(f"/v1/{path}/merge", json={"into": new, **WHY},
                                       headers=headers)  # fmt: skip
            assert answer.status_code == 200, answer.text
            merged.append(path)
            assert before == (
                await exported(database, f"rev:{revision}"), (await client.get(then)).content
            )  # fmt: skip
            assert await dangling(database) == []
            assert await shared_keys(database) == []
        for path in merged:
            assert (await client.get(f"/v1/{path}")).status_code == 308
            await landed(client, path)
        for path, sources in stood.items():
            assert sources <= set((await landed(client, path))["source_ids"])
        assert await replayed(client) == await ids_of(database)
    assert len(await sources_of(database)) < len(stood), "some facts became one"


async def merged_base(database: Database) -> None:
    """p-old was merged into p, v-lost retired."""
    await put(database, *SMALL, {**PRODUCT, "id": "p-old"},
              {"kind": "vendor", "id": "v-lost", "name": "Lost"})  # fmt: skip
    headers = bearer((await new_key(database, "curate"))[1])
    async with served(database) as client:
        body = {"into": "p", **WHY}
        answer = await client.post("/v1/products/p-old/merge", json=body, headers=headers)
        assert answer.status_code == 200
        retired = await client.delete("/v1/vendors/v-lost?comment=x&replaced_by=acme",
                                      headers={**headers, "if-match": "*"})  # fmt: skip
        assert retired.status_code == 200


async def test_an_import_by_an_old_id_writes_to_the_survivor(database: Database) -> None:
    await merged_base(database)
    report = await put(database, {**ADOPTION, "product": "p-old", "note": "n"})
    assert (report.updated, report.failed) == (1, 0)
    new = await put(database, {**ADOPTION, "product": "p-old", "date": "2024-05"})
    assert (new.created, new.failed) == (1, 0)
    async with database.read() as snapshot:
        rows = await snapshot.connection.fetch(
            "SELECT product_id, note FROM adoption ORDER BY 1, date"
        )
    assert [tuple(row) for row in rows] == [("p", "n"), ("p", None)]


async def test_lists_in_an_import_are_led_too(database: Database) -> None:
    await put(database, *SMALL, {"kind": "market", "id": "a", "name": "A"})
    headers = bearer((await new_key(database, "curate"))[1])
    async with served(database) as client:
        await client.post("/v1/markets/m/merge", json={"into": "a", **WHY}, headers=headers)
    report = await put(database, {**PRODUCT, "markets": ["a", "m"]})
    assert (report.unchanged, report.failed) == (1, 0)


@pytest.mark.parametrize(
    ("line", "way_out"),
    [({**PRODUCT, "id": "p-old"}, ("p",)), ({"kind": "vendor", "id": "v-lost"}, ("acme",))],
)  # fmt: skip
async def test_a_line_of_a_record_that_ended_is_a_fault(
    database: Database, line: dict[str, Any], way_out: tuple[str, ...]
) -> None:
    await merged_base(database)
    report = await put(database, line)
    assert report.revision is None
    (fault,) = report.faults
    assert (fault.code, fault.pointer, fault.did_you_mean) == ("gone", "/id", way_out)


async def test_a_webhooks_conditions_go_on_with_the_survivor(database: Database) -> None:
    await merged_base(database)
    await put(database, {**ADOPTION, "date": "2024-05"})
    adoptions = BY_KIND["adoption"]
    condition = Comparison(paths(adoptions)["product_id"], Operator.EQ, ("p-old",))
    async with database.read() as snapshot:
        ids = [r["id"] for r in await snapshot.connection.fetch("SELECT id FROM adoption")]
        met = await filtering.meeting(
            snapshot.connection, "adoption", snapshot.revision, ids, condition
        )
    assert met == set(ids)
