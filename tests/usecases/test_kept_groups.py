"""The counts that were kept current are those of everything, whatever was written."""

import random
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from service.query.filters.expressions import EVERYTHING, Comparison, both
from service.query.grouping import Key, Metric, key_of
from service.query.operators import Operator
from service.query.paths import path_of
from service.query.registry import BY_NAME
from service.store.catalogue import group_counts
from service.store.catalogue.counts import row_count
from service.store.catalogue.groups import Facet, facet, groups
from service.store.catalogue.lists import ListQuery, selected
from service.store.database import Database, Snapshot
from service.usecases.catalogue import kept_groups
from service.usecases.catalogue.kept_groups import KeptGroups
from service.usecases.changes.revision_watcher import RevisionWatcher
from tests.answers import bearer
from tests.clients import Editor, Importer, served
from tests.make import FEATURE, PRODUCT, SMALL, new_key, put_all
from tests.random_imports import FEATURES, PRODUCTS, VENDORS, base, change

ASKED = [
    ("adoptions", ["feature_id"], {}),
    ("adoptions", ["product.vendor_id", "stage"], {}),
    ("adoptions", ["stage", "year(date)"], {"date": "2024"}),
    ("adoptions", ["product_id"], {"product.market_ids": "m1"}),
    ("adoptions", ["feature_id"], {"stage": "ga", "product.vendor_id": "v2"}),
    ("adoptions", ["stage"], {"feature_id__not": "f1", "evidence": "sourced"}),
    ("adoptions", ["product.market_ids"], {"stage__not": "preview", "id__not": "some"}),
    ("products", ["vendor_id"], {"status__isnull": "", "id__not": "p1"}),
    ("adoptions", ["date"], {"feature_id": "f1"}),
    ("products", ["market_ids"], {}),
    ("products", ["vendor.country", "month(launched)"], {}),
    ("products", ["status"], {"on": "2024-05-06"}),
    ("products", ["vendor_id"], {"adoptions.stage": "ga"}),
    ("vendors", ["country"], {}),
    ("usage", ["value"], {}),
    ("surveys", ["market_id"], {}),
]
TOTALS = [
    ("adoptions", {}),
    ("adoptions", {"id__not": "some"}),
    ("adoptions", {"feature_id": "f1"}),
    ("adoptions", {"feature_id": "f1", "stage__not": "ga", "id__not": "some"}),
    ("adoptions", {"date": "2024"}),
    ("adoptions", {"product.vendor_id": "v1"}),
    ("products", {"vendor_id__not": "v1"}),
]


@pytest.fixture
async def importer(database: Database) -> AsyncIterator[Importer]:
    _, secret = await new_key(database, "curate")
    async with served(database) as client:
        yield Importer(client, database, bearer(secret))


def question(of: str, by: list[str], asked: dict[str, str]) -> tuple[ListQuery, tuple[Key, ...]]:
    collection, chosen = BY_NAME[of], EVERYTHING
    for name, value in asked.items():
        if name != "on":
            word, _, operator = name.partition("__")
            path = path_of(collection, word)
            assert path is not None
            values = (value,) if value else ()
            chosen = both(chosen, Comparison(path, Operator(operator), values))
    day = date.fromisoformat(asked["on"]) if "on" in asked else None
    is_used = any(field.name == "dispute" for field in collection.fields)
    keys = tuple(key for word in by if isinstance(key := key_of(collection, word), Key))
    assert len(keys) == len(by)
    return ListQuery(filter=chosen, on=day, is_used=is_used), keys


async def assert_current(kept: KeptGroups, database: Database) -> None:
    for name, by, given in ASKED:
        async with database.session() as connection:
            one = await connection.fetchval("SELECT min(id) FROM adoption")
        asked = {word: one if value == "some" else value for word, value in given.items()}
        query, keys = question(name, by, asked)
        async with database.read() as opened:
            snapshot = replace(opened, on=query.on)
            found = await kept.get(snapshot, BY_NAME[name], query, keys)
            counted = [Metric("count")]
            made = await groups(snapshot, BY_NAME[name], query, list(keys), counted, [])
            assert found is not None
            expected = [
                (tuple(map(text, list(row.values())[:-1])), row["count"]) for row in made.rows
            ]
            assert list(found.counts.items()) == expected, (name, by, asked)
            assert made.n_disputed in (found.n_disputed, None)
            if len(keys) == 1:
                listed = await facet(snapshot, BY_NAME[name], query, keys[0].path)
                assert Facet.of(found.counts) == listed


