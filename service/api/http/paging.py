"""One paging for every list: an opaque cursor that pins the revision, and where it goes on."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Generic, NamedTuple, TypeVar

from msgspec import Meta, Struct, defstruct

from service import limits
from service.api.http.parameters import Language, Moment
from service.api.http.query_string import QueryString, encoded
from service.model.errors import Code, Fault, refused
from service.query import cursors
from service.texts.sentences import sentence

Answer = TypeVar("Answer")
Item = TypeVar("Item")
LIMIT, CURSOR = "limit", "cursor"
Cursor = Annotated[str | None, Meta(description="`page.next_cursor` of the page before.")]


class PageShown(Struct):
    """Where the list goes on; `next_cursor` null is the one end signal."""

    limit: int
    next_cursor: str | None
    next: str | None


Limit = Annotated[int, Meta(ge=1, le=limits.PAGE_MAX, description="Records a page.", examples=[10])]


class Paged(Struct, frozen=True, kw_only=True):
    """What every list takes; `paged` makes it with other bounds."""

    limit: Limit = limits.PAGE_DEFAULT
    cursor: Cursor = None


class PagedLanguage(Language, frozen=True, kw_only=True):
    """A list with words in it."""

    limit: Limit = limits.PAGE_DEFAULT
    cursor: Cursor = None


class PagedMoment(Moment, frozen=True, kw_only=True):
    """A list of the base."""

    limit: Limit = limits.PAGE_DEFAULT
    cursor: Cursor = None


def paged(shape: type[Struct], default: int, most: int) -> type[Any]:
    """The parameters with a page size of their own."""
    bound = Annotated[int, Meta(ge=1, le=most, description="Records a page.", examples=[10])]
    return defstruct(
        shape.__name__,
        [(LIMIT, bound, default), (CURSOR, Cursor, None)],
        bases=(shape,),
        frozen=True,
        kw_only=True,
    )


def limited(shape: type[Struct], default: int, most: int) -> type[Any]:
    """The parameters with a size, for an answer that does not go on."""
    bound = Annotated[int, Meta(ge=1, le=most, description="Records at most.", examples=[10])]
    return defstruct(
        shape.__name__, [(LIMIT, bound, default)], bases=(shape,), frozen=True, kw_only=True
    )


class Window(NamedTuple):
    """What part of a list is wanted: so many rows behind the one that `after` names.

    `after` are texts that the list itself gave with the page before; none: from the beginning.
    """

    limit: int
    after: tuple[str | None, ...] = ()

    @property
    def fetch(self) -> int:
        """One row more than is shown tells whether there are more."""
        return self.limit + 1


class Listing(Generic[Answer]):
    """A page of a list, its `page` still to be filled in.

    `after` names the last row shown, for the next page; None: the list ends here. `is_whole`: asked
    again it says the same.
    """

    def __init__(
        self, answer: Answer, after: Sequence[str | None] | None, *, is_whole: bool = True
    ) -> None:
        self.answer = answer
        self.after = after
        self.is_whole = is_whole


def cut(
    window: Window, every: Sequence[Item], name: Callable[[Item], str] | None = None
) -> tuple[Sequence[Item], list[str] | None]:
    """The window of a list that is known as a whole, and where it goes on: so many are seen.

    A list that changes between two pages gives its items a `name`: it goes on behind the last one
    shown, wherever that stands then.
    """
    start = 0
    if window.after:
        seen, *last = window.after
        names = [name(item) for item in every] if name and last else []
        start = (
            names.index(last[0]) + 1 if last and last[0] in names else int(seen or 0) - len(last)
        )
    end = start + window.limit
    if end >= len(every):
        return every[start:end], None
    return every[start:end], [str(end), *([name(every[end - 1])] if name else [])]


class Place(NamedTuple):
    """Where an iteration stands; `revision` is None before its first page."""

    window: Window
    revision: int | None


def place_of(parameters: Any, question: object, key: bytes) -> Place:
    """The question is that of which a cursor goes on, `key` signs it.

    Raises ServiceError `cursor_invalid`, `cursor_mismatch`.
    """
    text = parameters.cursor
    if text is None:
        return Place(Window(parameters.limit), None)
    try:
        cursor = cursors.decode(text, key)
    except cursors.InvalidCursor:
        detail = sentence("cursors.unknown")
        raise refused([Fault(Code.CURSOR_INVALID, detail, parameter=CURSOR)]) from None
    if cursor.query != cursors.query_hash(question):
        detail = sentence("cursors.other_query")
        raise refused([Fault(Code.CURSOR_MISMATCH, detail, parameter=CURSOR)])
    return Place(Window(parameters.limit, tuple(cursor.after)), cursor.revision)


def page_of(
    query: QueryString,
    path: str,
    limit: int,
    cursor: cursors.Cursor | None,
    key: bytes,
) -> PageShown:
    """The page with the address of the next one, which keeps the question as it was asked.

    `cursor` is where it goes on, None where it ends; `key` signs it.
    """
    if cursor is None:
        return PageShown(limit, None, None)
    signed = cursors.encode(cursor, key)
    words = encoded([*query.pairs(CURSOR), (CURSOR, signed)])
    return PageShown(limit, signed, f"{path}?{words}")
