"""What one `parity serve` has for itself: its port, and the folder of an embedded base."""

import errno
import fcntl
import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

from service.commands.failures import Mendable
from service.settings import Settings

PATIENCE_SECONDS = 3.0  # the workers of a server that was killed are gone by then
PAUSE_SECONDS = 0.1


def address_of(host: str, port: int) -> str:
    """The address in numbers of a host's name. Raises Mendable for one that has none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise Mendable(f"HOST={host}: {error.strerror}.") from None
    return str(found[0][4][0])


def claim_port(address: str, port: int, settings: str = "PORT and HOST choose") -> None:
    """Make sure that nobody listens: the server itself would share the port with whoever does.

    Raises Mendable.
    """
    family = socket.AF_INET6 if ":" in address else socket.AF_INET

    def bind() -> None:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((address, port))

    try:
        _patiently(bind, errno.EADDRINUSE)
    except OSError as error:
        is_taken = error.errno == errno.EADDRINUSE
        why = "another process listens there" if is_taken else error.strerror
        raise Mendable(f"{address} port {port}: {why}; {settings} another.") from None


@contextmanager
def claimed(settings: Settings) -> Iterator[None]:
    """The folder of the embedded base, for as long as this process or a worker of it lives.

    Raises Mendable when another one serves it. A database of one's own may have many servers.
    """
    if settings.database_url:
        yield
        return
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with (settings.data_dir / "serve.lock").open("a+b") as lock:
        try:
            _patiently(lambda: fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB), errno.EAGAIN)
        except BlockingIOError:
            raise Mendable(
                f"{settings.data_dir} is served already ({_read(lock)}); PARITY_DATA_DIR chooses"
                " another."
            ) from None
        _write(lock, f"process {os.getpid()}, port {settings.port}")
        yield


def _patiently(attempt: Callable[[], None], refusal: int) -> None:
    """Try until it is not refused, or the patience is at an end."""
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return attempt()
        except OSError as error:
            if error.errno != refusal or time.monotonic() > until:
                raise
        time.sleep(PAUSE_SECONDS)


def _read(lock: BinaryIO) -> str:
    lock.seek(0)
    return lock.read(100).decode(errors="replace")


def _write(lock: BinaryIO, text: str) -> None:
    lock.seek(0)
    lock.truncate()
    lock.write(text.encode())
    lock.flush()
