"""What a CSV file holds, seen from how it begins."""

import csv
import re
from collections.abc import Iterator, Sequence

from service.formats.import_format.csv_columns import column
from service.formats.import_format.csv_lines import table
from service.query.fields import Collection
from service.query.registry import BY_NAME, COLLECTIONS
from service.query.types.cells import Cell

SEEN_LINES = 50  # empty ones and the header among them
_HREF = re.compile(r"/v1/([a-z-]+)/")


def kinds_of(beginning: Sequence[bytes]) -> list[str]:
    """The kinds whose columns the header names, the required ones among them; of a downloaded
    list the one that its first row says. `beginning`: the first lines. Raises Unreadable."""
    return [collection.kind for collection in COLLECTIONS if _fits(collection, beginning)]


def _fits(collection: Collection, beginning: Sequence[bytes]) -> bool:
    _, cells = table(collection, beginning)
    names = [name.strip() for name in next(cells, [])]
    found = {name: column(collection, name) for name in names if name}
    places = {made.place[0] for made in found.values() if isinstance(made, Cell)}
    required = [{f.name, f.import_key} for f in collection.stored if f.required]
    required += [{"id"}] if collection.is_entity else []
    if None in found.values() or not all(places & either for either in required):
        return False
    row = dict(zip(names, _first_row(cells), strict=False))
    said = _HREF.match(row.get("href", ""))
    return said is None or BY_NAME.get(said[1]) is collection


def _first_row(cells: Iterator[list[str]]) -> list[str]:
    try:
        return next(cells, [])
    except csv.Error:
        return []
