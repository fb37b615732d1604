"""Timeline, history, difference, facts of a source, coverage and broken rules."""

import httpx
import pytest

from service.query.issues import RULES
from service.store.database import Database
from service.usecases.imports.files import load
from tests.clients import served
from tests.make import FEATURE, MARKET, PRODUCT, VENDOR, lines


async def test_the_timeline_is_every_dated_fact_in_order(client: httpx.AsyncClient) -> None:
    dates, seen, address = [], [], "/v1/timeline?limit=200&include=date_bounds"
    while address:
        page = (await client.get(address)).json()
        seen += [event["id"] for event in page["data"]]
        dates += [event["date_min"] or event["date_max"] for event in page["data"]]
        address = page["page"]["next"]
    assert dates == sorted(dates)
    assert len(seen) == len(set(seen)) == page["total"]["value"]
    adoptions = (await client.get("/v1/adoptions?date__isnull=false&limit=1")).json()["total"]
    events = (await client.get("/v1/timeline?event=adoption.date&limit=1")).json()["total"]
    assert adoptions == events


async def test_the_timeline_filters_like_every_list(client: httpx.AsyncClient) -> None:
    found = (
        await client.get(
            "/v1/timeline?product.vendor_id=moonshot-ai&date__gte=2024&facets=event&limit=200"
        )
    ).json()
    assert {e["product_id"] for e in found["data"]} <= {"kimi", "kimi-code", "kimi-k2", None} | {
        e["product_id"] for e in found["data"]
    }
    assert sum(b["count"] for b in found["facets"]["event"]["buckets"]) == found["total"]["value"]
    first = found["data"][0]
    assert (await client.get(first["href"])).json()["id"] == first["record_id"]


async def test_a_history_says_who_changed_what(database: Database) -> None:
    await load(database, lines(VENDOR, MARKET, FEATURE, PRODUCT), comment="one")
    await load(database, lines({**PRODUCT, "launched": "2025-02"}), comment="two")
    async with served(database) as client:
        path = f"/v1/products/{PRODUCT['id']}/history"
        found = (await client.get(path)).json()["data"]
        assert [(v["revision"], v["operation"], v["comment"]) for v in found] == [
            (2, "updated", "two"), (1, "created", "one"),
        ]  # fmt: skip
        assert {"op": "replace", "path": "/launched", "value": "2025-02"} in found[0]["diff"]
        first = (await client.get(f"{path}?limit=1")).json()
        rest = (await client.get(first["page"]["next"])).json()
        assert first["data"] + rest["data"] == found
        assert (await client.get("/v1/products/nobody/history")).status_code == 404


async def test_a_retired_record_keeps_its_history(database: Database) -> None:
    await load(database, lines(VENDOR, MARKET, FEATURE, PRODUCT), comment="one")
    async with database.write(actor="test", comment="gone") as (connection, _):
        await connection.execute("DELETE FROM feature")
    async with served(database) as client:
        found = (await client.get(f"/v1/features/{FEATURE['id']}/history")).json()["data"]
        assert [(v["operation"], v["comment"]) for v in found] == [
            ("retired", "gone"), ("created", "one"),
        ]  # fmt: skip
        gone = await client.get(f"/v1/features/{FEATURE['id']}")
        assert (gone.status_code, gone.json()["code"]) == (410, "gone")
        assert (await client.get(f"/v1/features/{FEATURE['id']}?as_of=rev:1")).status_code == 200
        assert (await client.get("/v1/features/never-was")).status_code == 404
        diff = (await client.get("/v1/diff?collection=features&from=rev:1")).json()
        assert [c["id"] for c in diff["removed"]] == [FEATURE["id"]]


async def test_the_difference_of_two_revisions(client: httpx.AsyncClient) -> None:
    seen, address = 0, "/v1/diff?collection=adoptions&from=rev:1&to=rev:2&limit=20"
    while address:
        page = (await client.get(address)).json()
        assert page["removed"] == page["changed"] == []
        seen += len(page["added"])
        address = page["page"]["next"]
    counts = [
        (await client.get(f"/v1/adoptions?limit=1&as_of=rev:{n}")).json()["total"]["value"]
        for n in (1, 2)
    ]
    assert seen == counts[1] - counts[0] > 0


@pytest.mark.parametrize(
    "query",
    ["", "collection=products", "from=rev:1", "collection=x&from=rev:1",
     "collection=products&from=rev:2&to=rev:1"],
)  # fmt: skip
async def test_a_wrong_difference_is_refused(client: httpx.AsyncClient, query: str) -> None:
    assert (await client.get(f"/v1/diff?{query}")).status_code == 400


