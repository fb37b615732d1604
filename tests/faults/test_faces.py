"""The explorer and `/mcp` where PostgreSQL cannot be asked: a page, an answer, with the fault."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import httpx
import pytest

from service import limits
from service.store.database import Database
from tests.answers import LEAKS
from tests.assistants import HEADERS, OURS, refused
from tests.clients import watched

PAGES = ["/", "/products", "/products/kimi", "/markets/chat-assistants", "/search?q=kimi"]


@pytest.fixture
async def held(
    own_bundled: Database, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[httpx.AsyncClient]:
    """A client of an application whose connections are all in use, and which has read nothing."""
    async with watched(own_bundled, OURS) as (client, watcher), AsyncExitStack() as stack:
        for _ in range(8):
            await stack.enter_async_context(watcher._database.session())
        monkeypatch.setattr(limits, "ACQUIRE_SECONDS", 0.05)
        yield client


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_says_that_it_cannot_be_shown_now(held: httpx.AsyncClient, path: str) -> None:
    answer = await held.get(path, headers={"accept": "text/html", "accept-language": "zh"})
    assert answer.status_code == 503, answer.text
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["retry-after"]
    assert 'lang="zh' in answer.text
    assert not any(leak in answer.text for leak in LEAKS)


async def test_a_page_that_needs_no_base_is_shown(held: httpx.AsyncClient) -> None:
    for path in ("/docs", "/problems/busy", "/openapi.json"):
        answer = await held.get(path, headers={"accept": "text/html"})
        assert answer.status_code == 200, (path, answer.text)


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("find", {"q": "kimi"}),
        ("get", {"collection": "products", "id": "kimi"}),
        ("homogenization", {"market": "chat-assistants"}),
        ("timeline", {}),
    ],
)
async def test_an_assistant_is_told_to_come_again(
    held: httpx.AsyncClient, tool: str, arguments: dict[str, str]
) -> None:
    held.headers.update(HEADERS)
    problem = await refused(held, tool, **arguments)
    assert problem["code"] == "busy"
    assert not any(leak in str(problem) for leak in LEAKS)
