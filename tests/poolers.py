"""A PgBouncer of a test's own, in transaction mode."""

import asyncio
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import asyncpg
import pytest

from service.store.database import Database
from tests.clusters import owner
from tests.servers import free_port

CONFIGURATION = """
[databases]
{name} = {source} user=postgres
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
admin_users = postgres
pool_mode = transaction
default_pool_size = 4
query_wait_timeout = 60
"""


@dataclass
class Pooler:
    """Between a service and the database `direct_url`; `url` is the way through it."""

    direct_url: str
    url: str
    folder: Path
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        program = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")
        if program is None:
            pytest.skip("PgBouncer is not installed")
        user = owner()
        command = [program, "-q", str(self.folder / "pgbouncer.ini")]
        self.process = subprocess.Popen(command, user=user, stderr=subprocess.DEVNULL)

    def kill(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    async def told(self, command: str) -> None:
        """A command of its console, such as PAUSE; it knows no prepared statements."""
        console = self.url.rpartition("/")[0] + "/pgbouncer"
        connection = await asyncpg.connect(
            console, statement_cache_size=0, server_settings={}, timeout=60
        )
        try:
            await connection.execute(command)
        finally:
            await connection.close()

    def database(self) -> Database:
        """Through it."""
        return Database(self.url, pool_size=8, direct_url=self.direct_url)

    async def until_open(self) -> None:
        port = urlsplit(self.url).port
        async with asyncio.timeout(60):
            while True:
                try:
                    _, writer = await asyncio.open_connection("127.0.0.1", port)
                except OSError:
                    await asyncio.sleep(0.02)
                    continue
                writer.close()
                return


@contextmanager
def pooling(database: Database) -> Iterator[Pooler]:
    """Before a test's database, until the block ends."""
    address = urlsplit(database.url)
    name, query = address.path[1:], parse_qs(address.query)
    host = query.get("host", [address.hostname])[0]
    source = f"host={host} port={query.get('port', [address.port or 5432])[0]} dbname={name}"
    if address.password:
        source += f" password={unquote(address.password)}"
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="parity-test-") as folder:
        Path(folder).chmod(0o755)
        text = CONFIGURATION.format(name=name, source=source, port=port)
        (Path(folder) / "pgbouncer.ini").write_text(text)
        url = f"postgresql://postgres@127.0.0.1:{port}/{name}"
        pooler = Pooler(database.url, url, Path(folder))
        pooler.start()
        try:
            yield pooler
        finally:
            pooler.kill()