async def test_facts_of_a_source(client: httpx.AsyncClient) -> None:
    adoption = (await client.get("/v1/adoptions?evidence=sourced&limit=1")).json()["data"][0]
    source = adoption["source_ids"][0]
    found = (await client.get(f"/v1/sources/{source}/facts?limit=200")).json()
    assert adoption["id"] in [fact["record_id"] for fact in found["data"]]
    assert all(source in fact["source_ids"] for fact in found["data"])
    assert (await client.get("/v1/sources/src_nothing/facts")).status_code == 404


async def test_parts_are_short_for_a_filter(client: httpx.AsyncClient) -> None:
    short = (await client.get("/v1/products/kimi/adoptions?stage=ga")).json()
    long = (await client.get("/v1/adoptions?product_id=kimi&stage=ga")).json()
    assert (short["data"], short["total"]) == (long["data"], long["total"])
    assert short["data"]
    first = (await client.get("/v1/products/kimi/adoptions?limit=2")).json()
    assert (await client.get(first["page"]["next"])).json()["data"]
    assert (await client.get("/v1/products/kimmi/adoptions")).status_code == 404


async def test_coverage_counts(client: httpx.AsyncClient) -> None:
    found = (await client.get("/v1/coverage?on=2026-11-24")).json()
    products = next(c for c in found["collections"] if c["collection"] == "products")
    total = (await client.get("/v1/products?limit=1")).json()["total"]["value"]
    dated = (await client.get("/v1/products?launched__isnull=false&limit=1")).json()["total"]
    launched = next(f for f in products["fields"] if f["field"] == "launched")
    assert (products["count"], launched["known_share"]) == (total, dated["value"] / total)
    chat = next(m for m in found["markets"] if m["market_id"] == "chat-assistants")
    asked = "/v1/markets/chat-assistants/homogenization?on=2026-11-24"
    assert chat["coverage"] == (await client.get(asked)).json()["coverage"]


async def test_every_rule_finds_what_breaks_it(database: Database) -> None:
    def adoption(day: str, stage: str, **more: object) -> dict:
        return {"kind": "adoption", "product": PRODUCT["id"], "feature": FEATURE["id"], "date": day,
                "stage": stage, "status": "unsourced", **more}  # fmt: skip

    def usage(period: str, value: int) -> dict:
        fact = {"kind": "usage", "product": PRODUCT["id"], "metric": "visits", "period": period}
        return {**fact, "value": value, "status": "unsourced"}

    old = {"kind": "source", "url": "urn:old", "last_checked": "2020"}
    late = {**PRODUCT, "id": "q", "launched": None, "sources": ["urn:old"]}
    gone = {**PRODUCT, "launched": "2024", "discontinued": "2025-06"}
    unused = {**FEATURE, "id": "unused", "name": "Unused"}
    facts = [
        adoption("2024-03", "ga"), adoption("2024-05", "preview"), adoption("2023", "announced"),
        adoption("2025-08", "announced", dispute="other"),
        adoption("2031", "announced", until="2030"),
        *(usage("2024-09", value) for value in (1, 2)),
    ]  # fmt: skip
    report = await load(
        database,
        lines({**VENDOR, "founded": "2025"}, MARKET, FEATURE, old, gone, late, unused, *facts),
        comment="all wrong",
    )
    assert report.failed == 0, report
    async with served(database) as client:
        found = (await client.get("/v1/quality/issues?limit=200&facets=rule")).json()
        assert {issue["rule"] for issue in found["data"]} == set(RULES)
        one = (await client.get("/v1/quality/issues?rule=ga_before_preview")).json()["data"]
        assert [issue["product_id"] for issue in one] == [PRODUCT["id"]]


async def test_spells_that_certainly_overlap_are_told(database: Database) -> None:
    def spell(feature: str, day: str, until: str | None, **more: object) -> dict:
        return {"kind": "adoption", "product": PRODUCT["id"], "feature": feature, "date": day,
                "stage": "ga", "until": until, "status": "unsourced", **more}  # fmt: skip

    facts = [
        spell("f", "2024-01", "2024-06"), spell("f", "2024-05-31", None),
        spell("after", "2024-01", "2024-06"), spell("after", "2024-06", None),
        spell("perhaps", "2024-01", "2024"), spell("perhaps", "2024-05", None),
        spell("disputed", "2024-01", None, dispute="preferred"),
        spell("disputed", "2024-02", None, dispute="other"),
    ]  # fmt: skip
    features = [{**FEATURE, "id": name} for name in ("f", "after", "perhaps", "disputed")]
    await load(database, lines(VENDOR, MARKET, *features, PRODUCT, *facts), comment="spells")
    async with served(database) as client:
        found = (await client.get("/v1/quality/issues?rule=overlapping_spells")).json()["data"]
    assert [issue["feature_id"] for issue in found] == ["f", "f"]
