"""The committed clients are what the document makes, and say all that it says."""

import copy
import inspect
import json
import re
import tomllib
from pathlib import Path
from typing import Any, NotRequired, Required, get_origin, get_type_hints

import click.testing
import httpx
import pytest
from parity_client import _operations, _parameters, models
from parity_client._core import said
from parity_client._operations import HEADERS, OPERATIONS, QUERY, AsyncOperations, Operations
from parity_client._requests import request_of

from service.commands.clients import clients
from service.formats.clients import LANGUAGES, files

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "openapi/clients"
DOCUMENT: dict[str, Any] = json.loads((ROOT / "openapi/openapi.json").read_bytes())
FOUND = [
    (path, method, operation)
    for path, item in DOCUMENT["paths"].items()
    for method, operation in item.items()
    if "operationId" in operation
]
MEMBERS = {
    name: schema
    for name, schema in DOCUMENT["components"]["schemas"].items()
    if "properties" in schema
}
DECLARED = {
    name: (FOLDER / "typescript" / name).read_text("utf-8")
    for name in ("models.d.ts", "parameters.d.ts", "paths.d.ts")
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_committed_files_are_what_the_document_makes(language: str) -> None:
    for name, text in files(DOCUMENT, language).items():
        assert (FOLDER / language / name).read_text("utf-8") == text, f"`parity clients` for {name}"


def test_the_check_tells_which_file_is_another(tmp_path: Path) -> None:
    run = click.testing.CliRunner().invoke
    asked = ["typescript", "--document", str(ROOT / "openapi/openapi.json"), "-o", str(tmp_path)]
    assert run(clients, asked).exit_code == 0
    assert run(clients, [*asked, "--check"]).exit_code == 0
    (tmp_path / "typescript/models.d.ts").write_text("other")
    told = run(clients, [*asked, "--check"])
    assert (told.exit_code, "models.d.ts" in told.output) == (2, True)
    assert (tmp_path / "typescript/models.d.ts").read_text() == "other"


def test_every_operation_has_a_method_in_each_client() -> None:
    for path, method, operation in FOUND:
        name = operation["operationId"]
        assert (OPERATIONS[name].method, OPERATIONS[name].path) == (method.upper(), path)
        assert callable(getattr(Operations, name))
        assert callable(getattr(AsyncOperations, name))
        assert f"`{name}`: " in DECLARED["paths.d.ts"]
    assert len(OPERATIONS) == len(FOUND) == DECLARED["paths.d.ts"].count(": Operation<\n")


def test_what_is_text_in_the_document_is_text_in_python() -> None:
    """A media type without a schema is bytes."""
    declared = {
        media: "schema" in shown and shown["schema"].get("format") != "binary"
        for _, _, operation in FOUND
        for answer in operation["responses"].values()
        for media, shown in answer.get("content", {}).items()
        if media not in ("application/json", "application/problem+json")
    }
    assert len(declared) > 10
    for media, is_text in declared.items():
        request = request_of("export_collection", {}, ("products",), accept=media)
        response = httpx.Response(200, headers={"content-type": media}, content=b"x")
        assert isinstance(said(request, response), str) == is_text, media


def _taken(operation: dict[str, Any]) -> list[dict[str, Any]]:
    shared = DOCUMENT["components"]["parameters"]
    return [
        shared[one["$ref"].rpartition("/")[2]] if "$ref" in one else one
        for one in operation.get("parameters", ())
    ]


@pytest.mark.parametrize("client", [Operations, AsyncOperations])
def test_a_method_takes_what_its_operation_takes(client: type) -> None:
    for _, _, operation in FOUND:
        method = getattr(client, operation["operationId"])
        given = inspect.signature(method).parameters
        taken = _taken(operation)
        ids = [one["name"] for one in taken if one["in"] == "path"]
        assert list(given)[1 : 1 + len(ids)] == ids
        assert ("body" in given) == ("requestBody" in operation)
        named = {one["name"] for one in taken if one["in"] in ("query", "header")}
        assert _named(given) == named


def _named(given: Any) -> set[str]:
    """The names on the wire of what is taken by name."""
    if "query" not in given:
        return set()
    (kind,) = re.findall(r"Unpack\[(\w+)\]", str(given["query"].annotation))
    names = set(getattr(_parameters, kind).__annotations__) - {"where"}
    return {QUERY.get(name) or HEADERS.get(name) or name for name in names}


def test_required_and_optional_null_and_absent_are_as_the_document_says() -> None:
    for name, schema in MEMBERS.items():
        made = getattr(models, name)
        hints = get_type_hints(made)
        assert set(hints) == set(schema["properties"])
        assert _required(made) == set(schema["required"]), name
        for member, inner in schema["properties"].items():
            may_be_null = {"type": "null"} in inner.get("anyOf", ())
            kinds = getattr(hints[member], "__args__", ())
            assert (type(None) in kinds) == may_be_null, f"{name}.{member}"


def _required(made: Any) -> set[str]:
    """`__required_keys__` is wrong where annotations are texts."""
    hints = get_type_hints(made, include_extras=True)
    marked = {name: get_origin(kind) for name, kind in hints.items()}
    return {
        name
        for name, mark in marked.items()
        if mark is Required or (made.__total__ and mark is not NotRequired)
    }


def test_the_same_members_are_declared_in_typescript() -> None:
    for name, schema in MEMBERS.items():
        (block,) = re.findall(
            rf"^export interface {name} \{{(.*?)^\}}",
            DECLARED["models.d.ts"],
            re.MULTILINE | re.DOTALL,
        )
        block = re.sub(r"(?s)/\*\*.*?\*/", "", block)
        found = dict(re.findall(r'(?m)^  "?([\w-]+)"?(\??): ', block))
        required = {member for member, mark in found.items() if not mark}
        assert (set(found), required) == (set(schema["properties"]), set(schema["required"])), name


def test_a_list_that_were_to_be_repeated_is_refused() -> None:
    """Both clients send lists with commas, whatever the parameter."""
    other = copy.deepcopy(DOCUMENT)
    other["components"]["parameters"]["VendorId"]["explode"] = True
    for language in LANGUAGES:
        with pytest.raises(ValueError, match="vendor_id"):
            files(other, language)


def test_two_parameters_of_one_name_in_python_are_refused() -> None:
    other = copy.deepcopy(DOCUMENT)
    other["components"]["parameters"]["VendorId"]["name"] = "vendor-country"
    with pytest.raises(ValueError, match="vendor_country"):
        files(other, "python")


def test_a_word_that_comes_later_fits_an_answer_and_no_body() -> None:
    hints = get_type_hints(models.Adoption)
    assert str in hints["stage"].__args__
    assert str not in get_type_hints(models.AdoptionBody)["stage"].__args__
    assert 'stage: Open<"announced" | "ga" | "preview">;' in DECLARED["models.d.ts"]
    assert 'stage: "announced" | "preview" | "ga";' in DECLARED["models.d.ts"]


def test_texts_that_would_end_a_comment_do_not() -> None:
    other = copy.deepcopy(DOCUMENT)
    text = 'zzz """ and */ and \\ and "'
    other["components"]["schemas"]["Product"]["description"] = text
    other["components"]["parameters"]["VendorId"]["description"] = text
    other["paths"]["/v1/products"]["get"]["description"] = text
    for name, made in files(other, "python").items():
        compile(made, name, "exec")
    for made in files(other, "typescript").values():
        code = re.sub(r"/\*\*.*?\*/", "", made, flags=re.DOTALL)
        assert "zzz" not in code


def test_the_version_is_that_of_the_api() -> None:
    version = DOCUMENT["info"]["version"]
    project = tomllib.loads((FOLDER / "python/pyproject.toml").read_text())["project"]
    package = json.loads((FOLDER / "typescript/package.json").read_bytes())
    lock = json.loads((FOLDER / "typescript/package-lock.json").read_bytes())
    assert project["version"] == package["version"] == lock["version"] == version
    assert version == _operations.API_VERSION
