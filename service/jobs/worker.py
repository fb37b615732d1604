"""What each worker runs beside its requests: dispatcher, sender, watcher, importer, pruner."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from functools import partial

from service import limits
from service.jobs.loop import forever
from service.store import idempotency
from service.store.database import Database
from service.store.imports import jobs
from service.store.webhooks import deliveries
from service.usecases.analyses.panels import Panels
from service.usecases.imports.jobs import work_off
from service.usecases.webhooks.delivery import Sender
from service.usecases.webhooks.dispatch import dispatch
from service.usecases.webhooks.metric_watch import watch
from service.usecases.webhooks.transport import Post

log = logging.getLogger("parity")
PRUNE_SECONDS = 3600.0


@asynccontextmanager
async def running(database: Database, panels: Panels, post: Post) -> AsyncIterator[None]:
    """Jobs for as long as the block lasts; what is being sent at its end is sent to the end."""
    sender = Sender(database, post)
    loops = [
        asyncio.create_task(forever("dispatch", partial(dispatch, database))),
        asyncio.create_task(forever("send", sender.step, sender.is_wanted)),
        asyncio.create_task(forever("watch", partial(watch, database, panels, _today))),
        asyncio.create_task(forever("import", partial(work_off, database))),
        asyncio.create_task(forever("prune", partial(_prune, database))),
    ]
    try:
        yield
    finally:
        await ended(*loops)
        await _drained(sender)


async def ended(*tasks: asyncio.Task[None]) -> None:
    """Cancel them, and wait until they are gone."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _drained(sender: Sender) -> None:
    try:
        await asyncio.wait_for(sender.drain(), limits.WEBHOOK_SECONDS + limits.STATEMENT_SECONDS)
    except TimeoutError:
        log.warning("some deliveries were cut off; they are sent again when their lease ends")


async def _prune(database: Database) -> bool:
    async with database.operate() as connection:
        await deliveries.prune(connection)
        await idempotency.purge(connection)
        await jobs.prune(connection)
    await asyncio.sleep(PRUNE_SECONDS)
    return False


def _today() -> date:
    return datetime.now(UTC).date()
