"""A hundred times the facts: the same cold questions on a small base and a large one."""

import statistics
import time
from collections.abc import Callable, Iterator
from itertools import count
from typing import NamedTuple
from urllib.parse import quote

from bench.bases import Postgres
from bench.load import Measured, Subject, get, interleaved
from bench.processes import Server, request
from bench.report import Aim, Section
from bench.servers import key, parity
from bench.world import typed, world

SMALL, LARGE = 10_000, 1_000_000
SECONDS, ROUNDS = 0.4, 3
WRITES, WRITING_SECONDS, LONGEST_SECONDS = 3, 4.0, 100.0
FIRST_READ_MS = Aim("<=", 50)
THIRTY = "/v1/markets/thirty"


class Question(NamedTuple):
    """What is asked, by its number and the names to search; what the ratio is to be at most."""

    name: str
    target: Callable[[int, list[str]], str]
    aim: Aim


def _id(n: int) -> str:
    return f"adp_{n % SMALL:026}"


def _typed(path: str, n: int, names: list[str]) -> str:
    return f"{path}?q={quote(names[n % len(names)])}"


QUESTIONS = [
    Question("a record", lambda n, _: f"/v1/adoptions/{_id(n)}", Aim("<=", 1.5)),
    Question(
        "a list of 50", lambda n, _: f"/v1/adoptions?count=none&id__not={_id(n)}", Aim("<=", 1.5)
    ),
    Question(
        "a list by a filter",
        lambda n, _: f"/v1/adoptions?count=none&feature_id=f{n % 50}&id__not={_id(n)}",
        Aim("<=", 1.5),
    ),
    Question(
        "the same with its total",
        lambda n, _: f"/v1/adoptions?feature_id=f{n % 50}&id__not={_id(n)}",
        Aim("<=", 3),
    ),
    Question(
        "a list by a related record",
        lambda n, _: f"/v1/adoptions?count=none&product.vendor.country=FR&id__not={_id(n)}",
        Aim("<=", 3),
    ),
    Question("suggestions", lambda n, names: _typed("/v1/suggest", n, names), Aim("<=", 1.5)),
    Question("search", lambda n, names: _typed("/v1/search", n, names), Aim("<=", 1.5)),
    Question(
        "groups, counted",
        lambda n, _: f"/v1/aggregate/adoptions?group_by=feature_id&having=count!={LARGE + n}",
        Aim("<=", 3),
    ),
    Question(
        "groups by a filter that nobody asked before",
        lambda n, _: f"/v1/aggregate/adoptions?group_by=feature_id&id__not={_id(n)}",
        Aim("<=", 3),
    ),
    Question(
        "homogenization of a market of 30",
        lambda n, _: f"{THIRTY}/homogenization?confidence={0.8 + n / 1e5:.5f}",
        Aim("<=", 1.3),
    ),
    Question(
        "time-to-copy of a market of 30",
        lambda n, _: f"{THIRTY}/time-to-copy?confidence={0.8 + n / 1e5:.5f}",
        Aim("<=", 1.3),
    ),
]
FIRST_READS = {
    "a record": "/v1/products/p7",
    "a list": "/v1/adoptions?count=none",
    "search": "/v1/search?q=p7",
    "suggestions": "/v1/suggest?q=p7",
    "groups": "/v1/aggregate/adoptions?group_by=feature_id",
    "homogenization of a market of 30": f"{THIRTY}/homogenization",
}


def table(pg: Postgres) -> Section:
    names = {"small": pg.world(SMALL), "large": pg.world(LARGE)}
    with (
        parity(pg.at(names["small"]), pg.folder, name="small") as small,
        parity(pg.at(names["large"]), pg.folder, name="large") as large,
    ):
        section, left = _section(), list[str]()
        keys = {size: key(pg.at(name), pg.folder) for size, name in names.items()}
        words = {"small": typed(world(SMALL)), "large": typed(world(LARGE))}
        for server in (small, large):
            server.get("/v1/search?q=p7")  # waits for the index, which is made at the start
        until = time.monotonic() + LONGEST_SECONDS
        for question in QUESTIONS:
            if time.monotonic() > until:
                left.append(question.name)
                continue
            found = _asked(question, [small, large], words, pg.pid)
            section.add(*_row(question, found["small"], found["large"]))
        for name, target in FIRST_READS.items():
            if time.monotonic() > until:
                left.append(f"first read: {name}")
                continue
            reads = [_first_reads(server, target, keys[server.name]) for server in (small, large)]
            section.add(*_first_row(name, *reads))
    section.after = f"Not asked, for want of time: {', '.join(left)}." if left else ""
    return section


