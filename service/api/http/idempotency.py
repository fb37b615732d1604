"""Writes beside the base (keys, webhooks, releases): once for each Idempotency-Key."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, NamedTuple

import msgspec
from litestar import Response
from msgspec import Struct

from service.api.http import writes
from service.api.http.access import caller
from service.api.http.state import AnyRequest, database_of
from service.api.http.writes import WriteRequest
from service.formats.json_records import encode
from service.store.database import Connection
from service.usecases.transactions import Intent, Outcome, Writing, perform

HEADERS = ["Idempotency-Key"]


class Made(NamedTuple):
    """What was made, and its address if it is new."""

    shown: Struct
    status: int = 200
    location: str | None = None


async def answer(
    request: AnyRequest, work: Callable[[Connection], Awaitable[Made]]
) -> Response[Any]:
    """Do the work in one transaction. Sent again, it is answered with what was made then, but for
    a secret: that is told once, and kept nowhere.

    Raises what `work` raises, `idempotency_in_progress` and `idempotency_key_reused`.
    """
    fresh = b""

    async def kept(writing: Writing) -> Outcome:
        nonlocal fresh
        made = await work(writing.connection)
        fresh = encode(made.shown)
        headers = {"location": made.location} if made.location else {}
        return Outcome(made.status, encode(_without_secret(made.shown)), headers)

    claim = await asyncio.to_thread(writes.claim, request, await request.body())
    write = WriteRequest(claim=claim)
    intent = Intent(caller(request).actor, write.comment, claim=claim)
    done = await perform(database_of(request), intent, kept, takes_revision=False)
    outcome = done.outcome if done.is_replay else replace(done.outcome, body=fresh)
    return writes.respond(write, outcome, done.revision, is_replay=done.is_replay)


def _without_secret(shown: Struct) -> Struct:
    has_secret = "secret" in shown.__struct_fields__
    return msgspec.structs.replace(shown, secret=None) if has_secret else shown
