"""The client whose answers are awaited."""

from __future__ import annotations

from asyncio import sleep
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from types import TracebackType
from typing import Any, ParamSpec, Self, TypeVar, cast

import httpx

from parity_client._calls import Event
from parity_client._client import Listed
from parity_client._core import Core, next_cursor, said
from parity_client._events import PAUSE, Reader
from parity_client._operations import AsyncOperations
from parity_client._requests import Request, request_of
from parity_client._tables import Table, frame, frame_request

P = ParamSpec("P")
T = TypeVar("T")


class AsyncClient(AsyncOperations):
    """The API, an operation a method: `await AsyncClient().get_product("kimi")`.

    `url`: else PARITY_URL, else this machine's port 8000. `key`: else PARITY_KEY; reading needs
    none. `timeout` in seconds, of one sending. `retries`: how often something is sent again, where
    that has no second effect; `patience`: the longest wait in seconds before that, a longer
    Retry-After is an error at once. `cache_bytes`: of answers that need not be sent again; 0: none.
    `transport` is one of httpx. Tasks may share a client; `close` it, or use `async with`.

    Every operation raises ParityError for what the service refuses, and httpx.TransportError where
    it cannot be reached.
    """

    def __init__(
        self,
        url: str | None = None,
        key: str | None = None,
        *,
        timeout: float = 60.0,
        retries: int = 3,
        patience: float = 60.0,
        cache_bytes: int = 8_000_000,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._core = Core(url, key, retries=retries, patience=patience, cache_bytes=cache_bytes)
        self._http = httpx.AsyncClient(**self._core.settings(timeout, transport))

    @property
    def min_revision(self) -> int | None:
        """No answer is made from less than this revision: that of the newest write of this client,
        or a number that is set.
        """
        return self._core.min_revision

    @min_revision.setter
    def min_revision(self, revision: int | None) -> None:
        self._core.min_revision = revision

    async def pages(
        self, method: Callable[P, Awaitable[T]], /, *args: P.args, **query: P.kwargs
    ) -> AsyncIterator[T]:
        """The pages of a list, all of one revision: `pages(client.list_products, limit=200)`."""
        page = await method(*args, **query)
        yield page
        while cursor := next_cursor(cast("Mapping[str, Any]", page)):
            onward = cast("Callable[..., Awaitable[T]]", method)
            page = await onward(*args, **{**query, "cursor": cursor})
            yield page

    async def each(
        self, method: Callable[P, Awaitable[Listed[T]]], /, *args: P.args, **query: P.kwargs
    ) -> AsyncIterator[T]:
        """The records of a list, page by page: `each(client.list_products, vendor_id="openai")`."""
        async for page in self.pages(method, *args, **query):
            for record in page["data"]:
                yield record

    async def to_pandas(
        self, method: Callable[P, Any], /, *args: P.args, **query: P.kwargs
    ) -> Table:
        """The whole answer as a DataFrame: all rows of a list, the table of an analysis.

        Columns have the types of the service; `attrs` says finding, revision, citation and more.
        Raises ImportError without pandas, ValueError for an operation that has no table.
        """
        ids = cast("tuple[str, ...]", args)
        request = frame_request(method.__name__, query, ids)
        return frame(request, await self._send(request))

    async def response(
        self, accept: str, method: Callable[P, Any], /, *args: P.args, **query: P.kwargs
    ) -> httpx.Response:
        """The answer in another media type: `response("text/csv", client.list_products).text`."""
        ids = cast("tuple[str, ...]", args)
        return await self._send(request_of(method.__name__, query, ids, accept=accept))

    async def close(self) -> None:
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def _call(
        self, name: str, query: Mapping[str, object], *ids: str | int, **more: Any
    ) -> Any:
        request = request_of(name, query, ids, **more)
        return said(request, await self._send(request))

    async def _send(self, request: Request) -> httpx.Response:
        request.known = self._core.cache.known(request)
        attempt = 0
        while True:
            response, lost = None, None
            try:
                response = await self._http.request(
                    request.operation.method,
                    request.target,
                    headers=self._core.headers(request),
                    content=request.content,
                )
            except httpx.TransportError as error:
                lost = error
            pause = self._core.pause(request, attempt, response)
            if pause is None:
                if response is None:
                    raise cast("httpx.TransportError", lost)
                return self._core.good(request, response)
            await sleep(pause)
            attempt += 1

    async def _events(self, name: str, query: Mapping[str, object]) -> AsyncIterator[Event]:
        """Without end: where the stream ends it is asked to go on."""
        request, reader = request_of(name, query), Reader()
        while True:
            headers = {**request.headers, **reader.headers()}
            try:
                async with self._http.stream("GET", request.target, headers=headers) as response:
                    if not response.is_success:
                        await response.aread()
                    self._core.good(request, response)
                    async for line in response.aiter_lines():
                        if event := reader.event(line):
                            yield event
            except httpx.TransportError:
                if not reader.last_id:
                    raise
            await sleep(PAUSE)
