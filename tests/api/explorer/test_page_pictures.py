"""The pictures of pages: what they say, how large they are, how they are taken elsewhere."""

import re
from html import unescape

import httpx
import pytest

BROWSER = {"accept": "text/html"}

PICTURED = (
    "/",
    "/markets/chat-assistants",
    "/products/kimi",
    "/features/memory",
    "/vendors/openai",
)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("address", PICTURED)
async def test_pictures_say_what_they_show_and_how_large_they_are(
    client: httpx.AsyncClient, address: str, lang: str
) -> None:
    """A browser that knows their size loads those in sight only."""
    shown = await client.get(httpx.URL(address).copy_merge_params({"lang": lang}), headers=BROWSER)
    images = re.findall(r'<img src="(/v1/[^"]+)" alt="([^"]*)"([^>]*)>', shown.text)
    assert images
    for source, told, rest in images:
        assert "loading=lazy" in rest.replace('"', "")
        address = unescape(source).partition("&theme=")[0]
        words = await client.get(address.replace(".svg?", ".alt.txt?"))
        assert unescape(told) == (words.text.partition("\n\n")[2].strip() or words.text.strip())
        svg = (await client.get(unescape(source))).text
        size = re.search(r'<svg[^>]* (width="\d+" height="\d+")', svg)
        assert size, source
        assert size[1] in rest, source


async def test_narrow_pictures_have_their_own_size(client: httpx.AsyncClient) -> None:
    shown = await client.get("/markets/chat-assistants?theme=dark", headers=BROWSER)
    for source, size in re.findall(
        r'max-width: 40rem\)" srcset="([^"]+)" (width="400" height="\d+")', shown.text
    ):
        assert size in (await client.get(unescape(source))).text[:400], source


async def test_the_image_to_copy_shows_the_picture(client: httpx.AsyncClient) -> None:
    shown = await client.get("/features/memory?theme=dark&lang=en", headers=BROWSER)
    found = re.search(r'class="copied image">.*?<code[^>]*>(.*?)</code>', shown.text)
    assert found
    image = unescape(found[1])
    source, told = re.findall(r'(?:src|alt)="([^"]*)"', image)
    assert "as_of=rev" in source
    assert "theme=dark" in source
    assert len(unescape(told)) > 100
    drawn = await client.get(httpx.URL(unescape(source)).raw_path.decode())
    assert drawn.headers["content-type"] == "image/svg+xml"
    assert re.search(r'width="900" height="\d+">$', image)
