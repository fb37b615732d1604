"""What records bring along: long lists go on where they stop, in the same revision and day."""

from collections.abc import AsyncIterator

import httpx
import pytest

from service.query.registry import COLLECTIONS
from service.query.views import VIEWS
from service.store.database import Database
from service.texts.messages import section
from service.usecases.imports.files import load
from tests.clients import served
from tests.make import ADOPTION, FEATURE, MARKET, PRODUCT, VENDOR, lines
from tests.postgres import EMPTY, fresh

MANY = 250


def day(n: int) -> str:
    return f"{2010 + n // 28}-01-{n % 28 + 1:02}"


@pytest.fixture(scope="module")
async def long(templates: str) -> AsyncIterator[httpx.AsyncClient]:
    """A product with 250 adoptions, and a survey of 150 features; then a write."""
    async for database in fresh(templates, EMPTY):
        adoptions = [{**ADOPTION, "date": day(n)} for n in range(MANY)]
        features = [{**FEATURE, "id": f"f{n:03}"} for n in range(150)]
        survey = {"kind": "survey", "product": "p", "market": "m", "date": "2024-01",
                  "features": [f["id"] for f in features], "status": "unsourced"}  # fmt: skip
        await load(
            database,
            lines(VENDOR, MARKET, FEATURE, PRODUCT, *features, *adoptions, survey),
            comment="long",
        )
        async with served(database) as client:
            yield client


async def whole(client: httpx.AsyncClient, embedded: dict) -> list[dict]:
    found = list(embedded["data"])
    assert len(found) <= 100
    address = embedded["next"]
    while address:
        answer = await client.get(address)
        assert answer.status_code == 200, answer.text
        found += answer.json()["data"]
        address = answer.json()["page"]["next"]
    return found


@pytest.mark.parametrize("more", ["", "&on=2014-06", "&lang=zh", "&as_of=rev:1"])
async def test_a_long_list_goes_on_behind_its_last_record(
    long: httpx.AsyncClient, more: str
) -> None:
    product = (await long.get(f"/v1/products/p?include=adoptions.feature{more}")).json()
    found = await whole(long, product["adoptions"])
    listed = await long.get(f"/v1/adoptions?product_id=p&include=feature&sort=id&limit=200{more}")
    expected = listed.json()["data"]
    if listed.json()["page"]["next"]:
        expected += (await long.get(listed.json()["page"]["next"])).json()["data"]
    assert found == expected
    assert 100 < len(found) <= MANY
    assert (len(found) < MANY) == ("on=" in more)


async def test_a_long_list_goes_on_with_the_chosen_fields(long: httpx.AsyncClient) -> None:
    asked = "/v1/products/p?include=adoptions&fields=adoptions.date"
    found = await whole(long, (await long.get(asked)).json()["adoptions"])
    assert len(found) == MANY
    assert all(set(one) == {"object", "id", "date"} for one in found)


async def test_a_long_list_two_records_far_goes_on_too(long: httpx.AsyncClient) -> None:
    vendor = (await long.get("/v1/vendors/acme?include=products.adoptions")).json()
    (product,) = vendor["products"]["data"]
    assert len(await whole(long, product["adoptions"])) == MANY


async def test_a_long_list_of_ids_goes_on_with_the_next_hundred(long: httpx.AsyncClient) -> None:
    (survey,) = (await long.get("/v1/surveys?include=features")).json()["data"]
    found = await whole(long, survey["features"])
    assert [feature["id"] for feature in found] == survey["feature_ids"]


async def test_the_link_reads_the_revision_of_its_record(database: Database) -> None:
    adoptions = [{**ADOPTION, "date": day(n)} for n in range(MANY)]
    await load(database, lines(VENDOR, MARKET, FEATURE, PRODUCT, *adoptions), comment="one")
    async with served(database) as client:
        product = (await client.get("/v1/products/p?include=adoptions")).json()
        later = [{**ADOPTION, "date": day(MANY + n)} for n in range(20)]
        await load(database, lines(*later), comment="two")
        found = await whole(client, product["adoptions"])
    assert len(found) == len({r["id"] for r in found}) == MANY


async def test_what_is_brought_along_is_in_force_on_the_day(client: httpx.AsyncClient) -> None:
    for address in (
        "/v1/products/kimi?include=adoptions",
        "/v1/products?id=kimi&include=adoptions",
    ):
        now, then = [(await client.get(f"{address}{on}")).json() for on in ("", "&on=2024-06")]
        now, then = [found["data"][0] if "data" in found else found for found in (now, then)]
        listed = (await client.get("/v1/adoptions?product_id=kimi&on=2024-06&sort=id")).json()
        assert then["adoptions"]["data"] == listed["data"]
        assert len(listed["data"]) < len(now["adoptions"]["data"])


async def test_fields_reach_into_what_is_included(client: httpx.AsyncClient) -> None:
    asked = "/v1/products/kimi?fields=name,adoptions.stage,adoptions.feature.name"
    found = (await client.get(asked)).json()
    assert set(found) == {"object", "id", "name", "adoptions"}
    first = found["adoptions"]["data"][0]
    assert set(first) == {"object", "id", "stage", "feature"}
    assert set(first["feature"]) == {"object", "id", "name"}


async def test_three_records_far_is_too_far(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/vendors/openai?include=products.adoptions.feature")
    assert (answer.status_code, answer.json()["code"]) == (400, "filter_too_complex")


async def test_a_sample_stays_while_others_write(own_bundled: Database) -> None:
    async with served(own_bundled) as client:
        asked = "/v1/products?sample=20&seed=7&fields=id"
        before = (await client.get(asked)).json()
        new = {"kind": "feature", "id": "brand-new", "name": "Brand new"}
        await load(own_bundled, lines(new), comment="unrelated")
        after = (await client.get(asked)).json()
    assert after["meta"]["revision"] > before["meta"]["revision"]
    assert [r["id"] for r in after["data"]] == [r["id"] for r in before["data"]]
    assert len(after["data"]) == 20


async def test_what_is_not_counted_has_no_total(client: httpx.AsyncClient) -> None:
    found = (await client.get("/v1/products?count=none&limit=3&facets=status")).json()
    assert found["total"] is None
    assert len(found["data"]) == 3
    assert found["page"]["next"]
    assert found["facets"]["status"]["buckets"]


@pytest.mark.parametrize("lang", ["en", "zh"])
async def test_facets_have_labels_in_the_readers_language(
    client: httpx.AsyncClient, lang: str
) -> None:
    asked = f"/v1/timeline?facets=kind,event,vendor.type,product_id&limit=1&lang={lang}"
    facets = (await client.get(asked)).json()["facets"]
    labels = [b["label"] for name in ("kind", "event", "vendor.type")
              for b in facets[name]["buckets"]]  # fmt: skip
    assert all(any(ord(c) > 0x2E80 for c in text) == (lang == "zh") for text in labels), labels
    rules = (await client.get(f"/v1/quality/issues?facets=rule&limit=1&lang={lang}")).json()
    for bucket in rules["facets"]["rule"]["buckets"]:
        assert any(ord(c) > 0x2E80 for c in bucket["label"]) == (lang == "zh"), bucket


def test_every_word_of_a_closed_list_has_a_label() -> None:
    words = {v for c in (*COLLECTIONS, *VIEWS) for f in c.every_field for v in f.values}
    assert words <= set(section("labels")), sorted(words - set(section("labels")))
