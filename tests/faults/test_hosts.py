"""What looks for the primary among several hosts, whatever is named first."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest

from service.store import doctor as figures
from service.store.database import Database
from service.usecases import backups, doctor
from tests.clients import SETTINGS
from tests.clusters import Cluster, clusters, primary
from tests.failovers import either
from tests.make import SMALL, put_all
from tests.postgres import admin

PAUSE, RESUME = "SELECT pg_wal_replay_pause()", "SELECT pg_wal_replay_resume()"
ROOM = 100_000_000_000


@pytest.fixture
async def behind(pair: tuple[Cluster, Cluster]) -> AsyncIterator[str]:
    """The address of both, the standby first, which lacks what was written."""
    first, second = pair
    await admin(second.url, PAUSE)
    own = Database(first.url)
    await own.open()
    await put_all(own, *SMALL)
    await own.close()
    yield either(second, first)
    await admin(second.url, RESUME)


async def said(url: str, *replicas: str) -> list[str]:
    """What is wrong with a base, in sentences."""
    settings = msgspec.structs.replace(SETTINGS, replica_urls=replicas)
    complaints = await doctor.examined(url, settings, ROOM)
    return [str(one.detail) for one in complaints if one.weight == "wrong"]


async def test_a_backup_is_of_the_primary(behind: str, tmp_path: Path) -> None:
    own = Database(behind)
    await own.open()
    revision = await own.revision()
    with (tmp_path / "a").open("wb") as out:
        manifest = await backups.back_up(own, out, lambda _, __: None)
    await own.close()
    assert manifest.revision == revision > 0
    assert manifest.answers.keys() >= {str(revision)}
    assert backups.checked(tmp_path / "a", lambda _, __: None) == manifest


async def test_the_doctor_asks_the_primary(behind: str) -> None:
    assert not (await figures.server(behind)).is_read_only
    assert not await said(behind)


async def test_the_doctor_tells_of_a_replica_that_is_behind(
    pair: tuple[Cluster, Cluster], behind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.limits.LAG_SECONDS", -1.0)
    monkeypatch.setattr("service.limits.POLL_SECONDS", 0.0)
    (sentence,) = [one for one in await said(behind, pair[1].url) if "Replica 1" in one]
    assert "lacks what was written" in sentence


async def test_the_doctor_has_nothing_to_say_of_a_replica_that_follows(
    pair: tuple[Cluster, Cluster], behind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await admin(pair[1].url, RESUME)
    monkeypatch.setattr("service.limits.LAG_SECONDS", 60.0)
    assert not await said(behind, pair[1].url)


async def test_the_doctor_tells_of_a_replica_that_is_none(
    pair: tuple[Cluster, Cluster], behind: str
) -> None:
    nobody = "postgresql://parity:hunter2@127.0.0.1:9/parity"
    with clusters() as folder:
        other = primary(folder)
        await admin(other.url.replace("/parity", "/postgres"), "CREATE DATABASE parity")
        told = await said(behind, pair[0].url, other.url, nobody)
    words = ("Replica 1 .* follows nobody", "Replica 2 .* no copy", "Replica 3 .* be reached")
    assert len(told) == len(words)
    assert all(map(re.match, words, told)), told
    assert "hunter2" not in told[2]
