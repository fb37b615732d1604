"""Deliveries: put into the outbox, claimed with a lease, and what came of them."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from service import limits
from service.model.webhooks import Answer, Message
from service.store.database import Connection
from service.store.ids import new_id
from service.store.secrets import Seal
from service.store.statements import load
from service.texts.sentences import kept

SQL = load("deliveries")
LEASE = timedelta(seconds=limits.WEBHOOK_LEASE_SECONDS)


class Event(NamedTuple):
    """What is to be told: the same event has the same id, whoever tells it. Those of one object are
    told one after the other."""

    id: str
    type: str
    body: bytes
    object_id: str | None = None


async def add(connection: Connection, webhook_id: str, events: list[Event]) -> None:
    """Into the outbox, due now; an event that is there already stays as it is."""
    await SQL["add"].run(
        connection,
        webhook_id=webhook_id,
        ids=[new_id("dlv") for _ in events],
        event_ids=[event.id for event in events],
        types=[event.type for event in events],
        object_ids=[event.object_id for event in events],
        bodies=[event.body for event in events],
    )


async def add_leased(connection: Connection, webhook_id: str, event: Event, seal: Seal) -> Message:
    """Into the outbox and claimed at once, by the caller."""
    row = await SQL["add_leased"].row(
        connection,
        id=new_id("dlv"),
        webhook_id=webhook_id,
        event_id=event.id,
        type=event.type,
        body=event.body,
        lease=LEASE,
    )
    return _message(row, seal)


async def claim(
    connection: Connection,
    limit: int,
    *,
    busy: list[str],
    seal: Seal,
    now: datetime | None = None,
) -> list[Message]:
    """Due deliveries, at most a few a webhook and none of the busy ones; of a webhook that fails
    one, when it is time for a trial.

    A claim moves `next_at` by the lease: who dies holding it leaves it due again.
    """
    rows = await SQL["claim"].rows(
        connection,
        now=now,
        busy=busy,
        limit=limit,
        side_by_side=limits.WEBHOOK_SIDE_BY_SIDE,
        lease=LEASE,
    )
    return [_message(row, seal) for row in rows]


def _message(row: Any, seal: Seal) -> Message:
    """Without the secrets that cannot be opened."""
    stored = [secret for secret in (row["secret"], row["old"]) if secret]
    return Message(
        delivery_id=row["id"],
        webhook_id=row["webhook_id"],
        event_id=row["event_id"],
        url=row["url"],
        body=row["body"],
        attempts=row["attempts"],
        secrets=tuple(filter(None, map(seal.opened_text, stored))),
        leased_until=row["next_at"],
        at=row["at"],
        is_trial=row["is_trial"],
    )


async def record(
    connection: Connection, message: Message, answer: Answer, status: str, again: datetime
) -> bool:
    """Note an attempt; False when the lease was lost, and so somebody else's word counts."""
    touched = await SQL["record"].run(
        connection,
        id=message.delivery_id,
        leased_until=message.leased_until,
        status=status,
        again=again,
        at=message.at,
        answer_status=answer.status,
        answer_error=None if answer.error is None else kept(answer.error),
        answer_body=answer.body,
    )
    return touched == 1


async def abandon(connection: Connection, webhook_id: str) -> None:
    """Nothing that is still pending will be tried."""
    await SQL["abandon"].run(connection, webhook_id=webhook_id)


async def page(
    connection: Connection, webhook_id: str, limit: int, before: str | None
) -> list[dict[str, Any]]:
    """The newest first; `before` is the id of the last one seen."""
    rows = await SQL["page"].rows(connection, webhook_id=webhook_id, limit=limit, before=before)
    return [dict(row) for row in rows]


async def get(connection: Connection, webhook_id: str, delivery_id: str) -> dict[str, Any] | None:
    row = await SQL["get"].row(connection, webhook_id=webhook_id, id=delivery_id)
    return None if row is None else dict(row)


async def again(connection: Connection, delivery_id: str) -> None:
    """Due now, with all its retries before it; a webhook that fails is tried now."""
    await SQL["again"].run(connection, id=delivery_id)


async def prune(connection: Connection) -> int:
    """Forget what ended long ago; returns how many."""
    return await SQL["prune"].run(connection, days=limits.DELIVERIES_KEPT_DAYS)
