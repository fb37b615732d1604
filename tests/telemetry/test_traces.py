"""Spans of requests, statements and analyses; and that nothing of it is there where it is off."""

import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from service.store.database import Database
from service.store.statements import name_of
from service.telemetry.traces import Traces, span
from tests.telemetry.seen import watched

proto = pytest.importorskip("opentelemetry.proto.collector.trace.v1.trace_service_pb2")
TRACE, CALLER = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
HEADERS = {"traceparent": f"00-{TRACE}-{CALLER}-01"}


class Collector:
    """Keeps what exporters send it."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        collector = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                collector.bodies.append(self.rfile.read(int(self.headers["content-length"])))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    @property
    def spans(self) -> list[Any]:
        sent = [proto.ExportTraceServiceRequest.FromString(body) for body in self.bodies]
        return [
            one
            for request in sent
            for resource in request.resource_spans
            for scope in resource.scope_spans
            for one in scope.spans
        ]


@pytest.fixture
def collector() -> Iterator[Collector]:
    made = Collector()
    thread = Thread(target=made.server.serve_forever)
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


async def test_a_request_is_a_span_in_the_trace_of_its_caller(
    bundled: Database, collector: Collector
) -> None:
    traces = Traces.started(collector.address, version="1")
    async with traces.exporting(), watched(bundled, traces=traces) as seen:
        path = "/v1/products/chatgpt?include=vendor"
        answer = await seen.client.get(path, headers=HEADERS)
        assert seen.lines.requests[0]["trace_id"] == TRACE
    (server,) = [one for one in collector.spans if one.parent_span_id.hex() == CALLER]
    told = {one.key: one.value for one in server.attributes}
    assert (server.name, server.trace_id.hex()) == ("GET /v1/products/{record_id}", TRACE)
    assert told["http.response.status_code"].int_value == 200
    assert told["parity.request_id"].string_value == answer.headers["request-id"]
    statements = [one for one in collector.spans if one.parent_span_id == server.span_id]
    assert statements
    assert all(one.trace_id == server.trace_id for one in statements)
    assert not any(b"chatgpt" in body for body in collector.bodies)


async def test_without_a_caller_who_traces_a_trace_begins(
    bundled: Database, collector: Collector
) -> None:
    traces = Traces.started(collector.address, version="1")
    async with traces.exporting(), watched(bundled, traces=traces) as seen:
        await seen.client.get("/health/live", headers={"traceparent": "nonsense"})
    (server,) = collector.spans
    assert not server.parent_span_id
    assert seen.lines.requests[0]["trace_id"] == server.trace_id.hex()


async def test_work_in_a_block_is_a_span_where_spans_are_made(collector: Collector) -> None:
    with span("nothing"):
        pass
    traces = Traces.started(collector.address, version="1")
    async with traces.exporting():
        with span("analysis", **{"parity.analysis": "homogenization"}):
            pass
    assert [one.name for one in collector.spans] == ["analysis"]


async def test_what_fails_is_told_without_its_words(collector: Collector) -> None:
    traces = Traces.started(collector.address, version="1")
    async with traces.exporting():
        with pytest.raises(RuntimeError), span("analysis"):
            raise RuntimeError("hunter2")
    (failed,) = collector.spans
    assert failed.status.code == failed.status.STATUS_CODE_ERROR
    assert not any(b"hunter2" in body for body in collector.bodies)


async def test_a_collector_that_is_away_holds_nobody_up(bundled: Database) -> None:
    traces = Traces.started("http://127.0.0.1:9", version="1")
    async with traces.exporting(), watched(bundled, traces=traces) as seen:
        assert (await seen.client.get("/health/live")).is_success


def test_statements_go_by_their_names_never_by_their_values() -> None:
    assert name_of("SELECT id FROM product_at($1) WHERE id = 'chatgpt'") == "SELECT product_at"
    assert name_of("  insert into vendor (id) values ('x')") == "INSERT vendor"
    assert name_of("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;") == "BEGIN"
    assert name_of("") == "SQL"


def test_off_nothing_of_it_is_loaded() -> None:
    code = (
        "import sys, service.app; print(sorted(name for name in sys.modules"
        " if name.startswith(('opentelemetry.sdk', 'opentelemetry.exporter', 'prometheus'))))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
