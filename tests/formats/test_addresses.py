"""What an address tells of a source, and what it does not."""

import msgspec
import pytest

from service.formats.addresses import Told, completed, told_by

LEAKS = "https://github.com/jujumilk3/leaked-system-prompts"
ADDRESSES = {
    "a day as folders": (
        "https://techcrunch.com/2025/11/20/chatgpt-launches-group-chats-globally/",
        Told(None, "TechCrunch", "2025-11-20"),
    ),
    "a month as a folder": (
        "https://arstechnica.com/information-technology/2026/01/openai-to-test-ads/",
        Told(None, "Ars Technica", "2026-01"),
    ),
    "year and day together": (
        "http://en.people.cn/n3/2024/0428/c90000-20162732.html",
        Told(None, "People's Daily Online", "2024-04-28"),
    ),
    "a preprint": (
        "https://arxiv.org/abs/2501.12948v1",
        Told("arXiv:2501.12948", "arXiv", "2025-01"),
    ),
    "a file of a repository": (
        f"{LEAKS}/blob/main/ChatGLM4_20240821.md",
        Told("ChatGLM4_20240821.md", "jujumilk3/leaked-system-prompts", "2024-08-21"),
    ),
    "a repository": (LEAKS, Told(None, "jujumilk3/leaked-system-prompts", None)),
    "an encyclopedia": (
        "https://en.wikipedia.org/wiki/Moonshot_AI",
        Told("Moonshot AI", "Wikipedia", None),
    ),
    "a domain below a known one": ("https://m.163.com/x/1.html", Told(None, "NetEase", None)),
    "a host that ends alike": ("https://notopenai.com/x", Told()),
    "a day that is none": ("https://openai.com/2024/02/31/x", Told(None, "OpenAI", None)),
    "a day that is none, in one word": (
        "https://openai.com/2024/06/2024-06-31-x",
        Told(None, "OpenAI", None),
    ),
    "a day beside one that is none": (
        "https://openai.com/2024-02-30/2024-03-01",
        Told(None, "OpenAI", "2024-03-01"),
    ),
    "two days": ("https://openai.com/2024-01-02-to-2024-01-05", Told(None, "OpenAI", None)),
    "a number with a day in it": (
        "https://openai.com/2025012814381159604",
        Told(None, "OpenAI", None),
    ),
    "a urn": ("urn:press:2024-12-ai-homogenization", Told()),
}


@pytest.mark.parametrize(("url", "told"), ADDRESSES.values(), ids=ADDRESSES.keys())
def test_an_address_tells_what_it_is_made_of(url: str, told: Told) -> None:
    assert told_by(url) == told


def test_only_what_no_line_says_itself_is_completed() -> None:
    lines = [
        b'{"kind":"source","url":"https://openai.com/a","title":"A"}\n',
        b'{"kind":"vendor","id":"v","sources":["https://openai.com/a","https://x.ai/b","urn:c"]}\n',
    ]
    *same, added = completed(lines)
    assert same == lines
    assert msgspec.json.decode(added) == {
        "kind": "source",
        "url": "https://x.ai/b",
        "publisher": "xAI",
    }
