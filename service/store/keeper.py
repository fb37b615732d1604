"""The process beside `parity serve` that keeps an embedded PostgreSQL running: it starts one that
was killed, and stops it when whoever serves was killed.

`python -m service.store.keeper FOLDER`. It ends when its standard input does.
"""

import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from service.store.embedded import Server, joined

LOOK_SECONDS = 0.5
_LEAVE_SECONDS = 15


@contextmanager
def keeping(data_dir: Path) -> Iterator[None]:
    """For as long as the block lasts, or this process."""
    command = [sys.executable, "-m", "service.store.keeper", str(data_dir)]
    keeper = subprocess.Popen(command, stdin=subprocess.PIPE)  # noqa: S603, ourselves
    try:
        yield
    finally:
        keeper.communicate(timeout=_LEAVE_SECONDS)


def keep(data_dir: Path) -> None:
    """Look now and then until nobody is there to serve."""
    with joined(data_dir) as server:
        while not select.select([sys.stdin], [], [], LOOK_SECONDS)[0]:
            if not server.is_running:
                print("PostgreSQL is gone; it is started again.", file=sys.stderr)
                _start_again(server)


def _start_again(server: Server) -> None:
    """What is left of the one that was killed may hold its memory: the next look tries again."""
    try:
        server.start_again()
    except (RuntimeError, subprocess.SubprocessError) as error:
        print(f"PostgreSQL did not start: {error}", file=sys.stderr)


if __name__ == "__main__":
    for ignored in (signal.SIGINT, signal.SIGTERM):  # whoever serves says when it is over
        signal.signal(ignored, signal.SIG_IGN)
    keep(Path(sys.argv[1]))
