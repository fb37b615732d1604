"""The audit trail: every write, by whom, why, and what it touched."""

import random
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from service.store.changes import revisions
from service.store.database import Database
from service.usecases.imports.files import load
from tests.answers import assert_problem, bearer, fed
from tests.clients import WHY, Editor, served
from tests.make import SMALL, lines, new_key, write_at_random


@pytest.fixture
async def editor(database: Database) -> AsyncIterator[Editor]:
    assert not (await load(database, lines(*SMALL), comment="the first file")).failed
    _, secret = await new_key(database, "curate")
    async with served(database) as client:
        yield Editor(client, bearer(secret))


async def revised(editor: Editor, number: int) -> dict[str, Any]:
    answer = await editor.client.get(f"/v1/revisions/{number}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def touched(revision: dict[str, Any]) -> dict[str, tuple[int, int, int]]:
    return {
        t["collection"]: (t["created_count"], t["updated_count"], t["retired_count"])
        for t in revision["touched"]
    }


async def test_a_revision_tells_who_why_and_what(editor: Editor) -> None:
    await editor.send("PATCH", "/v1/vendors/acme", {"country": "FR", **WHY}, if_match="*")
    first, second = await revised(editor, 1), await revised(editor, 2)
    assert (first["comment"], touched(first)["adoptions"]) == ("the first file", (1, 0, 0))
    assert touched(first)["sources"] == (1, 0, 0)
    assert (second["comment"], touched(second)) == (WHY["comment"], {"vendors": (0, 1, 0)})
    assert second["actor"].startswith("curate key (key_")
    (changed,) = (await editor.client.get(second["links"]["changes"])).json()["data"]
    assert (changed["type"], changed["id"]) == ("vendor.updated", "acme")
    difference = (await editor.client.get(second["touched"][0]["href"])).json()
    assert [record["id"] for record in difference["changed"]] == ["acme"]
    then = f"/v1/vendors/acme?as_of={first['as_of']}"
    assert (await editor.client.get(then)).json()["country"] is None


async def test_a_retirement_is_counted_as_one(editor: Editor) -> None:
    (fact,) = (await editor.client.get("/v1/adoptions")).json()["data"]
    path = f"/v1/adoptions/{fact['id']}?comment=wrong"
    assert (await editor.send("DELETE", path, if_match="*")).status_code == 200
    assert touched(await revised(editor, 2)) == {"adoptions": (0, 0, 1)}


async def test_the_counts_are_those_of_the_feed(database: Database) -> None:
    await write_at_random(database, random.Random(7), 40)
    wanted: dict[int, Counter[str]] = {}
    for change in await fed(database, 1000):
        wanted.setdefault(change.place.revision, Counter())[change.verb] += 1
    async with database.read() as snapshot:
        numbers = list(range(1, snapshot.revision + 1))
        found = await revisions.touched(snapshot.connection, numbers)
    sums = {
        number: Counter({verb: n for verb in ("created", "updated", "retired")
                         if (n := sum(getattr(t, verb) for t in rows))})
        for number, rows in found.items()
    }  # fmt: skip
    assert {n: c for n, c in sums.items() if c} == wanted


async def test_pages_go_from_the_newest_to_the_first(editor: Editor) -> None:
    for country in ("FR", "DE", "US"):
        await editor.send("PATCH", "/v1/vendors/acme", {"country": country, **WHY}, if_match="*")
    walked: list[int] = []
    path = "/v1/revisions?limit=3"
    while path:
        page = (await editor.client.get(path)).json()
        walked += [revision["id"] for revision in page["data"]]
        path = page["page"]["next"]
    assert walked == [4, 3, 2, 1]


async def test_the_trail_is_filtered_by_actor_and_time(editor: Editor) -> None:
    await editor.send("PATCH", "/v1/vendors/acme", {"country": "FR", **WHY}, if_match="*")
    second = await revised(editor, 2)
    key = second["actor"].partition("(")[2].rstrip(")")
    for asked, found in (
        (f"actor={key}", [2]), ("actor=nobody", []), ("actor=%25", []),
        (f"actor={second['actor']}", [2]),
        ("since=rev:1", [2]), ("until=rev:1", [1]), ("until=2001-01-01", []),
        (f"since={second['recorded_at']}", []), (f"until={second['recorded_at']}", [2, 1]),
        ("since=rev:0&until=rev:1", [1]),
    ):  # fmt: skip
        listed = (await editor.client.get("/v1/revisions", params=asked)).json()
        assert [revision["id"] for revision in listed["data"]] == found, asked


async def test_one_revision_is_immutable_and_the_list_is_not(editor: Editor) -> None:
    one = await editor.client.get("/v1/revisions/1")
    assert one.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert one.headers["dataset-revision"] == "1"
    await editor.send("PATCH", "/v1/vendors/acme", {"country": "FR", **WHY}, if_match="*")
    again = await editor.client.get(
        "/v1/revisions/1", headers={"if-none-match": one.headers["etag"]}
    )
    assert again.status_code == 304
    listed = await editor.client.get("/v1/revisions")
    assert "immutable" not in listed.headers["cache-control"]


@pytest.mark.parametrize("number", ["0", "99", "-1", "01", "x", "9" * 30, "%D9%A3"])
async def test_there_is_no_such_revision(client: httpx.AsyncClient, number: str) -> None:
    assert_problem(await client.get(f"/v1/revisions/{number}"), 404, "not_found")


@pytest.mark.parametrize(
    ("asked", "code"),
    [("since=rev:99", "revision_unknown"), ("until=yesterday", "invalid_value"),
     ("cursor=x", "cursor_invalid"), ("limit=0", "invalid_value"), ("nope=1", "unknown_parameter"),
     ("actor=", "empty_value")],
)  # fmt: skip
async def test_what_the_trail_cannot_answer(
    client: httpx.AsyncClient, asked: str, code: str
) -> None:
    assert_problem(await client.get(f"/v1/revisions?{asked}"), 400, code)
