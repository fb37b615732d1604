"""The OpenAPI document serves people and generators; python -m bench.clients runs generators."""

import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator

BYTES_MAX, PARAMETERS_MAX = 932_000, 60
METHODS = ("get", "put", "post", "patch", "delete")
NATURAL = re.compile(r"([A-Z][a-z0-9]+|[A-Z]{2,}(?=[A-Z]|\Z))+")
JSON = "application/json"
Operation = tuple[str, str, dict[str, Any]]


@pytest.fixture(scope="module")
def content(repository: Path) -> bytes:
    return (repository / "openapi" / "openapi.json").read_bytes()


@pytest.fixture(scope="module")
def document(content: bytes) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(content)
    return read


@pytest.fixture(scope="module")
def operations(document: dict[str, Any]) -> list[Operation]:
    """Path, method, and the operation with its references to parameters resolved."""
    shared = document["components"].get("parameters", {})
    found = []
    for path, item in document["paths"].items():
        for method in METHODS:
            if (operation := item.get(method)) is not None:
                given = [*item.get("parameters", []), *operation.get("parameters", [])]
                resolved = [
                    shared[p["$ref"].rpartition("/")[2]] if "$ref" in p else p for p in given
                ]
                found.append((path, method, operation | {"parameters": resolved}))
    return found


def validator(document: dict[str, Any], schema: dict[str, Any]) -> Draft202012Validator:
    return Draft202012Validator({"components": document["components"], "allOf": [schema]})


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in a value, itself included."""
    if isinstance(value, dict):
        yield value
        for part in value.values():
            yield from nodes(part)
    elif isinstance(value, list):
        for part in value:
            yield from nodes(part)


def spelled(value: Any) -> str:
    """A value as it stands in a query string."""
    if isinstance(value, list):
        return ",".join(spelled(item) for item in value)
    return value if isinstance(value, str) else json.dumps(value)


def example_of(parameter: dict[str, Any]) -> Any:
    given = [example["value"] for example in parameter.get("examples", {}).values()]
    return parameter.get("example", (given + parameter["schema"].get("examples", []) + [None])[0])


def public_reads(operations: list[Operation]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The reads that need no key and end, at their examples: the address and the operation."""
    for path, method, operation in operations:
        if method != "get" or path.endswith("/stream") or {} not in operation["security"]:
            continue
        inside = {p["name"]: example_of(p) for p in operation["parameters"] if p["in"] == "path"}
        if None not in inside.values():
            yield path.format(**inside), operation


def filled(operation: dict[str, Any]) -> dict[str, str]:
    """What /docs fills in: what is required, and what has an example beside its schema."""
    return {
        p["name"]: spelled(example_of(p))
        for p in operation["parameters"]
        if p["in"] == "query" and (p.get("required") or "example" in p)
    }


def defaults(operation: dict[str, Any]) -> dict[str, str]:
    return {
        p["name"]: spelled(p["schema"]["default"])
        for p in operation["parameters"]
        if p["in"] == "query" and "default" in p["schema"]
    }


def test_it_is_small(content: bytes) -> None:
    assert len(content) < BYTES_MAX


def test_an_operation_has_few_parameters(operations: list[Operation]) -> None:
    counts = {op["operationId"]: len(op["parameters"]) for *_, op in operations}
    assert {name: n for name, n in counts.items() if n > PARAMETERS_MAX} == {}


