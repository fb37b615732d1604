"""F02, F12, F18, F26, F48: what happens to a whole server, which is one of the test's own."""

import asyncio
import os
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path

import asyncpg
import httpx
import pytest

from service.model.errors import ServiceError
from service.store import doctor
from service.store.database import Database
from service.store.schema import migrate
from tests.clients import NDJSON, WHY, served
from tests.clusters import Cluster, clusters, primary, standby
from tests.make import SMALL, lines, new_key, put_all
from tests.postgres import admin

pytestmark = pytest.mark.chaos
FULL_BYTES = 400_000_000
FULL = ("database_full", "database_unavailable", "outcome_unknown")  # it may end with its disk


@pytest.fixture(scope="module")
def server() -> Iterator[Cluster]:
    with clusters() as folder:
        made = primary(folder)
        asyncio.run(filled(made))
        yield made


async def filled(cluster: Cluster) -> None:
    await admin(cluster.url.replace("/parity", "/postgres"), "CREATE DATABASE parity")
    await migrate(cluster.url)
    database = Database(cluster.url)
    await database.open()
    await put_all(database, *SMALL)
    await database.close()


@asynccontextmanager
async def asking(cluster: Cluster, pool_size: int = 4) -> AsyncIterator[httpx.AsyncClient]:
    database = Database(cluster.url, pool_size=pool_size)
    await database.open()
    _, secret = await new_key(database, "write", "curate")
    async with served(database) as client:
        client.headers.update({"authorization": f"Bearer {secret}", "if-match": "*"})
        yield client
    await database.close()


async def edit(client: httpx.AsyncClient, note: str, key: str = "") -> httpx.Response:
    named = {"idempotency-key": key} if key else {}
    return await client.patch("/v1/vendors/acme", json={"note": note, **WHY}, headers=named)


async def recovers(ask: Callable[[], "asyncio.Future[httpx.Response]"]) -> None:
    async with asyncio.timeout(60):
        while not (await ask()).is_success:  # noqa: ASYNC110
            await asyncio.sleep(0.1)


@pytest.mark.parametrize("mode", ["smart", "fast", "immediate"])
async def test_F02_a_server_that_is_shut_down_is_told_and_comes_back(
    server: Cluster, mode: str
) -> None:
    async with asking(server) as client:
        before = await edit(client, f"before {mode}")
        assert before.status_code == 200, before.text
        server.run("pg_ctl", "-W", "-m", mode, "-D", str(server.folder), "stop")
        answers = []
        async with asyncio.timeout(60):
            for n in range(20):
                answers.append(await client.get(f"/v1/vendors?limit={n + 1}"))
                answers.append(await edit(client, str(n)))
                await asyncio.sleep(0.05)
        if (server.folder / "postmaster.pid").exists():  # a smart one waits for who is connected
            server.run("pg_ctl", "-w", "-m", "fast", "-D", str(server.folder), "stop")
        gone = await client.get("/v1/vendors")
        assert (gone.status_code, gone.json()["code"]) == (503, "database_unavailable")
        server.start()
        for answer in answers:
            assert answer.status_code in (200, 503), answer.text
            assert answer.status_code == 200 or answer.headers["retry-after"]
        await recovers(lambda: asyncio.ensure_future(client.get("/v1/vendors")))
        await recovers(lambda: asyncio.ensure_future(edit(client, "after")))
        done = [a for a in answers if a.status_code == 200 and a.request.method == "PATCH"]
        record = (await client.get("/v1/vendors/acme")).json()
        assert record["note"] == "after"
        assert record["revision"] > max([a.json()["revision"] for a in done], default=0)


async def test_F12_a_server_without_a_free_connection_is_told(server: Cluster) -> None:
    async with asking(server) as client:
        held = []
        with suppress(asyncpg.TooManyConnectionsError):
            while True:
                held.append(await asyncpg.connect(server.url))
        another = Database(server.url)
        with pytest.raises(ServiceError) as refused:
            await another.open()
        assert refused.value.code == "database_unavailable"
        answers = [await client.get("/v1/vendors"), await edit(client, "full")]
        assert {answer.status_code for answer in answers} <= {200, 503}
        assert (await client.get("/health/live")).status_code == 200
        for one in held:
            await one.close()
        await recovers(lambda: asyncio.ensure_future(edit(client, "room")))
        await another.open(60)
        await another.close()


