"""Keys, webhooks and releases are made once for each Idempotency-Key; secrets are told once."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from service.store.database import Database
from tests.answers import assert_problem, bearer
from tests.clients import served
from tests.make import new_key

KEY = {"name": "partner", "scopes": ["read"]}
HOOK = {"url": "https://93.184.216.34/hook", "types": ["product.created"]}
RELEASE = {"name": "2026.11", "comment": "November"}
MAKING = [("/v1/keys", KEY), ("/v1/webhooks", HOOK), ("/v1/releases", RELEASE)]


@pytest.fixture
async def admin(own_bundled: Database) -> AsyncIterator[httpx.AsyncClient]:
    _, secret = await new_key(own_bundled, "write", "curate", "admin")
    async with served(own_bundled) as client:
        client.headers.update(bearer(secret))
        yield client


async def send(
    client: httpx.AsyncClient, path: str, body: Any = None, key: str | None = "k1"
) -> httpx.Response:
    headers = {} if key is None else {"idempotency-key": key}
    return await client.post(path, json=body, headers=headers)


@pytest.mark.parametrize(("path", "body"), MAKING)
async def test_sent_again_it_is_made_once(admin: httpx.AsyncClient, path: str, body: Any) -> None:
    before = len((await admin.get(path)).json()["data"])
    first, again = await send(admin, path, body), await send(admin, path, body)
    assert (first.status_code, again.status_code) == (201, 201), first.text
    assert "idempotent-replayed" not in first.headers
    assert again.headers["idempotent-replayed"] == "true"
    assert again.headers["location"] == first.headers["location"]
    told = first.json()
    if "secret" in told:
        assert told["secret"]
        told["secret"] = None
    assert again.json() == told
    assert len((await admin.get(path)).json()["data"]) == before + 1


@pytest.mark.parametrize(("path", "body"), MAKING)
async def test_many_at_once_make_one(admin: httpx.AsyncClient, path: str, body: Any) -> None:
    before = len((await admin.get(path)).json()["data"])
    answers = await asyncio.gather(*(send(admin, path, body) for _ in range(8)))
    assert {a.status_code for a in answers} <= {201, 409}
    assert sum("idempotent-replayed" not in a.headers for a in answers if a.is_success) == 1
    assert len((await admin.get(path)).json()["data"]) == before + 1


@pytest.mark.parametrize(("path", "body"), MAKING)
async def test_another_request_under_the_key_is_refused(
    admin: httpx.AsyncClient, path: str, body: Any
) -> None:
    await send(admin, path, body)
    text = {"/v1/keys": "name", "/v1/webhooks": "url", "/v1/releases": "comment"}[path]
    other = body | {text: body[text] + "2"}
    assert_problem(await send(admin, path, other), 422, "idempotency_key_reused")


async def test_without_a_key_each_request_makes_one(admin: httpx.AsyncClient) -> None:
    made = [await send(admin, "/v1/keys", KEY, key=None) for _ in range(2)]
    assert made[0].json()["id"] != made[1].json()["id"]
    assert all(answer.json()["secret"] for answer in made)


async def test_a_rotation_sent_again_leaves_the_new_secret(admin: httpx.AsyncClient) -> None:
    made = (await send(admin, "/v1/keys", KEY)).json()
    path = f"/v1/keys/{made['id']}/rotate"
    rotated, again = await send(admin, path), await send(admin, path)
    assert again.json() == rotated.json() | {"secret": None}
    answer = await admin.get("/v1/limits", headers=bearer(rotated.json()["secret"]))
    assert answer.json()["key_id"] == made["id"]


async def test_a_refusal_is_not_kept(admin: httpx.AsyncClient) -> None:
    refused = await send(admin, "/v1/webhooks", HOOK | {"url": "https://127.0.0.1/"})
    assert 400 <= refused.status_code < 500
    assert (await send(admin, "/v1/webhooks", HOOK)).status_code == 201


async def test_no_secret_is_kept(admin: httpx.AsyncClient, own_bundled: Database) -> None:
    secrets = [(await send(admin, path, body)).json()["secret"] for path, body in MAKING[:2]]
    async with own_bundled.session() as connection:
        kept = await connection.fetch("SELECT convert_from(body, 'UTF8') AS body FROM idempotency")
    assert len(kept) == 2
    assert not any(secret in row["body"] for secret in secrets for row in kept)


async def edit(
    client: httpx.AsyncClient, name: str, key: str, comment: str = "as it is"
) -> httpx.Response:
    """A name for a vendor, whatever it is called now."""
    headers = {
        "idempotency-key": key,
        "if-match": "*",
        "content-type": "application/merge-patch+json",
    }
    content = httpx.Response(200, json={"name": name, "comment": comment}).content
    return await client.patch("/v1/vendors/openai", content=content, headers=headers)


async def test_what_changed_nothing_undoes_nothing_when_it_is_sent_again(
    admin: httpx.AsyncClient,
) -> None:
    name = (await admin.get("/v1/vendors/openai")).json()["name"]
    before = (await admin.get("/v1/vendors")).headers["dataset-revision"]
    first = await edit(admin, name, "same")
    assert (first.status_code, first.headers["dataset-revision"]) == (200, before), first.text
    assert (await edit(admin, "OpenAI Group", "later")).status_code == 200
    again = await edit(admin, name, "same")
    assert again.headers.get("idempotent-replayed") == "true"
    assert (again.content, again.headers["dataset-revision"]) == (first.content, before)
    assert (await admin.get("/v1/vendors/openai")).json()["name"] == "OpenAI Group"


async def test_an_unchanged_write_holds_its_key_against_others(admin: httpx.AsyncClient) -> None:
    name = (await admin.get("/v1/vendors/openai")).json()["name"]
    await edit(admin, name, "same")
    other = await edit(admin, "Other", "same")
    assert_problem(other, 422, "idempotency_key_reused")
