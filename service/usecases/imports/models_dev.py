"""A public catalogue, read against what the base knows already."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec

from service.formats.import_format.canonical_lines import write_line
from service.formats.models_dev import Known, Problem, read_catalogue, snapshot_day
from service.formats.models_dev.facts import MARKET
from service.query.registry import BY_KIND
from service.store.catalogue import exports
from service.store.curation import retired_ids
from service.store.database import Database, Snapshot

ENTITIES = ("market", "vendor", "feature", "business_model")
FACTS = ("adoption", "monetization", "offering", "survey")


@dataclass(frozen=True)
class Found:
    """The catalogue as lines of the import format."""

    taken: date
    lines: list[bytes]
    counts: dict[str, int]
    problems: list[Problem]


async def read_models_dev(
    database: Database, data: bytes, *, name: str, taken: date | None
) -> Found:
    """Dates come out narrowed by what earlier snapshots said; nothing is written yet.

    `taken` None: the date in the file's name, else the latest update in the catalogue.
    Raises InvalidCatalogue.
    """
    day = taken or snapshot_day(name, data)
    async with database.read() as snapshot:
        known = await _gone(snapshot)
        market = known.living("market", MARKET) or MARKET
        known.taking([record async for record in _stored(snapshot, market)])
    found = read_catalogue(data, taken=day, known=known)
    encode = msgspec.json.Encoder(decimal_format="number").encode
    lines = [encode(record) for record in found.records]
    return Found(day, lines, dict(found.counts), found.problems)


async def _gone(snapshot: Snapshot) -> Known:
    """What became of ids that the catalogue may still use."""
    known = Known()
    for kind in (*ENTITIES, "product"):
        led = await retired_ids.survivors_then(snapshot, BY_KIND[kind])
        known.led |= {(kind, old): new for old, new in led.items()}
        known.retired |= {(kind, i) for i in await retired_ids.all_retired(snapshot, BY_KIND[kind])}
    return known


async def _stored(snapshot: Snapshot, market: str) -> AsyncIterator[dict[str, Any]]:
    """What the base holds of the catalogue's world; facts with their ids."""
    products = snapshot.relation("product")
    member = f"market_ids @> ARRAY['{market}']"
    of_member = f"t.product_id IN (SELECT p.id FROM {products} p WHERE p.{member})"  # noqa: S608
    wheres = dict.fromkeys(ENTITIES, "") | {"product": f"t.{member}"}
    for kind, where in (wheres | dict.fromkeys(FACTS, of_member)).items():
        collection = BY_KIND[kind]
        async for row in exports.rows(snapshot, collection, where=where):
            record: dict[str, Any] = msgspec.json.decode(write_line(collection, row))
            yield {"kind": kind, "id": row["id"], **record}
