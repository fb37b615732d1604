"""Secrets at rest: sealed with the first key, opened with any, never lost by a change of keys."""

import pytest
from cryptography.fernet import Fernet

from service.model.errors import ServiceError
from service.settings import Settings
from service.store.database import Database
from service.store.secrets import MARK, Seal, seal_again, stale, unreadable
from service.usecases.webhooks.delivery import Sender
from tests.make import VENDOR, put_all
from tests.receiver import receiving, status
from tests.webhooks import POST, dispatch_all, keeper, rows, send_all, subscribe

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


async def with_keys(database: Database, *keys: str) -> Database:
    """The same base, opened by a service with these keys."""
    other = Database(database.url, seal=Seal(keys))
    await other.open()
    return other


async def stored(database: Database) -> list[bytes]:
    found = await rows(
        database,
        "SELECT convert_to(secret, 'UTF8') AS s FROM webhook UNION ALL"
        " SELECT convert_to(old_secret, 'UTF8') FROM webhook WHERE old_secret IS NOT NULL"
        " UNION ALL SELECT value FROM secret",
    )
    return [row["s"] for row in found]


async def test_what_was_there_is_sealed_and_signs_as_before(database: Database) -> None:
    async with receiving() as receiver:
        webhook_id, secret = await subscribe(database, receiver.url)
        async with database.operate() as connection:
            _, rotated, _ = await keeper(database).rotate(connection, webhook_id)
        assert not any(value.startswith(MARK) for value in await stored(database))
        sealing = await with_keys(database, OLD)
        async with sealing.operate() as connection:
            assert await stale(connection, sealing.seal) == ["cursors", webhook_id]
            assert await seal_again(connection, sealing.seal) == 2
            assert await seal_again(connection, sealing.seal) == 0
        assert all(value.startswith(MARK) for value in await stored(database))
        assert len(await stored(database)) == 3
        await keeper(sealing).test(webhook_id)
        for one in (secret, rotated):
            receiver.requests[0].verify(one)
        assert sealing.cursor_key == database.cursor_key
        await sealing.close()


async def test_a_new_secret_is_sealed_at_once(database: Database) -> None:
    sealing = await with_keys(database, OLD)
    async with receiving() as receiver:
        webhook_id, secret = await subscribe(sealing, receiver.url, "vendor.*")
        (row,) = await rows(database, "SELECT secret FROM webhook")
        assert row["secret"].encode().startswith(MARK)
        assert secret not in row["secret"]
        await put_all(sealing, VENDOR)
        await dispatch_all(sealing)
        await send_all(sealing)
        receiver.requests[0].verify(secret)
        async with sealing.operate() as connection:
            _, rotated, _ = await keeper(sealing).rotate(connection, webhook_id)
        await keeper(sealing).test(webhook_id)
        for one in (secret, rotated):
            receiver.requests[1].verify(one)
    await sealing.close()


async def test_a_change_of_keys_needs_the_old_one_until_all_is_sealed_anew(
    database: Database,
) -> None:
    sealing = await with_keys(database, OLD)
    async with sealing.operate() as connection:
        await seal_again(connection, sealing.seal)
    await sealing.close()
    for keys in ((), (NEW,)):
        closed = Database(database.url, seal=Seal(keys))
        with pytest.raises(ServiceError) as caught:
            await closed.open()
        assert "PARITY_SECRET_KEYS" in str(caught.value.detail)
        await closed.close()
    changing = await with_keys(database, NEW, OLD)
    async with changing.operate() as connection:
        assert await seal_again(connection, changing.seal) == 1
    await changing.close()
    changed = await with_keys(database, NEW)
    assert changed.cursor_key == database.cursor_key
    await changed.close()


async def test_a_webhook_whose_secret_no_key_opens_fails_alone(database: Database) -> None:
    async with receiving() as receiver:
        receiver.answer = lambda _: status(204)
        webhook_id, _ = await subscribe(database, receiver.url, "vendor.*")
        await subscribe(database, receiver.url, "vendor.*")
        foreign = Seal((NEW,)).sealed_text("whsec_" + "A" * 43 + "=")
        await rows(
            database,
            "UPDATE webhook SET secret = $1 WHERE id = $2 RETURNING id",
            foreign,
            webhook_id,
        )
        async with database.operate() as connection:
            assert await unreadable(connection, database.seal) == [webhook_id]
        await put_all(database, VENDOR)
        await dispatch_all(database)
        sender = Sender(database, POST)
        while await sender.step():
            await sender.drain()
        assert len(receiver.requests) == 1
        found = await rows(database, "SELECT status, last_error FROM webhook_delivery ORDER BY 1")
        assert [row["status"] for row in found] == ["delivered", "pending"]
        assert "deliveries.sealed" in found[1]["last_error"]


@pytest.mark.parametrize(
    "given",
    ["x", "A" * 42, NEW + "," + "é" * 44, "not a key," + NEW],
    ids=["a letter", "too short", "letters with accents", "words before a key"],
)
def test_what_is_no_key_stops_the_start_and_is_not_repeated(
    given: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARITY_SECRET_KEYS", given)
    with pytest.raises(ValueError, match="PARITY_SECRET_KEYS") as caught:
        Settings.from_environment()
    assert given not in str(caught.value)


def test_keys_are_read_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARITY_SECRET_KEYS", f" {NEW} , {OLD},")
    assert Settings.from_environment().secret_keys == (NEW, OLD)
