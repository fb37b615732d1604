"""The service and its peers as servers on free ports of this machine, each with as many workers."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from bench.peers import installed
from bench.processes import Server, free_port, request, serving

ROOT = Path(__file__).parents[1]
RESOLVERS = ROOT / "bench" / "peers" / "with_resolvers.cjs"
GENEROUS = {
    f"PARITY_QUOTA{keyed}_{span}": str(10**9)
    for keyed in ("", "_KEYED")
    for span in ("BURST", "HOUR")
}
GRANIAN = [
    "--interface",
    "asgi",
    "--http",
    "1",
    "--loop",
    "uvloop",
    "--no-ws",
    "--log-level",
    "warning",
]


@contextmanager
def parity(url: str, folder: Path, workers: int = 1, name: str = "Parity") -> Iterator[Server]:
    """The service on a base; quotas are counted and never met."""
    environment = parity_environment(url, folder, workers)
    port = int(environment["PORT"])
    command = [sys.executable, "-m", "service", "serve"]
    with serving(name, command, port, "/health/ready", folder / "log", environment) as server:
        yield server


def parity_environment(url: str, folder: Path, workers: int) -> dict[str, str]:
    return {
        **GENEROUS,
        "PARITY_DATABASE_URL": url,
        "PARITY_DATA_DIR": str(folder / "parity"),
        "PARITY_WORKERS": str(workers),
        "PORT": str(free_port()),
    }


def key(url: str, folder: Path) -> str:
    """A key of the service that may do everything."""
    command = [sys.executable, "-m", "service", "keys", "create", "bench", "--scopes", "admin"]
    environment = {**os.environ, **parity_environment(url, folder, 1)}
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if told.returncode:
        raise RuntimeError(f"no key: {told.stderr[-500:]}")
    return told.stdout.split()[-1]


def answers(server: Server, targets: list[str], folder: Path) -> Path:
    """A file of what the service answers, for the static peer."""
    found = []
    for target in targets:
        status, body, headers = request(server.port, "GET", target)
        if status != 200 or not body:
            raise RuntimeError(f"{target}: {status} {body[:200]!r}")
        found.append({"target": target, "headers": headers, "body": body.decode()})
    path = folder / "answers.json"
    path.write_text(json.dumps(found))
    return path


@contextmanager
def static(path: Path, ready: str, folder: Path, workers: int = 1) -> Iterator[Server]:
    """The bytes of a file of answers, from the same server as the service's."""
    port = free_port()
    command = [sys.executable, "-m", "granian", *GRANIAN, "--workers", str(workers)]
    command += ["--port", str(port), "bench.peers.static:app"]
    environment = {"ANSWERS": str(path), "PYTHONPATH": str(ROOT)}
    with serving("static", command, port, ready, folder / "log", environment) as server:
        yield server


@contextmanager
def fastapi(url: str, folder: Path, workers: int = 1) -> Iterator[Server]:
    """FastAPI, SQLAlchemy and Pydantic on the same base and server."""
    port = free_port()
    command = [str(installed.python()), "-m", "granian", *GRANIAN, "--workers", str(workers)]
    command += ["--port", str(port), "bench.peers.catalogue:app"]
    url = url.replace("postgresql://", "postgresql+asyncpg://")
    environment = {"DATABASE_URL": url, "PYTHONPATH": str(ROOT)}
    with serving("FastAPI", command, port, "/openapi.json", folder / "log", environment) as server:
        yield server


@contextmanager
def datasette(path: Path, folder: Path) -> Iterator[Server]:
    """Datasette on a file of SQLite that nobody changes."""
    port = free_port()
    command = [str(installed.python()), "-m", "datasette", "serve", "--immutable", str(path)]
    command += ["--port", str(port)]
    ready = f"/{path.stem}/product/p1.json"
    with serving("Datasette", command, port, ready, folder / "log", {}) as server:
        yield server


@contextmanager
def postgraphile(url: str, folder: Path) -> Iterator[Server]:
    """PostGraphile with its preset of today, on the same base."""
    port = free_port()
    command = [
        "node",
        "--require",
        str(RESOLVERS),
        str(installed.postgraphile()),
        "-P",
        "postgraphile/presets/amber",
    ]
    command += ["-c", url, "-s", "public", "-n", "127.0.0.1", "-p", str(port)]
    environment = {"NODE_ENV": "production"}
    with serving("PostGraphile", command, port, "/graphql", folder / "log", environment) as server:
        yield server


def socket_of(url: str) -> dict[str, str]:
    """How the client programs of PostgreSQL are told where the server is."""
    parts = urlsplit(url)
    host = parse_qs(parts.query).get("host", [parts.hostname or ""])[0]
    return {
        "PGHOST": host,
        "PGPORT": str(parts.port or 5432),
        "PGUSER": parts.username or "postgres",
        "PGDATABASE": parts.path.lstrip("/"),
    }
