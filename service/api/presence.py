"""Whether whoever asked is still there: what takes long is ended when nobody waits for it."""

from collections.abc import Awaitable, Coroutine
from typing import Any, TypeVar

from service.api.http.lanes.incoming import GONE, ClientGone, unless
from service.api.http.state import Answer, AnyAnswer, AnyRequest

T = TypeVar("T")


async def while_there(request: AnyRequest, work: Coroutine[Any, Any, T]) -> T:
    """What the work comes to. Raises ClientGone, and ends the work, where the client leaves."""
    return await unless(_gone(request), work)


async def unless_gone(answer: Awaitable[AnyAnswer]) -> AnyAnswer:
    """The answer, or one that nobody is there to take."""
    try:
        return await answer
    except ClientGone:
        return Answer(b"", {}, status=GONE)


async def _gone(request: AnyRequest) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
