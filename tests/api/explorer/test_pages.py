"""Pages for readers, from the answers that programs get."""

import re
from html import unescape
from typing import Any

import httpx
import pytest

from service.api.explorer.assets import EDITION
from service.store.database import Database
from service.usecases.imports.files import load
from tests.answers import assert_problem, bearer
from tests.clients import CLOSED, Editor, served, watched
from tests.make import lines, new_key

BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
CHAT = "market=chat-assistants"
FINDING = {
    "/": "/v1/homogenization",
    "/markets/chat-assistants": "/v1/markets/chat-assistants/homogenization?interval=quarter",
    "/products/kimi": "/v1/products/kimi/homogenization",
    "/features/long-context": f"/v1/features/long-context/time-to-copy?{CHAT}",
    "/vendors/openai": "/v1/vendors/openai/homogenization",
    "/facts?of=/v1/products/kimi/homogenization": "/v1/products/kimi/homogenization",
}
WITHOUT_FINDING = {
    "/groups/bat": "Alibaba",
    "/business-models/freemium": "A lastingly free tier",
    "/products": "Kling AI",
    "/markets": "Chat assistants",
    "/compare": "side by side",
    "/compare?products=kimi": "side by side",
    "/compare?products=kimi&products=&products=doubao": "Kimi and Doubao share 13 features",
    "/compare?vendors=openai,google": "OpenAI and Google share 27 features",
    "/timeline": "dated events are on record",
    "/timeline?market=chat-assistants&event=version.date": "comes out",
    "/search": "Search",
    "/search?q=kimi": "12 records are found.",
    "/search?q=kimi&type=product": "Moonshot open platform",
    "/methods": "How the figures are made",
    "/methods/homogenization": "Pick two rival vendors at random",
    "/changes": "bundled data: market.jsonl",
    "/changes?revision=2": "bundled data: unsourced.jsonl",
    "/coverage": "By market",
    "/coverage?market=chat-assistants": "Of 648 cells",
}


async def page(
    client: httpx.AsyncClient, address: str | httpx.URL, **headers: str
) -> httpx.Response:
    return await client.get(address, headers={**BROWSER, **headers})


@pytest.mark.parametrize("address", [*FINDING, *WITHOUT_FINDING])
async def test_a_page_is_light_and_leads_to_the_documentation_as_it_is_read(
    client: httpx.AsyncClient, address: str
) -> None:
    asked = httpx.URL(address).copy_merge_params({"lang": "zh", "theme": "dark"})
    shown = await page(client, asked)
    assert len(shown.content) < 150_000
    assert 'href="/docs?lang=zh&amp;theme=dark"' in shown.text


def words(answer: httpx.Response) -> str:
    """The text of the page, white space apart."""
    bare = re.sub(r"(?s)<(script|style).*?</\1>|<[^>]+>", " ", answer.text)
    return " ".join(unescape(bare).split())


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("address", FINDING)
async def test_a_page_says_what_the_api_says(
    client: httpx.AsyncClient, address: str, lang: str
) -> None:
    shown = await page(client, httpx.URL(address).copy_merge_params({"lang": lang}))
    assert shown.status_code == 200, shown.text
    assert shown.headers["content-type"] == "text/html; charset=utf-8"
    assert shown.headers["content-language"] == lang
    answer = await client.get(httpx.URL(FINDING[address]).copy_merge_params({"lang": lang}))
    assert answer.json()["finding"] in words(shown)


@pytest.mark.parametrize("address", WITHOUT_FINDING)
async def test_a_page_across_records(client: httpx.AsyncClient, address: str) -> None:
    shown = await page(client, httpx.URL(address).copy_merge_params({"lang": "en"}))
    assert (shown.status_code, WITHOUT_FINDING[address] in words(shown)) == (200, True), words(
        shown
    )
    chinese = await page(client, httpx.URL(address).copy_merge_params({"lang": "zh"}))
    assert chinese.status_code == 200
    assert re.search("<h1>[^<]*[\u4e00-\u9fff]|<h1", chinese.text)


@pytest.mark.parametrize("name", ["markets", "products", "features", "vendors", "groups"])
async def test_every_kind_of_record_has_its_page(client: httpx.AsyncClient, name: str) -> None:
    found = await client.get(f"/v1/{name}?sample=9&seed=16&fields=id,name&lang=zh")
    for record in found.json()["data"]:
        shown = await page(client, f"/{name}/{record['id']}?lang=zh&on=2026-06-30")
        assert (shown.status_code, record["name"] in words(shown)) == (200, True), record["id"]
        assert len(shown.content) < 150_000


