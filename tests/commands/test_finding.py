"""Which base a command means: the one named, the nearest one, or none."""

import os
import subprocess
import sys
import tempfile
from asyncio import to_thread
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from service.__main__ import main
from service.settings import Settings
from tests.postgres import admin, of_database

ELSEWHERE = {"PARITY_DATABASE_URL": "", "PARITY_DATA_DIR": ""}
VENDOR = '{"kind": "vendor", "id": "acme", "name": "Acme"}\n'


@pytest.fixture
def folder() -> Iterator[Path]:
    """Empty, and open to the user as whom PostgreSQL runs where tests run as root."""
    with tempfile.TemporaryDirectory(prefix="parity-test-") as name:
        Path(name).chmod(0o755)
        yield Path(name).resolve()


def run(folder: Path, *words: str, text: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    """A command as a process of its own that stands in the folder."""
    environment = {**os.environ, "PYTHONPATH": str(Path.cwd()), **ELSEWHERE, **more}
    return subprocess.run(
        [sys.executable, "-m", "service", *words], cwd=folder, env=environment, input=text,
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    "words", ["export", "export --as-of rev:1", "keys list", "keys create x --scopes write"]
)
def test_no_base_is_made_where_a_command_happens_to_stand(
    words: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    named = folder / "elsewhere"
    for environment in (ELSEWHERE, {**ELSEWHERE, "PARITY_DATA_DIR": str(named)}):
        answer = CliRunner().invoke(main, words.split(), env=environment)
        assert (answer.exit_code, answer.stderr.count("\n")) == (2, 1), answer.output
        assert answer.stderr.startswith("Error: There is no base")
        assert "parity import" in answer.stderr
    assert list(folder.iterdir()) == []


async def test_no_base_is_made_in_a_database_that_holds_none(server: str) -> None:
    await admin(server, "CREATE DATABASE parity_bare")
    url = of_database(server, "parity_bare")
    for _ in range(2):
        answer = await to_thread(
            CliRunner().invoke, main, ["export"], env={"PARITY_DATABASE_URL": url}
        )
        assert (answer.exit_code, "There is no base" in answer.stderr) == (2, True), answer.output
    await admin(server, "DROP DATABASE parity_bare")


def test_an_import_says_that_it_makes_a_base_which_is_found_from_below(folder: Path) -> None:
    dry = run(folder, "import", "-", "--dry-run", text=VENDOR)
    assert (dry.returncode, list(folder.iterdir())) == (0, []), dry.stderr
    made = run(folder, "import", "-", text=VENDOR)
    assert (made.returncode, "1 created" in made.stdout) == (0, True), made.stderr
    assert f"Making a new base in {folder}/.parity" in made.stderr
    below = folder / "a" / "b"
    below.mkdir(parents=True)
    found = run(below, "export")
    assert (found.returncode, '"acme"' in found.stdout) == (0, True), found.stderr
    again = run(below, "import", "-", text=VENDOR)
    assert (again.returncode, "new base" in again.stderr) == (0, False)
    assert list(below.iterdir()) == []


def test_the_nearest_base_is_meant(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = folder / "a" / "b"
    inner.mkdir(parents=True)
    monkeypatch.chdir(inner)
    for name, value in ELSEWHERE.items():
        monkeypatch.setenv(name, value)
    assert Settings.from_environment().data_dir == inner / ".parity"
    for place in (folder, folder / "a"):
        (place / ".parity" / "postgres").mkdir(parents=True)
        (place / ".parity" / "postgres" / "PG_VERSION").touch()
        assert Settings.from_environment().data_dir == place / ".parity"
    (folder / "a" / "b" / ".parity").mkdir()
    assert Settings.from_environment().data_dir == folder / "a" / ".parity"
    monkeypatch.setenv("PARITY_DATA_DIR", "x")
    assert Settings.from_environment().data_dir == inner / "x"


def test_the_base_of_somebody_else_is_not_found(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base, below = folder / ".parity", folder / "below"
    (base / "postgres").mkdir(parents=True)
    (base / "postgres" / "PG_VERSION").touch()
    below.mkdir()
    monkeypatch.chdir(below)
    for name, value in ELSEWHERE.items():
        monkeypatch.setenv(name, value)
    assert Settings.from_environment().data_dir == base
    monkeypatch.setattr(os, "geteuid", lambda: base.stat().st_uid + 1)
    assert Settings.from_environment().data_dir == below / ".parity"


def test_a_base_that_does_not_start_is_told_in_one_line(folder: Path) -> None:
    assert run(folder, "migrate").returncode == 0
    base = folder / ".parity" / "postgres"
    with (base / "postgresql.conf").open("a") as settings:
        settings.write("nonsense = 1\n")
    broken = run(folder, "export")
    assert (broken.returncode, broken.stderr.count("\n")) == (2, 1), broken.stderr
    assert 'postgresql.conf" contains errors' in broken.stderr
    (base / "PG_VERSION").write_text("16\n")
    other = run(folder, "export")
    assert (other.returncode, other.stderr.count("\n")) == (2, 1), other.stderr
    assert "expecting version 18 but found version 16" in other.stderr
