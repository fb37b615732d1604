"""Answers kept under an Idempotency-Key, written in the transaction whose effect they tell."""

from dataclasses import dataclass
from typing import Any

import msgspec

from service import limits
from service.model.errors import Code, ServiceError
from service.store.database import Connection, patience
from service.store.statements import load
from service.texts.sentences import sentence

SQL = load("idempotency")


@dataclass(frozen=True)
class Claim:
    """Who sent which request under which key; `request_hash` is SHA-256 of what was asked."""

    principal: str
    route: str
    key: str
    request_hash: bytes

    @property
    def place(self) -> dict[str, Any]:
        """Where its answer stands."""
        return {"principal": self.principal, "route": self.route, "key": self.key}


@dataclass(frozen=True)
class Kept:
    """The answer that the first request got."""

    status: int
    headers: dict[str, str]
    body: bytes


async def claim(connection: Connection, asked: Claim) -> Kept | None:
    """Take the key, or the answer that stands under it. A second request waits for the first.

    Raises ServiceError `idempotency_in_progress`, `idempotency_key_reused`.
    """
    await SQL["forget_old"].run(connection, **asked.place, hours=limits.IDEMPOTENCY_HOURS)
    try:
        async with patience(connection, limits.REPLAY_SECONDS):
            is_first = await SQL["claim"].value(
                connection, **asked.place, request_hash=asked.request_hash
            )
    except ServiceError as error:
        if error.code != Code.LOCKED:
            raise
        detail = sentence("requests.in_progress")
        raise ServiceError(Code.IDEMPOTENCY_IN_PROGRESS, detail) from error
    return None if is_first else await _kept(connection, asked)


async def _kept(connection: Connection, asked: Claim) -> Kept:
    row = await SQL["get"].row(connection, **asked.place)
    assert row is not None, "whoever took the key has it until the end of the transaction"
    if row["request_hash"] != asked.request_hash:
        detail = sentence("requests.key_reused")
        raise ServiceError(Code.IDEMPOTENCY_KEY_REUSED, detail)
    return Kept(row["status"], msgspec.json.decode(row["headers"]), row["body"])


async def keep(connection: Connection, asked: Claim, answer: Kept) -> None:
    """Write the answer down beside its effect."""
    await SQL["keep"].run(
        connection,
        **asked.place,
        status=answer.status,
        headers=msgspec.json.encode(answer.headers).decode(),
        body=answer.body,
    )


async def purge(connection: Connection) -> int:
    """Forget answers older than a day; returns how many."""
    return await SQL["purge"].run(connection, hours=limits.IDEMPOTENCY_HOURS)
