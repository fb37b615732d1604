"""Whether whoever asked is still there: what takes long is ended when nobody waits for it."""

import asyncio
from collections.abc import Awaitable, Coroutine
from typing import Any, TypeVar

from service.api.http.state import Answer, AnyAnswer, AnyRequest

T = TypeVar("T")
GONE = 499  # what logs say of an answer that nobody was there to take


class ClientGone(asyncio.CancelledError):
    """The connection was closed before the answer was there."""


async def while_there(request: AnyRequest, work: Coroutine[Any, Any, T]) -> T:
    """What the work comes to. Raises ClientGone, and ends the work, where the client leaves."""
    made, gone = asyncio.ensure_future(work), asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait((made, gone), return_when=asyncio.FIRST_COMPLETED)
        if not made.done():
            raise ClientGone
        return made.result()
    finally:
        for one in (made, gone):
            one.cancel()
        await asyncio.gather(made, gone, return_exceptions=True)


async def unless_gone(answer: Awaitable[AnyAnswer]) -> AnyAnswer:
    """The answer, or one that nobody is there to take."""
    try:
        return await answer
    except ClientGone:
        return Answer(b"", {}, status=GONE)


async def _gone(request: AnyRequest) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
