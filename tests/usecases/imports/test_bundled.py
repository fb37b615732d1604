"""A new base is released under the name of the edition that it was made of."""

import hashlib
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from service.commands.serve import BUNDLED
from service.store.database import Database
from service.usecases.imports.bundled import edition_of, load_edition, release_edition
from tests.answers import exported, records
from tests.clients import served
from tests.make import SMALL, put_all

EDITION = edition_of(BUNDLED)
NAME = EDITION.release.name


async def test_the_bundled_data_is_what_its_edition_says(bundled: Database) -> None:
    """Where the data has changed, its edition is to state the new figure."""
    digest = hashlib.sha256(await exported(bundled)).hexdigest()
    assert EDITION.release.sha256 == digest
    assert NAME.startswith(f"{EDITION.date:%Y.%m}")


async def test_a_new_base_is_released_once(own_bundled: Database) -> None:
    release = await release_edition(own_bundled, BUNDLED)
    assert release is not None
    assert (release.name, release.revision) == (NAME, len(EDITION.files))
    assert release.released_at == EDITION.release.released_at
    assert await release_edition(own_bundled, BUNDLED) is None
    async with served(own_bundled) as client:
        now = await client.get("/v1/products.ndjson")
        frozen = await client.get(f"/v1/products.ndjson?as_of={NAME}")
        assert records(frozen) == records(now)
        assert frozen.headers["cache-control"].endswith("immutable")
        (shown,) = (await client.get("/v1/releases")).json()["data"]
    assert shown["released_at"].startswith("2026-11-29T12:00:00")


async def test_a_base_with_other_data_is_not_released(database: Database) -> None:
    assert await release_edition(database, BUNDLED) is None
    await put_all(database, *SMALL)
    assert await release_edition(database, BUNDLED) is None


async def test_a_base_that_was_written_since_is_not_released(own_bundled: Database) -> None:
    await put_all(own_bundled, *SMALL)
    assert await release_edition(own_bundled, BUNDLED) is None


async def test_another_edition_names_itself(database: Database, tmp_path: Path) -> None:
    """One file, another month, names with markup."""
    (tmp_path / "all.jsonl").write_text('{"kind": "market", "id": "m", "name": "<b>M</b> & co"}\n')
    digest = hashlib.sha256((tmp_path / "all.jsonl").read_bytes()).hexdigest()
    (tmp_path / "edition.toml").write_text(
        'title = "T"\nedition = 2\ndate = 2027-01-31\nfiles = ["all.jsonl"]\n[release]\n'
        'name = "2027.01"\nreleased_at = 2027-01-31T00:00:00Z\ncomment = "second"\n'
        f'sha256 = "{digest}"\n'
    )
    async for _, report in load_edition(database, tmp_path):
        assert not report.failed
    release = await release_edition(database, tmp_path)
    assert release is not None
    assert (release.name, release.revision) == ("2027.01", 1)
    assert release.released_at == datetime(2027, 1, 31, tzinfo=UTC)


def test_an_edition_with_a_member_too_many_is_refused(tmp_path: Path) -> None:
    shutil.copy(BUNDLED / "edition.toml", tmp_path)
    with (tmp_path / "edition.toml").open("a") as out:
        out.write('more = "x"\n')
    with pytest.raises(ValueError, match="more"):
        edition_of(tmp_path)
