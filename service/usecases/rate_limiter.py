"""Authenticates the caller and charges the rate limit."""

import logging
import time

from msgspec import Struct
from msgspec.structs import replace

from service import limits
from service.model.callers import Caller
from service.model.errors import ServiceError
from service.model.keys import digest
from service.model.quotas import NO_STANDING, Quota, Standing
from service.store import rate_limits
from service.store.database import Connection, Database
from service.usecases.keys import authenticate
from service.usecases.shared_rate_limits import Counter, Counting

log = logging.getLogger("parity")
REMEMBERED_SECONDS = 1.0  # the least Retry-After


class Visit(Struct, frozen=True, kw_only=True):
    """An admitted or refused request: `standing` as after it was counted."""

    caller: Caller
    quota: Quota
    cost: int = 0
    standing: Standing = NO_STANDING
    fault: ServiceError | None = None
    counter: Counter | None = None  # None: the database


class Meter:
    """Counts for all workers, in the database or outside of it; remembers only what it refused."""

    def __init__(
        self, database: Database, anonymous: Quota, keyed: Quota, counting: Counting | None = None
    ) -> None:
        self._database = database
        self._counting = counting
        self._anonymous = anonymous
        self._keyed = keyed
        self._purge_at = time.monotonic() + limits.QUOTA_PURGE_SECONDS
        self._refusals: dict[tuple[bytes, int], tuple[float, Visit]] = {}

    async def admit(self, secret: str | None, address: str, cost: int | None) -> Visit:
        """Identify and count; a wrong key is counted for its address. `cost` None: do not count.

        Raises a database failure.
        """
        if secret is None and (cost is None or self._anonymous.is_off):
            return Visit(caller=Caller(address=address), quota=self._anonymous)
        asked = digest(f"{address} {secret}"), cost or 0
        if (refused := self._remembered(asked)) is not None:
            return refused
        visit = await (
            self._counted_here(secret, address, cost)
            if self._counting is None
            else self._counted_outside(self._counting, secret, address, cost)
        )
        if visit.standing.violated:
            self._remember(asked, visit)
        return visit

    async def _counted_here(self, secret: str | None, address: str, cost: int | None) -> Visit:
        async with self._database.session() as connection:
            visit = await self._identified(connection, secret, address)
            if cost is not None and not visit.quota.is_off:
                visit = await _counted(connection, visit, cost)
                await self._purge(connection)
        return visit

    async def _counted_outside(
        self, counting: Counting, secret: str | None, address: str, cost: int | None
    ) -> Visit:
        """The database is asked for keys only."""
        if secret is None:
            visit = Visit(caller=Caller(address=address), quota=self._anonymous)
        else:
            async with self._database.session() as connection:
                visit = await self._identified(connection, secret, address)
        if cost is None or visit.quota.is_off:
            return visit
        found, counter = await counting.count(visit.caller.counted_as, cost, visit.quota)
        return replace(visit, cost=cost, standing=found, counter=counter)

    async def _identified(self, connection: Connection, secret: str | None, address: str) -> Visit:
        stranger = Caller(address=address)
        if secret is None:
            return Visit(caller=stranger, quota=self._anonymous)
        try:
            key = await authenticate(connection, secret)
        except ServiceError as error:
            return Visit(caller=stranger, quota=self._anonymous, fault=error)
        known = Caller(address=address, key_id=key.id, name=key.name, scopes=tuple(key.scopes))
        return Visit(caller=known, quota=self._keyed)

    async def refund(self, visit: Visit) -> None:
        """Give back what a visit cost. The answer is on its way, so a failure is only logged."""
        began = visit.standing.began
        if not began or not visit.cost:
            return
        if self._counting is not None and visit.counter is not None:
            name = visit.caller.counted_as
            await self._counting.refund(visit.counter, name, visit.cost, visit.quota, began)
            return
        try:
            async with self._database.session() as connection:
                name = visit.caller.counted_as
                await rate_limits.refund(connection, name, visit.cost, visit.quota, began)
        except ServiceError as error:
            log.warning("no refund for %s: %s", visit.caller.counted_as, error.code)

    async def _purge(self, connection: Connection) -> None:
        """Now and then, forget who has not come for an hour."""
        if time.monotonic() >= self._purge_at:
            self._purge_at = time.monotonic() + limits.QUOTA_PURGE_SECONDS
            await rate_limits.purge(connection)

    def _remembered(self, asked: tuple[bytes, int]) -> Visit | None:
        until, visit = self._refusals.get(asked, (0.0, None))
        return visit if time.monotonic() < until else None

    def _remember(self, asked: tuple[bytes, int], visit: Visit) -> None:
        if len(self._refusals) >= limits.REFUSALS_REMEMBERED:
            self._refusals.clear()
        self._refusals[asked] = (time.monotonic() + REMEMBERED_SECONDS, visit)


async def _counted(connection: Connection, visit: Visit, cost: int) -> Visit:
    name = visit.caller.counted_as
    if cost == 0:
        found = await rate_limits.standing(connection, name, visit.quota)
    else:
        found = await rate_limits.spend(connection, name, cost, visit.quota)
    return replace(visit, cost=cost, standing=found)
