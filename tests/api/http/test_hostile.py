"""Bad input gets a 4xx problem with a stable code, whatever it is."""

import base64
import hashlib
import hmac

import httpx
import msgspec
import pytest

from tests.answers import assert_problem

HOSTILE = {
    "A01 NUL in a value": ("/v1/products?vendor_id=a%00b", 400, "invalid_value"),
    "A05 NUL in the path": ("/v1/products/a%00b", 404, "not_found"),
    "A06 bad UTF-8": ("/v1/products?vendor_id=%ff%fe", 400, "invalid_value"),
    "A07 surrogate": ("/v1/products?vendor_id=%ed%a0%80", 400, "invalid_value"),
    "A07 overlong": ("/v1/products?vendor_id=%c0%ae", 400, "invalid_value"),
    "bad UTF-8 in the path": ("/v1/products/%ff", 404, "not_found"),
    "A16 unknown parameter": ("/v1/products?nope=1", 400, "unknown_parameter"),
    "A17 twice": ("/v1/products?limit=1&limit=2", 400, "invalid_value"),
    "empty value": ("/v1/products?vendor_id=", 400, "empty_value"),
    "empty among values": ("/v1/products?vendor_id=openai,,google", 400, "empty_value"),
    "A22 digits with underscore": ("/v1/products?limit=1_0", 400, "invalid_value"),
    "A22 blank before digits": ("/v1/products?limit=%205", 400, "invalid_value"),
    "A22 other digits": ("/v1/products?limit=%D9%A3", 400, "invalid_value"),
    "A62 limit 0": ("/v1/products?limit=0", 400, "invalid_value"),
    "A62 limit below 0": ("/v1/products?limit=-1", 400, "invalid_value"),
    "A62 limit 1e9": ("/v1/products?limit=1e9", 400, "invalid_value"),
    "A62 limit 2^63": ("/v1/products?limit=9223372036854775808", 400, "invalid_value"),
    "A63 offset": ("/v1/products?offset=1000000000000", 400, "unknown_parameter"),
    "A64 cursor": ("/v1/products?cursor=abc", 400, "cursor_invalid"),
    "A64 cursor, SQL": ("/v1/products?cursor='%20OR%201=1", 400, "cursor_invalid"),
    "A64 cursor, long": ("/v1/products?cursor=" + "A" * 7000, 400, "cursor_invalid"),
    "A65 sort": ("/v1/products?sort=password_hash", 400, "unknown_field"),
    "A65 sort, dunder": ("/v1/products?sort=__proto__", 400, "unknown_field"),
    "A65 filter path": ("/v1/products?vendor.country.code=CN", 400, "unknown_parameter"),
    "A66 SQL in a value": ("/v1/products?vendor_id=';drop table product--", 400,
                           "unknown_reference"),
    "unknown enum": ("/v1/adoptions?stage=beta", 400, "unknown_value"),
    "unknown id": ("/v1/adoptions?product_id=kimmi", 400, "unknown_reference"),
    "unknown language": ("/v1/products?lang=fr", 400, "unknown_value"),
    "future day": ("/v1/products?on=9998-01-01", 400, "invalid_date"),
    "no day": ("/v1/products?on=2026-02-30", 400, "invalid_date"),
    "range as day": ("/v1/products?on=[2024..2025]", 400, "invalid_date"),
    "far revision": ("/v1/products?as_of=rev:99999999999", 400, "revision_unknown"),
    "odd revision": ("/v1/products?as_of=rev:-1", 400, "invalid_value"),
    "naive instant": ("/v1/products?as_of=2026-01-01T00:00:00", 400, "invalid_value"),
    "A20 above int8": ("/v1/changes?since=9223372036854775808", 400, "invalid_value"),
    "A20 above int8, revision": ("/v1/products/kimi?as_of=rev:9223372036854775808", 400,
                                 "invalid_value"),
    "A22 other digits, revision": ("/v1/products/kimi?as_of=rev:%D9%A3", 400, "invalid_value"),
    "A23 nan": ("/v1/investments?amount__gte=nan", 400, "invalid_value"),
    "A23 inf": ("/v1/investments?amount__gte=inf", 400, "invalid_value"),
    "A24 1e400": ("/v1/investments?amount__gte=1e400", 400, "invalid_value"),
    "A26 1e131072": ("/v1/investments?amount__gte=1e131072", 400, "invalid_value"),
    "A28 9999-12-31": ("/v1/products?launched__gte=9999-12-31", 400, "invalid_date"),
    "A29 the last instant": ("/v1/products?as_of=9999-12-31T23:59:59-12:00", 400, "invalid_value"),
    "A29 the first instant": ("/v1/products?as_of=0001-01-01T00:00:00%2B14:00", 400,
                              "invalid_value"),
    "A30 year 0": ("/v1/products?as_of=0000-01-01", 400, "invalid_value"),
    "A30 year 10000": ("/v1/products?on=10000-01-01", 400, "invalid_date"),
    "A30 infinity": ("/v1/products?launched__gte=infinity", 400, "invalid_date"),
    "A30 second 60": ("/v1/products?as_of=2023-01-01T00:00:60Z", 400, "invalid_value"),
    "A31 epoch": ("/v1/products?as_of=1677000000", 400, "invalid_value"),
    "A32 month 0": ("/v1/products?on=2024-00", 400, "invalid_date"),
    "A32 week": ("/v1/products?on=2024-W10", 400, "invalid_date"),
    "A32 full width": ("/v1/products?on=%EF%BC%92%EF%BC%90%EF%BC%92%EF%BC%94-01", 400,
                       "invalid_date"),
    "A63 sample": ("/v1/products?sample=99999999999", 400, "invalid_value"),
    "A65 sort twice": ("/v1/products?sort=name&sort=-name", 400, "invalid_value"),
    "A65 sort twice, listed": ("/v1/adoptions?sort=date,stage,-date", 400, "invalid_value"),
    "A65 sort, path": ("/v1/products?sort=a.b.c", 400, "unknown_field"),
    "A65 fields": ("/v1/products?fields=__class__", 400, "unknown_field"),
    "A65 include": ("/v1/products?include=__proto__", 400, "unknown_field"),
    "A66 NUL in a filter": ("/v1/products?filter=id%20%3D%20%22a%00%22", 400, "invalid_value"),
    "A66 NUL in a search": ("/v1/search?q=%00", 400, "invalid_value"),
    "A11 a filter 900 deep": ("/v1/products?filter=" + "(" * 900, 400, "filter_too_complex"),
    "A77 open word within": ("/v1/health/live", 404, "not_found"),
    "A96 key in the address": ("/v1/products?access_token=x", 400, "unknown_parameter"),
    "A46 long address": ("/v1/products?vendor_id=" + "a" * 9000, 414, "uri_too_long"),
    "A46 many values": ("/v1/products?vendor_id=" + ",".join(f"v{n}" for n in range(101)), 400,
                        "filter_too_complex"),
    "A76 double slash": ("//v1/products", 404, "not_found"),
    "A76 upper case": ("/V1/products", 404, "not_found"),
    "A76 dots": ("/v1/..%2fhealth/live", 404, "not_found"),
    "A76 semicolon": ("/v1/products;x", 404, "not_found"),
    "A106 docs": ("/docs/assets/..%2f..%2fapp.py", 404, "not_found"),
    "unknown path": ("/v2/products", 404, "not_found"),
    "unknown record": ("/v1/markets/nope", 404, "not_found"),
    "unknown market": ("/v1/markets/nope/homogenization", 404, "not_found"),
    "homogenization unit": ("/v1/markets/chat-assistants/homogenization?unit=x", 400,
                            "unknown_value"),
    "homogenization confidence": ("/v1/markets/chat-assistants/homogenization?confidence=nan", 400,
                                  "invalid_value"),
    "homogenization interval": ("/v1/markets/chat-assistants/homogenization?interval=week", 400,
                                "unknown_value"),
    "homogenization stage": ("/v1/markets/chat-assistants/homogenization?stage_min=announced", 400,
                             "unknown_value"),
    "time-to-copy market": ("/v1/features/long-context/time-to-copy?market=nope", 400,
                            "unknown_reference"),
    "time-to-copy horizons": ("/v1/features/long-context/time-to-copy?horizons_days=30,x", 400,
                              "invalid_value"),
    "time-to-copy window": ("/v1/features/long-context/time-to-copy?simultaneity_days=-1", 400,
                            "invalid_value"),
}  # fmt: skip


