"""What the Python client sends, and how it takes what comes back, upon a service of ours."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import httpx
import pytest
from parity_client import (
    AsyncClient,
    BadRequest,
    Client,
    Conflict,
    Gone,
    Invalid,
    ParityError,
    QuotaExceeded,
    ServerError,
    Stale,
    Unavailable,
    headers_of,
)
from parity_client import _async_client as waiting_async
from parity_client import _client as waiting

Answers = list[httpx.Response | type[Exception]]
NOW = {"retry-after": "0"}


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long the client wanted to wait, which it need not."""
    found: list[float] = []

    async def noted(seconds: float) -> None:
        found.append(seconds)

    monkeypatch.setattr(waiting, "sleep", found.append)
    monkeypatch.setattr(waiting_async, "sleep", noted)
    return found


class Served:
    """A client whose service answers these one after the other, the last for ever."""

    def __init__(self, *answers: httpx.Response | type[Exception], **settings: Any) -> None:
        self.sent: list[httpx.Request] = []
        self._answers = iter(answers)
        self._last: httpx.Response | type[Exception] = answers[-1]
        transport = httpx.MockTransport(self._answer)
        self.client = Client("http://parity.test/", transport=transport, **settings)
        self.waiter = AsyncClient("http://parity.test/", transport=transport, **settings)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.sent.append(request)
        answer = next(self._answers, self._last)
        if isinstance(answer, httpx.Response):
            return httpx.Response(
                answer.status_code, headers=answer.headers, content=answer.content
            )
        raise answer("lost", request=request)


