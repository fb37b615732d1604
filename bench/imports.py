"""What a large import does to a light question: /health/live idle, and while rows are imported.

KEY=parity_... python -m bench.imports URL [ROWS]; posts ROWS (100,000) adoptions of a made-up
market to a running service as a job and polls it to its end. Prints p50 and p99 of both phases.
"""

import asyncio
import json
import os
import sys
import time
from collections.abc import Iterator

import httpx
import numpy as np

FEATURES = 500
SECONDS = 10.0


def lines(rows: int, run: str) -> Iterator[bytes]:
    """A market of its own, its products, and `rows` adoptions of them."""
    products = rows // FEATURES + 1
    yield _line(kind="market", id=f"m-{run}")
    yield _line(kind="vendor", id=f"v-{run}")
    for n in range(FEATURES):
        yield _line(kind="feature", id=f"f-{run}-{n}")
    for n in range(products):
        yield _line(
            kind="product", id=f"p-{run}-{n}", vendor=f"v-{run}", markets=[f"m-{run}"],
            launched="2024",
        )  # fmt: skip
    for n in range(rows):
        yield _line(
            kind="adoption", product=f"p-{run}-{n // FEATURES}", feature=f"f-{run}-{n % FEATURES}",
            stage="ga", date="2024-05", sources=[f"urn:bench:{run}:{n % 50}"],
        )  # fmt: skip


def _line(**record: object) -> bytes:
    return json.dumps(record).encode() + b"\n"


async def light(client: httpx.AsyncClient, until: asyncio.Event) -> np.ndarray:
    """Milliseconds of one request after the other, a hundredth of a second apart."""
    spent = []
    while not until.is_set():
        began = time.perf_counter()
        (await client.get("/health/live")).raise_for_status()
        spent.append(1000 * (time.perf_counter() - began))
        await asyncio.sleep(0.01)
    return np.array(spent)


async def idle(client: httpx.AsyncClient) -> np.ndarray:
    until = asyncio.Event()
    asyncio.get_running_loop().call_later(SECONDS, until.set)
    return await light(client, until)


async def imported(
    client: httpx.AsyncClient, body: bytes, until: asyncio.Event
) -> dict[str, object]:
    answer = await client.post(
        "/v1/imports?comment=bench", content=body, timeout=60,
        headers={"content-type": "application/x-ndjson"},
    )  # fmt: skip
    job = answer.raise_for_status().json()
    while job["status"] in ("queued", "running"):
        await asyncio.sleep(0.2)
        job = (await client.get(job["href"])).raise_for_status().json()
    until.set()
    return dict(job)


async def main() -> None:
    url, rows = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    headers = {"authorization": f"Bearer {os.environ['KEY']}"}
    body = b"".join(lines(rows, f"{int(time.time())}"))
    async with httpx.AsyncClient(base_url=url, trust_env=False, headers=headers) as client:
        still = await idle(client)
        until, began = asyncio.Event(), time.perf_counter()
        job, loaded = await asyncio.gather(imported(client, body, until), light(client, until))
        spent = time.perf_counter() - began
    for name, found in (("idle", still), ("loaded", loaded)):
        p50, p99 = np.quantile(found, (0.5, 0.99))
        print(f"{name:7} p50 {p50:6.1f} ms   p99 {p99:6.1f} ms   most {found.max():6.1f} ms"
              f"   of {len(found)}")  # fmt: skip
    print(f"{len(body) / 1e6:.1f} MB, {spent:.1f} s, {job['status']}, {job['counts']}")


if __name__ == "__main__":
    asyncio.run(main())
