"""What a request's CPU time goes into: asks the application of one tree, in this process.

python -m bench.profiled, with PYTHONPATH a tree of the service, of this commit or of an older one,
and then that of the bench; what is imported of the service is there in both. Prints JSON, by
question: `cpu` and `postgres`, µs a request without the profiler, and `parts`, the share of `cpu`
by part, of a second run under cProfile.
"""

import asyncio
import cProfile
import json
import os
import pstats
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import asynccontextmanager
from datetime import date, timedelta
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from bench.processes import cpu_seconds
from bench.servers import GENEROUS

TREE = Path(os.environ["PYTHONPATH"].split(os.pathsep)[0]).resolve()
DAYS = [date(2024, 1, 1) + timedelta(n) for n in range(800)]
MARKET = "/v1/markets/chat-assistants"
QUESTIONS = {
    "hot record": (2000, lambda _: "/v1/products/kimi"),
    "hot list": (2000, lambda _: "/v1/adoptions?limit=50"),
    "cold record": (300, lambda n: f"/v1/products/kimi?on={DAYS[n]}"),
    "cold list": (300, lambda n: f"/v1/adoptions?limit=50&date__gte={DAYS[n]}"),
    "cold homogenization": (
        60,
        lambda n: f"/v1/markets/chat-assistants/homogenization?on={DAYS[n]}",
    ),
}
WARM = 20  # requests before the first that counts
OWN = ("api", "query", "store", "usecases", "formats", "maths", "model")
LIBRARIES = ("litestar", "asyncpg", "numpy", "scipy", "msgspec", "asyncio")
QUIET = {
    "PARITY_JOBS": "false",
    "PARITY_WORKERS": "1",
    "PARITY_ANALYSIS_PROCESSES": "0",
    "PARITY_PICTURE_PROCESSES": "0",
}


def part_of(file: str) -> str:
    """The part of the house, or the library, that a function belongs to."""
    path = Path(file)
    if path.is_relative_to(TREE / "service"):
        inside = path.relative_to(TREE / "service").parts[0].removesuffix(".py")
        return inside if inside in OWN else "model"
    names = [name for name in LIBRARIES if f"/{name}/" in file]
    return names[0] if names else "other"


def shares(profile: cProfile.Profile) -> dict[str, float]:
    """By part; what is written in C counts with whoever called it."""
    spent: Counter[str] = Counter()
    for (file, _, _), (_, _, own, _, callers) in pstats.Stats(profile).stats.items():
        if file != "~":
            spent[part_of(file)] += own
            continue
        for (caller, _, _), (_, _, by_caller, _) in callers.items():
            spent["other" if caller == "~" else part_of(caller)] += by_caller
    whole = sum(spent.values())
    return {part: seconds / whole for part, seconds in spent.items()}


class Client:
    """Requests to an ASGI application in the same process; all are to be 200."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self.status = 0
        self.body = b""
        self.has_asked = False

    async def get(self, target: str) -> None:
        path, _, query = target.partition("?")
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "server": ("127.0.0.1", 8000),
            "client": ("127.0.0.1", 5000),
            "root_path": "",
            "path": unquote(path),
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "headers": [(b"host", b"127.0.0.1:8000"), (b"accept", b"application/json")],
            "state": {},
        }
        self.has_asked = False
        await self.app(scope, self._receive, self._send)
        if self.status != 200:
            raise SystemExit(f"{target}: {self.status} {self.body.decode()}")

    async def _receive(self) -> dict[str, Any]:
        if self.has_asked:
            await asyncio.Event().wait()  # the client stays
        self.has_asked = True
        return {"type": "http.request", "body": b"", "more_body": False}

    async def _send(self, message: dict[str, Any]) -> None:
        self.status = message.get("status", self.status)
        self.body = message.get("body", b"")


@asynccontextmanager
async def living(app: Any):  # type: ignore[no-untyped-def]
    """Inside, the application is started, by the protocol of ASGI."""
    started, ending = asyncio.Event(), asyncio.Event()

    async def receive() -> dict[str, Any]:
        if started.is_set():
            await ending.wait()
            return {"type": "lifespan.shutdown"}
        return {"type": "lifespan.startup"}

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "lifespan.startup.failed":
            raise SystemExit(message["message"])
        started.set()

    task = asyncio.create_task(app({"type": "lifespan", "asgi": {"version": "3.0"}}, receive, send))
    await started.wait()
    yield
    ending.set()
    await task


async def measured(client: Client, root: int) -> dict[str, dict[str, Any]]:
    found = {}
    for name, (n, target) in QUESTIONS.items():
        numbers = count()
        for _ in range(WARM):
            await client.get(target(next(numbers)))
        print(name, file=sys.stderr, flush=True)
        before, began = cpu_seconds([root]), time.process_time()
        for _ in range(n):
            await client.get(target(next(numbers)))
        used, theirs = time.process_time() - began, cpu_seconds([root]) - before
        parts = shares(await _profiled(client, [target(next(numbers)) for _ in range(n // 2)]))
        found[name] = {"cpu": 1e6 * used / n, "postgres": 1e6 * theirs / n, "parts": parts}
    return found


async def _profiled(client: Client, targets: list[str]) -> cProfile.Profile:
    profile = cProfile.Profile(time.process_time)
    profile.enable()
    for target in targets:
        await client.get(target)
    profile.disable()
    profile.create_stats()
    return profile


def work_here(loop: asyncio.AbstractEventLoop) -> None:
    """What would be worked on in a thread is worked on in this one, which the profiler sees."""

    def at_once(_: object, call: Callable[..., Any], *given: Any) -> asyncio.Future[Any]:
        future = loop.create_future()
        future.set_result(call(*given))
        return future

    loop.run_in_executor = at_once  # type: ignore[assignment, method-assign]


async def _asked(url: str, root: int) -> dict[str, dict[str, Any]]:
    from service.store.database import Database
    from service.store.schema import migrate

    try:
        serve = import_module("service.commands.serve")
    except ModuleNotFoundError:
        serve = import_module("service.commands.serving")
    await migrate(url)
    database = Database(url)
    await database.open()
    await serve.load_bundled(database)
    await database.close()
    app = import_module("service.app").build()
    async with living(app):
        work_here(asyncio.get_running_loop())
        return await measured(Client(app), root)


def main() -> None:
    from service.store.embedded import embedded

    with tempfile.TemporaryDirectory(prefix="parity-profiled-") as folder:
        Path(folder).chmod(0o755)
        with embedded(Path(folder)) as url:
            root = int((Path(folder) / "postgres" / "postmaster.pid").read_text().split()[0])
            os.environ |= {
                **GENEROUS,
                **QUIET,
                "PARITY_DATABASE_URL": url,
                "PARITY_DATA_DIR": folder,
            }
            told = sys.stdout
            sys.stdout = sys.stderr
            found = asyncio.run(_asked(url, root))
            print(json.dumps(found), file=told)


if __name__ == "__main__":
    main()
