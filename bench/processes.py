"""Processes that a bench starts, stops and watches: their CPU time and memory, from /proc."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

START_SECONDS = 120.0
STOP_SECONDS = 40.0
NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"
TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    """A program that listens on a port of this machine."""

    name: str
    port: int
    pid: int
    ready_seconds: float

    def get(self, target: str, headers: dict[str, str] | None = None) -> tuple[int, bytes]:
        """Status and body of one request, on a connection of its own."""
        return request(self.port, "GET", target, headers=headers)[:2]

    def raw(self, message: bytes) -> tuple[int, bytes]:
        """Status and body of a request in bytes, the last one of its connection."""
        head, _, body = message.partition(b"\r\n\r\n")
        first, *lines = head.decode().split("\r\n")
        method, target, _ = first.split()
        headers = dict(line.split(": ", 1) for line in lines)
        return request(self.port, method, target, body or None, headers)[:2]

    def headers(self, target: str) -> dict[str, str]:
        """Those of the answer, in small letters."""
        return request(self.port, "GET", target)[2]


def request(
    port: int,
    method: str,
    target: str,
    body: bytes | None = None,
    headers: dict[str, str] | None = None,
) -> tuple[int, bytes, dict[str, str]]:
    """Status, body and headers of one request, on a connection of its own."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, target, body, {"Accept": "application/json", **(headers or {})})
        answer = connection.getresponse()
        told = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, answer.read(), told
    finally:
        connection.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(
    name: str, command: list[str], port: int, ready: str, log: Path, environment: dict[str, str]
) -> Iterator[Server]:
    """A server until the block ends; `ready` is a target that answers without a fault of
    the server once it is up. It may keep its bytecode, as it may where it is at home.

    Raises RuntimeError with the end of its log if it does not come up.
    """
    inherited = {name: value for name, value in os.environ.items() if name != NO_BYTECODE}
    with log.open("ab") as told:
        process = subprocess.Popen(
            command,
            env={**inherited, **environment},
            stdout=told,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        seconds = _wait(process, port, ready)
        if seconds is None:
            end = log.read_text(errors="replace")[-2000:]
            raise RuntimeError(f"{name} did not come up:\n{end}")
        yield Server(name, port, process.pid, seconds)
    finally:
        _stop(process)


def _wait(process: subprocess.Popen[bytes], port: int, ready: str) -> float | None:
    began = time.monotonic()
    while process.poll() is None and time.monotonic() < began + START_SECONDS:
        try:
            if request(port, "GET", ready)[0] < 500:
                return time.monotonic() - began
        except (OSError, HTTPException):
            pass
        time.sleep(0.01)
    return None


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Also what it has started: all of it is of one session."""
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def tree(pid: int) -> list[int]:
    """A process and all that descend from it."""
    found, left = [], [pid]
    while left:
        found.append(left.pop())
        for children in Path(f"/proc/{found[-1]}/task").glob("*/children"):
            left.extend(map(int, _read(children).split()))
    return found


def has_ended(pid: int) -> bool:
    """Also where nobody has asked yet how it ended."""
    words = _read(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()
    return not words or words[0] in "ZX"


def cpu_seconds(roots: Iterable[int]) -> float:
    """What the trees have used so far, with those of their processes that have ended since.

    Of the living by the clock of each process, to the nanosecond; of the ended what their parents
    have waited for, in ticks.
    """
    return sum(_own(pid) + _ended(pid) for root in roots for pid in tree(root))


def _own(pid: int) -> float:
    try:
        return time.clock_gettime((~pid << 3) | 2)  # clock_getcpuclockid(3)
    except OSError:
        return 0.0


def _ended(pid: int) -> float:
    words = _read(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()
    return (int(words[13]) + int(words[14])) / TICK if words else 0.0


def memory_mib(pid: int) -> tuple[float, float]:
    """The proportional and the unique set size of a process."""
    sizes = dict.fromkeys(("Pss", "Private_Clean", "Private_Dirty"), 0)
    for line in _read(Path(f"/proc/{pid}/smaps_rollup")).splitlines():
        name, _, rest = line.partition(":")
        if name in sizes:
            sizes[name] = int(rest.split()[0])
    return sizes["Pss"] / 1024, (sizes["Private_Clean"] + sizes["Private_Dirty"]) / 1024


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""
