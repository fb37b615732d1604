"""What a read is: where it stands, what it takes, what it gives, how its answer may be kept."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any, Generic, Literal, TypeVar, get_args, get_origin, get_type_hints

from msgspec import Struct

from service.api.http import conditional
from service.api.http.negotiation import preferred
from service.api.http.paging import CURSOR, LIMIT, Listing, Window
from service.api.http.parameters import Parameters, told
from service.api.http.query_string import QueryString
from service.api.http.representations import BY_SUFFIX, HTML, JSON, Format, Kind, formats_of
from service.api.http.state import AnyRequest
from service.api.http.versions import Deprecation
from service.cached import cached_property
from service.formats.pictures.picture import Painter
from service.formats.rendering import Rendering
from service.query.fields import Collection
from service.query.filters.expressions import Expression
from service.store.catalogue.lists import ListQuery
from service.store.database import Snapshot
from service.usecases.catalogue.files import RecordFile
from service.usecases.catalogue.lists import Selection

P = TypeVar("P", bound=Struct)


Handler = Callable[..., Awaitable[Any]]


class Reading(Struct, Generic[P], frozen=True, kw_only=True):
    """A checked question at one revision of the base; `on` is the day asked for, or today where an
    answer is always of some day.
    """

    request: AnyRequest
    query: QueryString
    parameters: P
    filter: Expression
    lang: str
    opened: Snapshot | None
    window: Window
    format: Format
    on: date | None

    @property
    def snapshot(self) -> Snapshot:
        """The base at the revision asked for."""
        assert self.opened is not None, "operations beside the base do not ask"
        return self.opened

    @property
    def state(self) -> Any:
        """What the application holds."""
        return self.request.app.state

    @property
    def as_of(self) -> str | None:
        """The revision asked for, as it was named."""
        named: str | None = getattr(self.parameters, "as_of", None)
        return named

    @property
    def path(self) -> str:
        """The address without the suffix of a format."""
        return str(self.request.scope["path"])


@dataclass(frozen=True)
class Rows:
    """All records of a list, to be written by whatever format."""

    collection: Collection
    query: ListQuery
    selection: Selection

    def file(self, format_: Format, rendering: Rendering) -> RecordFile:
        """As a file of a format that writes rows."""
        assert format_.rows is not None, "only such formats are offered"
        lines = format_.rows(self.collection, rendering)
        made = RecordFile(self.collection, self.query, self.selection, lines)
        return replace(made, is_heavy=format_.is_heavy)


@dataclass(frozen=True, kw_only=True)
class Operation(Generic[P]):
    """One read. `gives` are its handlers by the kind of answer; the first is what JSON shows.

    `pinning` says when the answer may be kept for ever: with its revision pinned (`as_of`), with
    the day given too (`as_of_and_on`: without `on` it is of today), always or never. `version` is
    of the rules by which it is made; another version is another answer. `fresh` is the
    Cache-Control of what is not pinned. What changes between revisions is validated by its `body`;
    `private_to` is the scope
    whose holders see more than others. `locate` finds the one revision that an address stands for;
    `guard` refuses callers before anything else is looked at; what is no part of the base and for
    one caller alone has no validator, and the base is not opened for it. An operation with a
    `shape` answers requests itself, in the formats of its `suffixes`. `links` are values of the
    Link header. Of one that `is_lazy` the handlers open the base themselves where one statement is
    not enough for the JSON answer. `page` is what readers with a browser get at the same address.
    Forms send what was left empty too: of one that `is_form` that is not given. `picture` draws
    the answer.
    """

    id: str
    path: str
    tag: str
    gives: Mapping[Kind, Handler]
    parameters: Parameters[P]
    scope: str = "read"
    cost: int = 1
    pinning: Literal["as_of", "as_of_and_on", "always", "never"] = "as_of"
    version: str = ""
    fresh: str = conditional.FRESH
    validator: Literal["revision", "body", "none"] = "revision"
    summary: str = ""
    description: str = ""
    locate: Callable[..., Awaitable[int]] | None = None
    guard: Callable[..., None] | None = None
    private_to: str = ""
    shape: Any = None
    suffixes: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    is_lazy: bool = False
    is_form: bool = False
    page: "Operation[Any] | None" = None
    deprecated: Deprecation | None = None
    picture: Painter | None = None

    @property
    def handler(self) -> Handler:
        return next(iter(self.gives.values()))

    def for_(self, accept: str) -> "Operation[Any]":
        """Itself, or its page where a browser asks."""
        is_page = self.page is not None and preferred(accept, (JSON, HTML)) == HTML
        return self.page if is_page and self.page is not None else self

    @cached_property
    def answer_type(self) -> Any:
        """The shape of the JSON answer."""
        if self.shape is not None:
            return self.shape
        hint = get_type_hints(self.handler).get("return")
        return get_args(hint)[0] if get_origin(hint) is Listing else hint

    @cached_property
    def formats(self) -> tuple[Format, ...]:
        """In which it answers."""
        if self.suffixes:
            return tuple(BY_SUFFIX[suffix] for suffix in self.suffixes)
        formats = formats_of(frozenset(self.gives))
        return tuple(f for f in formats if self.picture is not None or not f.is_drawn)

    @cached_property
    def kinds(self) -> dict[str, Kind]:
        """Of which of its answers each format is made that a reader may ask for, by suffix."""
        made = ((f.suffix, f.kind(frozenset(self.gives))) for f in self.formats)
        return {suffix: kind for suffix, kind in made if kind is not None}

    def kind(self, asked: Format) -> Kind:
        """Of which of its answers a format is made, one of the pages' own too."""
        kind = self.kinds.get(asked.suffix) or asked.kind(frozenset(self.gives))
        assert kind is not None, "only such formats are offered"
        return kind

    @cached_property
    def options(self) -> dict[str, Parameters[Any]]:
        """The parameters of each format, by its suffix."""
        return {f.suffix: Parameters(f.options(self.id, self.answer_type)) for f in self.formats}

    @cached_property
    def names(self) -> frozenset[str]:
        """Everything that the query string may hold, in whatever format."""
        return self.parameters.names.union(*(options.names for options in self.options.values()))

    @cached_property
    def is_paged(self) -> bool:
        """Whether the pipeline cuts it into pages."""
        names = {member.name for member in self.parameters.members}
        return self.shape is None and {LIMIT, CURSOR} <= names