async def test_definitions_are_in_the_language_or_said_to_be_english(editor: Editor) -> None:
    both = {"definition": "It keeps <things>.", "definitions": {"zh": "它会记住事情。"}}
    bodies = {
        "markets/both": {"layer": "application", **both},
        "markets/english": {"layer": "application", "definition": "It keeps things."},
        "features/both": {"category": "reasoning", **both},
        "features/english": {"category": "reasoning", "definition": "It keeps things."},
        "business-models/both": both,
        "business-models/english": {"definition": "It keeps things."},
    }
    for path, body in bodies.items():
        named = {"names": {"en": "Memory", "zh": "记忆"}, **body}
        made = await editor.send("PUT", f"/v1/{path}?comment=test", named)
        assert made.status_code == 201, made.text
        chinese = (await page(editor.client, f"/{path}?lang=zh")).text
        english = (await page(editor.client, f"/{path}?lang=en")).text
        assert re.findall(
            r'<p class="(?:definition|lead)"([^>]*)>(它会记住事情。|It keeps)', chinese
        ) == [("", "它会记住事情。") if path.endswith("both") else (' lang="en"', "It keeps")]
        assert re.findall(r'<p class="(?:definition|lead)"([^>]*)>It keeps', english) == [""]


async def test_prices_and_money_are_told_in_the_language(client: httpx.AsyncClient) -> None:
    asked = "/compare?products=kimi,doubao,chatgpt&on=2026-11-01"
    chinese = words(await page(client, f"{asked}&lang=zh"))
    english = words(await page(client, f"{asked}&lang=en"))
    for price in ("付费订阅（49元/月）", "打赏（5.2元/4天）", "付费订阅（20美元/月）"):
        assert price in chinese
    for price in ("Paid subscription (49 CNY/month)", "(5.2 CNY/4 days)", "(20 USD/month)"):
        assert price in english
    raised = words(await page(client, "/vendors/openai?lang=zh"))
    assert ("66亿美元" in raised, "所在地 美国" in raised) == (True, True)
    assert not re.search(r"[亿万] ?USD|CNY", raised)
    assert "6.6 billion US dollars" in words(await page(client, "/vendors/openai?lang=en"))


async def test_a_source_has_its_page(client: httpx.AsyncClient) -> None:
    found = await client.get("/v1/sources?sample=9&seed=16")
    for record in found.json()["data"]:
        shown = await page(client, f"/sources/{record['id']}?lang=en")
        assert (shown.status_code, record["url"] in words(shown)) == (200, True)


async def test_an_empty_base_has_its_pages(database: Database) -> None:
    async with served(database) as client:
        for address in ("/", "/timeline", "/search?q=x", "/changes", "/coverage", "/compare"):
            shown = await page(client, address)
            assert shown.status_code == 200, (address, words(shown))


async def test_a_list_goes_on_at_the_same_revision(client: httpx.AsyncClient) -> None:
    seen: list[str] = []
    address = "/timeline?market=ai-phones&lang=en"
    for _ in range(9):
        shown = await page(client, address)
        assert shown.status_code == 200, words(shown)
        seen += re.findall('<td class="date">.*?</tr>', shown.text, re.DOTALL)
        following = re.findall('href="([^"]+)">Next page', shown.text)
        if not following:
            break
        address = unescape(following[0])
        assert "as_of=rev" in address
    total = (await client.get("/v1/timeline?market_ids=ai-phones&limit=1")).json()["total"]
    assert len(seen) == total["value"] > 50


async def test_every_link_of_the_pages_leads_somewhere(client: httpx.AsyncClient) -> None:
    wanted: set[str] = set()
    for address in (*FINDING, *WITHOUT_FINDING):
        shown = await page(client, httpx.URL(address).copy_merge_params({"lang": "en"}))
        for link in re.findall(r'(?:href|src)="(/[^"#]*)', shown.text):
            path = unescape(link).partition("?")[0]
            is_needed = path.count("/") < 2 or path.startswith(("/assets", "/v1", "/methods"))
            wanted |= {unescape(link)} if is_needed else set()
    for link in sorted(wanted):
        if link.startswith("/v1/sources") or "explain" in link:
            continue
        assert (await page(client, link)).status_code == 200, link


