"""Adoptions and penetrations as they are drawn: who first, what is uncertain, what is missing."""

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
