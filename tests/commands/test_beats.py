"""Who stands still: the signs of life of an event loop, and who is late with them."""

import asyncio
import time
from multiprocessing import get_context
from typing import Any

import pytest

from service.commands.beats import LOOK_SECONDS, Beat, Watch
from tests.clients import until

SECONDS = 10.0


def looked(watch: Watch, since: float, to: float) -> float:
    """Every round from one time to another."""
    while since < to:
        watch.look(since)
        since += LOOK_SECONDS
    return since


@pytest.mark.parametrize(
    ("last", "is_still"),
    [(999.0, False), (989.9, True), (990.1, False), (0.0, False)],
    ids=["beats", "too old", "just in time", "never began"],
)
def test_a_beat_that_is_too_old_tells_who_stands_still(last: float, is_still: bool) -> None:
    watch = Watch(SECONDS)
    looked(watch, 900.0, 1000.0)
    assert watch.is_still(last, 1000.0) is is_still


def test_whoever_watches_and_stood_still_itself_gives_all_their_time_again() -> None:
    watch = Watch(SECONDS)
    looked(watch, 900.0, 1000.0)
    looked(watch, 2000.0, 2009.0)
    assert not watch.is_still(999.0, 2009.0)
    looked(watch, 2009.0, 2011.0)
    assert watch.is_still(999.0, 2011.0)


def test_nobody_is_watched_where_none_is_to_be() -> None:
    watch = Watch(0)
    looked(watch, 900.0, 1000.0)
    assert not watch.is_still(1.0, 1000.0)


async def test_a_loop_that_is_blocked_does_not_beat() -> None:
    beat, loop = Beat(), asyncio.get_running_loop()
    assert beat.last == 0
    beat.keep(loop)
    first = beat.last
    await until(lambda: beat.last > first)
    before = beat.last
    time.sleep(1.2)  # noqa: ASYNC251  # which is what is to be noticed
    assert beat.last == before, "nobody beats but the loop"
    await until(lambda: beat.last > before)


def _beaten(load: Any) -> None:
    """What a worker does: its loop is there, then it loads."""
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    assert load() == "application"
    loop.run_until_complete(asyncio.sleep(0))


def application() -> str:
    return "application"


@pytest.mark.parametrize(("way", "is_told"), [("fork", True), ("spawn", False)])
def test_a_beat_is_seen_by_whoever_forked(way: str, is_told: bool) -> None:
    beat = Beat()
    child = get_context(way).Process(target=_beaten, args=(beat.loading(application),))  # type: ignore[attr-defined]
    child.start()
    child.join(60)
    assert (child.exitcode, beat.last > 0) == (0, is_told)
