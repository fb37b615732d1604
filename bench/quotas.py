"""What counting costs: the same requests with quotas and without, alternating in one run.

python -m bench.quotas [ROUNDS REQUESTS SIDE_BY_SIDE]; the application in this process, no socket,
on the bundled data in an embedded PostgreSQL.
"""

import asyncio
import logging
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import msgspec

from service.app import create
from service.commands.serving import load_bundled
from service.model.quotas import Quota
from service.settings import Settings
from service.store.database import Database
from service.store.embedded import embedded
from service.store.schema import migrate

TARGETS = {
    "a record, remembered": ("/v1/products/kimi", ""),
    "a list of 50, remembered": ("/v1/products", "lang=en"),
    "a 304 (charged, given back)": ("/v1/products/kimi", "*"),
}
FREELY = Quota(burst=10**9, hour=10**9)
NONE = Quota(burst=0, hour=0)


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


async def compare(url: str, rounds: int, count: int, side_by_side: int) -> None:
    await migrate(url)
    database = Database(url)
    await database.open()
    await load_bundled(database)
    settings = Settings.from_environment()
    apps = [
        create(database, msgspec.structs.replace(settings, quota=quota)) for quota in (NONE, FREELY)
    ]
    for name, target in TARGETS.items():
        rates: list[list[float]] = [[], []]
        for _ in range(rounds):
            for app, kept in zip(apps, rates, strict=True):
                kept.append(await per_second(app, target, count, side_by_side))
        free, counted = (statistics.median(kept) for kept in rates)
        print(
            f"{name:28} {free:7.0f} /s free {counted:7.0f} /s counted  ratio {free / counted:.2f}"
        )
    await database.close()


def main() -> None:
    rounds, count, side_by_side = [int(word) for word in sys.argv[1:]] or [7, 800, 4]
    logging.getLogger("httpx").setLevel(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        with embedded(Path(folder) / "parity") as url:
            asyncio.run(compare(url, rounds, count, side_by_side))


if __name__ == "__main__":
    main()
