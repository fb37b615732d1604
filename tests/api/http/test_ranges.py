"""Parts of files: 206 with what was asked, of the very body that the ETag names."""

import httpx
import pytest

from service import limits
from service.api.http.streaming import part_asked
from service.model.errors import ServiceError
from tests.answers import assert_problem

FILES = [
    "/v1/products.parquet",
    "/v1/markets/chat-assistants/league.parquet",
    "/v1/features.csv",
    "/v1/aggregate/products.arrow?group_by=status",
    "/v1/exports/markets.parquet",
]


@pytest.mark.parametrize("path", FILES)
@pytest.mark.parametrize("coding", ["identity", "gzip"])
async def test_a_file_has_parts(client: httpx.AsyncClient, path: str, coding: str) -> None:
    whole = await client.get(path, headers={"accept-encoding": "identity"})
    assert whole.headers["accept-ranges"] == "bytes"
    head = await client.head(path, headers={"accept-encoding": "identity", "range": "bytes=0-3"})
    length = len(whole.content)
    assert (head.status_code, head.headers["content-length"]) == (200, str(length))
    for asked, expected in (
        ("bytes=0-3", whole.content[:4]),
        ("bytes=-8", whole.content[-8:]),
        (f"bytes=5-{length + 99}", whole.content[5:]),
        ("bytes=7-", whole.content[7:]),
    ):
        headers = {"range": asked, "accept-encoding": coding}
        part = await client.get(path, headers=headers)
        assert (part.status_code, part.content) == (206, expected), asked
        assert part.headers["etag"] == whole.headers["etag"]
        assert part.headers["content-length"] == str(len(expected))
        first = whole.content.rindex(expected) if asked != "bytes=0-3" else 0
        last = first + len(expected) - 1
        assert part.headers["content-range"] == f"bytes {first}-{last}/{length}"


async def test_of_another_body_the_whole_is_sent(client: httpx.AsyncClient) -> None:
    path = "/v1/products.parquet"
    tag = (await client.head(path)).headers["etag"]
    for given, status in (
        (tag, 206),
        (f"W/{tag}", 200),
        ('"other"', 200),
        ("Mon, 30 Nov 2026 00:00:00 GMT", 200),
    ):
        answer = await client.get(path, headers={"range": "bytes=0-3", "if-range": given})
        assert answer.status_code == status, given
    known = {"range": "bytes=0-3", "if-none-match": tag}
    assert (await client.get(path, headers=known)).status_code == 304


@pytest.mark.parametrize(
    "asked", ["bytes=0-1,3-4", "lines=0-3", "bytes=5-3", "bytes=-", "bytes=a-b", "0-3", "bytes=٣-"]
)
async def test_what_is_not_understood_is_the_whole(client: httpx.AsyncClient, asked: str) -> None:
    answer = await client.get("/v1/markets.csv", headers={"range": asked.encode()})
    assert answer.status_code == 200
    assert "content-range" not in answer.headers


async def test_behind_the_end_is_a_problem(client: httpx.AsyncClient) -> None:
    path = "/v1/markets.parquet"
    for asked in ("bytes=99999999-", "bytes=99999999-100000000", "bytes=-0"):
        headers = {"range": asked, "accept-language": "zh"}
        body = assert_problem(await client.get(path, headers=headers), 416, "range_not_satisfiable")
        assert asked in body["detail"]
        assert "字节" in body["detail"]


async def test_what_is_no_file_has_no_parts(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/products", headers={"range": "bytes=0-3"})
    assert (answer.status_code, "accept-ranges" in answer.headers) == (200, False)


async def test_a_streamed_file_has_no_parts(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "FILE_KEPT_ROWS", 5)
    path = "/v1/products.csv?sort=-launched"
    answer = await client.get(path, headers={"range": "bytes=0-3"})
    assert (answer.status_code, "accept-ranges" in answer.headers) == (200, False)


async def test_a_part_is_never_remembered_as_the_whole(client: httpx.AsyncClient) -> None:
    path = "/v1/vendors.parquet?country=FR"
    part = await client.get(path, headers={"range": "bytes=0-3"})
    assert part.content == b"PAR1"
    for _ in range(2):
        whole = await client.get(path)
        assert whole.status_code == 200
        assert len(whole.content) > 4


async def test_pages_of_other_sites_may_read_parts(client: httpx.AsyncClient) -> None:
    asked = {
        "origin": "https://observablehq.com",
        "access-control-request-method": "GET",
        "access-control-request-headers": "range",
    }
    allowed = (await client.options("/v1/products.parquet", headers=asked)).headers
    assert "Range" in allowed["access-control-allow-headers"]
    exposed = (await client.head("/v1/products.parquet")).headers["access-control-expose-headers"]
    assert {"Content-Range", "Accept-Ranges"} <= set(exposed.split(", "))


def test_an_empty_body_has_no_part() -> None:
    with pytest.raises(ServiceError):
        part_asked("bytes=0-", "", '"t"', 0)
