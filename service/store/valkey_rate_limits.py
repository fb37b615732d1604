"""The ledger of quotas in Valkey or Redis: a hash a caller, one script for each who is settled.

The numbers are those of `rate_limits.sql`, by the server's clock. A hash is forgotten when all
quotas have been there again for a while.
"""

from collections.abc import Sequence

from service import limits
from service.model.quotas import WINDOWS, LedgerAway, Spending
from service.store.valkey import ValkeyFailed, Valkeys

FIELDS = ", ".join(f"'{policy}'" for policy in WINDOWS)
SECONDS = ", ".join(str(window) for window in WINDOWS.values())
SETTLE = f"""
local windows = {{{SECONDS}}}
local clock = redis.call('TIME')
local now = clock[1] + clock[2] / 1000000
local kept = redis.call('HMGET', KEYS[1], {FIELDS})
local after = {{}}
for i = 1, 2 do
  after[i] = now + tonumber(ARGV[2 + i])
  if kept[i] then
    local standing = math.min(tonumber(kept[i]), now + windows[i])
    after[i] = math.max(standing + tonumber(ARGV[i]), after[i])
  end
  if after[i] > now + tonumber(ARGV[4 + i]) then return {{}} end
end
local written = {{}}
for i, field in ipairs({{{FIELDS}}}) do
  written[2 * i - 1], written[2 * i] = field, string.format('%.17g', after[i])
end
redis.call('HSET', KEYS[1], unpack(written))
local last = math.max(after[1], after[2], now)
redis.call('EXPIRE', KEYS[1], math.ceil(last - now) + {limits.QUOTA_KEPT_SECONDS})
return {{string.format('%.17g', after[1] - now), string.format('%.17g', after[2] - now)}}"""


class ValkeyLedger:
    """All callers' numbers on one server."""

    name = "Valkey"

    def __init__(self, url: str) -> None:
        self._valkeys = Valkeys(url)

    async def settle(self, spendings: Sequence[Spending]) -> dict[str, tuple[float, ...]]:
        """See `Ledger`."""
        runs = [(f"parity:quota:{s.caller}", s[1:]) for s in spendings]
        try:
            results = await self._valkeys.run(SETTLE, runs)
        except ValkeyFailed as error:
            raise LedgerAway(str(error)) from error
        return {
            spending.caller: tuple(float(debt) for debt in debts)
            for spending, debts in zip(spendings, results, strict=True)
            if debts
        }

    async def close(self) -> None:
        await self._valkeys.close()