@pytest.mark.parametrize(("target", "status", "code"), HOSTILE.values(), ids=HOSTILE.keys())
async def test_hostile_requests(
    client: httpx.AsyncClient, target: str, status: int, code: str
) -> None:
    request = client.build_request("GET", "/")
    request.url = request.url.copy_with(raw_path=target.replace(" ", "%20").encode())
    assert_problem(await client.send(request), status, code)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "FOO"])
async def test_other_methods_name_what_is_allowed(client: httpx.AsyncClient, method: str) -> None:
    answer = await client.request(method, "/v1/products")
    assert_problem(answer, 405, "method_not_allowed")
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/v1/products.csv"),
        ("POST", "/v1/adoptions.ndjson"),
        ("DELETE", "/v1/products/kimi.csv"),
        ("PUT", "/v1/vendors/openai.json"),
        ("PATCH", "/v1/products/kimi.nope"),
    ],
)
async def test_nothing_is_written_at_the_address_of_a_format(
    client: httpx.AsyncClient, method: str, path: str
) -> None:
    answer = await client.request(method, path)
    assert_problem(answer, 405, "method_not_allowed")
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("/v1/adoptions", "GET, HEAD, OPTIONS, POST"),
        ("/v1/products", "GET, HEAD, OPTIONS"),
        ("/v1/products/kimi", "DELETE, GET, HEAD, OPTIONS, PATCH, PUT"),
        ("/v1/resolve", "OPTIONS, POST"),
        ("/v1/imports", "GET, HEAD, OPTIONS, POST"),
        ("/health/live", "GET, HEAD, OPTIONS"),
    ],
)
async def test_options_names_every_method(
    client: httpx.AsyncClient, path: str, methods: str
) -> None:
    answer = await client.options(path)
    assert (answer.status_code, answer.headers["allow"]) == (204, methods)


