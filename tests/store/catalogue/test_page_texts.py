"""Statements of pages are put together once for questions that differ only in values."""

import pytest

from service.query.filters.expressions import Comparison, Expression, Not, both
from service.query.filters.parameters import filter_of
from service.query.filters.slots import slotted, with_slots, with_texts
from service.query.operators import Operator
from service.query.paths import paths
from service.query.registry import ADOPTIONS
from service.store.catalogue import lists, page_texts
from service.store.catalogue.lists import ListQuery
from service.store.database import Database, Snapshot

FEATURE, PRODUCT, DATE = (paths(ADOPTIONS)[name] for name in ("feature_id", "product_id", "date"))


def asked(**given: str) -> Expression:
    expression, faults = filter_of(ADOPTIONS, {name: [value] for name, value in given.items()})
    assert not faults
    return expression


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[ListQuery]:
    """The questions whose statements were put together."""
    found, write = list[ListQuery](), lists._written

    def noted(snapshot: Snapshot, collection: object, query: ListQuery) -> page_texts.Text:
        found.append(query)
        return write(snapshot, ADOPTIONS, query)

    monkeypatch.setattr(lists, "_written", noted)
    monkeypatch.setattr(page_texts, "_written", page_texts.Bounded(1_000_000))
    return found


@pytest.mark.parametrize(
    "given",
    [
        {"feature_id": "{}", "count": "none"},
        {"product_id__not": "{}", "stage": "ga"},
        {"product.vendor.country": "CN", "id__not": "{}"},
        {"product.vendor_id": "{}", "feature_id__not": "memory", "date__gte": "2024"},
    ],
    ids=lambda given: next(iter(given)),
)
async def test_another_value_is_another_answer_of_the_same_statement(
    bundled: Database, written: list[ListQuery], given: dict[str, str]
) -> None:
    """Beside each page the same one, put together anew."""
    filters = {name: value for name, value in given.items() if name != "count"}
    for value in ("kimi", "web-search", "doubao", "openai"):
        query = ListQuery(filter=asked(**{n: v.format(value) for n, v in filters.items()}))
        async with bundled.read() as snapshot:
            found = await lists.page(snapshot, ADOPTIONS, query)
            assert "adoption" in snapshot.tables
            text = lists._written(snapshot, ADOPTIONS, query)
            rows = await snapshot.rows(text.sql, *text.parameters)
        assert [row["id"] for row in found.records] == [row["id"] for row in rows[:50]]
    assert len(written) == 1 + 4


async def test_values_that_decide_the_statement_are_part_of_the_shape(
    bundled: Database, written: list[ListQuery]
) -> None:
    """Days, numbers and lists are read before they are compared."""
    for given in (
        {"date__gte": "2024"},
        {"date__gte": "2025"},
        {"feature_id": "memory,web-search"},
    ):
        async with bundled.read() as snapshot:
            await lists.page(snapshot, ADOPTIONS, ListQuery(filter=asked(**given)))
    assert len(written) == 3


async def test_a_million_shapes_are_kept_within_bounds(
    bundled: Database, written: list[ListQuery], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = page_texts.Bounded[page_texts.Text](20_000)
    monkeypatch.setattr(page_texts, "_written", kept)
    async with bundled.read() as snapshot:
        for year in range(1990, 2025):
            query = ListQuery(filter=asked(date__gte=str(year)), limit=1)
            await lists.page(snapshot, ADOPTIONS, query)
            assert kept.used <= 20_000
    assert len(written) == 35


def test_only_texts_that_are_compared_as_they_stand_have_a_place() -> None:
    one = Comparison(FEATURE, Operator.EQ, ("a",))
    several = Comparison(PRODUCT, Operator.EQ, ("a", "b"))
    day = Comparison(DATE, Operator.EQ, ("2024",))
    known = slotted(
        both(both(one, several), both(day, Not(Comparison(PRODUCT, Operator.EQ, ("c",)))))
    )
    assert known.values == ["a", "c"]
    assert [c.path.name for c in with_slots(known.filter)] == ["feature_id", "product_id"]
    other = with_texts(known.filter, ["x", "y"])
    assert slotted(other).values == ["x", "y"]
    assert slotted(other).form == known.form


async def test_what_a_long_list_of_ids_takes_counts(
    bundled: Database, written: list[ListQuery], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = page_texts.Bounded[page_texts.Text](1_000_000)
    monkeypatch.setattr(page_texts, "_written", kept)
    ids = ",".join(f"product-{n:040}" for n in range(90))
    async with bundled.read() as snapshot:
        await lists.page(snapshot, ADOPTIONS, ListQuery(filter=asked(product_id=ids), limit=1))
    assert kept.used > 3 * len(ids)