def answer(status: int = 200, content: object = None, **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(status, headers=named, json=content if content is not None else {})


def test_lists_have_commas_and_each_value_is_encoded() -> None:
    served = Served(answer())
    served.client.list_products(
        vendor_country=["CN", "FR"],
        q="a,b&c",
        limit=5,
        on=date(2026, 1, 31),  # type: ignore[arg-type]
        where={"launched__lt": "2024", "market_ids__all": ("a", "b")},
    )
    assert served.sent[0].url.raw_path == (
        b"/v1/products?vendor.country=CN,FR&q=a%2Cb%26c&limit=5&on=2026-01-31"
        b"&launched__lt=2024&market_ids__all=a,b"
    )


def test_none_is_left_out_and_false_is_said() -> None:
    served = Served(answer())
    served.client.get_market_homogenization(
        "m",
        include_structure=False,
        vendor_id=None,  # type: ignore[arg-type]
    )
    assert served.sent[0].url.query == b"include_structure=false"


@pytest.mark.parametrize("wrong", ["", ".", ".."])
def test_an_id_is_one_segment_of_the_path(wrong: str) -> None:
    served = Served(answer())
    served.client.get_product("../keys?x#y")
    assert served.sent[0].url.raw_path == b"/v1/products/..%2Fkeys%3Fx%23y"
    with pytest.raises(ValueError, match="no id"):
        served.client.get_product(wrong)


def test_null_and_absent_are_sent_as_they_are() -> None:
    served = Served(answer())
    served.client.change_product("kimi", {"discontinued": None})
    (sent,) = served.sent
    assert sent.content == b'{"discontinued": null}'
    assert sent.headers["content-type"] == "application/merge-patch+json"
    assert "prefer" not in sent.headers


def test_a_write_has_one_name_however_often_it_is_sent(pauses: list[float]) -> None:
    served = Served(answer(503, **NOW), httpx.ReadTimeout, answer(201, dataset_revision="7"))
    body = {"product_id": "kimi", "feature_id": "memory", "stage": "ga"}
    served.client.create_adoption(body)  # type: ignore[arg-type]
    assert len(served.sent) == 3
    assert len({sent.headers["idempotency-key"] for sent in served.sent}) == 1
    served.client.create_adoption(body, idempotency_key="mine")  # type: ignore[arg-type]
    assert served.sent[-1].headers["idempotency-key"] == "mine"


def test_what_was_written_is_read() -> None:
    served = Served(answer(dataset_revision="7"), answer(dataset_revision="6"), answer())
    served.client.get_product("kimi")
    served.client.retire_product("kimi", if_match="*")
    served.client.retire_product("kimi", if_match="*")
    served.client.get_product("kimi")
    told = [sent.headers.get("min-dataset-revision") for sent in served.sent]
    assert told == [None, None, None, "6"]
    served.client.min_revision = 9
    served.client.get_product("kimi")
    assert served.sent[-1].headers["min-dataset-revision"] == "9"


def test_it_never_comes_back_before_retry_after(pauses: list[float]) -> None:
    served = Served(answer(429, retry_after="7"), answer(503, retry_after="2"), answer())
    served.client.list_products()
    assert 7 <= pauses[0] <= 7 * 1.25 + 0.1
    assert 2 <= pauses[1] <= 2 * 1.25 + 0.1


def test_without_retry_after_the_pauses_grow(pauses: list[float]) -> None:
    served = Served(answer(502), retries=4)
    with pytest.raises(ServerError):
        served.client.list_products()
    assert len(pauses) == 4
    assert pauses == sorted(pauses)


def test_a_wait_beyond_patience_is_an_error_at_once(pauses: list[float]) -> None:
    served = Served(answer(429, {"code": "quota_exceeded"}, retry_after="61"))
    with pytest.raises(QuotaExceeded) as told:
        served.client.list_products()
    assert (told.value.retry_after, pauses, len(served.sent)) == (61, [], 1)


def test_what_has_no_name_is_sent_once(pauses: list[float]) -> None:
    """`test_webhook` takes no Idempotency-Key: twice would be two messages."""
    served = Served(answer(503, **NOW))
    with pytest.raises(Unavailable):
        served.client.test_webhook("whk_1")
    lost = Served(httpx.ReadTimeout)
    with pytest.raises(httpx.ReadTimeout):
        lost.client.test_webhook("whk_1")
    assert (len(served.sent), len(lost.sent)) == (1, 1)


def test_a_write_that_is_still_at_work_is_waited_for(pauses: list[float]) -> None:
    served = Served(httpx.ReadTimeout, answer(409, {"code": "idempotency_in_progress"}), answer())
    served.client.retire_product("kimi", if_match="*")
    assert len(served.sent) == 3
    other = Served(answer(409, {"code": "reference_in_use"}))
    with pytest.raises(Conflict):
        other.client.retire_product("kimi", if_match="*")
    assert len(other.sent) == 1


FAULTS = [
    {
        "code": "unknown_parameter",
        "parameter": "nmae",
        "detail": "No parameter.",
        "did_you_mean": ["name"],
    },
    {"code": "invalid_value", "pointer": "/names/en", "line": 3, "detail": "Too long."},
    {"code": "a_word_that_came_later", "pointer": "", "detail": "New.", "a_member": 1},
]


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, BadRequest),
        (410, Gone),
        (412, Stale),
        (428, Stale),
        (422, Invalid),
        (418, ParityError),
    ],
)
def test_a_problem_is_an_exception_with_every_fault(status: int, kind: type[Exception]) -> None:
    problem = {
        "code": "unknown_parameter",
        "detail": "3 faults.",
        "errors": FAULTS,
        "request_id": "r",
    }
    with pytest.raises(ParityError) as told:
        Served(answer(status, {**problem, "errors": FAULTS})).client.list_products()
    assert type(told.value) is kind
    assert (told.value.code, told.value.request_id) == ("unknown_parameter", "r")
    assert told.value.errors == FAULTS
    assert str(told.value).splitlines() == [
        f"{status} unknown_parameter: 3 faults.",
        "  nmae: No parameter. Did you mean name?",
        "  line 3 /names/en: Too long.",
        "  body: New.",
    ]


@pytest.mark.parametrize("content", [b"<html>", b"", b"[1]", b"\xff"])
def test_a_fault_of_something_in_between_is_an_exception_too(content: bytes) -> None:
    served = Served(httpx.Response(500, content=content))
    with pytest.raises(ServerError) as told:
        served.client.list_products()
    assert (told.value.code, told.value.errors) == ("", [])


def test_an_answer_that_is_still_right_comes_out_of_memory() -> None:
    first = answer(200, {"data": [1]}, etag='"a"', dataset_revision="1")
    served = Served(first, httpx.Response(304, headers={"etag": '"a"', "dataset-revision": "2"}))
    served.client.list_products()["data"].append(2)  # type: ignore[arg-type]
    again = served.client.list_products()
    assert served.sent[1].headers["if-none-match"] == '"a"'
    assert again == {"data": [1]}
    assert headers_of(again)["dataset-revision"] == "2"


def test_another_question_or_media_type_is_another_answer() -> None:
    served = Served(answer(200, {}, etag='"a"'))
    served.client.list_products(limit=1)
    served.client.list_products(limit=2)
    served.client.response("text/csv", served.client.list_products, limit=1)
    assert ["if-none-match" in sent.headers for sent in served.sent] == [False] * 3


