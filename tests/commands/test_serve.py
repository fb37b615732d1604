"""`parity serve` up to the point at which the server takes over."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import httpx
import psutil
import pytest

from bench.processes import has_ended
from service.store.database import Database
from tests.servers import free_port

PATIENCE = 90
PROBE = """
import importlib
import threading

serving = importlib.import_module("service.commands.serve")

class Server:
    def __init__(self, *_, **__): pass
    def serve(self): print("threads:", [thread.name for thread in threading.enumerate()])

serving.Workers = Server
serving.announce.start = lambda port: None
serving.serve.callback(port=None, host=None)
"""


def test_no_thread_runs_where_workers_are_forked(own_bundled: Database) -> None:
    """A fork beside a thread that holds a lock of OpenSSL leaves the worker waiting for ever."""
    environment = {**os.environ, "PARITY_DATABASE_URL": own_bundled.url}
    ran = subprocess.run(
        [sys.executable, "-c", PROBE], env=environment, capture_output=True, text=True, check=True
    )
    assert ran.stdout.splitlines()[-1] == "threads: ['MainThread']"


def test_a_port_that_is_taken_is_told(bundled: Database, tmp_path: Path) -> None:
    with socket.socket() as other, socket.socket() as like_ours:
        like_ours.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        started = []
        for taken in (other, like_ours):
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = str(taken.getsockname()[1])
            url = bundled.url
            started += [
                (port, _parity("serve", tmp_path, PARITY_DATABASE_URL=url, PORT=port)),
                (port, _parity(f"serve --port {port}", tmp_path, PARITY_DATABASE_URL=url)),
            ]
        for port, ran in started:
            told = ran.communicate(timeout=PATIENCE)[1]
            assert (ran.returncode, told.count("\n")) == (2, 1), told
            assert f"port {port}: another process listens there" in told


@pytest.mark.parametrize("host", ["nobody.invalid", "203.0.113.7", "::zz"])
def test_a_host_that_is_not_of_this_machine_is_told(host: str, tmp_path: Path) -> None:
    ran = _parity("serve", tmp_path, PARITY_DATABASE_URL="postgresql://127.0.0.1:9/x", HOST=host)
    _, told = ran.communicate(timeout=PATIENCE)
    assert (ran.returncode, told.count("\n"), host in told) == (2, 1, True), told


def test_a_base_is_served_once_and_taken_over_from_the_dead() -> None:
    with tempfile.TemporaryDirectory(prefix="parity-test-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        port, another = str(free_port()), str(free_port())
        first = _parity("serve", folder, PORT=port, HOST="localhost")
        _until_ready(port)
        workers = psutil.Process(first.pid).children()
        second = _parity("serve", folder, PORT=another)
        told = second.communicate(timeout=PATIENCE)[1]
        assert (second.returncode, told.count("\n")) == (2, 1), told
        assert f"served already (process {first.pid}, port {port})" in told
        first.kill()
        first.communicate(timeout=PATIENCE)
        third = _parity("serve", folder, PORT=port)
        _until_ready(port)
        assert not [worker for worker in workers if not has_ended(worker.pid)]
        third.terminate()
        third.communicate(timeout=PATIENCE)
        assert third.returncode == 0
        assert not (folder / ".parity" / "postgres" / "postmaster.pid").exists()


def test_f01_a_database_that_is_killed_is_started_again_and_nothing_is_lost() -> None:
    with tempfile.TemporaryDirectory(prefix="parity-test-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        port = str(free_port())
        running = _parity("serve", folder, PORT=port, HOST="localhost")
        try:
            _until_ready(port)
            address = f"http://localhost:{port}/v1/corrections"
            report = {"collection": "vendors", "record_id": "openai", "statement": "Noted."}
            for _ in range(2):
                noted = httpx.post(address, json=report, timeout=PATIENCE)
                assert noted.status_code == 201, noted.text
                _kill_database(folder)
                _until_ready(port)
                place = noted.headers["location"]
                found = httpx.get(f"http://localhost:{port}{place}", timeout=PATIENCE)
                assert found.status_code == 200, found.text
        finally:
            running.terminate()
            running.communicate(timeout=PATIENCE)
        assert running.returncode == 0
        assert not (folder / ".parity" / "postgres" / "postmaster.pid").exists()


def test_f34_who_is_killed_leaves_no_database_behind() -> None:
    with tempfile.TemporaryDirectory(prefix="parity-test-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        port = str(free_port())
        running = _parity("serve", folder, PORT=port, HOST="localhost")
        _until_ready(port)
        postmaster = psutil.Process(_postmaster(folder))
        running.kill()
        running.communicate(timeout=PATIENCE)
        postmaster.wait(timeout=PATIENCE)


def _postmaster(folder: Path) -> int:
    return int((folder / ".parity" / "postgres" / "postmaster.pid").read_text().split()[0])


def _kill_database(folder: Path) -> None:
    """Its processes notice that it is gone by themselves."""
    postmaster = psutil.Process(_postmaster(folder))
    postmaster.kill()
    psutil.wait_procs([postmaster], timeout=PATIENCE)


def _parity(command: str, folder: Path, **settings: str) -> subprocess.Popen[str]:
    """A command as a process of its own that stands in the folder."""
    environment = {
        **os.environ, "PYTHONPATH": str(Path.cwd()), "PARITY_DATABASE_URL": "",
        "PARITY_DATA_DIR": "", "PARITY_WORKERS": "1", **settings,
    }  # fmt: skip
    return subprocess.Popen(
        [sys.executable, "-m", "service", *command.split()], cwd=folder, env=environment,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def _until_ready(port: str) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with suppress(httpx.TransportError):
            if httpx.get(f"http://localhost:{port}/health/ready").is_success:
                return
        time.sleep(0.1)
    raise AssertionError("the server did not come up")
