"""Lines for whoever reads the log: written at once or not at all, so that nobody waits for them."""

import errno
import fcntl
import os
import socket
import stat
import sys
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from threading import RLock

KEPT_LINES, LINE_BYTES = 10_000, 64_000
PIPE_BYTES = 1_000_000
LAST_SECONDS = 1.0
_PAUSE_SECONDS = 0.01
_UNBLOCKED = os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
_F_SETPIPE_SZ = 1031  # Linux; fcntl names it where it was built to


class Lines:
    """Standard error, or another descriptor. What a reader who has stopped does not take is kept,
    up to a number of lines; then the oldest are dropped, and how many is told."""

    def __init__(self, write: Callable[[bytes], int], dropped: Callable[[int], bytes]) -> None:
        """`write` takes what it can of some bytes, and raises BlockingIOError where that is
        nothing; `dropped` is the line that tells how many were."""
        self._write = write
        self._told_of = dropped
        self._waiting = deque[bytes]()
        self._n_dropped = 0
        self._lock = RLock()

    def put(self, line: bytes) -> None:
        """Write the line, or keep it for later."""
        with self._lock:
            if len(self._waiting) >= KEPT_LINES:
                self._drop_oldest()
            self._waiting.append(line[:LINE_BYTES].rstrip(b"\n") + b"\n")
            self.flush()

    def flush(self) -> bool:
        """Write what is taken now; whether nothing is left."""
        with self._lock:
            try:
                while self._waiting or self._n_dropped:
                    self._next()
            except BlockingIOError:
                return False
            except OSError:  # nobody reads any more
                self._waiting.clear()
            return True

    def close(self) -> None:
        """A last chance for a slow reader."""
        until = time.monotonic() + LAST_SECONDS
        while not self.flush() and time.monotonic() < until:
            time.sleep(_PAUSE_SECONDS)

    def _next(self) -> None:
        if self._n_dropped and not self._is_in_a_line:
            n, self._n_dropped = self._n_dropped, 0
            self._waiting.appendleft(self._told_of(n))
        line = self._waiting[0]
        taken = self._write(line)
        if taken == len(line):
            self._waiting.popleft()
        else:
            self._waiting[0] = line[taken:]
        self._is_in_a_line = taken != len(line)

    _is_in_a_line = False  # whose beginning is written already

    def _drop_oldest(self) -> None:
        begun = self._waiting.popleft() if self._is_in_a_line else None
        self._waiting.popleft()
        self._n_dropped += 1
        if begun is not None:
            self._waiting.appendleft(begun)


def unblocked(descriptor: int = 2) -> Callable[[bytes], int]:
    """How to write to it without ever waiting.

    A flag of the descriptor would be everybody's who has it, the shell's too: a pipe or a terminal
    is opened anew, a socket is told with each message.
    """
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISSOCK(mode):
        line = socket.socket(fileno=os.dup(descriptor))
        return lambda data: line.send(data, socket.MSG_DONTWAIT)
    if stat.S_ISREG(mode):  # has no reader to wait for, and one end for all who write there
        return lambda data: os.write(descriptor, data)
    with suppress(OSError):
        own = os.open(f"/proc/self/fd/{descriptor}", _UNBLOCKED)
        if stat.S_ISFIFO(mode) and sys.platform == "linux":
            with suppress(OSError):
                fcntl.fcntl(own, _F_SETPIPE_SZ, PIPE_BYTES)
        return lambda data: _written(own, data)
    return lambda data: os.write(descriptor, data)


def _written(descriptor: int, data: bytes) -> int:
    try:
        return os.write(descriptor, data)
    except OSError as error:
        if error.errno == errno.EAGAIN:
            raise BlockingIOError(error.errno, error.strerror) from None
        raise
