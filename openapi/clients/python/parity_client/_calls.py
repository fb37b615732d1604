"""What the operations stand on: how one is described, and who sends it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Operation:
    """One operation of the document.

    `accept` and `content` are media types of answer and body, `table` that of its answer as a
    table. `is_write`: sent again under the same Idempotency-Key it has one effect. `is_page`: its
    answer goes on.
    """

    method: str
    path: str
    accept: str = "application/json"
    content: str = ""
    table: str = ""
    is_write: bool = False
    is_page: bool = False


class Event(NamedTuple):
    """An event of a stream: where it stands in the order of changes, and what it says."""

    id: str
    data: Any


class Calls:
    """Sends an operation and waits for what it answers."""

    def _call(
        self,
        name: str,
        query: Mapping[str, object],
        *ids: str | int,
        body: object = None,
        content: str = "",
        accept: str = "",
    ) -> T:  # type: ignore[type-var]
        raise NotImplementedError

    def _events(self, name: str, query: Mapping[str, object]) -> Iterator[Event]:
        raise NotImplementedError


class AsyncCalls:
    """Sends an operation; what it answers is awaited."""

    def _call(
        self,
        name: str,
        query: Mapping[str, object],
        *ids: str | int,
        body: object = None,
        content: str = "",
        accept: str = "",
    ) -> Awaitable[T]:
        raise NotImplementedError

    def _events(self, name: str, query: Mapping[str, object]) -> AsyncIterator[Event]:
        raise NotImplementedError
