"""What a search or a suggestion asks for, read from its query string and checked."""

from dataclasses import dataclass, replace
from typing import Any

from litestar import Request

from service import limits
from service.api import lists
from service.api.languages import language
from service.api.parameters import AS_OF, LANG, ON, Parameter, Query
from service.model.errors import Fault, ServiceError
from service.model.suggestions import nearest
from service.query import cursors
from service.query.search.documents import TYPES
from service.query.search.questions import TooManyWords, typed
from service.usecases.search import Wish

SUGGESTIONS_DEFAULT, SUGGESTIONS_MAX = 10, 50
Q = Parameter(
    name="q",
    doc="Words in Chinese (either script variant), pinyin, pinyin initials, or any other language.",
    example="搜索",
)
TYPE = Parameter(
    name="type", doc="Any of these sorts of record.",
    schema={"type": "array", "items": {"type": "string", "enum": list(TYPES)}},
)  # fmt: skip
FACETS = Parameter(name="facets", doc="type: also count the hits of each type.",
                   schema={"type": "string", "enum": ["type"]})  # fmt: skip


def limit(default: int, most: int) -> Parameter:
    bounds = {"type": "integer", "minimum": 1, "maximum": most, "default": default}
    return Parameter(name=lists.LIMIT, doc="Records at most.", schema=bounds)


CURSOR = Parameter(name=lists.CURSOR, doc="`page.next_cursor` of the page before.")
OF_SEARCH = [
    Q, TYPE, LANG, limit(limits.PAGE_DEFAULT, limits.PAGE_MAX), CURSOR, ON, AS_OF, FACETS,
]  # fmt: skip
OF_SUGGEST = [Q, TYPE, LANG, limit(SUGGESTIONS_DEFAULT, SUGGESTIONS_MAX), AS_OF]


@dataclass(frozen=True)
class SearchRequest:
    """A checked request; `hash` is what its cursors stand for."""

    wish: Wish
    as_of: str | None
    has_facets: bool = False
    hash: str = ""


def search_request(request: Request[Any, Any, Any]) -> SearchRequest:
    """Raises ServiceError with every fault of the query string, or of the cursor."""
    asked = _read(request, OF_SEARCH, limits.PAGE_DEFAULT, limits.PAGE_MAX)
    wish = asked.wish
    on = wish.on and wish.on.isoformat()
    asked = replace(asked, hash=cursors.query_hash(["search", wish.q, wish.types, wish.lang, on]))
    text = Query(request).one(lists.CURSOR)
    return _continued(asked, text) if text else asked


def suggest_request(request: Request[Any, Any, Any]) -> SearchRequest:
    """Raises ServiceError with every fault of the query string."""
    return _read(request, OF_SUGGEST, SUGGESTIONS_DEFAULT, SUGGESTIONS_MAX)


def _read(
    request: Request[Any, Any, Any], parameters: list[Parameter], default: int, most: int
) -> SearchRequest:
    query = Query(request)
    wish = Wish(
        q=_q(query),
        types=_types(query),
        lang=query.lang() or language(request)[0],
        limit=query.integer(lists.LIMIT, default, 1, most),
        on=query.day("on", lists.today()),
    )
    has_facets = query.choice("facets", ("type",), "") == "type"
    as_of, _ = query.one("as_of"), query.one(lists.CURSOR)
    query.finish(p.name for p in parameters)
    return SearchRequest(wish, as_of, has_facets)


def _continued(asked: SearchRequest, text: str) -> SearchRequest:
    try:
        cursor = cursors.decode(text)
        start = int(cursor.after[0] or "")
    except (cursors.InvalidCursor, ValueError, IndexError):
        raise ServiceError("cursor_invalid", "The cursor was not given by this service.") from None
    if cursor.query != asked.hash or start < 0:
        raise ServiceError("cursor_mismatch", "The cursor belongs to another query.")
    return replace(asked, wish=asked.wish._replace(start=start), as_of=f"rev:{cursor.revision}")


def _q(query: Query) -> str:
    q = query.one(Q.name)
    if q is None and Q.name not in query.given:
        query.fault("invalid_value", Q.name, "Say what to look for: q=kimi.")
    elif q is not None and not q.strip():
        query.fault("empty_value", Q.name, "Say what to look for: q=kimi.")
    try:
        typed(q or "")
    except TooManyWords as error:
        query.fault("invalid_value", Q.name, str(error))
    return q or ""


def _types(query: Query) -> tuple[str, ...]:
    if TYPE.name not in query.given:
        return ()
    values = sorted({part for text in query.given[TYPE.name] for part in text.split(",")})
    if "" in values:
        query.fault("empty_value", TYPE.name, "Empty value; leave type out for all.")
    query.faults += [
        Fault(code="unknown_value", parameter=TYPE.name, detail=f'"{value[:60]}" is no type.',
              allowed=TYPES, did_you_mean=tuple(nearest(value, TYPES)))
        for value in values if value and value not in TYPES
    ]  # fmt: skip
    return tuple(values)
