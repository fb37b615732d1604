"""Keys of callers: made, checked, rotated, retired."""

import secrets
from datetime import timedelta

from service.model.errors import Code, ServiceError
from service.model.keys import RANDOM_BYTES, SCOPES, digest, is_same, key_id_of, secret_of
from service.store import keys
from service.store.database import Connection, Database
from service.store.ids import new_id
from service.store.keys import Key, Stored
from service.texts.sentences import Sentence, sentence

ABSENT = bytes(32)  # no secret has this hash


async def create(
    database: Database, name: str, scopes: list[str], life: timedelta | None
) -> tuple[Key, str]:
    """See `issue`."""
    async with database.session(is_write=True) as connection:
        return await issue(connection, name, scopes, life)


async def issue(
    connection: Connection, name: str, scopes: list[str], life: timedelta | None
) -> tuple[Key, str]:
    """A new key and its secret, which is nowhere else. Raises ServiceError `invalid_value`."""
    key_id = new_id("key")
    secret = secret_of(key_id, secrets.token_bytes(RANDOM_BYTES))
    ordered = [scope for scope in SCOPES if scope in scopes]
    return await keys.insert(connection, key_id, name, ordered, digest(secret), life), secret


async def every(database: Database) -> list[Key]:
    async with database.session() as connection:
        return await keys.every(connection)


async def get(database: Database, key_id: str) -> Key:
    async with database.session() as connection:
        return await keys.get(connection, key_id)


async def rotate(database: Database, key_id: str, overlap: timedelta) -> tuple[Key, str]:
    """See `reissue`."""
    async with database.session(is_write=True) as connection:
        return await reissue(connection, key_id, overlap)


async def reissue(connection: Connection, key_id: str, overlap: timedelta) -> tuple[Key, str]:
    """The key and its new secret; the one before lives on for `overlap`, an older one dies now.

    Raises ServiceError `not_found`, `key_not_active`.
    """
    secret = secret_of(key_id, secrets.token_bytes(RANDOM_BYTES))
    key = await keys.rotate(connection, key_id, digest(secret), overlap)
    if key is None:
        status = (await keys.get(connection, key_id)).status
        raise ServiceError(Code.KEY_NOT_ACTIVE, sentence(f"key_states.ended.{status}"))
    return key, secret


async def retire(database: Database, key_id: str) -> Key:
    """Dead from the next request on, on every worker. Raises ServiceError `not_found`."""
    async with database.session(is_write=True) as connection:
        return await keys.retire(connection, key_id)


async def authenticate(connection: Connection, secret: str) -> Key:
    """The active key of a secret. Raises ServiceError `invalid_token`."""
    key_id = key_id_of(secret)
    stored = await keys.find(connection, key_id) if key_id else None
    key = _checked(stored, digest(secret))
    if stored is not None and stored.is_use_due:
        await keys.note_use(connection, key.id)
    return key


def _checked(stored: Stored | None, given: bytes) -> Key:
    """Unknown ids and wrong secrets take the same steps and get the same words."""
    is_current = is_same(given, stored.secret_hash if stored else ABSENT)
    is_previous = is_same(given, (stored and stored.previous_hash) or ABSENT)
    if stored is None or not (is_current or is_previous):
        raise _refused(sentence("keys.no_key"))
    if stored.key.status != "active":
        raise _refused(sentence(f"key_states.refused.{stored.key.status}"))
    if is_previous and stored.key.previous_expires_at is None:
        raise _refused(sentence("keys.rotated"))
    return stored.key


def _refused(detail: Sentence) -> ServiceError:
    return ServiceError(Code.INVALID_TOKEN, detail)
