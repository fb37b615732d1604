"""A release is told to who wants to know, in the transaction that makes it."""

import pytest

from service.model.errors import ServiceError
from service.store.database import Database
from service.store.releases import Release
from service.usecases import releases
from tests.make import SMALL, put_all
from tests.receiver import Receiver
from tests.webhooks import dispatch_all, rows, send_all, subscribe

PUBLISHED = "release.published"


async def publish(database: Database, name: str = "2026.11") -> Release:
    async with database.operate() as connection:
        return await releases.freeze(connection, name, "November", "test")


@pytest.mark.parametrize("wanted", [PUBLISHED, "*"])
async def test_a_release_is_told_thin_and_signed(
    database: Database, receiver: Receiver, wanted: str
) -> None:
    await put_all(database, *SMALL)
    _, secret = await subscribe(database, receiver.url, wanted)
    await publish(database)
    await dispatch_all(database)
    await send_all(database)
    (request,) = [r for r in receiver.requests if r.event["type"] == PUBLISHED]
    request.verify(secret)
    assert request.event["data"] == {
        "id": "2026.11", "href": "/v1/releases/2026.11", "revision": 1,
    }  # fmt: skip


async def test_others_are_not_told(database: Database, receiver: Receiver) -> None:
    await put_all(database, *SMALL)
    await subscribe(database, receiver.url, "product.created")
    await publish(database)
    await dispatch_all(database)
    await send_all(database)
    assert receiver.requests == []


async def test_a_release_that_is_refused_is_not_told(
    database: Database, receiver: Receiver
) -> None:
    await put_all(database, *SMALL)
    await subscribe(database, receiver.url, PUBLISHED)
    await publish(database)
    with pytest.raises(ServiceError, match="already"):
        await publish(database)
    assert len(await rows(database, "SELECT id FROM webhook_delivery")) == 1
