"""Decided corrections and releases, into the outbox of every webhook that wants to know."""

from datetime import datetime
from typing import Any

from service.formats.change_records import event_id
from service.formats.json_records import encode, instant_text
from service.model.corrections import Correction
from service.model.webhooks import CORRECTION_DECIDED, RELEASE_PUBLISHED
from service.query.filters.expressions import EVERYTHING
from service.query.filters.subscriptions import condition_of, tells
from service.query.registry import BY_NAME
from service.store.changes import feed
from service.store.database import Connection
from service.store.releases import Release
from service.store.webhooks import deliveries, endpoints
from service.store.webhooks.deliveries import Event
from service.store.webhooks.endpoints import Webhook


async def tell_decision(connection: Connection, correction: Correction, newest: int) -> None:
    """In the transaction of the decision, so that either both stand or neither.

    A paused webhook finds it waiting; one that is off is told of what comes after it is on again.
    """
    for webhook in await _listening(connection):
        if await _wants(connection, webhook, correction, newest):
            await deliveries.add(connection, webhook.id, [_decided(correction)])


async def tell_release(connection: Connection, release: Release) -> None:
    """As of decisions; what `filter` says of records does not matter here."""
    for webhook in await _listening(connection):
        if tells(webhook.types, RELEASE_PUBLISHED):
            await deliveries.add(connection, webhook.id, [_published(release)])


async def _listening(connection: Connection) -> list[Webhook]:
    return [w for w in await endpoints.every(connection, owner=None) if w.status != "off"]


async def _wants(
    connection: Connection, webhook: Webhook, correction: Correction, newest: int
) -> bool:
    collection = BY_NAME[correction.collection]
    condition = condition_of(webhook.types, webhook.filter, collection.kind)
    if condition is None or condition == EVERYTHING:
        return condition is not None
    ids = [correction.record_id] if correction.record_id else []
    return bool(await feed.meeting(connection, collection, newest, ids, condition))


def _decided(correction: Correction) -> Event:
    assert correction.decided_at is not None, "told once decided"
    data = {
        "id": correction.id,
        "href": f"/v1/corrections/{correction.id}",
        "decision": correction.status,
        "collection": correction.collection,
        "record_id": correction.record_id,
        "revision": correction.revision,
    }
    event = event_id("correction", correction.id)
    return _made(event, CORRECTION_DECIDED, correction.decided_at, data)


def _published(release: Release) -> Event:
    data = {
        "id": release.name,
        "href": f"/v1/releases/{release.name}",
        "revision": release.revision,
    }
    event = event_id("release", release.name)
    return _made(event, RELEASE_PUBLISHED, release.released_at, data)


def _made(event: str, event_type: str, at: datetime, data: dict[str, Any]) -> Event:
    body = encode({"type": event_type, "timestamp": instant_text(at), "data": data})
    return Event(event, event_type, body)
