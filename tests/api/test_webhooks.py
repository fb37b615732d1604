"""Webhooks over HTTP: strict bodies, secrets shown once, refusals with pointers."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import msgspec
import pytest

from service.api.http.gateway import Gateway
from service.api.routes import READS, WRITES
from service.store.database import Database
from service.usecases import keys
from service.usecases.imports.files import load
from tests.answers import assert_problem, bearer
from tests.clients import SETTINGS, created, served, until
from tests.make import VENDOR, lines, new_key
from tests.postgres import sql
from tests.receiver import Receiver, receiving, status
from tests.servers import free_port

OPEN = msgspec.structs.replace(SETTINGS, webhook_allow_private=True, jobs=True)
NEW = {"url": "http://127.0.0.1:9/", "types": ["vendor.created"]}


@asynccontextmanager
async def living(app: Gateway) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the application between its start and its end, as a server runs them."""
    inbox: asyncio.Queue[dict[str, str]] = asyncio.Queue()
    outbox: asyncio.Queue[Any] = asyncio.Queue()
    life = asyncio.create_task(
        app({"type": "lifespan", "state": {}, "asgi": {"version": "3.0"}}, inbox.get, outbox.put)
    )
    await inbox.put({"type": "lifespan.startup"})
    assert (await outbox.get())["type"] == "lifespan.startup.complete"
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://parity.test") as client:
        yield client
    await inbox.put({"type": "lifespan.shutdown"})
    assert (await outbox.get())["type"] == "lifespan.shutdown.complete"
    await life


@pytest.fixture
async def client(database: Database) -> AsyncIterator[httpx.AsyncClient]:
    """The application with its jobs, as a worker runs it."""
    _, secret = await keys.create(database, "webhooks", ["write"], None)
    with created(Database(database.url), OPEN) as app:
        async with living(app) as opened:
            opened.headers["authorization"] = f"Bearer {secret}"
            yield opened


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as opened:
        yield opened


async def made(client: httpx.AsyncClient, **changed: Any) -> dict[str, Any]:
    answer = await client.post("/v1/webhooks", json={**NEW, **changed})
    assert answer.status_code == 201, answer.text
    return answer.json()  # type: ignore[no-any-return]


async def test_the_secret_is_shown_once(client: httpx.AsyncClient) -> None:
    answer = await client.post("/v1/webhooks", json=NEW)
    webhook = answer.json()
    assert webhook["secret"].startswith("whsec_")
    assert answer.headers["location"] == webhook["href"] == f"/v1/webhooks/{webhook['id']}"
    assert answer.headers["cache-control"] == "private, no-store"
    one = (await client.get(webhook["href"])).json()
    listed = (await client.get("/v1/webhooks")).json()["data"]
    changed = (await client.patch(webhook["href"], json={"types": ["*"]})).json()
    assert listed == [one]
    for shown in (one, changed):
        assert "secret" not in shown
        assert webhook["secret"] not in str(shown)
    rotated = (await client.post(f"{webhook['href']}/rotate-secret")).json()
    assert rotated["secret"] not in ("", webhook["secret"])


async def test_a_change_reaches_the_receiver_through_the_jobs(
    client: httpx.AsyncClient, database: Database, receiver: Receiver
) -> None:
    webhook = await made(client, url=receiver.url)
    await load(database, lines(VENDOR), comment="test")
    await until(lambda: bool(receiver.requests))
    receiver.requests[0].verify(webhook["secret"])
    async with asyncio.timeout(60):
        while True:
            (row,) = (await client.get(f"{webhook['href']}/deliveries")).json()["data"]
            if row["status"] == "delivered":
                break
            await asyncio.sleep(0.05)
    assert (row["attempt_count"], row["last_status"], row["next_attempt_at"]) == (1, 204, None)
    assert (await client.get(row["href"])).json() == row


async def test_a_test_message_tells_what_came_of_it(
    client: httpx.AsyncClient, receiver: Receiver
) -> None:
    receiver.answer = lambda _: status(418, b"teapot")
    webhook = await made(client, url=receiver.url)
    answer = await client.post(f"{webhook['href']}/test")
    delivery = answer.json()
    assert (answer.status_code, delivery["last_status"], delivery["answer"]) == (200, 418, "teapot")
    assert receiver.requests[0].event["type"] == "webhook.test"
    again = await client.post(f"{delivery['href']}/redeliver")
    assert (again.status_code, again.json()["status"]) == (202, "pending")


