"""What an assistant sends over the Model Context Protocol, and reads of the answer."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from typing import Any

import httpx
import msgspec

from service.settings import Settings
from service.store.database import Database
from tests.clients import SETTINGS, served

OLD, NEW = "2025-06-18", "2026-07-28"
HEADERS = {"accept": "application/json, text/event-stream"}
OURS = msgspec.structs.replace(SETTINGS, public_url="http://parity.test")
_numbers = count(1)


@asynccontextmanager
async def assisted(
    database: Database, settings: Settings = OURS
) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the application that speaks the protocol."""
    async with served(database, settings) as client:
        client.headers.update(HEADERS)
        yield client


def message(method: str, **params: Any) -> dict[str, Any]:
    """A request of the old versions."""
    return {"jsonrpc": "2.0", "id": next(_numbers), "method": method, "params": params}


async def asked(client: httpx.AsyncClient, method: str, **params: Any) -> dict[str, Any]:
    """The whole JSON-RPC answer."""
    answer = await client.post("/mcp", json=message(method, **params))
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def called(client: httpx.AsyncClient, tool: str, **arguments: Any) -> dict[str, Any]:
    """The result of a call, right or wrong."""
    found = await asked(client, "tools/call", name=tool, arguments=arguments)
    result: dict[str, Any] = found["result"]
    return result


async def told(client: httpx.AsyncClient, tool: str, **arguments: Any) -> dict[str, Any]:
    """The structured answer of a call that went well, its text beside it."""
    result = await called(client, tool, **arguments)
    assert not result.get("isError"), result["content"]
    return {**result["structuredContent"], "text": result["content"][0]["text"]}


async def refused(client: httpx.AsyncClient, tool: str, **arguments: Any) -> dict[str, Any]:
    """The problem document of a call that was refused."""
    result = await called(client, tool, **arguments)
    assert result["isError"], result["structuredContent"]
    problem: dict[str, Any] = result["structuredContent"]
    return problem
