"""Pictures over HTTP: by suffix and Accept, wide and dark, of nothing, with what is wrong."""

from xml.etree import ElementTree

import httpx
import pytest

ASKED = "/v1/markets/chat-assistants/homogenization"
SURVIVAL = "/v1/features/long-context/time-to-copy"
AMONG = "market=chat-assistants"
SVG = "{http://www.w3.org/2000/svg}"
TYPES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".vl.json": "application/vnd.vegalite.v6+json",
    ".alt.txt": "text/plain",
}


def faults(answer: httpx.Response) -> list[tuple[str, str]]:
    return [(fault["code"], fault["parameter"]) for fault in answer.json()["errors"]]


@pytest.mark.parametrize("suffix", TYPES)
async def test_suffix_and_accept_draw_the_same(client: httpx.AsyncClient, suffix: str) -> None:
    by_suffix = await client.get(ASKED + suffix)
    by_accept = await client.get(ASKED, headers={"accept": TYPES[suffix]})
    assert (by_suffix.status_code, by_suffix.content) == (200, by_accept.content)
    assert by_suffix.headers["content-type"].partition(";")[0] == TYPES[suffix]
    again = {"if-none-match": by_suffix.headers["etag"]}
    assert (await client.get(ASKED + suffix, headers=again)).status_code == 304


async def test_pixels(client: httpx.AsyncClient) -> None:
    for suffix, width in ((".png", 400), ("@2x.png", 800)):
        answer = await client.get(f"{ASKED}{suffix}?width=400&theme=dark&lang=zh")
        assert answer.headers["content-type"] == "image/png"
        assert int.from_bytes(answer.content[16:20], "big") == width


async def test_a_page_shows_the_picture_and_a_browser_the_answer(client: httpx.AsyncClient) -> None:
    image = "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8"
    shown = await client.get(ASKED, headers={"accept": image})
    assert shown.headers["content-type"].startswith("image/svg+xml")
    page = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
    shown = await client.get(ASKED, headers={"accept": page})
    assert shown.headers["content-type"].startswith("application/json")


@pytest.mark.parametrize("lang", ["en", "zh"])
async def test_words_are_in_the_language(client: httpx.AsyncClient, lang: str) -> None:
    svg = ElementTree.fromstring((await client.get(f"{SURVIVAL}.svg?{AMONG}&lang={lang}")).content)  # noqa: S314
    answer = (await client.get(f"{SURVIVAL}?{AMONG}&lang={lang}")).json()
    told = (await client.get(f"{SURVIVAL}.alt.txt?{AMONG}&lang={lang}")).text
    title, description = svg.findtext(f"{SVG}title"), svg.findtext(f"{SVG}desc")
    assert told == f"{title}\n\n{description}\n"
    assert str(answer["result"]["median_time_to_copy_days"]) in str(title)
    assert str(description).startswith(answer["finding"])


async def test_of_nothing_it_says_why(client: httpx.AsyncClient) -> None:
    answer = await client.get(f"{ASKED}.svg?on=2001-01-01")
    svg = ElementTree.fromstring(answer.content)  # noqa: S314
    assert answer.status_code == 200
    assert "no product is live" in " ".join(svg.itertext())


WRONG = {
    "width=0": ("invalid_value", "width"),
    "width=319": ("invalid_value", "width"),
    "width=2001": ("invalid_value", "width"),
    "width=1e3": ("invalid_value", "width"),
    "width=": ("empty_value", "width"),
    "theme=drak": ("unknown_value", "theme"),
    "lang=xx": ("unknown_value", "lang"),
    "scale=2": ("unknown_parameter", "scale"),
}


@pytest.mark.parametrize("query", WRONG)
@pytest.mark.parametrize("suffix", [".svg", ".png", "@2x.png", ".vl.json"])
async def test_what_cannot_be_is_refused(
    client: httpx.AsyncClient, query: str, suffix: str
) -> None:
    answer = await client.get(f"{ASKED}{suffix}?{query}")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert faults(answer) == [WRONG[query]]


async def test_what_belongs_to_pictures_is_refused_elsewhere(client: httpx.AsyncClient) -> None:
    for suffix in (".json", ".csv", ".md", ".alt.txt"):
        answer = await client.get(f"{ASKED}{suffix}?theme=dark")
        assert faults(answer) == [("incompatible_parameters", "theme")], suffix


async def test_what_is_not_drawn_has_no_picture(client: httpx.AsyncClient) -> None:
    for path in ("/v1/products.svg", "/v1/schema.png", "/v1/products/kimi@2x.png"):
        assert (await client.get(path)).status_code == 406, path
