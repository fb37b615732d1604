"""Values made once per key and kept while they are asked for."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")


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
