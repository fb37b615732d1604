"""So many at once, the others in their order; who would wait too long is told so at the door."""

import asyncio
import time
from collections import deque

from service import limits
from service.model.errors import Code, ServiceError
from service.texts.sentences import sentence

_ROUNDS = 4  # of the places: so many were let in before a queue is said to stand


class Lane:
    """`most` work at once; others wait in their order.

    A burst may wait. A queue that has not been empty for LANE_STANDING_SECONDS, while many were let
    in, does not get shorter by waiting: from then on whoever would wait for more than `seconds` is
    refused at once, and who has waited longer is not begun (as in Maurer, "Fail at Scale", ACM
    Queue 13(8), 2015, after CoDel, RFC 8289).
    """

    def __init__(self, most: int, seconds: float) -> None:
        self.most, self._seconds = most, seconds
        self.working = self.refused = 0
        self._waiting: deque[tuple[asyncio.Future[None], float]] = deque()
        self._since = 0.0  # when somebody began to wait where nobody did
        self._let_in = 0  # since then

    @property
    def load(self) -> dict[str, int]:
        """How many are worked on, and how many wait."""
        return {"working": self.working, "waiting": len(self._waiting)}

    def check(self) -> None:
        """Raises ServiceError `busy` where one more would wait too long."""
        n = len(self._waiting)
        if n and (n >= limits.LANE_QUEUED or n > self._served_in_time(time.monotonic())):
            raise self._refusal()

    async def enter(self) -> bool:
        """Take a place; whether there was none at once. Raises ServiceError `busy`."""
        if self.working < self.most:
            self.working += 1
            return False
        self.check()
        now = time.monotonic()
        if not self._waiting:
            self._since, self._let_in = now, 0
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((turn, now))
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled() and turn.exception() is None:
                self.leave()  # it was let in, and is not there any more
            raise
        return True

    def leave(self) -> None:
        """The place goes to who waits first, and not for too long."""
        now = time.monotonic()
        while self._waiting:
            turn, since = self._waiting.popleft()
            if turn.done():
                continue
            if now - since > self._seconds and self._stands(now):
                turn.set_exception(self._refusal())
                continue
            self._let_in += 1
            turn.set_result(None)
            return
        self.working -= 1

    def _refusal(self) -> ServiceError:
        self.refused += 1
        return ServiceError(Code.BUSY, sentence("service.full", n=self.most))

    def _stands(self, now: float) -> bool:
        is_long = now - self._since > limits.LANE_STANDING_SECONDS
        return is_long and self._let_in > _ROUNDS * self.most

    def _served_in_time(self, now: float) -> float:
        """How many of those who wait are let in within the seconds, at the rate so far."""
        if not self._stands(now):
            return float(limits.LANE_QUEUED)
        return self._seconds * self._let_in / (now - self._since)
