"""Keys of callers; only hashes of their secrets are stored."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import asyncpg

from service.model.errors import not_found
from service.store.database import Connection

USED_EVERY = "1 minute"  # how exactly last_used_at is known
COLUMNS = (
    "id, name, scopes, created_at, expires_at, last_used_at, retired_at,"
    " CASE WHEN previous_expires_at > now() THEN previous_expires_at END AS previous_expires_at,"
    " CASE WHEN retired_at IS NOT NULL THEN 'retired' WHEN expires_at <= now() THEN 'expired'"
    " ELSE 'active' END AS status"
)
EVERY = f"SELECT {COLUMNS} FROM api_key ORDER BY created_at, id"
GET = f"SELECT {COLUMNS} FROM api_key WHERE id = $1"
FIND = f"""
SELECT {COLUMNS}, secret_hash, previous_hash,
       coalesce(last_used_at < now() - interval '{USED_EVERY}', true) AS is_use_due
  FROM api_key
 WHERE id = $1"""
INSERT = f"""
INSERT INTO api_key (id, name, scopes, secret_hash, expires_at)
VALUES ($1, $2, $3, $4, now() + $5)
RETURNING {COLUMNS}"""
ROTATE = f"""
UPDATE api_key
   SET previous_hash = secret_hash, previous_expires_at = now() + $3, secret_hash = $2
 WHERE id = $1 AND retired_at IS NULL AND coalesce(expires_at > now(), true)
RETURNING {COLUMNS}"""
RETIRE = f"""
UPDATE api_key SET retired_at = coalesce(retired_at, now()) WHERE id = $1 RETURNING {COLUMNS}"""
USED = f"""
UPDATE api_key
   SET last_used_at = now()
 WHERE id = $1 AND coalesce(last_used_at < now() - interval '{USED_EVERY}', true)"""


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
    """A key with what its secrets are checked against; never leaves the service."""

    key: Key
    secret_hash: bytes
    previous_hash: bytes | None
    is_use_due: bool


async def every(connection: Connection) -> list[Key]:
    """All keys, the oldest first."""
    return [_key(row) for row in await connection.fetch(EVERY)]


async def get(connection: Connection, key_id: str) -> Key:
    """Raises ServiceError `not_found`."""
    return _found(await connection.fetchrow(GET, key_id), key_id)


async def find(connection: Connection, key_id: str) -> Stored | None:
    row = await connection.fetchrow(FIND, key_id)
    if row is None:
        return None
    return Stored(_key(row), row["secret_hash"], row["previous_hash"], row["is_use_due"])


async def insert(
    connection: Connection, key_id: str, name: str, scopes: list[str], secret_hash: bytes,
    life: timedelta | None,
) -> Key:  # fmt: skip
    row = await connection.fetchrow(INSERT, key_id, name, scopes, secret_hash, life)
    return _found(row, key_id)


async def rotate(
    connection: Connection, key_id: str, secret_hash: bytes, overlap: timedelta
) -> Key | None:
    """None where no such key is active."""
    row = await connection.fetchrow(ROTATE, key_id, secret_hash, overlap)
    return None if row is None else _key(row)


async def retire(connection: Connection, key_id: str) -> Key:
    """For good; again changes nothing. Raises ServiceError `not_found`."""
    return _found(await connection.fetchrow(RETIRE, key_id), key_id)


async def note_use(connection: Connection, key_id: str) -> None:
    """Written at most once a minute, whoever of the workers comes first."""
    await connection.execute(USED, key_id)


def _found(row: asyncpg.Record | None, key_id: str) -> Key:
    if row is None:
        raise not_found("key", key_id)
    return _key(row)


def _key(row: asyncpg.Record) -> Key:
    return Key(**{name: row[name] for name in Key.__dataclass_fields__})
