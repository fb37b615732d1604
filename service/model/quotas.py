"""Quotas: how much a caller may ask for in a window, and what is left of it.

A window begins with a caller's first request after the last one ended. Field syntax and meaning:
draft-ietf-httpapi-ratelimit-headers-10.
"""

from collections.abc import Iterable
from datetime import datetime
from math import ceil
from typing import NamedTuple

WINDOWS = {"burst": 1, "hour": 3600}  # policy to seconds


class Quota(NamedTuple):
    """The most that a window may cost; 0 is without bound."""

    burst: int
    hour: int

    @property
    def is_off(self) -> bool:
        return not any(self)

    def share(self, workers: int) -> "Quota":
        """What one of so many workers may let pass by itself; at least 1 of a bound."""
        return Quota(*(bound and max(bound // workers, 1) for bound in self))


class Balance(NamedTuple):
    """One policy of a caller: what is left, and for how many seconds the window still runs."""

    policy: str
    quota: int
    remaining: int
    seconds: int
    began: datetime | None

    def with_returned(self, cost: int) -> "Balance":
        """After a refund of the cost."""
        return self._replace(remaining=self.remaining + min(cost, self.quota))

    def fits(self, cost: int) -> bool:
        return min(cost, self.quota) <= self.remaining


class Window(NamedTuple):
    """What was taken since the window began, and for how many seconds it still runs."""

    used: int
    began: datetime | None
    left: float


class Standing(NamedTuple):
    """All bounded policies of a caller, and those that a refused request would have broken."""

    balances: tuple[Balance, ...]
    violated: tuple[str, ...] = ()

    @classmethod
    def of(cls, quota: Quota, windows: Iterable[Window]) -> "Standing":
        """The bounded policies of the windows, which come in the order of WINDOWS."""
        return cls(
            tuple(
                Balance(
                    policy=policy,
                    quota=bound,
                    remaining=max(bound - window.used, 0),
                    seconds=min(max(ceil(window.left), 1), WINDOWS[policy]),
                    began=window.began,
                )
                for policy, bound, window in zip(WINDOWS, quota, windows, strict=True)
                if bound
            )
        )

    @classmethod
    def untouched(cls, quota: Quota) -> "Standing":
        """Of a caller who has not come yet."""
        return cls.of(quota, (Window(0, None, seconds) for seconds in WINDOWS.values()))

    def refused(self, cost: int) -> "Standing":
        """The same with what the cost would break."""
        return Standing(self.balances, tuple(b.policy for b in self.balances if not b.fits(cost)))

    @property
    def began(self) -> dict[str, datetime | None]:
        """When each window began; a refund needs it."""
        return {b.policy: b.began for b in self.balances}

    @property
    def retry_after(self) -> int:
        """Seconds until the last of the violated windows ends."""
        return max((b.seconds for b in self.balances if b.policy in self.violated), default=1)


def policy_field(balances: Iterable[Balance]) -> str:
    """The value of `RateLimit-Policy`."""
    return ",".join(f'"{b.policy}";q={b.quota};w={WINDOWS[b.policy]}' for b in balances)


def limit_field(balances: Iterable[Balance]) -> str:
    """The value of `RateLimit`."""
    return ",".join(f'"{b.policy}";r={b.remaining};t={b.seconds}' for b in balances)


NO_STANDING = Standing(())