async def test_why_it_failed_is_told_in_the_readers_language(
    client: httpx.AsyncClient, database: Database
) -> None:
    webhook = await made(client, url=f"http://127.0.0.1:{free_port()}/")
    tested = await client.post(f"{webhook['href']}/test", headers={"accept-language": "zh"})
    assert tested.json()["last_error"].startswith("连接失败：ConnectError")
    english = await client.get(tested.json()["href"])
    assert english.json()["last_error"].startswith("The connection failed: ConnectError")
    chinese = await client.get(tested.json()["href"], headers={"accept-language": "zh"})
    assert chinese.json()["last_error"] == tested.json()["last_error"]
    await sql(database, """UPDATE webhook_delivery SET last_error = '"as it was"'""")
    assert (await client.get(tested.json()["href"])).json()["last_error"] == "as it was"


async def test_deliveries_are_paged_newest_first(
    client: httpx.AsyncClient, receiver: Receiver
) -> None:
    webhook = await made(client, url=receiver.url)
    sent = [(await client.post(f"{webhook['href']}/test")).json()["id"] for _ in range(5)]
    found, cursor = list[str](), None
    while True:
        params = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = (await client.get(f"{webhook['href']}/deliveries", params=params)).json()
        found += [row["id"] for row in page["data"]]
        cursor = page["page"]["next_cursor"]
        if cursor is None:
            break
    assert found == sent[::-1]


