"""The examples of an operation, all of them together, are a question that the service answers."""

import json
from pathlib import Path
from typing import Any

import httpx

from service.store.database import Database
from tests.answers import bearer
from tests.clients import served
from tests.make import new_key

Parameter = dict[str, Any]
# One of two is to be given, and both have an example.
EITHER = {"/v1/compare": "vendors"}


def spelled(value: Any) -> str:
    """A value as it stands in an address."""
    if isinstance(value, list):
        return ",".join(map(spelled, value))
    return value if isinstance(value, str) else json.dumps(value)


def examples(operation: dict[str, Any], shared: dict[str, Parameter], place: str) -> dict[str, str]:
    """By parameter of the place; one without an example is left out."""
    found = {}
    for given in operation.get("parameters", []):
        parameter = shared[given["$ref"].rpartition("/")[2]] if "$ref" in given else given
        values = [parameter.get("example"), *parameter["schema"].get("examples", [])]
        if parameter["in"] == place and (kept := [one for one in values if one is not None]):
            found[parameter["name"]] = spelled(kept[0])
    return found


async def test_all_examples_of_a_read_together_are_answered(
    own_bundled: Database, repository: Path
) -> None:
    document = json.loads((repository / "openapi" / "openapi.json").read_bytes())
    _, secret = await new_key(own_bundled, "admin")
    async with served(own_bundled) as client:
        client.headers.update(bearer(secret))
        await asked_in_full(client, document)


async def asked_in_full(client: httpx.AsyncClient, document: dict[str, Any]) -> None:
    shared, faults, asked = document["components"]["parameters"], [], 0
    for path, item in document["paths"].items():
        if "get" not in item or path.endswith("/stream"):
            continue
        inside = examples(item["get"], shared, "path")
        if path.count("{") > len(inside):
            continue
        query = examples(item["get"], shared, "query")
        query.pop(EITHER.get(path, ""), None)
        answer = await client.get(path.format(**inside), params=query)
        asked += 1
        if answer.status_code != 200:
            faults.append((path, answer.status_code, answer.text))
    assert asked > 100
    assert faults == []
