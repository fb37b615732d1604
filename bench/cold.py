"""What was never asked before: the service beside FastAPI, PostGraphile, Datasette, plain SQL."""

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from typing import Any

from bench.bases import Postgres, to_sqlite
from bench.load import Measured, Subject, get, interleaved, post
from bench.peers import installed
from bench.processes import Server
from bench.questions import ADOPTIONS, Question, questions
from bench.report import Section
from bench.servers import datasette, fastapi, parity, postgraphile
from bench.sql import plain
from bench.world import typed, world

CONNECTIONS, SECONDS, ROUNDS = 8, 0.5, 5


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
            for row in _rows(question, found, limit):
                section.add(*row)
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
        f"an index on trigrams. {installed.versions()}.",
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
