"""Reading the feed of changes on from a place, and waiting for what comes."""

import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from service import limits
from service.model.errors import Code, ServiceError
from service.query.feed import Change, Place, behind, parse
from service.query.filters.expressions import Expression
from service.store.changes import feed
from service.store.database import Database
from service.store.named_revisions import instant_of, newest_by
from service.texts.sentences import sentence
from service.usecases.catalogue.merged_ids import with_survivors
from service.usecases.changes.filtering import chosen
from service.usecases.changes.revision_watcher import RevisionWatcher


@dataclass(frozen=True)
class Following:
    """What is followed, from where on; no kinds or ids: all. Merged ids go on as survivors.

    `conditions` by kind: only changes of records that meet them, before or after; None: of all.
    """

    after: Place
    kinds: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    conditions: Mapping[str, Expression] | None = None


class Stretch(NamedTuple):
    """Changes in order, the place to go on behind, and whether there is more by `revision`."""

    changes: list[Change]
    place: Place
    has_more: bool
    revision: int


async def place_of(database: Database, since: str | None, *, default: Place | None) -> Place:
    """The place that `since` names: `rev:N`, `seq:…`, a day or an instant.

    Raises ServiceError `revision_unknown`, `invalid_value` or a database failure.
    """
    async with database.read() as snapshot:
        if since is None:
            return behind(snapshot.revision) if default is None else default
        place = parse(since) or behind(
            await newest_by(snapshot.connection, instant_of(since, "since"))
        )
        _check(place, snapshot.revision)
        return place


def _check(place: Place, newest: int) -> None:
    if place.revision > newest:
        raise ServiceError(
            Code.REVISION_UNKNOWN,
            sentence("revisions.unknown", revision=place.revision, newest=newest),
        )


async def read(
    database: Database, following: Following, limit: int, *, until: int | None = None
) -> Stretch:
    """The next changes, up to a revision (the newest): of `limit`, what meets the conditions."""
    async with database.read() as snapshot:
        last = snapshot.revision if until is None else until
        found = await feed.page(
            snapshot.connection,
            following.after,
            last,
            limit + 1,
            kinds=following.kinds,
            ids=await with_survivors(snapshot, following.ids),
        )
        seen, has_more = found[:limit], len(found) > limit
        shown = seen
        if following.conditions is not None:
            shown = await chosen(snapshot.connection, following.conditions, seen)
    place = seen[-1].place if has_more else max(behind(last), following.after)
    return Stretch(shown, place, has_more, last)


async def wait(
    database: Database, watcher: RevisionWatcher, following: Following, limit: int, seconds: float
) -> Stretch:
    """As `read`, but when there is nothing yet, what comes within the time."""
    ends = time.monotonic() + seconds
    stretch = await read(database, following, limit)
    while not stretch.changes and (left := ends - time.monotonic()) > 0:
        if not stretch.has_more and not await watcher.beyond(stretch.revision, left):
            break
        stretch = await read(database, replace(following, after=stretch.place), limit)
    return stretch


async def whole(
    database: Database, first: Stretch, following: Following, limit: int
) -> AsyncIterator[Stretch]:
    """The first stretch and those that follow by its revision, `limit` changes in all."""
    stretch, left = first, limit
    while True:
        left -= len(stretch.changes)
        yield stretch
        if not stretch.has_more or left <= 0:
            return
        size = min(left, limits.CHANGES_PAGE_MAX)
        following = replace(following, after=stretch.place)
        stretch = await read(database, following, size, until=first.revision)


async def live(
    database: Database, watcher: RevisionWatcher, following: Following
) -> AsyncIterator[Stretch]:
    """Stretch after stretch as they come; an empty one every fifteen seconds of silence.

    Ends when the service closes, or after ten minutes at the next silence.
    """
    ends = time.monotonic() + limits.STREAM_SECONDS
    while not watcher.is_closing and time.monotonic() < ends:
        stretch = await read(database, following, limits.CHANGES_PAGE_MAX)
        following = replace(following, after=stretch.place)
        yield stretch
        if not stretch.has_more:
            await watcher.beyond(stretch.revision, limits.HEARTBEAT_SECONDS)
