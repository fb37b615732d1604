"""A receiver that fails is left alone and tried again: by time, however many deliveries wait."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from service import limits
from service.model.webhooks import PROMISED, RETRIES, Answer, Message, asked_for
from service.store.database import Database
from service.usecases.webhooks.delivery import Sender
from tests.make import VENDOR, put_all
from tests.receiver import Receiver, receiving, status
from tests.webhooks import POST, TODAY, dispatch_all, keeper, rows, send_all, subscribe

SOON = timedelta(seconds=1)
NOW = datetime(2026, 11, 30, 7, tzinfo=UTC)


async def waiting(database: Database, url: str, n: int) -> str:
    """A webhook with so many deliveries, each of an object of its own."""
    webhook_id, _ = await subscribe(database, url, "vendor.*")
    await put_all(database, *[{**VENDOR, "id": f"v{i}"} for i in range(n)])
    await dispatch_all(database)
    return webhook_id


async def circuit(database: Database) -> Any:
    (row,) = await rows(database, "SELECT * FROM webhook")
    return row


async def test_f42_one_import_of_fifty_rows_is_one_failure_of_the_receiver(
    database: Database, receiver: Receiver
) -> None:
    receiver.answer = lambda _: status(500)
    await waiting(database, receiver.url, 50)
    now = datetime.now(UTC) + SOON
    await send_all(database, now)
    row = await circuit(database)
    assert len(receiver.requests) == limits.WEBHOOK_SIDE_BY_SIDE
    assert (row["status"], row["failures"], row["failing_since"]) == ("active", 1, now)


async def test_f42_a_trial_is_one_delivery_and_when_it_succeeds_all_go(
    database: Database, receiver: Receiver
) -> None:
    receiver.answer = lambda _: status(500)
    await waiting(database, receiver.url, 20)
    await send_all(database, datetime.now(UTC) + SOON)
    for n in range(1, 4):
        before, row = len(receiver.requests), await circuit(database)
        await send_all(database, row["trial_at"] - timedelta(milliseconds=1))
        assert len(receiver.requests) == before
        await send_all(database, row["trial_at"])
        assert len(receiver.requests) == before + 1
        again = await circuit(database)
        assert again["failures"] == n + 1
        pause = again["trial_at"] - row["trial_at"]
        assert RETRIES[n] <= pause <= RETRIES[n] * 1.2
    receiver.answer = lambda _: status(204)
    await send_all(database, (await circuit(database))["trial_at"] + timedelta(days=1))
    row = await circuit(database)
    assert (row["failures"], row["failing_since"], row["trial_at"]) == (0, None, None)
    found = await rows(database, "SELECT DISTINCT status FROM webhook_delivery")
    assert [one["status"] for one in found] == ["delivered"]


async def test_f42_a_receiver_is_paused_only_after_the_three_days_and_nothing_is_lost(
    database: Database, receiver: Receiver
) -> None:
    receiver.answer = lambda _: status(500)
    webhook_id = await waiting(database, receiver.url, 12)
    began = now = datetime.now(UTC) + SOON
    while (row := await circuit(database))["status"] == "active":
        now = row["trial_at"] or now
        assert now - began <= PROMISED * 1.2 + SOON
        await send_all(database, now)
    assert (row["status"], now - began >= PROMISED) == ("paused", True)
    assert "10" in (row["status_reason"] or "")
    receiver.answer = lambda _: status(204)
    await keeper(database).change(webhook_id, {"status": "active"}, TODAY)
    await send_all(database, now + timedelta(days=2))
    found = await rows(database, "SELECT status FROM webhook_delivery")
    assert [one["status"] for one in found] == ["delivered"] * 12


@pytest.mark.parametrize(
    ("code", "header", "pause"),
    [
        (503, "3600", 3600),
        (429, "120", 120),
        (503, "Mon, 30 Nov 2026 08:00:00 GMT", 3600),
        (503, "999999999", 86400),
        (503, "2", 0),
        (503, "soon", 0),
        (503, "", 0),
        (503, "-5", 0),
        (503, "Mon, 30 Nov 1026 08:00:00 GMT", 0),
        (503, "٣", 0),
        (500, "3600", 0),
    ],
)
def test_f42_retry_after_is_heeded_within_reason(code: int, header: str, pause: int) -> None:
    asked = asked_for(Answer(code, b"", None, header), NOW) - NOW
    assert asked == timedelta(seconds=pause or asked.total_seconds())
    assert pause or asked <= timedelta(seconds=2)


async def test_f42_who_asks_for_an_hour_is_left_alone_for_it(
    database: Database, receiver: Receiver
) -> None:
    receiver.answer = lambda _: status(429, b"", "Retry-After: 3600")
    await waiting(database, receiver.url, 6)
    now = datetime.now(UTC) + SOON
    await send_all(database, now)
    assert (await circuit(database))["trial_at"] == now + timedelta(hours=1)
    await send_all(database, now + timedelta(minutes=59))
    assert len(receiver.requests) == limits.WEBHOOK_SIDE_BY_SIDE


def _hangs(_: int) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nx"


@pytest.mark.parametrize(
    "answer",
    [
        lambda _: status(500),
        _hangs,
        lambda _: status(301, b"", "Location: http://10.0.0.1/"),
        lambda _: b"no http at all\r\n\r\n",
    ],
    ids=["500", "endless", "redirect", "noise"],
)
async def test_f42_a_bad_receiver_does_not_hold_up_another(
    database: Database, receiver: Receiver, answer: Callable[[int], bytes]
) -> None:
    async with receiving() as bad:
        bad.answer = answer
        await subscribe(database, bad.url, "vendor.*")
        await waiting(database, receiver.url, 30)
        now = datetime.now(UTC) + SOON
        sender = Sender(database, POST, lambda: now)
        async with asyncio.timeout(60):
            while len(receiver.requests) < 30:
                await sender.step()
                await asyncio.sleep(0.01)
            await sender.drain()
        assert len(bad.requests) == limits.WEBHOOK_SIDE_BY_SIDE


async def test_f41_who_dies_between_sending_and_noting_loses_nothing(
    database: Database, receiver: Receiver
) -> None:
    """Dozens of deaths; what comes twice has the same id, and each object's own order holds."""
    await subscribe(database, receiver.url, "vendor.*")
    for n in range(10):
        await put_all(database, *[{**VENDOR, "id": f"v{i}", "note": str(n)} for i in range(5)])
    await dispatch_all(database)
    now, deaths = [datetime.now(UTC) + SOON], 0

    async def dying(message: Message) -> Answer:
        nonlocal deaths
        deaths += 1
        await POST(message)
        raise asyncio.CancelledError

    for _ in range(60):
        doomed = Sender(database, dying, lambda: now[-1])
        if await doomed.step():
            with pytest.raises(asyncio.CancelledError):
                await doomed.drain()
        now.append(now[-1] + timedelta(seconds=limits.WEBHOOK_LEASE_SECONDS))
        await send_one(database, now[-1])
    assert deaths >= 40
    seen = [(r.headers["webhook-id"], r.event["data"]) for r in receiver.requests]
    told: dict[str, dict[str, Any]] = {}
    for event_id, data in seen:
        told.setdefault(event_id, data)  # type: ignore[arg-type]
    assert len(told) == 50
    for i in range(5):
        order = [data["revision"] for data in told.values() if data["id"] == f"v{i}"]
        assert order == list(range(1, 11))


async def send_one(database: Database, now: datetime) -> None:
    sender = Sender(database, POST, lambda: now)
    await sender.step()
    await sender.drain()


async def test_f41_two_senders_keep_the_order_of_an_object(
    database: Database, receiver: Receiver
) -> None:
    await subscribe(database, receiver.url, "vendor.*")
    for n in range(8):
        await put_all(database, {**VENDOR, "note": str(n)})
    await dispatch_all(database)
    receiver.answer = lambda n: status(500 if n == 2 else 204)
    now = datetime.now(UTC) + SOON
    for _ in range(8):
        await asyncio.gather(send_all(database, now), send_all(database, now))
        now += timedelta(minutes=1)
    order = [r.event["data"]["revision"] for r in receiver.requests]  # type: ignore[index]
    assert order == [1, 2, 3, 3, 4, 5, 6, 7, 8]
