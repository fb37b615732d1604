"""Deliveries: put into the outbox, claimed with a lease, and what came of them."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from service import limits
from service.model.webhooks import Answer, Message
from service.store.database import Connection
from service.store.ids import new_id

LEASE = timedelta(seconds=limits.WEBHOOK_LEASE_SECONDS)
SHOWN = (
    "id, webhook_id, event_id, type, body, status, attempts, next_at, last_at, last_status,"
    " last_error, answer, created_at"
)
_NOW = "coalesce({}::timestamptz, clock_timestamp())"
_MESSAGE = (
    "RETURNING d.id, d.webhook_id, d.event_id, w.url, d.body, d.attempts, d.next_at,"
    " w.secret, CASE WHEN w.old_secret_until > {now} THEN w.old_secret END AS old, {now} AS at"
)


class Event(NamedTuple):
    """What is to be told: the same event has the same id, whoever tells it."""

    id: str
    type: str
    body: bytes


async def add(connection: Connection, webhook_id: str, events: list[Event]) -> None:
    """Into the outbox, due now; an event that is there already stays as it is."""
    await connection.executemany(
        "INSERT INTO webhook_delivery (id, webhook_id, event_id, type, body, next_at)"
        " VALUES ($1, $2, $3, $4, $5, now()) ON CONFLICT (webhook_id, event_id) DO NOTHING",
        [(new_id("dlv"), webhook_id, *event) for event in events],
    )


async def add_leased(connection: Connection, webhook_id: str, event: Event) -> Message:
    """Into the outbox and claimed at once, by the caller."""
    delivery_id = new_id("dlv")
    await connection.execute(
        "INSERT INTO webhook_delivery (id, webhook_id, event_id, type, body, next_at)"
        " VALUES ($1, $2, $3, $4, $5, now() + $6)",
        delivery_id, webhook_id, *event, LEASE,
    )  # fmt: skip
    row = await connection.fetchrow(
        "UPDATE webhook_delivery d SET next_at = d.next_at FROM webhook w"
        f" WHERE d.id = $1 AND w.id = d.webhook_id {_MESSAGE.format(now='now()')}",
        delivery_id,
    )
    return _message(row)


async def claim(
    connection: Connection, limit: int, *, busy: list[str], now: datetime | None = None
) -> list[Message]:
    """Due deliveries, at most a few a webhook and none of the busy ones.

    A claim moves `next_at` by the lease: who dies holding it leaves it due again.
    """
    instant = _NOW.format("$1")
    rows = await connection.fetch(
        "WITH due AS (SELECT d.id FROM webhook w CROSS JOIN LATERAL"
        " (SELECT id FROM webhook_delivery WHERE webhook_id = w.id AND status = 'pending'"
        f"  AND next_at <= {instant} ORDER BY next_at, id"
        f"  LIMIT {limits.WEBHOOK_SIDE_BY_SIDE} FOR UPDATE SKIP LOCKED) d"
        " WHERE w.status = 'active' AND w.id <> ALL ($2::text[]) LIMIT $3)"
        f" UPDATE webhook_delivery d SET next_at = {instant} + $4 FROM due, webhook w"
        f" WHERE d.id = due.id AND w.id = d.webhook_id {_MESSAGE.format(now=instant)}",
        now, busy, limit, LEASE,
    )  # fmt: skip
    return [_message(row) for row in rows]


def _message(row: Any) -> Message:
    return Message(
        delivery_id=row["id"],
        webhook_id=row["webhook_id"],
        event_id=row["event_id"],
        url=row["url"],
        body=row["body"],
        attempts=row["attempts"],
        secrets=tuple(secret for secret in (row["secret"], row["old"]) if secret),
        leased_until=row["next_at"],
        at=row["at"],
    )


async def record(
    connection: Connection, message: Message, answer: Answer, status: str, again: datetime
) -> bool:
    """Note an attempt; False when the lease was lost, and so somebody else's word counts."""
    done = await connection.execute(
        "UPDATE webhook_delivery SET status = $3, next_at = $4, attempts = attempts + 1,"
        " last_at = $5, last_status = $6, last_error = $7, answer = $8"
        " WHERE id = $1 AND next_at = $2 AND status = 'pending'",
        message.delivery_id, message.leased_until, status, again, message.at,
        answer.status, answer.error, answer.body,
    )  # fmt: skip
    return bool(done.endswith(" 1"))


async def abandon(connection: Connection, webhook_id: str) -> None:
    """Nothing that is still pending will be tried."""
    await connection.execute(
        "UPDATE webhook_delivery SET status = 'failed'"
        " WHERE webhook_id = $1 AND status = 'pending'",
        webhook_id,
    )


async def page(
    connection: Connection, webhook_id: str, limit: int, before: str | None
) -> list[dict[str, Any]]:
    """The newest first; `before` is the id of the last one seen."""
    rows = await connection.fetch(
        f"SELECT {SHOWN} FROM webhook_delivery WHERE webhook_id = $1"
        " AND ($2::text IS NULL OR id < $2) ORDER BY id DESC LIMIT $3",
        webhook_id, before, limit,
    )  # fmt: skip
    return [dict(row) for row in rows]


async def get(connection: Connection, webhook_id: str, delivery_id: str) -> dict[str, Any] | None:
    row = await connection.fetchrow(
        f"SELECT {SHOWN} FROM webhook_delivery WHERE webhook_id = $1 AND id = $2",
        webhook_id, delivery_id,
    )  # fmt: skip
    return None if row is None else dict(row)


async def again(connection: Connection, delivery_id: str) -> None:
    """Due now, with all its retries before it."""
    await connection.execute(
        "UPDATE webhook_delivery SET status = 'pending', attempts = 0, next_at = now()"
        " WHERE id = $1",
        delivery_id,
    )


async def prune(connection: Connection) -> int:
    """Forget what ended long ago; returns how many."""
    status = await connection.execute(
        "DELETE FROM webhook_delivery WHERE status <> 'pending'"
        f" AND created_at < now() - interval '{limits.DELIVERIES_KEPT_DAYS} days'"
    )
    return int(status.rsplit(" ", 1)[1])
