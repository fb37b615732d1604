"""What one caller may still ask for, as one worker knows it: kept in memory, told to the ledger."""

import asyncio
from math import ceil, inf
from threading import Lock

from service import limits
from service.model.quotas import TICK, WINDOWS, Quota, Spending, Standing, prices

NOTHING = (0.0,) * len(WINDOWS)


class Level:
    """One policy of a caller, in seconds of this process's clock.

    `until`: when all is there again, as far as this worker knows. `passed` and `reached`: what it
    let pass since it settled (see `Spending`). `room`: how much more it may before it settles.
    """

    __slots__ = ("passed", "reached", "room", "until", "window")

    def __init__(self, window: int, until: float, room: float) -> None:
        self.window = window
        self.until = until
        self.room = room
        self.passed, self.reached = 0.0, -inf

    def has_room(self, price: float, now: float) -> bool:
        """Whether it may let so much pass before it settles."""
        return not price or (price <= self.room and self.until + price <= now + self.window + TICK)

    def charge(self, price: float, now: float) -> float:
        """The seconds until all is there again, after it."""
        if price:
            if now > self.reached:
                self.reached = now
            self.reached += price
            self.passed += price
            self.room -= price
            self.until = price + (now if now > (until := self.until) else until)
        return debt if (debt := self.until - now) > 0 else 0.0

    def refund(self, price: float) -> None:
        self.until -= price
        self.reached -= price
        self.passed -= price
        self.room += price

    def take(self) -> tuple[float, float]:
        """What has passed, to be settled."""
        taken = self.passed, self.reached
        self.passed, self.reached = 0.0, -inf
        return taken

    def put_back(self, passed: float, reached: float) -> None:
        """It could not be settled."""
        self.reached = max(reached + self.passed, self.reached)
        self.passed += passed

    def settle(self, debt: float, now: float, workers: int) -> None:
        """The ledger's number, and on top of it what has passed while it was asked."""
        self.until = max(now + debt + self.passed, self.reached)
        self.room = (self.window - max(debt, 0.0)) / (2 * workers) - self.passed


class Account:
    """The levels of a caller, as the ledger told them at `settled_at`; inf: there is none. Any
    thread may charge it."""

    __slots__ = ("_lock", "asking", "caller", "levels", "settled_at")

    def __init__(self, caller: str, settled_at: float = -inf, room: float = 0.0) -> None:
        self.caller = caller
        self.settled_at = settled_at
        self.levels = [Level(window, -inf, room) for window in WINDOWS.values()]
        self.asking = asyncio.Lock()
        self._lock = Lock()

    @classmethod
    def alone(cls, caller: str, unsettled: "Account | None", now: float, workers: int) -> "Account":
        """Without a ledger, of one worker's share, from which the unsettled is taken."""
        made = cls(caller, settled_at=inf, room=inf)
        for level, known in zip(made.levels, unsettled.levels if unsettled else (), strict=False):
            level.until = now + known.passed * workers
        return made

    @property
    def is_alone(self) -> bool:
        return self.settled_at == inf

    def decide(
        self, quota: Quota, cost: int, now: float, *, is_free: bool = False
    ) -> Standing | None:
        """Charge the cost, all or nothing; None where the ledger has to say. What is free is not
        charged, where its cost would fit."""
        if now - self.settled_at > limits.LEDGER_BELIEVED_SECONDS:
            return None
        burst, hour = self.levels
        of_burst, of_hour = prices(quota, cost)
        with self._lock:
            if not (burst.has_room(of_burst, now) and hour.has_room(of_hour, now)):
                is_fresh = now - self.settled_at <= limits.SETTLE_SECONDS
                return self.refused(quota, cost, now) if is_fresh else None
            if is_free:
                return self.standing(quota, now)
            debts = burst.charge(of_burst, now), hour.charge(of_hour, now)
        return Standing(quota, debts)

    def refund(self, quota: Quota, cost: int, now: float) -> Standing:
        """Give a cost back."""
        with self._lock:
            for level, price in zip(self.levels, prices(quota, cost), strict=True):
                if price:
                    level.refund(price)
            return self.standing(quota, now)

    def take(self) -> list[tuple[float, float]]:
        """What has passed of each policy, to be settled."""
        with self._lock:
            return [level.take() for level in self.levels]

    def put_back(self, taken: list[tuple[float, float]]) -> None:
        """It could not be settled."""
        with self._lock:
            for level, (passed, reached) in zip(self.levels, taken, strict=False):
                level.put_back(passed, reached)

    def settle(self, debts: tuple[float, ...], now: float, workers: int) -> None:
        with self._lock:
            self.settled_at = now
            for level, debt in zip(self.levels, debts, strict=True):
                level.settle(debt, now, workers)

    def standing(self, quota: Quota, now: float) -> Standing:
        return Standing(quota, self.debts(now))

    def debts(self, now: float) -> tuple[float, float]:
        """The seconds until all of each policy is there again."""
        burst, hour = self.levels
        return (
            burst.until - now if burst.until > now else 0.0,
            hour.until - now if hour.until > now else 0.0,
        )

    def refused(self, quota: Quota, cost: int, now: float) -> Standing | None:
        """What the cost would break, and until when; None where it may fit."""
        waits = {
            policy: level.until + price - now - level.window
            for policy, level, price in zip(WINDOWS, self.levels, prices(quota, cost), strict=True)
            if price and level.until + price > now + level.window + TICK
        }
        if not waits:
            return None
        return Standing(
            quota, self.debts(now), tuple(waits), max(ceil(max(waits.values()) - TICK), 1)
        )


class Ask:
    """What the ledger is told of an account, and asked: a price at once, or nothing.

    Its answer: whether the price was taken; None where the ledger is away. `debts` are those at the
    answer: until who asked has its turn, others may be charged.
    """

    def __init__(self, account: Account) -> None:
        self.account = account
        self.price = NOTHING
        self.debts = 0.0, 0.0
        self.answer: asyncio.Future[bool | None] = asyncio.get_running_loop().create_future()
        self._is_refused = False
        self._taken: list[tuple[float, float]] = []

    def spending(self, now: float) -> Spending:
        """What has passed, and the price after it."""
        self._taken = self.account.take()
        priced = list(zip(self._taken, self.price, WINDOWS.values(), strict=True))
        return Spending(
            self.account.caller,
            *[passed + price for (passed, _), price, _ in priced],
            *[(max(r, now) + price if price else r) - now for (_, r), price, _ in priced],
            *[window + TICK if price else inf for _, price, window in priced],
        )

    def put_back(self) -> None:
        """It was not written."""
        self.account.put_back(self._taken)
        self._taken = []

    def settle(self, debts: tuple[float, ...], now: float, workers: int) -> None:
        """The ledger has written it; `debts` are after it."""
        self._taken = []
        self.account.settle(debts, now, workers)
        self.debts = self.account.debts(now)
        self.conclude()

    def refuse(self) -> None:
        """The price was too much."""
        self.price, self._is_refused = NOTHING, True

    def conclude(self, *, is_away: bool = False) -> None:
        if not self.answer.done():  # else whoever asked has gone
            self.answer.set_result(None if is_away else not self._is_refused)
