"""What the operations of the OpenAPI document share: headers, problems, parameters."""

import json
from collections import Counter
from typing import Any

from service.api.http.problems import MEDIA_TYPE
from service.model.errors import Code

PROBLEM_REF = {"$ref": "#/components/schemas/Problem"}
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
    "415": "The body is not declared as what the path takes.",
    "422": "The body breaks a rule; `errors` point at what.",
    "428": "If-Match is missing: send the ETag of the record as you read it.",
    "429": "The quota is used up; see Retry-After.",
    "500": "A fault of ours, logged under the request id.",
    "503": "The database cannot be reached or is busy; see Retry-After.",
}
BEARER = {
    "type": "http",
    "scheme": "bearer",
    "description": "A key that `parity keys create` or POST /v1/keys made: `parity_...`.",
}
RATE_HEADERS = {
    "RateLimit-Policy": "The caller's quotas: q for w seconds each.",
    "RateLimit": "What is left of them: r for t more seconds.",
}
HEADERS = {
    "ETag": "Names revision and representation; send it back as If-None-Match.",
    "Dataset-Revision": "The revision that the answer is made from.",
    "Request-Id": "Names the request in our logs.",
    "Memento-Datetime": "With as_of: the instant that the answer speaks of (RFC 7089).",
    "API-Version": "The version of this contract.",
}


def shared() -> dict[str, Any]:
    """`components` that operations refer to: headers of answers, problems by status, the key."""
    told = HEADERS | RATE_HEADERS
    content = {MEDIA_TYPE: {"schema": PROBLEM_REF}}
    return {
        "headers": {
            name: {"description": text, "schema": {"type": "string"}} for name, text in told.items()
        },
        "responses": {
            status: {"description": text, "content": content} for status, text in PROBLEMS.items()
        },
        "securitySchemes": {"key": BEARER},
    }


def code_schema() -> dict[str, Any]:
    """Error codes as an open list: a client must take one that it does not know."""
    text = "What happened; /problems/{code} explains it. There may be more in time."
    words = sorted(Code)
    return {"title": "Code", "type": "string", "description": text, "x-extensible-enum": words}


def headers_of(path: str) -> dict[str, Any]:
    """What an answer at the path carries, by reference."""
    names = [*HEADERS, *(RATE_HEADERS if path.startswith("/v1") else ())]
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def problem(status: str) -> dict[str, str]:
    """A refusal, by reference."""
    return {"$ref": f"#/components/responses/{status}"}


def share_parameters(made: dict[str, Any]) -> None:
    """Parameters that several operations declare alike stand once, under `components`."""
    operations = [op for path in made["paths"].values() for op in path.values()]
    texts = Counter(json.dumps(p) for op in operations for p in op.get("parameters", []))
    names: dict[str, str] = {}
    taken: Counter[str] = Counter()
    for text in (text for text, count in texts.items() if count > 1):
        name = json.loads(text)["name"]
        taken[name] += 1
        names[text] = name if taken[name] == 1 else f"{name}-{taken[name]}"
    for operation in operations:
        operation["parameters"] = [
            {"$ref": f"#/components/parameters/{names[text]}"} if text in names else parameter
            for parameter in operation.get("parameters", [])
            if (text := json.dumps(parameter))
        ]
    made["components"]["parameters"] = {name: json.loads(text) for text, name in names.items()}
