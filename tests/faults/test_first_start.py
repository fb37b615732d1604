"""A first start that is cut off at any moment leaves a folder that the next start serves from."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from service.commands.serve import BUNDLED
from service.store.database import Database
from service.usecases.imports.bundled import load_edition, n_loaded
from tests.servers import free_port

MOMENTS = [step / 10 for step in range(1, 61)]
LOOKS = 600


@pytest.fixture
def folder() -> Iterator[Path]:
    """Open to the user as whom PostgreSQL runs where tests run as root."""
    with tempfile.TemporaryDirectory(prefix="parity-test-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.mark.chaos
@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGINT])
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_first_start_may_be_interrupted_at_any_moment(
    folder: Path, moment: float, blow: signal.Signals
) -> None:
    first = _serve(folder, free_port())
    time.sleep(moment)
    first.send_signal(blow)
    first.communicate(timeout=60)
    port = free_port()
    second = _serve(folder, port)
    try:
        assert _revision(second, port) == 2
    finally:
        second.terminate()
        said = second.communicate(timeout=60)[0]
    assert second.returncode == 0, said
    assert not list((folder / "base").glob("*.part"))


async def test_a_base_is_completed_that_has_only_some_of_its_files(database: Database) -> None:
    assert await n_loaded(database, BUNDLED) == 0
    async for _ in load_edition(database, BUNDLED):
        break
    assert await n_loaded(database, BUNDLED) == 1
    async for _ in load_edition(database, BUNDLED, 1):
        pass
    assert await n_loaded(database, BUNDLED) is None
    assert await database.revision() == 2


def _serve(folder: Path, port: int) -> subprocess.Popen[str]:
    named = {"PYTHONPATH": str(Path.cwd()), "PARITY_DATABASE_URL": "", "PARITY_WORKERS": "1"}
    placed = {"PARITY_DATA_DIR": str(folder / "base"), "PORT": str(port)}
    return subprocess.Popen(
        [sys.executable, "-m", "service", "serve"],
        cwd=folder,
        env={**os.environ, **named, **placed},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def _revision(running: subprocess.Popen[str], port: int) -> int:
    """The newest, once it is ready."""
    for _ in range(LOOKS):
        if running.poll() is not None:
            raise AssertionError(running.communicate()[0])
        try:
            ready = httpx.get(f"http://localhost:{port}/health/ready")
        except httpx.TransportError:
            ready = None
        if ready is not None and ready.is_success:
            return int(ready.json()["revision"])
        time.sleep(0.1)
    raise AssertionError("the server did not come up")
