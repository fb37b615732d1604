"""Values kept within a size, in bytes as a rule; the least recently used out first."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Bounded(Generic[Value]):
    """Of what is put in, the last used that fit; what alone is larger than `most` is not kept. Any
    thread may ask."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.used = 0
        self._values: OrderedDict[Hashable, tuple[Value, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> Value | None:
        """The value, as the last used from now on; None where there is none."""
        with self._lock:
            if (found := self._values.get(key)) is None:
                return None
            self._values.move_to_end(key)
            return found[0]

    def put(self, key: Hashable, value: Value, size: int) -> None:
        """Keep the value in place of an earlier one, for so much of the size."""
        with self._lock:
            self._drop(key)
            self._values[key] = (value, size)
            self.used += size
            while self.used > self.most:
                self._drop(next(iter(self._values)))

    def drop(self, key: Hashable) -> None:
        """Forget the value, if there is one."""
        with self._lock:
            self._drop(key)

    def __contains__(self, key: Hashable) -> bool:
        return key in self._values

    def _drop(self, key: Hashable) -> None:
        _, size = self._values.pop(key, (None, 0))
        self.used -= size
