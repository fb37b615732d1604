"""`/v1/timeline.atom`, `.feed.json`, `.ics`: a filtered timeline to subscribe to."""

from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler

from service import limits
from service.api.catalogue import lists
from service.api.http.conditional import Content, respond
from service.api.http.languages import language
from service.api.http.parameters import AS_OF, LANG, ON, Query, is_pinned
from service.formats.files import atom, icalendar, json_feed
from service.formats.files.feed_entries import Feed
from service.query.filters.parameters import filter_of
from service.query.views import TIMELINE
from service.store.catalogue.lists import ListQuery
from service.store.database import Database, Snapshot
from service.usecases.changes.timeline import entries

PARAMETERS = [*lists.filter_parameters(TIMELINE), LANG, ON, AS_OF]


class Kind(NamedTuple):
    """A kind of feed: what its address ends in, its media type, how it is written, how long."""

    suffix: str
    name: str
    media_type: str
    write: Callable[[Feed], bytes]
    most: int


KINDS = (
    Kind("atom", "Atom", atom.MEDIA_TYPE, atom.atom, limits.FEED_ENTRIES),
    Kind("feed.json", "JSON Feed", json_feed.MEDIA_TYPE, json_feed.json_feed, limits.FEED_ENTRIES),
    Kind("ics", "a calendar", icalendar.MEDIA_TYPE, icalendar.calendar, limits.CALENDAR_EVENTS),
)


def _handler(kind: Kind) -> HTTPRouteHandler:
    async def answer(request: Request[Any, Any, Any]) -> Response[bytes]:
        query = Query(request)
        asked, as_of = _read(query, request, kind.most), query.one("as_of")
        query.finish(p.name for p in PARAMETERS)
        on = asked.on.isoformat() if asked.on else None
        database: Database = request.app.state.database
        async with database.read(as_of) as snapshot:

            async def content() -> Content:
                feed = await _feed(request, snapshot, query, asked)
                return Content(kind.write(feed), {})

            return await respond(
                request,
                revision=snapshot.revision,
                question=[query.normalized("on", "lang"), on],
                lang=asked.lang,
                is_pinned=is_pinned(as_of),
                content=content,
                memento=snapshot.instant if as_of else None,
                media_type=kind.media_type,
            )

    return get(
        f"/v1/timeline.{kind.suffix}",
        operation_id=f"get_timeline_as_{kind.suffix.replace('.', '_')}",
        summary=f"The timeline as {kind.name}",
        description=f"The newest {kind.most} events that meet the filter, by their date.",
        tags=["Files"],
        opt={"parameters": PARAMETERS, "answers": kind.media_type, "is_validated": True},
    )(answer)


def _read(query: Query, request: Request[Any, Any, Any], most: int) -> ListQuery:
    expression, faults = filter_of(TIMELINE, query.given)
    query.blame(faults)
    return ListQuery(
        filter=expression,
        is_possible=query.choice("date_match", lists.DATE_MATCHES, "certain") == "possible",
        sort=("-date",),
        limit=most,
        lang=query.lang() or language(request)[0],
        on=query.day("on", lists.today()),
        is_counted=False,
    )


async def _feed(
    request: Request[Any, Any, Any], snapshot: Snapshot, query: Query, asked: ListQuery
) -> Feed:
    public_url: str = request.app.state.settings.public_url
    pairs = sorted((k, v) for k, values in query.given.items() for v in values if k != "lang")
    words = urlencode([*pairs, ("lang", asked.lang)])
    return Feed(
        host=urlsplit(public_url).hostname or "parity",
        url=f"{public_url}{request.url.path}?{words}",
        home=f"{public_url}/v1/timeline?{words}",
        lang=asked.lang,
        updated_at=snapshot.instant,
        entries=await entries(snapshot, asked, asked.lang, public_url),
    )


HANDLERS = [_handler(kind) for kind in KINDS]
