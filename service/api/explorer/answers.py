"""The answers that a page shows: what the operations of the API say at the page's revision, asked
within the process.
"""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

import msgspec
from litestar import Request

from service.api.explorer.sketches import SKETCHED, Sketch, read, sketch
from service.api.http import state
from service.api.http.checked import checked
from service.api.http.endpoint import shared_with_others
from service.api.http.operation import Operation, Reading
from service.api.http.paging import Place
from service.api.http.representations import JSON, OF_PAGES, Format
from service.api.http.state import AnyRequest
from service.api.routing import route_of
from service.model.errors import Code, ServiceError
from service.texts.sentences import sentence, told

AT_ONCE = 4  # connections that a page holds at most
QUESTION = "/v1"
OF_FILES = (*OF_PAGES, "include")  # what a file does not take
OF_TEXTS = (*OF_FILES, "fields")  # what a picture does not take


class Ask(NamedTuple):
    """The address of an answer below `/v1`, and its parameters; None: not given."""

    path: str
    query: Mapping[str, Any] = {}

    @property
    def given(self) -> dict[str, str]:
        """The parameters as a query string has them."""
        return {name: str(value) for name, value in self.query.items() if value not in (None, "")}

    @property
    def address(self) -> str:
        """From `/v1` on."""
        words = urlencode(self.given, safe=",:")
        return QUESTION + quote(self.path) + (f"?{words}" if words else "")


@dataclass(frozen=True)
class Answer:
    """What was asked, and what came: `body` as JSON has it, or `fault`, which says in words why
    there is none. It `takes` these parameters; `sketch` is of its picture, where there is one;
    `is_whole`: asked again it says the same.
    """

    ask: Ask
    body: dict[str, Any] | None = None
    fault: str = ""
    takes: frozenset[str] = frozenset()
    sketch: Sketch | None = None
    is_whole: bool = True

    @property
    def is_drawn(self) -> bool:
        return self.sketch is not None

    def __bool__(self) -> bool:
        return self.body is not None


def pictured(answers: Iterable[Answer]) -> list[Answer]:
    """The one whose picture stands for all of them, if one has a picture: of those that find
    something the first."""
    drawn = [one for one in answers if one.is_drawn and one.body is not None]
    return sorted(drawn, key=lambda one: "finding" not in (one.body or {}))[:1]


class Answers:
    """Answers at the one revision of a reading, in its language and of its day."""

    def __init__(self, reading: Reading[Any]) -> None:
        self._reading = reading
        self._revision = reading.snapshot.revision
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def several(self, asks: Mapping[str, Ask]) -> dict[str, Answer]:
        """Of each its answer, or in words why there is none."""
        found = await asyncio.gather(*(self._told(ask) for ask in asks.values()))
        return dict(zip(asks, found, strict=True))

    async def one(self, ask: Ask) -> Answer:
        """Raises what the operation raises."""
        operation, response = await self._response(ask)
        return Answer(
            ask,
            msgspec.json.decode(response.body),
            takes=operation.parameters.names,
            sketch=await self._sketch(ask, operation, response.body),
            is_whole="etag" in response.headers,
        )

    async def _response(
        self, ask: Ask, form: Format | None = None
    ) -> tuple[Operation[Any], state.Answer]:
        operation, request, ids = self._request(ask)
        asked = checked(operation, request)
        place = Place(asked.place.window, self._revision)
        asked = msgspec.structs.replace(asked, place=place)
        if form is not None:
            question = [*asked.question, form.suffix]
            asked = msgspec.structs.replace(asked, format=form, question=question)
        async with self._turns:
            response, basis = await shared_with_others(asked, ids)
        self._reading.snapshot.note(*basis.tables)
        assert isinstance(response, state.Answer), "pages ask for no files"
        return operation, response

    async def _sketch(self, ask: Ask, operation: Operation[Any], body: bytes) -> Sketch | None:
        if operation.picture is None:
            return None
        if "picture" in operation.gives:  # drawn from something else
            drawn = {name: v for name, v in ask.query.items() if name not in OF_TEXTS}
            return read((await self._response(Ask(ask.path, drawn), SKETCHED))[1].body)
        reading = self._reading
        return sketch(operation, body, lang=reading.lang, revision=self._revision, day=reading.on)

    async def _told(self, ask: Ask) -> Answer:
        try:
            return await self.one(ask)
        except ServiceError as error:
            is_lasting = error.code.status < 500
            return Answer(ask, fault=told(error.detail, self._reading.lang), is_whole=is_lasting)

    def _request(self, ask: Ask) -> tuple[Operation[Any], AnyRequest, dict[str, str]]:
        """The request that a client would send."""
        path = QUESTION + ask.path
        operation, ids = _operation(self._reading.request, path)
        taken = operation.parameters.names
        own = {"lang": self._reading.lang}
        if operation.pinning == "as_of_and_on" or "on" in self._reading.query.given:
            own["on"] = str(self._reading.on)
        given = Ask(path, {**{k: v for k, v in own.items() if k in taken}, **ask.query}).given
        scope: Any = {
            **self._reading.request.scope,
            "path": path,
            "raw_path": quote(path).encode(),
            "query_string": urlencode(given).encode(),
            "path_params": ids,
            "headers": [(b"accept", JSON.encode())],
            "state": {},
            "notes": {},
        }
        scope.pop("suffix", None)
        return operation, Request(scope, receive=_nothing), ids


def _operation(request: AnyRequest, path: str) -> tuple[Operation[Any], dict[str, str]]:
    """Who answers at an address, and the ids in it; only what everybody reads is answered so.

    Raises ServiceError `not_found`.
    """
    route = route_of(request.app, {"path": path, "method": "GET"})
    operation: Operation[Any] | None = route.handler.opt.get("operation") if route else None
    is_answered = operation is not None and operation.shape is None and operation.scope == "read"
    if route is None or operation is None or not is_answered or operation.validator == "none":
        raise ServiceError(Code.NOT_FOUND, sentence("addresses.nothing", path=path[:200]))
    return operation, route.ids


async def _nothing() -> Any:
    """Nobody sends anything more: whoever asked for the page is waited for by the page."""
    await asyncio.Event().wait()
