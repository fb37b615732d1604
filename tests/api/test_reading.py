"""Lists and records by the conventions."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from service.api.http.examples import REQUESTS
from service.query.registry import COLLECTIONS
from service.store.database import Database
from service.usecases.imports.files import load
from tests.clients import served
from tests.make import PRODUCT, SMALL, lines
from tests.postgres import admin, database_name, of_database

NAMES = [c.name for c in COLLECTIONS]


async def test_a_list(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/products?vendor.country=CN&market_ids=chat-assistants&limit=2")
    body = answer.json()
    assert body["object"] == "list"
    assert [r["market_ids"] for r in body["data"]] != []
    assert body["total"] == {"value": 23, "relation": "eq"}
    assert body["meta"]["applied"] == {
        "filter": 'market_ids:"chat-assistants" AND vendor.country = "CN"',
        "sort": ["id"],
        "date_match": "certain",
        "q": None,
    }
    assert answer.headers["dataset-revision"] == "2"


@pytest.mark.parametrize("name", NAMES)
async def test_every_page_once_and_every_field_always(client: httpx.AsyncClient, name: str) -> None:
    seen: list[str] = []
    shapes: set[tuple[str, ...]] = set()
    target: str | None = f"/v1/{name}?limit=97"
    total = 0
    while target:
        answer = await client.get(target)
        body = answer.json()
        seen += [record["id"] for record in body["data"]]
        shapes |= {tuple(record) for record in body["data"]}
        target, total = body["page"]["next"], body["total"]["value"]
        assert ('rel="next"' in answer.headers["link"]) == (target is not None)
    assert len(seen) == len(set(seen)) == total
    assert len(shapes) <= 1


@pytest.mark.parametrize("name", NAMES)
async def test_a_record_is_what_its_list_says(client: httpx.AsyncClient, name: str) -> None:
    listed = (await client.get(f"/v1/{name}?limit=1&lang=zh")).json()["data"]
    for record in listed:
        assert (await client.get(f"{record['href']}?lang=zh")).json() == record


async def test_any_of_in_both_spellings(client: httpx.AsyncClient) -> None:
    comma = await client.get("/v1/products?vendor_id=openai,google")
    repeated = await client.get("/v1/products?vendor_id=google&vendor_id=openai")
    assert comma.json()["data"] == repeated.json()["data"]
    assert {r["vendor_id"] for r in comma.json()["data"]} == {"openai", "google"}


async def test_names_in_the_reader_language(client: httpx.AsyncClient) -> None:
    record = (await client.get("/v1/products/kimi?lang=zh-CN")).json()
    assert (record["name"], record["name_lang"]) == ("Kimi 智能助手", "zh")
    by_header = await client.get("/v1/products/kimi", headers={"accept-language": "zh-TW"})
    assert by_header.json()["name_lang"] == "zh"
    assert "Accept-Language" in by_header.headers["vary"]
    fallback = (await client.get("/v1/products/adobe-firefly?lang=zh")).json()
    assert (fallback["name"], fallback["name_lang"]) == ("Adobe Firefly", "en")


async def test_in_force_on_a_day(client: httpx.AsyncClient) -> None:
    before = await client.get("/v1/adoptions?product_id=kimi&on=2023-10-08")
    after = await client.get("/v1/adoptions?product_id=kimi&on=2024-12")
    assert (before.json()["total"]["value"], after.json()["meta"]["on"]) == (0, "2024-12-31")
    assert 0 < after.json()["total"]["value"] < 15


async def test_the_validator_saves_the_body(client: httpx.AsyncClient) -> None:
    first = await client.get("/v1/products?limit=5")
    again = await client.get(
        "/v1/products?limit=5", headers={"if-none-match": first.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")
    for name in ("etag", "cache-control", "vary", "dataset-revision"):
        assert again.headers[name] == first.headers[name]
    weak = {"if-none-match": f'"x", W/{first.headers["etag"]}'}
    assert (await client.get("/v1/products?limit=5", headers=weak)).status_code == 304
    other = await client.get(
        "/v1/products?limit=6", headers={"if-none-match": first.headers["etag"]}
    )
    assert other.status_code == 200


async def test_pinned_answers_are_immutable(client: httpx.AsyncClient) -> None:
    pinned = await client.get("/v1/products?as_of=rev:1")
    assert pinned.headers["cache-control"].endswith("immutable")
    assert pinned.headers["dataset-revision"] == "1"
    assert "immutable" not in (await client.get("/v1/products")).headers["cache-control"]


async def test_the_past_names_its_instant(client: httpx.AsyncClient) -> None:
    past = await client.get("/v1/products?as_of=rev:1")
    assert past.headers["memento-datetime"].endswith(" GMT")
    assert "memento-datetime" not in (await client.get("/v1/products")).headers


@pytest.mark.parametrize(
    ("accept", "status"),
    [("application/json", 200), ("text/html,*/*;q=0.8", 200), ("", 200), ("application/*", 200),
     ("application/xml", 406), ("application/json;q=0", 406), ("junk", 406)],
)  # fmt: skip
async def test_what_is_not_acceptable(client: httpx.AsyncClient, accept: str, status: int) -> None:
    answer = await client.get("/v1/products?limit=1", headers={"accept": accept})
    assert answer.status_code == status
    if status == 406:
        assert answer.json()["code"] == "not_acceptable"


async def test_head_is_get_without_a_body(client: httpx.AsyncClient) -> None:
    identity = {"accept-encoding": "identity"}
    for path in ("/v1", "/v1/products", "/v1/products/kimi", "/health/live", "/docs"):
        got = await client.get(path, headers=identity)
        head = await client.head(path, headers=identity)
        assert (head.status_code, head.content) == (got.status_code, b"")
        assert head.headers["content-length"] == str(len(got.content))


async def test_cors(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1", headers={"origin": "https://app.example"})
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "Dataset-Revision" in answer.headers["access-control-expose-headers"]
    asked = {"origin": "https://app.example", "access-control-request-method": "GET"}
    preflight = await client.options("/v1/products", headers=asked)
    assert preflight.status_code == 204
    assert "access-control-allow-credentials" not in preflight.headers


@pytest.mark.parametrize(
    "header",
    [
        "traceparent",
        "tracestate",
        "X-Requested-With",
        "If-Match",
        "If-None-Match",
        "Prefer",
        "Idempotency-Key",
        "Authorization",
        "Content-Type",
        "Cache-Control",
        "Last-Event-ID",
        "Content-Encoding",
    ],
)
async def test_a_page_may_send_what_clients_and_tracing_add(
    client: httpx.AsyncClient, header: str
) -> None:
    asked = {
        "origin": "https://app.example",
        "access-control-request-method": "PATCH",
        "access-control-request-headers": header,
    }
    allowed = (await client.options("/v1/products/kimi", headers=asked)).headers
    names = allowed["access-control-allow-headers"].lower().split(", ")
    assert header.lower() in names


@pytest.mark.parametrize("header", ["Allow", "Content-Encoding", "Retry-After", "Vary", "ETag"])
async def test_a_page_may_read_what_an_answer_says(client: httpx.AsyncClient, header: str) -> None:
    answer = await client.get("/v1/products", headers={"origin": "https://app.example"})
    assert header in answer.headers["access-control-expose-headers"].split(", ")


async def test_the_clients_request_id_is_kept(client: httpx.AsyncClient) -> None:
    kept = await client.get("/v1", headers={"request-id": "abc-12345"})
    assert kept.headers["request-id"] == "abc-12345"
    made = await client.get("/v1", headers={"request-id": "a b\x7f"})
    assert len(made.headers["request-id"]) == 36


async def test_a_trailing_slash_moves_for_good(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/products/?limit=1")
    assert (answer.status_code, answer.headers["location"]) == (308, "/v1/products?limit=1")


async def test_a_list_goes_on_in_its_revision(own_bundled: Database) -> None:
    async with served(own_bundled) as client:
        first = (await client.get("/v1/products?limit=100")).json()
        new = {**PRODUCT, "id": "zzz", "vendor": "openai", "markets": ["chat-assistants"]}
        assert (await load(own_bundled, lines(new), comment="meanwhile")).revision == 3
        rest = (await client.get(first["page"]["next"])).json()
        assert (rest["meta"]["revision"], len(rest["data"])) == (2, 30)
        assert (await client.get("/v1/products/zzz")).headers["dataset-revision"] == "3"
        mixed = await client.get(first["page"]["next"] + "&vendor_id=openai")
        assert mixed.json()["code"] == "cursor_mismatch"


async def test_an_empty_base_answers_empty_lists(database: Database) -> None:
    async with served(database) as client:
        for name in NAMES:
            body = (await client.get(f"/v1/{name}")).json()
            assert (body["data"], body["page"]["next_cursor"]) == ([], None)


async def test_a_base_of_before_is_still_there(database: Database) -> None:
    await load(database, lines(*SMALL), comment="one")
    await load(database, lines({**PRODUCT, "launched": "2025"}), comment="two")
    async with served(database) as client:
        now = (await client.get("/v1/products/p")).json()
        then = (await client.get("/v1/products/p?as_of=rev:1")).json()
    assert (now["launched"], now["revision"]) == ("2025", 2)
    assert (then["launched"], then["revision"]) == ("2024-01", 1)


async def test_health_and_version(client: httpx.AsyncClient) -> None:
    assert (await client.get("/health/live")).json() == {"status": "live"}
    ready = {"status": "ready", "revision": 2}
    ready["checks"] = {"database": "ok", "writes": "ok", "pages": "ok"}
    assert (await client.get("/health/ready")).json() == ready
    version = (await client.get("/version")).json()
    assert (version["name"], version["api_version"], version["revision"]) == ("parity", "1.0.0", 2)


async def test_a_base_that_is_gone_is_503_with_retry(database: Database) -> None:
    async with served(database) as client:
        name = database_name(database.url)
        await database.close()
        await admin(of_database(database.url, "postgres"), f"DROP DATABASE {name} WITH (FORCE)")
        for path in ("/v1/products", "/health/ready", "/v1/markets/m/homogenization"):
            answer = await client.get(path)
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
            assert answer.json()["code"] == "database_unavailable"
        assert (await client.get("/health/live")).status_code == 200
        await admin(of_database(database.url, "postgres"), f"CREATE DATABASE {name}")


async def test_openapi_is_the_committed_file(client: httpx.AsyncClient, repository: Path) -> None:
    served_document = (await client.get("/openapi.json")).content
    assert served_document == (repository / "openapi/openapi.json").read_bytes()


@pytest.mark.parametrize(("operation", "target"), REQUESTS.items(), ids=REQUESTS.keys())
async def test_answers_and_examples_have_the_documented_shape(
    client: httpx.AsyncClient, repository: Path, operation: str, target: str
) -> None:
    document = json.loads((repository / "openapi/openapi.json").read_bytes())
    found = [
        path["get"]
        for path in document["paths"].values()
        if path.get("get", {}).get("operationId") == operation
    ]
    content = found[0]["responses"]["200"]["content"]["application/json"]
    schema = {**content["schema"], "components": document["components"]}
    body = (await client.get(target)).json()
    for shown in (body, content["example"]):
        Draft202012Validator(schema).validate(shown)
    assert shape(body) == shape(content["example"])


def shape(value: Any) -> Any:
    """The keys at every depth, in order."""
    if isinstance(value, dict):
        return {key: shape(part) for key, part in value.items()}
    return [shape(value[0])] if isinstance(value, list) and value else None


def test_the_description_is_valid(repository: Path) -> None:
    validate(json.loads((repository / "openapi/openapi.json").read_bytes()))
