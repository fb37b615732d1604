"""Keys of callers: made, checked, rotated, retired."""

import secrets
import time
from collections.abc import Callable
from datetime import timedelta

from service import limits
from service.bounded import Bounded
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
    """Dead from the next look at the database on. Raises ServiceError `not_found`."""
    async with database.session(is_write=True) as connection:
        return await keys.retire(connection, key_id)


class RememberedKeys:
    """Keys as the database told them, for a moment, and only while it is heard when one changes."""

    def __init__(self, database: Database, is_heard: Callable[[], bool] = lambda: False) -> None:
        self._database = database
        self._is_heard = is_heard
        self._rows: dict[str, tuple[float, Stored | None]] = {}
        self._owners = Bounded[str](limits.KEYS_REMEMBERED)  # of each secret that was good
        self._times_forgotten = 0

    def recall(self, secret: str) -> Key | ServiceError | None:
        """The active key of a secret, or what is wrong with it; None: not remembered. Any thread
        may ask."""
        key_id = key_id_of(secret)
        row = None if key_id is None else self._rows.get(key_id)
        if row is None or not self._is_heard():
            return None
        until, stored = row
        return None if time.monotonic() >= until else _checked(stored, digest(secret))

    def owner(self, secret: str) -> str | None:
        """The id of the key whose secret it was when it was last looked up, whatever has become of
        it: who asks, not what they may."""
        return self._owners.get(digest(secret))

    async def look_up(self, secret: str) -> Key | ServiceError:
        """The same of the database, where the use of a key is noted too.

        Raises a database failure.
        """
        was_heard, times, began = self._is_heard(), self._times_forgotten, time.monotonic()
        key_id = key_id_of(secret)
        async with self._database.session() as connection:
            stored = await keys.find(connection, key_id) if key_id else None
            found = _checked(stored, digest(secret))
            if stored is not None and stored.is_use_due and isinstance(found, Key):
                await keys.note_use(connection, found.id)
        if isinstance(found, Key):
            self._owners.put(digest(secret), found.id, 1)
        if key_id and was_heard and times == self._times_forgotten:
            self._remember(key_id, stored, began)
        return found

    def forget(self) -> None:
        """What is being looked up now is not remembered either."""
        self._rows.clear()
        self._times_forgotten += 1

    def _remember(self, key_id: str, stored: Stored | None, began: float) -> None:
        if len(self._rows) >= limits.KEYS_REMEMBERED:
            self._rows.clear()
        change = stored.changes_in if stored else None
        seconds = limits.KEY_SECONDS if change is None else min(change, limits.KEY_SECONDS)
        self._rows[key_id] = began + seconds, stored


def _checked(stored: Stored | None, given: bytes) -> Key | ServiceError:
    """Unknown ids and wrong secrets take the same steps and get the same words."""
    is_current = is_same(given, stored.secret_hash if stored else ABSENT)
    is_previous = is_same(given, (stored and stored.previous_hash) or ABSENT)
    if stored is None or not (is_current or is_previous):
        return _refused(sentence("keys.no_key"))
    if stored.key.status != "active":
        return _refused(sentence(f"key_states.refused.{stored.key.status}"))
    if is_previous and stored.key.previous_expires_at is None:
        return _refused(sentence("keys.rotated"))
    return stored.key


def _refused(detail: Sentence) -> ServiceError:
    return ServiceError(Code.INVALID_TOKEN, detail)
