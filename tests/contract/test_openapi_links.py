"""The links of the OpenAPI document lead from real answers to operations that take them."""

import json
import re
from pathlib import Path
from typing import Any

import httpx
import pytest

JSON = "application/json"
Operation = dict[str, Any]


@pytest.fixture(scope="module")
def document(repository: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((repository / "openapi" / "openapi.json").read_bytes())
    return read


@pytest.fixture(scope="module")
def operations(document: dict[str, Any]) -> dict[str, Operation]:
    """By id, with their path and method."""
    return {
        operation["operationId"]: operation | {"path": path, "method": method}
        for path, item in document["paths"].items()
        for method, operation in item.items()
    }


def linked(operation: Operation) -> list[str]:
    return [
        name
        for status, answer in operation["responses"].items()
        if status.startswith("2")
        for name in answer.get("links", {})
    ]


def parameters_of(document: dict[str, Any], operation: Operation) -> set[str]:
    shared = document["components"]["parameters"]
    resolved = [
        shared[p["$ref"].rpartition("/")[2]] if "$ref" in p else p for p in operation["parameters"]
    ]
    return {p["name"] if p["in"] != "header" else f"header.{p['name']}" for p in resolved}


def test_what_was_made_leads_to_reading_changing_and_retiring_it(
    operations: dict[str, Operation],
) -> None:
    made = ["get_vendor", "change_vendor", "retire_vendor", "get_vendor_history"]
    assert linked(operations["put_vendor"]) == [*made, *made]  # 200 and 201
    assert linked(operations["create_adoption"]) == [
        name.replace("vendor", "adoption") for name in made
    ]


def test_a_list_leads_to_a_record_and_an_import_to_its_state(
    operations: dict[str, Operation],
) -> None:
    assert linked(operations["list_vendors"]) == ["get_vendor"]
    assert linked(operations["create_import"]) == [
        "get_import",
        "list_import_rows",
        "revert_import",
    ]
    assert linked(operations["list_webhook_deliveries"]) == ["get_webhook_delivery"]


def test_every_link_is_used_and_names_an_operation_and_parameters_that_are_there(
    document: dict[str, Any], operations: dict[str, Operation]
) -> None:
    links = document["components"]["links"]
    used = {
        link["$ref"].rpartition("/")[2]
        for operation in operations.values()
        for answer in operation["responses"].values()
        for link in answer.get("links", {}).values()
    }
    assert used == links.keys()
    for link in links.values():
        target = operations[link["operationId"]]
        assert link["parameters"].keys() <= parameters_of(document, target), link


async def test_the_first_of_a_list_is_what_the_link_gets(
    client: httpx.AsyncClient, document: dict[str, Any], operations: dict[str, Operation]
) -> None:
    """Of every public list that holds something on the bundled data."""
    followed = 0
    for operation in operations.values():
        if operation["method"] != "get" or {} not in operation["security"]:
            continue
        if "{" in operation["path"] or not linked(operation):
            continue
        answer = await client.get(operation["path"])
        for name in linked(operation):
            link = document["components"]["links"][_of(operation, name)]
            ((parameter, expression),) = link["parameters"].items()
            if (id_ := _evaluated(expression, answer.json())) is None:
                continue
            got = await client.get(operations[name]["path"].format(**{parameter: id_}))
            assert got.status_code == 200, (operation["path"], name, id_)
            followed += 1
    assert followed >= 15


def _of(operation: Operation, name: str) -> str:
    links = operation["responses"]["200"]["links"]
    return str(links[name]["$ref"].rpartition("/")[2])


def _evaluated(expression: str, answer: Any) -> Any:
    pointer = re.fullmatch(r"\$response\.body#/(.*)", expression)
    assert pointer is not None
    for step in pointer[1].split("/"):
        if isinstance(answer, list):
            if not answer:
                return None
            answer = answer[int(step)]
        else:
            answer = answer[step]
    return answer
