"""Frames for other sites, and oEmbed: pinned, in the room that there is, of nothing but ours."""

import re
from html import unescape
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

from service.api.embedding import MEDIA_TYPE
from service.store.database import Database
from tests.answers import assert_problem
from tests.clients import quota, served
from tests.make import put_all

ANALYSIS = "/v1/markets/chat-assistants/homogenization"
PINNED = f"{ANALYSIS}.embed?on=2026-11-01&as_of=rev:2"
HERE = "http://parity.test"
HOSTILE = '"><script>alert(1)</script>'


async def oembed(client: httpx.AsyncClient, url: str, **more: Any) -> httpx.Response:
    return await client.get(f"/oembed?{urlencode({'url': url, **more})}")


def sources(page: str) -> list[str]:
    return [unescape(found) for found in re.findall(r'src(?:set)?="(/[^"]+)"', page)]


async def test_a_frame_shows_the_picture_of_its_revision(client: httpx.AsyncClient) -> None:
    answer = await client.get(PINNED)
    assert answer.headers["content-type"].startswith("text/html")
    assert "immutable" in answer.headers["cache-control"]
    for source in sources(answer.text):
        assert "on=2026-11-01&as_of=rev%3A2" in source
    narrow, *_, wide = sources(answer.text)
    assert ("width=400" in narrow, "width=800" in wide) == (True, True)
    for source in (narrow, wide):
        shown = await client.get(source)
        assert shown.headers["content-type"].startswith("image/svg+xml")
    assert 'href="/markets/chat-assistants?on=2026-11-01&amp;as_of=rev:2' in answer.text
    assert "<script" not in answer.text
    assert not re.findall(r'(?:src|srcset)="(?!/v1/)', answer.text)


async def test_a_frame_without_a_revision_shows_one_all_the_same(
    client: httpx.AsyncClient,
) -> None:
    answer = await client.get(f"{ANALYSIS}.embed?theme=dark&width=500&lang=zh")
    assert "immutable" not in answer.headers["cache-control"]
    found = sources(answer.text)
    assert len(found) == 2
    assert all("as_of=rev%3A2&lang=zh&theme=dark" in source for source in found)


@pytest.mark.parametrize("wrong", ["theme=dak", "width=100", "width=wide", "lang=fr", "nope=1"])
async def test_what_cannot_be_is_a_problem(client: httpx.AsyncClient, wrong: str) -> None:
    answer = await client.get(f"{PINNED}&{wrong}")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"


async def test_what_has_no_picture_has_no_frame(client: httpx.AsyncClient) -> None:
    for path in ("/v1/products.embed", "/v1/products/kimi.embed", "/v1/coverage.embed"):
        assert (await client.get(path)).status_code == 406


async def test_a_name_is_text_in_a_frame(database: Database) -> None:
    await put_all(database, {"kind": "market", "id": "m", "name": HOSTILE})
    async with served(database) as client:
        page = (await client.get("/v1/markets/m/homogenization.embed")).text
        assert "<script" not in page
        assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    "url",
    [
        f"{HERE}{ANALYSIS}",
        f"{HERE}{ANALYSIS}.svg?theme=dark",
        f"{HERE}{ANALYSIS}@2x.png?on=2026-11-01&as_of=rev:2&lang=zh",
        f"https://parity.example{ANALYSIS}?vendor.country=CN",
        f"{HERE}/markets/chat-assistants",
        f"{HERE}/markets/chat-assistants?on=2026-11-01",
    ],
)
async def test_an_address_of_ours_is_a_pinned_frame(client: httpx.AsyncClient, url: str) -> None:
    answer = await oembed(client, url)
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert (found["version"], found["type"], found["provider_name"]) == ("1.0", "rich", "Parity")
    frame = unescape(re.findall(r'src="https://parity.example(/[^"]+)"', found["html"])[0])
    assert f"{ANALYSIS}.embed?" in frame
    assert "as_of=rev%3A2" in frame
    assert f'width="{found["width"]}" height="{found["height"]}"' in found["html"]
    for name in ("on=2026-11-01", "lang=zh", "theme=dark", "vendor.country=CN"):
        assert (name in frame) == (name in url)
    assert (await client.get(frame)).status_code == 200


