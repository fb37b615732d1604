"""A step again and again: at once while there is work, after a pause when there is none."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from service import limits
from service.model.errors import ServiceError

log = logging.getLogger("parity")
Step = Callable[[], Awaitable[bool]]


async def forever(name: str, step: Step, wanted: asyncio.Event | None = None) -> None:
    """Until cancelled. Failures are logged and waited out, each pause twice the last.

    `wanted` cuts a pause without work short.
    """
    failures = 0
    while True:
        try:
            has_worked, failures = await step(), 0
        except ServiceError as error:
            failures += 1
            log.warning("job %s waits: %s", name, error.detail)
        except Exception as error:  # a job outlives its bugs
            failures += 1
            log.error("job %s failed", name, exc_info=error)
        if failures:
            await asyncio.sleep(_pause(failures))
        elif not has_worked:
            await _rest(wanted)


def _pause(failures: int) -> float:
    return float(min(limits.POLL_SECONDS * 2 ** min(failures - 1, 10), limits.JOB_PAUSE_MAX))


async def _rest(wanted: asyncio.Event | None) -> None:
    try:
        async with asyncio.timeout(limits.POLL_SECONDS):
            await (wanted or asyncio.Event()).wait()
    except TimeoutError:
        return
    finally:
        if wanted is not None:
            wanted.clear()
