"""The links of the OpenAPI document: where an answer leads, by the ids in it.

They follow from the paths: what stands at `/v1/vendors/{record_id}` is reached from what `POST` or
`PUT` made, from the record itself, and from the first of a list.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from service.api.http.openapi.components import Shown, pascal
from service.api.http.representations import JSON

# What is linked below a record, besides itself.
BELOW = ("history", "rows", "revert", "deliveries", "rotate")
CHANGES = ("patch", "delete")
_LAST = re.compile(r"(?P<list>.+)/\{(?P<name>\w+)\}\Z")
_NAME = re.compile(r"\{(\w+)\}")


class Item(NamedTuple):
    """Records that have an address each: of them all, of one, and the parameter that is its id."""

    list: str
    one: str
    parameter: str

    @property
    def member(self) -> str:
        """The member of a record that is its id."""
        return "name" if self.parameter == "name" else "id"


def link(paths: dict[str, Shown], components: Shown) -> None:
    """Tell of every answer with an id what can be asked next; the links stand in `components`."""
    links: Shown = {}
    for path in paths:
        if (found := _LAST.match(path)) and "get" in paths[path]:
            _link_item(
                Item(found["list"], path, found["name"]), paths, components["schemas"], links
            )
    components["links"] = dict(sorted(links.items()))


def _link_item(item: Item, paths: dict[str, Shown], schemas: Shown, links: Shown) -> None:
    one, below = paths[item.one], list(_below(item, paths))
    changes = [one[method] for method in CHANGES if method in one]
    made = [paths.get(item.list, {}).get("post"), one.get("put")]
    of_record = f"$response.body#/{item.member}"
    for operation in filter(None, made):
        if item.member in _properties(operation, schemas):
            _tell(operation, [one["get"], *changes, *below], item, of_record, links)
    if item.member in _properties(one["get"], schemas):
        _tell(one["get"], [*changes, *below], item, of_record, links)
    if (listing := paths.get(item.list, {}).get("get")) is not None:
        rows = _properties(listing, schemas).get("data", {}).get("items", {})
        if item.member in _resolved(rows, schemas):
            first = f"$response.body#/data/0/{item.member}"
            _tell(listing, [one["get"]], item, first, links, suffix="OfList")


def _below(item: Item, paths: dict[str, Shown]) -> Iterator[Shown]:
    for name in BELOW:
        yield from paths.get(f"{item.one}/{name}", {}).values()


def _tell(
    source: Shown, targets: list[Shown], item: Item, id_: str, links: Shown, *, suffix: str = ""
) -> None:
    told = {}
    for target in targets:
        name = pascal(target["operationId"]) + suffix
        links[name] = {
            "operationId": target["operationId"],
            "parameters": _parameters(target, item, id_),
        }
        told[target["operationId"]] = {"$ref": f"#/components/links/{name}"}
    for status, answer in source["responses"].items():
        if status.startswith("2") and told and "$ref" not in answer:
            answer["links"] = told


def _parameters(target: Shown, item: Item, id_: str) -> dict[str, str]:
    """What a change must bring besides: the record's tag."""
    outer = {name: f"$request.path.{name}" for name in _NAME.findall(item.list)}
    is_conditional = any(given.get("name") == "If-Match" for given in target.get("parameters", []))
    tag = {"header.If-Match": "$response.header.ETag"} if is_conditional else {}
    return {**outer, item.parameter: id_, **tag}


def _properties(operation: Shown, schemas: Shown) -> Shown:
    """Those of the JSON of a success."""
    for status, answer in operation["responses"].items():
        if status.startswith("2"):
            return _resolved(answer.get("content", {}).get(JSON, {}).get("schema", {}), schemas)
    return {}


def _resolved(schema: Shown, schemas: Shown) -> Shown:
    if "$ref" in schema:
        schema = schemas[schema["$ref"].rpartition("/")[2]]
    properties: Shown = schema.get("properties", {})
    return properties
