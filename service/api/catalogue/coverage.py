"""`/v1/coverage`: how much is known, sourced and exactly dated."""

import asyncio
from typing import Literal

from msgspec import Struct

from service.api.catalogue.record_schemas import RevisionMeta
from service.api.http.operation import Reading
from service.api.http.parameters import Moment
from service.maths.panel.coverage import Coverage, coverage
from service.query.filters.expressions import EVERYTHING
from service.query.registry import COLLECTIONS
from service.store.catalogue import coverage as knowledge
from service.store.database import Snapshot


class FieldCoverage(Struct):
    """How often a field is filled in, or the record states why it is not; `day_precision_share` is
    of the known dates."""

    field: str
    known_share: float | None
    day_precision_share: float | None


class CollectionCoverage(Struct):
    """Of one collection."""

    collection: str
    count: int
    sourced_share: float | None
    fields: list[FieldCoverage]


class MarketCoverage(Struct):
    """Of one market, as every analysis of it says."""

    market_id: str
    coverage: Coverage


class CoverageAnswer(Struct):
    """Shares are null where there is nothing."""

    object: Literal["coverage"]
    on: str
    collections: list[CollectionCoverage]
    markets: list[MarketCoverage]
    meta: RevisionMeta


async def get_coverage(reading: Reading[Moment]) -> CoverageAnswer:
    """How much is known.

    By collection and field: known, sourced, exact to the day; by market: cells.
    """
    on = reading.on
    assert on is not None, "coverage is of some day"
    panel = await reading.state.panels.get(
        reading.snapshot, evidence="sourced", stage_min="preview", expression=EVERYTHING
    )
    markets = await asyncio.to_thread(
        lambda: [MarketCoverage(m, coverage(panel, m, on.toordinal())) for m in panel.market_ids]
    )
    return CoverageAnswer(
        object="coverage",
        on=on.isoformat(),
        collections=await _collections(reading.snapshot),
        markets=markets,
        meta=RevisionMeta(reading.snapshot.revision, reading.lang),
    )


async def _collections(snapshot: Snapshot) -> list[CollectionCoverage]:
    found = []
    for collection in COLLECTIONS:
        counts = await knowledge.filled(snapshot, collection)
        total, dates = counts["count"], counts["dates"]
        fields = [
            FieldCoverage(
                name,
                _share(known, total),
                _share(dates[name]["day"], known) if name in dates else None,
            )
            for name, known in counts["fields"].items()
        ]
        sourced = counts["sourced"]
        share = None if sourced is None else _share(sourced, total)
        found.append(CollectionCoverage(collection.name, total, share, fields))
    return found


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
