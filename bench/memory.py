"""What a worker holds: after its start, and after many questions and writes."""

import time
from collections import Counter
from collections.abc import Iterator
from itertools import chain, cycle, islice
from typing import NamedTuple
from urllib.parse import quote

from bench.bases import Postgres
from bench.busy import told
from bench.load import drive, get, patch
from bench.processes import Server, memory_mib, tree
from bench.report import Aim, Section
from bench.scale import LARGE, note, write, writing
from bench.servers import key, parity
from bench.world import typed, world

QUESTIONS, WRITES, CONNECTIONS = 1000, 50, 4
MANY_WRITES = 10_000
IS_WHOLE = False  # it ends by what is asked and written, not by the time


class Course(NamedTuple):
    """For how many seconds at most questions are asked, writes written, and many writes, which are
    looked at in stretches."""

    questions: float
    writes: float
    many: float
    stretches: int


BRIEF, WHOLE = Course(25, 25, 60, 4), Course(240, 240, 240, 10)
BUNDLED, WORLD = Aim("<=", 256), Aim("<=", 600)


def table(pg: Postgres) -> Section:
    section = Section(
        "memory",
        "Memory of a worker",
        "The proportional (PSS) and the unique (USS) size of the one worker in MiB: started, after "
        f"{QUESTIONS:,} mixed questions (lists, records, groups, search, suggestions, analyses), "
        f"and after {WRITES} writes with twenty questions after each; on the bundled data also "
        f"after {MANY_WRITES:,} more writes at most, of four clients who ask something after each. "
        + ("Every part of it has minutes." if IS_WHOLE else "Every part of it ends by time."),
        ("base", "when", "PSS MiB", "USS MiB", "of the limit", "aim", "answers by status"),
    )
    for base, name, aim in _bases(pg):
        with parity(pg.at(name), pg.folder) as server:
            worker = _worker(server)
            section.add(*_row(base, "started", worker, aim, Counter()))
            questions = list(_mixed(base))
            asked = _ask(server, iter(questions[:QUESTIONS]))
            section.add(*_row(base, f"{asked.total():,} questions", worker, aim, asked))
            told_writes, after = _write(server, key(pg.at(name), pg.folder), base, questions)
            section.add(*_row(base, f"{told_writes} writes", worker, aim, after))
            if base == "bundled":
                section.after = _written_long(section, server, key(pg.at(name), pg.folder), aim)
    return section


def _written_long(section: Section, server: Server, secret: str, aim: Aim) -> str:
    """Adds a row for each stretch; how much the later half of them grew."""
    worker, writes, found = _worker(server), 0, list[tuple[int, float, float]]()
    questions, course = cycle(_mixed("bundled")), _course()
    for _ in range(course.stretches):
        n = MANY_WRITES // course.stretches
        changes = (patch("/v1/products/kimi", note(), writing(secret)) for _ in range(n))
        each = chain.from_iterable(zip(changes, questions, strict=False))
        asked = drive(server.port, each, CONNECTIONS, course.many / course.stretches).statuses
        writes += asked.total() // 2
        section.add(*_row("bundled", f"{writes:,} writes more", worker, aim, asked))
        found.append((writes, time.monotonic(), memory_mib(worker)[1]))
    (before, began, small), (after, ended, large) = found[course.stretches // 2 - 1], found[-1]
    return (
        f"From {before:,} to {after:,} writes, in {ended - began:.0f} s, its USS grew by "
        f"{large - small:.1f} MiB: {1000 * (large - small) / (after - before):.2f} MiB in a "
        "thousand writes."
    )


def _bases(pg: Postgres) -> Iterator[tuple[str, str, Aim]]:
    yield "bundled", pg.bundled(), BUNDLED
    yield f"{LARGE:,} adoptions", pg.world(LARGE), WORLD


def _worker(server: Server) -> int:
    """The largest process of the tree below its root."""
    return max(tree(server.pid)[1:] or [server.pid], key=lambda pid: memory_mib(pid)[1])


def _course() -> Course:
    return WHOLE if IS_WHOLE else BRIEF


def _ask(server: Server, questions: Iterator[bytes]) -> Counter[int]:
    return drive(server.port, questions, CONNECTIONS, _course().questions).statuses


def _write(
    server: Server, secret: str, base: str, questions: list[bytes]
) -> tuple[int, Counter[int]]:
    asked: Counter[int] = Counter()
    until = time.monotonic() + _course().writes
    for n in range(WRITES):
        write(server, secret, "kimi" if base == "bundled" else f"p{n}")
        asked += _ask(server, islice(iter(questions[n * 20 % QUESTIONS :]), 20))
        if time.monotonic() > until:
            return n + 1, asked
    return WRITES, asked


def _row(base: str, when: str, worker: int, aim: Aim, statuses: Counter[int]) -> tuple[object, ...]:
    pss, uss = memory_mib(worker)
    return (
        base,
        when,
        f"{pss:,.0f}",
        f"{uss:,.0f}",
        f"{pss / aim.limit:.2f}",
        f"MiB {aim.told(pss)}",
        told(statuses) if statuses else "",
    )


def _mixed(base: str) -> Iterator[bytes]:
    """No two of them alike."""
    if base == "bundled":
        market, product, feature = "chat-assistants", "kimi", "memory"
        names = [
            "kimi",
            "claude",
            "chat",
            "deep",
            "gem",
            "copilot",
            "memory",
            "voice",
            "image",
            "doubao",
        ]
    else:
        market, product, feature = "thirty", "p7", "f7"
        names = typed(world(LARGE))
    for n in range(QUESTIONS):
        day = f"{2025 - n % 3}-{n // 3 % 12 + 1:02}-{n // 36 % 28 + 1:02}"
        confidence = f"{0.8 + n / 1e5:.5f}"
        word = quote(names[n % len(names)])
        yield get(
            (
                f"/v1/adoptions?on={day}&count=none",
                f"/v1/products?limit={n % 200 + 1}",
                f"/v1/products/{product}?on={day}",
                f"/v1/aggregate/adoptions?group_by=feature_id&on={day}",
                f"/v1/search?q={word}&limit={n % 50 + 1}",
                f"/v1/suggest?q={word}&limit={n % 10 + 1}",
                f"/v1/markets/{market}/homogenization?confidence={confidence}",
                f"/v1/markets/{market}/time-to-copy?confidence={confidence}",
                f"/v1/features/{feature}/time-to-copy?market={market}&confidence={confidence}",
                f"/v1/timeline?limit={n % 200 + 1}",
            )[n % 10]
        )
