"""Quotas: how much a caller may ask for at once, how fast it comes back, and what is left of it.

The generic cell rate algorithm (ITU-T I.371, virtual scheduling): of each policy a caller has one
number, the moment at which all of the quota is there again. A cost moves it on by the time that the
cost takes to come back, and fits while the moment is not more than a window away. What is left
follows from it. Fields: draft-ietf-httpapi-ratelimit-headers-10.
"""

from collections.abc import Sequence
from functools import lru_cache
from math import ceil
from typing import NamedTuple, Protocol

from msgspec import Struct

WINDOWS = {"burst": 1, "hour": 3600}  # policy to seconds
_BURST, _HOUR = WINDOWS.values()
TICK = 1e-6  # seconds; moments are not told apart more finely


class Quota(NamedTuple):
    """The most that may be had at once; so much comes back in a window. 0 is without bound."""

    burst: int
    hour: int

    @property
    def is_off(self) -> bool:
        return not (self.burst or self.hour)

    def share(self, workers: int) -> "Quota":
        """What one of so many workers may let pass by itself; at least 1 of a bound."""
        return Quota(*(bound and max(bound // workers, 1) for bound in self))


@lru_cache(1024)
def prices(quota: Quota, cost: int) -> tuple[float, ...]:
    """Seconds of each window that a cost takes; above a quota it takes the whole window."""
    return tuple(
        min(cost, bound) * window / bound if bound else 0.0
        for bound, window in zip(quota, WINDOWS.values(), strict=True)
    )


class Balance(NamedTuple):
    """One policy of a caller: what is left, and in how many seconds all is there again."""

    policy: str
    quota: int
    remaining: int
    seconds: int


def _left(window: int, bound: int, debt: float) -> tuple[int, int]:
    """What is left of a policy, and in how many seconds all is there again."""
    if debt <= TICK:
        return bound, 0
    left = int((window - debt + TICK) * bound / window)
    return max(0, left), ceil(debt - TICK)


class Standing(Struct, frozen=True, gc=False):
    """What is left to a caller: `debts` are the seconds until all of each policy is there again.

    `violated`: what a refused request would have broken; it would fit in `retry_after` seconds.
    """

    quota: Quota
    debts: tuple[float, ...] = ()
    violated: tuple[str, ...] = ()
    retry_after: int = 1

    @property
    def balances(self) -> list[Balance]:
        """Of the bounded policies."""
        policies = zip(WINDOWS.items(), self.quota, self.debts, strict=False)
        return [
            Balance(policy, bound, *_left(window, bound, debt))
            for (policy, window), bound, debt in policies
            if bound
        ]

    @property
    def fields(self) -> list[tuple[bytes, bytes]]:
        """The header fields; none where nothing is counted."""
        if not self.debts:
            return []
        burst, hour = quota = self.quota
        of_burst, of_hour = self.debts
        left: tuple[int, ...] = ()
        if burst:
            left = (burst, 0) if of_burst <= TICK else _left(_BURST, burst, of_burst)
        if hour:
            left += (hour, 0) if of_hour <= TICK else _left(_HOUR, hour, of_hour)
        policies, form = _told(quota)
        return [policies, (b"ratelimit", form % left)] if left else []


@lru_cache(1024)
def _told(quota: Quota) -> tuple[tuple[bytes, bytes], bytes]:
    """The field with the policies of a quota, and the form of what is left of them."""
    bounds = zip(WINDOWS.items(), quota, strict=True)
    bounded = [(policy, bound, window) for (policy, window), bound in bounds if bound]
    policies = ",".join(f'"{p}";q={bound};w={window}' for p, bound, window in bounded)
    form = ",".join(f'"{p}";r=%d;t=%d' for p, _, _ in bounded)
    return (b"ratelimit-policy", policies.encode()), form.encode()


NO_STANDING = Standing(Quota(0, 0))


class Spending(NamedTuple):
    """What a worker has let a caller pass since it settled, in seconds of each window.

    A charge turns a policy's number x into max(x, now) + price, and so any row of charges and
    refunds turns it into max(x + passed, reached). `reached` is relative to now. Where the number
    would then be more than `most` from now, nothing is to be written.
    """

    caller: str
    burst_passed: float
    hour_passed: float
    burst_reached: float
    hour_reached: float
    burst_most: float
    hour_most: float


class LedgerAway(Exception):
    """The ledger did not answer in time, or not well; whether it wrote is not known."""


class Ledger(Protocol):
    """The numbers of all callers, for all workers."""

    name: str

    async def settle(self, spendings: Sequence[Spending]) -> dict[str, tuple[float, ...]]:
        """The debts by caller, in seconds, after each spending was added; whose was too much is
        missing. Raises LedgerAway."""

    async def close(self) -> None:
        """Let go of connections."""
