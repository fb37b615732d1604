"""Requests that are answered in the server's thread, or later without a task of the event loop."""

from collections.abc import Callable
from typing import Any

from service.telemetry.requests import Observed, Seen

SCOPE = {"type": "http", "method": "GET", "path": "/v1/products", "headers": []}
START = {"type": "http.response.start", "status": 503, "headers": [(b"request-id", b"asked-01")]}
BODY = {"type": "http.response.body", "body": b""}


class Later:
    """Answers at once, or when it is told to."""

    def __init__(self) -> None:
        self.sends: list[Callable[[Any], object]] = []

    def at_once(self, scope: Any, send: Callable[[Any], object]) -> bool:
        self.sends.append(send)
        return bool(scope["path"])

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        raise NotImplementedError


def observed(app: Later) -> tuple[Observed, list[Seen]]:
    seen: list[Seen] = []
    return Observed(app, lambda _, path: path, [seen.append], None, []), seen


def test_what_is_sent_later_is_told_of_when_it_is_sent() -> None:
    app = Later()
    around, seen = observed(app)
    sent: list[Any] = []
    assert around.at_once(SCOPE, sent.append)
    assert not seen
    for message in (START, BODY):
        app.sends[0](message)
    assert sent == [START, BODY]
    assert [(one.status, one.request_id, one.is_over) for one in seen] == [(503, "asked-01", True)]


def test_of_what_is_left_to_the_event_loop_nothing_is_told() -> None:
    app = Later()
    around, seen = observed(app)
    assert not around.at_once({**SCOPE, "path": ""}, [].append)
    assert not seen
