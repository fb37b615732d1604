"""Of every collection and view: each compiled filter equals a slow one, and nothing is lost."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.query.fields import Collection
from service.query.filters.expressions import Expression, Not, text
from service.query.filters.language import parse
from service.query.filters.parameters import filter_of
from service.query.paths import Path, path_of, paths
from service.query.registry import ADOPTIONS, PRODUCTS, SURVEYS, VENDORS
from service.store.catalogue import lists
from service.store.catalogue.counts import Count
from service.store.catalogue.lists import ListQuery
from service.store.database import Database
from tests.slow.filters import World
from tests.worlds import EVERYTHING, REVISIONS, questions

ANYHOW = {"deadline": None, "suppress_health_check": list(HealthCheck)}


async def ids(
    database: Database, collection: Collection, as_of: str, expression: Expression,
    *, possible: bool = False,
) -> set[str]:  # fmt: skip
    async with database.read(as_of) as snapshot:
        query = ListQuery(filter=expression, is_possible=possible, limit=1000)
        found = await lists.page(snapshot, collection, query)
        assert found.count == Count(len(found.records), "eq")
        return {row["id"] for row in found.records}


@settings(max_examples=15, **ANYHOW)
@given(data=st.data())
@pytest.mark.parametrize("as_of", REVISIONS)
@pytest.mark.parametrize("collection", EVERYTHING, ids=lambda c: c.name)
async def test_compiled_equals_slow_and_nothing_is_lost(
    made: Database,
    worlds: dict[tuple[str, str], World],
    collection: Collection,
    as_of: str,
    data: st.DataObject,
) -> None:
    """Certain and possible as over all completions; p, not p and p untold are all rows."""
    slow = worlds[collection.name, as_of]
    asked = data.draw(questions(collection, slow))
    certain = await ids(made, collection, as_of, asked)
    possible = await ids(made, collection, as_of, asked, possible=True)
    assert (certain, possible) == (slow.certain(asked), slow.possible(asked)), text(asked)
    opposite = await ids(made, collection, as_of, Not(asked))
    untold = {r["id"] for r in slow.rows if slow.is_untold(asked, r)}
    assert len(certain) + len(opposite) + len(untold) == len(slow.rows)
    assert certain | opposite | untold == {r["id"] for r in slow.rows}


@settings(max_examples=60, **ANYHOW)
@given(data=st.data())
@pytest.mark.parametrize("collection", [PRODUCTS, SURVEYS], ids=lambda c: c.name)
async def test_dates_behind_a_list_are_decided_together(
    made: Database,
    worlds: dict[tuple[str, str], World],
    collection: Collection,
    data: st.DataObject,
) -> None:
    slow = worlds[collection.name, "rev:2"]
    asked = data.draw(questions(collection, slow, behind_lists(collection), size=5))
    certain = await ids(made, collection, "rev:2", asked)
    possible = await ids(made, collection, "rev:2", asked, possible=True)
    assert (certain, possible) == (slow.certain(asked), slow.possible(asked)), text(asked)


def behind_lists(collection: Collection) -> dict[str, Path]:
    return {n: p for n, p in paths(collection).items() if p.is_many_hop and p.type.is_dated}


@settings(max_examples=15, **ANYHOW)
@given(data=st.data())
@pytest.mark.parametrize(
    ("collection", "names"),
    [
        (SURVEYS, ["market.tracked_since", "product.market.tracked_since"]),
        (PRODUCTS, ["launched", "vendor.products.launched"]),
        (ADOPTIONS, ["date", "product.adoptions.date", "feature.adoptions.date"]),
        (VENDORS, ["founded", "products.vendor.founded"]),
    ],
    ids=lambda c: getattr(c, "name", None),
)
async def test_a_record_has_one_day_whichever_way_leads_to_it(
    made: Database,
    worlds: dict[tuple[str, str], World],
    collection: Collection,
    names: list[str],
    data: st.DataObject,
) -> None:
    slow, known = worlds[collection.name, "rev:2"], {n: path_of(collection, n) for n in names}
    asked = data.draw(questions(collection, slow, {n: p for n, p in known.items() if p}, size=4))
    certain = await ids(made, collection, "rev:2", asked)
    possible = await ids(made, collection, "rev:2", asked, possible=True)
    assert (certain, possible) == (slow.certain(asked), slow.possible(asked)), text(asked)


async def test_every_day_is_before_or_not_before(
    made: Database, worlds: dict[tuple[str, str], World]
) -> None:
    slow, since = worlds["products", "rev:2"], paths(PRODUCTS)["market.tracked_since"]
    text_ = "market.tracked_since < 2024-02-10 OR market.tracked_since >= 2024-02-10"
    asked, _ = parse(text_, PRODUCTS)
    dated = {
        r["id"] for r in slow.rows if any(m and m["tracked_since"] for m in slow.holders(since, r))
    }
    assert await ids(made, PRODUCTS, "rev:2", asked) == dated
    assert 0 < len(dated) < len(slow.rows)


async def test_a_date_between_two_months_is_in_one_or_the_other(
    made: Database, worlds: dict[tuple[str, str], World]
) -> None:
    """Also where the same date is asked a second thing: `launched=2024-01,2024-02`, one of them."""
    asked, faults = filter_of(
        PRODUCTS, {"launched": ["2024-01,2024-02"], "launched__gte": ["2024-01-05"]}
    )
    assert not faults
    between = {
        r["id"] for r in worlds["products", "rev:2"].rows
        if r["launched"] == "[2024-01-30..2024-02-02]"
    }  # fmt: skip
    assert between <= await ids(made, PRODUCTS, "rev:2", asked)
    assert between
