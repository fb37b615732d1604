"""Answers that the service need not send again: it says 304 where it would say the same."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

import httpx

from parity_client._requests import Request


class Cache:
    """Answers by address and media type, the least used leaving first. Threads may share it."""

    def __init__(self, size: int) -> None:
        """`size` is in bytes of bodies; 0 keeps nothing."""
        self._size = size
        self._held = 0
        self._answers: OrderedDict[tuple[str, str], httpx.Response] = OrderedDict()
        self._lock = Lock()

    def known(self, request: Request) -> httpx.Response | None:
        """What the service answered before."""
        with self._lock:
            found = self._answers.get(_key(request))
            if found is not None:
                self._answers.move_to_end(_key(request))
            return found

    def keep(self, request: Request, response: httpx.Response) -> None:
        size = len(response.content)
        is_kept = request.is_read and response.status_code == 200 and "etag" in response.headers
        if not is_kept or size > self._size // 4:
            return
        with self._lock:
            self._held += size
            if before := self._answers.pop(_key(request), None):
                self._held -= len(before.content)
            self._answers[_key(request)] = response
            while self._held > self._size:
                self._held -= len(self._answers.popitem(last=False)[1].content)


def _key(request: Request) -> tuple[str, str]:
    return request.target, request.headers["Accept"]
