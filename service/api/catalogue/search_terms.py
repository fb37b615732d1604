"""`q` of a list: only the records that these words find, in the list's own order."""

from dataclasses import replace
from typing import Any

from litestar import Request

from service.api.http.parameters import Parameter, Query
from service.model.errors import Code
from service.query.fields import Collection
from service.search.documents import SEARCHED
from service.search.phrases import EXAMPLE, TooManyWords, typed
from service.store.catalogue.lists import ListQuery
from service.store.database import Snapshot
from service.usecases.search import Indexes, ids

Q = Parameter(
    name="q", doc="Only records that these words find, as /v1/search does; in the list's order.",
    example=EXAMPLE,
)  # fmt: skip


def words_of(collection: Collection) -> list[Parameter]:
    """The parameter, for collections that are searched."""
    return [Q] if collection in SEARCHED else []


def read_words(query: Query, collection: Collection) -> str | None:
    """What is looked for, if anything; faults are noted in `query`."""
    if collection not in SEARCHED:
        return None
    words = query.one(Q.name)
    if words is not None and not words.strip():
        query.fault(Code.EMPTY_VALUE, Q.name, "Empty value; leave q out for all.")
    try:
        typed(words or "")
    except TooManyWords as error:
        query.fault(Code.INVALID_VALUE, Q.name, str(error))
    return words


async def narrowed(
    request: Request[Any, Any, Any],
    snapshot: Snapshot,
    collection: Collection,
    query: ListQuery,
    words: str | None,
) -> ListQuery:
    """The list among what the words find at the snapshot's revision."""
    if words is None:
        return query
    indexes: Indexes = request.app.state.indexes
    found = await ids(await indexes.get(snapshot), words, collection.kind)
    return replace(query, among=found)
