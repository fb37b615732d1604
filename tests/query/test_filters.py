"""Every compiled filter equals a slow one over the same rows, whatever the dates may be."""

from collections.abc import AsyncIterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.query.filters.compiler import Statement, certainly
from service.query.filters.expressions import And, Comparison, Expression, Not, Or, text
from service.query.filters.language import parse
from service.query.operators import Operator
from service.query.paths import paths
from service.query.registry import MARKETS, PRODUCTS, VENDORS
from service.store.catalogue import lists
from service.store.catalogue.lists import ListQuery
from service.store.database import Database
from service.usecases.imports.files import load
from tests.make import MARKET, PRODUCT, VENDOR, lines
from tests.postgres import EMPTY, fresh
from tests.slow.filters import World

KNOWN = paths(PRODUCTS)
DATES = [None, "2024-01", "2024-02-10", "2024-03", "[..2024-01-31]", "[2024-01-20..2024-02-03]"]
ASKED = ["2023", "2024", "2024-01", "2024-02", "2024-01-31", "2024-02-01", "2024-03-15"]
ORDERED = [Operator.EQ, Operator.NOT, Operator.GT, Operator.GTE, Operator.LT, Operator.LTE]
WORDS = [
    ("vendor.country", ["CN", "US"]), ("status", ["active", "discontinued"]),
    ("id", ["p1", "p2", "p30"]), ("vendor_id", ["v", "w"]), ("name", ["P1", "P2"]),
]  # fmt: skip
LISTS = [("market_ids", ["m", "n"]), ("aliases", ["one", "two"])]


@pytest.fixture(scope="module")
async def filled(templates: str) -> AsyncIterator[Database]:
    async for database in fresh(templates, EMPTY):
        bare = {k: v for k, v in VENDOR.items() if k not in ("country", "founded")}
        vendors = [
            {**VENDOR, "id": "v", "country": "CN", "founded": "2024-02"},
            {**bare, "id": "w"},
        ]
        markets = [{**MARKET, "id": "m"}, {**MARKET, "id": "n", "layer": "device"}]
        products = [
            {**PRODUCT, "id": f"p{n}", "vendor": "vw"[n % 2], "name": f"P{n}",
             "markets": [["m"], ["m", "n"], ["n"]][n % 3], "launched": DATES[n % 6],
             "discontinued": [None, "2024-03", "[2024-03-10..2024-04-02]"][n // 6 % 3],
             "aliases": [[], ["one"], ["one", "two"]][n // 4 % 3]}
            for n in range(36)
        ]  # fmt: skip
        report = await load(database, lines(*vendors, *markets, *products), comment="filters")
        assert report.failed == 0, report
        yield database


@pytest.fixture(scope="module")
async def world(filled: Database) -> World:
    async with filled.read() as snapshot:
        rows = (await lists.page(snapshot, PRODUCTS, ListQuery(limit=200))).records
        vendors = (await lists.page(snapshot, VENDORS, ListQuery())).records
        markets = (await lists.page(snapshot, MARKETS, ListQuery())).records
    others = {"vendors": vendors, "markets": markets}
    return World(rows, {name: {r["id"]: r for r in found} for name, found in others.items()})


def dated(*names: str) -> st.SearchStrategy[Expression]:
    asked = st.lists(st.sampled_from(ASKED), min_size=1, max_size=1).map(tuple)
    return st.builds(
        Comparison, st.sampled_from([KNOWN[n] for n in names]), st.sampled_from(ORDERED), asked
    )


def worded(choices: list[tuple[str, list[str]]], *operators: Operator) -> st.SearchStrategy:
    return st.sampled_from(choices).flatmap(
        lambda c: st.builds(
            Comparison,
            st.just(KNOWN[c[0]]),
            st.sampled_from(operators),
            st.lists(st.sampled_from(c[1]), min_size=1, max_size=2, unique=True).map(
                lambda v: tuple(sorted(v))
            ),
        )
    )


LEAVES = st.one_of(
    dated("launched"),
    dated("discontinued", "vendor.founded"),
    worded(WORDS, Operator.EQ),
    worded(WORDS[:4], Operator.NOT),
    worded(LISTS, Operator.EQ, Operator.NOT, Operator.ALL),
    st.sampled_from(["launched", "vendor.country", "aliases"]).map(
        lambda n: Comparison(KNOWN[n], Operator.IS_NULL)
    ),
    st.just(Comparison(KNOWN["market.layer"], Operator.EQ, ("device",))),
)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, min_size=2, max_size=3).map(lambda p: And(tuple(p))),
        st.lists(inner, min_size=2, max_size=3).map(lambda p: Or(tuple(p))),
    ),
    max_leaves=4,
)


