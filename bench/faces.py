"""Pictures and pages: made anew, as they are kept, how large, and what they cost in memory."""

import statistics
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from bench.bases import Postgres
from bench.processes import Server, cpu_seconds, memory_mib, request, tree
from bench.report import Aim, Section
from bench.servers import parity

DAY = "on=2026-11-01"
CHAT = "/v1/markets/chat-assistants"
DRAWN = {
    f"{CHAT}/homogenization": DAY,
    f"{CHAT}/matrix": DAY,
    f"{CHAT}/copy-graph": DAY,
    f"{CHAT}/penetration": DAY,
    "/v1/features/long-context/time-to-copy": f"market=chat-assistants&{DAY}",
    "/v1/adoptions": f"product.market_ids=coding-assistants&{DAY}",
    "/v1/versions": f"product.market_ids=chat-assistants&{DAY}",
    "/v1/compare": f"products=kimi,doubao,chatgpt&{DAY}",
}
PAGES = (
    "/?",
    "/markets/chat-assistants?",
    "/products/kimi?",
    "/features/memory?",
    "/vendors/openai?",
    "/groups/bat?",
    "/compare?products=kimi,doubao&",
    "/timeline?",
    "/coverage?",
    "/methods?",
)
WIDTHS = range(500, 1400, 300)
SVG, PNG, PAGE = Aim("<=", 100), Aim("<=", 200), Aim("<=", 50)
WEIGHT, GROWTH = Aim("<=", 150), Aim("<=", 150)
BROWSER = {"Accept": "text/html"}


def table(pg: Postgres) -> Section:
    section = Section(
        "faces",
        "Pictures and pages",
        "One worker, the bundled data, one request at a time, milliseconds from end to end; CPU is "
        "of the worker and of what draws. The aims are of the 95th of a hundred. "
        "The answers that a picture shows are there already; each of "
        f"{len(DRAWN)} pictures is asked in {len(WIDTHS)} widths. Pages are rendered anew in other "
        "colours from answers that are kept.",
        ("", "median", "95th", "most", "CPU ms", "aim"),
    )
    with parity(pg.at(pg.bundled()), pg.folder) as server:
        for address, asked in DRAWN.items():
            _ms(server, f"{address}?{asked}")
        before = _memory(server)
        _ms(server, next(_pictures("svg")))
        section.add("a new SVG", *_drawn(server, "svg", SVG))
        section.add("the same again", *_drawn(server, "svg", None))
        section.add("a new PNG", *_drawn(server, "png", PNG))
        grown = _memory(server) - before
        drawing = sum(memory_mib(pid)[0] for pid in _drawing(server))
        pages = list(_pages(server))
        section.add("a page rendered", *_told([took for took, *_ in pages], _mean(pages), PAGE))
    weight = max(size for _, size, _ in pages) / 1000
    section.add("the heaviest page, kB", "", "", f"{weight:.0f}", "", WEIGHT.told(weight))
    section.add("grown through drawing, MiB", "", "", f"{grown:.0f}", "", GROWTH.told(grown))
    section.add("what draws, MiB", "", "", f"{drawing:.0f}", "", "")
    return section


def _pictures(suffix: str) -> Iterator[str]:
    return (
        f"{address}.{suffix}?{asked}&width={width}"
        for width in WIDTHS
        for address, asked in DRAWN.items()
    )


def _drawn(server: Server, suffix: str, aim: Aim | None) -> tuple[str, ...]:
    before = cpu_seconds([server.pid])
    spent = [_ms(server, one) for one in _pictures(suffix)]
    return _told(spent, (cpu_seconds([server.pid]) - before) * 1000 / len(spent), aim)


def _pages(server: Server) -> Iterator[tuple[float, int, float]]:
    """How long each took in either of the colours, how many bytes it has, its CPU time."""
    for lang in ("en", "zh"):
        for page in PAGES:
            _ask(server, f"{page}lang={lang}", BROWSER)
            for theme in ("light", "dark"):
                before = cpu_seconds([server.pid])
                took, size = _ask(server, f"{page}lang={lang}&theme={theme}", BROWSER)
                yield took, size, (cpu_seconds([server.pid]) - before) * 1000


def _mean(pages: list[tuple[float, int, float]]) -> float:
    return statistics.mean(spent for *_, spent in pages)


def _ms(server: Server, target: str) -> float:
    return _ask(server, target, {})[0]


def _ask(server: Server, target: str, headers: dict[str, str]) -> tuple[float, int]:
    began = time.perf_counter()
    status, body, _ = request(server.port, "GET", target, headers=headers)
    if status != 200 or not body:
        raise RuntimeError(f"{target}: {status} {body[:200]!r}")
    return (time.perf_counter() - began) * 1000, len(body)


def _memory(server: Server) -> float:
    """Of the worker and of the processes that draw, in MiB."""
    return sum(memory_mib(pid)[0] for pid in tree(server.pid))


def _drawing(server: Server) -> list[int]:
    return [pid for pid in tree(server.pid) if "drawing" in _command(pid)]


def _command(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")


def _told(spent: Iterable[float], used: float, aim: Aim | None) -> tuple[str, ...]:
    found = sorted(spent)
    shown = (statistics.median(found), found[int(len(found) * 0.95)], found[-1], used)
    return (*(f"{one:.1f}" for one in shown), f"95th {aim.told(shown[1])}" if aim else "")
