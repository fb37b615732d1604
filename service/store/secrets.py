"""What only the service itself knows, the same in each of its processes; sealed where there are
keys for it."""

from collections.abc import Sequence

from service.store.statements import Connection, load

SQL = load("secrets")
MARK = b"fernet:"


class Seal:
    """Seals with the first of the keys (Fernet: AES-128 and HMAC-SHA256) and opens what any of them
    has sealed. Without a key everything stays as it is, and what is not sealed is open."""

    def __init__(self, keys: Sequence[str] = ()) -> None:
        self.keys = tuple(keys)

    def sealed(self, secret: bytes) -> bytes:
        if not self.keys:
            return secret
        from cryptography.fernet import Fernet  # a tenth of a second to load

        return MARK + Fernet(self.keys[0]).encrypt(secret)

    def opened(self, stored: bytes) -> bytes | None:
        """None where none of the keys sealed it."""
        return stored if not stored.startswith(MARK) else self._decrypted(stored, self.keys)

    def is_current(self, stored: bytes) -> bool:
        """Whether it is sealed as a new secret would be."""
        if not self.keys:
            return not stored.startswith(MARK)
        return stored.startswith(MARK) and self._decrypted(stored, self.keys[:1]) is not None

    def _decrypted(self, stored: bytes, keys: Sequence[str]) -> bytes | None:
        if not keys:
            return None
        from cryptography.fernet import Fernet, InvalidToken, MultiFernet

        try:
            return MultiFernet([Fernet(key) for key in keys]).decrypt(stored.removeprefix(MARK))
        except InvalidToken:
            return None

    def sealed_text(self, secret: str) -> str:
        return self.sealed(secret.encode()).decode()

    def opened_text(self, stored: str) -> str | None:
        """None where none of the keys sealed it."""
        opened = self.opened(stored.encode())
        return None if opened is None else opened.decode()


async def get(connection: Connection, name: str) -> bytes:
    """The bytes of a secret, as they are stored; none before the migration that makes it."""
    if not await SQL["exists"].value(connection):
        return b""
    return bytes(await SQL["get"].value(connection, name=name) or b"")


async def stale(connection: Connection, seal: Seal) -> list[str]:
    """The names of the secrets that are not sealed as new ones are; of a webhook its id."""
    return [
        *[row["name"] for row in await SQL["every"].rows(connection) if not _is_fresh(row, seal)],
        *[row["id"] for row in await SQL["webhooks"].rows(connection) if not _is_fresh(row, seal)],
    ]


async def unreadable(connection: Connection, seal: Seal) -> list[str]:
    """The names of the secrets that no key opens; of a webhook its id."""
    rows = [*await SQL["every"].rows(connection), *await SQL["webhooks"].rows(connection)]
    return [
        str(row[0]) for row in rows if any(seal.opened(value) is None for value in _values(row))
    ]


async def seal_again(connection: Connection, seal: Seal) -> int:
    """Every secret sealed with the first key, in the caller's transaction; returns how many were
    not. What no key opens stays as it is.
    """
    n_sealed = 0
    for row in await SQL["every"].rows(connection):
        if not _is_fresh(row, seal) and (opened := seal.opened(row["value"])) is not None:
            n_sealed += await SQL["put"].run(
                connection, name=row["name"], before=row["value"], value=seal.sealed(opened)
            )
    for row in await SQL["webhooks"].rows(connection):
        opened_ones = [seal.opened_text(value.decode()) for value in _values(row)]
        if not _is_fresh(row, seal) and None not in opened_ones:
            new, *old = [seal.sealed_text(one or "") for one in opened_ones]
            n_sealed += await SQL["put_webhook"].run(
                connection,
                id=row["id"],
                before=row["secret"].decode(),
                secret=new,
                old_secret=old[0] if old else None,
            )
    return n_sealed


def _is_fresh(row: Sequence[bytes], seal: Seal) -> bool:
    return all(seal.is_current(value) for value in _values(row))


def _values(row: Sequence[bytes | None]) -> list[bytes]:
    """The secrets of a row, which come after its name."""
    return [value for value in tuple(row)[1:] if value is not None]
