"""The service with the bundled data, on a database and a port of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

SERVICE = [sys.executable, "-m", "service"]
SCOPE = "admin"
START_SECONDS = 120


@dataclass(frozen=True)
class Served:
    url: str
    key: str


@contextmanager
def serving() -> Iterator[Served]:
    """The service until the block ends, and a key that may do everything."""
    with TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "PARITY_DATABASE_URL": "",
            "PARITY_DATA_DIR": folder,
            "PARITY_WORKERS": "1",
            "PORT": str(_free_port()),
        }
        with Path(folder, "log").open("wb") as log:
            server = subprocess.Popen(
                [*SERVICE, "serve"], env=environment, stdout=log, stderr=subprocess.STDOUT
            )
        try:
            url = f"http://127.0.0.1:{environment['PORT']}"
            _wait(url, server)
            yield Served(url, _key(environment))
        finally:
            server.terminate()
            server.wait(60)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(url: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    with httpx.Client(base_url=url, trust_env=False) as client:
        while server.poll() is None and time.monotonic() < until:
            try:
                if client.get("/health/ready").is_success:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.2)
    raise SystemExit("The service did not come up.")


def _key(environment: dict[str, str]) -> str:
    command = [*SERVICE, "keys", "create", "clients", "--scopes", SCOPE]
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return told.stdout.split()[-1]
