"""Facts in memory after any write are those of the base."""

import asyncio
import dataclasses
import random
from contextlib import suppress
from datetime import date
from typing import Any

import msgspec
import numpy as np
import pytest
from asyncpg.connection import LoggedQuery

from service import limits
from service.maths.copying.feature import feature_time_to_copy
from service.maths.panel.facts import Facts
from service.maths.panel.panel import Panel
from service.maths.panel.restriction import restricted
from service.model.errors import ServiceError
from service.store.catalogue import facts as stored
from service.store.catalogue.fact_scopes import WHOLE, Read, Scope
from service.store.catalogue.facts import Defined
from service.store.database import Database, Snapshot
from service.usecases.analyses.names import KeptNames, all_names
from service.usecases.computing.kept_facts import KeptFacts, all_warned

ON = date(2026, 11, 24).toordinal()
ONE = "(SELECT id FROM {} ORDER BY md5(id || {}) LIMIT 1)"
CHAT, AGENTS = frozenset(["chat-assistants"]), frozenset(["agent-platforms"])
SCOPES = [
    Scope(CHAT),
    Scope(AGENTS, products=frozenset(["kimi"])),
    Scope(AGENTS, vendors=frozenset(["openai"])),
    Scope(frozenset(["ai-search"]), features=frozenset(["deep-research"])),
    WHOLE,
]
READS = [Read(), Read(unsourced=False), Read(set_aside=True)]
WRITES = [
    "UPDATE adoption SET date = '2025-03' WHERE id = {adoption}",
    "UPDATE adoption SET until = '2026-01-05' WHERE id = {adoption}",
    "UPDATE adoption SET dispute = 'other' WHERE id = {adoption}",
    "UPDATE adoption SET dispute = NULL WHERE dispute IS NOT NULL",
    "UPDATE adoption SET evidence = 'unstated' WHERE id = {adoption}",
    "DELETE FROM adoption WHERE id = {adoption}",
    "UPDATE adoption SET product_id = {product} WHERE id = {adoption} AND NOT EXISTS (SELECT FROM"
    " adoption o WHERE o.product_id = {product} AND o.feature_id = adoption.feature_id)",
    "UPDATE monetization SET since = '2024' WHERE id = {monetization}",
    "DELETE FROM survey WHERE id = (SELECT id FROM survey ORDER BY md5(id || {n}) LIMIT 1)",
    "UPDATE product SET launched = NULL WHERE id = {product}",
    "UPDATE product SET launched = '2025' WHERE id = {product}",
    "UPDATE product SET market_ids = '{{chat-assistants}}' WHERE id = {product}",
    "UPDATE product SET market_ids = '{{agent-platforms,ai-search}}' WHERE id = {product}",
    "UPDATE product SET vendor_id = 'openai' WHERE id = {product}",
    "UPDATE product SET evidence = 'unsourced' WHERE id = {product}",
    "UPDATE vendor SET country = 'FR' WHERE id = (SELECT vendor_id FROM product LIMIT 1)",
    "UPDATE version SET date = '2025-06-01' WHERE id = {version}",
]
RARE = ["UPDATE feature SET market_ids = '{{ai-search}}' WHERE id = 'deep-research'"]


def plain(value: Any) -> Any:
    """To be compared: columns as lists, NaN as a word."""
    if isinstance(value, np.ndarray):
        return [repr(one) for one in value.tolist()]
    if dataclasses.is_dataclass(value):
        fields = dataclasses.fields(value)
        return {field.name: plain(getattr(value, field.name)) for field in fields}
    return repr(value) if isinstance(value, list) else value


async def written(database: Database, statement: str, n: int) -> None:
    kinds = ("adoption", "product", "monetization", "version")
    chosen = {kind: ONE.format(kind, f"'{n}'") for kind in kinds}
    async with database.write(actor="test", comment="test") as (connection, _):
        await connection.execute(statement.format(n=f"'{n}'", **chosen))


async def agrees(kept: KeptFacts, snapshot: Snapshot, scope: Scope, read: Read) -> Facts:
    held = await kept.get(snapshot, scope, read)
    anew = await stored.load(snapshot, scope, read)
    assert plain(held.facts) == plain(anew)
    return anew


@pytest.mark.parametrize("seed", range(3))
async def test_after_every_write_they_are_those_of_the_base(
    own_bundled: Database, seed: int
) -> None:
    rng, kept = random.Random(seed), KeptFacts(100_000_000)
    for n in range(40):
        statement = rng.choice(WRITES if n % 10 else RARE)
        with suppress(ServiceError):  # a rule of the base: nothing is written
            await written(own_bundled, statement, 100 * seed + n)
        async with own_bundled.read() as snapshot:
            for read in READS:
                for scope in rng.sample(SCOPES, 2):
                    await agrees(kept, snapshot, scope, read)
            whole = await agrees(kept, snapshot, WHOLE, READS[1])
            warnings = await kept.warnings(snapshot, READS[1], None)
            assert list(warnings) == Panel(whole).warnings
            some = frozenset(rng.sample(whole.product_ids, 9))
            warnings = await kept.warnings(snapshot, READS[1], some)
            assert list(warnings) == Panel(restricted(whole, some)).warnings


