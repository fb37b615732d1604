"""What is logged of a request, and what never is."""

import logging
import re
from collections.abc import Iterator

import pytest

from service.store.database import Database
from tests.telemetry.seen import watched

TRACE = "0af7651916cd43dd8448eb211c80319c"
PARENT = f"00-{TRACE}-b7ad6b7169203331-01"


@pytest.fixture
def logger() -> Iterator[logging.Logger]:
    own = logging.getLogger("parity")
    before = own.handlers[:], own.propagate, own.level
    own.propagate = False
    own.setLevel(logging.INFO)
    yield own
    own.handlers, own.propagate = before[:2]
    own.setLevel(before[2])


async def test_a_request_is_logged_by_its_template(bundled: Database) -> None:
    async with watched(bundled) as seen:
        answer = await seen.client.get(
            "/v1/products/chatgpt?include=vendor",
            headers={"request-id": "abcdefgh-1", "traceparent": PARENT},
        )
    (entry,) = seen.lines.requests
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", entry.pop("time"))
    assert entry.pop("duration_ms") > 0
    assert entry == {
        "level": "info",
        "logger": "parity.requests",
        "message": "request",
        "method": "GET",
        "route": "/v1/products/{record_id}",
        "status": 200,
        "revision": int(answer.headers["dataset-revision"]),
        "request_id": "abcdefgh-1",
        "trace_id": TRACE,
    }


@pytest.mark.parametrize(
    ("method", "path", "route"),
    [
        ("GET", "/v1/products/chatgpt.json", "/v1/products/{record_id}"),
        ("HEAD", "/v1/products/chatgpt", "/v1/products/{record_id}"),
        ("OPTIONS", "/v1/products/chatgpt", "/v1/products/{record_id}"),
        ("PUT", "/v1/products", "/v1/products"),
        ("GET", "/v1/products.csv", "/v1/products"),
        ("GET", "/v1/nothing/chatgpt", "none"),
        ("GET", "/v1/products/chatgpt/", "/v1/products/{record_id}"),
        ("GET", "/products/chatgpt", "/products/{record_id}"),
        ("GET", "/v1/products/%ff", "/v1/products/{record_id}"),
    ],
)
async def test_no_id_of_an_address_is_logged(
    bundled: Database, method: str, path: str, route: str
) -> None:
    async with watched(bundled) as seen:
        await seen.client.request(method, path)
    (entry,) = seen.lines.requests
    assert (entry["method"], entry["route"]) == (method, route)
    assert "chatgpt" not in seen.lines.text


@pytest.mark.parametrize(
    ("parent", "trace"),
    [
        (PARENT, TRACE),
        (f"01-{TRACE}-b7ad6b7169203331-01-more", TRACE),
        (f"{PARENT}-more", None),
        (f"ff-{TRACE}-b7ad6b7169203331-01", None),
        (f"00-{'0' * 32}-b7ad6b7169203331-01", None),
        (f"00-{TRACE}-{'0' * 16}-01", None),
        (PARENT.upper(), None),
        ("chatgpt", None),
    ],
)
async def test_the_trace_is_what_a_valid_traceparent_names(
    bundled: Database, parent: str, trace: str | None
) -> None:
    async with watched(bundled) as seen:
        await seen.client.get("/health/live", headers={"traceparent": parent})
    assert seen.lines.requests[0].get("trace_id") == trace


async def test_two_traceparents_are_none(bundled: Database) -> None:
    async with watched(bundled) as seen:
        twice = [("traceparent", PARENT), ("traceparent", PARENT)]
        await seen.client.get("/health/live", headers=twice)
    assert "trace_id" not in seen.lines.requests[0]


async def test_secrets_of_requests_are_not_logged(
    database: Database, logger: logging.Logger
) -> None:
    async with watched(database) as seen:
        logger.addHandler(seen.log)
        headers = {"authorization": "Bearer hunter2", "cookie": "session=hunter2"}
        await seen.client.get("/v1/products?secret=hunter2", headers=headers)
        await seen.client.post("/v1/imports?comment=hunter2", content=b"{}", headers=headers)
    assert len(seen.lines.requests) == 2
    assert "hunter2" not in seen.lines.text


async def test_a_secret_is_no_request_id(bundled: Database) -> None:
    asked = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    async with watched(bundled) as seen:
        await seen.client.get("/health/live", headers={"request-id": asked})
    assert seen.lines.requests[0]["request_id"] == "whsec_***"


async def test_a_failure_names_its_request(
    bundled: Database, logger: logging.Logger, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("at postgresql://parity:hunter2@db/parity")

    async with watched(bundled) as seen:
        logger.addHandler(seen.log)
        monkeypatch.setattr("service.api.http.admission.answer_at", broken)
        answer = await seen.client.get("/v1/products/chatgpt", headers={"traceparent": PARENT})
    failure, request = seen.lines.entries
    assert answer.status_code == request["status"] == 500
    assert failure["level"] == "error"
    assert failure["request_id"] == request["request_id"] == answer.headers["request-id"]
    assert failure["trace_id"] == request["trace_id"] == TRACE
    assert failure["route"] == "/v1/products/{record_id}"
    assert "RuntimeError: at postgresql://parity:***@db/parity" in failure["error"]


async def test_people_read_lines(bundled: Database) -> None:
    async with watched(bundled, form="text") as seen:
        await seen.client.get("/health/live", headers={"request-id": "abcdefgh-1"})
    assert re.fullmatch(
        r"\d\d:\d\d:\d\d INFO request method=GET route=/health/live status=200"
        r" duration_ms=[0-9.]+ request_id=abcdefgh-1\n",
        seen.lines.text,
    )


async def test_who_leaves_is_no_failure_of_ours(
    bundled: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def left(*_: object) -> None:
        return

    async with watched(bundled) as seen:
        monkeypatch.setattr("service.api.http.admission.answer_at", left)
        with pytest.raises(AssertionError):  # httpx's transport had no answer
            await seen.client.get("/v1/products")
    assert seen.lines.requests[0]["status"] == 499
