"""The composition root: settings in, an ASGI application out."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial

from litestar import Litestar
from litestar.datastructures import State

from service import limits
from service.api.explorer.problems import problem_page
from service.api.http.admission import Admission
from service.api.http.conditional import KEPT_BYTES, Rendered
from service.api.http.gateway import Gateway
from service.api.http.openapi.document import Document, dump
from service.api.http.problems import handle
from service.api.http.remembered_answers import RememberedAnswers
from service.api.routes import MOUNTS, READS, ROUTES, WRITES
from service.jobs.shutdown import when_told_to_stop
from service.jobs.worker import ended, running
from service.model.quotas import Ledger
from service.observed import observed
from service.settings import Settings
from service.store.database import Database
from service.store.rate_limits import DatabaseLedger
from service.store.secrets import Seal
from service.telemetry import logs
from service.telemetry.requests import Prompt
from service.usecases.allowances import Allowances
from service.usecases.analyses.panels import Panels
from service.usecases.catalogue.dataset import Editions
from service.usecases.catalogue.kept_groups import KeptGroups
from service.usecases.changes.revision_watcher import RevisionWatcher
from service.usecases.changes.shared_revision import SharedRevision
from service.usecases.drawing.pool import DrawingPool
from service.usecases.imports.unfolding import Unfolder
from service.usecases.rate_limiter import Meter
from service.usecases.search_indexes import Indexes
from service.usecases.single_flight_cache import Flights
from service.usecases.stored_index import StoredIndex
from service.usecases.webhooks.endpoints import Keeper
from service.usecases.webhooks.transport import Poster


def build() -> Prompt:
    """The application of the environment; what the server's workers start."""
    settings = Settings.from_environment()
    database = Database(
        settings.database_url,
        pool_size=settings.pool_size,
        replica_urls=settings.replica_urls,
        direct_url=settings.direct_url,
        seal=Seal(settings.secret_keys),
    )
    app, gateway = _created(database, settings)
    return observed(app, gateway, settings, logs.installed(settings.log_form))


def create(database: Database, settings: Settings) -> Gateway:
    """The application on a database that it opens and closes."""
    return _created(database, settings)[1]


@asynccontextmanager
async def opened(database: Database, settings: Settings) -> AsyncIterator[Gateway]:
    """The same within this process, for as long as the block lasts."""
    app, gateway = _created(database, settings)
    async with app.lifespan():
        yield gateway


def _created(database: Database, settings: Settings) -> tuple[Litestar, Gateway]:
    @asynccontextmanager
    async def lifespan(_: Litestar) -> AsyncIterator[None]:
        await database.open(limits.START_SECONDS)
        async with AsyncExitStack() as stack:
            stack.push_async_callback(database.close)
            stack.push_async_callback(meter.close)
            stack.push_async_callback(panels.close)
            stack.push_async_callback(drawing_pool.close)
            warming = (drawing_pool.warm(), indexes.warm(database))
            stack.push_async_callback(ended, *map(asyncio.create_task, warming))
            if settings.jobs:
                await stack.enter_async_context(running(database, panels, post))
            stack.push_async_callback(ended, asyncio.create_task(watcher.listen()))
            stack.callback(watcher.close)
            stack.enter_context(when_told_to_stop(watcher.close, gateway.stop))
            yield

    allowances = Allowances(_ledger(database, settings.valkey_url), settings.workers)
    shared = SharedRevision.at(settings.shared_file)
    watcher = RevisionWatcher(database, shared, is_strict=settings.is_strict)
    meter = Meter(
        database, settings.quota, settings.keyed_quota, allowances, lambda: watcher.is_heard
    )
    watcher.on_keys(meter.forget_keys)
    panels = Panels(settings.memory_mb, settings.analysis_processes, settings.analysis_seconds)
    drawing_pool = DrawingPool(settings.picture_processes)
    post = Poster(allow_private=settings.webhook_allow_private)
    keeper = Keeper(database, panels, post, settings.webhook_allow_private)
    state = {"database": database, "settings": settings, "panels": panels, "watcher": watcher}
    indexes = Indexes(watcher, file=StoredIndex(settings.data_dir, lambda: database.cursor_key))
    state |= {"meter": meter, "groups": KeptGroups(watcher), "indexes": indexes}
    state |= {"drawing_pool": drawing_pool, "post": post, "webhooks": keeper}
    app = _application(State({**state, "unfolder": Unfolder()}), [lifespan])
    admission = Admission(app, meter, settings)
    remembered = RememberedAnswers(admission, watcher, is_strict=settings.is_strict)
    face = partial(problem_page, public_url=settings.public_url)
    gateway = Gateway(admission, settings.public_url, remembered, face)
    app.state.lanes, app.state.gateway = admission.lanes, gateway  # asked by tools of MCP
    return app, gateway


def _ledger(database: Database, valkey_url: str) -> Ledger:
    """Where quotas are settled; the client of Valkey is loaded where there is one."""
    if not valkey_url:
        return DatabaseLedger(database)
    from service.store.valkey_rate_limits import ValkeyLedger

    return ValkeyLedger(valkey_url)


def description() -> bytes:
    """The OpenAPI document, which needs neither database nor environment."""
    return dump(READS, WRITES)


def _application(state: State, lifespan: list[object]) -> Litestar:
    state.rendered, state.flights = Rendered(KEPT_BYTES), Flights()
    state.editions = Editions()
    state.document = Document(READS, WRITES)
    app = Litestar(
        route_handlers=[*ROUTES, *MOUNTS],
        openapi_config=None,
        exception_handlers={Exception: handle},
        state=state,
        lifespan=lifespan,  # type: ignore[arg-type]
        logging_config=None,
        request_max_body_size=1_000_000,
    )
    logging.getLogger("parity").setLevel(logging.INFO)
    return app