async def test_a_write_elsewhere_leaves_them_as_they_are(own_bundled: Database) -> None:
    kept, read = KeptFacts(100_000_000), Read()
    async with own_bundled.read() as snapshot:
        before = await kept.get(snapshot, SCOPES[0], read)
    for statement in (
        "UPDATE product SET launched = '2024-05' WHERE NOT 'chat-assistants' = ANY (market_ids)",
        "UPDATE source SET title = 'other'",
        "UPDATE vendor SET country = 'FR'",
    ):
        await written(own_bundled, statement, 1)
        async with own_bundled.read() as snapshot:
            assert await kept.get(snapshot, SCOPES[0], read) is before
    await written(own_bundled, "UPDATE product SET launched = '2024-05' WHERE id = 'kimi'", 1)
    async with own_bundled.read() as snapshot:
        after = await kept.get(snapshot, SCOPES[0], read)
    assert after.number != before.number


@pytest.mark.parametrize("scope", SCOPES, ids=lambda scope: ",".join(scope.markets) or "whole")
async def test_what_is_no_fact_leaves_them_as_they_are(own_bundled: Database, scope: Scope) -> None:
    kept, read = KeptFacts(100_000_000), Read()
    async with own_bundled.read() as snapshot:
        before = await kept.get(snapshot, scope, read)
    for statement in (
        "UPDATE product SET note = 'other', aliases = '{{another}}'",
        "UPDATE version SET note = 'other'",
    ):
        await written(own_bundled, statement, 3)
        async with own_bundled.read() as snapshot:
            assert await kept.get(snapshot, scope, read) is before
            assert plain(before.facts) == plain(await stored.load(snapshot, scope, read))


async def test_after_a_write_few_statements_are_asked(own_bundled: Database) -> None:
    kept, names, read = KeptFacts(100_000_000), KeptNames(), Read()
    for n in range(2):
        asked: list[str] = []

        def note(query: LoggedQuery, asked: list[str] = asked) -> None:
            asked.append(query.query)

        await written(own_bundled, "UPDATE product SET note = {n} WHERE id = 'kimi'", n)
        async with own_bundled.read() as snapshot:
            snapshot.connection.add_query_logger(note)
            for scope in SCOPES:
                await kept.get(snapshot, scope, read)
            await kept.warnings(snapshot, read, None)
            await names.get(snapshot, "en")
            snapshot.connection.remove_query_logger(note)
            await asyncio.sleep(0)  # who listens is told in the next turn
    assert len(asked) == 7, asked  # what was written, five tables of facts, names


@pytest.mark.parametrize("scope", SCOPES, ids=str)
async def test_no_statement_is_another_one_after_a_write(
    own_bundled: Database, scope: Scope
) -> None:
    """Its text is what PostgreSQL and the session keep its plan by."""
    texts = list[set[str]]()
    for n in range(2):
        asked = set[str]()

        def note(query: LoggedQuery, asked: set[str] = asked) -> None:
            asked.add(query.query)

        await written(own_bundled, "UPDATE product SET note = {n} WHERE id = 'kimi'", n)
        async with own_bundled.read() as snapshot:
            snapshot.connection.add_query_logger(note)
            await stored.load(snapshot, scope, Read())
            snapshot.connection.remove_query_logger(note)
            await asyncio.sleep(0)  # who listens is told in the next turn
        texts.append(asked)
    assert texts[0] == texts[1]


