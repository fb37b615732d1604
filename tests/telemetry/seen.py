"""An application that is watched, and clients of it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import httpx
import msgspec

from service.api.routing import template_of
from service.settings import Settings
from service.store.database import Database
from service.telemetry.logs import Form, Log
from service.telemetry.metrics import Metrics
from service.telemetry.requests import Observed
from service.telemetry.traces import Traces
from tests.clients import SETTINGS, created


@dataclass
class Lines:
    """What a log wrote."""

    text: str = ""

    def write(self, data: bytes) -> int:
        self.text += data.decode()
        return len(data)

    @property
    def entries(self) -> list[dict[str, Any]]:
        return [msgspec.json.decode(line) for line in self.text.splitlines()]

    @property
    def requests(self) -> list[dict[str, Any]]:
        return [one for one in self.entries if one["logger"] == "parity.requests"]


@dataclass(frozen=True)
class Watched:
    client: httpx.AsyncClient
    lines: Lines
    log: Log


@asynccontextmanager
async def watched(
    database: Database,
    form: Form = "json",
    settings: Settings = SETTINGS,
    metrics: Metrics | None = None,
    traces: Traces | None = None,
) -> AsyncIterator[Watched]:
    """The application with a log of its requests, and what else is given."""
    lines, own = Lines(), Database(database.url)
    log = Log(form, lines.write)
    if traces is not None:
        own.on_statement = traces.statement
    with created(own, settings) as gateway:
        route = partial(template_of, gateway.app._app)  # type: ignore[attr-defined]
        watches = [log.request, *([metrics.request] if metrics is not None else [])]
        seen = Observed(gateway, route, watches, traces.around if traces else None, [])
        await own.open()
        transport = httpx.ASGITransport(seen, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://parity.test") as client:
            yield Watched(client, lines, log)
    await own.close()
