"""Adoptions, versions and penetrations as they are drawn: who first, what is uncertain, what is
missing."""

from typing import Any
from xml.etree import ElementTree

import httpx
import pytest

from service.store.database import Database
from service.usecases.imports.files import load
from tests.clients import served
from tests.make import lines


def record(kind: str, name: str, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "id": name, "name": name.title(), **more}


def adoption(product: str, date: str | None, stage: str = "ga", **more: Any) -> dict[str, Any]:
    return {
        "kind": "adoption",
        "product": product,
        "feature": "f",
        "stage": stage,
        "date": date,
        "sources": [f"https://example.org/{product}/{date}"],
        **more,
    }


def version(product: str, name: str, date: str | None) -> dict[str, Any]:
    source = f"https://example.org/{product}/{len(name)}"
    more = {} if date else {"null_reasons": {"date": "unknown"}}
    return {
        "kind": "version",
        "product": product,
        "name": name,
        "date": date,
        "sources": [source],
        **more,
    }


BASE = [
    record("market", "m"),
    record("feature", "f"),
    *(record("vendor", name) for name in ("early", "vague", "late")),
    *(
        record("product", f"p-{name}", vendor=name, markets=["m"], launched="2020")
        for name in ("early", "vague", "late")
    ),
    adoption("p-early", "2021-05-04"),
    adoption("p-vague", "[..2023-02]", "preview"),
    adoption("p-late", "2022-06", "announced"),
]


async def drawn(client: httpx.AsyncClient, path: str) -> Any:
    answer = await client.get(path)
    assert answer.status_code == 200, answer.text
    return answer


async def test_who_is_known_to_be_first_and_what_is_only_bounded(database: Database) -> None:
    assert not (await load(database, lines(*BASE), comment="test")).failed
    async with served(database) as client:
        told = (await drawn(client, "/v1/features/f/adoptions.alt.txt")).text
        spec = (await drawn(client, "/v1/features/f/adoptions.vl.json")).json()
    assert told.startswith("F: first known of P-Early, 4 May 2021; 2 vendors have had it")
    assert "Vague: by February 2023" in told
    marks = {
        row["row"]: row
        for layer in spec["layer"]
        for row in layer.get("data", {}).get("values", [])
        if "is_exact" in row
    }
    assert marks["Early"]["is_exact"]
    assert (marks["Vague"]["to"], marks["Vague"]["is_exact"]) == ("2023-02-28", False)
    assert marks["Vague"]["opacity"] < marks["Late"]["opacity"]
    assert marks["Late"]["from"] == "2022-06-01"


VERSIONS = [
    *BASE[:-3],
    version("p-early", "1.0", "2021-05-04"),
    version("p-early", "2.0", "2022-06"),
    version("p-early", "3.0", "[..2023-02]"),
    version("p-early", "4.0", None),
    version("p-late", "Only <b>one</b>", "2023-03-04"),
]


def marks(spec: Any) -> list[dict[str, Any]]:
    """What is drawn of versions, each once."""
    layers = (layer.get("data", {}).get("values", []) for layer in spec["layer"])
    return [row for rows in layers for row in rows if "kind" in row]


async def test_the_versions_of_a_product_are_drawn_as_surely_as_they_are_dated(
    database: Database,
) -> None:
    assert not (await load(database, lines(*VERSIONS), comment="test")).failed
    async with served(database) as client:
        told = (await drawn(client, "/v1/products/p-early/versions.alt.txt")).text
        spec = (await drawn(client, "/v1/products/p-early/versions.vl.json")).json()
    assert told.startswith("P-Early: 4 versions, from 1.0 (4 May 2021) to 3.0 (by February 2023)")
    assert "2.0: June 2022" in told
    assert "4.0: day unknown" in told
    found = {row["name"]: row for row in marks(spec)}
    assert {name: row["kind"] for name, row in found.items()} == {
        "1.0": "day",
        "2.0": "span",
        "3.0": "open",
        "4.0": "unknown",
    }
    assert (found["2.0"]["from"], found["2.0"]["to"]) == ("2022-06-01", "2022-06-30")
    assert found["4.0"]["from"] < found["1.0"]["from"]