async def test_after_a_write_only_what_was_written_is_read(
    own_bundled: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, load = list[Scope](), stored.load

    async def noted(snapshot: Snapshot, scope: Scope, read: Read, *known: Defined) -> Facts:
        asked.append(scope)
        return await load(snapshot, scope, read, *known)

    monkeypatch.setattr(stored, "load", noted)
    kept, read = KeptFacts(100_000_000), Read()
    async with own_bundled.read() as snapshot:
        for scope in SCOPES:
            await kept.get(snapshot, scope, read)
        await kept.warnings(snapshot, read, None)
    asked.clear()
    await written(own_bundled, "UPDATE product SET launched = '2024-05' WHERE id = 'kimi'", 1)
    async with own_bundled.read() as snapshot:
        for scope in SCOPES:
            await kept.get(snapshot, scope, read)
        await kept.warnings(snapshot, read, None)
    assert asked == [Scope(products=frozenset(["kimi"]))]


async def test_an_older_revision_is_read_by_itself_and_one_is_kept(own_bundled: Database) -> None:
    kept, read, scope = KeptFacts(100_000_000), Read(), SCOPES[0]
    for n in range(4):
        await written(own_bundled, f"UPDATE product SET launched = '202{n}' WHERE id = 'kimi'", n)
        async with own_bundled.read() as snapshot:
            newest = await agrees(kept, snapshot, scope, read)
            last = snapshot.revision
    async with own_bundled.read(f"rev:{last - 2}") as snapshot:
        old = await agrees(kept, snapshot, scope, read)
        assert list(await kept.warnings(snapshot, Read(unsourced=False), None))
    assert plain(old) != plain(newest)
    standing = kept._kept.get((scope, read))
    assert standing is not None
    assert len(standing) == 2
    async with own_bundled.read() as snapshot:
        assert plain(await agrees(kept, snapshot, scope, read)) == plain(newest)


async def test_what_a_write_brought_is_kept_of_the_last_writes_only(own_bundled: Database) -> None:
    kept, read = KeptFacts(100_000_000), Read()
    for n in range(limits.SPANS_KEPT + 4):
        await written(own_bundled, f"UPDATE product SET launched = '20{n:02}' WHERE id = 'kimi'", n)
        async with own_bundled.read() as snapshot:
            await kept.get(snapshot, SCOPES[0], read)
            await kept.get(snapshot, SCOPES[1], read)
    assert len(kept._fresh._values) <= limits.SPANS_KEPT


async def test_what_is_too_much_is_let_go(own_bundled: Database) -> None:
    kept = KeptFacts(150_000)
    async with own_bundled.read() as snapshot:
        for scope in SCOPES:
            await agrees(kept, snapshot, scope, Read())
    assert kept._kept.used <= 150_000


async def test_many_products_at_once_are_read_anew(
    own_bundled: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "PRODUCTS_UPDATED", 3)
    monkeypatch.setattr(limits, "PRODUCTS_AT_ONCE", 7)
    kept = KeptFacts(100_000_000)
    for n in range(2):
        await written(own_bundled, f"UPDATE product SET launched = '202{n}'", n)
        async with own_bundled.read() as snapshot:
            whole = await agrees(kept, snapshot, WHOLE, Read())
            assert list(await kept.warnings(snapshot, Read(), None)) == Panel(whole).warnings


@pytest.mark.parametrize("market", ["ai-search", "agent-platforms"])
async def test_elsewhere_only_the_feature_is_read_and_says_the_same(
    own_bundled: Database, market: str
) -> None:
    await written(own_bundled, "UPDATE product SET launched = NULL WHERE id = {product}", 5)
    async with own_bundled.read() as snapshot:
        whole = await stored.load(snapshot, WHOLE, Read())
        narrow = 0
        for feature in whole.feature_ids[::5]:
            scope = Scope(frozenset([market]), features=frozenset([feature]))
            facts = await stored.load(snapshot, scope, Read())
            told = restricted(whole, scope.inside(whole))
            assert plain(facts) == plain(scope.narrowed(told))
            narrow += len(facts.adoptions.ids) < len(told.adoptions.ids)
            asked = {"market": market, "feature": feature, "on": ON, "date_draws": 20}
            few, every = (feature_time_to_copy(Panel(of), **asked) for of in (facts, whole))
            same = msgspec.structs.replace(few, warnings=every.warnings)
            assert same == every, feature
    assert narrow > 5


COLUMNS = {
    "product": ("launched", "discontinued"),
    "adoption": ("date", "until"),
    "monetization": ("since", "until"),
}
LOOSE = [
    None,
    "2023",
    "2024",
    "2023-05",
    "2024-05",
    "2024-05-17",
    "2024-05-18",
    "[..2024-05]",
    "[..2023-05-17]",
    "[2023-05..2024-05]",
    "[2024-05-01..2024-05-20]",
    "2025",
]


@pytest.mark.parametrize("seed", range(6))
async def test_nobody_who_deserves_a_warning_is_passed_over(
    own_bundled: Database, seed: int
) -> None:
    """Dates at random, of every product or of the facts that lie before or behind it."""
    rng = random.Random(seed)
    for _ in range(40):
        table = rng.choice(list(COLUMNS))
        column = rng.choice(COLUMNS[table])
        value, n = rng.choice(LOOSE), rng.randrange(1000)
        said = "NULL" if value is None else f"'{value}'"
        with suppress(ServiceError):
            chosen = f"SELECT id FROM {table} ORDER BY md5(id || '{n}') LIMIT 8"
            statement = f"UPDATE {table} SET {column} = {said} WHERE id IN ({chosen})"
            await written(own_bundled, statement, n)
    async with own_bundled.read() as snapshot:
        for read in READS[:2]:
            whole = Panel(await stored.load(snapshot, WHOLE, read))
            assert await all_warned(snapshot, read) == whole.warned_products()


async def test_names_are_those_of_the_base(own_bundled: Database) -> None:
    kept = KeptNames()
    for n, statement in enumerate(
        [
            "UPDATE source SET title = 'other'",
            """UPDATE product SET names = '{{"en": "Renamed", "zh": "改名"}}' WHERE id = 'kimi'""",
            "DELETE FROM survey; DELETE FROM adoption WHERE feature_id = 'memory';"
            " DELETE FROM feature WHERE id = 'memory'",
            "UPDATE market SET note = 'other'",
        ]
    ):
        await written(own_bundled, statement, n)
        for lang in ("en", "zh"):
            async with own_bundled.read() as snapshot:
                assert await kept.get(snapshot, lang) == await all_names(snapshot, lang)
            async with own_bundled.read("rev:1") as snapshot:
                assert await kept.get(snapshot, lang) == await all_names(snapshot, lang)
