"""Parts of a file that are known are passed by, and it is as if they had been read."""

import random
from collections.abc import AsyncIterator
from typing import Any

import pytest

from service.formats.import_format import parts as cut
from service.store.database import Database
from service.store.imports import parts
from service.usecases.imports.files import ImportReport, load
from tests.answers import bearer
from tests.clients import Editor, Importer, served
from tests.make import ADOPTION, FEATURE, SMALL, lines, new_key, put_all
from tests.random_imports import FEATURES, PAGES, PRODUCTS, entity, facts, names

Record = dict[str, Any]


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of few lines."""
    monkeypatch.setattr(cut, "LINES", 4)
    monkeypatch.setattr(parts, "_LEAST", 1)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, bool]]:
    """How many parts were known at each import, and whether they still were in the write."""
    found: list[tuple[int, bool]] = []
    hold = parts.hold

    async def watched(connection: Any, known: Any) -> bool:
        found.append((len(known), await hold(connection, known)))
        return found[-1][1]

    monkeypatch.setattr(parts, "hold", watched)
    return found


@pytest.fixture
async def importer(database: Database) -> AsyncIterator[Importer]:
    _, secret = await new_key(database, "curate")
    async with served(database) as client:
        yield Importer(client, database, bearer(secret))


async def loaded(database: Database, records: list[Record], **options: bool) -> ImportReport:
    return await load(database, lines(*records), comment="test", **options)


async def read_whole(database: Database, records: list[Record]) -> ImportReport:
    """What an import would do that knows no part."""

    async def nothing(*_: Any) -> frozenset[bytes]:
        return frozenset()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "standing", nothing)
        return await loaded(database, records, dry_run=True)


def told(report: ImportReport) -> dict[str, Any]:
    members = ("rows", "created", "updated", "unchanged", "failed", "faults", "warnings")
    return {name: getattr(report, name) for name in members}


def edited(file: list[Record], rng: random.Random) -> list[Record]:
    """The file with lines changed, new, gone, elsewhere, doubled and wrong ones."""
    made = list(file)
    for _ in range(rng.randint(0, 2)):
        place = rng.randrange(len(made))
        dice = rng.random()
        if dice < 0.3:
            made[place] = {**made[place], "note": rng.choice(["a", "b", "c"])}
        elif dice < 0.5:
            made.insert(place, rng.choice(facts(rng, 3)))
        elif dice < 0.65:
            made.insert(place, made[rng.randrange(len(made))])
        elif dice < 0.75:
            made.insert(place, {"kind": "source", "url": rng.choice(PAGES), "title": "New"})
        elif dice < 0.85:
            made.insert(place, {**ADOPTION, "product": "nobody"})
        else:
            del made[place]
    return made


async def disturbed(importer: Importer, rng: random.Random, last: list[str]) -> None:
    """Something is written elsewhere, or nothing."""
    editor, dice = Editor(importer.client, importer.headers), rng.random()
    one, other = rng.sample(rng.choice([PRODUCTS, FEATURES]), 2)
    kind = "products" if one in PRODUCTS else "features"
    statements = [
        "UPDATE adoption SET note = 'x' WHERE id = (SELECT max(id) FROM adoption)",
        "DELETE FROM usage WHERE id = (SELECT min(id) FROM usage)",
        f"UPDATE source SET url = url || '/{rng.random()}' WHERE id = (SELECT max(id) FROM source)",
        "UPDATE source SET title = 'x' WHERE id = (SELECT min(id) FROM source)",
    ]
    if dice < 0.4:
        async with importer.database.write(actor="test", comment="test") as (connection, _):
            await connection.execute(rng.choice(statements))
    elif dice < 0.5:
        body = {"into": other, "comment": "same"}
        await editor.send("POST", f"/v1/{kind}/{one}/merge", body)
    elif dice < 0.6 and last:
        await editor.send("POST", f"{last.pop()}/revert?comment=wrong")


@pytest.mark.parametrize("seed", range(6))
async def test_whatever_was_written_it_is_as_if_all_was_read(
    importer: Importer, held: list[tuple[int, bool]], seed: int
) -> None:
    rng, last = random.Random(seed), list[str]()
    file = [entity(rng, kind, name) for kind, name in names()] + facts(rng, 40)
    for _ in range(2):
        assert not (await loaded(importer.database, file)).failed
    for _ in range(14):
        asked = edited(file, rng)
        whole = await read_whole(importer.database, asked)
        known = await loaded(importer.database, asked, dry_run=True)
        assert told(known) == told(whole)
        report = await loaded(importer.database, asked)
        assert told(report) == told(whole)
        if not report.failed:
            file = asked
            again = await read_whole(importer.database, file)
            assert (again.created, again.updated) == (0, 0)
        await disturbed(importer, rng, last)
    assert any(is_known for _, is_known in held)


FACTS = [{**ADOPTION, "feature": f"f{n}"} for n in range(12)]
STANDING = [*SMALL[1:], *({**FEATURE, "id": f"f{n}"} for n in range(12))]


async def test_the_same_facts_are_not_read_again(
    database: Database, held: list[tuple[int, bool]]
) -> None:
    await put_all(database, *STANDING)
    await put_all(database, *FACTS)
    before = await database.revision()
    report = await loaded(database, FACTS)
    assert (report.rows, report.unchanged, report.revision) == (12, 12, None)
    assert held == [(3, True)]
    assert await database.revision() == before


async def test_a_new_line_moves_no_part_but_its_own(
    database: Database, held: list[tuple[int, bool]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cut, "LINES", 1000)
    monkeypatch.setattr(cut, "_ENDS", 1)
    await put_all(database, *STANDING, {**FEATURE, "id": "new"})
    await put_all(database, *FACTS)
    n_parts = sum(1 for _ in cut._cut(lines(*FACTS)))
    report = await loaded(database, [{**ADOPTION, "feature": "new"}, *FACTS])
    assert (report.created, report.unchanged) == (1, 12)
    ((n_known, is_known),) = held
    assert is_known
    assert n_known >= n_parts - 1


async def test_what_was_written_since_is_read(
    database: Database, held: list[tuple[int, bool]]
) -> None:
    await put_all(database, *STANDING)
    await put_all(database, *FACTS)
    async with database.write(actor="test", comment="test") as (connection, _):
        await connection.execute("UPDATE adoption SET note = 'x' WHERE feature_id = 'f5'")
    report = await loaded(database, FACTS)
    assert (report.updated, report.unchanged) == (1, 11)
    assert held == [(2, True)]


async def test_what_is_written_while_the_file_is_read_is_read_after_all(
    database: Database, held: list[tuple[int, bool]], monkeypatch: pytest.MonkeyPatch
) -> None:
    await put_all(database, *STANDING)
    await put_all(database, *FACTS)
    standing = parts.standing

    async def overtaken(connection: Any, among: Any = None) -> frozenset[bytes]:
        found = await standing(connection, among)
        if among is None:
            async with database.write(actor="test", comment="test") as (other, _):
                await other.execute("UPDATE adoption SET note = 'x' WHERE feature_id = 'f5'")
        return found

    monkeypatch.setattr(parts, "standing", overtaken)
    report = await loaded(database, FACTS)
    assert (report.updated, report.unchanged, report.rows) == (1, 11, 12)
    assert held == [(3, False)]


async def test_a_line_that_says_a_revision_is_read_each_time(
    importer: Importer, held: list[tuple[int, bool]]
) -> None:
    await put_all(importer.database, *STANDING)
    await put_all(importer.database, *FACTS)
    sent = (await importer.get("/v1/adoptions?limit=50")).json()["data"]
    assert sent[0]["revision"] == 2
    for _ in range(2):
        assert (await importer.send(*sent)).status_code == 200
    assert not held


async def test_each_row_is_told_though_it_was_passed_by(importer: Importer) -> None:
    await put_all(importer.database, *STANDING)
    first = (await importer.send(*FACTS)).json()
    again = (await importer.send(*FACTS, {**FEATURE, "id": "more"})).json()
    assert (again["counts"]["created"], again["counts"]["unchanged"]) == (1, 12)
    told = [(await importer.get(f"{one['href']}/rows")).json()["data"] for one in (first, again)]
    assert [row["id"] for row in told[1]] == [*(row["id"] for row in told[0]), "more"]
    assert [row["line"] for row in told[1]] == list(range(1, 14))
    assert {row["outcome"] for row in told[1][:12]} == {"unchanged"}


async def test_where_only_new_records_are_wanted_nothing_is_passed_by(
    importer: Importer, held: list[tuple[int, bool]]
) -> None:
    await put_all(importer.database, *STANDING)
    await put_all(importer.database, *FACTS)
    answer = await importer.send(*FACTS, ask="&mode=create")
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith("12 ")
    assert not held
