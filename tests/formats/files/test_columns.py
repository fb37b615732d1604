"""Columns of every collection: what stands in the header, what is read off a record."""

import pytest

from service.formats.files.columns import NoColumn, columns
from service.formats.json_records import record_keys
from service.query.fields import Collection
from service.query.registry import COLLECTIONS, PRODUCTS
from service.query.relations import embeddings
from service.query.selections import shown_names
from service.query.views import VIEWS

ALL = (*COLLECTIONS, *VIEWS)


@pytest.mark.parametrize("collection", ALL, ids=lambda c: c.name)
def test_every_name_that_fields_takes_has_columns(collection: Collection) -> None:
    for name in shown_names(collection):
        found = [column.name for column in columns(collection, [name])]
        assert found[0] == "id"
        assert name == "id" or any(c == name or c.startswith(f"{name}.") for c in found)
    for name, embedding in embeddings(collection).items():
        if embedding.is_reverse:
            with pytest.raises(NoColumn):
                columns(collection, [f"{name}.id"])
        else:
            assert f"{name}.id" in [column.name for column in columns(collection, [name])]


@pytest.mark.parametrize("collection", ALL, ids=lambda c: c.name)
def test_columns_have_different_names(collection: Collection) -> None:
    found = [column.name for column in columns(collection)]
    assert len(set(found)) == len(found)
    keys = (
        set(record_keys(collection))
        - {"object"}
        - ({"null_reasons"} if collection in VIEWS else set())
    )
    assert {name.partition(".")[0] for name in found} >= keys


def test_a_date_brings_its_bounds() -> None:
    found = [column.name for column in columns(PRODUCTS, ["launched"])]
    assert found == ["id", "launched", "launched_min", "launched_max", "launched_precision"]
