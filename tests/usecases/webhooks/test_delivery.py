"""Webhooks on a real database and a real receiver: nothing lost, signed, retried, stopped."""

import asyncio
import random
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from standardwebhooks import WebhookVerificationError

from service import limits
from service.model.errors import ServiceError
from service.model.webhooks import RETRIES, Answer, Message
from service.store.database import Database
from service.usecases.webhooks.delivery import Sender
from service.usecases.webhooks.dispatch import dispatch
from tests.answers import fed
from tests.make import ADOPTION, SMALL, VENDOR, put_all, write_at_random
from tests.receiver import Receiver, receiving, status
from tests.webhooks import POST, TODAY, dispatch_all, keeper, rows, send_all, subscribe


async def test_a_change_is_told_thin_and_signed(database: Database, receiver: Receiver) -> None:
    _, secret = await subscribe(database, receiver.url, "adoption.created")
    await put_all(database, *SMALL)
    await dispatch_all(database)
    await send_all(database)
    (request,) = receiver.requests
    request.verify(secret)
    with pytest.raises(WebhookVerificationError):
        request.verify("whsec_" + "A" * 43 + "=")
    assert request.target == "/hook?a=1"
    data: Any = request.event["data"]
    assert request.event["type"] == "adoption.created"
    assert (data["revision"], data["product_id"], data["feature_id"]) == (1, "p", "f")
    assert data["href"] == f"/v1/adoptions/{data['id']}"
    assert len(request.body) <= limits.WEBHOOK_BODY_BYTES


async def test_only_what_the_filter_wants_is_told(database: Database, receiver: Receiver) -> None:
    await subscribe(database, receiver.url, "*", where={"product.market_ids": ("m",)})
    await subscribe(database, receiver.url, "*", where={"product.market_ids": ("other",)})
    await subscribe(database, receiver.url, "vendor.retired", "market.*", kinds=("vendor",))
    await put_all(database, *SMALL)
    await dispatch_all(database)
    found = await rows(database, "SELECT type FROM webhook_delivery")
    assert [row["type"] for row in found] == ["adoption.created"]


async def test_what_was_there_before_the_webhook_is_not_told(
    database: Database, receiver: Receiver
) -> None:
    await put_all(database, *SMALL)
    await subscribe(database, receiver.url)
    await dispatch_all(database)
    assert await rows(database, "SELECT id FROM webhook_delivery") == []