def test_memory_is_bounded() -> None:
    served = Served(answer(200, "x" * 98, etag='"a"'), cache_bytes=400)
    for limit in [1, 2, 3, 4, 5, 5, 1]:
        served.client.list_products(limit=limit)
    told = ["if-none-match" in sent.headers for sent in served.sent]
    assert told == [False] * 5 + [True, False]
    for large in (
        Served(answer(200, "x" * 101, etag='"a"'), cache_bytes=400),
        Served(answer(200, {}, etag='"a"'), cache_bytes=0),
    ):
        large.client.list_products()
        large.client.list_products()
        assert "if-none-match" not in large.sent[1].headers


def test_the_etag_of_what_was_read_guards_a_write() -> None:
    page = {"data": [{"id": "kimi"}]}
    served = Served(answer(200, {"id": "kimi"}, etag='"r2-x"'), answer(200, page))
    served.client.retire_product("kimi", if_match=served.client.get_product("kimi"))
    assert served.sent[1].headers["if-match"] == '"r2-x"'
    with pytest.raises(ValueError, match="part"):
        served.client.retire_product("kimi", if_match=served.client.list_products()["data"][0])


def pages() -> Iterator[httpx.Response]:
    yield answer(200, {"data": [1, 2], "page": {"next_cursor": "c1"}})
    yield answer(200, {"data": [3], "page": {"next_cursor": None}})


def test_pages_go_on_to_the_end() -> None:
    served = Served(*pages())
    assert list(served.client.each(served.client.list_products, limit=2)) == [1, 2, 3]
    assert [sent.url.query for sent in served.sent] == [b"limit=2", b"limit=2&cursor=c1"]


def test_changes_end_where_nothing_is_there_yet() -> None:
    """Their cursor is never null."""
    page = {"data": [1], "page": {"next_cursor": "rev:1"}, "has_more": False}
    served = Served(answer(200, page))
    assert len(list(served.client.pages(served.client.list_changes))) == 1


async def test_the_awaited_client_does_the_same(pauses: list[float]) -> None:
    served = Served(answer(503, retry_after="3"), *pages())
    found = [one async for one in served.waiter.each(served.waiter.list_products, limit=2)]
    assert (found, len(pauses), len(served.sent)) == ([1, 2, 3], 1, 3)
    refused = Served(answer(400, {"code": "invalid_value"}))
    with pytest.raises(BadRequest):
        await refused.waiter.list_products()


STREAM = (
    b': hello\n\nid: seq:1\ndata: {"seq": 1}\n\nid: seq:2\ndata: {"seq":\ndata: 2}\n\nid: seq:9\n\n'
)


def taken(count: int) -> Callable[[Iterator[Any]], list[Any]]:
    return lambda events: [next(events) for _ in range(count)]


def test_a_stream_goes_on_where_it_was(pauses: list[float]) -> None:
    served = Served(httpx.Response(200, content=STREAM))
    found = taken(3)(served.client.stream_changes(kinds="product"))
    assert [(event.id, event.data["seq"]) for event in found] == [
        ("seq:1", 1),
        ("seq:2", 2),
        ("seq:1", 1),
    ]
    assert [sent.headers.get("last-event-id") for sent in served.sent] == [None, "seq:9"]
    with pytest.raises(BadRequest):
        next(Served(answer(400, {})).client.stream_changes())


def test_the_key_goes_to_the_service_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARITY_KEY", "parity_secret")
    moved = httpx.Response(308, headers={"location": "https://elsewhere.test/v1/products"})
    served = Served(moved, answer())
    served.client.list_products()
    assert served.sent[0].headers["authorization"] == "Bearer parity_secret"
    assert served.sent[0].headers["user-agent"].startswith("parity-client-python/")
    assert "authorization" not in served.sent[1].headers
    assert "parity_secret" not in repr(vars(served.client))


def test_a_file_is_sent_as_it_is() -> None:
    served = Served(answer())
    served.client.create_import("id,name\n", content_type="text/csv", kind="vendor")
    served.client.create_import(json.dumps({"kind": "vendor"}).encode())
    kinds = [(sent.headers["content-type"], sent.content) for sent in served.sent]
    assert kinds == [
        ("text/csv", b"id,name\n"),
        ("application/x-ndjson", b'{"kind": "vendor"}'),
    ]
