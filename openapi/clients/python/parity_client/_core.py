"""What both clients know without sending: settings, when to try again, what an answer says."""

from __future__ import annotations

import os
import random
from collections.abc import Mapping
from typing import Any

import httpx

from parity_client._cache import Cache
from parity_client._operations import API_VERSION
from parity_client._problems import problem_of, retry_after
from parity_client._requests import Answer, Request

LOCAL = "http://127.0.0.1:8000"
_TRANSIENT = frozenset({429, 502, 503, 504})
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 8.0


class Core:
    """Settings of a client, what it remembers, and its decisions."""

    def __init__(
        self, url: str | None, key: str | None, *, retries: int, patience: float, cache_bytes: int
    ) -> None:
        self.url = (url or os.environ.get("PARITY_URL") or LOCAL).rstrip("/")
        self.retries, self.patience = retries, patience
        self.cache = Cache(cache_bytes)
        self.min_revision: int | None = None
        self._key = key or os.environ.get("PARITY_KEY")

    def settings(self, timeout: float, transport: Any) -> dict[str, Any]:
        """Arguments of httpx's clients."""
        headers = {"User-Agent": f"parity-client-python/{API_VERSION}"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        return {
            "base_url": self.url,
            "headers": headers,
            "timeout": httpx.Timeout(timeout, connect=min(10.0, timeout)),
            "follow_redirects": True,
            "transport": transport,
        }

    def headers(self, request: Request) -> dict[str, str]:
        """Of one sending: what is known, and what must not be older than the last write."""
        more = dict(request.headers)
        if request.is_read:
            if self.min_revision is not None:
                more["Min-Dataset-Revision"] = str(self.min_revision)
            if request.known:
                more["If-None-Match"] = request.known.headers["etag"]
        return more

    def pause(
        self, request: Request, attempt: int, response: httpx.Response | None
    ) -> float | None:
        """Seconds until it is sent again; None: it is not. `response` None: none came.

        Never sooner than Retry-After says; what it adds by chance keeps clients apart.
        """
        asked = None if response is None else retry_after(response)
        if response is not None and not _is_transient(response):
            return None
        if attempt >= self.retries or not request.may_repeat:
            return None
        least = min(_FIRST_PAUSE * 2**attempt, _LONGEST_PAUSE) if asked is None else asked
        if least > self.patience:
            return None
        return least + random.uniform(0, 0.1 + least / 4)  # noqa: S311

    def good(self, request: Request, response: httpx.Response) -> httpx.Response:
        """The response with what it says, out of memory where the service says "as before".

        Raises ParityError for what is no success.
        """
        if response.status_code == 304 and request.known:
            return _renewed(request.known, response)
        if not response.is_success:
            raise problem_of(response)
        self.cache.keep(request, response)
        revision = response.headers.get("dataset-revision", "")
        if not request.is_read and revision.isdigit():
            self.min_revision = max(self.min_revision or 0, int(revision))
        return response


def said(request: Request, response: httpx.Response) -> Any:
    """JSON as an Answer, text as text, everything else as bytes; None where there is nothing."""
    media = response.headers.get("content-type", "").partition(";")[0]
    if not response.content:
        return None
    if request.headers["Accept"] == "application/json":
        return _answer(response.json(), response.headers)
    is_text = media.startswith("text/") or media.rpartition("+")[2] in ("json", "xml")
    return response.text if is_text or "json" in media or "bibtex" in media else response.content


def _answer(content: Any, headers: Mapping[str, str]) -> Any:
    if not isinstance(content, dict):
        return content
    answer = Answer(content)
    answer.headers = headers
    return answer


def _is_transient(response: httpx.Response) -> bool:
    """Whether another time may do; of a 409 where the same write, sent before, is still at work."""
    is_at_work = response.status_code == 409 and b'"idempotency_in_progress"' in response.content
    return is_at_work or response.status_code in _TRANSIENT


def _renewed(known: httpx.Response, now: httpx.Response) -> httpx.Response:
    """The body as it was, with the headers of today."""
    headers = {**known.headers, **now.headers}
    for name in ("content-encoding", "content-length", "transfer-encoding"):
        headers.pop(name, None)
    return httpx.Response(200, headers=headers, content=known.content)


def next_cursor(page: Mapping[str, Any]) -> str | None:
    """Where a list goes on; None at its end, which of changes is where nothing is there yet."""
    if page.get("has_more") is False or not page.get("page"):
        return None
    cursor: str | None = page["page"]["next_cursor"]
    return cursor
