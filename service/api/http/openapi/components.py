"""What the operations of the OpenAPI document share: headers, problems, parameters, schemas."""

import json
import re
from collections.abc import Sequence
from typing import Any, TypeAlias

import msgspec

from service import limits
from service.api.http.examples import PATH_EXAMPLES
from service.api.http.operation import Operation
from service.api.http.problems import MEDIA_TYPE, Problem
from service.api.http.representations import JSON
from service.api.http.writes import Write
from service.model.errors import Fault
from service.model.notices import Notice
from service.query.registry import COLLECTIONS
from service.query.types.shapes import Slug
from service.texts.sentences import Sentence

Shown: TypeAlias = dict[str, Any]


PATH_PARAMETER = re.compile(r"\{(\w+):str\}")
REF = "#/components/schemas/{name}"


PROBLEM_REF = {"$ref": REF.format(name="Problem")}


PROBLEMS = {
    "400": "A parameter is wrong; `errors` says which and what would be right.",
    "401": "A key is needed, or the one given is wrong, expired or retired.",
    "403": "The key lacks the scope that the detail names.",
    "404": "No such record.",
    "410": "The record was retired; its history still has it.",
    "406": "The Accept header leaves no room for what this address answers.",
    "409": "It cannot be done as things stand; the code says why.",
    "412": "The record is not as If-Match or If-None-Match says; read it again.",
    "413": "The body is too large.",
    "414": "The address is too long; half as many values go in two requests.",
    "415": "The body is not declared as what the path takes.",
    "422": "The body breaks a rule, `errors` point at what; or it takes too much to compute.",
    "428": "If-Match is missing: send the ETag of the record as you read it.",
    "429": "The quota is used up; see Retry-After.",
    "500": "A fault of ours, logged under the request id.",
    "503": "The database cannot be reached or is busy; see Retry-After.",
}


OBJECT = {"type": "object"}
FEED = OBJECT | {
    "required": ["version", "title", "items"],
    "properties": {name: {"type": "string"} for name in ("version", "title")}
    | {"items": {"type": "array", "items": OBJECT}},
}


BEARER = {
    "type": "http",
    "scheme": "bearer",
    "description": "A key that `parity keys create` or POST /v1/keys made: `parity_...`.",
}


RATE_HEADERS = {"RateLimit": "What is left of the caller's quotas: r now, all in t seconds."}


HEADERS = {
    "ETag": "Names revision and representation; send it back as If-None-Match.",
    "Dataset-Revision": "The revision that the answer is made from.",
}


TAGS = {
    "Analyses": "How alike, how fast copied: each answer with its method, coverage and finding.",
    "Aggregates": "Groups of records with counts and sums.",
    **{collection.tag: collection.description() for collection in COLLECTIONS},
    "Timeline": "All dated facts in date order.",
    "Quality issues": "Rules that records break.",
    "Search": "Records by what people type.",
    "History": "What changed, when, by whom, why.",
    "Following": "The feed of changes.",
    "Webhooks": "To be told of changes instead of asking.",
    "Imports": "Files of records in, and back out.",
    "Curation": "What is wrong, what contradicts, what is one thing under two names.",
    "Releases": "Frozen editions of the base.",
    "Files": "Whole collections.",
    "Methods": "How every figure is made.",
    "Keys": "Who may do what, and how much of it is left.",
    "Service": "The service's own addresses.",
}


PATH_DOCS = {
    "record_id": "The record's id; ids that were merged lead to the survivor.",
    "collection": "The name of a collection.",
    "number": "The number of the revision.",
    "name": "The name of the release.",
}


def path_parameters(path: str, *, is_made: bool = False) -> list[Shown]:
    """What stands in the path, with an example where one lasts; what may be made has the form of
    an id.
    """
    (form,), _ = msgspec.json.schema_components([Slug])
    made = {name: form[name] for name in ("pattern", "maxLength")} if is_made else {}
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "description": PATH_DOCS.get(name, "Its id."),
            "schema": {"type": "string", **made},
            **({"example": shown} if (shown := PATH_EXAMPLES.get((path, name))) else {}),
        }
        for name in PATH_PARAMETER.findall(path)
    ]


REQUEST_HEADERS = {
    "Idempotency-Key": "A name for this request: sent again within a day it has one effect.",
    "Prefer": "return=minimal: no body in the answer; max-affected=N: nothing is stored if more"
    " records would change (RFC 7240).",
    "If-Match": "The ETag of the record as you read it; refused when it has changed since.",
    "If-None-Match": "*: only if there is no such record yet.",
}
# A preference that is understood or refused; its name is in either case, for which patterns of
# schemas have no flag.
_COUNTED = "[Mm][Aa][Xx]-[Aa][Ff][Ff][Ee][Cc][Tt][Ee][Dd]"
_ENDS = r"\s*(?:[;,]|$)"
_MISCOUNTED = rf'{_COUNTED}(?:{_ENDS}|\s*=(?!\s*("?)[0-9]{{1,9}}\1{_ENDS}))'
HEADER_FORMS: dict[str, Shown] = {
    "Idempotency-Key": {"pattern": f"^[!-~]{{1,{limits.IDEMPOTENCY_KEY_CHARACTERS}}}$"},
    "If-None-Match": {"enum": ["*"]},
    "Prefer": {"pattern": rf"^(?!(?:.*,)?\s*{_MISCOUNTED})"},
}


def schema_ref(shape: Any) -> Shown:
    if isinstance(shape, type) and issubclass(shape, msgspec.Struct):
        return {"$ref": REF.format(name=shape.__name__)}
    (schema,), _ = msgspec.json.schema_components([shape], ref_template=REF)
    return schema


