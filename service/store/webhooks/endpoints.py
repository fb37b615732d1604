"""Webhooks as they are stored, and how far each has followed the feed."""

from datetime import datetime
from typing import Any, NamedTuple

import msgspec

from service import limits
from service.model.webhooks import Filter, NewWebhook, Watch
from service.query.feed import END, Place, behind
from service.query.filters.subscriptions import Subscription
from service.store.database import Connection, newest
from service.store.ids import new_id

COLUMNS = (
    "id, owner, url, types, filter, metric, status, status_reason, failures, place_revision,"
    " place_kind, place_id, metric_value, metric_value_revision, created_at, updated_at"
)


class Webhook(NamedTuple):
    """A stored subscription; its secrets never leave the store but to sign."""

    id: str
    owner: str | None
    url: str
    types: tuple[str, ...]
    filter: Filter
    metric: Watch | None
    status: str
    status_reason: str | None
    failures: int
    place: Place
    metric_value: float | None
    metric_value_revision: int | None
    created_at: datetime
    updated_at: datetime

    @property
    def subscription(self) -> Subscription:
        return Subscription.of(self.types, self.filter)


def _webhook(row: Any) -> Webhook:
    metric = row["metric"]
    return Webhook(
        id=row["id"],
        owner=row["owner"],
        url=row["url"],
        types=tuple(row["types"]),
        filter=msgspec.json.decode(row["filter"], type=Filter),
        metric=None if metric is None else msgspec.json.decode(metric, type=Watch),
        status=row["status"],
        status_reason=row["status_reason"],
        failures=row["failures"],
        place=Place(row["place_revision"], row["place_kind"], row["place_id"]),
        metric_value=row["metric_value"],
        metric_value_revision=row["metric_value_revision"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
    )


async def every(connection: Connection, owner: str | None) -> list[Webhook]:
    """Those of a key, or all, the oldest first."""
    rows = await connection.fetch(
        f"SELECT {COLUMNS} FROM webhook WHERE $1::text IS NULL OR owner = $1 ORDER BY id", owner
    )
    return [_webhook(row) for row in rows]


async def get(connection: Connection, webhook_id: str, *, lock: bool = False) -> Webhook | None:
    row = await connection.fetchrow(
        f"SELECT {COLUMNS} FROM webhook WHERE id = $1{' FOR UPDATE' if lock else ''}", webhook_id
    )
    return None if row is None else _webhook(row)


async def insert(
    connection: Connection, new: NewWebhook, secret: str, owner: str | None
) -> Webhook:
    """A new subscription to what comes after the newest revision."""
    row = await connection.fetchrow(
        "INSERT INTO webhook (id, url, types, filter, metric, secret, owner,"
        " place_revision, place_kind, place_id)"
        f" SELECT $1, $2, $3, $4, $5, $6, $7, revision, '{END}', '' FROM dataset"
        f" RETURNING {COLUMNS}",
        new_id("whk"), new.url, list(new.types), *_encoded(new), secret, owner,
    )  # fmt: skip
    return _webhook(row)


def _encoded(new: NewWebhook) -> tuple[str, str | None]:
    metric = None if new.metric is None else msgspec.json.encode(new.metric).decode()
    return msgspec.json.encode(new.filter).decode(), metric


async def replace(connection: Connection, webhook_id: str, new: NewWebhook) -> None:
    """Write the parts that a caller decides; a new figure is watched from its next reading."""
    await connection.execute(
        "UPDATE webhook SET url = $2, types = $3, filter = $4, metric = $5, updated_at = now(),"
        " metric_checked_revision = CASE WHEN metric IS DISTINCT FROM $5 THEN NULL"
        " ELSE metric_checked_revision END,"
        " metric_value_revision = CASE WHEN metric IS DISTINCT FROM $5 THEN NULL"
        " ELSE metric_value_revision END"
        " WHERE id = $1",
        webhook_id, new.url, list(new.types), *_encoded(new),
    )  # fmt: skip


async def activate(connection: Connection, webhook_id: str, *, from_now: bool) -> None:
    """Go on where it stopped, or, `from_now`, with the next revision."""
    await connection.execute(
        "UPDATE webhook SET status = 'active', status_reason = NULL, failures = 0,"
        " updated_at = now() WHERE id = $1",
        webhook_id,
    )
    if from_now:
        await advance(connection, webhook_id, behind(await newest(connection)))


async def stop(connection: Connection, webhook_id: str, status: str, reason: str | None) -> None:
    """Pause it, or switch it off; why is kept for its owner."""
    await connection.execute(
        "UPDATE webhook SET status = $2, status_reason = $3, updated_at = now() WHERE id = $1",
        webhook_id, status, reason,
    )  # fmt: skip


async def rotate(connection: Connection, webhook_id: str, secret: str) -> datetime:
    """A new secret beside the old, which signs as well until the returned instant."""
    until: datetime = await connection.fetchval(
        "UPDATE webhook SET old_secret = secret, secret = $2, updated_at = now(),"
        f" old_secret_until = now() + interval '{limits.SECRET_OVERLAP_HOURS} hours'"
        " WHERE id = $1 RETURNING old_secret_until",
        webhook_id, secret,
    )  # fmt: skip
    return until


async def delete(connection: Connection, webhook_id: str) -> bool:
    """Gone with its deliveries; False if it was not there."""
    status = await connection.execute("DELETE FROM webhook WHERE id = $1", webhook_id)
    return bool(status.endswith(" 1"))


async def lagging(connection: Connection) -> tuple[Webhook, int] | None:
    """An active webhook that has not followed to the newest revision, locked; and that revision."""
    row = await connection.fetchrow(
        f"SELECT {COLUMNS}, d.revision AS newest FROM webhook w, dataset d"
        " WHERE w.status = 'active'"
        f" AND (w.place_revision < d.revision OR w.place_kind <> '{END}')"
        " ORDER BY w.place_revision LIMIT 1 FOR UPDATE OF w SKIP LOCKED"
    )
    return None if row is None else (_webhook(row), row["newest"])


async def advance(connection: Connection, webhook_id: str, place: Place) -> None:
    await connection.execute(
        "UPDATE webhook SET place_revision = $2, place_kind = $3, place_id = $4 WHERE id = $1",
        webhook_id, *place,
    )  # fmt: skip


async def unwatched(connection: Connection) -> Webhook | None:
    """An active webhook whose figure was not read at the newest revision."""
    row = await connection.fetchrow(
        f"SELECT {COLUMNS} FROM webhook w, dataset d"
        " WHERE w.status = 'active' AND w.metric IS NOT NULL"
        " AND (w.metric_checked_revision IS NULL OR w.metric_checked_revision < d.revision)"
        " ORDER BY w.metric_checked_revision NULLS FIRST LIMIT 1"
    )
    return None if row is None else _webhook(row)


async def note_reading(
    connection: Connection, webhook: Webhook, revision: int, value: float | None, *, is_told: bool
) -> None:
    """The figure was read at a revision; `is_told`: it is what later readings are held against."""
    await connection.execute(
        "UPDATE webhook SET metric_checked_revision = $2,"
        " metric_value = CASE WHEN $4 THEN $3 ELSE metric_value END,"
        " metric_value_revision = CASE WHEN $4 THEN $2 ELSE metric_value_revision END"
        " WHERE id = $1",
        webhook.id, revision, value, is_told,
    )  # fmt: skip


async def failed(connection: Connection, webhook_id: str) -> int:
    """Count a failure; returns how many there were in a row."""
    return int(
        await connection.fetchval(
            "UPDATE webhook SET failures = failures + 1 WHERE id = $1 RETURNING failures",
            webhook_id,
        )
    )


async def succeeded(connection: Connection, webhook_id: str) -> None:
    await connection.execute(
        "UPDATE webhook SET failures = 0 WHERE id = $1 AND failures > 0", webhook_id
    )