async def test_a_page_speaks_of_the_day_and_the_base_asked_for(client: httpx.AsyncClient) -> None:
    asked = "on=2025-01-31&as_of=rev:1&lang=en"
    shown = await page(client, f"/markets/chat-assistants?{asked}")
    answer = await client.get(f"/v1/markets/chat-assistants/homogenization?{asked}")
    assert answer.json()["finding"] in words(shown)
    assert shown.headers["dataset-revision"] == "1"
    assert "immutable" in shown.headers["cache-control"]
    for kept in ("on=2025-01-31", "as_of=rev:1"):
        assert kept in re.findall('class="mark" href="([^"]+)"', shown.text)[0]


async def test_what_a_form_leaves_empty_is_not_asked(client: httpx.AsyncClient) -> None:
    shown = await page(client, "/markets/chat-assistants?on=&as_of=&lang=en")
    plain = await page(client, "/markets/chat-assistants?lang=en")
    assert shown.headers["etag"] == plain.headers["etag"]


async def test_an_unchanged_page_is_not_sent_again(client: httpx.AsyncClient) -> None:
    tag = (await page(client, "/")).headers["etag"]
    again = await page(client, "/", **{"if-none-match": tag})
    assert (again.status_code, again.text) == (304, "")


async def test_a_page_is_remembered_until_what_it_shows_changes(own_bundled: Database) -> None:
    async with watched(own_bundled) as (client, _):
        first = await page(client, "/markets/chat-assistants")
        again = await page(client, "/markets/chat-assistants")
        assert again.content == first.content
        assert float(again.headers["server-timing"].partition("=")[2]) < 5


async def test_programs_get_what_they_got(client: httpx.AsyncClient) -> None:
    for accept in ("*/*", "application/json", ""):
        answer = await client.get("/", headers={"accept": accept})
        assert answer.json()["object"] == "service"
    refused = await client.get("/markets/chat-assistants", headers={"accept": "application/json"})
    assert_problem(refused, 406, "not_acceptable")


@pytest.mark.parametrize(
    ("address", "status", "told"),
    [
        ("/markets/chat-asistants?lang=en", 404, 'There is no market "chat-asistants".'),
        ("/markets/chat-asistants?lang=zh", 404, "没有市场“chat-asistants”。"),
        ("/markets/chat-assistants?lng=zh&on=soon", 400, '"soon" is not a date'),
        ("/markets/chat-assistants?as_of=rev:99", 400, "99"),
        ("/markets/chat-assistants?theme=pink", 400, "pink"),
        ("/products/kim?lang=zh", 404, "没有产品“kim”。"),
        ("/features/nope", 404, "nope"),
        ("/vendors/nope", 404, "nope"),
        ("/groups/nope", 404, "nope"),
        ("/methods/homogenisation?lang=en", 404, "Did you mean homogenization"),
        ("/compare?products=kimi&vendors=openai", 400, "products"),
        ("/compare?products=kimi,nope", 400, "nope"),
        ("/timeline?after=x", 400, "cursor"),
        ("/timeline?event=nope", 400, "nope"),
        ("/search?q=kimi&type=nope", 400, "nope"),
        ("/changes?revision=99", 404, "99"),
        ("/changes?revision=0", 400, "revision"),
        ("/facts", 400, "of"),
        ("/facts?of=/v1/keys", 404, "/v1/keys"),
        ("/facts?of=/v1/nope", 404, "/v1/nope"),
        ("/facts?of=/v1/products/kimi", 400, "explain"),
        ("/coverage?market=nope", 400, "nope"),
        ("/nothing-here", 404, "/nothing-here"),
    ],
)
async def test_what_is_wrong_is_a_page_for_readers_and_a_problem_for_programs(
    client: httpx.AsyncClient, address: str, status: int, told: str
) -> None:
    shown = await page(client, address)
    assert shown.headers["content-type"] == "text/html; charset=utf-8"
    assert (shown.status_code, told in words(shown)) == (status, True), words(shown)
    assert shown.headers["cache-control"] == "no-store"
    answer = await client.get(address)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.status_code == status


