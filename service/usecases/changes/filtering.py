"""Which changes concern records that meet a filter, before the change or after it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from service.query.feed import Change
from service.query.filters.expressions import Expression
from service.query.registry import BY_KIND
from service.store.changes import feed
from service.store.database import Connection
from service.usecases.catalogue.merged_ids import led_at


async def chosen(
    connection: Connection, conditions: Mapping[str, Expression], wanted: Iterable[Change]
) -> list[Change]:
    """Those whose record meets the conditions of its kind; kinds without any are left out."""
    told = [change for change in wanted if change.place.kind in conditions]
    groups: dict[tuple[str, int], list[str]] = defaultdict(list)
    for change in told:
        groups[change.place.kind, change.place.revision].append(change.place.id)
    met: set[tuple[str, int, str]] = set()
    for (kind, revision), ids in groups.items():
        kept = await meeting(connection, kind, revision, ids, conditions[kind])
        met |= {(kind, revision, record_id) for record_id in kept}
    return [c for c in told if (c.place.kind, c.place.revision, c.place.id) in met]


async def meeting(
    connection: Connection, kind: str, revision: int, ids: list[str], conditions: Expression
) -> set[str]:
    """Those that met the conditions at the revision or the one before, by the ids of then."""
    if not conditions:
        return set(ids)
    collection, met = BY_KIND[kind], set[str]()
    for asked in (revision, revision - 1):
        led = await led_at(connection, collection, conditions, asked)
        met |= await feed.meeting(connection, collection, asked, ids, led)
    return met
