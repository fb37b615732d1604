"""What the peers are made of, fetched from the package registries when a bench first needs it."""

import functools
import json
import re
import shutil
import subprocess
import venv
from pathlib import Path

HOME = Path(__file__).parents[2] / ".parity" / "bench"
REQUIREMENTS = Path(__file__).parents[1] / "requirements.txt"
POSTGRAPHILE = "5.1.5"
INSTALL_SECONDS = 240
LOCKED = re.compile(r"^([a-z-]+)==(\S+)", re.MULTILINE)


class Missing(Exception):
    """A peer that cannot be had here; says why."""


@functools.cache
def python() -> Path:
    """The interpreter of an environment with what `bench/requirements.txt` locks."""
    folder = HOME / "venv"
    found, stamp = folder / "bin" / "python", folder / "requirements.txt"
    if not stamp.exists() or stamp.read_bytes() != REQUIREMENTS.read_bytes():
        venv.create(folder, clear=True, with_pip=True)
        pip = [str(found), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        _run("the Python peers", [*pip, "--require-hashes", "-r", str(REQUIREMENTS)])
        shutil.copy(REQUIREMENTS, stamp)
    return found


@functools.cache
def postgraphile() -> Path:
    """The program of PostGraphile, at its pinned version."""
    package = HOME / "node" / "node_modules" / "postgraphile"
    if shutil.which("npm") is None:
        raise Missing("node and npm are not on this machine")
    if not (package / "package.json").exists() or version() != POSTGRAPHILE:
        package.parent.parent.mkdir(parents=True, exist_ok=True)
        quiet = ["--ignore-scripts", "--no-package-lock", "--no-audit", "--no-fund", "--silent"]
        folder = ["--prefix", str(package.parent.parent)]
        _run("PostGraphile", ["npm", "install", *folder, *quiet, f"postgraphile@{POSTGRAPHILE}"])
    return package / "dist" / "cli-run.js"


def versions() -> str:
    """What is locked, in words."""
    locked = dict(LOCKED.findall(REQUIREMENTS.read_text()))
    named = ("FastAPI", "SQLAlchemy", "Pydantic", "Datasette", "granian")
    found = [f"{name} {locked[name.lower()]}" for name in named]
    return ", ".join([*found, f"PostGraphile {POSTGRAPHILE}"])


def version() -> str:
    """Of the PostGraphile that is installed."""
    package = HOME / "node" / "node_modules" / "postgraphile" / "package.json"
    return str(json.loads(package.read_bytes())["version"])


def _run(what: str, command: list[str]) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=INSTALL_SECONDS)
    except (subprocess.SubprocessError, OSError) as error:
        raise Missing(f"{what}: the registry does not serve it ({type(error).__name__})") from error
