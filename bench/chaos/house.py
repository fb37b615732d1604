"""A service with a PostgreSQL of its own under a folder, which can be killed in every part."""

import ctypes
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from http.client import HTTPException
from pathlib import Path
from typing import TypeAlias

import psutil

from bench.processes import START_SECONDS, STOP_SECONDS, free_port, has_ended, request
from bench.servers import GENEROUS

_PR_SET_CHILD_SUBREAPER = 36
_LOOK_SECONDS = 0.05
Settings: TypeAlias = Mapping[str, str]
Cores: TypeAlias = frozenset[int]


class House:
    """`parity serve` on a port that stays the same over its restarts."""

    def __init__(
        self,
        folder: Path,
        workers: int = 2,
        settings: Settings | None = None,
        cores: Cores | None = None,
    ) -> None:
        self.folder, self.port, self._cores = folder, free_port(), cores
        self.environment = {
            **os.environ,
            **GENEROUS,
            "PARITY_DATA_DIR": str(folder / "parity"),
            "PARITY_WORKERS": str(workers),
            "PORT": str(self.port),
            **(settings or {}),
        }
        self._process: subprocess.Popen[bytes] | None = None
        adopt()

    def start(self) -> float:
        """Start it, if it does not run; the seconds until it is ready.

        Raises RuntimeError with the end of its log.
        """
        began = time.monotonic()
        if self._process is None or self._process.poll() is not None:
            self.launch()
        self.until_ready()
        return time.monotonic() - began

    def launch(self) -> None:
        """Start it and wait for nothing."""
        with (self.folder / "log").open("ab") as told:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "service", "serve"],
                env=self.environment,
                stdout=told,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        if self._cores is not None:  # it has just begun, and all that it starts inherits them
            os.sched_setaffinity(self._process.pid, self._cores)

    def until_ready(self) -> None:
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            with suppress(OSError, HTTPException):
                if request(self.port, "GET", "/health/ready")[0] == 200:
                    return
            if self.has_ended:
                self.launch()
            time.sleep(_LOOK_SECONDS)
        raise RuntimeError((self.folder / "log").read_text(errors="replace")[-2000:])

    @property
    def has_ended(self) -> bool:
        return self._process is None or self._process.poll() is not None

    @property
    def master(self) -> psutil.Process:
        assert self._process is not None, "it was started"
        return psutil.Process(self._process.pid)

    @property
    def workers(self) -> list[psutil.Process]:
        """Those that answer requests: forks of the master, and none of its helpers."""
        own = self.master.cmdline()
        return [child for child in self.master.children() if _words(child) == own]

    @property
    def postmaster(self) -> psutil.Process:
        pid = (self.folder / "parity" / "postgres" / "postmaster.pid").read_text().split()[0]
        return psutil.Process(int(pid))

    def signal(self, number: int) -> None:
        """To the master."""
        self.master.send_signal(number)

    def key(self) -> str:
        """A key that may do everything."""
        return self.run("keys", "create", f"chaos-{secrets.token_hex(4)}", "--scopes", "admin")

    def run(self, *words: str) -> str:
        """A command of the service; the last word that it prints. Raises RuntimeError."""
        command = [sys.executable, "-m", "service", *words]
        told = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, check=False
        )
        if told.returncode:
            raise RuntimeError(f"{' '.join(words)}: {told.stderr[-500:]}")
        return told.stdout.split()[-1] if told.stdout.split() else ""

    def stop(self) -> None:
        """All that it has started, too."""
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        bury()


def _words(process: psutil.Process) -> list[str]:
    """Its command line; none of one that has ended."""
    try:
        return list(process.cmdline())
    except psutil.Error:
        return []


@contextmanager
def house(
    folder: Path,
    workers: int = 2,
    settings: Settings | None = None,
    cores: Cores | None = None,
) -> Iterator[House]:
    """Started and ready, until the block ends; `settings` are environment variables."""
    with ground(folder, workers, settings, cores) as made:
        made.start()
        yield made


@contextmanager
def ground(
    folder: Path,
    workers: int = 2,
    settings: Settings | None = None,
    cores: Cores | None = None,
) -> Iterator[House]:
    """Not started; whatever was started of it in the block is stopped after it."""
    folder.mkdir(exist_ok=True)
    folder.chmod(0o755)
    made = House(folder, workers, settings, cores)
    try:
        yield made
    finally:
        made.stop()


@contextmanager
def apart(folder: Path, settings: Settings | None = None) -> Iterator[House]:
    """A house with PostgreSQL on all cores but one, and the clients on that one."""
    every = os.sched_getaffinity(0)
    own = {max(every)}
    with house(folder, settings=settings, cores=frozenset(every - own or own)) as made:
        os.sched_setaffinity(0, own)
        try:
            yield made
        finally:
            os.sched_setaffinity(0, every)


def adopt() -> None:
    """Become the parent of what is left when a parent is killed: somebody has to bury it."""
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def bury() -> None:
    """Those of the adopted that have ended."""
    for child in psutil.Process().children():
        with suppress(ChildProcessError):
            if has_ended(child.pid):
                os.waitpid(child.pid, os.WNOHANG)


def kill(process: psutil.Process) -> None:
    """At once, and gone when this returns."""
    with suppress(psutil.NoSuchProcess):
        process.kill()
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        bury()
        if has_ended(process.pid):
            return
        time.sleep(0.01)
