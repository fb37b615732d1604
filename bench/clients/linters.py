"""What the linters say about the document."""

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from bench.clients.table import Row
from bench.clients.tools import BUILD, npm, version

SPECTRAL_SEVERITIES = ("error", "warn", "info", "hint")


def redocly(document: Path) -> Row:
    """Redocly's recommended rules."""
    ran = npm("redocly", "lint", document, "--config=redocly.yaml", "--format=json")
    return _row(
        "redocly recommended",
        version("@redocly/cli"),
        (
            (problem["severity"], problem["ruleId"], problem["location"][0].get("pointer", ""))
            for problem in json.loads(ran.output)["problems"]
        ),
    )


def spectral(document: Path) -> Row:
    """Spectral's rules for OpenAPI."""
    report = BUILD / "spectral.json"
    chosen = ["--ruleset=spectral.yaml", "--format=json", f"--output={report}", "--quiet"]
    npm("spectral", "lint", document, *chosen)
    return _row(
        "spectral oas",
        version("@stoplight/spectral-cli"),
        (
            (
                SPECTRAL_SEVERITIES[problem["severity"]],
                problem["code"],
                "/".join(map(str, problem["path"])),
            )
            for problem in json.loads(report.read_bytes())
        ),
    )


def _row(tool: str, name: str, problems: Iterable[tuple[str, str, str]]) -> Row:
    told = sorted(problems)
    counts = Counter(severity for severity, *_ in told)
    says = [" ".join(problem) for problem in told]
    return Row(tool, name, errors=counts["error"], warnings=len(told) - counts["error"], says=says)