def test_titles_are_unique_and_natural(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    titles = Counter(schema.get("title", name) for name, schema in schemas.items())
    assert [title for title, n in titles.items() if n > 1] == []
    names = {*schemas, *titles}
    assert [name for name in sorted(names) if not NATURAL.fullmatch(name)] == []


def test_names_stay_apart_in_every_spelling(document: dict[str, Any]) -> None:
    """A generator writes vendor.id and vendor_id as VendorId, both."""
    for kind, components in document["components"].items():
        spellings = Counter(re.sub(r"[^a-z0-9]", "", name.lower()) for name in components)
        assert [name for name, n in spellings.items() if n > 1] == [], kind


def test_no_property_bears_the_name_of_its_schema(document: dict[str, Any]) -> None:
    """The variable of the property would hide that of the record in generated Python."""
    for name, schema in document["components"]["schemas"].items():
        snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
        assert snake not in schema.get("properties", {}), name


def test_every_default_and_example_is_in_its_own_schema(
    document: dict[str, Any], operations: list[Operation]
) -> None:
    faults = []
    for *_, operation in operations:
        for parameter in operation["parameters"]:
            given = [example_of(parameter)] if example_of(parameter) is not None else []
            faults += _outside(document, parameter["schema"], given, parameter["name"])
    for name, component in document["components"]["schemas"].items():
        for node in nodes(component):
            faults += _outside(document, node, [], name)
    assert faults == []


def _outside(document: dict[str, Any], schema: dict[str, Any], given: list[Any], name: str) -> Any:
    """The default and the examples that their schema refuses."""
    is_schema = any(key in schema for key in ("type", "enum", "oneOf", "anyOf", "allOf", "$ref"))
    listed = schema.get("examples", []) if isinstance(schema.get("examples"), list) else []
    values = [*given, *listed, *([schema["default"]] if "default" in schema else [])]
    if not is_schema or not values:
        return []
    valid = validator(document, schema)
    return [(name, value) for value in values if not valid.is_valid(value)]


def test_what_is_json_is_no_text(operations: list[Operation]) -> None:
    shown = [
        (media, content["schema"].get("type"))
        for *_, operation in operations
        for answer in operation["responses"].values()
        for media, content in answer.get("content", {}).items()
        if media.partition(";")[0].endswith("+json")
    ]
    assert ("application/feed+json", "object") in shown
    assert {kind for _, kind in shown} == {"object"}


def test_arrays_say_of_what(document: dict[str, Any]) -> None:
    lists = [node for node in nodes(document) if node.get("type") == "array"]
    assert [node for node in lists if "items" not in node] == []


def test_a_choice_of_one_is_no_choice(document: dict[str, Any]) -> None:
    choices = [node[key] for node in nodes(document) for key in ("oneOf", "anyOf") if key in node]
    assert [choice for choice in choices if len(choice) < 2] == []


def test_no_parameter_is_null(operations: list[Operation]) -> None:
    """A query string has no null."""
    for *_, operation in operations:
        for parameter in operation["parameters"]:
            assert '"null"' not in json.dumps(parameter["schema"]), parameter["name"]
            assert parameter["schema"].get("default", "") is not None, parameter["name"]


def test_json_comes_first(operations: list[Operation]) -> None:
    """Generators and pages take the first media type that they know."""
    for path, _, operation in operations:
        for answer in operation["responses"].values():
            kinds = list(answer.get("content", {}))
            assert JSON not in kinds[1:], path


def test_all_is_described(document: dict[str, Any], operations: list[Operation]) -> None:
    assert all(tag.get("description") for tag in document["tags"])
    assert [op["operationId"] for *_, op in operations if not op.get("description")] == []
    for *_, operation in operations:
        for parameter in operation["parameters"]:
            assert parameter.get("description"), (operation["operationId"], parameter["name"])


async def test_reads_answer_as_they_come_up(
    client: httpx.AsyncClient, document: dict[str, Any], operations: list[Operation]
) -> None:
    """With the examples of what is required; the answer has the shape that the document says."""
    faults = []
    for address, operation in public_reads(operations):
        answer = await client.get(address, params=filled(operation))
        if answer.status_code != 200:
            faults.append((address, answer.status_code, answer.text[:200]))
        elif answer.headers["content-type"].startswith(JSON):
            schema = operation["responses"]["200"]["content"][JSON]["schema"]
            errors = validator(document, schema).iter_errors(answer.json())
            faults += [(address, 200, error.message[:200]) for error in errors]
    assert faults == []


async def test_defaults_are_accepted(
    client: httpx.AsyncClient, operations: list[Operation]
) -> None:
    """A generated client sends every default; a person may send some."""
    faults, chance = [], random.Random(12)
    for address, operation in public_reads(operations):
        stated = defaults(operation)
        some = dict(chance.sample(sorted(stated.items()), len(stated) // 2))
        for chosen in (stated, some):
            answer = await client.get(address, params={**filled(operation), **chosen})
            if answer.status_code == 400:
                faults.append((address, chosen, answer.json()["errors"]))
    assert faults == []


async def test_required_means_required(
    client: httpx.AsyncClient, operations: list[Operation]
) -> None:
    """Without any one of its required parameters an operation answers nothing."""
    for address, operation in public_reads(operations):
        given = filled(operation)
        required = {p["name"] for p in operation["parameters"] if p.get("required")}
        for name in required.intersection(given):
            rest = {other: value for other, value in given.items() if other != name}
            answer = await client.get(address, params=rest)
            assert answer.status_code == 400, (address, name)
            assert name in {fault["parameter"] for fault in answer.json()["errors"]}, address


async def test_a_problem_has_the_shape_that_is_told(
    client: httpx.AsyncClient, document: dict[str, Any], operations: list[Operation]
) -> None:
    valid = validator(document, {"$ref": "#/components/schemas/Problem"})
    faults = []
    for address, operation in public_reads(operations):
        answer = await client.get(address, params={**filled(operation), "nope": "1"})
        assert answer.status_code == 400, address
        faults += [(address, error.message[:200]) for error in valid.iter_errors(answer.json())]
    absent = (await client.get("/v1/products/nope")).json()
    assert [*faults, *valid.iter_errors(absent)] == []


@pytest.mark.parametrize(("taken", "status"), [("Prefer", "204"), ("Idempotency-Key", "422")])
def test_what_a_header_may_bring_about_is_documented(
    operations: list[Operation], taken: str, status: str
) -> None:
    """Of Prefer an answer without a body, where one would be 200; a key that is sent again."""
    silent = [
        op["operationId"]
        for *_, op in operations
        if taken in (p["name"] for p in op["parameters"])
        and not {status, "201" if status == "204" else status, "202"} & op["responses"].keys()
    ]
    assert silent == []


def test_no_text_of_a_parameter_may_be_empty(operations: list[Operation]) -> None:
    """The service refuses `name=`, and so does the document."""
    given = [p for *_, op in operations for p in op["parameters"] if p["in"] == "query"]
    words = [(p["name"], p["schema"].get("items", p["schema"])) for p in given]
    free = [(name, word) for name, word in words if word.get("type") == "string"]
    assert len(free) > 500
    assert [name for name, word in free if _matches(word, "")] == []


def test_what_may_be_made_has_the_form_of_an_id(operations: list[Operation]) -> None:
    puts = [(path, op) for path, method, op in operations if method == "put"]
    assert puts
    for path, operation in puts:
        (id_,) = [p for p in operation["parameters"] if p["in"] == "path"]
        taken = [one for one in ("kimi", "Kimi", "k_i", "") if _matches(id_["schema"], one)]
        assert taken == ["kimi"], path


def _matches(schema: dict[str, Any], value: Any) -> bool:
    return Draft202012Validator(schema).is_valid(value)


def test_a_patch_empties_only_what_may_be_null(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    for name, body in schemas.items():
        if not name.endswith("Body") or (patch := schemas.get(f"{name[:-4]}Patch")) is None:
            continue
        for member in body["required"]:
            assert not _matches(patch["properties"][member], None), (name, member)
