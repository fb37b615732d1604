"""A load generator that costs less than what it measures: raw sockets, requests as bytes, epoll.

Connections are kept alive; each sends its next request when its answer is there. Every answer's
status is counted, and its end found by its length or its last chunk.
"""

import re
import select
import socket
import statistics
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bench.processes import Server, cpu_seconds

LENGTH = re.compile(rb"(?i)\r\ncontent-length: *(\d+)")
CHUNKED = re.compile(rb"(?i)\r\ntransfer-encoding: *chunked")
CLOSES = re.compile(rb"(?i)\r\nconnection: *close")
BODILESS = (204, 304)
PATIENCE_SECONDS = 60.0


def get(target: str, **headers: str) -> bytes:
    """A GET; `If_None_Match` stands for If-None-Match."""
    return _message("GET", target, headers, b"")


def post(target: str, body: bytes, **headers: str) -> bytes:
    return _message("POST", target, headers, body)


def patch(target: str, body: bytes, headers: dict[str, str]) -> bytes:
    return _message("PATCH", target, headers, body)


def _message(method: str, target: str, headers: dict[str, str], body: bytes) -> bytes:
    lines = [f"{method} {target} HTTP/1.1", "Host: 127.0.0.1", "Accept: application/json"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


class Load(NamedTuple):
    """What was asked in `seconds`; status 0: the connection ended before the answer did."""

    n: int
    seconds: float
    statuses: Counter[int]
    size: int
    own_seconds: float
    waits: list[float]


@dataclass
class _Connection:
    sock: socket.socket
    began: float = 0.0
    heard: bytearray = field(default_factory=bytearray)
    end: int | None = None
    status: int = 0


class _Driver:
    def __init__(self, port: int, requests: Iterator[bytes], until: float) -> None:
        self.port, self.requests, self.until = port, requests, until
        self.epoll = select.epoll()
        self.open: dict[int, _Connection] = {}
        self.statuses: Counter[int] = Counter()
        self.waits: list[float] = []
        self.size = 0

    def start(self) -> None:
        sock = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE_SECONDS)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.epoll.register(sock, select.EPOLLIN)
        connection = self.open[sock.fileno()] = _Connection(sock)
        self.send(connection)

    def send(self, connection: _Connection) -> None:
        message = next(self.requests, None) if time.perf_counter() < self.until else None
        if message is None:
            self.close(connection)
            return
        connection.began = time.perf_counter()
        connection.sock.sendall(message)

    def close(self, connection: _Connection) -> None:
        self.epoll.unregister(connection.sock)
        del self.open[connection.sock.fileno()]
        connection.sock.close()

    def run(self) -> None:
        last = time.perf_counter()
        while self.open:
            ready = self.epoll.poll(1.0)
            if ready:
                last = time.perf_counter()
            elif time.perf_counter() > last + PATIENCE_SECONDS:
                raise TimeoutError(f"no answer within {PATIENCE_SECONDS:.0f} s")
            for number, _ in ready:
                self.hear(self.open[number])

    def hear(self, connection: _Connection) -> None:
        part = connection.sock.recv(262_144)
        heard = connection.heard
        heard += part
        if connection.end is None:
            self.head(connection)
        whole = connection.end is not None and (
            len(heard) >= connection.end if connection.end else heard.endswith(b"0\r\n\r\n")
        )
        if not whole and part:
            return
        self.count(connection, whole=whole)
        if part and not CLOSES.search(heard, 0, heard.find(b"\r\n\r\n") + 2):
            connection.heard, connection.end = bytearray(), None
            self.send(connection)
        else:
            self.close(connection)
            self.start()

    def head(self, connection: _Connection) -> None:
        """Where the answer ends; 0: with its last chunk."""
        heard = connection.heard
        if (at := heard.find(b"\r\n\r\n")) < 0:
            return
        connection.status = int(heard[9:12])
        if connection.status in BODILESS:
            connection.end = at + 4
        elif CHUNKED.search(heard, 0, at + 2):
            connection.end = 0
        else:
            length = LENGTH.search(heard, 0, at + 2)
            connection.end = at + 4 + (int(length[1]) if length else 0)

    def count(self, connection: _Connection, *, whole: bool) -> None:
        self.waits.append(time.perf_counter() - connection.began)
        self.statuses[connection.status if whole else 0] += 1
        self.size += len(connection.heard)


def drive(port: int, requests: Iterator[bytes], connections: int, seconds: float) -> Load:
    """Ask until the time is over or the requests are; what is under way is waited for."""
    began, own = time.perf_counter(), time.thread_time()
    driver = _Driver(port, requests, began + seconds)
    for _ in range(connections):
        driver.start()
    driver.run()
    driver.epoll.close()
    spent = time.perf_counter() - began
    n, own = len(driver.waits), time.thread_time() - own
    return Load(n, spent, driver.statuses, driver.size, own, driver.waits)


class Subject(NamedTuple):
    """Somebody who is asked, and the roots of the trees whose CPU time is theirs."""

    server: Server
    roots: tuple[int, ...]
    requests: Iterator[bytes]
    status: int = 200

    @property
    def name(self) -> str:
        return self.server.name


class Sample(NamedTuple):
    rate: float
    cpu_us: float
    wait_ms: float
    own_us: float


@dataclass
class Measured:
    """The samples of a subject; figures are medians over the rounds."""

    samples: list[Sample] = field(default_factory=list)
    n: int = 0
    failed: int = 0

    def _median(self, name: str) -> float:
        return float(statistics.median(getattr(sample, name) for sample in self.samples))

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self._median("rate")

    @property
    def cpu_us(self) -> float:
        """Microseconds of CPU time a request."""
        return self._median("cpu_us")

    def told_failed(self) -> str:
        """The share of the answers that had another status than they should."""
        return f"{self.failed / self.n:.2%}" if self.failed else "0"

    @property
    def wait_ms(self) -> float:
        return self._median("wait_ms")

    @property
    def own_us(self) -> float:
        """What the load generator itself took for a request."""
        return self._median("own_us")


def interleaved(
    subjects: Sequence[Subject], connections: int, seconds: float, rounds: int
) -> dict[str, Measured]:
    """One sample of each in turn, `rounds` times, after one that is not counted.

    Raises RuntimeError where a subject answers nothing.
    """
    found = {subject.name: Measured() for subject in subjects}
    for turn in range(rounds + 1):
        for subject in subjects if turn % 2 else reversed(subjects):
            sample(subject, connections, seconds if turn else seconds / 3, found[subject.name])
        if not turn:
            found = {subject.name: Measured() for subject in subjects}
    return found


def sample(subject: Subject, connections: int, seconds: float, into: Measured) -> None:
    before = cpu_seconds(subject.roots)
    load = drive(subject.server.port, subject.requests, connections, seconds)
    used = cpu_seconds(subject.roots) - before
    if not load.n or not load.size:
        raise RuntimeError(f"{subject.name} answered nothing")
    into.n += load.n
    into.failed += load.n - load.statuses[subject.status]
    waits = 1000 * statistics.median(load.waits)
    into.samples.append(
        Sample(load.n / load.seconds, 1e6 * used / load.n, waits, 1e6 * load.own_seconds / load.n)
    )
