"""A failover with a writer and readers: what each of them was answered, and when."""

import asyncio
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import pairwise

import httpx

from service.store.database import Database
from service.store.schema import migrate
from tests.clients import WHY, watched_as
from tests.clusters import Cluster, clusters, primary, standby
from tests.make import SMALL, new_key, put_all
from tests.postgres import admin

READERS = 3
CALM_SECONDS, AFTER_SECONDS = 2.0, 6.0
Break = Callable[[Cluster], None]


@dataclass
class Log:
    """Seconds are since the primary failed. `written` are the names that were acknowledged with
    the revision of each, `unknown` those of writes that failed; `seen` what each reader saw."""

    began: float = field(default_factory=time.monotonic)
    written: dict[str, int] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    refused: list[tuple[float, int]] = field(default_factory=list)
    seen: list[list[tuple[float, int]]] = field(
        default_factory=lambda: [[] for _ in range(READERS)]
    )
    failed_reads: int = 0
    stored: dict[str, int] = field(default_factory=dict)
    old_line_writes: int = 0
    acknowledged_at: list[float] = field(default_factory=list)
    failed_at: float = 0.0
    promoted_at: float = 0.0
    lines: list[str] = field(default_factory=list)

    def tell(self, text: str) -> None:
        self.lines.append(f"{time.monotonic() - self.failed_at:+7.2f} s  {text}")

    @property
    def lost(self) -> list[str]:
        """Writes that were acknowledged and are not there."""
        return [name for name in self.written if name not in self.stored]

    @property
    def n_back(self) -> int:
        """How often a reader saw an earlier revision than before."""
        return sum(later[1] < earlier[1] for one in self.seen for earlier, later in pairwise(one))

    @property
    def pause(self) -> float:
        """Seconds from the promotion to the first write that was acknowledged after it."""
        return min(at for at in self.acknowledged_at if at > self.promoted_at) - self.promoted_at


@asynccontextmanager
async def followed() -> AsyncIterator[tuple[Cluster, Cluster]]:
    """A primary with an empty base, and its standby."""
    with clusters() as folder:
        first = primary(folder)
        await admin(first.url.replace("/parity", "/postgres"), "CREATE DATABASE parity")
        await migrate(first.url)
        yield first, standby(first, "second")


def either(*hosts: Cluster) -> str:
    """The address of whichever of them takes writes."""
    named = ",".join(f"127.0.0.1:{host.port}" for host in hosts)
    return f"postgresql://postgres@{named}/parity"


def killed(cluster: Cluster) -> None:
    cluster.signal(signal.SIGKILL)


def frozen(cluster: Cluster) -> None:
    cluster.signal(signal.SIGSTOP)


async def fail_over(fail: Break, *, returns: bool = False) -> Log:
    """A primary with a synchronous standby fails, the standby is promoted a second later; where it
    `returns` the old one goes on after that."""
    async with followed() as (first, second):
        first.set("synchronous_standby_names = 'second'")
        own = Database(either(first, second), replica_urls=[second.url])
        await own.open()
        log = Log()
        async with watched_as(own) as (client, _):
            await put_all(own, *SMALL)
            _, secret = await new_key(own, "write")
            client.headers["authorization"] = f"Bearer {secret}"
            await _watched(log, client, lambda: _happens(log, first, second, fail, returns))
        await own.close()
        await _settle(log, first, second, returns)
    return log


async def _watched(
    log: Log, client: httpx.AsyncClient, happens: Callable[[], Awaitable[None]]
) -> None:
    """Write and read until what happens is over."""
    at_work = [asyncio.create_task(_writes(log, client))]
    at_work += [asyncio.create_task(_reads(log, client, n)) for n in range(READERS)]
    try:
        await happens()
    finally:
        for task in at_work:
            task.cancel()
        for outcome in await asyncio.gather(*at_work, return_exceptions=True):
            if isinstance(outcome, Exception):
                raise outcome


async def _happens(log: Log, first: Cluster, second: Cluster, fail: Break, returns: bool) -> None:
    await asyncio.sleep(CALM_SECONDS)
    log.failed_at = time.monotonic()
    await asyncio.to_thread(fail, first)
    log.tell(f"the primary is {fail.__name__}; {len(log.written)} writes acknowledged")
    await asyncio.sleep(1.0)
    await asyncio.to_thread(second.promote)
    log.promoted_at = time.monotonic()
    log.tell("the standby is promoted")
    await admin(second.url, "ALTER SYSTEM SET synchronous_standby_names = ''")
    await admin(second.url, "SELECT pg_reload_conf()")
    async with asyncio.timeout(60):
        while log.acknowledged_at[-1] < log.promoted_at:  # noqa: ASYNC110  # nobody tells
            await asyncio.sleep(0.01)
    log.tell("a write is acknowledged again")
    if returns:
        await asyncio.to_thread(first.signal, signal.SIGCONT)
        log.tell("the old primary goes on")
    await asyncio.sleep(AFTER_SECONDS)
    log.tell(f"the end; {len(log.written)} writes acknowledged")


async def _writes(log: Log, client: httpx.AsyncClient) -> None:
    n = 0
    while True:
        n += 1
        name = f"written-{n:05}"
        body = {"name": name, "launched": "2024", "vendor_id": "acme", "market_ids": ["m"], **WHY}
        answer = await client.put(f"/v1/products/{name}", json=body)
        if answer.is_success:
            log.written[name] = int(answer.headers["dataset-revision"])
            log.acknowledged_at.append(time.monotonic())
        else:
            log.unknown.append(name)
            log.refused.append((time.monotonic(), answer.status_code))
            assert answer.status_code in (503, 504), answer.text
        await asyncio.sleep(0.01)


async def _reads(log: Log, client: httpx.AsyncClient, reader: int) -> None:
    n = 0
    while True:
        n += 1
        answer = await client.get(f"/v1/vendors?limit={1 + n % 100}")
        if answer.is_success:
            revision = int(answer.headers["dataset-revision"])
            log.seen[reader].append((time.monotonic(), revision))
        else:
            log.failed_reads += 1
            assert answer.status_code in (503, 504), answer.text
        await asyncio.sleep(0.01)


async def _settle(log: Log, first: Cluster, second: Cluster, returns: bool) -> None:
    """What the new primary holds, and what the old one took after it was left."""
    log.stored = await _stored(second)
    if returns:
        there = await _stored(first)
        log.old_line_writes = sum(name not in log.stored for name in there)


async def _stored(cluster: Cluster) -> dict[str, int]:
    own = Database(cluster.url)
    await own.open()
    async with own.read() as read:
        rows = await read.connection.fetch("SELECT id, revision FROM product")
    await own.close()
    return {row["id"]: row["revision"] for row in rows}
