"""What somebody finds who knows nothing but the host."""

import re

import httpx
import pytest

from service.api.routes import READS, WRITES
from service.model.errors import Code
from service.model.notices import WarningCode

DESCRIPTIONS = {"/openapi.json": "service-desc", "/docs": "service-doc"}


def links(answer: httpx.Response) -> dict[str, str]:
    return dict(re.findall(r'<([^>]+)>; rel="([^"]+)"', answer.headers.get("link", "")))


async def test_the_root_leads_everywhere(client: httpx.AsyncClient) -> None:
    answer = await client.get("/")
    assert (answer.status_code, answer.json()["object"]) == (200, "service")
    for href in answer.json()["links"].values():
        assert (await client.get(href)).status_code == 200, href


@pytest.mark.parametrize(
    "path", ["/", "/v1", "/v1/nope", "/v1/products/nope", "/nope", "/v1//products", "/problems/x"]
)
async def test_the_descriptions_are_linked(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path)
    assert DESCRIPTIONS.items() <= links(answer).items()
    assert (await client.head(path)).headers["link"] == answer.headers["link"]


async def test_the_index_names_every_operation(client: httpx.AsyncClient) -> None:
    groups = (await client.get("/v1")).json()["groups"]
    document = (await client.get("/openapi.json")).json()
    found = {}
    for name, group in groups.items():
        assert group["description"]
        for address in group["addresses"]:
            for operation in address["operations"]:
                found[operation["operation_id"]] = operation
                if operation["schema"] is None:
                    assert name == "Pages"
                    continue
                pointer = httpx.URL(operation["schema"]).fragment
                _, paths, path, method = pointer.split("/")
                path = path.replace("~1", "/").replace("~0", "~")
                assert (path, method) == (address["path"], operation["method"].lower())
                shown = document[paths][path][method]
                assert shown["operationId"] == operation["operation_id"]
                assert shown["summary"] == operation["summary"] != ""
    assert {operation.id for operation in (*READS, *WRITES)} < found.keys()
    assert {"get_docs", "get_openapi", "list_problems", "get_api_catalog"} < found.keys()


async def test_the_index_is_validated(client: httpx.AsyncClient) -> None:
    tag = (await client.get("/v1")).headers["etag"]
    assert (await client.get("/v1", headers={"if-none-match": tag})).status_code == 304


@pytest.mark.parametrize("lang", ["en", "zh"])
async def test_every_code_is_listed(client: httpx.AsyncClient, lang: str) -> None:
    headers = {"accept": "application/json", "accept-language": lang}
    answer = await client.get("/problems", headers=headers)
    assert answer.headers["content-language"] == lang
    found = answer.json()
    assert {told["code"]: told["status"] for told in found["errors"]} == {
        code.value: code.status for code in Code
    }
    assert {told["code"] for told in found["warnings"]} == set(WarningCode)
    for told in (*found["errors"], *found["warnings"]):
        assert bool(re.search("[\u4e00-\u9fff]", told["title"] + told["help"])) == (lang == "zh")
    told = found["errors"][0]
    alone = await client.get(told["href"], headers=headers)
    assert alone.json() == told


async def test_the_page_of_codes_and_the_pages_of_each_lead_to_each_other(
    client: httpx.AsyncClient,
) -> None:
    page = await client.get("/problems", headers={"accept": "text/html"})
    assert page.headers["content-type"].startswith("text/html")
    assert set(re.findall('href="/problems/([a-z_]+)"', page.text)) == {*Code, *WarningCode}
    for code in (Code.GONE, WarningCode.DATE_UNDECIDED, Code.UNKNOWN_VALUE):
        assert 'href="/problems"' in (await client.get(f"/problems/{code}")).text
    chinese = await client.get("/problems?lang=zh", headers={"accept": "text/html"})
    assert '<html lang="zh-Hans">' in chinese.text
    refused = await client.get("/problems", headers={"accept": "image/png"})
    assert refused.status_code == 406


async def test_the_catalogue_of_apis(client: httpx.AsyncClient) -> None:
    answer = await client.get("/.well-known/api-catalog")
    assert answer.headers["content-type"].startswith("application/linkset+json")
    assert links(answer) == {"/.well-known/api-catalog": "api-catalog"}
    _, api = answer.json()["linkset"]
    assert api["anchor"] == "/v1"
    for relation in ("service-desc", "service-doc", "service-meta", "status"):
        for target in api[relation]:
            described = await client.get(target["href"])
            assert described.headers["content-type"].startswith(target["type"])


async def test_the_promise_is_served(client: httpx.AsyncClient) -> None:
    address = (await client.get("/v1")).json()["links"]["compatibility"]
    for form, kind in (("", "text/html"), (".md", "text/markdown")):
        answer = await client.get(address + form)
        assert answer.headers["content-type"].startswith(kind)
        assert "Sunset" in answer.text
