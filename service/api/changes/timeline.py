"""`/v1/timeline`: all dated facts in date order, and as feeds to subscribe to."""

from dataclasses import replace
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit

from msgspec import structs

from service import limits
from service.api.catalogue.lists import list_operation, list_query
from service.api.http.operation import Handler, Operation, Reading
from service.formats.files.feed_entries import Feed
from service.query.filters.expressions import both
from service.query.views import TIMELINE
from service.usecases.catalogue.rivals import of_rivals
from service.usecases.changes.timeline import entries

EVENTS = {"ics": limits.CALENDAR_EVENTS}
# What is news was written last, whatever day it speaks of; a calendar goes by the days.
ORDERS = {"ics": ("-date",)}
AS_NEWS = ("-revision", "-date")


async def _among_rivals(reading: Reading[Any]) -> Reading[Any]:
    """With the filter narrowed to the rivals of the vendor that is named, if one is."""
    vendor: str | None = reading.parameters.rivals_of
    if vendor is None:
        return reading
    rivals = await of_rivals(reading.snapshot, TIMELINE, vendor)
    return structs.replace(reading, filter=both(rivals, reading.filter))


def _narrowed(handler: Handler) -> Handler:
    @wraps(handler)
    async def answer(reading: Reading[Any]) -> Any:
        return await handler(await _among_rivals(reading))

    return answer


async def _feed(reading: Reading[Any]) -> Feed:
    """The newest events that meet the filter."""
    lang, public_url = reading.lang, str(reading.state.settings.public_url)
    query = replace(
        list_query(reading),
        sort=ORDERS.get(reading.format.suffix, AS_NEWS),
        limit=EVENTS.get(reading.format.suffix, limits.FEED_ENTRIES),
        count="none",
    )
    words = urlencode([*sorted(reading.query.pairs("lang")), ("lang", lang)])
    return Feed(
        host=urlsplit(public_url).hostname or "parity",
        url=f"{public_url}{reading.path}.{reading.format.suffix}?{words}",
        home=f"{public_url}{reading.path}?{words}",
        lang=lang,
        updated_at=reading.snapshot.instant,
        entries=await entries(reading.snapshot, query, lang, public_url),
    )


def _timeline() -> Operation[Any]:
    listed = list_operation(TIMELINE)
    gives = {**listed.gives, "feed": _feed}
    return replace(listed, gives={kind: _narrowed(handler) for kind, handler in gives.items()})


OPERATIONS = [_timeline()]
