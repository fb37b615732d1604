"""Aggregates of every collection equal groups made one by one, whatever is asked."""

import random
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.model.dates import parse_date, spanning
from service.query.fields import Collection
from service.query.filters.expressions import comparisons
from service.query.grouping import Key, Metric, group_names, key_of, metric_names, metric_of
from service.query.registry import COLLECTIONS
from service.query.types import References
from service.store.catalogue.lists import ListQuery
from service.store.database import Database
from service.usecases.catalogue.groups import Aggregation, aggregated
from service.usecases.catalogue.kept_groups import KeptGroups
from service.usecases.changes.revision_watcher import RevisionWatcher
from tests.slow.filters import World, completions
from tests.slow.groups import grouped
from tests.worlds import DATES, questions

COUNT = (Metric("count"),)
ANYHOW = {"deadline": None, "suppress_health_check": list(HealthCheck)}


@settings(max_examples=15, **ANYHOW)
@given(data=st.data())
@pytest.mark.parametrize("collection", COLLECTIONS, ids=lambda c: c.name)
async def test_groups_equal_those_made_one_by_one(
    made: Database,
    worlds: dict[tuple[str, str], World],
    collection: Collection,
    data: st.DataObject,
) -> None:
    slow = worlds[collection.name, "rev:2"]
    asked = drawn(data, collection, slow)
    groups = KeptGroups(RevisionWatcher(made), many=-1)
    async with made.read() as snapshot:
        found = await aggregated(snapshot, collection, asked, groups)
        again = await aggregated(snapshot, collection, asked, groups)
    assert list(again.groups) == list(found.groups)
    assert again.n_disputed == found.n_disputed
    kept = slow.certain(asked.filter)
    lost = set() if names_disputes(asked) else lost_disputes(slow)
    assert found.n_disputed == len(kept & lost)
    kept -= lost
    expected = grouped(slow, kept, list(asked.keys), list(asked.metrics))
    names = [key.name for key in asked.keys]
    groups = [asked.shown(group) for group in found.groups]
    shown = {tuple(group[name] for name in names): group for group in groups}
    assert len(shown) == len(found.groups)
    assert {place: figures(group, asked) for place, group in shown.items()} == expected
    if not any(key.path.type.is_list for key in asked.keys):
        assert sum(group["count"] for group in found.groups) == len(kept)


def names_disputes(asked: Aggregation) -> bool:
    paths = [key.path for key in asked.keys] + [c.path for c in comparisons(asked.filter)]
    return "dispute" in [path.name for path in paths]


def lost_disputes(slow: World) -> set[str]:
    return {row["id"] for row in slow.rows if row.get("dispute") == "other"}


def drawn(data: st.DataObject, collection: Collection, slow: World) -> Aggregation:
    names = st.lists(st.sampled_from(group_names(collection)), min_size=1, max_size=3, unique=True)
    keys = [key_of(collection, name) for name in data.draw(names)]
    chosen = data.draw(st.lists(st.sampled_from(metric_names(collection)), max_size=3, unique=True))
    metrics = [metric_of(collection, name) for name in dict.fromkeys(["count", *chosen])]
    expression = data.draw(questions(collection, slow, size=2))
    return Aggregation(
        ListQuery(filter=expression),
        tuple(key for key in keys if isinstance(key, Key)),
        tuple(metric for metric in metrics if isinstance(metric, Metric)),
    )


def figures(group: dict, asked: Aggregation) -> dict:
    found = {}
    for metric in asked.metrics:
        value = group[metric.name]
        assert metric.is_date or isinstance(value, int | float | Decimal | None)
        is_close = metric.function in ("avg", "share") and value is not None
        found[metric.name] = pytest.approx(float(value), rel=1e-9) if is_close else value
    return found


@pytest.mark.parametrize("function", ["min", "max"])
def test_the_first_of_partial_dates_is_what_it_is_in_some_completion(function: str) -> None:
    """Brute force: `spanning` of the bounds is exactly the days that the extreme can be."""
    rng, pick = random.Random(3), min if function == "min" else max
    for _ in range(40):
        texts = [text for text in rng.sample(DATES, 2) if text and not text.startswith("[..")]
        if len(texts) == 2:
            days = {pick(a, b) for a in completions(texts[0]) for b in completions(texts[1])}
            parsed = [parse_date(text) for text in texts]
            said = spanning(pick(p.lo for p in parsed), pick(p.hi for p in parsed))
            assert (min(days), max(days)) == (said.lo, said.hi)
            assert all((b - a).days == 1 for a, b in pairwise(sorted(days)))


@pytest.mark.parametrize(
    ("lo", "hi", "text"),
    [(date(2024, 1, 1), date(2024, 12, 31), "2024"),
     (date(2024, 2, 1), date(2024, 2, 29), "2024-02"),
     (date(2024, 2, 1), date(2024, 2, 1), "2024-02-01"), (None, date(2024, 2, 1), "[..2024-02-01]"),
     (date(2024, 1, 2), date(2024, 12, 31), "[2024-01-02..2024-12-31]")],
)  # fmt: skip
def test_an_interval_is_written_as_short_as_can_be(lo: date | None, hi: date, text: str) -> None:
    assert spanning(lo, hi).text == text
    assert parse_date(text)[1:] == (lo, hi)


LISTS = [
    (collection, names)
    for collection in COLLECTIONS
    if len(names := [f.name for f in collection.of_type(References)]) > 1
]


@pytest.mark.parametrize(("collection", "names"), LISTS, ids=lambda c: getattr(c, "name", ""))
async def test_a_record_is_in_a_group_for_each_pair_of_listed_values(
    made: Database,
    worlds: dict[tuple[str, str], World],
    collection: Collection,
    names: list[str],
) -> None:
    slow = worlds[collection.name, "rev:2"]
    keys = [key for name in names[:2] if isinstance(key := key_of(collection, name), Key)]
    asked = Aggregation(ListQuery(), tuple(keys), COUNT)
    async with made.read() as snapshot:
        found = await aggregated(snapshot, collection, asked, KeptGroups(RevisionWatcher(made)))
    kept = {row["id"] for row in slow.rows} - lost_disputes(slow)
    expected = grouped(slow, kept, keys, list(COUNT))
    shown = {tuple(group[name] for name in names[:2]): group["count"] for group in found.groups}
    assert shown == {place: group["count"] for place, group in expected.items()}
