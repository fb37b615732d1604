"""Writes beside the base (keys, webhooks, releases): once for each Idempotency-Key."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

import msgspec
from litestar import Response
from msgspec import Struct

from service.api import writes
from service.api.access import caller
from service.api.writes import Asked
from service.formats.json_records import encode
from service.store.database import Connection
from service.usecases.noting import note
from service.usecases.writing import Intent, Outcome

HEADERS = ["Idempotency-Key"]


class Made(NamedTuple):
    """What was made, and its address if it is new."""

    shown: Struct
    status: int = 200
    location: str | None = None


async def answer(request: Asked, work: Callable[[Connection], Awaitable[Made]]) -> Response[Any]:
    """Do the work in one transaction. Sent again, it is answered with what was made then, but for
    a secret: that is told once, and kept nowhere.

    Raises what `work` raises, `idempotency_in_progress` and `idempotency_key_reused`.
    """
    fresh = b""

    async def kept(connection: Connection) -> Outcome:
        nonlocal fresh
        made = await work(connection)
        fresh = encode(made.shown)
        headers = {"location": made.location} if made.location else {}
        return Outcome(made.status, encode(_without_secret(made.shown)), headers)

    claim = await asyncio.to_thread(writes.claim, request, await request.body())
    done = await note(
        request.app.state.database, Intent(caller(request).actor, "", claim=claim), kept
    )
    replayed = {"idempotent-replayed": "true"} if done.is_replay else {}
    headers = {
        "cache-control": "private, no-store",
        "dataset-revision": str(done.revision),
        **done.outcome.headers,
        **replayed,
    }
    body = done.outcome.body if done.is_replay else fresh
    return Response(
        body, status_code=done.outcome.status, headers=headers, media_type="application/json"
    )


def _without_secret(shown: Struct) -> Struct:
    has_secret = "secret" in shown.__struct_fields__
    return msgspec.structs.replace(shown, secret=None) if has_secret else shown
