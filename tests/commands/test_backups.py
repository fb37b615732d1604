"""`parity backup` and `parity restore`: what comes back is what was there, or nothing is."""

import asyncio
import os
import random
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from service.model.errors import ServiceError
from service.store.backups.fingerprints import Fingerprint, fingerprints, is_empty
from service.store.database import Database
from service.usecases import backups
from service.usecases.backups import Manifest
from tests.answers import exported
from tests.make import SMALL, VENDOR, put_all, write_at_random
from tests.postgres import admin, of_database, sql


def untold(_: int, __: int) -> None:
    return


@pytest.fixture
async def bare(templates: str) -> AsyncIterator[str]:
    """The address of a database in which nothing was ever made."""
    name = f"parity_bare_{os.getpid()}"
    await admin(templates, f"CREATE DATABASE {name}")
    yield of_database(templates, name)
    await admin(templates, f"DROP DATABASE {name} WITH (FORCE)")


async def backed_up(database: Database, file: Path) -> Manifest:
    with file.open("wb") as out:
        return await backups.back_up(database, out, untold)


async def brought_back(url: str, file: Path) -> Database:
    await backups.restore(url, file, backups.checked(file, untold), untold)
    database = Database(url)
    await database.open()
    return database


async def test_a_round_trip_brings_every_row_and_every_revision_back(
    own_bundled: Database, bare: str, tmp_path: Path
) -> None:
    await put_all(own_bundled, *SMALL)
    await put_all(own_bundled, {**VENDOR, "country": "FR"})
    manifest = await backed_up(own_bundled, tmp_path / "a")
    again = await brought_back(bare, tmp_path / "a")
    try:
        assert await fingerprints(bare) == await fingerprints(own_bundled.url)
        assert await backups.answers_again(again, manifest)
        assert len(manifest.answers) == 2
        for revision in range(1, manifest.revision + 1):
            as_of = f"rev:{revision}"
            assert await exported(again, as_of) == await exported(own_bundled, as_of)
        await put_all(again, {**VENDOR, "id": "next"})
        assert await again.revision() == manifest.revision + 1
    finally:
        await again.close()


async def test_a_backup_beside_a_writer_is_of_one_moment(
    database: Database, bare: str, tmp_path: Path
) -> None:
    await put_all(database, *SMALL)
    writing = asyncio.create_task(write_at_random(database, random.Random(7), 60))
    manifest = await backed_up(database, tmp_path / "a")
    await writing
    again = await brought_back(bare, tmp_path / "a")
    try:
        assert await again.revision() == manifest.revision
        assert manifest.tables["revision"].rows == manifest.revision + 1
        assert await backups.answers_again(again, manifest)
        as_of = f"rev:{manifest.revision}"
        assert await exported(again, as_of) == await exported(database, as_of)
    finally:
        await again.close()


@pytest.mark.parametrize("damage", ["half", "last byte", "first bit", "a bit", "empty", "other"])
async def test_a_damaged_backup_is_refused_before_anything_is_made(
    bundled: Database, bare: str, tmp_path: Path, damage: str
) -> None:
    file = tmp_path / "a"
    await backed_up(bundled, file)
    whole = file.read_bytes()
    flipped = bytearray(whole)
    flipped[len(whole) // 3] ^= 4
    file.write_bytes(
        {
            "half": whole[: len(whole) // 2],
            "last byte": whole[:-1],
            "first bit": bytes([whole[0] ^ 1]) + whole[1:],
            "a bit": bytes(flipped),
            "empty": b"",
            "other": b"id,name\n1,a\n" * 100,
        }[damage]
    )
    with pytest.raises(ServiceError) as caught:
        await brought_back(bare, file)
    assert caught.value.code == "invalid_value"
    assert await is_empty(bare)


async def test_what_differs_after_it_came_back_is_taken_away(
    bundled: Database, bare: str, tmp_path: Path
) -> None:
    from msgspec.structs import replace

    manifest = await backed_up(bundled, tmp_path / "a")
    wrong = replace(manifest, tables={**manifest.tables, "vendor": Fingerprint(1, "0.0")})
    with pytest.raises(ServiceError) as caught:
        await backups.restore(bare, tmp_path / "a", wrong, untold)
    assert "vendor" in str(caught.value.detail)
    assert await is_empty(bare)


async def test_a_base_that_is_not_empty_is_left_alone(
    bundled: Database, database: Database, bare: str, tmp_path: Path
) -> None:
    await backed_up(bundled, tmp_path / "a")
    await admin(bare, "CREATE TABLE mine (n int)")
    for url in (database.url, bare):
        before = await fingerprints(url)
        with pytest.raises(ServiceError) as caught:
            await brought_back(url, tmp_path / "a")
        assert caught.value.code == "already_exists"
        assert await fingerprints(url) == before


def parity(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "service", *arguments]
    environment = {**os.environ, **environment}
    return subprocess.run(command, env=environment, capture_output=True, text=True)


def test_f47_the_commands_and_the_drill(bundled: Database, tmp_path: Path) -> None:
    ran = parity("backup", str(tmp_path), PARITY_DATABASE_URL=bundled.url)
    assert ran.returncode == 0, ran.stderr
    (file,) = tmp_path.glob("parity-*.backup")
    assert file.stat().st_mode & 0o077 == 0
    drill = parity("restore", "--check", str(file), PARITY_DATABASE_URL="")
    assert (drill.returncode, "all verified" in drill.stdout) == (0, True), drill.stderr
    file.write_bytes(file.read_bytes()[:-100])
    new = {"PARITY_DATABASE_URL": "", "PARITY_DATA_DIR": str(tmp_path / "new")}
    refused = parity("restore", str(file), **new)
    assert (refused.returncode, "not a whole backup" in refused.stderr) == (2, True)
    assert not (tmp_path / "new").exists()


async def test_a_table_of_ours_that_changed_by_one_value_has_another_fingerprint(
    own_bundled: Database,
) -> None:
    before = await fingerprints(own_bundled.url)
    await sql(own_bundled, "UPDATE secret SET value = value || '\\x00'::bytea")
    after = await fingerprints(own_bundled.url)
    assert {name for name in before if before[name] != after[name]} == {"secret"}
