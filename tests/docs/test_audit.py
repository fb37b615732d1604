"""`make audit` fails for vulnerabilities, never because nobody could be asked."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

FINE = {"name": "click", "version": "8.4", "vulns": []}
UNKNOWN = {"name": "msgspec", "skip_reason": "could not be audited"}
BROKEN = {"name": "jinja2", "version": "3.1", "vulns": [{"id": "CVE-1", "fix_versions": ["3.2"]}]}


@pytest.mark.parametrize(
    ("dependencies", "code", "told"),
    [
        ([FINE], 0, "Audited: 1; known vulnerabilities: 0."),
        ([FINE, UNKNOWN], 0, "Not audited, as no advisory service told of them: 1 (msgspec)."),
        ([FINE, BROKEN, UNKNOWN], 1, "jinja2 3.1: CVE-1, fixed in: 3.2"),
        (None, 0, "requirements.txt: not audited: ConnectionError: nobody is there"),
    ],
)
def test_only_vulnerabilities_fail(
    repository: Path, tmp_path: Path, dependencies: object, code: int, told: str
) -> None:
    tool = tmp_path / "pip-audit"
    text = "" if dependencies is None else json.dumps({"dependencies": dependencies})
    said = "ConnectionError: nobody is there"
    tool.write_text(f"#!/bin/sh\necho '{said}' >&2\necho '{text}'\n", encoding="utf-8")
    tool.chmod(0o755)
    script = repository / ".ci" / "audit.py"
    ran = subprocess.run(
        [sys.executable, script, tool, "requirements.txt"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, told in ran.stdout.splitlines()) == (code, True), ran.stdout
