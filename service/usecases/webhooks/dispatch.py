"""From the log of revisions into the outbox: which webhook is told of which change."""

from service import limits
from service.formats.change_records import event_id, thin_body
from service.query.feed import Change, behind
from service.query.filters.subscriptions import Subscription
from service.store.changes import feed
from service.store.database import Connection, Database
from service.store.webhooks import deliveries, endpoints
from service.store.webhooks.deliveries import Event
from service.usecases.changes.filtering import chosen


async def dispatch(database: Database) -> bool:
    """Take one webhook a stretch further; False when all have followed to the newest revision.

    Its deliveries and its place are written in one transaction, under its row's lock: several
    dispatchers work side by side, and a crash repeats a stretch or nothing.
    """
    async with database.operate() as connection:
        found = await endpoints.lagging(connection)
        if found is None:
            return False
        webhook, newest = found
        subscription = webhook.subscription
        size = limits.WEBHOOK_DISPATCH_SIZE
        stretch = await _stretch(connection, webhook, subscription, newest, size)
        chosen = await _chosen(connection, subscription, stretch)
        await deliveries.add(connection, webhook.id, [_event(change) for change in chosen])
        place = stretch[-1].place if len(stretch) == size else behind(newest)
        await endpoints.advance(connection, webhook.id, place)
    return True


async def _stretch(
    connection: Connection,
    webhook: endpoints.Webhook,
    subscription: Subscription,
    newest: int,
    size: int,
) -> list[Change]:
    if not subscription.conditions:
        return []
    return await feed.page(connection, webhook.place, newest, size, kinds=subscription.conditions)


async def _chosen(
    connection: Connection, subscription: Subscription, stretch: list[Change]
) -> list[Change]:
    """Those of a wanted type whose record meets the conditions, before the change or after it."""
    wanted = [change for change in stretch if subscription.wants(change.type)]
    return await chosen(connection, subscription.conditions, wanted)


def _event(change: Change) -> Event:
    told_of = f"{change.place.kind}/{change.place.id}"
    return Event(event_id("change", change.place.seq), change.type, thin_body(change), told_of)
