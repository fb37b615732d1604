"""Requests made from the OpenAPI document, and what is not as it says.

python -m bench.conformance [ARGUMENT ...]; serves the bundled data on a database and a port of its
own and lets schemathesis ask all operations: their examples, every bound of every parameter, random
requests, and chains along the links. Without arguments in the parts below, two at a time, with a
table at the end; arguments are those of `schemathesis run`, such as `--phases=examples` or
`--include-path=/v1/products`. What is excused stands with its reason in explained.py; how often is
told at the end. Exit code 1: something is not as documented.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from bench.clients.serving import serving

DOCUMENT = Path("openapi/openapi.json")
SETTINGS = Path(__file__).with_name("schemathesis.toml")


class Part(NamedTuple):
    name: str
    arguments: tuple[str, ...]


PHASES = "--phases=examples,coverage,fuzzing"
GROUPS, TO_L, FROM_M = "^/v1/aggregate/", "^/v1/[a-l]", "^/(?!v1/[a-l])"
# Each column has a service and a process of its own: checks compile code, in which two threads of
# Python 3.11 disturb each other. What is written is nothing that others read meanwhile.
COLUMNS = (
    (
        Part("reads, m to z", ("--include-method=GET", f"--exclude-path-regex={TO_L}", PHASES)),
        Part("groups", (f"--include-path-regex={GROUPS}", PHASES)),
    ),
    (
        Part(
            "reads, a to l",
            ("--include-method=GET", f"--exclude-path-regex={FROM_M}|{GROUPS}", PHASES),
        ),
        Part("writes", ("--exclude-method=GET", PHASES)),
        Part("chains", ("--phases=stateful", "--max-examples=60")),
    ),
)


class Asked(NamedTuple):
    """A part that was asked: what schemathesis printed, and its report."""

    part: Part
    ran: subprocess.CompletedProcess[str]
    report: dict[str, Any]


def main() -> int:
    if sys.argv[1:]:
        with serving() as served:
            return ask(served.url, served.key, sys.argv[1:]).returncode
    with ThreadPoolExecutor(len(COLUMNS)) as threads:
        asked = [one for column in threads.map(_column, COLUMNS) for one in column]
    for one in asked:
        if one.ran.returncode:
            print(one.ran.stdout, one.ran.stderr, sep="\n")
    print("\n".join(_table(asked)))
    return int(any(one.ran.returncode for one in asked))


def _column(parts: Sequence[Part]) -> list[Asked]:
    with serving() as served:
        return [_asked(served.url, served.key, part) for part in parts]


def _asked(url: str, key: str, part: Part) -> Asked:
    with TemporaryDirectory() as folder:
        path = Path(folder, "report.json")
        arguments = (*part.arguments, f"--report-json-path={path}")
        ran = ask(url, key, arguments, is_shown=False)
        text = path.read_text() if path.exists() else ""
    return Asked(part, ran, json.loads(text or "{}"))


def _table(asked: Sequence[Asked]) -> Iterator[str]:
    yield "| | operations | requests | not as documented | excused | seconds |"
    yield "|---|---|---|---|---|---|"
    for part, ran, report in asked:
        cases, operations = report.get("test_cases", {}), report.get("operations", {})
        found = cases.get("unique_failures", "broken off") if report else "broken off"
        figures = (
            operations.get("tested", 0),
            f"{cases.get('generated', 0):,}",
            found if found or not ran.returncode else "errors",
            f"{report.get('filtered', 0):,}",
            f"{report.get('running_time', 0):.0f}",
        )
        yield f"| {part.name} | {' | '.join(map(str, figures))} |"


def ask(
    url: str, key: str, arguments: Sequence[str], *, is_shown: bool = True
) -> subprocess.CompletedProcess[str]:
    """Requests to the service at the address. In a folder of its own: what schemathesis keeps
    from run to run would make two of them differ.
    """
    command = [
        sys.executable,
        *("-m", "schemathesis.cli", f"--config-file={SETTINGS}", "run"),
        *(str(DOCUMENT.resolve()), f"--url={url}", f"--header=Authorization: Bearer {key}"),
        *arguments,
    ]
    path = os.pathsep.join([str(Path.cwd()), os.environ.get("PYTHONPATH", "")])
    own = "key_" + key.split("_")[1]
    environment = {**os.environ, "PYTHONPATH": path, "CONFORMANCE_KEY": own}
    with TemporaryDirectory() as folder:
        return subprocess.run(
            command,
            cwd=folder,
            env=environment,
            check=False,
            text=True,
            capture_output=not is_shown,
        )


if __name__ == "__main__":
    sys.exit(main())