async def assert_totals(kept: KeptGroups, database: Database, *, are_known: bool) -> None:
    """Of lists that were looked at; those by the values of their own columns are known."""
    one = (await ids_of(database))[0]
    for of, asked in TOTALS:
        query, _ = question(of, [], {w: one if v == "some" else v for w, v in asked.items()})
        query = replace(query, is_used=False)
        async with database.read() as snapshot:
            rows = selected(snapshot, BY_NAME[of], query)
            expected = await row_count(snapshot, BY_NAME[of], rows)
            kept.looked_at(snapshot, BY_NAME[of], query, expected)
            found = await kept.total(snapshot, BY_NAME[of], query)
        is_own = not any("." in word or word == "date" for word in asked)
        assert found == (expected if is_own and are_known else None), (of, asked)


def text(value: Any) -> str | None:
    return None if value is None else str(value)


async def step(importer: Importer, rng: random.Random, imports: list[str]) -> None:
    """An import, or one taken back, a record merged or retired, a fact that loses a dispute."""
    editor = Editor(importer.client, importer.headers)
    kind, ids = rng.choice([("vendors", VENDORS), ("products", PRODUCTS), ("features", FEATURES)])
    one, other = rng.sample(ids, 2)
    dice = rng.random()
    if dice < 0.4:
        imports.append((await importer.send(*change(rng))).json().get("href", ""))
    elif dice < 0.55 and imports[-1:] > [""]:
        await editor.send("POST", f"{imports.pop()}/revert?comment=wrong")
    elif dice < 0.7:
        await editor.send("POST", f"/v1/{kind}/{one}/merge", {"into": other, "comment": "same"})
    elif dice < 0.85:
        await editor.send("DELETE", f"/v1/{kind}/{one}?comment=gone", if_match="*")
    else:
        async with importer.database.write(actor="test", comment="test") as (connection, _):
            await connection.execute(
                "UPDATE adoption SET dispute = $1 WHERE id = (SELECT min(id) FROM adoption)",
                rng.choice(["other", "preferred", None]),
            )


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("many", [-1, kept_groups.MANY], ids=["by facets", "by keys"])
async def test_after_random_writes_it_is_as_if_counted_anew(
    importer: Importer, seed: int, many: int
) -> None:
    rng, imports = random.Random(seed), list[str]()
    kept = KeptGroups(RevisionWatcher(importer.database), many=many)
    assert (await importer.send(*base(rng))).status_code == 200
    await assert_current(kept, importer.database)
    before = await importer.database.revision()
    for _ in range(14):
        for _ in range(rng.randint(1, 2)):
            await step(importer, rng, imports)
        await assert_current(kept, importer.database)
        await assert_totals(kept, importer.database, are_known=many < 0)
    assert await importer.database.revision() > before + 3


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The revisions at which everything was counted."""
    found, count = list[int](), group_counts.count

    async def watched(snapshot: Snapshot, asked: Any, most: int) -> Any:
        made = await count(snapshot, asked, most)
        found.append(snapshot.revision)
        return made

    monkeypatch.setattr(group_counts, "count", watched)
    return found


async def ask(
    kept: KeptGroups, database: Database, name: str, *by: str, **asked: str
) -> dict[tuple[str | None, ...], int] | None:
    query, keys = question(name, list(by), asked)
    async with database.read() as snapshot:
        found = await kept.get(snapshot, BY_NAME[name], query, keys)
    return None if found is None else found.counts


async def test_a_write_counts_only_what_it_touched(database: Database, counted: list[int]) -> None:
    kept = KeptGroups(RevisionWatcher(database))
    await put_all(database, *SMALL)
    assert await ask(kept, database, "adoptions", "feature_id") == {("f",): 1}
    await put_all(database, {"kind": "feature", "id": "g", "name": "G"})
    await put_all(database, {**SMALL[0], "feature": "g"})
    assert await ask(kept, database, "adoptions", "feature_id") == {("f",): 1, ("g",): 1}
    assert counted == [1]


async def test_what_is_left_out_by_id_is_taken_from_the_groups_that_are_known(
    database: Database, counted: list[int]
) -> None:
    kept = KeptGroups(RevisionWatcher(database))
    await put_all(database, *SMALL, {**SMALL[0], "feature": "g"}, {**FEATURE, "id": "g"})
    one, other = await ids_of(database)
    groups = [await ask(kept, database, "adoptions", "feature_id", id__not=i) for i in (one, other)]
    assert sorted(map(str, groups)) == ["{('f',): 1}", "{('g',): 1}"]
    assert await ask(kept, database, "adoptions", "feature_id") == {("f",): 1, ("g",): 1}
    assert counted == [1]


async def test_groups_by_its_facets_answer_a_filter_over_many_records(
    database: Database, counted: list[int]
) -> None:
    kept = KeptGroups(RevisionWatcher(database), many=1)
    facts = [{**SMALL[0], "feature": feature} for feature in ("g", "h")]
    await put_all(database, *SMALL, *facts, *({**FEATURE, "id": name} for name in ("g", "h")))
    for name in ("p", "p", "p", "none"):
        found = await ask(kept, database, "adoptions", "stage", product_id=name)
        assert found == ({("ga",): 3} if name == "p" else {})
    assert counted == [1, 1]
    await put_all(database, {**SMALL[0], "stage": "preview"})
    found = await ask(kept, database, "adoptions", "stage", product_id="p")
    assert found == {("ga",): 3, ("preview",): 1}
    assert counted == [1, 1]


async def test_what_is_counted_by_too_many_facets_is_counted_by_the_filter(
    database: Database, counted: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_groups, "FACETED_MAX", 0)
    kept = KeptGroups(RevisionWatcher(database), many=0)
    await put_all(database, *SMALL)
    for _ in range(4):
        found = await ask(kept, database, "adoptions", "stage", feature_id="f")
        assert found == {("ga",): 1}
    assert counted == [1, 1]


async def test_the_total_of_a_long_list_is_counted_once(
    database: Database, counted: list[int]
) -> None:
    kept = KeptGroups(RevisionWatcher(database), many=1)
    facts = [{**SMALL[0], "feature": feature} for feature in ("g", "h")]
    await put_all(database, *SMALL, *facts, *({**FEATURE, "id": name} for name in ("g", "h")))
    query, _ = question("adoptions", [], {"product_id": "p"})
    totals = []
    for n_found in (1, 3, 3):
        async with database.read() as snapshot:
            totals.append(await kept.total(snapshot, BY_NAME["adoptions"], query))
            kept.looked_at(snapshot, BY_NAME["adoptions"], query, n_found)
    query, _ = question("adoptions", [], {"product_id": "none"})
    async with database.read() as snapshot:
        totals.append(await kept.total(snapshot, BY_NAME["adoptions"], query))
    assert (totals, counted) == ([None, None, 3, 0], [1])


async def ids_of(database: Database) -> list[str]:
    async with database.session() as connection:
        rows = await connection.fetch("SELECT id FROM adoption ORDER BY id")
    return [row["id"] for row in rows]


async def test_what_a_write_beside_may_move_is_counted_anew(
    database: Database, counted: list[int]
) -> None:
    kept = KeptGroups(RevisionWatcher(database))
    await put_all(database, *SMALL, {"kind": "vendor", "id": "other", "name": "Other"})
    assert await ask(kept, database, "adoptions", "product.vendor_id") == {("acme",): 1}
    await put_all(database, {**PRODUCT, "vendor": "other"})
    assert await ask(kept, database, "adoptions", "product.vendor_id") == {("other",): 1}
    assert counted == [1, 2]


async def test_nothing_is_kept_of_the_past(database: Database) -> None:
    kept = KeptGroups(RevisionWatcher(database))
    await put_all(database, *SMALL)
    await put_all(database, {"kind": "feature", "id": "g", "name": "G"})
    query, keys = question("adoptions", ["feature_id"], {})
    async with database.read(as_of="rev:1") as snapshot:
        assert await kept.get(snapshot, BY_NAME["adoptions"], query, keys) is None
