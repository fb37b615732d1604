"""The documentation as pages: all are there, every link resolves, nothing is from outside."""

import re
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

import httpx
import pytest

from service.api.documentation import library, markdown
from service.model.errors import Code
from service.model.methods import METHODS
from service.model.notices import WarningCode

PAGES = sorted(library.pages())
OWN = ["/docs", "/docs/reference", "/docs/reference/list_products", "/problems", "/problems/gone"]
LEAD_TO_PAGES = (
    "/docs",
    "/problems",
    "/llms",
    "/README",
    "/CHANGELOG",
    "/CONTRIBUTING",
    "/SECURITY",
    "/LICENSE",
    "/openapi/clients/",
)


class Read(HTMLParser):
    """The links, the anchors, what is loaded, the languages and the headings of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: list[str] = []
        self.loaded: list[str] = []
        self.headings: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a":
            self.links.append(given["href"])
        if tag == "img":
            self.links.append(given["src"])
        if "id" in given:
            self.anchors.append(given["id"])
        if tag in ("link", "script", "img") and given.get("rel") not in ("canonical", "alternate"):
            self.loaded.append(given.get("src") or given["href"])
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(tag)


async def page_of(client: httpx.AsyncClient, address: str) -> Read:
    answer = await client.get(address, headers={"accept": "text/html"})
    assert answer.status_code == 200, address
    return Read(answer.text)


@pytest.mark.parametrize("address", [*OWN, *PAGES])
async def test_a_page_says_what_it_is_and_loads_nothing_from_outside(
    client: httpx.AsyncClient, address: str
) -> None:
    answer = await client.get(address, headers={"accept": "text/html"})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    (title,) = re.findall("<title>(.+)</title>", answer.text)
    (description,) = re.findall('<meta name="description" content="(.+?)">', answer.text, re.DOTALL)
    assert title.endswith(" · Parity")
    assert description.strip()
    assert "<th></th>" not in answer.text, "a header says what its column is"
    read = Read(answer.text)
    assert all(urlsplit(one).netloc == "" for one in read.loaded)
    assert read.headings.count("h1") == 1
    assert len(read.anchors) == len(set(read.anchors))


@pytest.mark.parametrize("address", [*OWN, *PAGES])
async def test_every_link_leads_somewhere(client: httpx.AsyncClient, address: str) -> None:
    read = await page_of(client, address)
    broken = []
    for link in sorted(set(read.links)):
        target, anchor = urldefrag(urljoin(address, link))
        if target in ("", address):
            found = read
        elif target.startswith(LEAD_TO_PAGES):
            answer = await client.get(target, headers={"accept": "text/html"})
            if answer.status_code != 200:
                broken.append(link)
                continue
            if not answer.headers["content-type"].startswith("text/html"):
                continue
            found = Read(answer.text)
        else:
            continue
        if anchor and anchor not in found.anchors:
            broken.append(link)
    assert broken == []


@pytest.mark.parametrize("source", sorted(library.by_source()))
async def test_the_markdown_is_served_as_it_is_and_its_links_hold(
    client: httpx.AsyncClient, source: str
) -> None:
    page = library.by_source()[source]
    answer = await client.get(f"/{source}")
    assert answer.headers["content-type"].startswith("text/markdown")
    assert answer.text == page.text
    negotiated = await client.get(page.address, headers={"accept": "text/markdown"})
    assert negotiated.text == page.text
    for link in markdown.links(page.text):
        target, anchor = urldefrag(urljoin(f"/{source}", link))
        if link.startswith(("http", "/")):
            continue
        linked = await client.get(target or f"/{source}")
        assert linked.status_code == 200, link
        assert not anchor or anchor in markdown.anchors(linked.text), link


async def test_the_index_leads_to_every_page_but_the_methods(client: httpx.AsyncClient) -> None:
    links = {link.partition("?")[0] for link in (await page_of(client, "/docs")).links}
    assert {page for page in PAGES if not page.startswith("/docs/methods/")} <= links
    assert {"/docs/reference", "/docs/methods", "/problems", "/docs/compatibility"} <= links
    methods = set((await page_of(client, "/docs/methods")).links)
    assert {f"/docs/methods/{method}" for method in METHODS} <= methods


@pytest.mark.parametrize(
    "address", ["/docs/reference/list_products", "/docs/methods/homogenization"]
)
async def test_what_stands_between_backticks_is_code(
    client: httpx.AsyncClient, address: str
) -> None:
    page = (await client.get(address, headers={"accept": "text/html"})).text
    prose = re.sub(r"(?s)<pre.*?</pre>|<[^>]+>", "", page)
    assert "`" not in prose
    assert "<code>" in page


async def test_every_code_has_its_page(client: httpx.AsyncClient) -> None:
    for code in (*Code, *WarningCode):
        for lang in ("en", "zh"):
            answer = await client.get(f"/problems/{code}?lang={lang}")
            assert (answer.status_code, answer.headers["content-language"]) == (200, lang)
            assert answer.text.count("<pre") == 2


async def test_llms_txt_has_a_line_for_every_page(client: httpx.AsyncClient) -> None:
    index = (await client.get("/llms.txt")).text
    assert index.startswith("# Parity\n\n> ")
    listed = re.findall(r"^- \[.+?\]\((/\S+?)\)", index, re.MULTILINE)
    for address in listed:
        assert (await client.get(address)).status_code == 200
    sources = {f"/{s}" for s in library.by_source() if not s.startswith("docs/methods/")}
    assert sources <= set(listed)
    whole = (await client.get("/llms-full.txt")).text
    assert all(page.text in whole for page in library.pages().values())


async def test_a_page_is_validated_and_told_by_language(client: httpx.AsyncClient) -> None:
    first = await client.get("/docs/asking")
    again = await client.get("/docs/asking", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    chinese = await client.get("/docs/asking?lang=zh")
    assert chinese.headers["etag"] != first.headers["etag"]
    assert ('<html lang="zh-Hans"' in chinese.text, '<article lang="en">' in chinese.text) == (
        True,
        True,
    )
    dark = await client.get("/docs/asking?theme=dark")
    assert 'data-theme="dark"' in dark.text


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("/docs/askin", "not_found"),
        ("/docs/askin.md", "not_found"),
        ("/docs/..%2fsetup.py", "not_found"),
        ("/docs/methods/nothing.md", "not_found"),
        ("/docs/asking?theme=pink", "unknown_value"),
        ("/docs/asking?colour=1", "unknown_parameter"),
        ("/docs/asking.md?lang=zh", "unknown_parameter"),
        ("/docs/reference/list_product", "not_found"),
        ("/llms.txt?x=1", "unknown_parameter"),
    ],
)
async def test_what_is_not_there_is_a_problem(
    client: httpx.AsyncClient, address: str, code: str
) -> None:
    assert (await client.get(address)).json()["code"] == code


def test_markup_in_a_file_is_shown_as_text() -> None:
    made = markdown.rendered("docs/x.md", "# A\n\n<script>x</script> [a](javascript:x) `<b>`\n")
    assert made.html == (
        "<p>&lt;script&gt;x&lt;/script&gt; [a](javascript:x) <code>&lt;b&gt;</code></p>\n"
    )


def test_anchors_are_those_of_the_repository_s_host() -> None:
    text = "# A\n\n## What `as_of=` says, exactly\n\n## Same\n\n## Same\n\n## \u540d\u79f0 names\n"
    assert [heading.anchor for heading in markdown.rendered("docs/x.md", text).headings] == [
        "what-as_of-says-exactly",
        "same",
        "same-1",
        "\u540d\u79f0-names",
    ]