def answers_itself(
    path: str,
    handler: Handler,
    tag: str,
    parameters: type[Struct],
    shape: Any,
    suffixes: tuple[str, ...],
    **more: Any,
) -> Operation[Any]:
    """An operation whose handler takes the request and returns the response: one that waits, or
    streams what is not there yet.
    """
    summary, description = told(handler)
    return Operation(
        id=handler.__name__,
        path=path,
        tag=tag,
        gives={"table": handler},
        parameters=Parameters(parameters),
        summary=summary,
        description=description,
        shape=shape,
        suffixes=suffixes,
        **more,
    )


def read(
    path: str,
    handler: Handler,
    tag: str,
    kind: Kind = "table",
    parameters: type[Struct] | None = None,
    also: Mapping[Kind, Handler] = MappingProxyType({}),
    **more: Any,
) -> Operation[Any]:
    """An operation from its handler: the name is the id, the annotation of its `Reading` says what
    it takes, the first line of its docstring is the summary, the rest the description. `also` are
    the handlers of further kinds of answer.
    """
    (reading, *_) = get_type_hints(handler).values()
    summary, description = told(handler)
    return Operation(
        id=handler.__name__,
        path=path,
        tag=tag,
        gives={kind: handler, **also},
        parameters=Parameters(parameters or get_args(reading)[0]),
        summary=summary,
        description=description,
        **more,
    )
