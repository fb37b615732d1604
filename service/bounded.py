"""Values kept within a size, in bytes as a rule; what was not used of late is let go first."""

from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

from msgspec import Struct

Value = TypeVar("Value")


class _Place(Struct, Generic[Value]):
    value: Value
    size: int
    is_used: bool = False  # since it was put in, or passed over


class Bounded(Generic[Value]):
    """Of what is put in, what fits; what alone is larger than `most` is not kept. Any thread may
    ask, and nobody who asks waits: the oldest is let go, unless it was used, which makes it the
    newest, as if it had just been put in (the algorithm is called second chance, or clock)."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.used = 0
        self._values: dict[Hashable, _Place[Value]] = {}
        self._lock = Lock()

    def get(self, key: Hashable) -> Value | None:
        """The value, as used from now on; None where there is none."""
        if (found := self._values.get(key)) is None:
            return None
        found.is_used = True
        return found.value

    def put(self, key: Hashable, value: Value, size: int) -> None:
        """Keep the value in place of an earlier one, for so much of the size."""
        with self._lock:
            self._drop(key)
            if size > self.most:
                return
            while self.used + size > self.most:
                self._pass_over(next(iter(self._values)))
            self._values[key] = _Place(value, size)
            self.used += size

    def drop(self, key: Hashable) -> None:
        """Forget the value, if there is one."""
        with self._lock:
            self._drop(key)

    def __contains__(self, key: Hashable) -> bool:
        return key in self._values

    def _pass_over(self, key: Hashable) -> None:
        place = self._values[key]
        if not place.is_used:
            self._drop(key)
            return
        place.is_used = False
        self._values[key] = self._values.pop(key)

    def _drop(self, key: Hashable) -> None:
        if (place := self._values.pop(key, None)) is not None:
            self.used -= place.size
