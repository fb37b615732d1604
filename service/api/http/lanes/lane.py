"""So many at once, the callers in turn; who would wait too long is told so at the door."""

import asyncio
import time
from collections import Counter, deque
from typing import NamedTuple

from service import limits
from service.model.errors import Code, ServiceError
from service.texts.sentences import sentence

_ROUNDS = 4  # of the places: so many were let in before a queue is said to stand
_KEPT = 4  # a part of so many of the places is for the others


class _Turn(NamedTuple):
    come: asyncio.Future[None]
    since: float


class Lane:
    """`most` work at once; others wait: the requests of a caller in their order, the callers in
    turn, so that whoever asks little does not wait behind whoever asks much. Nobody alone has all
    of the places, or fills the queue.

    A burst may wait. A queue that has not been empty for LANE_STANDING_SECONDS, while many were let
    in, does not get shorter by waiting: from then on whoever would wait for more than `seconds` is
    refused at once, and who has waited longer is not begun (as in Maurer, "Fail at Scale", ACM
    Queue 13(8), 2015, after CoDel, RFC 8289).
    """

    def __init__(self, most: int, seconds: float) -> None:
        self.most, self._seconds = most, seconds
        self._most_of_one = most - most // _KEPT
        self.working = self.refused = 0
        self._held = Counter[str]()
        self._queues: dict[str, deque[_Turn]] = {}  # whose turn is next stands first
        self.waiting = 0
        self._since = 0.0  # when somebody began to wait where nobody did
        self._let_in = 0  # since then

    @property
    def load(self) -> dict[str, int]:
        """How many are worked on, and how many wait."""
        return {"working": self.working, "waiting": self.waiting}

    def check(self, caller: str) -> None:
        """Raises ServiceError `busy` where one more would wait too long."""
        if not self.waiting:
            return
        own = len(self._queues.get(caller, ()))
        if self.waiting >= limits.LANE_QUEUED or own >= limits.LANE_QUEUED_OF_ONE:
            raise self._refusal()
        before = min(self.waiting, (own + 1) * len(self._queues))
        if before > self._served_in_time(time.monotonic()):
            raise self._refusal()

    def enter_now(self, caller: str) -> bool:
        """Take a place, where there is one for this caller."""
        if self.working >= self.most or self._held[caller] >= self._most_of_one:
            return False
        self.working += 1
        self._held[caller] += 1
        return True

    async def enter(self, caller: str) -> None:
        """Take a place, when there is one. Raises ServiceError `busy`."""
        if self.enter_now(caller):
            return
        self.check(caller)
        now = time.monotonic()
        if not self.waiting:
            self._since, self._let_in = now, 0
        turn = _Turn(asyncio.get_running_loop().create_future(), now)
        self._queues.setdefault(caller, deque()).append(turn)
        self.waiting += 1
        try:
            await turn.come
        except asyncio.CancelledError:
            self._give_up(caller, turn)
            raise

    def leave(self, caller: str) -> None:
        """The place goes to whose turn it is, and who has not waited for too long."""
        self.working -= 1
        self._held[caller] -= 1
        if not self._held[caller]:
            del self._held[caller]
        now = time.monotonic()
        while self.working < self.most and (following := self._following()) is not None:
            turn = self._taken_from(following)
            if turn.come.done():
                continue
            if now - turn.since > self._seconds and self._stands(now):
                turn.come.set_exception(self._refusal())
                continue
            self._let_in += 1
            self.enter_now(following)
            turn.come.set_result(None)

    def _following(self) -> str | None:
        for caller in self._queues:
            if self._held[caller] < self._most_of_one:
                return caller
        return None

    def _taken_from(self, caller: str) -> _Turn:
        """The first of one's own queue, which goes behind the others'."""
        queue = self._queues.pop(caller)
        turn = queue.popleft()
        self.waiting -= 1
        if queue:
            self._queues[caller] = queue
        return turn

    def _give_up(self, caller: str, turn: _Turn) -> None:
        """Whoever waited does so no more."""
        queue = self._queues.get(caller, deque())
        if turn in queue:
            queue.remove(turn)
            self.waiting -= 1
            if not queue:
                del self._queues[caller]
        elif not turn.come.cancelled() and turn.come.exception() is None:
            self.leave(caller)  # it was let in, and is not there any more

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
