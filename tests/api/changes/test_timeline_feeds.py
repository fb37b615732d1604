"""Feeds of the timeline, checked against their specifications."""

import json
import re
from datetime import date, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest

from service.formats.files.icalendar import folded
from service.model.dates import parse_date
from service.query.views import TIMELINE
from service.store.database import Database
from service.texts.messages import section
from service.usecases.imports.files import load
from tests.clients import Editor, served
from tests.make import FEATURE, SMALL, lines

SUFFIXES = {"atom": "application/atom+xml", "feed.json": "application/feed+json",
            "ics": "text/calendar"}  # fmt: skip
FILTER = "product_id=kimi&lang=zh"
ATOM = "{http://www.w3.org/2005/Atom}"
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\Z")
TRAP = 'a <b> & "c"; d, e\\f ' + "长" * 60


def parsed(body: bytes) -> list[dict[str, str]]:
    """The events of a calendar; what RFC 5545 demands of lines is checked on the way."""
    assert body.endswith(b"\r\n")
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", body)
    raw = body.split(b"\r\n")[:-1]
    assert max(map(len, raw)) <= 75
    for line in raw:
        line.decode()
    unfolded = body.decode().replace("\r\n ", "").split("\r\n")[:-1]
    assert (unfolded[0], unfolded[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert "VERSION:2.0" in unfolded
    assert any(line.startswith("PRODID:") for line in unfolded)
    events: list[dict[str, str]] = []
    for line in unfolded:
        name, colon, value = line.partition(":")
        assert colon
        assert re.fullmatch(r"[A-Z-]+(;[A-Z-]+=[A-Za-z-]+)*", name), line
        if line == "BEGIN:VEVENT":
            events.append({})
        elif events and name != "END":
            assert name.partition(";")[0] not in events[-1]
            events[-1][name.partition(";")[0]] = value
    return events


def unescaped(value: str) -> str:
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", value), value
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], value)


def day(text: str) -> date:
    return datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone


async def events(
    client: httpx.AsyncClient, query: str, sort: str = "-revision,-date"
) -> list[dict[str, Any]]:
    answer = await client.get(f"/v1/timeline?sort={sort}&limit=200&{query}")
    found: list[dict[str, Any]] = answer.json()["data"]
    return found


async def test_atom_has_what_it_must(client: httpx.AsyncClient) -> None:
    answer = await client.get(f"/v1/timeline.atom?{FILTER}")
    root = ElementTree.fromstring(answer.content)  # noqa: S314 - our own answer
    assert root.tag == f"{ATOM}feed"
    assert INSTANT.match(root.findtext(f"{ATOM}updated") or "")
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "Parity"
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links["self"] == "https://parity.example/v1/timeline.atom?product_id=kimi&lang=zh"
    entries = root.findall(f"{ATOM}entry")
    listed = (await events(client, FILTER))[:100]
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert ids == [f"tag:parity.example,2026:timeline/{event['id']}" for event in listed]
    assert len(set(ids)) == len(ids) > 5
    for entry in entries:
        assert entry.findtext(f"{ATOM}title")
        for name in ("updated", "published"):
            assert INSTANT.match(entry.findtext(f"{ATOM}{name}") or "")
        assert "Kimi 智能助手" in (entry.findtext(f"{ATOM}title") or "")


