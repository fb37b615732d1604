"""Metrics for Prometheus. Labels are routes, methods and codes, never ids.

Where several processes serve, each writes its figures into files of a folder that all share, which
`PROMETHEUS_MULTIPROC_DIR` names: any of them answers for all, and counters outlive who counted.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Literal, TypeAlias

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from psutil import pid_exists

from service.telemetry.exposition import SHARED
from service.telemetry.requests import Seen
from service.telemetry.samples import Sample

SAMPLE_SECONDS = 1.0
BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
REFUSED = 429
Mode: TypeAlias = Literal["livesum", "livemax", "livemin"]


class Metrics:
    """Those of one process."""

    def __init__(self, sample: Callable[[], Sample]) -> None:
        self._sample = sample
        self._counted: dict[tuple[Counter, str], int] = {}
        self._own = CollectorRegistry()
        self._requests = self._counter("requests", "Requests.", "method", "route", "status")
        self._remembered = self._counter("remembered", "Answers out of memory.", "route")
        self._refusals = self._counter("quota_refusals", "Answers 429.", "route")
        self._attempts = self._counter("webhook_attempts", "Deliveries tried.", "outcome")
        self._seconds = Histogram(
            "parity_request_seconds",
            "Seconds until the answer has ended.",
            ["method", "route"],
            registry=self._own,
            buckets=BUCKETS,
        )
        self._connections = self._gauge("database_connections", "Connections.", "state")
        self._analyses = self._gauge("analyses", "Analyses in processes of their own.", "state")
        self._pictures = self._gauge("pictures", "Pictures being drawn.", "state")
        self._lanes = self._gauge("lane_requests", "Requests of a lane.", "lane", "state")
        self._places = self._gauge("lane_places", "How many a lane works on at most.", "lane")
        self._turned_away = self._counter("lane_refusals", "Answers 503 of a lane.", "lane")
        self._readers = self._gauge("replica_workers", "Workers that read it.", "replica")
        lag = "Seconds that it has lacked what a worker knows of."
        self._lag = self._gauge("replica_lag_seconds", lag, "replica", mode="livemax")
        self._workers = self._gauge("workers", "Processes that serve.")
        self._listening = self._gauge("listening_workers", "Those told of each commit.")
        newest, oldest = "The newest revision that a worker knows.", "That of who knows least."
        self._newest = self._gauge("revision", newest, mode="livemax")
        self._oldest = self._gauge("revision_oldest", oldest, mode="livemin")

    def _counter(self, name: str, doc: str, *labels: str) -> Counter:
        return Counter(f"parity_{name}", doc, labels, registry=self._own)

    def _gauge(self, name: str, doc: str, *labels: str, mode: Mode = "livesum") -> Gauge:
        return Gauge(f"parity_{name}", doc, labels, registry=self._own, multiprocess_mode=mode)

    def request(self, seen: Seen) -> None:
        """Count a request that is over."""
        self._requests.labels(seen.method, seen.route, seen.status).inc()
        self._seconds.labels(seen.method, seen.route).observe(seen.seconds)
        if seen.is_remembered:
            self._remembered.labels(seen.route).inc()
        if seen.status == REFUSED:
            self._refusals.labels(seen.route).inc()

    def sample(self) -> None:
        """Note how the process stands."""
        now = self._sample()
        by_state = (
            (self._connections, now.connections),
            (self._analyses, now.analyses),
            (self._pictures, now.pictures),
        )
        for gauge, states in by_state:
            for state, n in states.items():
                gauge.labels(state).set(n)
        self._workers.set(1)
        self._listening.set(now.is_listening)
        if now.revision >= 0:
            self._newest.set(now.revision)
            self._oldest.set(now.revision)
        for outcome, n in now.deliveries.items():
            self._count(self._attempts, outcome, n)
        self._sample_lanes(now)
        for number, replica in enumerate(now.replicas, start=1):
            self._readers.labels(str(number)).set(replica.is_read)
            self._lag.labels(str(number)).set(replica.lag)

    def _sample_lanes(self, now: Sample) -> None:
        for name, lane in now.lanes.items():
            self._lanes.labels(name, "working").set(lane.working)
            self._lanes.labels(name, "waiting").set(lane.waiting)
            self._places.labels(name).set(lane.places)
            self._count(self._turned_away, name, lane.refused)

    def _count(self, counter: Counter, label: str, n: int) -> None:
        """So many so far in this process."""
        counter.labels(label).inc(n - self._counted.get((counter, label), 0))
        self._counted[counter, label] = n

    @asynccontextmanager
    async def sampling(self) -> AsyncIterator[None]:
        """Once a second, for as long as the block lasts."""
        task = asyncio.create_task(self._sample_regularly())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.wait({task})

    async def _sample_regularly(self) -> None:
        while True:
            self.sample()
            await asyncio.sleep(SAMPLE_SECONDS)

    def exposition(self) -> bytes:
        """All of it in Prometheus's text format, of every process that shares the folder."""
        folder = os.environ.get(SHARED)
        if folder is None:
            return generate_latest(self._own)
        _forget_the_gone(Path(folder))
        together = CollectorRegistry()
        MultiProcessCollector(together, folder)  # type: ignore[no-untyped-call]
        return generate_latest(together)


def _forget_the_gone(folder: Path) -> None:
    """How a process stood that is no more counts for nothing; what it counted stays."""
    for file in folder.glob("gauge_live*.db"):
        pid = file.stem.rpartition("_")[2]
        if not pid_exists(int(pid)):
            file.unlink(missing_ok=True)