async def test_a_near_id_is_linked(client: httpx.AsyncClient) -> None:
    shown = await page(client, "/markets/chat-asistants")
    assert 'href="/markets/chat-assistants"' in shown.text


async def test_stored_markup_is_text(editor: Editor) -> None:
    evil = {"en": "<script>alert(1)</script>", "zh": "\"><img src=x onerror='alert(2)'>"}
    body = {"names": evil, "layer": "application", "definition": "</p><script>"}
    made = await editor.send("PUT", "/v1/markets/evil?comment=test", body)
    assert made.status_code == 201, made.text
    for lang in ("en", "zh"):
        for address in ("/markets/evil", "/"):
            shown = await page(editor.client, f"{address}?lang={lang}")
            assert shown.status_code == 200
            assert evil[lang] in words(shown) or evil[lang] in unescape(shown.text)
            assert "<script>" not in shown.text
            assert "<img src=x" not in shown.text


def adoption(day: str, **more: Any) -> dict[str, Any]:
    fact = {"kind": "adoption", "product": "p", "feature": "f", "stage": "ga", "date": day}
    return fact | {"sources": [f"https://example.org/{day}"], **more}


async def test_facts_are_told_as_precisely_as_they_are_known(database: Database) -> None:
    base = [
        {"kind": "market", "id": "m", "name": "M"},
        {"kind": "feature", "id": "f", "name": "F"},
        {"kind": "vendor", "id": "v", "name": "V"},
        {"kind": "product", "id": "p", "vendor": "v", "name": "P", "markets": ["m"]},
        adoption("2023"),
        adoption("2024-05", sources=[], evidence="unsourced"),
        adoption("[..2025-06-30]", note="<b>seen</b> in passing"),
    ]
    assert not (await load(database, lines(*base), comment="test")).failed
    _, secret = await new_key(database, "curate")
    async with served(database) as client:
        editor = Editor(client, bearer(secret))
        found = (await client.get("/v1/adoptions?sort=date")).json()["data"]
        first, second, _ = (fact["id"] for fact in found)
        body = {"with": first, "comment": "two papers disagree"}
        told = await editor.send("POST", f"/v1/adoptions/{second}/dispute", body)
        assert told.status_code == 200, told.text
        for address in ("/products/p?lang=en", "/features/f?lang=en", "/timeline?lang=en"):
            shown = words(await page(client, address))
            for said in (" 2023 ", "May 2024", "by 30 June 2025", "no source yet"):
                assert said in shown, (address, said, shown)
            assert "disputed: not preferred" in shown
            assert "disputed: preferred" in shown
        noted = words(await page(client, "/products/p?lang=en"))
        assert "<b>seen</b> in passing" in noted
        assert "Launched not known" in noted


async def test_where_reads_want_a_key_pages_do_too(bundled: Database) -> None:
    async with served(bundled, CLOSED) as client:
        for address in ("/", "/markets/chat-assistants"):
            refused = await page(client, address)
            assert (refused.status_code, "html" in refused.headers["content-type"]) == (401, True)
        assert (await client.get("/")).json()["object"] == "service"


async def test_a_page_takes_from_the_quota(client: httpx.AsyncClient) -> None:
    for address in ("/", "/markets/chat-assistants"):
        assert "ratelimit" in (await page(client, address)).headers
    assert "ratelimit" not in (await client.get("/")).headers


async def test_nothing_comes_from_outside(client: httpx.AsyncClient) -> None:
    shown = await page(client, "/markets/chat-assistants")
    loaded = re.findall(
        r'(?:src|srcset|<link rel="(?:icon|stylesheet)" href)="([^"]+)"', shown.text
    )
    assert loaded
    assert [address for address in loaded if not address.startswith("/")] == []
    assert "style=" not in shown.text
    assert re.findall(r"<script(?! src=)", shown.text) == []
    policy = shown.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy


async def test_assets_are_kept_for_ever_at_their_own_address(client: httpx.AsyncClient) -> None:
    for name in ("explorer.css", "explorer.js", "mark.svg"):
        kept = await client.get(f"/assets/{EDITION}/{name}")
        assert "immutable" in kept.headers["cache-control"]
        other = await client.get(f"/assets/0/{name}")
        assert other.content == kept.content
        assert "immutable" not in other.headers["cache-control"]
    assert_problem(await client.get(f"/assets/{EDITION}/explorer.cs"), 404, "not_found")