async def test_json_feed_has_what_it_must(client: httpx.AsyncClient) -> None:
    answer = await client.get(f"/v1/timeline.feed.json?{FILTER}")
    feed = json.loads(answer.content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    assert feed["feed_url"].startswith("https://parity.example/v1/timeline.feed.json?")
    listed = (await events(client, FILTER))[:100]
    assert [item["_parity"]["date"] for item in feed["items"]] == [e["date"] for e in listed]
    for item in feed["items"]:
        assert item["id"]
        assert item["content_text"]
        assert INSTANT.match(item["date_published"])


async def test_a_calendar_shows_each_date_as_far_as_it_is_known(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/timeline.ics?kind=adoption&lang=en")
    shown = parsed(answer.content)
    assert len(shown) > 300
    assert len({event["UID"] for event in shown}) == len(shown)
    known = {e["UID"].partition("@")[0]: e for e in shown}
    precisions = set()
    for event in await events(client, "kind=adoption"):
        found, stored = known[event["id"]], parse_date(event["date"])
        precisions.add(stored.precision)
        assert day(found["DTSTART"]) == (stored.lo or stored.hi)
        assert day(found["DTEND"]) == stored.hi + timedelta(days=1)
        assert ("day not known" in found["SUMMARY"]) == (stored.lo not in (None, stored.hi))
        assert ("by this day" in found["SUMMARY"]) == (stored.lo is None)
        for name in ("DTSTAMP", "CREATED", "LAST-MODIFIED"):
            assert re.fullmatch(r"\d{8}T\d{6}Z", found[name])
    assert {"day", "month"} <= precisions


async def test_what_is_hostile_is_escaped(database: Database) -> None:
    trap = {**FEATURE, "name": TRAP, "names": {"zh": TRAP}}
    others = [record for record in SMALL if record["kind"] != "feature"]
    await load(database, lines(*others, trap), comment="traps")
    async with served(database) as client:
        calendar = await client.get("/v1/timeline.ics?kind=adoption&lang=zh")
        atom = await client.get("/v1/timeline.atom?kind=adoption")
        feed = await client.get("/v1/timeline.feed.json?kind=adoption")
    (event,) = parsed(calendar.content)
    assert TRAP in unescaped(event["SUMMARY"])
    title = ElementTree.fromstring(atom.content).findtext(f"{ATOM}entry/{ATOM}title")  # noqa: S314
    assert TRAP in (title or "")
    assert TRAP in feed.json()["items"][0]["title"]


@pytest.mark.parametrize("suffix", SUFFIXES)
async def test_feeds_answer_like_any_list(client: httpx.AsyncClient, suffix: str) -> None:
    path, plain = f"/v1/timeline.{suffix}?{FILTER}", {"accept-encoding": "identity"}
    got, head = await client.get(path, headers=plain), await client.head(path, headers=plain)
    assert got.headers["content-type"].partition(";")[0] == SUFFIXES[suffix]
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(got.content))
    assert got.headers["content-language"] == "zh"
    again = await client.get(path, headers={"if-none-match": got.headers["etag"]})
    assert again.status_code == 304
    assert (await client.get(f"{path}&nope=1")).json()["code"] == "unknown_parameter"
    for wrong in ("limit=5", "sort=date", "count=none"):
        refused = await client.get(f"{path}&{wrong}")
        assert (refused.status_code, refused.json()["code"]) == (400, "incompatible_parameters")
    unknown = await client.get(f"/v1/timeline.{suffix}?product_id=kimmi")
    assert unknown.json()["code"] == "unknown_reference"


@pytest.mark.parametrize("suffix", SUFFIXES)
async def test_a_feed_is_bounded_and_newest_first(client: httpx.AsyncClient, suffix: str) -> None:
    body = (await client.get(f"/v1/timeline.{suffix}")).text
    entries = {"atom": body.count("<entry>"), "feed.json": body.count('"date_published"'),
               "ics": body.count("BEGIN:VEVENT")}  # fmt: skip
    total = (await client.get("/v1/timeline?limit=1")).json()["total"]["value"]
    assert entries[suffix] == min(total, {"atom": 100, "feed.json": 100, "ics": 1000}[suffix])


async def test_an_empty_feed_is_a_feed(database: Database) -> None:
    async with served(database) as client:
        assert parsed((await client.get("/v1/timeline.ics")).content) == []
        assert (await client.get("/v1/timeline.feed.json")).json()["items"] == []
        root = ElementTree.fromstring((await client.get("/v1/timeline.atom")).content)  # noqa: S314
    assert root.findtext(f"{ATOM}updated")


def test_every_event_has_a_title() -> None:
    field = TIMELINE.field("event")
    assert field is not None
    assert set(field.values) == set(section("events"))


def test_lines_are_folded_between_characters() -> None:
    line = "SUMMARY:" + "长" * 100
    parts = folded(line).split(b"\r\n")[:-1]
    assert max(map(len, parts)) <= 75
    assert "".join(p.decode().removeprefix(" ") for p in parts) == line


async def test_what_is_written_last_is_news_whatever_day_it_speaks_of(editor: Editor) -> None:
    old = {
        "product_id": "kimi",
        "feature_id": "memory",
        "stage": "announced",
        "date": "2023-01",
        "evidence": "unsourced",
        "comment": "found late",
    }
    made = await editor.client.post("/v1/adoptions", json=old, headers=editor.headers)
    assert made.status_code == 201, made.text
    feed = (await editor.client.get("/v1/timeline.feed.json")).json()["items"]
    assert feed[0]["id"].endswith(f"{made.json()['id']}:date")
    assert "2023-01" in feed[0]["content_text"]
    atom = ElementTree.fromstring((await editor.client.get("/v1/timeline.atom")).content)  # noqa: S314
    assert (atom.findtext(f"{ATOM}entry/{ATOM}id") or "").endswith(feed[0]["id"])
    calendar = parsed((await editor.client.get("/v1/timeline.ics")).content)
    assert made.json()["id"] not in calendar[0]["UID"]


async def test_a_date_that_is_added_to_an_old_record_is_news(editor: Editor) -> None:
    gone = {"discontinued": "2026-10", "comment": "closed"}
    headers = {**editor.headers, "if-match": "*"}
    changed = await editor.client.patch("/v1/products/kimi", json=gone, headers=headers)
    assert changed.status_code == 200, changed.text
    feed = (await editor.client.get("/v1/timeline.feed.json")).json()["items"]
    assert feed[0]["_parity"]["event"] == "product.discontinued"


@pytest.mark.parametrize("kind", ["adoption", "monetization", "product", "usage"])
async def test_what_is_said_of_a_product_is_said_of_its_vendor(
    client: httpx.AsyncClient, kind: str
) -> None:
    asked = f"/v1/timeline?kind={kind}&limit=200&count=exact"
    by_hop = (await client.get(f"{asked}&product.vendor_id=moonshot-ai")).json()["data"]
    mine = (await client.get(f"{asked}&vendor_id=moonshot-ai")).json()["data"]
    assert [e["id"] for e in mine] == [e["id"] for e in by_hop]
    assert mine or kind == "usage"
    assert {e["vendor_id"] for e in mine} <= {"moonshot-ai"}


async def test_events_are_in_the_markets_of_their_product(client: httpx.AsyncClient) -> None:
    asked = "/v1/timeline?limit=200&market_ids=video-generation"
    found = (await client.get(asked)).json()
    assert {e["kind"] for e in found["data"]} >= {"product", "adoption"}
    products = (await client.get("/v1/products?market_ids=video-generation&limit=200")).json()
    known = {p["id"] for p in products["data"]}
    assert {e["product_id"] for e in found["data"]} <= known
    wrong = (await client.get("/v1/timeline?market_id=video-generation")).json()
    assert wrong["errors"][0]["did_you_mean"][0] == "market_ids"


@pytest.mark.parametrize("path", ["quality/issues", "sources/{}/facts"])
async def test_the_other_views_know_the_vendor_of_a_products_facts(
    client: httpx.AsyncClient, path: str
) -> None:
    source = (await client.get("/v1/adoptions?product_id=kimi&limit=1")).json()["data"][0]
    asked = path.format(source["source_ids"][0])
    found = (await client.get(f"/v1/{asked}?kind=adoption&limit=200")).json()["data"]
    assert {row["vendor_id"] for row in found}
    assert None not in {row["vendor_id"] for row in found}
    assert all(row["market_ids"] for row in found)
