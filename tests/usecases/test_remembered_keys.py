"""Keys in a worker's memory: for a moment, while changes are heard, and never after they change."""

import asyncio
import time
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace

import pytest

from service import limits
from service.model.errors import Code, ServiceError
from service.model.keys import secret_of
from service.model.quotas import Quota
from service.store.database import Database
from service.store.keys import Key
from service.usecases import keys
from service.usecases.keys import RememberedKeys
from service.usecases.rate_limiter import Meter
from tests.make import new_key
from tests.postgres import sql

OFF = Quota(0, 0)


@dataclass
class Watcher:
    """Says whether it hears."""

    hears: bool = True

    def is_heard(self) -> bool:
        return self.hears


async def test_a_key_that_was_looked_up_needs_no_database(database: Database) -> None:
    key_id, secret = await new_key(database, "write")
    known = RememberedKeys(database, Watcher().is_heard)
    assert known.recall(secret) is None
    assert isinstance(await known.look_up(secret), Key)
    await database.close()
    found = known.recall(secret)
    assert isinstance(found, Key)
    assert (found.id, found.scopes) == (key_id, ["write"])
    other = known.recall(secret_of(key_id, bytes(20)))
    assert isinstance(other, ServiceError)
    assert other.code == Code.INVALID_TOKEN


async def test_who_asks_is_known_while_a_key_is_looked_up_again(database: Database) -> None:
    key_id, secret = await new_key(database, "write")
    forged, watcher = secret_of(key_id, bytes(20)), Watcher()
    meter = Meter(database, OFF, OFF, is_heard=watcher.is_heard)
    asking = [secret, forged, None]
    nobody = ["ip:192.0.2.1"] * 3
    assert [meter.asks(one, "192.0.2.1") for one in asking] == nobody
    await meter.admit(secret, "192.0.2.1", None)
    await meter.admit(forged, "192.0.2.1", None)
    for _ in range(2):
        assert [meter.asks(one, "192.0.2.1") for one in asking] == [key_id, *nobody[1:]]
        meter.forget_keys()
        watcher.hears = False
    await keys.retire(database, key_id)
    watcher.hears = True
    await meter.admit(secret, "192.0.2.1", None)
    assert [meter.asks(one, "192.0.2.1") for one in asking] == nobody


async def test_that_there_is_no_such_key_is_remembered_too(database: Database) -> None:
    secret = secret_of("key_" + "0" * 26, bytes(20))
    known = RememberedKeys(database, Watcher().is_heard)
    await known.look_up(secret)
    assert isinstance(known.recall(secret), ServiceError)
    known.forget()
    assert known.recall(secret) is None


async def test_while_nothing_is_heard_every_key_is_looked_up(database: Database) -> None:
    _, secret = await new_key(database, "read")
    watcher = Watcher()
    known = RememberedKeys(database, watcher.is_heard)
    await known.look_up(secret)
    watcher.hears = False
    assert known.recall(secret) is None
    known.forget()
    await known.look_up(secret)
    watcher.hears = True
    assert known.recall(secret) is None


async def test_a_key_that_changes_while_it_is_looked_up_is_not_remembered(
    database: Database,
) -> None:
    _, secret = await new_key(database, "read")
    known = RememberedKeys(database, Watcher().is_heard)
    looking = asyncio.create_task(known.look_up(secret))
    while not looking.done():
        known.forget()
        await asyncio.sleep(0)
    assert known.recall(secret) is None
    assert isinstance(await known.look_up(secret), Key)
    assert isinstance(known.recall(secret), Key)


@pytest.mark.parametrize("column", ["expires_at", "previous_expires_at"])
async def test_no_secret_is_remembered_beyond_its_end(
    database: Database, column: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "KEY_SECONDS", 7200.0)
    later = SimpleNamespace(monotonic=lambda: time.monotonic() + 3601)
    key_id, secret = await new_key(database, "read")
    await keys.rotate(database, key_id, timedelta(hours=2))
    await sql(database, f"UPDATE api_key SET {column} = now() + interval '1 h'")
    known = RememberedKeys(database, Watcher().is_heard)
    assert isinstance(await known.look_up(secret), Key)
    assert isinstance(known.recall(secret), Key)
    monkeypatch.setattr(keys, "time", later)
    assert known.recall(secret) is None
    await sql(database, f"UPDATE api_key SET {column} = now()")
    assert isinstance(await known.look_up(secret), ServiceError)


async def test_a_key_is_remembered_for_its_seconds_and_their_number_is_bounded(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "KEYS_REMEMBERED", 2)
    secrets = [(await new_key(database, "read"))[1] for _ in range(3)]
    known = RememberedKeys(database, Watcher().is_heard)
    for secret in secrets:
        await known.look_up(secret)
    assert [known.recall(secret) is not None for secret in secrets] == [False, False, True]
    monkeypatch.setattr(limits, "KEY_SECONDS", 0.0)
    await known.look_up(secrets[0])
    assert known.recall(secrets[0]) is None


async def test_who_is_known_is_admitted_without_waiting(database: Database) -> None:
    key_id, secret = await new_key(database, "read")
    meter = Meter(database, OFF, Quota(100, 1000), is_heard=Watcher().is_heard)
    assert meter.admit_now(secret, "203.0.113.1", 1) is None
    assert (await meter.admit(secret, "203.0.113.1", 1)).caller.key_id == key_id
    visit = meter.admit_now(secret, "203.0.113.1", 1)
    assert visit is not None
    assert [b.remaining for b in visit.standing.balances] == [98, 998]
    assert [b.remaining for b in meter.refund(visit).standing.balances] == [99, 999]
    meter.forget_keys()
    assert meter.admit_now(secret, "203.0.113.1", 1) is None
    await meter.close()
