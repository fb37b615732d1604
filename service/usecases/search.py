"""Search, suggestions and resolution over an index that is built once per revision."""

import asyncio
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from service.query.search.finding import search, suggest
from service.query.search.index import Index, Tokens
from service.query.search.questions import typed
from service.query.search.resolving import Wanted, resolve
from service.store import documents
from service.store.database import Snapshot
from service.usecases.hits import Facet, Hit, Resolution, Suggestion, by_type, hit, resolution
from service.usecases.hits import suggestion as shown_suggestion
from service.usecases.kept import Kept

INDEXES_KEPT = 3


class Indexes:
    """One per worker. The key is the revision, so nothing is ever stale; what earlier builds made
    of a text is used again."""

    def __init__(self) -> None:
        self._tokens = Tokens()
        self._built: Kept[Index] = Kept(INDEXES_KEPT)

    async def get(self, snapshot: Snapshot) -> Index:
        """The index at the snapshot's revision."""

        async def build() -> Index:
            found = await documents.load(snapshot)
            return await asyncio.to_thread(Index, found, self._tokens)

        return await self._built.get(snapshot.revision, build)


class Wish(NamedTuple):
    """What a search asks for, checked; `start` is the number of hits already seen."""

    q: str
    types: tuple[str, ...]
    lang: str
    limit: int
    start: int = 0
    on: date | None = None


class Hits(NamedTuple):
    """A page of hits; `total` of all pages, `by_type` whatever types were asked for."""

    page: list[Hit]
    total: int
    by_type: Facet


async def hits(index: Index, wish: Wish) -> Hits:
    return await asyncio.to_thread(_hits, index, wish)


async def ids(index: Index, q: str, kind: str) -> tuple[str, ...]:
    """The ids of all records of a kind that answer `q`. Raises TooManyWords."""
    found = await asyncio.to_thread(search, index, q, types=(kind,))
    return tuple(sorted(index.documents[n].id for n in found.order.tolist()))


async def suggestions(index: Index, wish: Wish) -> list[Suggestion]:
    return await asyncio.to_thread(_suggestions, index, wish)


async def resolutions(index: Index, wanted: Sequence[Wanted], lang: str) -> list[Resolution]:
    """In the order asked."""
    return await asyncio.to_thread(
        lambda: [resolution(one, resolve(index, one), lang) for one in wanted]
    )


def _hits(index: Index, wish: Wish) -> Hits:
    on = wish.on.toordinal() if wish.on else None
    found = search(index, wish.q, types=wish.types, on=on)
    asked, shown = typed(wish.q), slice(wish.start, wish.start + wish.limit)
    page = [
        hit(index.documents[n], score, asked, wish.lang)
        for n, score in zip(found.order[shown].tolist(), found.scores[shown].tolist(), strict=True)
    ]
    return Hits(page, len(found.order), by_type(found, wish.lang))


def _suggestions(index: Index, wish: Wish) -> list[Suggestion]:
    found = suggest(index, wish.q, types=wish.types, limit=wish.limit)
    asked = typed(wish.q)
    return [shown_suggestion(index.documents[n], asked, wish.lang) for n in found.order.tolist()]