def _section() -> Section:
    return Section(
        "scale",
        f"Scale: {SMALL:,} adoptions against {LARGE:,}",
        "Two made-up bases, a service with one worker on each, one connection, nothing asked "
        "twice. CPU is of the server and of PostgreSQL, per request; medians of "
        f"{ROUNDS} rounds in turns; the ratio is the large base's CPU by the small one's. First "
        "read: after a write of one product's note, the time of the next question, the median of "
        f"up to {WRITES}.",
        (
            "question",
            "small ms",
            "large ms",
            "small CPU ms",
            "large CPU ms",
            "ratio",
            "aim",
            "failed",
        ),
    )


def _asked(
    question: Question, servers: list[Server], words: dict[str, list[str]], postgres: int
) -> dict[str, Measured]:
    subjects = []
    for server in servers:
        requests = _requests(question, words[server.name])
        subjects.append(Subject(server, (server.pid, postgres), requests))
    return interleaved(subjects, 1, SECONDS, ROUNDS)


def _requests(question: Question, words: list[str]) -> Iterator[bytes]:
    return (get(question.target(n, words)) for n in count())


def _row(question: Question, small: Measured, large: Measured) -> tuple[object, ...]:
    ratio = large.cpu_us / small.cpu_us
    return (
        question.name,
        f"{small.wait_ms:.1f}",
        f"{large.wait_ms:.1f}",
        f"{small.cpu_us / 1000:.2f}",
        f"{large.cpu_us / 1000:.2f}",
        f"{ratio:.2f}",
        question.aim.told(ratio),
        f"{small.told_failed()}, {large.told_failed()}",
    )


class FirstReads(NamedTuple):
    """The median, and how many of how many had another status than 200."""

    ms: float
    failed: int
    n: int


def _first_reads(server: Server, target: str, secret: str) -> FirstReads:
    """Of some writes, of fewer where they take long."""
    spent: list[float] = []
    failed, until = 0, time.monotonic() + WRITING_SECONDS
    while len(spent) < WRITES and (not spent or time.monotonic() < until):
        write(server, secret, "p7")
        began = time.perf_counter()
        status, body = server.get(target)
        spent.append(1000 * (time.perf_counter() - began))
        failed += status != 200 or not body
    return FirstReads(statistics.median(spent), failed, len(spent))


def write(server: Server, secret: str, product: str) -> None:
    """Change the note of a product. Raises RuntimeError if that is refused."""
    status, answer, _ = request(
        server.port, "PATCH", f"/v1/products/{product}", note(), writing(secret)
    )
    if status != 200:
        raise RuntimeError(f"a write: {status} {answer[:300]!r}")


def note() -> bytes:
    """The change, another one each time."""
    return f'{{"note": "{time.time_ns()}", "comment": "bench"}}'.encode()


def writing(secret: str) -> dict[str, str]:
    """The headers of a change."""
    return {
        "Authorization": f"Bearer {secret}",
        "If-Match": "*",
        "Content-Type": "application/json",
    }


def _first_row(name: str, small: FirstReads, large: FirstReads) -> tuple[object, ...]:
    return (
        f"first read: {name}",
        f"{small.ms:.1f}",
        f"{large.ms:.1f}",
        "",
        "",
        f"{large.ms / small.ms:.2f}",
        f"ms {FIRST_READ_MS.told(large.ms)}",
        ", ".join(f"{found.failed / found.n:.0%}" for found in (small, large)),
    )
