"""What heavy questions do to a light one: /health/live idle, and while analyses run.

python -m bench.liveness URL [SECONDS]; asks a running service (make serve), whose answers must not
be remembered: every heavy question has a confidence of its own. Prints p50 and p99 of both phases.
"""

import asyncio
import sys
import time
from itertools import count

import httpx
import numpy as np

HEAVY = (
    "/v1/markets/chat-assistants/homogenization?confidence={:.6f}",
    "/v1/markets/chat-assistants/time-to-copy?confidence={:.6f}",
    "/v1/features/memory/forecast?market=chat-assistants&confidence={:.6f}",
)
CLIENTS = 4


async def light(client: httpx.AsyncClient, seconds: float) -> np.ndarray:
    """Milliseconds of one request after the other, a hundredth of a second apart."""
    spent, until = [], time.monotonic() + seconds
    while time.monotonic() < until:
        began = time.perf_counter()
        (await client.get("/health/live")).raise_for_status()
        spent.append(1000 * (time.perf_counter() - began))
        await asyncio.sleep(0.01)
    return np.array(spent)


async def heavy(client: httpx.AsyncClient, numbers: "count[int]", answered: list[int]) -> None:
    while True:
        n = next(numbers)
        address = HEAVY[n % len(HEAVY)].format(0.8 + n / 1e6)
        answered.append((await client.get(address, timeout=60)).raise_for_status().status_code)


async def main() -> None:
    url, seconds = sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else 20.0
    async with httpx.AsyncClient(base_url=url, trust_env=False) as client:
        for address in HEAVY:
            (await client.get(address.format(0.95), timeout=60)).raise_for_status()
        idle = await light(client, seconds)
        numbers, answered = count(int(time.time()) % 100_000), list[int]()
        loads = [asyncio.create_task(heavy(client, numbers, answered)) for _ in range(CLIENTS)]
        loaded = await light(client, seconds)
        for load in loads:
            load.cancel()
        await asyncio.gather(*loads, return_exceptions=True)
    for name, spent in (("idle", idle), ("loaded", loaded)):
        p50, p99 = np.quantile(spent, (0.5, 0.99))
        print(f"{name:7} p50 {p50:6.1f} ms   p99 {p99:6.1f} ms   of {len(spent)}")
    print(f"{len(answered)} heavy answers; p99 differs by "
          f"{np.quantile(loaded, 0.99) - np.quantile(idle, 0.99):.1f} ms (limit 50)")  # fmt: skip


if __name__ == "__main__":
    asyncio.run(main())
