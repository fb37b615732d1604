"""Pages for readers, from the answers that programs get."""

import re
from html import unescape

import httpx
import pytest

from service.api.explorer.assets import EDITION
from service.store.database import Database
from tests.answers import assert_problem
from tests.clients import CLOSED, Editor, served, watched

BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
FINDING = {
    "/": "/v1/homogenization",
    "/markets/chat-assistants": "/v1/markets/chat-assistants/homogenization?interval=quarter",
}


async def page(client: httpx.AsyncClient, address: str, **headers: str) -> httpx.Response:
    return await client.get(address, headers={**BROWSER, **headers})


def words(answer: httpx.Response) -> str:
    """The text of the page, white space apart."""
    bare = re.sub(r"(?s)<(script|style).*?</\1>|<[^>]+>", " ", answer.text)
    return " ".join(unescape(bare).split())


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("address", FINDING)
async def test_a_page_says_what_the_api_says(
    client: httpx.AsyncClient, address: str, lang: str
) -> None:
    shown = await page(client, f"{address}?lang={lang}")
    assert shown.status_code == 200, shown.text
    assert shown.headers["content-type"] == "text/html; charset=utf-8"
    assert shown.headers["content-language"] == lang
    answer = await client.get(FINDING[address], params={"lang": lang})
    assert answer.json()["finding"] in words(shown)


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
