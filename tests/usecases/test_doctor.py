"""Each check of `parity doctor` is seen to fail, and of a sound installation nothing is said."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from typing import Any

import asyncpg
import msgspec
import pytest
from cryptography.fernet import Fernet

from service.model.quotas import Quota
from service.settings import Settings
from service.store.database import Database, service_name
from service.store.doctor import Base, Server
from service.store.schema import migrate
from service.store.secrets import Seal, seal_again
from service.texts.messages import LANGUAGES
from service.usecases import doctor
from tests.clients import SETTINGS
from tests.postgres import sql
from tests.webhooks import rows, subscribe

KEY = Fernet.generate_key().decode()
NOW = datetime(2026, 11, 30, 8, tzinfo=UTC)
ROOM = 100_000_000_000
SOUND = Server(
    postgres="18.0",
    major=18,
    has_checksums=True,
    damaged=0,
    damaged_at=None,
    is_read_only=False,
    connections=97,
    now=NOW,
    collation_made="2.36",
    collation_now="2.36",
    idle=0,
    services=[service_name()],
    lag=0.0,
    slots=[],
    half_built=[],
)
OURS = Base(forbidden=[], paused=0, failing=0, stale=[], unreadable=[], future=0)


def found(complaints: Any) -> list[tuple[str, str]]:
    """By check and weight; each can be said in every language."""
    complaints = list(complaints)
    assert all(one.detail.said(lang) for one in complaints for lang in LANGUAGES)
    return [(one.check, one.weight) for one in complaints]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"major": 14}, [("version", "wrong")]),
        ({"major": 19}, [("version", "wrong")]),
        ({"is_read_only": True}, [("read_only", "wrong")]),
        ({"has_checksums": False}, [("checksums", "advice")]),
        ({"damaged": 1, "damaged_at": NOW}, [("pages", "wrong")]),
        ({"collation_now": "2.41"}, [("collation", "wrong")]),
        ({"now": NOW + timedelta(seconds=4)}, [("clock", "wrong")]),
        ({"now": NOW - timedelta(hours=1)}, [("clock", "wrong")]),
        ({"now": NOW - timedelta(seconds=1)}, []),
        ({"idle": 1}, [("idle", "wrong")]),
        ({"half_built": ["product_name"]}, [("indexes", "wrong")]),
        ({"lag": 31.0}, [("replicas", "wrong")]),
        ({"slots": ["left"]}, [("slots", "wrong")]),
        ({"services": [service_name(), "parity 0.0.9/0007"]}, [("services", "wrong")]),
    ],
)
def test_what_is_wrong_with_a_server(
    change: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    server = msgspec.structs.replace(SOUND, **change)
    assert found([*doctor.of_server(server, NOW), *doctor.of_work(server)]) == expected


@pytest.mark.parametrize(
    ("change", "has_keys", "expected"),
    [
        ({}, True, []),
        ({}, False, [("secrets", "advice")]),
        ({"stale": ["whk_1"]}, True, [("secrets", "wrong")]),
        ({"unreadable": ["cursors"]}, True, [("secrets", "wrong")]),
        ({"unreadable": ["cursors"]}, False, [("secrets", "wrong")]),
        ({"forbidden": ["vendor"]}, True, [("permissions", "wrong")]),
        ({"paused": 1}, True, [("webhooks", "wrong")]),
        ({"failing": 2}, True, [("webhooks", "wrong")]),
        ({"future": 3}, True, [("ledger", "wrong")]),
    ],
)
def test_what_is_wrong_with_a_base(
    change: dict[str, Any], has_keys: bool, expected: list[tuple[str, str]]
) -> None:
    base = msgspec.structs.replace(OURS, **change)
    assert found(doctor.of_base(base, has_keys=has_keys)) == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"host": "0.0.0.0"}, [("address", "advice")]),  # noqa: S104
        ({"host": "0.0.0.0", "public_url": "https://kb.example.org"}, []),  # noqa: S104
        (
            {"trusted_proxies": (ip_network("10.0.0.0/8"),), "webhook_allow_private": True},
            [("private_webhooks", "wrong")],
        ),
        ({"webhook_allow_private": True}, []),
        ({"quota": Quota(burst=20, hour=10)}, [("quota", "wrong")]),
        ({"keyed_quota": Quota(burst=20, hour=10)}, [("quota", "wrong")]),
        ({"quota": Quota(burst=20, hour=0)}, []),
        ({"trusted_proxies": (ip_network("0.0.0.0/0"),)}, [("proxies", "wrong")]),
    ],
)
def test_what_the_settings_say_against_themselves(
    change: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    settings: Settings = msgspec.structs.replace(SETTINGS, **change)
    assert found(doctor.of_settings(settings)) == expected


def test_a_full_disk_and_too_few_connections() -> None:
    assert found(doctor.of_disk(ROOM)) == []
    assert found(doctor.of_disk(5_000_000)) == [("disk", "wrong")]
    many = msgspec.structs.replace(SETTINGS, workers=11, pool_size=8)
    assert found(doctor.of_connections(SOUND, many)) == [("connections", "wrong")]
    few = msgspec.structs.replace(SETTINGS, workers=10, pool_size=8)
    assert found(doctor.of_connections(SOUND, few)) == []


async def examined(database: Database, *keys: str) -> dict[str, str]:
    """What is said of a base, by check."""
    settings = msgspec.structs.replace(SETTINGS, secret_keys=keys)
    complaints = await doctor.examined(database.url, settings, ROOM)
    assert len(found(complaints)) == len(complaints)
    return {one.check: str(one.detail) for one in complaints}


async def test_a_sound_base_has_nothing_wrong(database: Database) -> None:
    async with database.operate() as connection:
        await seal_again(connection, Seal((KEY,)))
    assert (await examined(database, KEY)).keys() <= {"checksums"}


async def test_what_is_wrong_is_found_in_a_real_base(database: Database) -> None:
    webhook_id, _ = await subscribe(database, "http://127.0.0.1:9/hook")
    await rows(database, "UPDATE webhook SET status = 'paused' RETURNING id")
    await sql(database, "INSERT INTO quota VALUES ('a', 1, extract(epoch FROM now()) + 86400)")
    await sql(database, "CREATE TABLE double AS SELECT 1 AS n FROM generate_series(1, 2)")
    with pytest.raises(asyncpg.UniqueViolationError):
        await sql(database, "CREATE UNIQUE INDEX CONCURRENTLY double_n ON double (n)")
    other = await asyncpg.connect(
        database.url, server_settings={"application_name": "parity 0.0.1/0001"}
    )
    said = await examined(database, KEY)
    await other.close()
    assert {"webhooks", "ledger", "indexes", "services", "secrets"} <= said.keys()
    assert webhook_id in said["secrets"]
    assert "double_n" in said["indexes"]
    assert "parity 0.0.1/0001" in said["services"]


async def test_a_base_of_another_migration_is_told(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await migrate(database.url, "-1")
    assert "parity migrate" in (await examined(database))["migration"]
    await rows(database, "UPDATE alembic_version SET version_num = '9999' RETURNING 1")
    assert "newer" in (await examined(database))["migration"]
    await sql(database, "DROP TABLE alembic_version")
    assert "no base" in (await examined(database))["migration"]


async def test_a_user_who_may_not_write_is_told_where(database: Database) -> None:
    await sql(database, "CREATE ROLE reader_of_doctor LOGIN")
    try:
        await sql(database, "GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader_of_doctor")
        narrow = Database(database.url.replace("://postgres", "://reader_of_doctor", 1))
        said = await examined(narrow)
        assert "vendor" in said["permissions"]
    finally:
        await sql(database, "DROP OWNED BY reader_of_doctor")
        await sql(database, "DROP ROLE reader_of_doctor")


async def test_what_does_not_answer_is_told(database: Database) -> None:
    nobody = Database("postgresql://postgres@127.0.0.1:9/parity")
    assert "cannot be reached" in (await examined(nobody))["reachable"]
    settings = msgspec.structs.replace(SETTINGS, valkey_url="redis://127.0.0.1:9")
    complaints = await doctor.examined(database.url, settings, ROOM)
    assert "valkey" in [check for check, _ in found(complaints)]


async def test_a_transaction_left_open_is_told(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    from service import limits

    monkeypatch.setattr(limits, "IDLE_SECONDS", 0)
    idle = await asyncpg.connect(database.url)
    async with idle.transaction():
        await idle.fetch("SELECT 1")
        assert "idle" in await examined(database)
    await idle.close()
