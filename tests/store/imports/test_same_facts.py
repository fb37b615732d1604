"""Facts that are the same in other words: dates by their intervals, amounts by twelve digits."""

from typing import Any

import pytest

from service.store.database import Database
from tests.answers import exported
from tests.make import ADOPTION, FEATURE, MARKET, PRODUCT, SMALL, VENDOR, put, put_all

CAPEX = {
    "kind": "investment",
    "vendor": "acme",
    "type": "capex",
    "status": "actual",
    "date": "2024",
    "amount": 0.3,
    "currency": "USD",
    "sources": ["urn:a"],
}
SPELLINGS = [
    ("2024", "[2024-01-01..2024-12-31]"),
    ("2024", "[2024-01..2024]"),
    ("2024-02", "[2024-02-01..2024-02-29]"),
    ("2024-02-10", "[2024-02-10..2024-02-10]"),
    ("[2024-03..2024-07]", "[2024-03-01..2024-07-31]"),
    ("[..2024-07]", "[..2024-07-31]"),
]


@pytest.mark.parametrize(("first", "second"), SPELLINGS)
async def test_a_date_in_another_spelling_is_the_same_fact(
    database: Database, first: str, second: str
) -> None:
    await put_all(database, *SMALL[1:], {**ADOPTION, "date": first})
    before = await exported(database)
    report = await put(database, {**ADOPTION, "date": second})
    assert (report.unchanged, report.created, report.revision) == (1, 0, None)
    assert await exported(database) == before
    report = await put(database, {**ADOPTION, "date": second, "note": "seen"})
    assert (report.updated, report.created) == (1, 0)
    assert (await exported(database)).count(b'"adoption"') == 1


async def test_any_date_in_another_spelling_is_no_change(database: Database) -> None:
    await put_all(database, *SMALL)
    report = await put(database, {**PRODUCT, "launched": "[2024-01-01..2024-01-31]"})
    assert (report.unchanged, report.revision) == (1, None)
    report = await put(database, {**PRODUCT, "launched": "[2024-01-01..2024-01-30]"})
    assert report.updated == 1


async def test_two_spellings_of_one_fact_in_one_file_are_refused(database: Database) -> None:
    other = {**ADOPTION, "date": "[2024-02-01..2024-02-29]"}
    report = await put(database, *SMALL, other)
    assert [(f.line, f.code) for f in report.faults] == [(6, "conflict_natural_key")]


AMOUNTS = [
    (0.3, 0.1 + 0.2, True),
    (1_000_000, 1e6, True),
    ("20.50", "20.5", True),
    ("123456789012.4", "123456789012.3", True),
    ("12345678901.4", "12345678901.3", False),
    ("0", "0.0", True),
    ("0.000000001", "0.000000002", False),
    (None, None, True),
    (None, 0, False),
]


@pytest.mark.parametrize(("first", "second", "is_same"), AMOUNTS)
async def test_amounts_are_the_same_to_twelve_digits(
    database: Database, first: Any, second: Any, is_same: bool
) -> None:
    await put_all(database, VENDOR, {**CAPEX, "amount": first})
    report = await put(database, {**CAPEX, "amount": second})
    assert (report.unchanged, report.created) == ((1, 0) if is_same else (0, 1))


async def test_prices_are_the_same_to_twelve_digits(database: Database) -> None:
    price = {"amount": 0.3, "currency": "USD", "per": "month"}
    rate = {"component": "input", **price}
    earning = {
        "kind": "monetization",
        "product": "p",
        "business_model": "b",
        "sources": ["urn:a"],
        "price": price,
        "rates": [rate],
    }
    await put_all(
        database,
        VENDOR,
        MARKET,
        FEATURE,
        PRODUCT,
        {"kind": "business_model", "id": "b", "name": "B"},
        earning,
    )
    near = 0.1 + 0.2
    same = {**earning, "price": {**price, "amount": near}, "rates": [{**rate, "amount": near}]}
    report = await put(database, same)
    assert (report.unchanged, report.revision) == (1, None)
    for changed in (
        {**earning, "price": {**price, "amount": 0.31}},
        {**earning, "rates": [{**rate, "amount": 0.31}]},
        {**earning, "rates": []},
    ):
        assert (await put(database, changed, dry_run=True)).updated == 1


async def test_what_is_stored_word_for_word_is_checked_beside_the_other_lines(
    database: Database,
) -> None:
    await put_all(database, *SMALL)
    changed, spelled = ({**ADOPTION, **part} for part in ({"note": "n"}, {"date": "[..2024-02]"}))
    other = {**ADOPTION, "date": "[2024-02-01..2024-02-29]"}
    for pair in ((ADOPTION, changed), (changed, ADOPTION), (ADOPTION, ADOPTION), (ADOPTION, other)):
        report = await put(database, *pair)
        assert [(f.line, f.code) for f in report.faults] == [(2, "conflict_natural_key")]
    report = await put(database, ADOPTION, spelled, {**VENDOR, "name": "New"}, MARKET)
    assert (report.created, report.updated, report.unchanged) == (1, 1, 2)


SOURCES = [[], ["urn:a"], ["urn:a", "urn:b"]]


@pytest.mark.parametrize("first", SOURCES)
@pytest.mark.parametrize("second", [*SOURCES, ["urn:c"], ["urn:b"], ["urn:a", "urn:c"]])
async def test_the_same_sources_are_no_change(
    database: Database, first: list[str], second: list[str]
) -> None:
    carried = {"names": ["urn:b"]} if first else {}
    await put_all(database, {**VENDOR, "sources": first}, {**MARKET, "field_sources": carried})
    report = await put(
        database, {**VENDOR, "sources": second[::-1]}, {**MARKET, "field_sources": carried}
    )
    assert (report.unchanged, report.updated) == ((2, 0) if first == second else (1, 1))
    ids = [s for s in await _sources(database) if s["url"] in first]
    both = [*second, *(s["id"] for s in ids if s["url"] in second)]
    assert (await put(database, {**VENDOR, "sources": both})).unchanged == 1


async def _sources(database: Database) -> list[dict[str, Any]]:
    async with database.session() as connection:
        rows = await connection.fetch("SELECT id, url FROM source")
    return [dict(row) for row in rows]
