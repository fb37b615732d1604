"""What holds of every read: faults name their parameter, a cache never mixes answers up."""

import httpx
import pytest


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("/v1/products?as_of=yesterday", "as_of"),
        ("/v1/coverage.csv?as_of=rev:999", "as_of"),
        ("/v1/products?as_of=1999.01", "as_of"),
        ("/v1/products?cursor=x", "cursor"),
        ("/v1/revisions?cursor=%F0%9F%98%80", "cursor"),
        ("/v1/diff?collection=products&from=x", "from"),
        ("/v1/diff?collection=products&from=rev:2&to=rev:1", "from"),
        ("/v1/revisions?since=rev:999", "since"),
        ("/v1/revisions?until=x", "until"),
        ("/v1/changes?since=x", "since"),
    ],
)
async def test_a_fault_names_its_parameter(
    client: httpx.AsyncClient, address: str, parameter: str
) -> None:
    answer = await client.get(address)
    assert answer.status_code == 400
    assert [fault["parameter"] for fault in answer.json()["errors"]] == [parameter]


async def test_a_cursor_of_another_question_names_its_parameter(client: httpx.AsyncClient) -> None:
    page = (await client.get("/v1/products?limit=1")).json()["page"]
    other = await client.get(f"/v1/vendors?limit=1&cursor={page['next_cursor']}")
    assert other.json()["code"] == "cursor_mismatch"
    assert other.json()["errors"][0]["parameter"] == "cursor"


@pytest.mark.parametrize("address", ["/v1/products", "/v1/coverage", "/v1/products.csv"])
async def test_only_lang_frees_an_answer_from_the_languages_of_its_reader(
    client: httpx.AsyncClient, address: str
) -> None:
    """Without Accept-Language too: its absence decided, and a cache must not give it to others."""
    plain = await client.get(address)
    assert "Accept-Language" in plain.headers["vary"]
    named = await client.get(f"{address}?lang=en", headers={"accept-language": "zh"})
    assert "Accept-Language" not in named.headers["vary"]


@pytest.mark.parametrize("address", ["/v1/products", "/v1/coverage.csv", "/v1/schema"])
async def test_a_304_carries_the_tag_of_the_answer(client: httpx.AsyncClient, address: str) -> None:
    for coding in ("gzip", "identity"):
        headers = {"accept-encoding": coding}
        whole = await client.get(address, headers=headers)
        again = await client.get(
            address, headers={**headers, "if-none-match": whole.headers["etag"]}
        )
        assert (again.status_code, again.headers["etag"]) == (304, whole.headers["etag"])


async def test_the_index_has_formats_too(client: httpx.AsyncClient) -> None:
    plain = await client.get("/v1.json")
    assert plain.json() == (await client.get("/v1")).json()
    rows = await client.get("/v1.csv")
    assert 'filename="parity-index-r2.csv"' in rows.headers["content-disposition"]
    assert len(rows.text.splitlines()) == len(plain.json()["collections"]) + 1
    assert (await client.get("/v1.xml")).status_code == 406


@pytest.mark.parametrize(
    "address",
    ["/v1/products", "/v1/products/kimi", "/v1/coverage.csv", "/health/live", "/v1/products/nope"],
)
async def test_a74_head_is_get_without_its_body(client: httpx.AsyncClient, address: str) -> None:
    plain = {"accept-encoding": "identity"}
    got, head = [await client.request(m, address, headers=plain) for m in ("GET", "HEAD")]
    assert (head.status_code, head.content) == (got.status_code, b"")
    for name in ("content-type", "content-length", "etag", "vary", "cache-control"):
        assert head.headers.get(name) == got.headers.get(name), name
