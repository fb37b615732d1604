"""Counting outside the database: in Valkey, or by shares while Valkey is away."""

import logging
import time
from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from service import limits
from service.model.quotas import Quota, Standing
from service.store.valkey import ValkeyFailed
from service.store.valkey_rate_limits import Counters
from service.usecases.local_rate_limits import Shares

log = logging.getLogger("parity")


class Counter(Protocol):
    """Where a cost was taken, and so where it goes back to."""

    async def count(self, caller: str, cost: int, quota: Quota) -> Standing:
        """Take the cost, all or nothing; 0 only looks."""

    async def refund(
        self, caller: str, cost: int, quota: Quota, began: Mapping[str, datetime | None]
    ) -> None:
        """Give the cost back to the windows that it was taken from."""


class Counting:
    """Asks Valkey; after a failure it is left alone for a moment, and then tried by one request."""

    def __init__(self, counters: Counters, workers: int) -> None:
        self._counters = counters
        self._shares = Shares(workers)
        self._workers = workers
        self._is_away = False
        self._try_at = 0.0

    async def count(self, caller: str, cost: int, quota: Quota) -> tuple[Standing, Counter]:
        """What is left, and who counted."""
        if self._is_due():
            try:
                standing = await self._counters.count(caller, cost, quota)
            except ValkeyFailed as error:
                self._lost(error)
            else:
                self._found()
                return standing, self._counters
        return await self._shares.count(caller, cost, quota), self._shares

    async def refund(
        self,
        counter: Counter,
        caller: str,
        cost: int,
        quota: Quota,
        began: Mapping[str, datetime | None],
    ) -> None:
        """Where the counter is away now, the cost stays taken."""
        if counter is self._counters and self._is_away:
            return
        try:
            await counter.refund(caller, cost, quota, began)
        except ValkeyFailed as error:
            self._lost(error)

    async def close(self) -> None:
        await self._counters.close()

    def _is_due(self) -> bool:
        """One request at a time tries a counter that is away; the others are not held up."""
        if self._is_away and time.monotonic() < self._try_at:
            return False
        if self._is_away:
            self._try_at = time.monotonic() + limits.VALKEY_PAUSE_SECONDS
        return True

    def _lost(self, error: ValkeyFailed) -> None:
        self._try_at = time.monotonic() + limits.VALKEY_PAUSE_SECONDS
        if not self._is_away:
            self._is_away = True
            log.warning(
                "Valkey is away (%s): every worker counts by itself, up to the quota / %d",
                error,
                self._workers,
            )

    def _found(self) -> None:
        if self._is_away:
            self._is_away = False
            self._shares.clear()
            log.info("Valkey counts again")
