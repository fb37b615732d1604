"""Authenticates the caller and charges the rate limit: from memory where that can be."""

from collections.abc import Callable
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from service import limits
from service.model.callers import Caller
from service.model.errors import ServiceError
from service.model.quotas import NO_STANDING, Quota, Standing
from service.store.database import Database
from service.store.keys import Key
from service.store.rate_limits import DatabaseLedger
from service.usecases.accounts import Account
from service.usecases.allowances import Allowances
from service.usecases.keys import RememberedKeys


class Visit(Struct, frozen=True):
    """An admitted or refused request: `standing` as after it was counted."""

    caller: Caller
    quota: Quota
    fault: ServiceError | None = None
    cost: int = 0
    standing: Standing = NO_STANDING
    account: Account | None = None  # which was charged; None: nothing is counted


class Meter:
    """Who asks, and whether they may. A wrong key is counted for its address."""

    def __init__(
        self,
        database: Database,
        anonymous: Quota,
        keyed: Quota,
        allowances: Allowances | None = None,
        is_heard: Callable[[], bool] = lambda: False,
    ) -> None:
        """`allowances` None: of a worker without others. `is_heard`: whether `forget_keys` is
        called when a key changes; keys are remembered only then."""
        self._keys = RememberedKeys(database, is_heard)
        self._allowances = allowances or Allowances(DatabaseLedger(database), 1)
        self._anonymous = anonymous
        self._is_free_to_all = anonymous.is_off
        self._keyed = keyed

    def admit_now(
        self, secret: str | None, address: str, cost: int | None, *, is_free: bool = False
    ) -> Visit | None:
        """Identify and count, out of memory; None where the database or the ledger has to say.

        `cost` None: do not count; 0: look what is left. What is free costs nothing, where its cost
        would fit.
        """
        known = None if secret is None else self._keys.recall(secret)
        if secret is not None and known is None:
            return None
        caller, quota, fault = self._identified(known, address)
        if cost is None or quota.is_off:
            return Visit(caller, quota, fault)
        decided = self._allowances.decide(caller.counted_as, quota, cost, is_free=is_free)
        return None if decided is None else Visit(caller, quota, fault, cost, *decided)

    def charge_now(
        self, address: str, cost: int | None, *, is_free: bool = False
    ) -> Standing | None:
        """`admit_now` of whoever asks without a key, without a word on who that is."""
        if cost is None or self._is_free_to_all:
            return NO_STANDING
        decided = self._allowances.decide(
            _counted_as(address), self._anonymous, cost, is_free=is_free
        )
        return None if decided is None else decided[0]

    def asks(self, secret: str | None, address: str) -> str:
        """Who asks, as far as that is known without asking anybody: a key, or an address."""
        known = None if secret is None else self._keys.recall(secret)
        if isinstance(known, Key):
            return known.id
        owner = self._keys.owner(secret) if secret is not None and known is None else None
        return owner or _counted_as(address)

    async def admit(self, secret: str | None, address: str, cost: int | None) -> Visit:
        """Identify and count. Raises a database failure where the key has to be looked up."""
        if (visit := self.admit_now(secret, address, cost)) is not None:
            return visit
        known = None if secret is None else await self._keys.look_up(secret)
        caller, quota, fault = self._identified(known, address)
        if cost is None or quota.is_off:
            return Visit(caller, quota, fault)
        decided = await self._allowances.admit(caller.counted_as, quota, cost)
        return Visit(caller, quota, fault, cost, *decided)

    def refund(self, visit: Visit) -> Visit:
        """Give back what a visit cost."""
        if visit.account is None or not visit.cost or visit.standing.violated:
            return visit
        standing = self._allowances.refund(visit.account, visit.standing.quota, visit.cost)
        return replace(visit, cost=0, standing=standing)

    def forget_keys(self) -> None:
        """A key has changed, or changes may have been missed."""
        self._keys.forget()

    async def close(self) -> None:
        await self._allowances.close()

    def _identified(
        self, known: Key | ServiceError | None, address: str
    ) -> tuple[Caller, Quota, ServiceError | None]:
        if not isinstance(known, Key):
            return _anonymous(address), self._anonymous, known
        scopes = tuple(known.scopes)
        caller = Caller(address=address, key_id=known.id, name=known.name, scopes=scopes)
        return caller, self._keyed, None


@lru_cache(limits.ACCOUNTS_REMEMBERED)
def _anonymous(address: str) -> Caller:
    return Caller(address=address)


@lru_cache(limits.ACCOUNTS_REMEMBERED)
def _counted_as(address: str) -> str:
    return _anonymous(address).counted_as
