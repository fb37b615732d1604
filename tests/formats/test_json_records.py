"""Rows that are shown together are what each of them is by itself, whatever keys are wanted."""

import msgspec
import pytest

from service.formats.json_records import encode, plan, render
from service.query.fields import Collection
from service.query.registry import COLLECTIONS
from service.query.views import VIEWS
from service.store.catalogue import lists
from service.store.catalogue.lists import ListQuery
from service.store.database import Database


@pytest.mark.parametrize("collection", [*COLLECTIONS, *VIEWS], ids=lambda c: c.name)
async def test_rows_together_are_as_each_alone(bundled: Database, collection: Collection) -> None:
    async with bundled.read() as snapshot:
        page = await lists.page(snapshot, collection, ListQuery(limit=9))
    for lang in ("en", "zh"):
        whole = plan(collection, lang)
        alone = [render(collection, row, lang) for row in page.records]
        assert whole.records(page.records) == alone
        assert encode(whole.shown(page.records)) == encode(alone)
        for key in whole.keys:
            some = plan(collection, lang, frozenset(["object", "id", key]))
            shown = [{k: record[k] for k in some.keys} for record in alone]
            assert some.records(page.records) == shown


async def test_no_rows_are_no_records() -> None:
    whole = plan(COLLECTIONS[0], "en")
    assert (whole.records([]), whole.shown([])) == ([], [])


async def test_a_record_may_be_added_to_alone(bundled: Database) -> None:
    """What two rows have alike is not the same object."""
    products = next(c for c in COLLECTIONS if c.name == "products")
    async with bundled.read() as snapshot:
        page = await lists.page(snapshot, products, ListQuery(limit=2))
    one, other = plan(products, "en").records([page.records[0]] * 2)
    before = msgspec.json.encode(other)
    for value in one.values():
        if isinstance(value, dict):
            value["added"] = 1
    assert msgspec.json.encode(other) == before
