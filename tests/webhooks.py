"""Webhooks without HTTP: subscribed, dispatched, sent, and what the tables then hold."""

from datetime import UTC, datetime
from typing import Any

import msgspec

from service.model.webhooks import Filter, Message, NewWebhook, new_secret
from service.store.database import Database
from service.usecases.analyses.panels import Panels
from service.usecases.webhooks import targets
from service.usecases.webhooks.delivery import Sender
from service.usecases.webhooks.dispatch import dispatch
from service.usecases.webhooks.endpoints import Keeper
from service.usecases.webhooks.transport import Poster

TODAY = datetime.now(UTC).date()
POST = Poster(allow_private=True)


def keeper(database: Database) -> Keeper:
    return Keeper(database, Panels(), POST, allow_private=True)


async def subscribe(database: Database, url: str, *types: str, **wanted: Any) -> tuple[str, str]:
    """Id and secret of a new webhook."""
    new = NewWebhook(url=url, types=types or ("*",), filter=Filter(**wanted))
    await keeper(database).checked(msgspec.structs.asdict(new), TODAY)
    async with database.operate() as connection:
        webhook, secret = await keeper(database).create(connection, new)
    return webhook.id, secret


async def dispatch_all(database: Database) -> None:
    """Events become deliveries until none is left."""
    while await dispatch(database):
        pass


async def send_all(database: Database, now: datetime | None = None) -> None:
    """Sends whatever is due."""
    sender = Sender(database, POST, lambda: now)
    while await sender.step():
        await sender.drain()


async def rows(database: Database, statement: str, *values: object) -> list[Any]:
    async with database.operate() as connection:
        return list(await connection.fetch(statement, *values))


def resolving(addresses: list[str]) -> targets.Resolve:
    """A name server that answers with these."""

    async def resolver(host: str, port: int) -> list[str]:
        return addresses

    return resolver


def message(url: str) -> Message:
    """A delivery as it is about to be sent."""
    now = datetime.now(UTC)
    return Message("dlv_1", "whk_1", "evt_1", url, b"{}", 0, (new_secret(bytes(32)),), now, now)
