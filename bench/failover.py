"""The logs of docs/bigger.md: a writer and three readers while the primary fails.

python -m bench.failover [--print]. Under a minute; the primary and its synchronous standby are its
own.
"""

import argparse
import asyncio
from itertools import pairwise

from bench import report
from tests.failovers import Log, fail_over, frozen, killed

DOCUMENT = report.DOCUMENT.with_name("bigger.md")
FAULTS = (
    ("F23: killed", killed, False),
    ("F24: hangs", frozen, False),
    ("F25: hangs, and returns", frozen, True),
)
HEAD = (
    "the primary",
    "acknowledged",
    "lost",
    "unknown",
    "reads",
    "of them 503 or 504",
    "readers gone back",
    "writes again after the promotion",
    "longest without a read",
    "written by the old one after it",
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.failover", description=__doc__)
    parser.add_argument("--print", action="store_true", help="leave docs/bigger.md as it is")
    asked = parser.parse_args()
    section = report.Section("failover", "A failover, as it was seen", "", HEAD)
    logs = []
    for name, fail, returns in FAULTS:
        log = asyncio.run(fail_over(fail, returns=returns))
        section.add(*row(name, log))
        logs.append("\n".join([f"{name}:", "", "```text", *log.lines, *told(log), "```"]))
    section.after = "\n\n".join(logs)
    print(section)
    if not asked.print:
        report.write(section, DOCUMENT)


def row(name: str, log: Log) -> tuple[object, ...]:
    n_reads = sum(map(len, log.seen)) + log.failed_reads
    return (
        name,
        len(log.written),
        len(log.lost),
        len(log.unknown),
        n_reads,
        log.failed_reads,
        log.n_back,
        f"{log.pause:.2f} s",
        f"{max(map(longest, log.seen)):.2f} s",
        log.old_line_writes,
    )


def longest(seen: list[tuple[float, int]]) -> float:
    """Seconds between two answers to one reader."""
    return max(after[0] - before[0] for before, after in pairwise(seen))


def told(log: Log) -> list[str]:
    """The writer's log by its turning points, and each reader's by revision."""
    last = max(at for at in log.acknowledged_at if at < log.promoted_at)
    next_ = min(at for at in log.acknowledged_at if at > log.promoted_at)
    lines = [
        f"writer: the last write before the promotion at {last - log.failed_at:+.2f} s,"
        f" the first after it at {next_ - log.failed_at:+.2f} s; {len(log.refused)} refused"
    ]
    for n, seen in enumerate(log.seen, start=1):
        away = [revision for at, revision in seen if log.failed_at < at < next_]
        after = [revision for at, revision in seen if at >= next_]
        lines.append(
            f"reader {n}: revisions {seen[0][1]} to {seen[-1][1]};"
            f" {len(away)} answers while nobody took writes, at {spread(away)};"
            f" then {spread(after)}"
        )
    return lines


def spread(revisions: list[int]) -> str:
    return f"{min(revisions)} to {max(revisions)}" if revisions else "none"


if __name__ == "__main__":
    main()
