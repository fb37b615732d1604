"""Every list by every field of its own and of the records it points to: as a slow sort has it."""

import random
from typing import Any

import msgspec
import pytest

from service.model.dates import parse_date
from service.query.fields import Collection
from service.query.filters.parameters import sort_of
from service.query.paths import Path, path_of, paths
from service.query.registry import PRODUCTS
from service.query.sorting import is_sortable
from service.query.types import Names
from service.store.catalogue import lists
from service.store.catalogue.lists import ListQuery
from service.store.database import Database
from tests.slow.filters import Row, World, value
from tests.worlds import EVERYTHING, beyond


def orders(collection: Collection) -> list[Path]:
    every = [*paths(collection).values(), *beyond(collection).values()]
    return [path for path in every if is_sortable(path)]


def standing(path: Path, world: World, row: Row, lang: str) -> Any:
    """What the row goes by; None stands last."""
    (holder,) = world.holders(path, row)
    if holder is None:
        return None
    held = value(path, holder)
    if isinstance(path.type, Names):
        names = msgspec.json.decode(held)
        return names.get(lang, names.get("en", holder["id"])).encode()
    if path.type.is_dated and held is not None:
        known = parse_date(held)
        return known.lo or known.hi, known.hi
    return held.encode() if isinstance(held, str) else held


def slowly(terms: tuple[str, ...], paths_: list[Path], world: World, lang: str) -> list[str]:
    rows = sorted(world.rows, key=lambda row: row["id"])
    for term, path in reversed(list(zip(terms, paths_, strict=True))):
        known = {row["id"]: standing(path, world, row, lang) for row in rows}
        there = [row for row in rows if known[row["id"]] is not None]
        there.sort(key=lambda row: known[row["id"]], reverse=term.startswith("-"))
        rows = there + [row for row in rows if known[row["id"]] is None]
    return [row["id"] for row in rows]


async def walked(
    database: Database, collection: Collection, terms: tuple[str, ...], lang: str, size: int
) -> list[str]:
    seen: list[str] = []
    place: tuple[str | None, ...] = ()
    async with database.read("rev:2") as snapshot:
        while True:
            query = ListQuery(sort=terms, limit=size, after=place, lang=lang)
            page = await lists.page(snapshot, collection, query)
            seen += [record["id"] for record in page.records]
            if page.after is None:
                return seen
            place = tuple(page.after)


@pytest.mark.parametrize("collection", EVERYTHING, ids=lambda c: c.name)
async def test_pages_go_on_in_the_order_of_any_field(
    made: Database, worlds: dict[tuple[str, str], World], collection: Collection
) -> None:
    world, rng = worlds[collection.name, "rev:2"], random.Random(collection.name)
    known = orders(collection)
    related = [path for path in known if path.hops]
    size = max(7, len(world.rows) // 8)
    for _ in range(12):
        chosen = rng.sample(known, 1) + (rng.sample(related, 1) if related else [])
        chosen = [path for path in chosen if path.name != "id"][: rng.randrange(1, 3)]
        terms = tuple(rng.choice(["", "-"]) + path.name for path in chosen)
        lang = rng.choice(["en", "zh"])
        found = await walked(made, collection, terms, lang, size)
        assert found == slowly(terms, chosen, world, lang), terms


@pytest.mark.parametrize(
    ("term", "near"),
    [
        ("vendor.nmae", "vendor.name"),
        ("-vendor.lanched", None),
        ("vendr.name", "vendor.name"),
        ("adoptions.date", None),
        ("market.layer", None),
        ("vendor.products.launched", None),
    ],
)
def test_what_has_no_order_is_refused(term: str, near: str | None) -> None:
    _, faults = sort_of(PRODUCTS, [term])
    assert len(faults) == 1
    assert near is None or near in faults[0].did_you_mean
    meant = [path_of(PRODUCTS, word) for word in faults[0].did_you_mean]
    assert all(path is not None and is_sortable(path) for path in meant)
