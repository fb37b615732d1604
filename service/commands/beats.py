"""Signs of life of the workers: whose event loop goes on says so, whose does not is told from it.

All times are of the monotonic clock, which the processes of a machine share and which stands while
the machine sleeps.
"""

import asyncio
import mmap
import time
from collections.abc import Callable
from typing import Any

BEAT_SECONDS = 0.5
LOOK_SECONDS = 0.25
_SIZE = 8


class Beat:
    """When the event loop of a worker went on last, in memory that it shares with the process
    whose fork it is. Where it is another process that is started, nothing is shared or told."""

    def __init__(self) -> None:
        self._memory = memoryview(mmap.mmap(-1, _SIZE)).cast("d")

    def __reduce__(self) -> tuple[type["Beat"], tuple[()]]:
        return Beat, ()

    @property
    def last(self) -> float:
        """0: never yet."""
        return float(self._memory[0])

    def keep(self, loop: asyncio.AbstractEventLoop) -> None:
        """As long as the loop runs."""
        self._memory[0] = time.monotonic()
        loop.call_later(BEAT_SECONDS, self.keep, loop)

    def loading(self, load: Callable[..., Any]) -> Callable[..., Any]:
        """The same loader of an application, whose event loop is kept sight of from then on."""
        return _Loader(self, load)


class _Loader:
    def __init__(self, beat: Beat, load: Callable[..., Any]) -> None:
        self._beat, self._load = beat, load

    def __call__(self, *given: Any, **named: Any) -> Any:
        loaded = self._load(*given, **named)
        loop = asyncio.get_event_loop_policy().get_event_loop()  # which the server has made
        loop.call_soon(self._beat.keep, loop)
        return loaded


class Watch:
    """Who has not beaten for `seconds`; 0: nobody is watched."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._looked = self._counts_from = 0.0

    def is_still(self, last: float, now: float) -> bool:
        """Whether the last beat is too old, of one who has beaten at all."""
        return bool(self._seconds and last and now - max(last, self._counts_from) > self._seconds)

    def look(self, now: float) -> None:
        """Before each round. Whoever watches may have stood still itself, with everybody: then all
        have their time again from now on."""
        if now - self._looked > min(self._seconds / 2, 20 * LOOK_SECONDS):
            self._counts_from = now
        self._looked = now
