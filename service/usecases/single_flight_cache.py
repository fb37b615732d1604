"""Values made once per key and kept while they are asked for."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Flights(Generic[Value]):
    """Makings under way by key: who asks for what is being made gets what the first one makes."""

    def __init__(self) -> None:
        self._open: dict[Hashable, asyncio.Future[Value]] = {}

    async def share(self, key: Hashable, make: Callable[[], Awaitable[Value]]) -> Value:
        """What `make` returns, or raises, for whoever asked first. Where that one is cancelled the
        next one makes it."""
        while (flight := self._open.get(key)) is not None:
            await asyncio.wait((flight,))
            if not flight.cancelled():
                return flight.result()
        flight = self._open[key] = asyncio.get_running_loop().create_future()
        try:
            made = await make()
        except Exception as error:
            flight.set_exception(error)
            flight.exception()  # it is raised here too, whether or not anybody waited
            raise
        except BaseException:
            flight.cancel()
            raise
        finally:
            del self._open[key]
        flight.set_result(made)
        return made


class Kept(Generic[Value]):
    """The last few values by key; a value is made once however many ask for it."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._values: OrderedDict[Hashable, Value] = OrderedDict()
        self._locks: dict[Hashable, asyncio.Lock] = {}

    async def get(self, key: Hashable, make: Callable[[], Awaitable[Value]]) -> Value:
        async with self._locks.setdefault(key, asyncio.Lock()):
            if key not in self._values:
                self._values[key] = await make()
            self._values.move_to_end(key)
            value = self._values[key]
        while len(self._values) > self._size:
            oldest, _ = self._values.popitem(last=False)
            self._locks.pop(oldest, None)
        return value
