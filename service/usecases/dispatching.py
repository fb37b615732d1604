"""From the log of revisions into the outbox: which webhook is told of which change."""

from collections import defaultdict

from service import limits
from service.formats.change_records import event_id, thin_body
from service.query.changes import Change, behind
from service.query.expressions import Expression
from service.query.registry import BY_KIND
from service.query.subscriptions import Subscription
from service.store import changes, deliveries, webhooks
from service.store.database import Connection, Database
from service.store.deliveries import Event
from service.usecases.redirects import led_at


async def dispatch(database: Database) -> bool:
    """Take one webhook a stretch further; False when all have followed to the newest revision.

    Its deliveries and its place are written in one transaction, under its row's lock: several
    dispatchers work side by side, and a crash repeats a stretch or nothing.
    """
    async with database.operate() as connection:
        found = await webhooks.lagging(connection)
        if found is None:
            return False
        webhook, newest = found
        subscription = webhook.subscription
        size = limits.WEBHOOK_DISPATCH_SIZE
        stretch = await _stretch(connection, webhook, subscription, newest, size)
        chosen = await _chosen(connection, subscription, stretch)
        await deliveries.add(connection, webhook.id, [_event(change) for change in chosen])
        place = stretch[-1].place if len(stretch) == size else behind(newest)
        await webhooks.advance(connection, webhook.id, place)
    return True


async def _stretch(
    connection: Connection,
    webhook: webhooks.Webhook,
    subscription: Subscription,
    newest: int,
    size: int,
) -> list[Change]:
    if not subscription.conditions:
        return []
    return await changes.page(
        connection, webhook.place, newest, size, kinds=subscription.conditions
    )


async def _chosen(
    connection: Connection, subscription: Subscription, stretch: list[Change]
) -> list[Change]:
    """Those of a wanted type whose record meets the conditions, before the change or after it."""
    wanted = [change for change in stretch if subscription.wants(change.type)]
    groups: dict[tuple[str, int], list[str]] = defaultdict(list)
    for change in wanted:
        groups[change.place.kind, change.place.revision].append(change.place.id)
    met: set[tuple[str, int, str]] = set()
    for (kind, revision), ids in groups.items():
        conditions = subscription.conditions[kind]
        kept = await meeting(connection, kind, revision, ids, conditions)
        met |= {(kind, revision, record_id) for record_id in kept}
    return [c for c in wanted if (c.place.kind, c.place.revision, c.place.id) in met]


async def meeting(
    connection: Connection, kind: str, revision: int, ids: list[str], conditions: Expression
) -> set[str]:
    """Those that met the conditions at the revision or the one before, by the ids of then."""
    if not conditions:
        return set(ids)
    collection, met = BY_KIND[kind], set[str]()
    for asked in (revision, revision - 1):
        led = await led_at(connection, collection, conditions, asked)
        met |= await changes.meeting(connection, collection, asked, ids, led)
    return met


def _event(change: Change) -> Event:
    return Event(event_id("change", change.place.seq), change.type, thin_body(change))