SHOWING = {
    "/features/memory": "/v1/features/memory/time-to-copy.embed?",
    "/timeline": "/v1/adoptions.embed?",
    "/groups/bat": "/v1/compare.embed?",
    "/compare?products=kimi,doubao": "/v1/compare.embed?",
    "/products/kimi": "/v1/products/kimi/homogenization.embed?",
    "/facts?of=/v1/products/kimi/homogenization": "/v1/products/kimi/homogenization.embed?",
    "/v1/versions?product_id=kimi&limit=2&fields=id&include=product": "/v1/versions.embed?",
    "/v1/features/memory/adoptions?on=2026-11-01": "/v1/features/memory/adoptions.embed?",
}


@pytest.mark.parametrize("url", SHOWING)
async def test_every_page_and_list_with_a_picture_is_a_frame(
    client: httpx.AsyncClient, url: str
) -> None:
    answer = await oembed(client, HERE + url + ("&" if "?" in url else "?") + "lang=zh")
    assert answer.status_code == 200, answer.text
    found = answer.json()
    frame = unescape(re.findall(r'src="https://parity.example(/[^"]+)"', found["html"])[0])
    assert frame.startswith(SHOWING[url])
    assert ("as_of=rev%3A2" in frame, "on=None" in frame) == (True, False)
    shown = await client.get(frame)
    assert shown.status_code == 200, shown.text
    assert found["title"]
    assert (await client.get(sources(shown.text)[0])).status_code == 200


async def test_what_is_refused_says_all_that_is_wrong(client: httpx.AsyncClient) -> None:
    answer = await oembed(client, f"{HERE}{ANALYSIS}?nope=1&interval=never")
    problem = assert_problem(answer, 404, "not_found")
    assert ("nope" in problem["detail"], "never" in problem["detail"]) == (True, True)


@pytest.mark.parametrize(
    "room",
    [
        {"maxwidth": 1},
        {"maxwidth": 500},
        {"maxheight": 200},
        {"maxwidth": 333, "maxheight": 90},
        {"maxwidth": 99_999},
    ],
)
async def test_a_frame_keeps_to_its_room(client: httpx.AsyncClient, room: dict[str, int]) -> None:
    found = (await oembed(client, HERE + ANALYSIS, **room)).json()
    assert 1 <= found["width"] <= room.get("maxwidth", 800)
    assert 1 <= found["height"] <= room.get("maxheight", 10_000)


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example/v1/markets/chat-assistants/homogenization",
        f"{HERE}/v1/products/kimi",
        f"{HERE}/v1/markets/nope/homogenization",
        f"{HERE}{ANALYSIS}?theme=dak",
        f"{HERE}{ANALYSIS}?nope=1",
        f"{HERE}/docs",
        f"{HERE}/nothing",
        f"{HERE}/oembed?url={HERE}{ANALYSIS}",
        f"{HERE}/v1/changes/stream",
        f"{HERE}/methods",
        "http://[::1",
        "nonsense",
        "javascript:alert(1)",
    ],
)
async def test_what_is_no_picture_of_ours_is_404(client: httpx.AsyncClient, url: str) -> None:
    assert_problem(await oembed(client, url), 404, "not_found")


async def test_the_rest_of_the_specification(client: httpx.AsyncClient) -> None:
    url = HERE + ANALYSIS
    assert_problem(await oembed(client, url, format="xml"), 501, "not_implemented")
    assert (await oembed(client, url, format="json", dnt="1", callback="f")).status_code == 200
    answer = await client.get("/oembed?maxwidth=wide&maxheight=0")
    problem = assert_problem(answer, 400, "invalid_value")
    assert [fault["parameter"] for fault in problem["errors"]] == ["maxheight", "maxwidth", "url"]


async def test_a_quota_that_is_used_up_is_told(own_bundled: Database) -> None:
    async with served(own_bundled, quota(2)) as client:
        assert (await oembed(client, HERE + ANALYSIS)).status_code == 429


@pytest.mark.parametrize("path", ["/markets/chat-assistants", "/features/memory", "/timeline"])
async def test_a_page_tells_how_it_is_unfolded(client: httpx.AsyncClient, path: str) -> None:
    page = await client.get(path, headers={"accept": "text/html"})
    tags = dict(re.findall(r'<meta property="(og:[\w:]+)" content="([^"]*)"', page.text))
    assert {"og:title", "og:description", "og:url", "og:image", "og:image:alt"} <= tags.keys()
    image = unescape(tags["og:image"]).removeprefix("https://parity.example")
    assert (await client.get(image)).headers["content-type"] == "image/png"
    link = re.findall(rf'type="{re.escape(MEDIA_TYPE)}" href="([^"]+)"', page.text)
    consumed = await client.get(unescape(link[0]).removeprefix("https://parity.example"))
    assert consumed.json()["type"] == "rich"
