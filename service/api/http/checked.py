"""A request as asked: its query read, its format chosen, its place in a list found."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Generic

from msgspec import Struct

from service import limits
from service.api.http import paging
from service.api.http.languages import Spoken, chosen
from service.api.http.negotiation import negotiated
from service.api.http.operation import Operation, P
from service.api.http.paging import LIMIT, Place, Window
from service.api.http.parameters import Language
from service.api.http.query_string import QueryString
from service.api.http.readers import is_pinned, today
from service.api.http.representations import OF_SAMPLES, Format
from service.api.http.state import AnyRequest, database_of
from service.model.errors import Code
from service.query import cursors
from service.query.filters.expressions import Expression
from service.texts.sentences import sentence


class Checked(Struct, Generic[P], frozen=True, kw_only=True):
    """A checked request, before the base is opened; `words` are what it asks, wherever a list is
    begun, and `question` all that chooses the answer."""

    operation: Operation[P]
    request: AnyRequest
    query: QueryString
    parameters: P
    filter: Expression
    spoken: Spoken
    format: Format
    on: date | None
    options: Any
    place: Place
    headers: Mapping[str, str]
    words: list[Any]
    question: list[Any]

    @property
    def as_of(self) -> str | None:
        if self.place.revision is not None:
            return f"rev:{self.place.revision}"
        return getattr(self.parameters, "as_of", None)

    @property
    def revision_parameter(self) -> str:
        """The parameter that names the revision."""
        if self.place.revision is not None:
            return paging.CURSOR
        return getattr(self.parameters, "revision_parameter", "as_of")

    @property
    def is_pinned(self) -> bool:
        pinning = self.operation.pinning
        if pinning in ("always", "never"):
            return pinning == "always"
        by_parameters: bool | None = getattr(self.parameters, "is_pinned", None)
        if by_parameters is not None:
            return by_parameters
        is_of_today = pinning == "as_of_and_on" and "on" not in self.query.given
        return is_pinned(self.as_of) and not is_of_today

    @property
    def path(self) -> str:
        return str(self.request.scope["path"])


def checked(operation: Operation[P], request: AnyRequest) -> Checked[P]:
    """The request as asked. Raises ServiceError with every fault of its query string."""
    headers, path = request.headers, request.scope["path"]
    format_ = negotiated(request.scope, headers.get("accept", ""), operation.formats)
    query = QueryString(request.scope["query_string"], drops_empty=operation.is_form)
    parameters, expression = operation.parameters.read(query)
    options, _ = operation.options[format_.suffix].read(query)
    _refuse_misplaced(operation, format_, query)
    query.refuse_unknown(operation.names)
    query.refuse()
    asked, header = getattr(parameters, "lang", None), headers.get("accept-language", "")
    spoken = chosen(asked, header)
    on = _day(operation, parameters)
    words = cursors.list_question(query.given, on, spoken.lang)
    place = Place(Window(getattr(parameters, LIMIT, 0)), None)
    if operation.is_paged:
        place = paging.place_of(parameters, [path, words], database_of(request).cursor_key)
        if format_.refuses:
            place = Place(Window(limits.FILE_ROWS_MAX), None)
    return Checked(
        operation=operation,
        request=request,
        query=query,
        parameters=parameters,
        filter=expression,
        spoken=spoken,
        format=format_,
        on=on,
        options=options,
        place=place,
        headers=headers,
        words=[path, words],
        question=[words, *place.window, operation.version, format_.suffix],
    )


def _day(operation: Operation[P], parameters: P) -> date | None:
    """The day asked for. What is of today without one is another answer tomorrow."""
    day: date | None = getattr(parameters, "on", None)
    return today() if day is None and operation.pinning == "as_of_and_on" else day


def _refuse_misplaced(operation: Operation[P], format_: Format, query: QueryString) -> None:
    """Note what belongs to another format."""
    if not query.given:
        return
    own = operation.options[format_.suffix].names | operation.parameters.names
    by_name = {
        name: suffix
        for suffix, options in reversed(operation.options.items())
        for name in options.names - own
    }
    for name in sorted(by_name.keys() & query.given.keys()):
        detail = sentence("parameters.of_format", name=name, suffix=by_name[name])
        query.note(Code.INCOMPATIBLE_PARAMETERS, name, detail)
    is_of_records = operation.is_paged or "rows" in operation.gives
    refused = format_.refuses if is_of_records else ()
    if "rows" not in operation.gives:
        refused = tuple(name for name in refused if name not in OF_SAMPLES)
    for name in refused:
        if name in query.given and name in operation.names:
            detail = sentence("parameters.not_of_format", suffix=format_.suffix, name=name)
            if name == "include":
                detail = sentence("parameters.no_include", suffix=format_.suffix, name=name)
            query.note(Code.INCOMPATIBLE_PARAMETERS, name, detail)


def worded(asked: Checked[P]) -> dict[str, str]:
    """The language of an answer with words in it, and what decided it."""
    if not isinstance(asked.parameters, Language):
        return {}
    by_header = ", Accept-Language" if asked.spoken.is_by_header else ""
    return {
        "content-language": asked.spoken.lang,
        "vary": "Accept, Accept-Encoding" + by_header,
    }