async def ids(database: Database, expression: Expression, *, possible: bool = False) -> set[str]:
    async with database.read() as snapshot:
        query = ListQuery(filter=expression, is_possible=possible, limit=200)
        return {row["id"] for row in (await lists.page(snapshot, PRODUCTS, query)).records}


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(expression=TREES)
async def test_compiled_equals_slow(filled: Database, world: World, expression: Expression) -> None:
    certain, possible = world.certain(expression), world.possible(expression)
    assert await ids(filled, expression) == certain
    assert await ids(filled, expression, possible=True) == possible
    assert certain <= possible


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(expression=TREES)
async def test_true_false_and_untold_are_all(filled: Database, expression: Expression) -> None:
    true, false = await ids(filled, expression), await ids(filled, Not(expression))
    assert not true & false
    untold = {f"p{n}" for n in range(36)} - true - false
    loose = await ids(filled, expression, possible=True)
    assert true <= loose
    assert loose - true <= untold


@settings(max_examples=50, deadline=None)
@given(expression=TREES)
async def test_the_echoed_filter_is_the_filter(
    filled: Database, world: World, expression: Expression
) -> None:
    echoed, faults = parse(text(expression), PRODUCTS)
    assert faults == []
    assert text(echoed) == text(parse(text(echoed), PRODUCTS)[0])
    assert (world.certain(echoed), world.possible(echoed)) == (
        world.certain(expression), world.possible(expression),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("filter_text", "code"),
    [
        ("launched >", "invalid_filter"), ("(status = active", "invalid_filter"),
        ('name = "x', "invalid_filter"), ("AND status = active", "invalid_filter"),
        ("lanched > 2024", "unknown_field"), ("status > active", "unknown_operator"),
        ("launched > 2024-13", "invalid_date"), ("status = actve", "unknown_value"),
        ("kimi", "invalid_filter"), ("", "empty_value"), ("(" * 40, "filter_too_complex"),
        ("id = a OR " * 40 + "id = b", "filter_too_complex"), ("x" * 2001, "filter_too_complex"),
    ],
)  # fmt: skip
def test_a_wrong_filter_is_refused(filter_text: str, code: str) -> None:
    _, faults = parse(filter_text, PRODUCTS)
    assert [fault.code for fault in faults] == [code]


def test_or_binds_closer_than_and() -> None:
    found, _ = parse("id = a AND id = b OR id = c", PRODUCTS)
    assert text(found) == 'id = "a" AND (id = "b" OR id = "c")'


@pytest.mark.parametrize(
    ("operator", "asked", "sql"),
    [
        (Operator.NOT, ("p1",), "(NOT (t.id = $1::text))"),
        (Operator.NOT, ("p1", "p2"), "(NOT (t.id = ANY ($1::text[])))"),
        (Operator.EQ, ("p1",), "(t.id = ANY ($1::text[]))"),
    ],
)
def test_one_value_that_is_left_out_is_compared_as_one(
    operator: Operator, asked: tuple[str, ...], sql: str
) -> None:
    """PostgreSQL would take a list apart for each row; of one that is wanted a list makes it
    expect several rows, and go by the order of the page where a value is common."""
    statement = Statement(lambda table: table)
    assert certainly(Comparison(KNOWN["id"], operator, asked), statement) == sql
    is_one = operator is Operator.NOT and len(asked) == 1
    assert statement.parameters == [asked[0] if is_one else list(asked)]


@pytest.mark.parametrize(
    ("name", "asked", "sql", "bound"),
    [
        ("vendor.country", ("CN",), "r_vendor.country = ANY (ARRAY[$1]::text[])", ["CN"]),
        ("vendor.country", ("CN", "US"), "r_vendor.country = ANY ($1::text[])", [["CN", "US"]]),
        ("vendor_id", ("v",), "t.vendor_id = ANY ($1::text[])", [["v"]]),
    ],
)
def test_one_value_of_a_related_record_is_told_as_one(
    name: str, asked: tuple[str, ...], sql: str, bound: list[object]
) -> None:
    """Of a parameter PostgreSQL expects ten values, and joins all records instead of a few."""
    statement = Statement(lambda table: table)
    assert certainly(Comparison(KNOWN[name], Operator.EQ, asked), statement) == f"({sql})"
    assert statement.parameters == bound
