"""What is installed is the whole service: it stands without the repository."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from service.api.documentation.library import LICENCES, OF_REPOSITORY

CASE = "tests/cases/h01.json"


@pytest.fixture(scope="module")
def installed(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked wheel of a copy of the repository."""
    source, built = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    named = subprocess.run(
        listed, cwd=repository, check=True, capture_output=True, text=True
    ).stdout
    for name in filter(None, named.split("\0")):
        if (repository / name).is_file() and not name.startswith(("tests/", "bench/")):
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(repository / name, source / name)
    options = ["--no-deps", "--no-build-isolation", "--no-index", "--quiet"]
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", *options, "-w", built, source], check=True
    )
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(built / "site")
    return built / "site"


def _parity(installed: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    command = [sys.executable, "-m", "service", *arguments]
    return subprocess.run(command, cwd=installed, env=environment, capture_output=True, text=True)


def test_the_installed_command_line_computes(installed: Path, repository: Path) -> None:
    told = _parity(installed, "--help")
    assert (told.returncode, "compute" in told.stdout) == (0, True), told.stderr
    answered = _parity(installed, "compute", str(repository / CASE))
    assert answered.returncode == 0, answered.stderr


def test_everything_that_the_service_reads_is_there(installed: Path, repository: Path) -> None:
    package = repository / "service"
    kinds = (".toml", ".sql", ".jsonl", ".js", ".css", ".html", ".svg")
    read = [path for path in package.rglob("*") if path.suffix in kinds]
    read += (package / "fonts").iterdir()
    brought = [repository / name for name in (*OF_REPOSITORY, *LICENCES)]
    brought += [*repository.glob("docs/**/*.md"), *repository.glob("migrations/**/*.py")]
    brought += [*repository.glob("openapi/examples/*.json")]
    wanted = [path.relative_to(repository) for path in read]
    wanted += [Path("service") / path.relative_to(repository) for path in brought]
    assert not [path for path in wanted if not (installed / path).is_file()]


def test_the_installed_service_describes_itself(installed: Path, repository: Path) -> None:
    told = _parity(installed, "openapi", "-o", "openapi.json")
    assert told.returncode == 0, told.stderr
    made = (installed / "openapi.json").read_bytes()
    assert made == (repository / "openapi/openapi.json").read_bytes()
