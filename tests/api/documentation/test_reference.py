"""The reference: a page for every operation of the document, made of it alone."""

import json
import re
import shlex
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import httpx
import jsonschema
import pytest

from service.api.documentation.operations import Found, filled
from service.api.routes import READS, WRITES


async def test_every_operation_is_listed_and_has_its_page(client: httpx.AsyncClient) -> None:
    index = (await client.get("/docs/reference")).text
    listed = set(re.findall(r'href="/docs/reference/(\w+)"', index))
    assert listed == {operation.id for operation in (*READS, *WRITES)}
    for operation in sorted(listed):
        page = await client.get(f"/docs/reference/{operation}")
        assert page.status_code == 200, operation
        anchors = set(re.findall(r'id="(\w+)"', page.text))
        assert set(re.findall(r'href="#(\w+)"', page.text)) <= anchors | {"main"}, operation


async def command_of(client: httpx.AsyncClient, operation: str) -> list[str]:
    page = (await client.get(f"/docs/reference/{operation}")).text
    (command, *_) = re.findall(r"<pre[^>]*><code>(curl .*?)</code>", page, re.DOTALL)
    return shlex.split(unescape(command).replace("\\\n", " "))


async def test_the_commands_of_reads_are_answered(client: httpx.AsyncClient) -> None:
    """Those that need no key and no id that only a running base has."""
    wrong = {}
    for operation in READS:
        if operation.scope in ("read", "open") and operation.id != "stream_changes":
            command = await command_of(client, operation.id)
            address = next(part for part in command if part.startswith("http"))
            path, query = urlsplit(address).path, urlsplit(address).query
            if not re.search(r"/[A-Z_]{2,}(?=/|$)", path):
                answer = await client.get(f"{path}?{query}" if query else path)
                if answer.status_code >= 400:
                    wrong[operation.id] = answer.text
    assert wrong == {}


async def test_the_bodies_have_the_shape_that_is_asked_for(client: httpx.AsyncClient) -> None:
    document = (await client.get("/openapi.json")).json()
    n_checked = 0
    for methods in document["paths"].values():
        for operation in methods.values():
            content = operation.get("requestBody", {}).get("content", {})
            schema = next(iter(content.values()), {}).get("schema", {})
            if "$ref" in schema:
                command = await command_of(client, operation["operationId"])
                body = json.loads(command[command.index("-d") + 1])
                whole = {**schema, "components": document["components"]}
                jsonschema.validate(body, whole)
                n_checked += 1
    assert n_checked > 50


@pytest.mark.parametrize(
    ("asked", "location"),
    [
        ("get_product/try?path.record_id=kimi&lang=zh&on=", "/v1/products/kimi?lang=zh"),
        ("list_products/try?vendor.country=CN&name=", "/v1/products?vendor.country=CN"),
        ("get_product/try", "/v1/products/RECORD_ID"),
        ("get_product/try?path.record_id=//evil.example", "/v1/products/%2F%2Fevil.example"),
        ("get_product/try?path.record_id=a%0d%0ab:c", "/v1/products/a%0D%0Ab:c"),
    ],
)
async def test_a_form_leads_to_what_it_asks(
    client: httpx.AsyncClient, asked: str, location: str
) -> None:
    answer = await client.get(f"/docs/reference/{asked}")
    assert (answer.status_code, answer.headers["location"]) == (303, location)


async def test_the_reference_is_small_and_asks_for_no_script_of_its_own(
    client: httpx.AsyncClient,
) -> None:
    page = await client.get("/docs/reference")
    assert len(page.content) < 150_000
    scripts = re.findall(r"<script[^>]*>", page.text)
    assert len(scripts) == 1
    assert re.search(r'src="/assets/\w+/explorer.js" defer', scripts[0])


def test_a_path_is_filled_by_name() -> None:
    assert filled("/v1/{a}/b/{c}", {"a": "x y"}) == "/v1/x%20y/b/C"


def test_a_parameter_is_found_behind_its_reference() -> None:
    document: Any = {"components": {"parameters": {"On": {"name": "on"}}}}
    operation = {"operationId": "x", "parameters": [{"$ref": "#/components/parameters/On"}]}
    assert Found("/x", "GET", operation, document).parameters == [{"name": "on"}]
