"""Decisions about corrections, into the outbox of every webhook that wants to know."""

from service.formats.change_records import event_id
from service.formats.json_records import encode, instant_text
from service.model.corrections import Correction
from service.model.webhooks import CORRECTION_DECIDED
from service.query.expressions import EVERYTHING
from service.query.registry import BY_NAME
from service.query.subscriptions import condition_of
from service.store import changes, deliveries, webhooks
from service.store.database import Connection
from service.store.deliveries import Event
from service.store.webhooks import Webhook


async def tell(connection: Connection, correction: Correction, newest: int) -> None:
    """In the transaction of the decision, so that either both stand or neither.

    A paused webhook finds it waiting; one that is off is told of what comes after it is on again.
    """
    for webhook in await webhooks.every(connection, owner=None):
        if webhook.status != "off" and await _wants(connection, webhook, correction, newest):
            await deliveries.add(connection, webhook.id, [_event(correction)])


async def _wants(
    connection: Connection, webhook: Webhook, correction: Correction, newest: int
) -> bool:
    collection = BY_NAME[correction.collection]
    condition = condition_of(webhook.types, webhook.filter, collection.kind)
    if condition is None or condition == EVERYTHING:
        return condition is not None
    ids = [correction.record_id]
    return bool(await changes.meeting(connection, collection, newest, ids, condition))


def _event(correction: Correction) -> Event:
    assert correction.decided_at is not None, "told once decided"
    data = {
        "id": correction.id,
        "href": f"/v1/corrections/{correction.id}",
        "decision": correction.status,
        "collection": correction.collection,
        "record_id": correction.record_id,
        "revision": correction.revision,
    }
    timestamp = instant_text(correction.decided_at)
    body = encode({"type": CORRECTION_DECIDED, "timestamp": timestamp, "data": data})
    return Event(event_id("correction", correction.id), CORRECTION_DECIDED, body)
