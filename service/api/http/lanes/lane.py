"""So many at once, the callers in turn; who would wait too long is told so at the door."""

import asyncio
import time
from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Sequence
from typing import NamedTuple

from service import limits
from service.model.errors import Code, ServiceError
from service.texts.sentences import sentence

_ROUNDS = 4  # of the places: so many were served before a queue is said to stand
_RATE_SECONDS = 4.0  # of which the rate is taken; what was before counts half
_KEPT = 4  # a part of so many of the places is for the others


def _share(places: int, part: int) -> int:
    """So many parts of _KEPT are for others."""
    return places - part * places // _KEPT


class Turn(NamedTuple):
    """Of one who waits since then, by the monotonic clock; when it has come, it says when."""

    come: asyncio.Future[float]
    since: float


class Lane:
    """`most` work at once; others wait: the requests of a caller in their order, the callers in
    turn, so that whoever asks little does not wait behind whoever asks much. Nobody alone has all
    of the places, or fills the queue.

    Who is not answered within LANE_LONG_SECONDS waits for something else than this processor, and
    makes room for another one, as long as no more than `spare` have done so.

    A burst may wait. A queue that has not been empty for LANE_STANDING_SECONDS, while many were
    served, does not get shorter by waiting: from then on whoever would wait for more than `seconds`
    is refused at once, and who has waited longer is not begun (as in Maurer, "Fail at Scale", ACM
    Queue 13(8), 2015, after CoDel, RFC 8289), until it has been empty for as long.
    """

    def __init__(
        self,
        most: int,
        seconds: float,
        clock: Callable[[], float] = time.monotonic,
        *,
        spare: int = 0,
    ) -> None:
        self.most, self._seconds, self._clock, self._spare = most, seconds, clock, spare
        self.refused = 0
        self._begun = list[float]()  # when those at work began, the latest last
        self._begun_of = dict[str, list[float]]()
        self._looking: asyncio.TimerHandle | None = None
        self._queues: dict[str, deque[Turn]] = {}  # whose turn is next stands first
        self.waiting = 0
        self._since = 0.0  # when somebody began to wait where nobody did
        self._served = 0  # since then
        self._stands_until = 0.0  # where the queue is empty

    @property
    def working(self) -> int:
        return len(self._begun)

    @property
    def load(self) -> dict[str, int]:
        """How many are worked on, and how many wait."""
        return {"working": self.working, "waiting": self.waiting}

    def refuses(self, caller: str) -> bool:
        """Whether one more would wait too long; the refusal is counted."""
        is_refused = self.would_refuse(caller)
        self.refused += is_refused
        return is_refused

    def would_refuse(self, caller: str) -> bool:
        """The same, not counted: any thread may ask."""
        if not self.waiting:
            return False
        own = len(self._queues.get(caller, ()))
        is_full = self.waiting >= limits.LANE_QUEUED or own >= limits.LANE_QUEUED_OF_ONE
        before = min(self.waiting, (own + 1) * len(self._queues))
        return is_full or before > self._served_in_time(self._clock())

    def enter_now(self, caller: str) -> bool:
        """Take a place, where there is one for this caller."""
        now = self._clock()
        if not self._has_room(caller, now):
            return False
        self._begun.append(now)
        self._begun_of.setdefault(caller, []).append(now)
        return True

    def _has_room(self, caller: str, now: float) -> bool:
        return self._is_below(self._begun, now, 0) and self._is_below(
            self._begun_of.get(caller, ()), now, 1
        )

    def _is_below(self, begun: Sequence[float], now: float, part: int) -> bool:
        """Whether one more may begin beside those; `part` of _KEPT parts are for others."""
        if len(begun) >= _share(self.most + self._spare, part):
            return False
        n_long = bisect_right(begun, now - limits.LANE_LONG_SECONDS) if self._spare else 0
        return len(begun) - n_long < _share(self.most, part)

    def queue(self, caller: str) -> Turn:
        """Wait from now on: `come` is done when there is a place. Whoever does not want it any more
        gives the turn up. Raises ServiceError `busy`."""
        if self.refuses(caller):
            raise self.refusal
        now = self._clock()
        if not self.waiting and now > self._stands_until:
            self._since, self._served = now, 0
        turn = Turn(asyncio.get_running_loop().create_future(), now)
        self._queues.setdefault(caller, deque()).append(turn)
        self.waiting += 1
        self._look_later(now)
        return turn

    @property
    def latest(self) -> float:
        """When whoever entered last began."""
        return self._begun[-1]

    def leave(self, caller: str, begun: float | None = None) -> None:
        """The place goes to whose turn it is. `begun`: when the work in it did, the caller's first
        without."""
        own = self._begun_of[caller]
        begun = own[0] if begun is None else begun
        own.remove(begun)
        self._begun.remove(begun)
        if not own:
            del self._begun_of[caller]
        now = self._clock()
        self._let_in(now)
        self._served += 1
        if now - self._since > _RATE_SECONDS and self._served > 2 * _ROUNDS * self.most:
            self._since, self._served = (now + self._since) / 2, self._served // 2

    def _let_in(self, now: float) -> None:
        """Whoever has a turn and room, and has not waited for too long."""
        while (following := self._following(now)) is not None:
            turn = self._taken_from(following, now)
            if turn.come.done():
                continue
            if now - turn.since > self._seconds and self._stands(now):
                self.refused += 1
                turn.come.set_exception(self.refusal)
                continue
            self.enter_now(following)
            turn.come.set_result(self.latest)
        self._look_later(now)

    def _look_later(self, now: float) -> None:
        """Where others wait: when the next of those at work makes room."""
        if self._looking is not None or not self._spare or not self.waiting:
            return
        n_long = bisect_right(self._begun, now - limits.LANE_LONG_SECONDS)
        if n_long < len(self._begun):
            wait = self._begun[n_long] + limits.LANE_LONG_SECONDS - now
            self._looking = asyncio.get_running_loop().call_later(wait, self._looks)

    def _looks(self) -> None:
        self._looking = None
        self._let_in(self._clock())

    def _following(self, now: float) -> str | None:
        return next((one for one in self._queues if self._has_room(one, now)), None)

    def _taken_from(self, caller: str, now: float) -> Turn:
        """The first of one's own queue, which goes behind the others'."""
        queue = self._queues.pop(caller)
        turn = queue.popleft()
        if queue:
            self._queues[caller] = queue
        self._waits_no_more(now)
        return turn

    def _waits_no_more(self, now: float) -> None:
        if self.waiting == 1 and self._stands(now):
            self._stands_until = now + limits.LANE_STANDING_SECONDS
        self.waiting -= 1

    def give_up(self, caller: str, turn: Turn) -> None:
        """Whoever waited does so no more."""
        queue = self._queues.get(caller, deque())
        if turn in queue:
            queue.remove(turn)
            if not queue:
                del self._queues[caller]
            self._waits_no_more(self._clock())
        elif not turn.come.cancelled() and turn.come.exception() is None:
            self.leave(caller, turn.come.result())  # it was let in, and is not there any more

    @property
    def refusal(self) -> ServiceError:
        return ServiceError(Code.BUSY, sentence("service.full", n=self.most))

    def _stands(self, now: float) -> bool:
        is_long = now - self._since > limits.LANE_STANDING_SECONDS
        return is_long and self._served > _ROUNDS * self.most

    def _served_in_time(self, now: float) -> float:
        """How many of those who wait are let in within the seconds, at the rate of late."""
        if not self._stands(now):
            return float(limits.LANE_QUEUED)
        return self._seconds * self._served / (now - self._since)
