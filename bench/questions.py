"""What the cold questions are, in the words of the service and of each peer.

Every question differs from the one before in something harmless: another id, or another single
record that is left out. So nobody can have its answer.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import quote

from bench.report import Aim

ADOPTIONS = 100_000
ADOPTION = """rowId productId featureId stage date dateMin dateMax until untilMin untilMax sourceIds
note evidence confidence dispute revision recordedAt updatedAt"""
ONE = f"query ($id: String!) {{ adoptionByRowId(rowId: $id) {{ {ADOPTION} }} }}"
COUNTRIES = ("US", "CN", "GB", "FR", "DE", "JP", "KR")


class Question(NamedTuple):
    """What each is asked, by the number of the question; a peer without one cannot be asked.

    `aims` are by peer. `is_exact`: all answers hold as many records.
    """

    name: str
    parity: Callable[[int], str]
    fastapi: Callable[[int], str]
    postgraphile: Callable[[int], tuple[str, dict[str, str]]] | None = None
    datasette: Callable[[int], str] | None = None
    sql: str | None = None
    aims: Mapping[str, Aim] = MappingProxyType({})
    is_exact: bool = True


def some_id(n: int) -> str:
    """Of an adoption, another one for each of so many questions."""
    return f"adp_{n % ADOPTIONS:026}"


def country(n: int) -> str:
    return COUNTRIES[n % len(COUNTRIES)]


def questions(names: list[str]) -> list[Question]:
    """`names`: what is typed to search."""
    four, two, same = Aim(">=", 4), Aim(">=", 2), Aim(">=", 1)
    listed = "/v1/adoptions?count=none"
    file = "/bench/adoption.json?_shape=objects&_size=50&_nocount=1&_nofacet=1"

    def word(n: int) -> str:
        return quote(names[n % len(names)])

    def nodes(inside: str = ADOPTION, before: str = "", by: str = "") -> str:
        takes = "query ($feature: String!) " if by else ""
        return f"{takes}{{ allAdoptions(first: 50{by}) {{ {before} nodes {{ {inside} }} }} }}"

    return [
        Question(
            "a record",
            lambda n: f"/v1/adoptions/{some_id(n)}",
            lambda n: f"/adoptions/{some_id(n)}",
            lambda n: (ONE, {"id": some_id(n)}),
            lambda n: f"/bench/adoption/{some_id(n)}.json?_shape=array",
            "SELECT to_json(a) FROM adoption a WHERE id = 'adp_' || lpad(:n::text, 26, '0')",
            {"FastAPI": four},
        ),
        Question(
            "a list of 50",
            lambda n: f"{listed}&id__not={some_id(n)}",
            lambda n: f"/adoptions?but={some_id(n)}",
            lambda _: (nodes(), {}),
            lambda n: f"{file}&id__not={some_id(n)}",
            _rows_of("SELECT * FROM adoption WHERE id <> 'adp_' || :n::text ORDER BY id LIMIT 50"),
            {"FastAPI": four, "PostGraphile": two},
        ),
        Question(
            "the same with its total",
            lambda n: f"/v1/adoptions?id__not={some_id(n)}",
            lambda n: f"/adoptions?total=true&but={some_id(n)}",
            lambda _: (nodes(before="totalCount"), {}),
        ),
        Question(
            "a list by a filter",
            lambda n: f"{listed}&feature_id=f{n % 50}&id__not={some_id(n)}",
            lambda n: f"/adoptions?feature_id=f{n % 50}&but={some_id(n)}",
            lambda n: (nodes(by=", condition: {featureId: $feature}"), {"feature": f"f{n % 50}"}),
            lambda n: f"{file}&feature_id=f{n % 50}&id__not={some_id(n)}",
            _rows_of(
                "SELECT * FROM adoption WHERE feature_id = 'f' || :n % 50"
                " AND id <> 'adp_' || :n::text ORDER BY id LIMIT 50"
            ),
        ),
        Question(
            "a list by a related record",
            lambda n: f"{listed}&product.vendor.country={country(n)}&id__not={some_id(n)}",
            lambda n: f"/adoptions?country={country(n)}&but={some_id(n)}",
            None,
            lambda n: _select(f"{RELATED.format(country(n))} a.id <> '{some_id(n)}' {FIFTY}"),
            _rows_of(f"{RELATED.format('FR')} a.id <> 'adp_' || :n::text {FIFTY}"),
            {"FastAPI": two, "Datasette": same},
        ),
        Question(
            "`fields=` with a related one",
            lambda n: f"{listed}&fields=id,date,product.names&include=product&id__not={some_id(n)}",
            lambda n: f"/adoption-names?but={some_id(n)}",
            lambda _: (nodes("rowId date productByProductId { names }"), {}),
            lambda n: _select(f"{NAMED} a.id <> '{some_id(n)}' {FIFTY}"),
            _rows_of(f"{NAMED} a.id <> 'adp_' || :n::text {FIFTY}"),
            {"FastAPI": two, "Datasette": same},
        ),
        Question(
            "groups, counted",
            lambda n: f"/v1/aggregate/adoptions?group_by=feature_id&id__not={some_id(n)}",
            lambda n: f"/adoptions-by-feature?but={some_id(n)}",
            None,
            lambda n: _select(f"{COUNTED.format(some_id(n))} LIMIT 50"),
            _rows_of(f"{COUNTED.replace(BRACES, NUMBERED)} LIMIT 50"),
            {"FastAPI": two, "Datasette": same},
        ),
        Question(
            "search",
            lambda n: f"/v1/search?limit=20&q={word(n)}",
            lambda n: f"/search?q={word(n)}",
            aims={"FastAPI": four},
            is_exact=False,
        ),
        Question(
            "suggestions",
            lambda n: f"/v1/suggest?limit=10&q={word(n)}",
            lambda n: f"/suggest?q={word(n)}",
            aims={"FastAPI": four},
            is_exact=False,
        ),
    ]


RELATED = (
    "SELECT a.* FROM adoption a JOIN product p ON p.id = a.product_id"
    " JOIN vendor v ON v.id = p.vendor_id WHERE v.country = '{}' AND"
)
NAMED = "SELECT a.id, a.date, p.names FROM adoption a JOIN product p ON p.id = a.product_id WHERE"
FIFTY = "ORDER BY a.id LIMIT 50"
BRACES, NUMBERED = "'{}'", "'adp_' || :n::text"
COUNTED = "SELECT feature_id, count(*) FROM adoption WHERE id <> '{}' GROUP BY 1 ORDER BY 1"


def _rows_of(statement: str) -> str:
    return f"SELECT json_agg(found) FROM ({statement}) found"


def _select(statement: str) -> str:
    return f"/bench.json?_shape=objects&sql={quote(statement)}"
