"""`parity export --zip` and back: what goes out comes in."""

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from service.store.database import Database
from tests.answers import exported
from tests.clients import served
from tests.make import SMALL, VENDOR, lines, put_all


def parity(database: Database, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PARITY_DATABASE_URL": database.url}
    command = [sys.executable, "-m", "service", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True)


async def test_the_archive_of_the_command_line_is_the_service_s(
    bundled: Database, tmp_path: Path
) -> None:
    file = tmp_path / "all.zip"
    assert parity(bundled, "export", "--zip", "-o", str(file)).returncode == 0
    async with served(bundled) as client:
        assert file.read_bytes() == (await client.get("/v1/exports/dataset.zip")).content


@pytest.mark.parametrize("as_of", ["rev:1", "rev:2"])
async def test_an_archive_comes_in_again(
    bundled: Database, database: Database, tmp_path: Path, as_of: str
) -> None:
    file = tmp_path / "all.zip"
    assert parity(bundled, "export", "--zip", "--as-of", as_of, "-o", str(file)).returncode == 0
    ran = parity(database, "import", str(file))
    assert ran.returncode == 0, ran.stderr
    assert await exported(database) == await exported(bundled, as_of)
    assert "no change" in parity(database, "import", str(file)).stdout


async def test_names_with_markup_come_in_again(
    database: Database, own_bundled: Database, tmp_path: Path
) -> None:
    marked = {**VENDOR, "name": '<b>A|B</b>\\ "甲"', "aliases": ["a|b", "=1+1"]}
    await put_all(database, *SMALL[:-1], marked)
    file = tmp_path / "all.zip"
    assert parity(database, "export", "--zip", "-o", str(file)).returncode == 0
    with zipfile.ZipFile(file) as archive:
        told = archive.read("data/vendors.ndjson")
    assert parity(own_bundled, "import", str(file)).returncode == 0
    assert told.strip() in (await exported(own_bundled)).splitlines()


@pytest.mark.parametrize("kind", ["broken", "other"])
def test_an_archive_of_something_else_is_told(bundled: Database, tmp_path: Path, kind: str) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        name = "a.ndjson" if kind == "broken" else "a.txt"
        archive.writestr(name, b"\n".join(lines(*SMALL)) * 20)
    data = bytearray(held.getvalue())
    if kind == "broken":
        data[60:90] = bytes(30)
    (tmp_path / "a.zip").write_bytes(data)
    ran = parity(bundled, "import", "--dry-run", str(tmp_path / "a.zip"))
    assert ran.returncode == (2 if kind == "broken" else 1)
    assert ("cannot be unpacked" if kind == "broken" else "zip archive") in ran.stderr
    assert "Traceback" not in ran.stderr
