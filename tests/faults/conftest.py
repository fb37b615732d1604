"""A proxy of faults before a base of the test's own, and clients of a service behind it."""

import runpy
from collections.abc import AsyncIterator

import pytest

from service import limits
from service.store.database import Database
from tests.clients import served
from tests.clusters import Cluster
from tests.failovers import followed
from tests.fault_proxy import Behind, FaultProxy
from tests.make import SMALL, new_key, put_all

IMPATIENT = ("ACQUIRE", "ANSWER", "BEGIN", "CONNECT", "STATEMENT", "LEDGER", "QUEUE")
SILENCE_SECONDS = 5.0


@pytest.fixture(scope="module")
async def pair() -> AsyncIterator[tuple[Cluster, Cluster]]:
    """A primary and its standby, as the tests of a module leave them."""
    async with followed() as made:
        yield made


@pytest.fixture
async def new_pair() -> AsyncIterator[tuple[Cluster, Cluster]]:
    """A primary and its standby, for one test that breaks them."""
    async with followed() as made:
        yield made


@pytest.fixture(autouse=True)
def told_by_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that hangs is found by that it says nothing, within a few seconds."""
    for name in ("ANSWER_SECONDS", "LISTEN_SECONDS"):
        monkeypatch.setattr(limits, name, SILENCE_SECONDS)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a tenth of the limits that the service has in earnest."""
    for name, value in runpy.run_path(limits.__file__).items():
        if name.removesuffix("_SECONDS") in IMPATIENT:
            monkeypatch.setattr(limits, name, value / 10)


@pytest.fixture
async def proxy(database: Database) -> AsyncIterator[FaultProxy]:
    """Before an empty base."""
    async with FaultProxy(database.url).listening() as listening:
        yield listening


@pytest.fixture
async def behind(database: Database, proxy: FaultProxy) -> AsyncIterator[Behind]:
    """With a few records and a key that may write and curate."""
    await put_all(database, *SMALL)
    _, secret = await new_key(database, "write", "curate")
    headers = {"authorization": f"Bearer {secret}"}
    through = Database(proxy.url)
    async with served(through) as client:
        yield Behind(client, proxy, database, headers)
    proxy.heal()
