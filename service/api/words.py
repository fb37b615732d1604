"""`q`: what a person types to find records by what they are called."""

from dataclasses import replace
from typing import Any

from litestar import Request

from service.api.parameters import Parameter, Query
from service.query.fields import Collection
from service.query.search.documents import SEARCHED
from service.query.search.questions import TooManyWords, typed
from service.store.database import Snapshot
from service.store.records import ListQuery
from service.usecases.search import Indexes, ids_of

Q = Parameter(
    name="q",
    doc="Words in Chinese (either script variant), pinyin, pinyin initials, or any other language.",
    example="搜索",
)
NOTHING_SAID = "Say what to look for: q=kimi."


def of_list(collection: Collection) -> list[Parameter]:
    """`q` of the lists that have names; it finds what /v1/search finds."""
    return [Q] if collection in SEARCHED else []


def read(query: Query) -> str | None:
    """The words, checked; faults are noted in `query`."""
    q = query.one(Q.name)
    if q is not None and not q.strip():
        query.fault("empty_value", Q.name, NOTHING_SAID)
        return None
    try:
        typed(q or "")
    except TooManyWords as error:
        query.fault("invalid_value", Q.name, str(error))
    return q


async def worded(
    request: Request[Any, Any, Any],
    snapshot: Snapshot,
    collection: Collection,
    query: ListQuery,
    q: str | None,
) -> ListQuery:
    """The query over the records that the words find at the snapshot's revision."""
    if q is None:
        return query
    indexes: Indexes = request.app.state.indexes
    index = await indexes.get(snapshot)
    return replace(query, ids=await ids_of(index, q, collection.kind))