def media_types(operation: Operation[Any]) -> list[str]:
    return [format_.media_type for format_ in operation.formats]


def _any_value(_: Any) -> Shown:
    """The schema of what may be anything."""
    return {"description": "Any value."}


def schemas(reads: Sequence[Operation[Any]], writes: Sequence[Write]) -> Shown:
    """Every shape; what an answer always has is required there, whatever its default."""
    answers = [read.answer_type for read in reads if JSON in media_types(read)]
    answers += [write.answer_type for write in writes]
    bodies = [write.body for write in writes if write.body is not None]
    _, taken = msgspec.json.schema_components(bodies, ref_template=REF, schema_hook=_any_value)
    shapes = [Problem, *(shape for shape in answers if shape not in (None, type(None)))]
    _, made = msgspec.json.schema_components(
        [*shapes, *bodies], ref_template=REF, schema_hook=_any_value
    )
    del made[Sentence.__name__]  # told in words
    made[Fault.__name__]["properties"]["detail"] = {"type": "string"}
    for name, schema in made.items():
        if name not in (*taken, Fault.__name__, Notice.__name__):
            _require(schema)
    shown = {name: _plain(schema) for name, schema in made.items()}
    share_titled(shown)
    return {name: shown[name] for name in sorted(shown)}


def share_titled(components: Shown) -> None:
    """Shapes with a title that stand inside others stand once, under `components`."""
    found: Shown = {}
    for name, schema in components.items():
        components[name] = {key: _shared(part, found) for key, part in schema.items()}
    components |= found


def _shared(schema: Any, found: Shown) -> Any:
    if isinstance(schema, list):
        return [_shared(part, found) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if isinstance(title := schema.get("title"), str):
        assert found.setdefault(title, schema) == schema, f"one shape is called {title}"
        return {"$ref": REF.format(name=title)}
    return {key: _shared(part, found) for key, part in schema.items()}


# A decimal in a body: the digits as text, or a number of JSON.
DECIMAL = {
    "anyOf": [
        {"type": "string", "pattern": r"^[0-9]{1,18}(\.[0-9]{1,12})?$", "examples": ["20.50"]},
        {"type": "number", "minimum": 0, "maximum": 10**18 - 1},
    ]
}


def _plain(schema: Any) -> Any:
    """Without what generators stumble over: a choice of one, a tuple without `items`, a format of
    texts for what may be a number too.
    """
    if isinstance(schema, list):
        return [_plain(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    plain = {name: _plain(part) for name, part in schema.items()}
    for choice in ("anyOf", "oneOf", "allOf"):
        if isinstance(plain.get(choice), list) and len(plain[choice]) == 1:
            plain |= plain.pop(choice)[0]
    if plain.get("format") == "decimal":
        plain = {name: plain[name] for name in plain if name not in ("type", "format")} | DECIMAL
    if "prefixItems" in plain:
        plain["items"] = plain["prefixItems"][0]
    return plain


def _require(schema: Shown) -> None:
    properties: Shown = schema.get("properties", {})
    given = [name for name, property_ in properties.items() if "default" in property_]
    for name in given:
        del properties[name]["default"]
    needed = set(schema.get("required", [])).union(given)
    if needed:
        schema["required"] = [name for name in properties if name in needed]


def shared() -> dict[str, Any]:
    """`components` that operations refer to: headers, problems by status, the key."""
    told = HEADERS | RATE_HEADERS
    content = {MEDIA_TYPE: {"schema": PROBLEM_REF}}
    return {
        "headers": {
            name: {"description": text, "schema": {"type": "string"}} for name, text in told.items()
        },
        "responses": {
            "204": {"description": "Done, and no more is said: Prefer asked for return=minimal."},
            "304": {"description": "The client has this representation."},
            "308": {"description": "The record was merged into another; see Location."},
        }
        | {status: {"description": text, "content": content} for status, text in PROBLEMS.items()},
        "securitySchemes": {"key": BEARER},
    }


def share_parameters(paths: dict[str, Shown], components: Shown) -> None:
    """Parameters that several operations declare alike stand once, under `components`."""
    operations = [operation for path in paths.values() for operation in path.values()]
    users: dict[str, list[str]] = {}
    for operation in operations:
        for parameter in operation.get("parameters", []):
            users.setdefault(json.dumps(parameter), []).append(operation["operationId"])
    shared = {text: ids for text, ids in users.items() if len(ids) > 1}
    names = _component_names(shared)
    for operation in operations:
        if "parameters" in operation:
            operation["parameters"] = [
                {"$ref": f"#/components/parameters/{names[text]}"} if text in names else parameter
                for parameter in operation["parameters"]
                if (text := json.dumps(parameter))
            ]
    components["parameters"] = {names[text]: json.loads(text) for text in shared}


def _component_names(shared: dict[str, list[str]]) -> dict[str, str]:
    """A name for each, also unique to those who drop dots and underscores: `CountryOfVendor`."""
    names: dict[str, str] = {}
    for text, ids in shared.items():
        parameter = json.loads(text)
        name = "Of".join(pascal(part) for part in reversed(parameter["name"].split(".")))
        if name in names.values():
            name = f"{name}Of{pascal(ids[0])}"
        assert name not in names.values(), "an operation has one parameter of a name"
        names[text] = name
    return names


def pascal(name: str) -> str:
    return "".join(word[:1].upper() + word[1:] for word in re.split(r"[^A-Za-z0-9]+", name))
