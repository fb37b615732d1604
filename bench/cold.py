"""What was never asked before: the service beside FastAPI, PostGraphile, Datasette, plain SQL.

Every question differs from the one before in something harmless: another id, or another single
record that is left out. So nobody can have its answer.
"""

import asyncio
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from itertools import count
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import quote

from bench.bases import Postgres, to_sqlite
from bench.load import Measured, Subject, get, interleaved, post
from bench.peers import installed
from bench.processes import Server
from bench.report import Aim, Section
from bench.servers import datasette, fastapi, parity, postgraphile
from bench.sql import plain
from bench.world import typed, world

ADOPTIONS = 100_000
CONNECTIONS, SECONDS, ROUNDS = 8, 0.5, 5
PEERS = ("FastAPI", "PostGraphile", "Datasette", "SQL")
ADOPTION = """rowId productId featureId stage date dateMin dateMax until untilMin untilMax sourceIds
note evidence confidence dispute revision recordedAt updatedAt"""
ONE = f"query ($id: String!) {{ adoptionByRowId(rowId: $id) {{ {ADOPTION} }} }}"
COUNTRIES = ("US", "CN", "GB", "FR", "DE", "JP", "KR")


class Question(NamedTuple):
    """What each is asked, by the number of the question; a peer without one cannot be asked.

    `rows` is how many records the answer has, which must be the same of all (`like` aside).
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


def table(pg: Postgres) -> Section:
    name = pg.world(ADOPTIONS)
    pg.index_names(name)
    with ExitStack() as stack:
        servers, absent = _servers(pg, name, stack)
        section = _section(absent)
        for question in questions(typed(world(ADOPTIONS))):
            subjects = _subjects(question, servers, pg.pid)
            _compared(question, subjects)
            found = interleaved(subjects, CONNECTIONS, SECONDS, ROUNDS)
            limit = plain(pg, name, question.sql, CONNECTIONS) if question.sql else None
            section.rows.extend(_rows(question, found, limit))
    return section


def _servers(pg: Postgres, name: str, stack: ExitStack) -> tuple[list[Server], list[str]]:
    """Those that can be had, and why the others cannot."""
    url, path = pg.at(name), pg.folder / "bench.db"
    counts = asyncio.run(to_sqlite(url, path))
    if counts["adoption"] != ADOPTIONS:
        raise RuntimeError(f"SQLite has {counts}")
    servers, absent = [stack.enter_context(parity(url, pg.folder))], []
    peers: dict[str, Callable[[], Any]] = {
        "FastAPI": lambda: fastapi(url, pg.folder),
        "PostGraphile": lambda: postgraphile(url, pg.folder),
        "Datasette": lambda: datasette(path, pg.folder),
    }
    for peer, start in peers.items():
        try:
            servers.append(stack.enter_context(start()))
        except installed.Missing as why:
            absent.append(f"{peer} was not there: {why}.")
    return servers, absent


def _subjects(question: Question, servers: list[Server], postgres: int) -> list[Subject]:
    found = []
    for server in servers:
        roots = (server.pid,) if server.name == "Datasette" else (server.pid, postgres)
        asked = getattr(question, server.name.lower())
        if asked is not None:
            found.append(Subject(server, roots, _requests(asked, server.name)))
    return found


def _requests(asked: Callable[[int], Any], name: str) -> Iterator[bytes]:
    if name != "PostGraphile":
        return (get(asked(n)) for n in count())
    return (_graphql(*asked(n)) for n in count())


def _graphql(query: str, variables: dict[str, str]) -> bytes:
    body = json.dumps({"query": query, "variables": variables}).encode()
    return post("/graphql", body, Content_Type="application/json")


def _compared(question: Question, subjects: list[Subject]) -> None:
    """That all answer the first question, with as many records. Raises RuntimeError."""
    found = {}
    for subject in subjects:
        status, body = subject.server.raw(next(subject.requests))
        if status != 200:
            raise RuntimeError(f"{question.name}, {subject.name}: {status} {body[:300]!r}")
        found[subject.name] = _size(json.loads(body))
    if question.is_exact and len(set(found.values())) > 1:
        raise RuntimeError(f"{question.name}: answers differ in size: {found}")


def _size(answer: Any) -> int:
    """How many records an answer holds; one record has no list."""
    if isinstance(answer, list):
        return len(answer)
    if "errors" in answer:
        raise RuntimeError(str(answer["errors"])[:300])
    if isinstance(answer.get("data"), dict):
        (inner,) = answer["data"].values()
        return len(inner["nodes"]) if "nodes" in inner else 1
    found = answer.get("data", answer.get("rows"))
    return 1 if found is None else len(found)


def _section(absent: list[str]) -> Section:
    return Section(
        "cold",
        "Cold: never asked before",
        f"A made-up base of {ADOPTIONS:,} adoptions, {CONNECTIONS} connections, "
        "one worker each, the same rows (Datasette: a copy in SQLite). CPU is of the server and of "
        f"PostgreSQL, per request; ratios above 1: Parity is better; medians of {ROUNDS} rounds in "
        "turns. SQL: the statement alone, prepared, from pgbench, the CPU of PostgreSQL only. "
        "Answers have as many records as the peers'. FastAPI searches three tables by ILIKE with "
        "an index on trigrams.",
        (
            "question",
            "beside",
            "Parity /s",
            "peer /s",
            "ratio",
            "Parity CPU µs",
            "peer CPU µs",
            "ratio",
            "aim (CPU)",
            "failed",
        ),
        after=" ".join(absent),
    )


def _rows(
    question: Question, found: dict[str, Measured], limit: tuple[float, float] | None
) -> Iterator[tuple[object, ...]]:
    own = found.pop("Parity")
    peers = {name: (peer.rate, peer.cpu_us, peer.told_failed()) for name, peer in found.items()}
    if limit is not None:
        peers["SQL"] = (*limit, "0")
    for name, (rate, cpu, failed) in peers.items():
        aim = question.aims.get(name)
        ratio = cpu / own.cpu_us
        yield (
            question.name,
            name,
            f"{own.rate:,.0f}",
            f"{rate:,.0f}",
            f"{own.rate / rate:.2f}",
            f"{own.cpu_us:,.0f}",
            f"{cpu:,.0f}",
            f"{ratio:.2f}",
            aim.told(ratio) if aim else "",
            f"{own.told_failed()}, {failed}",
        )