async def test_a_webhook_is_paused_resumed_and_removed(client: httpx.AsyncClient) -> None:
    webhook = await made(client)
    paused = await client.patch(webhook["href"], json={"status": "paused"})
    assert paused.json()["status"] == "paused"
    assert paused.json()["status_reason"] == "Paused by its owner."
    chinese = await client.get(f"{webhook['href']}?lang=zh")
    assert chinese.json()["status_reason"] == "由所有者暂停。"
    tested = await client.post(f"{webhook['href']}/test")
    assert (tested.status_code, tested.json()["code"]) == (409, "webhook_not_active")
    active = await client.patch(webhook["href"], json={"status": "active"})
    assert (active.json()["status"], active.json()["status_reason"]) == ("active", None)
    assert (await client.delete(webhook["href"])).status_code == 204
    for method in ("GET", "PATCH", "DELETE"):
        gone = await client.request(method, webhook["href"], json={})
        assert (gone.status_code, gone.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize(
    ("changed", "code", "pointer"),
    [
        ({"url": 1}, "validation_failed", "/url"),
        ({"types": []}, "validation_failed", "/types"),
        ({"types": ["vendor.creatd"]}, "unknown_value", "/types/0"),
        ({"types": ["*", 5]}, "validation_failed", "/types/1"),
        ({"colour": "red"}, "unknown_field", "/colour"),
        ({"filter": {"kind": []}}, "unknown_field", "/filter/kind"),
        ({"filter": {"kinds": ["vendors"]}}, "unknown_value", "/filter/kinds/0"),
        ({"filter": {"where": {"vendor/x": ["a"]}}}, "unknown_field", "/filter/where/vendor~1x"),
        ({"filter": {"where": {"type": ["lap"]}}}, "unknown_value", "/filter/where/type"),
        ({"filter": {"where": {"type": []}}}, "empty_value", "/filter/where/type"),
        ({"filter": {"kinds": ["vendor"], "where": {"product_id": ["a"]}}}, "unknown_field",
         "/filter/where/product_id"),
        ({"types": ["metric.changed"]}, "validation_failed", "/metric"),
        ({"url": "ftp://example.org/"}, "webhook_target_refused", "/url"),
        ({"metric": {"metric": "/v1/markets/m/homogenization", "field": "result.score",
                     "threshold": 0.1}}, "validation_failed", "/metric"),
    ],
)  # fmt: skip
async def test_a_bad_body_is_422_with_a_pointer(
    client: httpx.AsyncClient, changed: dict[str, Any], code: str, pointer: str
) -> None:
    answer = await client.post("/v1/webhooks", json={**NEW, **changed})
    problem = answer.json()
    assert answer.status_code == 422, problem
    assert (problem["errors"][0]["code"], problem["errors"][0]["pointer"]) == (code, pointer)
    assert (await client.get("/v1/webhooks")).json()["data"] == []


@pytest.mark.parametrize(
    ("content", "media_type", "code"),
    [
        (b"{", "application/json", "invalid_json"),
        (b'{"url": "\xff"}', "application/json", "invalid_json"),
        (b"[" * 50_000, "application/json", "invalid_json"),
        (b'"' + b"x" * 70_000 + b'"', "application/json", "payload_too_large"),
        (b"{}", "text/plain", "unsupported_media_type"),
        (b"", "application/json", "invalid_json"),
        (b'{"url": "a\\u0000", "types": []}', "application/json", "validation_failed"),
    ],
)
async def test_what_is_no_body_is_refused(
    client: httpx.AsyncClient, content: bytes, media_type: str, code: str
) -> None:
    headers = {"content-type": media_type}
    answer = await client.post("/v1/webhooks", content=content, headers=headers)
    assert answer.json()["code"] == code
    assert 400 <= answer.status_code < 500


async def test_private_addresses_are_refused_by_default(database: Database) -> None:
    closed = msgspec.structs.replace(OPEN, webhook_allow_private=False)
    _, secret = await keys.create(database, "webhooks", ["write"], None)
    with created(Database(database.url), closed) as app:
        async with living(app) as client:
            client.headers["authorization"] = f"Bearer {secret}"
            for url in (
                "https://127.0.0.1/",
                "http://example.org/",
                "https://[::1]/",
                "http://localhost:3000/hook",
                "https://receiver:8443/",
                "https://example.org:9000/",
            ):
                answer = await client.post("/v1/webhooks", json={**NEW, "url": url})
                assert "PARITY_WEBHOOK_ALLOW_PRIVATE=true" in answer.json()["errors"][0]["detail"]
                assert (answer.status_code, answer.json()["code"]) == (
                    422,
                    "webhook_target_refused",
                )


async def test_every_webhook_handler_declares_the_write_scope() -> None:
    declared = [o for o in (*READS, *WRITES) if o.path.startswith("/v1/webhooks")]
    assert len(declared) == 10
    assert {operation.scope for operation in declared} == {"write"}


async def test_another_s_webhook_is_as_if_it_were_not_there(database: Database) -> None:
    secrets = {who: (await new_key(database, who))[1] for who in ("write", "curate", "admin")}
    owner, stranger, admin = (bearer(secrets[who]) for who in ("write", "curate", "admin"))
    hook = {"url": "http://127.0.0.1:9/x", "types": ["adoption.created"]}
    async with served(database, OPEN) as client:
        made = (await client.post("/v1/webhooks", json=hook, headers=owner)).json()
        paths = [
            ("GET", ""), ("PATCH", ""), ("DELETE", ""), ("POST", "/test"),
            ("POST", "/rotate-secret"), ("GET", "/deliveries"), ("GET", "/deliveries/dlv_0"),
            ("POST", "/deliveries/dlv_0/redeliver"),
        ]  # fmt: skip
        for method, path in paths:
            body = {"json": {}} if method == "PATCH" else {}
            answer = await client.request(method, f"{made['href']}{path}", headers=stranger, **body)
            assert_problem(answer, 404, "not_found")
        assert (await client.get("/v1/webhooks", headers=stranger)).json()["data"] == []
        for who in (owner, admin):
            (seen,) = (await client.get("/v1/webhooks", headers=who)).json()["data"]
            assert (seen["id"], seen["owner_id"][:4]) == (made["id"], "key_")
        assert (await client.delete(made["href"], headers=admin)).status_code == 204


async def test_what_no_setting_opens_names_none(database: Database) -> None:
    closed = msgspec.structs.replace(OPEN, webhook_allow_private=False)
    _, secret = await keys.create(database, "webhooks", ["write"], None)
    with created(Database(database.url), closed) as app:
        async with living(app) as client:
            client.headers["authorization"] = f"Bearer {secret}"
            for url in ("ftp://example.org/", "https://a:b@example.org/"):
                answer = await client.post("/v1/webhooks", json={**NEW, "url": url})
                assert "ALLOW_PRIVATE" not in answer.text
                assert answer.json()["code"] == "webhook_target_refused"
