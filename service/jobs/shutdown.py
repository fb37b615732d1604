"""The first word of a shutdown: a server closes the application only when all requests ended."""

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def when_told_to_stop(*calls: Callable[[], None]) -> Iterator[None]:
    """Call them in the loop at SIGINT or SIGTERM, after the handler that the server installed.

    Signals without such a handler, and loops outside the main thread, are left alone.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    chained = [_chain(number, calls) for number in SIGNALS]
    try:
        yield
    finally:
        for restore in chained:
            restore()


def _chain(number: signal.Signals, calls: Sequence[Callable[[], None]]) -> Callable[[], None]:
    loop, before = asyncio.get_running_loop(), signal.getsignal(number)
    if not callable(before):
        return lambda: None

    def handler(signum: int, frame: FrameType | None) -> None:
        for call in calls:
            loop.call_soon_threadsafe(call)
        before(signum, frame)

    def restore() -> None:
        if signal.getsignal(number) is handler:
            signal.signal(number, before)

    signal.signal(number, handler)
    return restore
