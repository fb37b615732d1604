"""What is answered before the event loop hears of it is seen like everything else."""

from contextlib import nullcontext
from typing import Any

import pytest

from service.telemetry.requests import Observed, Seen

START = {
    "type": "http.response.start",
    "status": 304,
    "headers": [(b"request-id", b"0123456789"), (b"dataset-revision", b"7")],
}
BODY = {"type": "http.response.body", "body": b""}


class Answering:
    """An application that has the answers to GET ready, out of memory."""

    def at_once(self, scope: Any, send: Any) -> bool:
        if scope["method"] != "GET":
            return False
        scope["remembered"] = True
        for message in (START, BODY):
            send(message)
        return True

    async def __call__(self, *_: Any) -> None:
        raise AssertionError("nobody waits for an event loop")


def scope(method: str) -> dict[str, Any]:
    return {"type": "http", "method": method, "path": "/v1/products/kimi", "headers": []}


def route(_: str, __: str) -> str:
    return "/v1/products/{record_id}"


def test_it_is_told_of_once_it_is_answered() -> None:
    told, sent = list[Seen](), list[Any]()
    app = Observed(Answering(), route, [told.append], None, [])
    assert app.at_once(scope("GET"), sent.append)
    assert sent == [START, BODY]
    (seen,) = told
    assert (seen.method, seen.route, seen.status) == ("GET", "/v1/products/{record_id}", 304)
    assert (seen.request_id, seen.revision) == ("0123456789", "7")
    assert (seen.is_remembered, seen.is_over) == (True, True)


@pytest.mark.parametrize("method", ["POST", "ODD"])
def test_nothing_is_told_of_what_the_event_loop_is_to_do(method: str) -> None:
    told, sent = list[Seen](), list[Any]()
    app = Observed(Answering(), route, [told.append], None, [])
    assert not app.at_once(scope(method), sent.append)
    assert (told, sent) == ([], [])


def test_what_has_spans_is_done_in_the_event_loop() -> None:
    sent = list[Any]()
    app = Observed(Answering(), route, [], lambda _: nullcontext(), [])
    assert not app.at_once(scope("GET"), sent.append)
    assert sent == []
