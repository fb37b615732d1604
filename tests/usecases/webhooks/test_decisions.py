"""A decided correction is told once to who wants to know, whoever dies in between."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from service import limits
from service.model.corrections import NewCorrection, NewDecision
from service.model.errors import ServiceError
from service.model.webhooks import Answer, Message
from service.store.database import Database
from service.store.webhooks import deliveries, endpoints
from service.usecases.curation import corrections
from service.usecases.webhooks.delivery import Sender
from service.usecases.webhooks.dispatch import dispatch
from tests.make import SMALL, put_all
from tests.receiver import Receiver
from tests.webhooks import TODAY, dispatch_all, keeper, rows, send_all, subscribe

DECIDED = "correction.decided"
NO = NewDecision(decision="rejected", reason="No source says so.")


async def reported(database: Database, collection: str = "vendors", name: str = "acme") -> str:
    new = NewCorrection(collection=collection, record_id=name, statement="Wrong.")
    async with database.operate() as connection:
        return (await corrections.receive(connection, msgspec.to_builtins(new), "key_test")).id


async def decided(database: Database, correction_id: str) -> None:
    async with database.operate() as connection:
        await corrections.decide(connection, correction_id, NO, "test", 1)


async def told(database: Database) -> list[Any]:
    return await rows(database, f"SELECT * FROM webhook_delivery WHERE type = '{DECIDED}'")


async def test_a_decision_is_told_thin_and_signed(database: Database, receiver: Receiver) -> None:
    await put_all(database, *SMALL)
    _, secret = await subscribe(database, receiver.url, DECIDED)
    correction_id = await reported(database)
    await decided(database, correction_id)
    await dispatch_all(database)
    await send_all(database)
    (request,) = receiver.requests
    request.verify(secret)
    assert request.event["type"] == DECIDED
    assert request.event["data"] == {
        "id": correction_id, "href": f"/v1/corrections/{correction_id}", "decision": "rejected",
        "collection": "vendors", "record_id": "acme", "revision": None,
    }  # fmt: skip
    assert len(request.body) <= limits.WEBHOOK_BODY_BYTES


async def test_it_arrives_once_though_dispatcher_and_sender_die(
    database: Database, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    await subscribe(database, receiver.url, "*")
    await put_all(database, *SMALL)
    await decided(database, await reported(database))

    async def broken(*_: object) -> None:
        raise ServiceError("database_unavailable", "gone")

    async def dying(message: Message) -> Answer:
        raise asyncio.CancelledError

    with monkeypatch.context() as patched, pytest.raises(ServiceError):
        patched.setattr(endpoints, "advance", broken)
        await dispatch(database)
    assert len(await told(database)) == 1
    now = datetime.now(UTC) + timedelta(seconds=1)
    sender = Sender(database, dying, lambda: now)
    assert await sender.step()
    with pytest.raises(asyncio.CancelledError):
        await sender.drain()
    await dispatch_all(database)
    await send_all(database, now + timedelta(seconds=limits.WEBHOOK_LEASE_SECONDS))
    received = [r for r in receiver.requests if r.event["type"] == DECIDED]
    assert len(received) == 1
    assert [row["status"] for row in await told(database)] == ["delivered"]


async def test_a_decision_that_is_not_kept_is_not_told_and_the_reverse(
    database: Database, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    await put_all(database, *SMALL)
    await subscribe(database, receiver.url, DECIDED)
    correction_id = await reported(database)

    async def broken(*_: object) -> None:
        raise ServiceError("database_unavailable", "gone")

    with monkeypatch.context() as patched, pytest.raises(ServiceError):
        patched.setattr(deliveries, "add", broken)
        await decided(database, correction_id)
    (row,) = await rows(database, "SELECT status FROM correction")
    assert (row["status"], await told(database)) == ("open", [])
    await decided(database, correction_id)
    assert len(await told(database)) == 1


async def test_kinds_and_conditions_hold_for_decisions_too(
    database: Database, receiver: Receiver
) -> None:
    await put_all(database, *SMALL)
    wanted = [
        await subscribe(database, receiver.url, DECIDED, kinds=("vendor",)),
        await subscribe(database, receiver.url, "*", where={"country": ("FR",)}),
        await subscribe(database, receiver.url, "*", where={"vendor_id": ("acme",)}),
        await subscribe(database, receiver.url, "vendor.*"),
        await subscribe(database, receiver.url, DECIDED, where={"vendor_id": ("acme",)}),
    ]
    await decided(database, await reported(database))
    assert [row["webhook_id"] for row in await told(database)] == [wanted[0][0]]
    await decided(database, await reported(database, "products", "p"))
    by_product = {row["webhook_id"] for row in await told(database)} - {wanted[0][0]}
    assert by_product == {wanted[2][0], wanted[4][0]}


async def test_a_pause_keeps_decisions_and_off_loses_them(
    database: Database, receiver: Receiver
) -> None:
    await put_all(database, *SMALL)
    paused, _ = await subscribe(database, receiver.url, DECIDED)
    off, _ = await subscribe(database, receiver.url, DECIDED)
    await keeper(database).change(paused, {"status": "paused"}, TODAY)
    await rows(database, "UPDATE webhook SET status = 'off' WHERE id = $1 RETURNING id", off)
    await decided(database, await reported(database))
    await send_all(database)
    assert receiver.requests == []
    for webhook_id in (paused, off):
        await keeper(database).change(webhook_id, {"status": "active"}, TODAY)
    await send_all(database)
    assert [row["webhook_id"] for row in await told(database)] == [paused]
    assert len(receiver.requests) == 1


async def test_conditions_of_no_kind_are_refused(database: Database, receiver: Receiver) -> None:
    with pytest.raises(ServiceError) as caught:
        await subscribe(database, receiver.url, DECIDED, where={"nope": ("x",)})
    assert caught.value.faults[0].pointer == "/filter/where/nope"
