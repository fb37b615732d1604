"""The application as its operator sees it: with logs, metrics and traces, as the settings say."""

from contextlib import AbstractAsyncContextManager
from functools import partial
from importlib.metadata import version

from litestar import Litestar
from litestar.datastructures import State

from service.api.routing import template_of
from service.settings import Settings
from service.telemetry import exposition
from service.telemetry.logs import Log
from service.telemetry.requests import Around, Observed, Prompt, Watch
from service.telemetry.samples import Sample
from service.telemetry.traces import Traces

Part = AbstractAsyncContextManager[None]


def observed(app: Litestar, gateway: Prompt, settings: Settings, log: Log) -> Prompt:
    """The gateway, and around it what is wanted; nothing of it costs a request where nothing is."""
    watches, parts = list[Watch](), list[Part]([log.flushing()])
    if settings.metrics is not None:
        from service.telemetry.metrics import Metrics

        metrics = Metrics(partial(_sample, app.state))
        watches.append(metrics.request)
        exposed = exposition.exposed(*settings.metrics, metrics.exposition)
        parts += [metrics.sampling(), exposed]
    around: Around | None = None
    if settings.traces:
        traces = Traces.started(settings.traces, version=version("parity"))
        app.state.database.on_statement = traces.statement
        around = traces.around
        parts.append(traces.exporting())
    if settings.logs_requests:
        watches.append(log.request)
    return Observed(gateway, partial(template_of, app), watches, around, parts)


def _sample(state: State) -> Sample:
    return Sample(
        connections=state.database.connections,
        analyses=state.panels.load,
        pictures=state.drawing_pool.load,
        revision=state.watcher.newest,
        is_listening=state.watcher.is_heard,
        deliveries=state.post.outcomes,
        lanes=state.lanes.loads,
        replicas=state.database.replica_loads(state.watcher.newest),
    )
