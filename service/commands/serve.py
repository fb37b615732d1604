"""`parity serve`: database, migrations, bundled data, workers."""

import asyncio
import gc
import logging
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from threading import Thread
from types import FrameType
from typing import Any, NoReturn, cast

import click
from granian.constants import HTTPModes, Interfaces, Loops
from granian.http import HTTP1Settings
from granian.server.mp import MPServer, WorkerProcess

from service.commands import announce, beats, claims
from service.commands.base import Whole, connected, database_url, settings
from service.commands.failures import Mendable
from service.settings import Settings
from service.store.database import Database
from service.store.keeper import keeping
from service.store.secrets import seal_again
from service.telemetry import logs
from service.telemetry.exposition import shared_folder
from service.usecases.changes.shared_revision import shared_file
from service.usecases.imports.bundled import load_edition, n_loaded, release_edition

BUNDLED = Path(__file__).parents[1] / "data"
TRACING = "requirements-traces.txt"
# Of a request's head: in milliseconds; more bytes are 431.
HEADERS = HTTP1Settings(header_read_timeout=5000, max_buffer_size=65_536)
KILL_SECONDS = 25
CONNECTIONS = 4096  # of a worker; more wait until one of them ends
STEADY_SECONDS = 10.0  # a worker that has lived so long is started again at once
RESPAWN_PAUSE = 0.25
RESPAWN_PAUSE_MAX = 8.0
LOOK_SECONDS = 0.05

log = logging.getLogger("parity")


@click.command()
@click.option("--port", type=Whole(1, 65535), help="The port (PORT); 8000 by default.")
@click.option("--host", help="The address to listen at (HOST); this machine alone by default.")
def serve(port: int | None, host: str | None) -> None:
    """Serve the API; Ctrl-C stops everything."""
    for name, given in (("PORT", port), ("HOST", host)):
        if given is not None:
            os.environ[name] = str(given)
    with _stoppable():
        _serve(settings())


@contextmanager
def _stoppable() -> Iterator[None]:
    """Inside, SIGTERM leaves through every `finally`, also before the server listens to it."""
    before = signal.signal(signal.SIGTERM, _stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _stop(_: int, __: FrameType | None) -> NoReturn:
    sys.exit(128 + signal.SIGTERM)


def _serve(chosen: Settings) -> None:
    address = claims.address_of(chosen.host, chosen.port)
    claims.claim_port(address, chosen.port)
    _check_telemetry(chosen)
    logs.installed(chosen.log_form)
    loading = Thread(target=import_module, args=("service.app",))
    loading.start()  # while the database starts; the workers are forks and have it then
    with (
        claims.claimed(chosen),
        database_url(chosen, makes=True) as url,
        nullcontext() if chosen.database_url else keeping(chosen.data_dir),
        shared_file() as path,
        shared_folder(is_wanted=chosen.metrics is not None),
    ):
        asyncio.run(_prepare(url))
        own = {} if chosen.database_url else {"PARITY_DATABASE_URL": url}
        os.environ |= {**own, "PARITY_SHARED_FILE": path}
        loading.join()
        gc.collect()
        gc.freeze()  # what stands is shared with the workers, and not looked at again
        announce.start(chosen.port)
        Workers(
            "service.commands.worker:build",
            factory=True,
            address=address,
            port=chosen.port,
            interface=Interfaces.ASGI,
            workers=chosen.workers,
            loop=Loops.uvloop,
            http=HTTPModes.http1,
            websockets=False,
            http1_settings=HEADERS,
            backlog=CONNECTIONS,
            backpressure=CONNECTIONS,
            respawn_failed_workers=True,
            workers_kill_timeout=KILL_SECONDS,
            stall_seconds=chosen.stall_seconds,
            log_dictconfig={**logs.SERVER_LOGGING},
        ).serve()


class Workers(MPServer):
    """Granian's server ends where a worker dies twice within some seconds, and all the others with
    it. Here it is started again, ever later the oftener it dies; one that stands still for
    `stall_seconds` is killed, and started again like one that died."""

    def __init__(self, *given: Any, stall_seconds: float, **named: Any) -> None:
        super().__init__(*given, **named)
        self._deaths = Counter[int]()
        self._watch = beats.Watch(stall_seconds)

    def _spawn_worker(self, idx: int, target: Any, callback_loader: Any) -> WorkerProcess:  # type: ignore[override]
        beat = beats.Beat()
        worker: Any = super()._spawn_worker(idx, target, beat.loading(callback_loader))
        worker.beat = beat
        return cast("WorkerProcess", worker)

    def startup(self, spawn_target: Any, target_loader: Any) -> None:
        super().startup(spawn_target, target_loader)  # type: ignore[no-untyped-call]
        Thread(target=self._watch_over, name="watch", daemon=True).start()

    def _watch_over(self) -> None:
        while not self.interrupt_signal:
            now = time.monotonic()
            self._watch.look(now)
            worker: Any
            for worker in list(self.wrks):
                if self._watch.is_still(worker.beat.last, now):
                    log.error("worker-%d has stood still and is killed", worker.idx + 1)
                    worker.inner.kill()
            time.sleep(beats.LOOK_SECONDS)

    def _respawn_workers(
        self,
        workers: list[int],
        spawn_target: Callable[..., None],
        target_loader: Callable[..., Callable[..., Any]],
        delay: float = 0,
    ) -> None:
        for one in workers:
            self._rest(one)
            if self.interrupt_signal:
                return
            super()._respawn_workers([one], spawn_target, target_loader, delay)
        self.respawned_wrks.clear()  # by which it would tell that one died twice

    def _rest(self, one: int) -> None:
        """Wait before one that died is started again, as long as nobody wants to stop."""
        worker: Any = self.wrks[one]
        if worker.is_alive():
            return
        is_steady = time.monotonic() - worker.birth > STEADY_SECONDS
        self._deaths[one] = 0 if is_steady else self._deaths[one] + 1
        pause = RESPAWN_PAUSE * 2 ** min(self._deaths[one], 10) if self._deaths[one] else 0.0
        until = time.monotonic() + min(pause, RESPAWN_PAUSE_MAX)
        while time.monotonic() < until and not self.interrupt_signal:
            time.sleep(LOOK_SECONDS)


def _check_telemetry(chosen: Settings) -> None:
    """Raises Mendable where nobody could listen, or nothing is installed that makes spans."""
    if chosen.traces and not _is_installed("opentelemetry.exporter.otlp.proto.http"):
        raise Mendable(f"PARITY_TRACES: pip install --require-hashes -r {TRACING}.")
    if chosen.metrics is not None:
        address = claims.address_of(chosen.metrics.host, chosen.metrics.port)
        claims.claim_port(address, chosen.metrics.port, "PARITY_METRICS chooses")


def _is_installed(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


async def _prepare(url: str) -> None:
    async with connected(url, makes=True) as database:
        if (n_before := await n_loaded(database, BUNDLED)) is not None:
            await load_bundled(database, n_before)
        async with database.operate() as connection:
            await seal_again(connection, database.seal)
        if (release := await release_edition(database, BUNDLED)) is not None:
            click.echo(f"Revision {release.revision} is release {release.name}.")


async def load_bundled(database: Database, n_before: int = 0) -> None:
    """The data set that ships with the service, as the first revisions, or what is missing of it
    where so many files are there."""
    async for name, report in load_edition(database, BUNDLED, n_before):
        if report.failed:
            raise click.ClickException(f"{name}: {report.faults[0]}")
        click.echo(f"Loaded {report.created} records of {name} as revision {report.revision}.")
