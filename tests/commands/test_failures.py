"""What a user can mend is told in one line, with exit code 2, and nothing is made."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from service.__main__ import main
from service.store.database import Database
from tests.postgres import database_name

UNSET = {"PARITY_DATABASE_URL": "", "PARITY_DATA_DIR": "", "PARITY_KEY": ""}


def parity(*words: str, **environment: str) -> Result:
    return CliRunner().invoke(main, list(words), env={**UNSET, **environment})


def is_one_line(answer: Result, told: str) -> bool:
    line = answer.stderr
    return answer.exit_code == 2 and line.count("\n") == 1 and told in line


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("mysql://me:secret@h/x", "PARITY_DATABASE_URL"),
        ("secret", "PARITY_DATABASE_URL"),
        ("postgresql://me:secret@h:port/x", "PARITY_DATABASE_URL"),
        ("postgresql://me:secret@127.0.0.1:9/x", "Connect call failed"),
        ("postgresql://me:secret@nobody.invalid/x", "cannot be reached"),
    ],
)
@pytest.mark.parametrize("words", [("export",), ("migrate",), ("serve",)], ids=str)
def test_a_database_that_is_not_there(words: tuple[str, ...], url: str, told: str) -> None:
    answer = parity(*words, PARITY_DATABASE_URL=url, PORT="1999")
    assert is_one_line(answer, told), answer.output
    assert "secret" not in answer.output


def test_a_serve_that_fails_leaves_the_signals_as_they_were() -> None:
    before = signal.getsignal(signal.SIGTERM)
    assert parity("serve", PARITY_DATABASE_URL="mysql://h/x", PORT="1999").exit_code == 2
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_database_of_a_wrong_name(bundled: Database) -> None:
    url = bundled.url.replace(database_name(bundled.url), "parity_mistyped")
    answer = parity("keys", "list", PARITY_DATABASE_URL=url)
    assert is_one_line(answer, '"parity_mistyped" does not exist'), answer.output


@pytest.mark.parametrize("target", ["zzz", "+999", "0xyz", "-999", "two words"])
def test_a_migration_that_is_not_there(bundled: Database, target: str) -> None:
    answer = parity("migrate", "--", target, PARITY_DATABASE_URL=bundled.url)
    assert is_one_line(answer, "revision_unknown"), answer.output


@pytest.mark.parametrize(
    "words",
    [
        ("export", "-o", "/nonexistent/x.ndjson"),
        ("export", "-o", "/dev/full"),
        ("export", "-o", "/dev/null/x"),
        ("openapi", "-o", "/nonexistent/x.json"),
        ("openapi", "-o", "/dev/full"),
        ("methods", "-o", "/dev/null/x"),
        ("import", "/nonexistent/x"),
        ("compute", "/nonexistent/x"),
        ("export", "--as-of", "rev:99999"),
        ("export", "--as-of", "2026.99"),
        ("keys", "create", "x", "--scopes", "wriet"),
        ("keys", "retire", "key_none"),
    ],
    ids=str,
)
def test_a_file_or_a_word_that_does_not_do(bundled: Database, words: tuple[str, ...]) -> None:
    answer = parity(*words, PARITY_DATABASE_URL=bundled.url)
    assert is_one_line(answer, ""), answer.output


@pytest.mark.parametrize(
    "words",
    ["export", "export --zip", "export --kind adoption", "openapi -o /dev/stdout", "compute -"],
)
def test_an_output_that_is_full(bundled: Database, words: str) -> None:
    environment = {**os.environ, "PARITY_DATABASE_URL": bundled.url}
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "service", *words.split()], env=environment, stdout=full,
            stderr=subprocess.PIPE, text=True, check=False, input='{"records": [], "calls": []}',
        )  # fmt: skip
    assert (ran.returncode, ran.stderr.count("\n")) == (2, 1), ran.stderr
    assert "No space left on device" in ran.stderr


def test_an_export_that_fails_leaves_the_file_as_it_was(bundled: Database, tmp_path: Path) -> None:
    kept = tmp_path / "base.ndjson"
    kept.write_text("kept")
    wrong = parity("export", "-o", str(kept), "--as-of", "rev:999", PARITY_DATABASE_URL=bundled.url)
    assert (wrong.exit_code, kept.read_text(), list(tmp_path.iterdir())) == (2, "kept", [kept])
    assert parity("export", "-o", str(kept), PARITY_DATABASE_URL=bundled.url).exit_code == 0
    assert (kept.read_bytes().count(b"\n") > 900, list(tmp_path.iterdir())) == (True, [kept])


@pytest.mark.parametrize(
    "words", ["add vendor acme name=Acme", "retire vendor acme", "merge vendor acme --into kimi"]
)
def test_a_write_without_a_key_fails(words: str) -> None:
    answer = parity(*words.split(), "--comment", "seen")
    assert (answer.exit_code, answer.stdout.startswith("curl -X ")) == (2, True), answer.output
    assert "no key" in answer.stderr
    assert parity(*words.split(), "--comment", "seen", "--print").exit_code == 0
