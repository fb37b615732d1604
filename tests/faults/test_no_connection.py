"""P10: what is refused for its form, its key, its scope or its quota asks for no connection.

A body that is wrong by itself is told so where no connection is had; else together with what only
the base knows of it. The name of a revision may be that of a release, and the lines of a file are
read as they are staged: these ask.
"""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import httpx
import msgspec
import pytest

from service import limits
from service.api.catalogue.write_schemas import PATCH_TYPES
from service.api.http import bodies
from service.api.http.bodies import decoded
from service.formats.import_format.bodies import writable
from service.query.fields import Collection
from service.query.registry import COLLECTIONS
from service.store.database import Database
from tests.answers import assert_problem, bearer
from tests.clients import quota, watched
from tests.make import new_key

SMALL_QUOTA = quota(40)


@pytest.fixture
async def held(
    own_bundled: Database, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[httpx.AsyncClient]:
    """A client of an application whose key was read, and whose connections are all in use."""
    monkeypatch.setattr(limits, "KEY_SECONDS", 3600.0)
    _, secret = await new_key(own_bundled, "curate")
    async with watched(own_bundled, SMALL_QUOTA) as (client, watcher), AsyncExitStack() as stack:
        client.headers.update(bearer(secret))
        assert (await client.get("/v1/vendors?limit=1")).status_code == 200
        for _ in range(8):
            await stack.enter_async_context(watcher._database.session())
        monkeypatch.setattr(limits, "ACQUIRE_SECONDS", 0.05)
        yield client


async def test_the_pool_is_held(held: httpx.AsyncClient) -> None:
    assert_problem(await held.get("/v1/vendors?limit=2"), 503, "busy")
    assert (await held.get("/health/live")).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/v1/vendors?limit=0",
        "/v1/vendors?colour=red",
        "/v1/vendors?limit=1&limit=2",
        "/v1/vendors?cursor=forged",
        "/v1/vendors?sort=colour",
        "/v1/markets/assistant/homogenization?confidence=2",
        "/v1/search?q=",
    ],
)
async def test_for_its_form(held: httpx.AsyncClient, path: str) -> None:
    answer = await held.get(path)
    assert answer.status_code == 400, answer.text


async def test_for_its_path_its_method_and_its_format(held: httpx.AsyncClient) -> None:
    assert_problem(await held.get("/v1/nothing"), 404, "not_found")
    assert_problem(await held.post("/v1/markets", json={}), 405, "method_not_allowed")
    answer = await held.get("/v1/vendors", headers={"accept": "application/xml"})
    assert_problem(answer, 406, "not_acceptable")


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        ("{", {}, 400),
        ('{"name": "Moonshot", "comment": "why"}', {"content-type": "text/plain"}, 415),
    ],
)
async def test_for_its_body(
    held: httpx.AsyncClient, body: str, headers: dict[str, str], status: int
) -> None:
    sent = {"content-type": "application/json"} | headers
    answer = await held.patch("/v1/vendors/moonshot-ai", content=body, headers=sent)
    assert answer.status_code == status, answer.text


WHY = {"comment": "why"}


@pytest.mark.parametrize(
    ("method", "path", "body", "pointer"),
    [
        ("PUT", "vendors/new", {"name": 5, **WHY}, "/name"),
        ("PUT", "products/new", {"name": "New", "vendor_id": "moonshot-ai", **WHY}, "/market_ids"),
        ("POST", "adoptions", {"product_id": "kimi", **WHY}, "/feature_id"),
        ("PATCH", "products/kimi", {"colour": "red", **WHY}, "/colour"),
        ("PATCH", "vendors/moonshot-ai", {"names": [], **WHY}, "/names"),
        ("PATCH", "vendors/moonshot-ai", {"name": "Moonshot"}, "/comment"),
        ("POST", "markets/assistant/surveys", {"product_id": 5, **WHY}, "/product_id"),
        ("POST", "adoptions/adp_1/dispute", {"with": 5, **WHY}, "/with"),
        ("POST", "corrections", {"collection": "products", "record_id": "kimi"}, "/statement"),
        ("POST", "corrections/cor_1/decision", {"decision": "perhaps"}, "/decision"),
        ("POST", "vendors/moonshot-ai/merge", {"into": 5, **WHY}, "/into"),
    ],
)
async def test_for_the_values_of_its_body(
    held: httpx.AsyncClient, method: str, path: str, body: dict[str, Any], pointer: str
) -> None:
    answer = await held.request(method, f"/v1/{path}", json=body, headers={"if-match": "*"})
    problem = assert_problem(answer, answer.status_code, answer.json()["code"])
    assert answer.status_code == 422, answer.text
    assert pointer in {fault["pointer"] for fault in problem["errors"]}


async def test_a_body_that_may_be_right_is_told_that_nobody_could_be_asked(
    held: httpx.AsyncClient,
) -> None:
    body = {"name": "Moonshot", "names": {"zh": None}, "founded": None, **WHY}
    answer = await held.patch("/v1/vendors/moonshot-ai", json=body, headers={"if-match": "*"})
    assert_problem(answer, 503, "busy")
    answer = await held.put("/v1/vendors/other", json={"name": "Other", **WHY})
    assert_problem(answer, 503, "busy")


@pytest.mark.parametrize("collection", COLLECTIONS, ids=lambda one: one.name)
async def test_nothing_that_a_record_may_hold_is_called_wrong_in_a_patch(
    client: httpx.AsyncClient, collection: Collection
) -> None:
    for record in (await client.get(f"/v1/{collection.name}?limit=100")).json()["data"]:
        body = bodies.parsed(msgspec.json.encode(writable(collection, record)))
        assert decoded(body, PATCH_TYPES[collection.name])[1] == []


async def test_for_its_key(held: httpx.AsyncClient) -> None:
    answer = await held.get("/v1/vendors", headers=bearer("parity_mistyped"))
    assert_problem(answer, 401, "invalid_token")


async def test_for_its_scope(held: httpx.AsyncClient) -> None:
    answer = await held.post("/v1/keys", json={"name": "2026.11"})
    assert_problem(answer, 403, "forbidden")


async def test_for_its_quota(held: httpx.AsyncClient) -> None:
    answers = [await held.get("/v1/nothing") for _ in range(60)]
    assert answers[-1].status_code == 429
    assert answers[-1].headers["retry-after"]
