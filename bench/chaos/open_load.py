"""A load that comes at its rate whoever is ready for it: a client does not wait for the others."""

import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from bench.load import _Connection, _Driver

CONNECTIONS_MAX = 1500  # more are not opened; what finds none free counts as not answered
DRAIN_SECONDS = 3.0
REFUSED = 503


@dataclass
class Told:
    """Seconds until the answer was there, by status: from when the request was due (`waits`), and
    from when it was sent, as a client is late itself. `unanswered`: no connection was free for it,
    or no answer came back."""

    seconds: float
    sent: dict[int, list[float]] = field(default_factory=dict)
    waits: dict[int, list[float]] = field(default_factory=dict)
    unanswered: int = 0

    def within(self, most: float) -> int:
        """How many good answers came in time."""
        return sum(wait <= most for wait in self.waits.get(200, ()))


class _OpenDriver(_Driver):
    def __init__(
        self, port: int, requests: Iterator[bytes], rate: float, seconds: float, retries: int
    ) -> None:
        began = time.perf_counter()
        super().__init__(port, requests, began + seconds)
        self.told = Told(seconds)
        self._retries, self._left = retries, dict[int, int]()
        self._again = deque[tuple[float, int]]()  # refused: since when it is due, tries left
        self._sent: dict[int, float] = {}
        self._rate, self._due, self._idle = rate, began, deque[_Connection]()

    def send(self, connection: _Connection) -> None:
        self._idle.append(connection)

    def run(self) -> None:
        while (now := time.perf_counter()) < self.until + DRAIN_SECONDS:
            while self._again and now < self.until:
                self._ask(*self._again.popleft())
            while self._due <= now and self._due < self.until:
                self._ask(self._due, self._retries)
                self._due += 1 / self._rate
            if now >= self.until and len(self._idle) == len(self.open):
                break
            for number, _ in self.epoll.poll(max(0.0, min(0.05, self._due - now))):
                self.hear(self.open[number])
        self.told.unanswered += len(self.open) - len(self._idle)
        for connection in list(self.open.values()):
            self.close(connection)

    def _ask(self, due: float, tries: int) -> None:
        if not self._idle and len(self.open) < CONNECTIONS_MAX:
            super().start()
        if not self._idle:
            self.told.unanswered += 1
            return
        connection = self._idle.popleft()
        connection.began = due
        self._left[connection.sock.fileno()] = tries
        self._sent[connection.sock.fileno()] = time.perf_counter()
        try:
            connection.sock.sendall(next(self.requests))
        except OSError:
            self.told.unanswered += 1
            self.close(connection)

    def hear(self, connection: _Connection) -> None:
        try:
            super().hear(connection)
        except OSError:
            self.told.unanswered += 1
            self.close(connection)

    def start(self) -> None:
        """Where a connection was closed another is opened when it is needed."""

    def count(self, connection: _Connection, *, whole: bool) -> None:
        now, status = time.perf_counter(), connection.status if whole else 0
        self.told.waits.setdefault(status, []).append(now - connection.began)
        since = self._sent[connection.sock.fileno()]
        self.told.sent.setdefault(status, []).append(now - since)
        if status == REFUSED and (tries := self._left[connection.sock.fileno()]):
            self._again.append((connection.began, tries - 1))


def drive_openly(
    port: int, requests: Iterator[bytes], rate: float, seconds: float, retries: int = 0
) -> Told:
    """Ask so many times a second, and at once again so often whatever is refused; what is under way
    at the end is waited for, not for ever."""
    driver = _OpenDriver(port, requests, rate, seconds, retries)
    driver.run()
    driver.epoll.close()
    return driver.told
