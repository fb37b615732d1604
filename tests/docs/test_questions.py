"""docs/questions: a page for each question, with a request, its answer in two languages and, where
the answer has one, its picture. The quoted figures are asked in test_answers."""

import re
from pathlib import Path

import httpx
import pytest

FOLDER = Path(__file__).parents[2] / "docs" / "questions"
PAGES = sorted(path.name for path in FOLDER.glob("*.md") if path.name != "README.md")
HOST = "http://localhost:8000"


def read(name: str) -> str:
    return (FOLDER / name).read_text("utf-8")


def test_each_question_stands_in_the_list_in_both_languages() -> None:
    listed = dict(re.findall(r"\| \[.*?\]\((.*?)\) \| (.*?) \|", read("README.md")))
    assert sorted(listed) == PAGES
    for name, chinese in listed.items():
        english = re.search(rf"\[(.*?)\]\({name}\)", read("README.md"))
        assert english is not None
        assert read(name).startswith(f"# {english[1]}\n\n")
        assert read(name).split("\n\n")[1].endswith(f" In Chinese: {chinese}")


@pytest.mark.parametrize("name", PAGES)
async def test_its_request_is_answered_in_both_languages(
    client: httpx.AsyncClient, name: str
) -> None:
    page = read(name)
    (address,) = re.findall(rf"```sh\ncurl '{HOST}(.*?)'\n```", page)
    for asked in (address, f"{address}&lang=zh"):
        assert f"GET {asked}\n" in page
        assert (await client.get(asked)).status_code == 200


@pytest.mark.parametrize("name", PAGES)
async def test_its_pictures_are_drawn(client: httpx.AsyncClient, name: str) -> None:
    for address in re.findall(r"!\[.*?\]\((.*?)\)", read(name)):
        for more in ("", "&theme=dark&lang=zh"):
            drawn = await client.get(address + more)
            assert drawn.headers["content-type"].startswith("image/svg+xml"), drawn.text
