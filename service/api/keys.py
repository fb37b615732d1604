"""`/v1/keys` and `/v1/limits`: who may do what, and how much of it is left."""

from datetime import datetime, timedelta
from typing import Annotated, Any, Literal, TypeAlias

from litestar import Request, Response, delete, get, post
from litestar.params import FromPath
from msgspec import Meta, Struct

from service import limits
from service.api.http import bodies, idempotency
from service.api.http.access import ANY_KEY, caller, require, visit
from service.api.http.idempotency import Made
from service.api.http.parameters import Parameter, Query
from service.api.http.state import database_of
from service.formats.json_records import encode, instant_text
from service.model.keys import SCOPES
from service.model.quotas import WINDOWS
from service.store.database import Connection
from service.store.keys import Key
from service.usecases import keys

ONE = "/v1/keys/{key_id:str}"
HEADERS = {"cache-control": "private, no-store"}
Asked: TypeAlias = Request[Any, Any, Any]
Scope = Literal["read", "write", "curate", "admin"]
Name = Annotated[
    str,
    Meta(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]+$", examples=["a partner"]),
]
Days = Annotated[int, Meta(ge=1, le=limits.KEY_DAYS_MAX)]
OVERLAP = Parameter(
    name="overlap_hours", doc="For how long the secret of before stays good.",
    schema={"type": "integer", "minimum": 0, "maximum": limits.KEY_OVERLAP_HOURS_MAX,
            "default": limits.KEY_OVERLAP_HOURS},
)  # fmt: skip


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
    """All keys."""

    object: Literal["list"] = "list"
    data: list[KeyShown]


class PolicyShown(Struct, kw_only=True):
    """One quota: `limit` in `window_seconds`, of which `remaining` for `reset_seconds` more."""

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


def _opt(scope: str, **more: Any) -> dict[str, Any]:
    return {"parameters": [], "scope": scope, **more}


@get("/v1/limits", operation_id="get_limits", summary="What is left", tags=["Keys"],
     opt=_opt("read", cost=0))  # fmt: skip
async def get_limits(request: Asked) -> Response[LimitsShown]:
    """The caller's quotas. Costs nothing."""
    Query(request).finish(())
    who, found = caller(request), visit(request)
    shown = [
        PolicyShown(
            policy=b.policy, limit=b.quota, window_seconds=WINDOWS[b.policy],
            remaining=b.remaining, reset_seconds=b.seconds,
        )
        for b in found.standing.balances
    ]  # fmt: skip
    return _answer(LimitsShown(key_id=who.key_id, scopes=list(who.scopes), quotas=shown))


@get("/v1/keys", operation_id="list_keys", summary="List keys", tags=["Keys"],
     opt=_opt("admin"))  # fmt: skip
async def list_keys(request: Asked) -> Response[KeyList]:
    """All of them, retired ones too, the oldest first."""
    Query(request).finish(())
    found = await keys.every(database_of(request))
    return _answer(KeyList(data=[KeyShown(**_fields(key)) for key in found]))


@post("/v1/keys", operation_id="create_key", summary="Make a key", tags=["Keys"],
      opt=_opt("admin", body=NewKey, headers=idempotency.HEADERS))  # fmt: skip
async def create_key(request: Asked) -> Response[KeyWithSecret]:
    """The secret is in this answer and nowhere else."""
    Query(request).finish(())
    new = await bodies.read(request, NewKey)
    life = None if new.expires_days is None else timedelta(days=new.expires_days)

    async def work(connection: Connection) -> Made:
        key, secret = await keys.issue(connection, new.name, list(new.scopes), life)
        return Made(KeyWithSecret(**_fields(key), secret=secret), 201, f"/v1/keys/{key.id}")

    return await idempotency.answer(request, work)


@get(ONE, operation_id="get_key", summary="One key", tags=["Keys"], opt=_opt(ANY_KEY))
async def get_key(request: Asked, key_id: FromPath[str]) -> Response[KeyShown]:
    """For an admin, and for the key itself."""
    _own_or_admin(request, key_id)
    Query(request).finish(())
    return _answer(KeyShown(**_fields(await keys.get(database_of(request), key_id))))


@post(f"{ONE}/rotate", operation_id="rotate_key", summary="A new secret", tags=["Keys"],
      status_code=200,
      opt=_opt(ANY_KEY, parameters=[OVERLAP], headers=idempotency.HEADERS))  # fmt: skip
async def rotate_key(request: Asked, key_id: FromPath[str]) -> Response[KeyWithSecret]:
    """For an admin, and for the key itself. The secret of before stays good for `overlap_hours`,
    one from before that dies at once.
    """
    _own_or_admin(request, key_id)
    query = Query(request)
    hours = query.integer(OVERLAP.name, limits.KEY_OVERLAP_HOURS, 0, limits.KEY_OVERLAP_HOURS_MAX)
    query.finish([OVERLAP.name])

    async def work(connection: Connection) -> Made:
        key, secret = await keys.reissue(connection, key_id, timedelta(hours=hours))
        return Made(KeyWithSecret(**_fields(key), secret=secret))

    return await idempotency.answer(request, work)


@delete(ONE, operation_id="retire_key", summary="Retire a key", tags=["Keys"], status_code=200,
        opt=_opt("admin"))  # fmt: skip
async def retire_key(request: Asked, key_id: FromPath[str]) -> Response[KeyShown]:
    """Dead from the next request on; the row stays, so that old revisions can be traced."""
    Query(request).finish(())
    return _answer(KeyShown(**_fields(await keys.retire(database_of(request), key_id))))


def _own_or_admin(request: Asked, key_id: str) -> None:
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


HANDLERS = [get_limits, list_keys, create_key, get_key, rotate_key, retire_key]
