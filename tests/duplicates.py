"""Duplicates over HTTP: written, merged and read by a client with a key."""

from typing import Any

import httpx

from tests.clients import Editor

WHY = {"comment": "the same thing"}
PAGES = ["https://example.org/a", "https://example.org/b"]
FACT = {"feature_id": "memory", "stage": "ga", "date": "2026-10"}


async def merge(
    editor: Editor, path: str, into: str, query: str = "", **headers: str
) -> httpx.Response:
    body = {"into": into, **WHY}
    return await editor.send("POST", f"/v1/{path}/merge{query}", body, **headers)


async def record(editor: Editor, path: str) -> dict[str, Any]:
    answer = await editor.client.get(f"/v1/{path}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def put(editor: Editor, path: str, **body: Any) -> None:
    answer = await editor.send("PUT", f"/v1/{path}", {**body, **WHY})
    assert answer.status_code in (200, 201), answer.text


async def add(editor: Editor, collection: str, **body: Any) -> str:
    answer = await editor.send("POST", f"/v1/{collection}", {**body, **WHY})
    assert answer.status_code == 201, answer.text
    made: str = answer.json()["id"]
    return made


async def twin(editor: Editor, **more: Any) -> None:
    """A second record of Kimi, under the id kimi-chat."""
    await put(
        editor, "products/kimi-chat", name="Kimi Chat", vendor_id="moonshot-ai",
        market_ids=["chat-assistants"], **more,
    )  # fmt: skip
