"""A request as asked: its query read, its format chosen, its place in a list found."""

from collections.abc import Hashable, Mapping
from datetime import date
from typing import Any, Generic

from msgspec import Struct

from service import limits
from service.api.http import paging
from service.api.http.languages import Spoken, chosen
from service.api.http.negotiation import negotiated
from service.api.http.operation import Operation, P
from service.api.http.paging import CURSOR, LIMIT, Place, Window
from service.api.http.parameters import Language
from service.api.http.query_string import QueryString
from service.api.http.readers import is_pinned, today
from service.api.http.representations import OF_SAMPLES, Format
from service.api.http.state import AnyRequest, database_of
from service.bounded import Bounded
from service.model.errors import Code
from service.query import cursors
from service.query.filters.expressions import Expression
from service.query.filters.language import PARAMETER
from service.query.filters.parameters import filter_named, flat_name
from service.query.filters.slots import slotted, with_slots, with_texts
from service.query.sql.values import faults_of
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


class _Known(Struct, Generic[P], frozen=True):
    """What all requests of one shape ask; their filters differ only in the texts of the parameters
    that are named, in the order of their places."""

    parameters: P
    filter: Expression
    named: tuple[str, ...]
    spoken: Spoken
    format: Format
    options: Any


_KNOWN_MAX = 2000
_SHAPE_MAX = 500  # characters of a query string and two headers
_VARYING = (CURSOR, "on")  # with these the same question is another one each time
_known = Bounded[_Known[Any]](_KNOWN_MAX)


def checked(operation: Operation[P], request: AnyRequest) -> Checked[P]:
    """The request as asked. Raises ServiceError with every fault of its query string."""
    query = QueryString(request.scope["query_string"], drops_empty=operation.is_form)
    texts = _texts(operation, query)
    shape = _shape(operation, query, request, texts)
    known = None if shape is None else _known.get(shape)
    if known is None:
        known = _found(operation, query, request)
        if shape is not None and texts.keys() == set(known.named):
            _known.put(shape, known, 1)
        return _asked(operation, request, query, known)
    query.filter = known.filter
    if known.named:
        query.filter = with_texts(known.filter, [texts[name] for name in known.named])
    return _asked(operation, request, query, known)


def _shape(
    operation: Operation[P], query: QueryString, request: AnyRequest, texts: Mapping[str, str]
) -> Hashable | None:
    """What decides all but the texts; None: nobody asks the same again."""
    scope, headers = request.scope, request.headers
    accept, language = headers.get("accept", ""), headers.get("accept-language", "")
    size = len(scope["query_string"]) + len(accept) + len(language)
    if size > _SHAPE_MAX or not query.given.keys().isdisjoint(_VARYING):
        return None
    given = tuple(
        (name, None if name in texts else tuple(values)) for name, values in query.given.items()
    )
    return operation.id, operation.path, given, accept, language, scope.get("suffix", "")


def _texts(operation: Operation[P], query: QueryString) -> dict[str, str]:
    """The texts of the filter that may be any, as far as nothing is wrong with them."""
    parameters = operation.parameters
    if parameters.collection is None or PARAMETER in query.given:
        return {}
    found = {}
    for name, values in query.given.items():
        if len(values) > 1 or "," in values[0] or not parameters.takes_text(name):
            continue
        known = filter_named(parameters.collection, name)
        if known is not None and not faults_of(name, *known, (values[0],)):
            found[name] = values[0]
    return found


def _found(operation: Operation[P], query: QueryString, request: AnyRequest) -> _Known[P]:
    headers = request.headers
    format_ = negotiated(request.scope, headers.get("accept", ""), operation.formats)
    options, _ = operation.options[format_.suffix].read(query)
    parameters, expression = operation.parameters.read(query)  # the filter of the query, too
    _refuse_misplaced(operation, format_, query)
    query.refuse_unknown(operation.names)
    query.refuse()
    asked, header = getattr(parameters, "lang", None), headers.get("accept-language", "")
    filter_ = slotted(expression).filter
    named = tuple(flat_name(c.path, c.operator) for c in with_slots(filter_))
    return _Known(parameters, filter_, named, chosen(asked, header), format_, options)


def _asked(
    operation: Operation[P], request: AnyRequest, query: QueryString, known: _Known[P]
) -> Checked[P]:
    parameters, path = known.parameters, request.scope["path"]
    on = _day(operation, parameters)
    words = cursors.list_question(query.given, on, known.spoken.lang)
    place = Place(Window(getattr(parameters, LIMIT, 0)), None)
    if operation.is_paged:
        place = paging.place_of(parameters, [path, words], database_of(request).cursor_key)
        if known.format.refuses:
            place = Place(Window(limits.FILE_ROWS_MAX), None)
    return Checked(
        operation=operation,
        request=request,
        query=query,
        parameters=parameters,
        filter=query.filter,
        spoken=known.spoken,
        format=known.format,
        on=on,
        options=known.options,
        place=place,
        headers=request.headers,
        words=[path, words],
        question=[words, *place.window, operation.version, known.format.suffix],
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
