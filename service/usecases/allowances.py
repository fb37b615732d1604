"""What callers may still ask for: decided in a worker's memory, settled with a ledger for all.

Far from a limit a worker decides by itself, and tells the ledger within a second; after its part of
what was left it asks first. While the ledger is away it counts alone, up to the quota / workers.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable
from threading import get_ident

from service import limits
from service.model.quotas import Ledger, LedgerAway, Quota, Standing, prices
from service.usecases.accounts import NOTHING, Account, Ask

log = logging.getLogger("parity")


class Allowances:
    """The accounts of one of so many workers. Any thread may decide; the ledger is asked, and what
    is to be settled noted, in the one that admits."""

    def __init__(
        self, ledger: Ledger, workers: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._ledger = ledger
        self._workers = workers
        self._clock = clock
        self._accounts: dict[str, Account] = {}
        self._alone: dict[str, Account] = {}
        self._unsettled: dict[str, Account] = {}
        self._asks: dict[Account, Ask] = {}
        self._sender: asyncio.Task[None] | None = None
        self._settler: asyncio.Task[None] | None = None
        self._is_away = False
        self._try_at = 0.0
        self._home = 0
        self._loop: asyncio.AbstractEventLoop | None = None

    def decide(
        self, caller: str, quota: Quota, cost: int, *, is_free: bool = False
    ) -> tuple[Standing, Account] | None:
        """Charge the cost, all or nothing, without asking; None where the ledger has to be asked.

        A cost of 0 only looks; what is free is not charged, where its cost would fit.
        """
        now = self._clock()
        if self._is_away:
            if now >= self._try_at or get_ident() != self._home:
                return None
            return self._decide_alone(caller, quota, cost, now, is_free)
        account = self._accounts.get(caller)
        if account is None:
            return None
        if (standing := account.decide(quota, cost, now, is_free=is_free)) is None:
            return None
        if cost and not is_free and not standing.violated:
            self._settle_later(account)
        return standing, account

    async def admit(self, caller: str, quota: Quota, cost: int) -> tuple[Standing, Account]:
        """Charge the cost, all or nothing; the ledger is asked where it must be."""
        self._home, self._loop = get_ident(), asyncio.get_running_loop()
        account = self._account(caller)
        async with account.asking:
            while (decided := self.decide(caller, quota, cost)) is None:
                self._try_at = self._clock() + limits.LEDGER_PAUSE_SECONDS
                ask = self._ask(account, prices(quota, cost))
                is_taken = await ask.answer
                if is_taken:
                    return Standing(quota, ask.debts), account
                if is_taken is None:
                    return self._decide_alone(caller, quota, cost, self._clock())
                if (refused := account.refused(quota, cost, self._clock())) is not None:
                    return refused, account
        return decided

    def refund(self, account: Account, quota: Quota, cost: int) -> Standing:
        """Give a cost back; `account` is that which it was taken from."""
        if not account.is_alone:
            account = self._account(account.caller)
            self._settle_later(account)
        return account.refund(quota, cost, self._clock())

    async def close(self) -> None:
        """Settle a last time."""
        if self._settler is not None:
            self._settler.cancel()
            await asyncio.wait({self._settler})
        await self._settle(self._unsettled.values())
        await self._ledger.close()

    def _account(self, caller: str) -> Account:
        """The unsettled are remembered in any case."""
        if (account := self._accounts.get(caller)) is not None:
            return account
        return _kept(self._accounts, self._unsettled.get(caller) or Account(caller))

    def _decide_alone(
        self, caller: str, quota: Quota, cost: int, now: float, is_free: bool = False
    ) -> tuple[Standing, Account]:
        if (account := self._alone.get(caller)) is None:
            known = self._accounts.get(caller)
            account = _kept(self._alone, Account.alone(caller, known, now, self._workers))
        standing = account.decide(quota.share(self._workers), cost, now, is_free=is_free)
        assert standing is not None, "who has no ledger asks none"
        return standing, account

    def _settle_later(self, account: Account) -> None:
        is_settling = self._settler is not None and not self._settler.done()
        if is_settling and account.caller in self._unsettled:
            return
        if get_ident() != self._home:
            assert self._loop is not None, "an account is of who was admitted"
            self._loop.call_soon_threadsafe(self._settle_later, account)
            return
        self._unsettled[account.caller] = account
        if not is_settling:
            self._settler = asyncio.create_task(self._settle_regularly())

    async def _settle_regularly(self) -> None:
        """Until nothing is left to settle; where the ledger is away, the next charge goes on."""
        while self._unsettled and not self._is_away:
            await asyncio.sleep(limits.SETTLE_SECONDS)
            await self._settle(self._unsettled.values())

    async def _settle(self, accounts: Iterable[Account]) -> None:
        asks = [self._ask(account) for account in accounts]
        if asks:
            await asyncio.wait([ask.answer for ask in asks])

    def _ask(self, account: Account, price: tuple[float, ...] = NOTHING) -> Ask:
        """Together with all that is asked before the ledger has answered what it was asked last.

        An account is asked about once at a time; who comes to settle it waits for the same answer.
        """
        ask = self._asks.get(account)
        if ask is None or ask.answer.done():
            ask = self._asks[account] = Ask(account)
        if price != NOTHING:
            ask.price = price
        if self._sender is None or self._sender.done():
            self._sender = asyncio.create_task(self._send())
        return ask

    async def _send(self) -> None:
        while self._asks:
            asks = self._next_asks()
            debts: dict[str, tuple[float, ...]] | None = None
            try:
                debts = await self._ledger.settle([ask.spending(self._clock()) for ask in asks])
                self._found()
            except LedgerAway as error:
                self._lost(error)
            finally:
                for ask in asks:
                    self._answer(ask, debts)

    def _next_asks(self) -> list[Ask]:
        """Some at a time; first those that somebody waits for."""
        asks = sorted(self._asks.values(), key=lambda ask: ask.price == NOTHING)
        for ask in (chosen := asks[: limits.LEDGER_BATCH]):
            del self._asks[ask.account]
            self._unsettled.pop(ask.account.caller, None)
        return chosen

    def _answer(self, ask: Ask, debts: dict[str, tuple[float, ...]] | None) -> None:
        """`debts` None: nothing is known to be written."""
        if debts is not None and ask.account.caller in debts:
            ask.settle(debts[ask.account.caller], self._clock(), self._workers)
            return
        ask.put_back()
        self._unsettled[ask.account.caller] = ask.account
        if debts is None or ask.answer.done():
            ask.conclude(is_away=True)
            return
        ask.refuse()  # and have what has passed settled, without the price
        if (other := self._asks.get(ask.account)) is not None:
            other.conclude()
        self._asks[ask.account] = ask

    def _lost(self, error: LedgerAway) -> None:
        self._try_at = self._clock() + limits.LEDGER_PAUSE_SECONDS
        if not self._is_away:
            self._is_away = True
            text = "%s is away (%s): every worker counts by itself, up to the quota / %d"
            log.warning(text, self._ledger.name, error, self._workers)

    def _found(self) -> None:
        if self._is_away:
            self._is_away = False
            self._alone.clear()
            log.info("%s counts again", self._ledger.name)


def _kept(accounts: dict[str, Account], account: Account) -> Account:
    """Beyond the bound, forget who came first: they are asked about anew."""
    if len(accounts) >= limits.ACCOUNTS_REMEMBERED:
        del accounts[next(iter(accounts))]
    accounts[account.caller] = account
    return account
