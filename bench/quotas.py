"""What counting costs: the same requests without quotas, settled in PostgreSQL, and in Valkey.

python -m bench.quotas [ROUNDS REQUESTS SIDE_BY_SIDE]; the application in this process, no socket,
on the bundled data in an embedded PostgreSQL, all three alternating in one run. Without a
valkey-server or redis-server on this machine Valkey is left out. Then an admission by itself, and
how often the ledger is asked about callers near their limit.
"""

import asyncio
import logging
import statistics
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import msgspec

from service.app import create
from service.commands.serve import load_bundled
from service.model.quotas import Quota
from service.settings import ANONYMOUS_QUOTA, Settings
from service.store.database import Database
from service.store.embedded import embedded
from service.store.rate_limits import DatabaseLedger
from service.store.schema import migrate
from service.usecases import keys
from service.usecases.allowances import Allowances
from service.usecases.rate_limiter import Meter
from tests.valkeys import binary, valkeys

TARGETS = {
    "a record, remembered": ("/v1/products/kimi", ""),
    "a list of 50, remembered": ("/v1/products", "lang=en"),
    "a 304 (charged, given back)": ("/v1/products/kimi", "*"),
}
FREELY = Quota(burst=10**9, hour=10**9)
NONE = Quota(burst=0, hour=0)
ADDRESS, TIMES = "203.0.113.1", 100_000


async def ask(app: Any, path: str, query: str) -> int:
    """One request as a server would hand it over; its status."""
    headers = [(b"host", b"localhost")]
    if query == "*":
        headers.append((b"if-none-match", b"*"))
    scope = {
        "type": "http", "method": "GET", "path": path, "raw_path": path.encode(),
        "query_string": query.replace("*", "").encode(), "headers": headers,
        "client": ("203.0.113.1", 1), "server": ("localhost", 80), "scheme": "http",
        "http_version": "1.1", "root_path": "", "asgi": {"version": "3.0"},
    }  # fmt: skip
    seen: list[int] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            seen.append(message["status"])

    await app(scope, receive, send)
    return seen[0]


async def per_second(app: Any, target: tuple[str, str], count: int, side_by_side: int) -> float:
    async def some() -> None:
        for _ in range(count // side_by_side):
            status = await ask(app, *target)
            if status not in (200, 304):
                raise RuntimeError(f"status {status}")

    began = time.perf_counter()
    await asyncio.gather(*(some() for _ in range(side_by_side)))
    return count / (time.perf_counter() - began)


async def compare(url: str, folder: Path, rounds: int, count: int, side_by_side: int) -> None:
    await migrate(url)
    database = Database(url)
    await database.open()
    await load_bundled(database)
    settings = Settings.from_environment()
    async with AsyncExitStack() as stack:
        variants = {"free": {"quota": NONE}, "PostgreSQL": {"quota": FREELY}}
        if binary() is not None:
            server = await stack.enter_async_context(valkeys(folder))
            variants["Valkey"] = {"quota": FREELY, "valkey_url": server.url}
        apps = {
            name: create(database, msgspec.structs.replace(settings, **changes))
            for name, changes in variants.items()
        }
        for name, target in TARGETS.items():
            rates = await medians(apps, target, rounds, count, side_by_side)
            print(f"{name:28} {rates['free']:7.0f} /s free", end="")
            for variant, rate in list(rates.items())[1:]:
                print(f"  {rate:7.0f} /s {variant} ({rates['free'] / rate:.2f})", end="")
            print()
    await admissions(database)
    await near_the_limit(database)
    await database.close()


async def admissions(database: Database) -> None:
    """Processor time, in microseconds: identify, charge, and write the header fields, by memory."""
    meter = Meter(database, FREELY, FREELY, is_heard=lambda: True)
    _, secret = await keys.create(database, "bench", ["read"], None)
    for name, given in {"without a key": None, "with a key": secret}.items():
        await meter.admit(given, ADDRESS, 1)
        began = time.process_time()
        for _ in range(TIMES):
            visit = meter.admit_now(given, ADDRESS, 1)
            assert visit is not None
            assert visit.standing.fields
        print(f"an admission {name:15} {(time.process_time() - began) / TIMES * 1e6:7.1f} us")
    await meter.close()


async def near_the_limit(database: Database) -> None:
    """Questions to the ledger by one caller who asks for as much as the default quota gives."""
    for workers in (1, 2, 4):
        allowances = Allowances(DatabaseLedger(database), workers)
        meter = Meter(database, ANONYMOUS_QUOTA, ANONYMOUS_QUOTA, allowances)
        asked = 0
        for _ in range(100):
            if meter.admit_now(None, f"{ADDRESS}/{workers}", 1) is None:
                asked += 1
                await meter.admit(None, f"{ADDRESS}/{workers}", 1)
            await asyncio.sleep(1 / ANONYMOUS_QUOTA.burst)
        print(f"at the limit, {workers} workers: {asked} of 100 requests wait for the ledger")
        await meter.close()


async def medians(
    apps: dict[str, Any], target: tuple[str, str], rounds: int, count: int, side_by_side: int
) -> dict[str, float]:
    """Requests a second of each, in turns."""
    rates: dict[str, list[float]] = {name: [] for name in apps}
    for _ in range(rounds):
        for name, app in apps.items():
            rates[name].append(await per_second(app, target, count, side_by_side))
    return {name: statistics.median(kept) for name, kept in rates.items()}


def main() -> None:
    rounds, count, side_by_side = [int(word) for word in sys.argv[1:]] or [7, 800, 4]
    logging.disable(logging.WARNING)  # the servers end before the applications do
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        with embedded(Path(folder) / "parity") as url:
            asyncio.run(compare(url, Path(folder), rounds, count, side_by_side))


if __name__ == "__main__":
    main()
