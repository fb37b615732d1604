"""Before any handler: whose key it is, what is left of their quota, whether they may."""

import logging
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from functools import lru_cache, partial
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any, TypeAlias

from litestar import Litestar
from litestar.handlers import HTTPRouteHandler

from service.api.http.access import (
    COUNTED,
    OPEN,
    cost_of,
    is_under,
    needed_scope,
    page_of,
    require,
)
from service.api.http.lanes.places import Lanes
from service.api.http.languages import spoken_of
from service.api.http.operation import Operation
from service.api.http.problems import problem
from service.api.routing import answer as answer_at
from service.api.routing import form_of, route_of
from service.model.callers import Caller
from service.model.errors import Code, ServiceError
from service.model.keys import allows, key_id_of
from service.model.quotas import Standing
from service.settings import Network, Settings
from service.texts.sentences import sentence
from service.usecases.rate_limiter import Meter, Visit

Address: TypeAlias = IPv4Address | IPv6Address
METHODS = ("DELETE", "GET", "PATCH", "POST", "PUT")
ALSO = {"HEAD": "GET", "OPTIONS": ""}  # what is taken too, and with which it comes
IPV6_PREFIX = 64  # what one subscriber is given
FORWARDED_REMEMBERED = 200  # characters; whoever writes more fills no memory with it


def address_of(peer: str, forwarded: str, trusted: tuple[Network, ...]) -> str:
    """The peer, or the nearest address of X-Forwarded-For that is no trusted proxy's.

    The header counts only as far as trusted proxies wrote it: read from its end, up to the first
    address that is none of theirs. IPv6 is the /64.
    """
    if not trusted:
        return _nearest(peer, "", trusted)
    is_short = len(forwarded) <= FORWARDED_REMEMBERED
    return (_nearest if is_short else _nearest.__wrapped__)(peer, forwarded, trusted)


@lru_cache(10_000)
def _nearest(peer: str, forwarded: str, trusted: tuple[Network, ...]) -> str:
    found = _parsed(peer)
    hops = [hop.strip() for hop in forwarded.split(",")]
    while found is not None and hops and any(found in network for network in trusted):
        before = _parsed(hops.pop())
        if before is None:
            break
        found = before
    return peer if found is None else _shown(found)


def _parsed(text: str) -> Address | None:
    try:
        found = ip_address(text)
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found


def _shown(address: Address) -> str:
    if isinstance(address, IPv6Address):
        return str(IPv6Network((int(address), IPV6_PREFIX), strict=False))
    return str(address)


log = logging.getLogger("parity")
Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class Admission:
    """Wraps the application: authentication, quotas, scopes."""

    def __init__(self, app: Litestar, meter: Meter, settings: Settings) -> None:
        self._app = app
        self._meter = meter
        self._settings = settings
        find, form = partial(route_of, app), partial(form_of, app)
        self.lanes = Lanes(find, form, settings.pool_size, settings.analysis_processes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)  # type: ignore[arg-type]
            return
        route = route_of(self._app, scope)
        handler = route.handler if route else None
        page = page_of(handler, ",".join(_values(scope, b"accept")))
        public_read, method = self._settings.public_read, scope["method"]
        needed = needed_scope(handler, method, public_read=public_read, page=page)
        answer = _Answer(send, self._meter, is_private=needed is not None)
        try:
            await self._admit(scope, _cost(scope, handler, page), needed, answer)
        except ServiceError as error:
            await self._refuse(scope, answer, error)
            return
        await answer_at(self._app, route, scope, receive, answer.send)

    def methods(self, scope: Scope) -> list[str]:
        """What the address of a scope takes, sorted; nothing stands at some."""
        taken = [one for one in METHODS if route_of(self._app, {**scope, "method": one})]
        also = [one for one, needs in ALSO.items() if needs in taken or (taken and not needs)]
        return sorted([*taken, *also])

    async def _admit(
        self, scope: Scope, cost: int | None, needed: str | None, answer: "_Answer"
    ) -> None:
        """Raises ServiceError `invalid_token`, `quota_exceeded`, `unauthenticated`, `forbidden`."""
        address = self.address(scope)
        scope["caller"] = Caller(address=address)
        if (cost is None and is_under(scope["path"], OPEN)) or scope["method"] == "OPTIONS":
            return
        visit = await self._meter.admit(_secret(scope), address, cost)
        scope["caller"], scope["visit"], answer.visit = visit.caller, visit, visit
        scope["notes"] |= {"cost": cost, "needed": needed}
        _check(visit)
        if needed is not None:
            require(visit.caller, needed)

    def admitted_now(
        self,
        scope: Scope,
        headers: Mapping[bytes, bytes],
        cost: int | None,
        needed: str | None,
        *,
        is_free: bool,
    ) -> list[tuple[bytes, bytes]] | None:
        """The headers that tell what is left to a caller who is admitted without waiting for
        anybody; None: not known, or refused. What is free costs nothing, where its cost would fit.
        """
        trusts = self._settings.trusted_proxies
        forwarded = headers.get(b"x-forwarded-for", b"").decode("latin-1") if trusts else ""
        address = self._address_of(scope, forwarded)
        authorization = headers.get(b"authorization")
        if authorization is None and needed is None:
            standing = self._meter.charge_now(address, cost, is_free=is_free)
        else:
            standing = self._charged(authorization, address, cost, needed, is_free=is_free)
        return None if standing is None or standing.violated else standing.fields

    def _charged(
        self,
        authorization: bytes | None,
        address: str,
        cost: int | None,
        needed: str | None,
        *,
        is_free: bool,
    ) -> Standing | None:
        """What is left to the owner of a key, where it is remembered and allows what is needed."""
        secret = None if authorization is None else _well_formed(authorization.decode("latin-1"))
        who = None if secret is None else self._meter.admit_now(secret, address, None)
        if who is None or not _may(who, needed):
            return None
        visit = self._meter.admit_now(secret, address, cost, is_free=is_free)
        return None if visit is None else visit.standing

    def asks(self, scope: Scope) -> str:
        """Who asks, as far as that is known without asking anybody: a key, or an address."""
        address = self.address(scope)
        given = _values(scope, b"authorization")
        secret = _well_formed(given[0]) if len(given) == 1 else None
        return self._meter.asks(secret, address)

    def address(self, scope: Scope) -> str:
        """The caller's, as far as proxies that are trusted tell it."""
        trusts = self._settings.trusted_proxies
        forwarded = ",".join(_values(scope, b"x-forwarded-for")) if trusts else ""
        return self._address_of(scope, forwarded)

    def _address_of(self, scope: Scope, forwarded: str) -> str:
        peer = (scope.get("client") or ("local", 0))[0]
        return address_of(peer, forwarded, self._settings.trusted_proxies)

    async def _refuse(self, scope: Scope, answer: "_Answer", error: ServiceError) -> None:
        if error.code == Code.INTERNAL_ERROR:
            log.error("request %s failed", scope["request_id"], exc_info=error)
        status, headers, body = problem(
            error,
            request_id=scope["request_id"],
            spoken=spoken_of(scope, ",".join(_values(scope, b"accept-language"))),
            public_url=self._settings.public_url,
        )
        headers["content-length"] = str(len(body))
        coded = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
        await answer.send({"type": "http.response.start", "status": status, "headers": coded})
        await answer.send({"type": "http.response.body", "body": body})