async def test_nothing_is_told_of_an_address_where_nothing_stands(
    client: httpx.AsyncClient,
) -> None:
    assert_problem(await client.options("/v1/nothing"), 404, "not_found")


async def test_the_address_of_a_format_names_what_it_takes(client: httpx.AsyncClient) -> None:
    assert (await client.options("/v1/adoptions.csv")).headers["allow"] == "GET, HEAD, OPTIONS"
    assert_problem(await client.post("/v1/nothing.csv"), 404, "not_found")


async def test_a_problem_on_head_has_no_body(client: httpx.AsyncClient) -> None:
    answer = await client.head("/v1/products?nope=1")
    assert (answer.status_code, answer.content) == (400, b"")
    assert answer.headers["content-type"] == "application/problem+json"


async def test_every_fault_is_told_at_once(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/products?marketids=chat-assistants&status=&limit=x")
    body = assert_problem(answer, 400, "unknown_parameter")
    assert [(e["code"], e["parameter"]) for e in body["errors"]] == [
        ("unknown_parameter", "marketids"),
        ("invalid_value", "limit"),
        ("empty_value", "status"),
    ]
    assert body["errors"][0]["did_you_mean"][0] == "market_ids"


async def test_problems_speak_chinese(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/nope", headers={"accept-language": "zh-CN,en;q=0.5"})
    assert (answer.json()["title"], answer.headers["content-language"]) == ("未找到", "zh")


async def test_two_hosts_are_refused(client: httpx.AsyncClient) -> None:
    request = client.build_request("GET", "/v1", headers=[("host", "a"), ("host", "b")])
    assert_problem(await client.send(request), 400, "invalid_host")


@pytest.mark.parametrize("q", ["' or 1=1--", "%_\\", "$$", "\u202e", "\U0001f4a9" * 100])
async def test_a66_whatever_is_searched_is_data(client: httpx.AsyncClient, q: str) -> None:
    assert (await client.get("/v1/search", params={"q": q})).status_code == 200


def forged(revision: object, after: object) -> str:
    """A cursor of the list of products, signed with a key that is not ours."""
    body = msgspec.json.encode([revision, "0123456789abcdef", after])
    signature = hmac.digest(b"guessed", b"parity cursor" + body, "sha256")
    checksum = hashlib.sha256(b"parity cursor" + body).digest()
    made = base64.urlsafe_b64encode
    return made(signature[:16] + body).decode() + "," + made(checksum[:8] + body).decode()


@pytest.mark.parametrize(
    ("revision", "after"),
    [
        (2, ["kimi"]),
        (2, []),
        (2, ["a", "b", "c"]),
        (2, [None]),
        (2, [7]),
        (2**70, ["kimi"]),
        (-1, ["kimi"]),
        ("2", ["kimi"]),
        (2, "kimi"),
        (2, ["\0"]),
    ],
)
async def test_a64_a_forged_cursor_is_none(
    client: httpx.AsyncClient, revision: object, after: object
) -> None:
    for cursor in forged(revision, after).split(","):
        answer = await client.get("/v1/products", params={"cursor": cursor})
        assert_problem(answer, 400, "cursor_invalid")


async def test_a64_a_cursor_is_good_for_its_own_question_only(client: httpx.AsyncClient) -> None:
    first = (await client.get("/v1/products?limit=1")).json()["page"]["next"]
    cursor = httpx.URL(first).params["cursor"] if "?" in first else first
    flipped = ("A" if cursor[0] != "A" else "B") + cursor[1:]
    for path in ("/v1/vendors?limit=1", "/v1/products?limit=1&vendor_id=openai"):
        assert_problem(await client.get(f"{path}&cursor={cursor}"), 400, "cursor_mismatch")
    for wrong in (flipped, cursor[:-3], cursor + "A"):
        answer = await client.get(f"/v1/products?limit=1&cursor={wrong}")
        assert_problem(answer, 400, "cursor_invalid")


@pytest.mark.parametrize("accept", ["application/xml", "x" * 10_000, "application/json;q=0"])
async def test_a73_accept_without_room_for_json(client: httpx.AsyncClient, accept: str) -> None:
    answer = await client.get("/v1/products/kimi", headers={"accept": accept})
    assert_problem(answer, 406, "not_acceptable")


@pytest.mark.parametrize("junk", ["application/json;q=zzz", "*/*;q=1e999", ",,;", "*/*;;;q="])
async def test_a73_junk_never_breaks(client: httpx.AsyncClient, junk: str) -> None:
    for name in ("accept", "accept-language", "accept-encoding"):
        answer = await client.get("/v1/products/kimi", headers={name: junk})
        assert answer.status_code in (200, 406)


async def test_a75_a_header_does_not_change_the_method(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/products/kimi", headers={"x-http-method-override": "DELETE"})
    assert (answer.status_code, answer.json()["id"]) == (200, "kimi")


@pytest.mark.parametrize("origin", ["null", "https://evil.example", "https://ok.example.evil.com"])
async def test_a79_every_origin_reads_and_none_with_credentials(
    client: httpx.AsyncClient, origin: str
) -> None:
    answer = await client.get("/v1/products/kimi", headers={"origin": origin, "cookie": "a=b"})
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers


async def test_a80_no_answer_reflects_a_forwarded_name(client: httpx.AsyncClient) -> None:
    evil = {f"x-forwarded-{word}": "evil.example" for word in ("host", "proto", "prefix", "port")}
    for path in ("/v1", "/v1/products?limit=1", "/openapi.json", "/v1/nope", "/v1/products/"):
        for host in ("parity.test", "evil.example"):
            answer = await client.get(path, headers={**evil, "host": host})
            assert "evil.example" not in answer.text + str(answer.headers)


async def test_a81_a_list_of_10000_tags_is_a_list(client: httpx.AsyncClient) -> None:
    tag = (await client.get("/v1/products/kimi")).headers["etag"]
    others = ", ".join(f'"r2-{n:016x}"' for n in range(10_000))
    for given, status in ((others, 200), (f"{tag}, {others}", 304), (f"W/{tag}", 304)):
        answer = await client.get("/v1/products/kimi", headers={"if-none-match": given})
        assert answer.status_code == status
