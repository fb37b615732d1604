"""What a list request asks for, read from its query string and checked."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from litestar import Request

from service import limits
from service.api.languages import language
from service.api.parameters import AS_OF, LANG, ON, Parameter, Query
from service.model.errors import Fault, ServiceError
from service.query import cursors
from service.query.fields import Collection, Field, Type
from service.query.filters import paths
from service.query.requests import conditions_of, sort_of
from service.query.sorting import sortable_names
from service.store.records import ListQuery

SORT, LIMIT, CURSOR, COUNT = "sort", "limit", "cursor", "count"


@dataclass(frozen=True)
class ListRequest:
    """A checked list request; `question` is what its ETag and cursors stand for."""

    query: ListQuery
    as_of: str | None
    is_pinned: bool
    question: list[Any]
    hash: str
    applied: dict[str, Any]


def parameters(collection: Collection) -> list[Parameter]:
    """Every parameter of the collection's list."""
    filters = [
        Parameter(name=name, doc=_doc(path), schema=_schema(path[-1]))
        for name, path in paths(collection).items()
    ]
    integer = {"type": "integer", "minimum": 1, "maximum": limits.PAGE_MAX}
    return [
        *filters,
        Parameter(name=SORT, doc="Sort fields, `-` for descending; id is appended.",
                  schema=_listed(sortable_names(collection)),
                  example=",".join(collection.default_sort)),
        Parameter(name=LIMIT, doc="Records a page.",
                  schema={**integer, "default": limits.PAGE_DEFAULT}),
        Parameter(name=CURSOR, doc="`page.next_cursor` of the page before."),
        Parameter(name=COUNT, doc="exact (to 100,000, then gte) or none.",
                  schema={"type": "string", "enum": ["exact", "none"], "default": "exact"}),
        *record_parameters(),
    ]  # fmt: skip


def record_parameters() -> list[Parameter]:
    return [LANG, ON, AS_OF]


def _doc(path: tuple[Field, ...]) -> str:
    return f"Any of these values. {path[-1].doc}"


def _schema(field: Field) -> dict[str, Any]:
    word: dict[str, Any] = {"type": "string"}
    if field.values:
        word["enum"] = list(field.values)
    return {"type": "array", "items": word}


def _listed(names: list[str]) -> dict[str, Any]:
    words = [sign + name for name in names for sign in ("", "-")]
    return {"type": "array", "items": {"type": "string", "enum": words}}


def today() -> date:
    return datetime.now(UTC).date()


def read(request: Request[Any, Any, Any], collection: Collection) -> ListRequest:
    """Raises ServiceError with every fault of the query string."""
    query = Query(request)
    conditions, faults = conditions_of(collection, query.given)
    query.faults += [Fault(**fault._asdict()) for fault in faults]
    sort = _sort(query, collection)
    asked = ListQuery(
        conditions=conditions,
        sort=sort,
        limit=query.integer(LIMIT, limits.PAGE_DEFAULT, 1, limits.PAGE_MAX),
        lang=query.lang() or language(request)[0],
        on=query.day("on", today()),
        is_counted=query.choice(COUNT, ("exact", "none"), "exact") == "exact",
    )
    as_of, cursor = query.one("as_of"), query.one(CURSOR)
    query.finish(p.name for p in parameters(collection))
    on = asked.on.isoformat() if asked.on else None
    names = ("cursor", "limit", "on")
    question = [*query.normalized(*names), ["on", on], ["lang", asked.lang]]
    return _continued(
        ListRequest(
            query=asked,
            as_of=as_of,
            is_pinned=(as_of or "").startswith("rev:"),
            question=[*question, ["limit", asked.limit], ["cursor", cursor]],
            hash=cursors.query_hash([collection.name, question]),
            applied={
                "filter": {c.name: list(c.values) for c in conditions},
                "sort": [*(sort or collection.default_sort), "id"],
            },
        ),
        cursor,
    )


def _sort(query: Query, collection: Collection) -> tuple[str, ...]:
    if SORT not in query.given:
        return ()
    if "" in query.given[SORT]:
        query.fault("empty_value", SORT, "Empty value; leave sort out for the default order.")
        return ()
    sort, faults = sort_of(collection, query.given[SORT])
    query.faults += [Fault(**fault._asdict()) for fault in faults]
    return sort


def _continued(asked: ListRequest, text: str | None) -> ListRequest:
    if text is None:
        return asked
    try:
        cursor = cursors.decode(text)
    except cursors.InvalidCursor:
        raise ServiceError("cursor_invalid", "The cursor was not given by this service.") from None
    if cursor.query != asked.hash:
        raise ServiceError("cursor_mismatch", "The cursor belongs to another query.")
    return replace(
        asked,
        query=replace(asked.query, after=tuple(cursor.after)),
        as_of=f"rev:{cursor.revision}",
        is_pinned=True,
    )


def references(collection: Collection) -> dict[str, Field]:
    """The filterable paths whose values are ids of another collection."""
    kinds = (Type.REFERENCE, Type.REFERENCES)
    return {name: path[-1] for name, path in paths(collection).items() if path[-1].type in kinds}
