"""The time of analyses, over when a test says so."""

import asyncio

Deadlines = list[asyncio.Timeout]


def over(deadlines: Deadlines) -> None:
    """The time of the last that began is over now."""
    deadlines[-1].reschedule(asyncio.get_running_loop().time())
