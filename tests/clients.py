"""The whole application in this process, and clients of it: with settings, with a key."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import msgspec
import pytest
from litestar import Litestar
from litestar.datastructures import State

from service.api.http.gateway import Gateway
from service.app import create
from service.jobs.worker import ended
from service.model.quotas import Quota
from service.settings import Settings
from service.store.database import Database
from service.usecases.analyses.panels import Panels
from service.usecases.changes.revision_watcher import RevisionWatcher
from tests.make import lines

SETTINGS = msgspec.structs.replace(
    Settings.from_environment(), analysis_processes=0, picture_processes=0
)
CLOSED = msgspec.structs.replace(SETTINGS, public_read=False)
WHY = {"comment": "read on the vendor's page"}
PAGE = "https://example.org/page"
IMPORTS = "/v1/imports?comment=test"
NDJSON, CSV = {"content-type": "application/x-ndjson"}, {"content-type": "text/csv"}
_idle: list[Litestar] = []


def quota(hour: int, burst: int = 0, **more: Any) -> Settings:
    """No burst unless asked for: a second may pass while a test runs."""
    bound = Quota(burst=burst, hour=hour)
    return msgspec.structs.replace(SETTINGS, **({"quota": bound, "keyed_quota": bound} | more))


@contextmanager
def created(database: Database, settings: Settings) -> Iterator[Gateway]:
    """`create`'s application, upon routes that an earlier test of this process has left.

    To lay out some 280 of them takes 0.2 seconds, more than most tests; all else is made anew.
    """
    taken: list[Litestar] = []

    def laid_out(*, state: State, lifespan: list[Any], **given: Any) -> Litestar:
        app = _idle.pop() if _idle else Litestar(state=state, lifespan=lifespan, **given)
        app.state, app._lifespan_managers = state, lifespan
        taken.append(app)
        return app

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sys.modules[create.__module__], "Litestar", laid_out)
        gateway = create(database, settings)
    yield gateway
    _idle.extend(taken)


def panels_of(app: Gateway) -> Panels:
    """Those of an application."""
    panels: Panels = app.app._app.state.panels  # type: ignore[attr-defined]
    return panels


@asynccontextmanager
async def served(
    database: Database, settings: Settings = SETTINGS
) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the whole application, gateway and all, on the test's database."""
    own = Database(database.url)
    await own.open()
    with created(own, settings) as app:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://parity.test") as client:
            yield client
    await own.close()


@asynccontextmanager
async def watched(
    database: Database, settings: Settings = SETTINGS
) -> AsyncIterator[tuple[httpx.AsyncClient, RevisionWatcher]]:
    """The same where the application listens to PostgreSQL and so answers out of memory."""
    own = Database(database.url)
    await own.open()
    async with watched_as(own, settings) as opened:
        yield opened
    await own.close()


@asynccontextmanager
async def watched_as(
    own: Database, settings: Settings = SETTINGS
) -> AsyncIterator[tuple[httpx.AsyncClient, RevisionWatcher]]:
    """The same on an open database: one with replicas, or behind a pooler."""
    with created(own, settings) as app:
        watcher: RevisionWatcher = app.app._app.state.watcher  # type: ignore[attr-defined]
        listening = asyncio.create_task(watcher.listen())
        await caught_up(watcher)
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://parity.test") as client:
            yield client, watcher
        await ended(listening)


async def caught_up(watcher: RevisionWatcher) -> None:
    """Until it knows the newest revision."""
    await until(lambda: watcher.is_current)


async def until(holds: Callable[[], bool]) -> None:
    """Looks again and again, a minute at most."""
    async with asyncio.timeout(60):
        while not holds():  # noqa: ASYNC110  # nobody tells
            await asyncio.sleep(0.005)


async def until_answered(client: httpx.AsyncClient, path: str) -> httpx.Response:
    """The first answer of success, a minute at most."""
    async with asyncio.timeout(60):
        while not (answer := await client.get(path)).is_success:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    return answer


@asynccontextmanager
async def application(database: Database) -> AsyncIterator[Gateway]:
    """The whole application on a connection pool of its own."""
    own = Database(database.url)
    await own.open()
    with created(own, SETTINGS) as app:
        yield app
    await own.close()


@dataclass
class Editor:
    """A client with a key."""

    client: httpx.AsyncClient
    headers: dict[str, str]

    async def send(
        self, method: str, path: str, body: Any = None, **headers: str
    ) -> httpx.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items() if value}
        return await self.client.request(method, path, json=body, headers={**self.headers, **named})

    async def revision(self) -> int:
        return int((await self.client.get("/v1/markets")).headers["dataset-revision"])


@dataclass
class Importer:
    """A client with a key that may write."""

    client: httpx.AsyncClient
    database: Database
    headers: dict[str, str]

    async def send(self, *records: dict[str, Any], ask: str = "", **headers: str) -> httpx.Response:
        return await self.post(b"\n".join(lines(*records)), ask, **headers)

    async def post(self, body: bytes, ask: str = "", **headers: str) -> httpx.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.client.post(
            IMPORTS + ask, content=body, headers={**NDJSON, **self.headers, **named}
        )

    async def csv(self, kind: str, body: bytes, ask: str = "") -> httpx.Response:
        return await self.post(body, f"&kind={kind}{ask}", **CSV)

    async def get(self, path: str) -> httpx.Response:
        return await self.client.get(path, headers=self.headers)

    async def count(self) -> int:
        return len((await self.get("/v1/imports")).json()["data"])
