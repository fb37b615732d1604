"""Metrics: what is counted, under few labels, by all workers together."""

import asyncio
import contextlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
import yaml

from service.app import description
from service.store.database import Database
from service.telemetry.exposition import exposed
from service.telemetry.metrics import Metrics
from service.telemetry.requests import METHODS, NO_ROUTE, OTHER
from service.telemetry.samples import LaneLoad, ReplicaLoad, Sample
from tests.clients import quota
from tests.servers import free_port, serving
from tests.telemetry.seen import watched

SAMPLE = Sample(
    connections={"in_use": 1, "idle": 2, "waiting": 4},
    analyses={"running": 1, "queued": 3},
    pictures={"running": 0, "queued": 0},
    revision=7,
    is_listening=True,
    deliveries={"delivered": 5, "refused": 1, "failed": 0},
    lanes={"light": LaneLoad(places=16, working=3, waiting=2, refused=9)},
    replicas=[ReplicaLoad(is_read=True, lag=0.0), ReplicaLoad(is_read=False, lag=61.5)],
)


def values(text: str, name: str) -> dict[str, float]:
    """The samples of a metric by their labels."""
    found = re.findall(rf"^{name}(?:\{{(.*)\}})? (\S+)$", text, re.MULTILINE)
    return {labels: float(value) for labels, value in found}


async def test_requests_are_counted_by_method_route_and_status(bundled: Database) -> None:
    metrics = Metrics(lambda: SAMPLE)
    async with watched(bundled, metrics=metrics) as seen:
        for path in ("/v1/products/chatgpt", "/v1/products/claude", "/v1/products/none-such"):
            await seen.client.get(path)
    text = metrics.exposition().decode()
    route = 'method="GET",route="/v1/products/{record_id}"'
    assert values(text, "parity_requests_total") == {
        f'{route},status="200"': 2.0,
        f'{route},status="404"': 1.0,
    }
    assert values(text, "parity_request_seconds_count") == {route: 3.0}


async def test_labels_are_few_whatever_is_asked(bundled: Database) -> None:
    """Neither ids nor words of callers make a new one."""
    metrics = Metrics(lambda: SAMPLE)
    async with watched(bundled, metrics=metrics) as seen:
        for n in range(30):
            for path in (
                f"/v1/products/p{n}",
                f"/v1/changes/{n}.json",
                f"/x{n}",
                f"/v1/x/{n}.csv",
                f"/v1/products?vendor_id=v{n}",
                f"/v1/keys/key_{n}",
            ):
                await seen.client.get(path, headers={"request-id": f"request-{n}"})
            await seen.client.request(f"BREW{n}", "/v1/products")
    counted = values(metrics.exposition().decode(), "parity_requests_total")
    assert sum(counted.values()) == 210
    routes = {NO_ROUTE, *json.loads(description())["paths"]}
    for labels in counted:
        method, route, status = re.findall(r'"(.*?)"', labels)
        assert (method in METHODS | {OTHER}, route in routes) == (True, True), labels
        assert re.fullmatch("[1-5][0-9][0-9]", status)
    assert len(counted) < 20


async def test_refusals_by_quota_are_counted(bundled: Database) -> None:
    metrics = Metrics(lambda: SAMPLE)
    async with watched(bundled, settings=quota(2), metrics=metrics) as seen:
        for _ in range(5):
            await seen.client.get("/v1/products?limit=1")
    refused = values(metrics.exposition().decode(), "parity_quota_refusals_total")
    assert refused == {'route="/v1/products"': 3.0}


def test_a_process_tells_how_it_stands() -> None:
    metrics = Metrics(lambda: SAMPLE)
    for _ in range(2):
        metrics.sample()
    text = metrics.exposition().decode()
    connections = {'state="in_use"': 1.0, 'state="idle"': 2.0, 'state="waiting"': 4.0}
    assert values(text, "parity_database_connections") == connections
    assert values(text, "parity_analyses") == {'state="running"': 1.0, 'state="queued"': 3.0}
    assert values(text, "parity_revision") == values(text, "parity_revision_oldest") == {"": 7.0}
    assert values(text, "parity_webhook_attempts_total")['outcome="delivered"'] == 5.0


def test_a_process_tells_who_waits_and_which_replica_is_behind() -> None:
    metrics = Metrics(lambda: SAMPLE)
    for _ in range(2):
        metrics.sample()
    text = metrics.exposition().decode()
    waiting = {'lane="light",state="working"': 3.0, 'lane="light",state="waiting"': 2.0}
    assert values(text, "parity_lane_requests") == waiting
    assert values(text, "parity_lane_places") == {'lane="light"': 16.0}
    assert values(text, "parity_lane_refusals_total") == {'lane="light"': 9.0}
    assert values(text, "parity_replica_workers") == {'replica="1"': 1.0, 'replica="2"': 0.0}
    assert values(text, "parity_replica_lag_seconds") == {'replica="1"': 0.0, 'replica="2"': 61.5}