async def test_retries_come_by_the_schedule_and_then_it_has_failed(
    database: Database, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    receiver.answer = lambda _: status(500, b"broken")
    await subscribe(database, receiver.url, "vendor.created")
    await put_all(database, VENDOR)
    await dispatch_all(database)
    now = datetime.now(UTC) + timedelta(seconds=1)
    for count, pause in enumerate(RETRIES, 1):
        await send_all(database, now)
        (row,) = await rows(database, "SELECT * FROM webhook_delivery")
        assert (row["status"], row["attempts"], len(receiver.requests)) == ("pending", count, count)
        assert now + pause <= row["next_at"] <= now + pause * 1.2
        assert (row["last_status"], row["answer"]) == (500, b"broken")
        await send_all(database, row["next_at"] - timedelta(milliseconds=1))
        assert len(receiver.requests) == count
        now = row["next_at"]
    await send_all(database, now)
    (row,) = await rows(database, "SELECT * FROM webhook_delivery")
    assert (row["status"], row["attempts"]) == ("failed", len(RETRIES) + 1)
    assert len({request.headers["webhook-id"] for request in receiver.requests}) == 1


async def test_who_dies_between_claim_and_note_leaves_it_to_be_sent_again(
    database: Database, receiver: Receiver
) -> None:
    await subscribe(database, receiver.url, "vendor.created")
    await put_all(database, VENDOR)
    await dispatch_all(database)

    async def dying(message: Message) -> Answer:
        raise asyncio.CancelledError

    now = datetime.now(UTC) + timedelta(seconds=1)
    sender = Sender(database, dying, lambda: now)
    assert await sender.step()
    with pytest.raises(asyncio.CancelledError):
        await sender.drain()
    await send_all(database, now + timedelta(seconds=limits.WEBHOOK_LEASE_SECONDS - 1))
    assert receiver.requests == []
    await send_all(database, now + timedelta(seconds=limits.WEBHOOK_LEASE_SECONDS))
    assert len(receiver.requests) == 1


async def test_the_word_of_one_who_lost_the_lease_does_not_count(
    database: Database, receiver: Receiver
) -> None:
    await subscribe(database, receiver.url, "vendor.created")
    await put_all(database, VENDOR)
    await dispatch_all(database)
    now = datetime.now(UTC) + timedelta(seconds=1)
    is_held = asyncio.Event()

    async def slow(message: Message) -> Answer:
        await is_held.wait()
        return Answer(500, b"", None)

    receiver.answer = lambda _: status(503)
    late = Sender(database, slow, lambda: now)
    assert await late.step()
    await send_all(database, now + timedelta(seconds=limits.WEBHOOK_LEASE_SECONDS))
    is_held.set()
    await late.drain()
    (row,) = await rows(database, "SELECT * FROM webhook_delivery")
    assert (row["status"], row["attempts"], row["last_status"]) == ("pending", 1, 503)


async def test_several_dispatchers_and_senders_lose_and_double_nothing(
    database: Database, receiver: Receiver
) -> None:
    """Writers, dispatchers and senders at the same time; then the feed is the measure."""
    ids = [(await subscribe(database, receiver.url))[0] for _ in range(3)]
    is_written = asyncio.Event()

    async def write() -> None:
        await write_at_random(database, random.Random(3), 30)
        is_written.set()

    async def follow() -> None:
        sender = Sender(database, POST)
        while True:
            is_last = is_written.is_set()
            worked = await dispatch(database) | await sender.step()
            if is_last and not worked:
                return await sender.drain()
            await asyncio.sleep(0)

    await asyncio.gather(write(), follow(), follow(), follow())
    await dispatch_all(database)
    await send_all(database)
    expected = sorted(change.type for change in await fed(database, 1000))
    for webhook_id in ids:
        found = await rows(
            database, "SELECT type, status FROM webhook_delivery WHERE webhook_id = $1", webhook_id
        )
        assert sorted(row["type"] for row in found) == expected
        assert {row["status"] for row in found} == {"delivered"}
    assert len(receiver.requests) == 3 * len(expected)
    assert len({request.headers["webhook-id"] for request in receiver.requests}) == len(expected)


async def test_a_dispatch_that_fails_midway_leaves_place_and_outbox_as_they_were(
    database: Database, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    from service.store.webhooks import endpoints

    await subscribe(database, receiver.url)
    await put_all(database, *SMALL)

    async def broken(*_: object) -> None:
        raise ServiceError("database_unavailable", "gone")

    with monkeypatch.context() as patched, pytest.raises(ServiceError):
        patched.setattr(endpoints, "advance", broken)
        await dispatch(database)
    assert await rows(database, "SELECT id FROM webhook_delivery") == []
    await dispatch_all(database)
    assert len(await rows(database, "SELECT id FROM webhook_delivery")) == len(SMALL) + 1


async def test_410_switches_off_and_what_was_pending_is_given_up(
    database: Database, receiver: Receiver
) -> None:
    receiver.answer = lambda _: status(410)
    webhook_id, _ = await subscribe(database, receiver.url)
    await put_all(database, *SMALL)
    await dispatch_all(database)
    await send_all(database)
    webhook = await keeper(database).get(webhook_id)
    assert (webhook.status, len(receiver.requests) <= limits.WEBHOOK_SIDE_BY_SIDE) == ("off", True)
    found = await rows(database, "SELECT DISTINCT status FROM webhook_delivery")
    assert [row["status"] for row in found] == ["failed"]
    with pytest.raises(ServiceError) as caught:
        await keeper(database).test(webhook_id)
    assert caught.value.code == "webhook_not_active"
    await put_all(database, {**VENDOR, "country": "FR"})
    reactivated = await keeper(database).change(webhook_id, {"status": "active"}, TODAY)
    assert reactivated.place.revision == 2
    await dispatch_all(database)
    found = await rows(database, "SELECT id FROM webhook_delivery WHERE status = 'pending'")
    assert found == []


async def test_a_success_ends_a_row_of_failures(database: Database, receiver: Receiver) -> None:
    receiver.answer = lambda n: status(500 if n < 3 else 200)
    webhook_id, _ = await subscribe(database, receiver.url, "vendor.created")
    await put_all(database, *[{**VENDOR, "id": f"v{n}"} for n in range(4)])
    await dispatch_all(database)
    await send_all(database)
    assert (await keeper(database).get(webhook_id)).failures in (0, 1, 2, 3)
    await send_all(database, datetime.now(UTC) + timedelta(minutes=1))
    assert (await keeper(database).get(webhook_id)).failures == 0


async def test_a95_during_rotation_both_secrets_verify_and_then_only_the_new(
    database: Database, receiver: Receiver
) -> None:
    webhook_id, old = await subscribe(database, receiver.url)
    async with database.operate() as connection:
        _, new, until = await keeper(database).rotate(connection, webhook_id)
    await keeper(database).test(webhook_id)
    for secret in (old, new):
        receiver.requests[0].verify(secret)
    assert until > datetime.now(UTC) + timedelta(hours=23)
    await rows(database, "UPDATE webhook SET old_secret_until = now() RETURNING id")
    await keeper(database).test(webhook_id)
    receiver.requests[1].verify(new)
    with pytest.raises(WebhookVerificationError):
        receiver.requests[1].verify(old)


async def test_redelivery_is_the_same_message_again(database: Database, receiver: Receiver) -> None:
    webhook_id, secret = await subscribe(database, receiver.url, "adoption.*")
    await put_all(database, *SMALL)
    await dispatch_all(database)
    await send_all(database)
    (row,) = await keeper(database).deliveries(webhook_id, 10, None)
    await keeper(database).redeliver(webhook_id, row["id"])
    await send_all(database)
    first, second = receiver.requests
    assert (first.body, first.headers["webhook-id"]) == (second.body, second.headers["webhook-id"])
    second.verify(secret)


async def test_a_dead_receiver_does_not_hold_up_another(
    database: Database, receiver: Receiver
) -> None:
    async with receiving() as dead:
        dead.hold = asyncio.Event()
        await subscribe(database, dead.url)
        await subscribe(database, receiver.url)
        await put_all(database, *SMALL)
        await dispatch_all(database)
        sender = Sender(database, POST)
        while len(receiver.requests) < len(SMALL) + 1:
            await sender.step()
            await asyncio.sleep(0.01)
        assert len(dead.requests) == limits.WEBHOOK_SIDE_BY_SIDE
        dead.hold.set()
        await sender.drain()


async def test_every_body_is_at_most_two_kilobytes(bundled: Database) -> None:
    from service.formats.change_records import thin_body

    sizes = [len(thin_body(change)) for change in await fed(bundled, 1000)]
    assert max(sizes) <= limits.WEBHOOK_BODY_BYTES / 2


async def test_a_retired_record_is_told_with_what_it_pointed_to(
    database: Database, receiver: Receiver
) -> None:
    await put_all(database, *SMALL)
    await subscribe(database, receiver.url, "adoption.retired", where={"product_id": ("p",)})
    async with database.write(actor="test", comment="test") as (connection, _):
        await connection.execute("DELETE FROM adoption")
    await dispatch_all(database)
    (row,) = await rows(database, "SELECT type, body FROM webhook_delivery")
    assert row["type"] == "adoption.retired"
    assert msgspec.json.decode(row["body"])["data"]["feature_id"] == ADOPTION["feature"]