async def test_words_that_have_no_room_stand_behind_their_mark(database: Database) -> None:
    """The chart makes room there; before it they would stand upon the name."""
    early = version("p-early", "1.0", "[2026-03-29..2026-03-30]")
    late = version("p-early", "2.0", "2026-11-20")
    assert not (await load(database, lines(*BASE[:-3], early, late), comment="test")).failed
    asked = "/v1/products/p-early/versions.vl.json?width=320&on=2026-11-30"
    async with served(database) as client:
        spec = (await drawn(client, asked)).json()
    layers = (layer["data"]["values"] for layer in spec["layer"])
    words = {row["name"]: row["is_before"] for rows in layers for row in rows if "is_before" in row}
    assert words == {"1.0": False, "2.0": True}


async def test_the_versions_of_several_are_a_row_for_each_product(database: Database) -> None:
    assert not (await load(database, lines(*VERSIONS), comment="test")).failed
    async with served(database) as client:
        told = (await drawn(client, "/v1/versions.alt.txt?lang=zh")).text
        spec = (await drawn(client, "/v1/versions.vl.json?product.market_ids=m")).json()
        svg = (await drawn(client, "/v1/versions.svg")).text
    assert told.startswith("2款产品的5个版本；已知最新的是P-Late的Only <b>one</b>（2023年3月4日）")
    assert {row["name"] for row in marks(spec)} == {"P-Early", "P-Late"}
    assert "<b>one" not in svg


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], "No version is on record."),
        ([version("p-late", "X", None)], "P-Late: 1 version, none of a known date"),
        ([version("p-late", "X", "2023")], "P-Late: 1 version; of a known date X, 2023"),
        ([version("p-late", "X", "2999-01-01")], "X, 1 January 2999"),
        ([version(p, "X", None) for p in ("p-late", "p-early")], "2 versions of 2 products, none"),
        ([version("p-late", "X", f"2023-0{n}-01") for n in (1, 2)], "2 versions, from X"),
    ],
    ids=["none", "undated", "one", "to come", "several undated", "one name twice"],
)
@pytest.mark.parametrize("width", [320, 2000])
async def test_few_versions_are_drawn_too(
    database: Database, rows: list[dict[str, Any]], words: str, width: int
) -> None:
    assert not (await load(database, lines(*BASE[:-3], *rows), comment="test")).failed
    async with served(database) as client:
        svg = (await drawn(client, f"/v1/versions.svg?width={width}")).content
    told = "".join(ElementTree.fromstring(svg).itertext())  # noqa: S314
    assert words in told


async def test_of_no_adoption_it_says_so(database: Database) -> None:
    nobody = BASE[:-3]
    assert not (await load(database, lines(*nobody), comment="test")).failed
    async with served(database) as client:
        svg = (await drawn(client, "/v1/features/f/adoptions.svg")).content
    words = " ".join(ElementTree.fromstring(svg).itertext())  # noqa: S314
    assert "No adoption is on record." in words


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/v1/products/kimi/adoptions", "Kimi: 17 features"),
        ("/v1/adoptions", "features taken up"),
        ("/v1/products/cursor/versions", "Cursor: 12 versions, from 0.50"),
        ("/v1/versions?product.vendor_id=openai", "39 versions of 4 products"),
        ("/v1/adoptions?product.vendor_id=openai", "features taken up"),
        ("/v1/markets/chat-assistants/penetration", "6 of 24 features are table stakes"),
        ("/v1/markets/chat-assistants/penetration?lang=zh", "已成标配"),
    ],
)
async def test_the_title_states_the_finding(
    client: httpx.AsyncClient, path: str, words: str
) -> None:
    stem, _, query = path.partition("?")
    assert words in (await drawn(client, f"{stem}.alt.txt?{query}")).text
