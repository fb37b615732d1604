"""The counters of quotas in Valkey or Redis: one script a request, exact over all hosts.

The same windows, numbers and refunds as in `store/quotas.py`. Times are the server's. A counter is
a hash that the server forgets an hour after its last change.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from service import limits
from service.model.quotas import WINDOWS, Quota, Standing, Window
from service.store.valkey import Valkeys

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
UNBOUNDED = 1 << 53  # the largest exact number of a script
LENGTHS = ", ".join(str(seconds * 1_000_000) for seconds in WINDOWS.values())
FIELDS = ", ".join(f"'{policy}_{kind}'" for policy in WINDOWS for kind in ("used", "began"))
COUNT = f"""
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local lengths = {{{LENGTHS}}}
local kept = redis.call('HMGET', KEYS[1], {FIELDS})
local cost, fits = tonumber(ARGV[1]), 1
local shown, after = {{}}, {{}}
for i = 1, 2 do
  local used, began = tonumber(kept[2 * i - 1] or 0), tonumber(kept[2 * i] or 0)
  if began + lengths[i] <= now then used, began = 0, now end
  local bound = tonumber(ARGV[1 + i])
  local took = used + math.min(cost, bound)
  if took > bound then fits = 0 end
  shown[2 * i - 1], shown[2 * i] = used, began
  after[2 * i - 1], after[2 * i] = took, began
end
if cost > 0 and fits == 1 then
  shown = after
  local written = {{}}
  for i, field in ipairs({{{FIELDS}}}) do
    written[2 * i - 1], written[2 * i] = field, string.format('%.0f', after[i])
  end
  redis.call('HSET', KEYS[1], unpack(written))
  redis.call('EXPIRE', KEYS[1], {limits.QUOTA_KEPT_SECONDS})
end
return {{fits, now, shown[1], shown[2], shown[3], shown[4]}}"""
REFUND = f"""
local fields = {{{FIELDS}}}
local kept = redis.call('HMGET', KEYS[1], {FIELDS})
for i = 1, 2 do
  if kept[2 * i] and kept[2 * i] == ARGV[3 + i] then
    local back = math.min(tonumber(ARGV[1]), tonumber(ARGV[1 + i]))
    redis.call('HINCRBY', KEYS[1], fields[2 * i - 1], string.format('%.0f', -back))
  end
end
return 1"""


class Counters:
    """All callers' windows on one server."""

    def __init__(self, url: str) -> None:
        self._valkeys = Valkeys(url)

    async def count(self, caller: str, cost: int, quota: Quota) -> Standing:
        """Take the cost, all or nothing; 0 only looks. Raises ValkeyFailed."""
        fits, now, *kept = await self._valkeys.run(COUNT, _key(caller), [cost, *_bounds(quota)])
        windows = zip(kept[::2], kept[1::2], WINDOWS.values(), strict=True)
        found = Standing.of(
            quota,
            (
                Window(used, EPOCH + began * MICROSECOND, (began - now) / 1e6 + seconds)
                for used, began, seconds in windows
            ),
        )
        return found if fits or not cost else found.refused(cost)

    async def refund(
        self, caller: str, cost: int, quota: Quota, began: Mapping[str, datetime | None]
    ) -> None:
        """Give the cost back to the windows that it was taken from. Raises ValkeyFailed."""
        starts = [_microseconds(began.get(policy)) for policy in WINDOWS]
        await self._valkeys.run(REFUND, _key(caller), [cost, *_bounds(quota), *starts])

    async def close(self) -> None:
        await self._valkeys.close()


def _key(caller: str) -> str:
    return f"parity:quota:{caller}"


def _bounds(quota: Quota) -> tuple[int, int]:
    return quota.burst or UNBOUNDED, quota.hour or UNBOUNDED


def _microseconds(instant: datetime | None) -> int:
    return 0 if instant is None else (instant - EPOCH) // MICROSECOND