async def test_F26_a_write_without_its_synchronous_standby_is_not_acknowledged(
    impatient: None,
) -> None:
    with clusters() as folder:
        first = primary(folder)
        await filled(first)
        second = standby(first, "second")
        first.set("synchronous_standby_names = 'second'")
        async with asking(first) as client:
            await recovers(lambda: asyncio.ensure_future(edit(client, "both")))
            second.stop()
            async with asyncio.timeout(60):
                unknown = await edit(client, "one", "f26")
                assert (await client.get("/v1/vendors?limit=1")).status_code == 200
            assert (unknown.status_code, unknown.json()["code"]) == (503, "outcome_unknown")
            second.start()
            await recovers(lambda: asyncio.ensure_future(edit(client, "one", "f26")))
            assert (await client.get("/v1/vendors/acme")).json()["note"] == "one"


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    """A file system of its own, where one may be made."""
    command = ["mount", "-t", "tmpfs", "-o", f"size={FULL_BYTES}", "tmpfs", str(folder)]
    made = subprocess.run(command, capture_output=True, check=False)
    if made.returncode:
        pytest.skip("no file system may be made here")
    try:
        folder.chmod(0o777)
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)


async def test_F18_a_full_disk_refuses_writes_and_answers_reads() -> None:
    with clusters() as folder:
        disk = folder / "disk"
        disk.mkdir()
        with small_disk(disk):
            made = primary(disk)
            await filled(made)
            async with asking(made) as client:
                ballast = disk / "ballast"
                with ballast.open("wb") as file:
                    while (free := os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize) > 65_536:
                        file.write(bytes(min(free - 32_768, 1 << 20)))
                        file.flush()
                refused = None
                for n in range(400):
                    made_up = [
                        {"kind": "vendor", "id": f"v{n}-{k}", "name": "V", "note": "n" * 3900}
                        for k in range(100)
                    ]
                    content = b"\n".join(lines(*made_up))
                    path = "/v1/imports?comment=w"
                    answer = await client.post(path, content=content, headers=NDJSON)
                    if answer.status_code != 200:
                        refused = answer
                        break
                assert refused is not None
                assert refused.status_code == 503, refused.text
                assert refused.json()["code"] in FULL
                read = await client.get("/v1/vendors?limit=1")
                assert read.status_code in (200, 503), read.text
                ballast.unlink()
                await recovers(lambda: asyncio.ensure_future(edit(client, "room again")))
            made.stop()


async def test_F48_a_corrupt_page_is_told_and_the_others_are_read() -> None:
    with clusters() as folder:
        made = primary(folder)
        session = await asyncpg.connect(made.url.replace("/parity", "/postgres"))
        has_checksums = await session.fetchval("SHOW data_checksums") == "on"
        await session.close()
        if not has_checksums:
            made.stop()
            made.run("pg_checksums", "--enable", "-D", str(made.folder))
            made.start()
        await filled(made)
        session = await asyncpg.connect(made.url)
        page = await session.fetchval("SELECT pg_relation_filepath('vendor')")
        await session.close()
        made.stop()
        with (made.folder / page).open("r+b") as file:
            file.seek(4000)
            file.write(b"\xff" * 8 + b"\x00" * 8)
        made.start()
        async with asking(made) as client:
            damaged = await client.get("/v1/vendors/acme")
            assert (damaged.status_code, damaged.json()["code"]) == (500, "database_damaged")
            assert str(page) not in damaged.text
            written = await edit(client, "on it")
            assert (written.status_code, written.json()["code"]) == (500, "database_damaged")
            assert (await client.get("/v1/markets")).status_code == 200
            async with asyncio.timeout(60):
                while True:
                    ready = (await client.get("/health/ready")).json()
                    if ready["checks"]["pages"] == "damaged":
                        break
                    await asyncio.sleep(0.2)
            assert ready["status"] == "ready"
        assert (await doctor.server(made.url)).damaged > 0
