"""Lists beside the revisions page as the others do: what is made meanwhile repeats nothing."""

from typing import Any

import httpx
import pytest

from service.api.http.paging import Window, cut
from service.store.database import Database
from tests.answers import bearer
from tests.clients import served
from tests.make import new_key


async def shown(client: httpx.AsyncClient, address: str, headers: dict[str, str]) -> dict[str, Any]:
    answer = await client.get(address, headers=headers)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def test_releases_made_while_reading_repeat_none(database: Database) -> None:
    headers = bearer((await new_key(database, "curate"))[1])

    async def release(client: httpx.AsyncClient, name: str) -> None:
        new = {"name": name, "comment": "c"}
        assert (await client.post("/v1/releases", json=new, headers=headers)).status_code == 201

    async with served(database) as client:
        for month in ("01", "02", "03"):
            await release(client, f"2026.{month}")
        first = await shown(client, "/v1/releases?limit=2", headers)
        await release(client, "2026.04")
        second = await shown(client, first["page"]["next"], headers)
    names = [found["name"] for page in (first, second) for found in page["data"]]
    assert names == ["2026.03", "2026.02", "2026.01"]


@pytest.mark.parametrize(
    ("then", "rest"),
    [("abcde", "cde"), ("xabcde", "cde"), ("bcde", "cde"), ("acde", "cde"), ("ab", ""), ("", "")],
)
def test_a_page_begins_behind_the_last_item_shown(then: str, rest: str) -> None:
    page, after = cut(Window(2), list("abcde"), str)
    assert ("".join(page), after) == ("ab", ["2", "b"])
    following, end = cut(Window(9, tuple(after or ())), list(then), str)
    assert ("".join(following), end) == (rest, None)
