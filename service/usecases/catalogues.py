"""A public catalogue, read against what the base knows already."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import msgspec

from service.formats.models_dev import Known, Problem, read_catalogue, snapshot_day
from service.store import catalogues
from service.store.database import Database


@dataclass(frozen=True)
class Found:
    """The catalogue as lines of the import format."""

    taken: date
    lines: list[bytes]
    counts: dict[str, int]
    problems: Sequence[Problem]


async def read_models_dev(
    database: Database, data: bytes, *, name: str, taken: date | None
) -> Found:
    """Dates come out narrowed by what earlier snapshots said; nothing is written yet.

    `taken` None: the date in the file's name, else the latest update in the catalogue.
    Raises InvalidCatalogue.
    """
    day = taken or snapshot_day(name, data)
    async with database.read() as snapshot:
        known: Known = await catalogues.known(snapshot)
    found = read_catalogue(data, taken=day, known=known)
    lines = [msgspec.json.encode(record) for record in found.records]
    return Found(taken=day, lines=lines, counts=dict(found.counts), problems=found.problems)