class _Answer:
    """Passes the answer on with what is left of the caller's quota."""

    def __init__(self, send: Send, meter: Meter, *, is_private: bool) -> None:
        self._send = send
        self._meter = meter
        self._is_private = is_private
        self.visit: Visit | None = None

    async def send(self, message: Message) -> None:
        """ASGI send."""
        if message["type"] == "http.response.start":
            kept = message["headers"]
            if self._is_private:
                kept = [self._guarded(name, value) for name, value in kept]
            message = {**message, "headers": [*kept, *self._left(message["status"])]}
        await self._send(message)

    def _guarded(self, name: bytes, value: bytes) -> tuple[bytes, bytes]:
        """No shared cache may hand on what not everyone may read."""
        is_open = name.lower() == b"cache-control"
        return name, value.replace(b"public", b"private") if is_open else value

    def _left(self, status: int) -> list[tuple[bytes, bytes]]:
        """What the caller has left; a 304 costs nothing."""
        if self.visit is None:
            return []
        visit = self._meter.refund(self.visit) if status == 304 else self.visit
        return visit.standing.fields


def _cost(
    scope: Scope, handler: HTTPRouteHandler | None, page: Operation[Any] | None
) -> int | None:
    """What the answer takes from the caller's quota; None: it is not counted."""
    if page is not None:
        return page.cost
    return cost_of(handler) if is_under(scope["path"], COUNTED) else None


def _may(visit: Visit, needed: str | None) -> bool:
    """Whether the key is good, and allows what is needed."""
    caller = visit.caller
    is_let_in = caller.key_id is not None and (needed is None or allows(caller.scopes, needed))
    return visit.fault is None and is_let_in


def _check(visit: Visit) -> None:
    if visit.standing.violated:
        wait = visit.standing.retry_after
        raise ServiceError(
            Code.QUOTA_EXCEEDED,
            sentence("keys.quota", wait=wait),
            retry_after=wait,
            violated=visit.standing.violated,
        )
    if visit.fault is not None:
        raise visit.fault


def _secret(scope: Scope) -> str | None:
    """The secret of the Authorization header, checked as far as that needs no database.

    Raises ServiceError `invalid_token`.
    """
    given = _values(scope, b"authorization")
    if not given:
        return None
    if len(given) > 1 or given[0].partition(" ")[0].lower() != "bearer":
        raise ServiceError(Code.INVALID_TOKEN, sentence("keys.header"))
    if (secret := _well_formed(given[0])) is None:
        raise ServiceError(Code.INVALID_TOKEN, sentence("keys.mistyped"))
    return secret


def _well_formed(authorization: str) -> str | None:
    """The secret of a bearer, where it may be one."""
    scheme, _, given = authorization.partition(" ")
    secret = given.strip(" ")
    return secret if scheme.lower() == "bearer" and key_id_of(secret) is not None else None


def _values(scope: Scope, name: bytes) -> list[str]:
    if (asked := scope.get("asked")) is not None:  # which says that no header is there twice
        value = asked.headers.get(name)
        return [] if value is None else [value.decode("latin-1")]
    return [value.decode("latin-1") for key, value in scope["headers"] if key.lower() == name]
