"""docs/zh: pages in Chinese that say what their English pages say, at the same addresses."""

import re
from pathlib import Path

import httpx
import pytest

from service.api.documentation import library

DOCS = Path(__file__).parents[2] / "docs"
PAGES = sorted(path.relative_to(DOCS / "zh").as_posix() for path in DOCS.glob("zh/**/*.md"))
BLOCK = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
HEADING = re.compile(r"^#+ ", re.MULTILINE)
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:?!()]|[,;?!()][\u4e00-\u9fff]")
SPACED = re.compile(r"[\u4e00-\u9fff] (?=\w)|\w (?=[\u4e00-\u9fff])")
MARKUP = re.compile(r"`[^`]*`|\]\([^)]*\)|^[-#*]+ ", re.MULTILINE)


def both(page: str) -> tuple[str, str]:
    """The page in English and in Chinese."""
    return (DOCS / page).read_text("utf-8"), (DOCS / "zh" / page).read_text("utf-8")


def test_questions_and_guides_are_there() -> None:
    wanted = {f"{n}/{path.name}" for n in ("questions", "guides") for path in (DOCS / n).iterdir()}
    assert wanted <= set(PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_it_has_the_blocks_and_headings_of_its_english_page(page: str) -> None:
    english, chinese = both(page)
    assert BLOCK.findall(chinese) == BLOCK.findall(english)
    without = [BLOCK.sub("", text) for text in (english, chinese)]
    assert HEADING.findall(without[0]) == HEADING.findall(without[1])


@pytest.mark.parametrize("page", PAGES)
def test_each_leads_to_the_other(page: str) -> None:
    english, chinese = both(page)
    assert f"(../zh/{page})" in english
    assert f"[English](../../{page})" in chinese


@pytest.mark.parametrize("page", PAGES)
def test_it_is_punctuated_as_chinese_is(page: str) -> None:
    prose = MARKUP.sub("", BLOCK.sub("", both(page)[1]))
    assert HALF_WIDTH.findall(prose) == []
    assert SPACED.findall(prose) == []


@pytest.mark.parametrize("page", PAGES)
async def test_it_is_served_where_the_english_page_is(client: httpx.AsyncClient, page: str) -> None:
    address = library.address_of(f"docs/{page}")
    title = both(page)[1].partition("\n")[0].removeprefix("# ")
    asked = (
        await client.get(f"{address}?lang=zh"),
        await client.get(address, headers={"accept-language": "zh-CN"}),
    )
    for answer in asked:
        assert f"<h1>{title}</h1>" in re.sub("</?span[^>]*>", "", answer.text)
        assert '<article lang="zh">' in answer.text
        assert answer.headers["content-language"] == "zh"
    english = await client.get(address)
    assert '<article lang="en">' in english.text
    markdown = await client.get(f"{address}?lang=zh", headers={"accept": "text/markdown"})
    assert markdown.text == both(page)[1]
    assert f"(/docs/zh/{page})" in (await client.get("/llms.txt")).text


async def test_the_index_names_pages_in_the_language_of_the_reader(
    client: httpx.AsyncClient,
) -> None:
    chinese = (await client.get("/docs?lang=zh")).text
    assert '<a href="/docs/guides/frontend?lang=zh" lang="zh">' in chinese
    assert '<a href="/docs/guides/frontend" lang="en">' in (await client.get("/docs")).text