def test_every_metric_is_documented(repository: Path) -> None:
    told = (repository / "docs" / "operations.md").read_text(encoding="utf-8")
    metrics = Metrics(lambda: SAMPLE)
    made = re.findall(r"^# TYPE (\w+)", metrics.exposition().decode(), re.MULTILINE)
    shown = set(re.findall(r"^\| `(parity_\w+)", told, re.MULTILINE))
    assert shown == {name for name in made if not name.endswith("_created")}


def test_alerts_ask_for_metrics_that_there_are(repository: Path) -> None:
    told = (repository / "docs" / "operations.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"^```yaml\n(.*?)^```", told, re.MULTILINE | re.DOTALL)
    (group,) = yaml.safe_load(block)["groups"]
    shown = set(re.findall(r"^\| `(parity_\w+)", told, re.MULTILINE))
    for rule in group["rules"]:
        asked = set(re.findall(r"parity_\w+", rule["expr"]))
        assert asked
        assert asked <= shown, rule["alert"]


@pytest.mark.parametrize(
    ("request_line", "status"),
    [
        ("GET /metrics", 200),
        ("GET /metrics?name=x", 200),
        ("HEAD /metrics", 200),
        ("POST /metrics", 405),
        ("GET /", 404),
        ("GET /metrics/more", 404),
    ],
)
async def test_it_is_had_at_one_address(request_line: str, status: int) -> None:
    method, path = request_line.split()
    port = free_port()
    async with (
        exposed("127.0.0.1", port, lambda: b"parity_up 1\n"),
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client,
    ):
        answer = await client.request(method, path)
    assert answer.status_code == status
    assert (answer.text == "parity_up 1\n") == (status == 200 and method == "GET")


@pytest.mark.parametrize("sent", [b"", b"\r\n\r\n", b"\xff\r\n\r\n", b"GET /" + b"x" * 20_000])
async def test_who_speaks_no_http_there_breaks_nothing(sent: bytes) -> None:
    port = free_port()
    async with exposed("127.0.0.1", port, lambda: b"parity_up 1\n"):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(sent)
        writer.write_eof()
        with contextlib.suppress(ConnectionError):
            await asyncio.wait_for(reader.read(), 30)
        writer.close()
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
            assert (await client.get("/metrics")).is_success


def test_what_a_process_counted_outlives_it_and_how_it_stood_does_not(tmp_path: Path) -> None:
    """Twice: by one that ends, then by one that tells."""
    ended, telling = (_told_by_a_process(tmp_path, tells=tells) for tells in (False, True))
    assert ended == ""
    assert values(telling, "parity_webhook_attempts_total") == {'outcome="delivered"': 6.0}
    assert values(telling, "parity_workers") == {"": 1.0}
    assert values(telling, "parity_revision_oldest") == {"": 7.0}


def _told_by_a_process(folder: Path, *, tells: bool) -> str:
    code = (
        "from service.telemetry.metrics import Metrics\n"
        "from service.telemetry.samples import Sample\n"
        "metrics = Metrics(lambda: Sample({}, {}, {}, 7, True, {'delivered': 3}))\n"
        "metrics.sample()\n"
        f"if {tells}: print(metrics.exposition().decode())\n"
    )
    given = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(folder)}
    ran = subprocess.run(
        [sys.executable, "-c", code], env=given, capture_output=True, text=True, check=True
    )
    return ran.stdout


async def test_workers_answer_for_all(bundled: Database, tmp_path: Path) -> None:
    port = free_port()
    told = {"PARITY_WORKERS": "2", "PARITY_METRICS": f"127.0.0.1:{port}", "PARITY_LOG": "json"}
    route = 'method="GET",route="/v1/products",status="200"'
    async with serving(bundled, tmp_path, **told) as running:
        for _ in range(12):
            async with httpx.AsyncClient(base_url=running.address, timeout=40) as client:
                (await client.get("/v1/products?limit=1")).raise_for_status()
        async with httpx.AsyncClient(timeout=40) as client, asyncio.timeout(30):
            for _ in range(5):
                text = (await client.get(f"http://127.0.0.1:{port}/metrics")).text
                assert values(text, "parity_requests_total")[route] == 12.0
            while values(text, "parity_workers") != {"": 2.0}:
                await asyncio.sleep(0.1)
                text = (await client.get(f"http://127.0.0.1:{port}/metrics")).text
    lanes = {'lane="light"', 'lane="heavy"', 'lane="write"'}
    assert values(text, "parity_lane_places").keys() == lanes
