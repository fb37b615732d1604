"""Webhooks as they are stored, and how far each has followed the feed."""

from datetime import datetime
from typing import Any, NamedTuple

import msgspec

from service import limits
from service.model.webhooks import Filter, NewWebhook, Watch
from service.query.feed import END, Place, behind
from service.query.filters.subscriptions import Subscription
from service.store.database import Connection
from service.store.ids import new_id
from service.store.named_revisions import newest
from service.store.statements import load
from service.texts.sentences import Sentence, kept

SQL = load("webhooks")


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
    failing_since: datetime | None
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
        failing_since=row["failing_since"],
        place=Place(row["place_revision"], row["place_kind"], row["place_id"]),
        metric_value=row["metric_value"],
        metric_value_revision=row["metric_value_revision"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
    )


async def every(connection: Connection, owner: str | None) -> list[Webhook]:
    """Those of a key, or all, the oldest first."""
    rows = await SQL["every"].rows(connection, owner=owner)
    return [_webhook(row) for row in rows]


async def get(connection: Connection, webhook_id: str, *, lock: bool = False) -> Webhook | None:
    row = await SQL["lock" if lock else "get"].row(connection, id=webhook_id)
    return None if row is None else _webhook(row)


async def insert(
    connection: Connection, new: NewWebhook, secret: str, owner: str | None
) -> Webhook:
    """A subscription to what comes after the newest revision; `secret` as it is to be stored."""
    row = await SQL["insert"].row(
        connection,
        id=new_id("whk"),
        **_asked(new),
        secret=secret,
        owner=owner,
        end_kind=END,
    )
    return _webhook(row)


def _asked(new: NewWebhook) -> dict[str, Any]:
    """What a caller decides, as it is stored."""
    return {
        "url": new.url,
        "types": list(new.types),
        "filter": msgspec.json.encode(new.filter).decode(),
        "metric": None if new.metric is None else msgspec.json.encode(new.metric).decode(),
    }


async def replace(connection: Connection, webhook_id: str, new: NewWebhook) -> None:
    """Write the parts that a caller decides; a new figure is watched from its next reading."""
    await SQL["replace"].run(connection, id=webhook_id, **_asked(new))


async def activate(connection: Connection, webhook_id: str, *, from_now: bool) -> None:
    """Go on where it stopped, or, `from_now`, with the next revision."""
    await SQL["activate"].run(connection, id=webhook_id)
    if from_now:
        await advance(connection, webhook_id, behind(await newest(connection)))


async def stop(connection: Connection, webhook_id: str, status: str, reason: Sentence) -> None:
    """Pause it, or switch it off; why is kept for its owner."""
    await SQL["stop"].run(connection, id=webhook_id, status=status, reason=kept(reason))


async def rotate(connection: Connection, webhook_id: str, secret: str) -> datetime:
    """A new secret beside the old, which signs as well until the returned instant."""
    until: datetime = await SQL["rotate"].value(
        connection, id=webhook_id, secret=secret, overlap_hours=limits.SECRET_OVERLAP_HOURS
    )
    return until


async def delete(connection: Connection, webhook_id: str) -> bool:
    """Gone with its deliveries; False if it was not there."""
    return await SQL["delete"].run(connection, id=webhook_id) == 1


async def lagging(connection: Connection) -> tuple[Webhook, int] | None:
    """An active webhook that has not followed to the newest revision, locked; and that revision."""
    row = await SQL["lagging"].row(connection, end_kind=END)
    return None if row is None else (_webhook(row), row["newest"])


async def advance(connection: Connection, webhook_id: str, place: Place) -> None:
    await SQL["advance"].run(
        connection, id=webhook_id, revision=place.revision, kind=place.kind, record_id=place.id
    )


async def unwatched(connection: Connection) -> Webhook | None:
    """An active webhook whose figure was not read at the newest revision."""
    row = await SQL["unwatched"].row(connection)
    return None if row is None else _webhook(row)


async def note_reading(
    connection: Connection, webhook: Webhook, revision: int, value: float | None, *, is_told: bool
) -> None:
    """The figure was read at a revision; `is_told`: it is what later readings are held against."""
    await SQL["note_reading"].run(
        connection, id=webhook.id, revision=revision, value=value, is_told=is_told
    )


async def failed(
    connection: Connection, webhook_id: str, failures: int, since: datetime, trial_at: datetime
) -> None:
    """It has failed so often in a row since then; nothing is sent before the trial."""
    await SQL["fail"].run(
        connection, id=webhook_id, failures=failures, since=since, trial_at=trial_at
    )


async def succeeded(connection: Connection, webhook_id: str) -> None:
    """Whatever is due may be sent."""
    await SQL["succeed"].run(connection, id=webhook_id)
