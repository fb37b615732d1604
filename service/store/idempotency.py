"""Answers kept under an Idempotency-Key, written in the transaction whose effect they tell."""

from dataclasses import dataclass
from typing import Any

import msgspec

from service import limits
from service.model.errors import Code, ServiceError
from service.store.database import Connection, patience


@dataclass(frozen=True)
class Claim:
    """Who sent which request under which key; `request_hash` is SHA-256 of what was asked."""

    principal: str
    route: str
    key: str
    request_hash: bytes


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
    await connection.execute(
        "DELETE FROM idempotency WHERE principal = $1 AND route = $2 AND key = $3"
        " AND created_at < now() - make_interval(hours => $4)",
        asked.principal, asked.route, asked.key, limits.IDEMPOTENCY_HOURS,
    )  # fmt: skip
    try:
        async with patience(connection, limits.REPLAY_SECONDS):
            is_first = await connection.fetchval(
                "INSERT INTO idempotency (principal, route, key, request_hash)"
                " VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING true",
                asked.principal, asked.route, asked.key, asked.request_hash,
            )  # fmt: skip
    except ServiceError as error:
        if error.code != Code.LOCKED:
            raise
        detail = "The first request under this Idempotency-Key is still running; ask again."
        raise ServiceError(Code.IDEMPOTENCY_IN_PROGRESS, detail) from error
    return None if is_first else await _kept(connection, asked)


async def _kept(connection: Connection, asked: Claim) -> Kept:
    row = await connection.fetchrow(
        "SELECT request_hash, status, headers, body FROM idempotency"
        " WHERE principal = $1 AND route = $2 AND key = $3",
        asked.principal, asked.route, asked.key,
    )  # fmt: skip
    if row["request_hash"] != asked.request_hash:
        detail = "Another request was sent under this Idempotency-Key; choose a new one."
        raise ServiceError(Code.IDEMPOTENCY_KEY_REUSED, detail)
    return Kept(row["status"], msgspec.json.decode(row["headers"]), row["body"])


async def keep(connection: Connection, asked: Claim, answer: Kept) -> None:
    """Write the answer down beside its effect."""
    await connection.execute(
        "UPDATE idempotency SET status = $4, headers = $5, body = $6"
        " WHERE principal = $1 AND route = $2 AND key = $3",
        asked.principal, asked.route, asked.key, answer.status,
        msgspec.json.encode(answer.headers).decode(), answer.body,
    )  # fmt: skip


async def purge(connection: Connection) -> Any:
    """Forget answers older than a day."""
    return await connection.execute(
        "DELETE FROM idempotency WHERE created_at < now() - make_interval(hours => $1)",
        limits.IDEMPOTENCY_HOURS,
    )
