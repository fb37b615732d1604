"""Records in the words of schema.org: typed, in languages, as precise as they are known."""

import json
from typing import Any

import httpx
import pytest

from service.query.registry import COLLECTIONS
from service.store.database import Database
from tests.clients import served
from tests.make import SMALL, put_all

MARKED = '</script><b>"甲"</b>'


async def shown(client: httpx.AsyncClient, address: str) -> dict[str, Any]:
    answer = await client.get(address, headers={"accept": "application/ld+json"})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/ld+json"
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.parametrize("collection", COLLECTIONS, ids=lambda c: c.name)
async def test_every_record_has_an_address_and_a_type(
    client: httpx.AsyncClient, collection: Any
) -> None:
    graph = (await shown(client, f"/v1/{collection.name}?limit=5"))["@graph"]
    for node in graph:
        one = await client.get(f"{node['@id'].removeprefix('https://parity.example')}.jsonld")
        assert {k: v for k, v in one.json().items() if k != "@context"} == node
        assert node["@type"] == ("Claim" if collection.prefix not in ("", "src") else node["@type"])
        assert None not in node.values()


async def test_a_vendor_and_a_product_are_what_schema_org_calls_them(
    client: httpx.AsyncClient,
) -> None:
    product = await shown(client, "/v1/products/kimi")
    assert product["@type"] == "SoftwareApplication"
    assert product["publisher"] == {"@id": "https://parity.example/v1/vendors/moonshot-ai"}
    assert product["datePublished"] == (await client.get("/v1/products/kimi")).json()["launched"]
    vendor = await shown(client, "/v1/vendors/moonshot-ai")
    assert vendor["@type"] == "Organization"
    assert {"@value": "月之暗面", "@language": "zh"} in vendor["name"]


async def test_what_is_partial_or_marked_up_or_past_stays_itself(database: Database) -> None:
    product = {**SMALL[1], "name": MARKED, "launched": "[2024-03..2024-07]"}
    await put_all(database, *SMALL)
    await put_all(database, product)
    async with served(database) as client:
        now = await shown(client, "/v1/products/p")
        then = await shown(client, "/v1/products/p?as_of=rev:1")
        chosen = await shown(client, "/v1/products/p?fields=launched")
    assert now["datePublished"] == {"@value": "[2024-03..2024-07]", "@type": "edtf"}
    assert now["name"][0]["@value"] == MARKED
    assert then["datePublished"] == "2024-01"
    assert chosen["datePublished"] == now["datePublished"]
    assert "name" not in chosen
    assert json.dumps(then) != json.dumps(now)
