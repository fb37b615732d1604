"""Keys of callers; only hashes of their secrets are stored."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import asyncpg

from service.model.errors import not_found
from service.store.database import Connection
from service.store.statements import load

SQL = load("keys")
USED_EVERY = timedelta(minutes=1)  # how exactly last_used_at is known


@dataclass(frozen=True)
class Key:
    """A key as it may be shown."""

    id: str
    name: str
    scopes: list[str]
    status: str
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    previous_expires_at: datetime | None
    retired_at: datetime | None


@dataclass(frozen=True)
class Stored:
    """A key with what its secrets are checked against; never leaves the service.

    `changes_in`: after so many seconds it, or its secret of before, expires.
    """

    key: Key
    secret_hash: bytes
    previous_hash: bytes | None
    is_use_due: bool
    changes_in: float | None


async def every(connection: Connection) -> list[Key]:
    """All keys, the oldest first."""
    return [_key(row) for row in await SQL["every"].rows(connection)]


async def get(connection: Connection, key_id: str) -> Key:
    """Raises ServiceError `not_found`."""
    return _existing(await _row(connection, key_id), key_id)


async def find(connection: Connection, key_id: str) -> Stored | None:
    row = await _row(connection, key_id)
    if row is None:
        return None
    kept = ("secret_hash", "previous_hash", "is_use_due", "changes_in")
    return Stored(_key(row), *(row[name] for name in kept))


async def insert(
    connection: Connection,
    key_id: str,
    name: str,
    scopes: list[str],
    secret_hash: bytes,
    life: timedelta | None,
) -> Key:
    row = await SQL["insert"].row(
        connection, id=key_id, name=name, scopes=scopes, secret_hash=secret_hash, life=life
    )
    return _existing(row, key_id)


async def rotate(
    connection: Connection, key_id: str, secret_hash: bytes, overlap: timedelta
) -> Key | None:
    """None where no such key is active."""
    row = await SQL["rotate"].row(connection, id=key_id, secret_hash=secret_hash, overlap=overlap)
    return None if row is None else _key(row)


async def retire(connection: Connection, key_id: str) -> Key:
    """For good; again changes nothing. Raises ServiceError `not_found`."""
    return _existing(await SQL["retire"].row(connection, id=key_id), key_id)


async def note_use(connection: Connection, key_id: str) -> None:
    """Written at most once a minute, whoever of the workers comes first."""
    await SQL["note_use"].run(connection, id=key_id, used_every=USED_EVERY)


async def _row(connection: Connection, key_id: str) -> asyncpg.Record | None:
    return await SQL["get"].row(connection, id=key_id, used_every=USED_EVERY)


def _existing(row: asyncpg.Record | None, key_id: str) -> Key:
    if row is None:
        raise not_found("key", key_id)
    return _key(row)


def _key(row: asyncpg.Record) -> Key:
    return Key(**{name: row[name] for name in Key.__dataclass_fields__})
