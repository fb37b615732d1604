"""Spans for a collector (OpenTelemetry, OTLP over HTTP); without one nothing of it is loaded."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager, nullcontext
from typing import Any

from service.telemetry.redaction import redacted
from service.telemetry.requests import CURRENT, FAILED, Seen

LATE_SECONDS = 1.0  # after a request what goes on is no more of it
LAST_SECONDS = 5.0
_NOTHING = nullcontext()
# The text of what failed may hold what was sent.
_SILENT: dict[str, Any] = {"record_exception": False, "set_status_on_exception": False}


class Traces:
    """The spans of this process, sent to a collector in the background; when it is away, and too
    many wait, they are dropped."""

    _made: "Traces | None" = None

    def __init__(self, collector: str, *, version: str) -> None:
        """`collector`: http://host:4318. Raises ImportError without the extra `traces`."""
        from opentelemetry import trace
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        named = Resource.create({"service.name": "parity", "service.version": version})
        self._provider = TracerProvider(resource=named)
        exporter = OTLPSpanExporter(endpoint=f"{collector.rstrip('/')}/v1/traces")
        self._provider.add_span_processor(BatchSpanProcessor(exporter))
        self._tracer = self._provider.get_tracer("parity")
        self._trace = trace
        self._propagator = TraceContextTextMapPropagator()

    @classmethod
    def started(cls, collector: str, *, version: str) -> "Traces":
        """Those that `span` makes from now on."""
        cls._made = cls(collector, version=version)
        return cls._made

    @contextmanager
    def around(self, seen: Seen) -> Iterator[None]:
        """The span of a request, in the trace that the caller names."""
        given = [(k.decode("latin-1"), v.decode("latin-1")) for k, v in seen.scope["headers"]]
        sent = {name: value for name, value in given if name in ("traceparent", "tracestate")}
        with self._tracer.start_as_current_span(
            f"{seen.method} {seen.route}",
            self._propagator.extract(sent) if seen.trace_id else None,
            kind=self._trace.SpanKind.SERVER,
            attributes={"http.request.method": seen.method, "http.route": seen.route},
            **_SILENT,
        ) as span:
            seen.trace_id = f"{span.get_span_context().trace_id:032x}"
            try:
                yield
            finally:
                span.set_attributes(_attributes(seen))
                if seen.status >= FAILED:
                    span.set_status(self._trace.StatusCode.ERROR)

    def statement(self, name: str, seconds: float, is_failed: bool) -> None:
        """A statement that a request has waited for; what jobs do is none of a request's."""
        seen = CURRENT.get()
        if seen is None or (seen.is_over and time.perf_counter() > seen.ended + LATE_SECONDS):
            return
        ended = time.time_ns()
        span = self._tracer.start_span(
            name,
            kind=self._trace.SpanKind.CLIENT,
            start_time=ended - round(seconds * 1e9),
            attributes={"db.system.name": "postgresql", "db.query.summary": name},
        )
        if is_failed:
            span.set_status(self._trace.StatusCode.ERROR)
        span.end(ended)

    def span(self, name: str, attributes: dict[str, Any]) -> AbstractContextManager[object]:
        return self._failing(
            self._tracer.start_as_current_span(name, attributes=attributes, **_SILENT)
        )

    @contextmanager
    def _failing(self, opened: AbstractContextManager[Any]) -> Iterator[None]:
        with opened as made:
            try:
                yield
            except Exception:
                made.set_status(self._trace.StatusCode.ERROR)
                raise

    @asynccontextmanager
    async def exporting(self) -> AsyncIterator[None]:
        """What is left at the end of the block is sent, if somebody takes it."""
        try:
            yield
        finally:
            type(self)._made = None
            try:
                ending = asyncio.to_thread(self._provider.shutdown)
                await asyncio.wait_for(ending, LAST_SECONDS)
            except TimeoutError:
                return


def _attributes(seen: Seen) -> dict[str, str | int]:
    made: dict[str, str | int] = {"parity.request_id": redacted(seen.request_id)}
    if seen.status:
        made["http.response.status_code"] = seen.status
    if seen.revision:
        made["parity.revision"] = int(seen.revision)
    return made


def span(name: str, **attributes: object) -> AbstractContextManager[object]:
    """A span of what is done in the block, where spans are made."""
    made = Traces._made
    return _NOTHING if made is None else made.span(name, attributes)
