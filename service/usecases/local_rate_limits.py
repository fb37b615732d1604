"""One worker's share of every quota, counted in its memory while the shared counter is away."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from service import limits
from service.model.quotas import WINDOWS, Quota, Standing, Window


class Shares:
    """The windows of `store/quotas.py`, of a quota divided by the number of workers."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._kept: dict[str, dict[str, tuple[int, datetime]]] = {}

    def clear(self) -> None:
        self._kept.clear()

    async def count(self, caller: str, cost: int, quota: Quota) -> Standing:
        """Take the cost, all or nothing; 0 only looks."""
        now, share = datetime.now(UTC), quota.share(self._workers)
        windows = self._running(caller, now)
        found = _standing(share, windows, now)
        if cost and (refused := found.refused(cost)).violated:
            return refused
        if not cost:
            return found
        taken = {
            policy: (used + min(cost, bound or cost), began)
            for (policy, (used, began)), bound in zip(windows.items(), share, strict=True)
        }
        self._keep(caller, taken)
        return _standing(share, taken, now)

    async def refund(
        self, caller: str, cost: int, quota: Quota, began: Mapping[str, datetime | None]
    ) -> None:
        """Give the cost back to the windows that it was taken from, where they still run."""
        share = quota.share(self._workers)
        for (policy, (used, start)), bound in zip(
            list(self._kept.get(caller, {}).items()), share, strict=False
        ):
            if start == began.get(policy):
                self._kept[caller][policy] = used - min(cost, bound or cost), start

    def _running(self, caller: str, now: datetime) -> dict[str, tuple[int, datetime]]:
        """Policy to what was used since when; a window that ended begins anew."""
        kept = self._kept.get(caller, {})
        return {
            policy: kept[policy]
            if policy in kept and now < kept[policy][1] + timedelta(seconds=seconds)
            else (0, now)
            for policy, seconds in WINDOWS.items()
        }

    def _keep(self, caller: str, windows: dict[str, tuple[int, datetime]]) -> None:
        """As the newest; beyond the bound, forget who came longest ago."""
        self._kept.pop(caller, None)
        self._kept[caller] = windows
        if len(self._kept) > limits.SHARES_REMEMBERED:
            del self._kept[next(iter(self._kept))]


def _standing(share: Quota, windows: dict[str, tuple[int, datetime]], now: datetime) -> Standing:
    return Standing.of(
        share,
        (
            Window(used, began, (began - now).total_seconds() + WINDOWS[policy])
            for policy, (used, began) in windows.items()
        ),
    )
