"""What the command installs and runs: programs of npm and one of Python, at pinned versions."""

import json
import os
import shutil
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
BUILD = HERE / "build"
MODULES = HERE / "node_modules"
PYTHON = BUILD / "venv" / "bin" / "python"
GENERATOR = "openapi-python-client"


@dataclass(frozen=True)
class Ran:
    code: int
    output: str
    errors: str


def run(*command: str | Path, **environment: str) -> Ran:
    """Run a program in this folder, to its end."""
    done = subprocess.run(
        [str(word) for word in command],
        cwd=HERE,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def npm(name: str, *arguments: str | Path, **environment: str) -> Ran:
    """Run a program that one of the npm packages brings."""
    return run(MODULES / ".bin" / name, *arguments, **environment)


def missing(*, with_browser: bool) -> list[str]:
    """What the machine lacks, in words."""
    lacking = [name for name in ("node", "npm") if shutil.which(name) is None]
    if with_browser and chromium() is None:
        lacking.append("chromium (Debian: apt-get install chromium)")
    return lacking


def chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")


def install() -> None:
    """Install the pinned packages, where they are not. Raises CalledProcessError."""
    lock, installed = HERE / "package-lock.json", MODULES / ".package-lock.json"
    if not installed.exists() or installed.stat().st_mtime < lock.stat().st_mtime:
        subprocess.run(["npm", "ci", "--ignore-scripts", "--silent"], cwd=HERE, check=True)  # noqa: S607
    wanted, stamp = HERE / "requirements.txt", BUILD / "venv" / "requirements.txt"
    if not stamp.exists() or stamp.read_bytes() != wanted.read_bytes():
        venv.create(BUILD / "venv", clear=True, with_pip=True)
        pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "--require-hashes", "-r", str(wanted)], check=True)
        shutil.copy(wanted, stamp)


def version(package: str) -> str:
    """The installed version of an npm package, or of the Python generator."""
    if package != GENERATOR:
        return str(json.loads((MODULES / package / "package.json").read_bytes())["version"])
    ask = f"import importlib.metadata as m; print(m.version('{GENERATOR}'))"
    return run(PYTHON, "-c", ask).output.strip()


def mypy(*targets: str | Path) -> Ran:
    """Check types, as the environment of the Python generator sees them."""
    chosen = (f"--python-executable={PYTHON}", f"--cache-dir={BUILD / 'mypy'}", "--config-file=")
    return run(sys.executable, "-m", "mypy", *chosen, *targets, MYPYPATH=str(BUILD / "python"))
