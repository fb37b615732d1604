"""`/v1/keys` and `/v1/limits`: who may do what, and how much of it is left."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import Annotated, Any, Literal

from litestar import Response
from msgspec import Meta, Struct

from service import limits
from service.api.http import bodies, idempotency
from service.api.http.access import caller, require, visit
from service.api.http.idempotency import Made
from service.api.http.operation import Reading
from service.api.http.paging import Listing, Paged, PageShown, cut
from service.api.http.parameters import Nothing, parameters_of
from service.api.http.state import AnyRequest, database_of, meter_of
from service.formats.json_records import encode, instant_text
from service.formats.validation import text_faults
from service.model.keys import SCOPES
from service.model.quotas import WINDOWS
from service.query.types.characters import HIDDEN, clean
from service.store.database import Connection
from service.store.keys import Key
from service.usecases import keys

ONE = "/v1/keys/{key_id:str}"
HEADERS = {"cache-control": "private, no-store"}
Scope = Literal["read", "write", "curate", "admin"]
Name = Annotated[
    str,
    Meta(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]+$", examples=["a partner"]),
]
Days = Annotated[int, Meta(ge=1, le=limits.KEY_DAYS_MAX)]


class RotationParameters(Struct, frozen=True, kw_only=True):
    """What a rotation takes."""

    overlap_hours: Annotated[
        int,
        Meta(
            ge=0,
            le=limits.KEY_OVERLAP_HOURS_MAX,
            description="For how long the secret of before stays good.",
        ),
    ] = limits.KEY_OVERLAP_HOURS


class NewKey(Struct, forbid_unknown_fields=True):
    """A key to be made; without `expires_days` it lives until it is retired."""

    name: Name
    scopes: Annotated[list[Scope], Meta(min_length=1, max_length=len(SCOPES))]
    expires_days: Days | None = None


class KeyShown(Struct, kw_only=True):
    """A key, without any secret. `previous_expires_at`: until when the secret before it is good."""

    object: Literal["key"] = "key"
    id: str
    href: str
    name: str
    scopes: list[str]
    status: Literal["active", "expired", "retired"]
    created_at: str
    expires_at: str | None
    last_used_at: str | None
    previous_expires_at: str | None
    retired_at: str | None


class KeyWithSecret(KeyShown, kw_only=True):
    """A key with its secret, which is shown this once; null where the request was sent again."""

    secret: str | None


class KeyList(Struct, kw_only=True):
    """Keys, the oldest first."""

    object: Literal["list"] = "list"
    data: list[KeyShown]
    page: PageShown | None


class PolicyShown(Struct, kw_only=True):
    """One quota: `limit` in `window_seconds`; `remaining` now, all in `reset_seconds`."""

    policy: str
    limit: int
    window_seconds: int
    remaining: int
    reset_seconds: int


class LimitsShown(Struct, kw_only=True):
    """What the caller may, and what is left of it; no quota, no entry."""

    object: Literal["limits"] = "limits"
    key_id: str | None
    scopes: list[str]
    quotas: list[PolicyShown]


async def get_limits(reading: Reading[Nothing]) -> LimitsShown:
    """What is left.

    The caller's quotas. Costs nothing.
    """
    who, found = caller(reading.request), visit(reading.request)
    shown = [
        PolicyShown(
            policy=balance.policy,
            limit=balance.quota,
            window_seconds=WINDOWS[balance.policy],
            remaining=balance.remaining,
            reset_seconds=balance.seconds,
        )
        for balance in found.standing.balances
    ]
    return LimitsShown(key_id=who.key_id, scopes=list(who.scopes), quotas=shown)


async def list_keys(reading: Reading[Paged]) -> Listing[KeyList]:
    """List keys.

    All of them, retired ones too, the oldest first.
    """
    page, after = cut(
        reading.window, await keys.every(database_of(reading.request)), lambda key: key.id
    )
    return Listing(KeyList(data=[KeyShown(**_fields(key)) for key in page], page=None), after)


async def create_key(request: AnyRequest) -> Response[KeyWithSecret]:
    """Make a key.

    The secret is in this answer and nowhere else.
    """
    parameters_of(request, Nothing)
    new = await bodies.read(request, NewKey, partial(text_faults, names=["name"], forbidden=HIDDEN))
    name = clean(new.name, HIDDEN)
    life = None if new.expires_days is None else timedelta(days=new.expires_days)

    async def work(connection: Connection) -> Made:
        key, secret = await keys.issue(connection, name, list(new.scopes), life)
        return Made(KeyWithSecret(**_fields(key), secret=secret), 201, f"/v1/keys/{key.id}")

    with _changing(request):
        return await idempotency.answer(request, work)


async def get_key(reading: Reading[Nothing], key_id: str) -> KeyShown:
    """One key.

    For an admin, and for the key itself.
    """
    return KeyShown(**_fields(await keys.get(database_of(reading.request), key_id)))


async def rotate_key(request: AnyRequest, key_id: str) -> Response[KeyWithSecret]:
    """A new secret for a key.

    For an admin, and for the key itself. The secret of before stays good for `overlap_hours`, one
    from before that dies at once.
    """
    own_or_admin(request, key_id)
    hours = parameters_of(request, RotationParameters).overlap_hours

    async def work(connection: Connection) -> Made:
        key, secret = await keys.reissue(connection, key_id, timedelta(hours=hours))
        return Made(KeyWithSecret(**_fields(key), secret=secret))

    with _changing(request):
        return await idempotency.answer(request, work)


async def retire_key(request: AnyRequest, key_id: str) -> Response[KeyShown]:
    """Retire a key.

    Dead from the next request on; the row stays, so that old revisions can be traced.
    """
    parameters_of(request, Nothing)
    with _changing(request):
        return _answer(KeyShown(**_fields(await keys.retire(database_of(request), key_id))))


@contextmanager
def _changing(request: AnyRequest) -> Iterator[None]:
    """What this worker remembers of keys ends with it, however it goes out."""
    try:
        yield
    finally:
        meter_of(request).forget_keys()


def own_or_admin(request: AnyRequest, key_id: str) -> None:
    """Raises ServiceError `unauthenticated`, `forbidden`, whether the key exists or not."""
    who = caller(request)
    if who.key_id != key_id:
        require(who, "admin")


def _answer(shown: Struct) -> Response[Any]:
    return Response(encode(shown), headers=HEADERS, media_type="application/json")


def _fields(key: Key) -> dict[str, Any]:
    return {
        "id": key.id,
        "href": f"/v1/keys/{key.id}",
        "name": key.name,
        "scopes": key.scopes,
        "status": key.status,
        "created_at": instant_text(key.created_at),
        "expires_at": _instant(key.expires_at),
        "last_used_at": _instant(key.last_used_at),
        "previous_expires_at": _instant(key.previous_expires_at),
        "retired_at": _instant(key.retired_at),
    }


def _instant(instant: datetime | None) -> str | None:
    return None if instant is None else instant_text(instant)
