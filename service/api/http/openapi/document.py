"""The OpenAPI 3.1 document: made from the table of operations, whose Structs parse and answer.

A format is a media type of the one operation; the suffixes are told in the description.
"""

import asyncio
import json
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any

from service.api.http.access import ANY_KEY
from service.api.http.examples import LINES, example
from service.api.http.openapi.components import (
    FEED,
    HEADER_FORMS,
    HEADERS,
    OBJECT,
    PATH_PARAMETER,
    RATE_HEADERS,
    REQUEST_HEADERS,
    TAGS,
    Shown,
    path_parameters,
    schema_ref,
    schemas,
    share_parameters,
    shared,
)
from service.api.http.openapi.links import link
from service.api.http.operation import Operation
from service.api.http.representations import FORMATS, GZIP, JSON, Format
from service.api.http.versions import API_VERSION
from service.api.http.writes import Write
from service.formats.datasets.edition import ZIP
from service.formats.files import json_feed
from service.formats.files.typed_files import ARROW, PARQUET
from service.formats.rendering import suffixed

SUMMARY = (
    "Who sells which AI products, what they can do and since when, how they earn: dated, sourced"
    " facts, how alike the products of a market are becoming (homogenization), and how long a new"
    " feature stays its maker's own (time-to-copy)."
)
FORMAT_TEXT = (
    "Formats: every address answers the media types that stand under its responses, by Accept or by"
    " a suffix of the path: "
    + ", ".join(
        f"`{suffixed('', f.suffix)}`"
        for f in FORMATS
        if f.suffix not in ("json", "html", "event-stream")
    )
    + ". Filters: every field of /v1/schema takes every operator that it names there, also those"
    " not listed here. Lists go on by `page.next_cursor`. Files sent in one piece have parts by"
    " Range (206; behind the end 416). Every answer also carries Request-Id, API-Version and"
    " RateLimit-Policy, one with as_of Memento-Datetime (RFC 7089), one of a replica Dataset-Age:"
    " for how many seconds the primary was not heard. Any address may answer 405, 408 (a body that"
    " is too slow) and 431 (headers of too many bytes) too. Agents: MCP at `/mcp`."
)


def document(reads: Sequence[Operation[Any]], writes: Sequence[Write]) -> Shown:
    """The whole document, its keys sorted where order means nothing."""
    paths: dict[str, Shown] = {}
    for read in reads:
        paths.setdefault(_template(read.path), {})["get"] = _read(read)
    for write in writes:
        paths.setdefault(_template(write.path), {})[write.method.lower()] = _write(write)
    components = shared() | {"schemas": schemas(reads, writes)}
    link(paths, components)
    share_parameters(paths, components)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Parity",
            "version": API_VERSION,
            "summary": "The AI market knowledge base",
            "description": f"{SUMMARY}\n\n{FORMAT_TEXT}",
            "contact": {"name": "Parity", "url": "https://parity.example"},
            "license": {"name": "Apache-2.0; data CC BY 4.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/", "description": "This host"}],
        "tags": [{"name": name, "description": TAGS[name]} for name in _tags(paths)],
        "paths": dict(sorted(paths.items())),
        "components": components,
    }


def dump(reads: Sequence[Operation[Any]], writes: Sequence[Write]) -> bytes:
    """The document as bytes that are the same on every machine."""
    return f"{{\n{_lines(document(reads, writes), ('paths', 'components'))}\n}}\n".encode()


def _lines(parts: Shown, opened: tuple[str, ...]) -> str:
    """A line for each part, and of those that are opened a line for each of theirs: what changes
    together stands together.
    """
    return ",\n".join(
        f"{_text(name)}:{{\n{_lines(part, tuple(part) if name == 'components' else ())}\n}}"
        if name in opened
        else f"{_text(name)}:{_text(part)}"
        for name, part in parts.items()
    )


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


class Document:
    """The document, made when somebody first asks for it: it takes a second."""

    def __init__(self, reads: Sequence[Operation[Any]], writes: Sequence[Write]) -> None:
        self._operations = reads, writes
        self._made: tuple[bytes, str] | None = None

    async def read(self) -> tuple[bytes, str]:
        """The bytes, and their SHA-256 in hex."""
        if self._made is None:
            made = await asyncio.to_thread(dump, *self._operations)
            self._made = made, sha256(made).hexdigest()
        return self._made


def _template(path: str) -> str:
    return PATH_PARAMETER.sub(r"{\1}", path)


def _tags(paths: dict[str, Shown]) -> list[str]:
    """The analyses first, the service's own addresses last."""
    used = {tag for path in paths.values() for op in path.values() for tag in op["tags"]}
    place = {"Analyses": 0, "Service": 2}
    return sorted(used, key=lambda tag: (place.get(tag, 1), tag))


def _head(operation: Operation[Any] | Write) -> Shown:
    shown: Shown = {
        "operationId": operation.id,
        "tags": [operation.tag],
        "summary": operation.summary,
    }
    if operation.description:
        shown["description"] = operation.description
    if operation.scope not in ("read", "open", ANY_KEY):
        told = f"Needs a key with the scope {operation.scope}."
        shown["description"] = " ".join(filter(None, [shown.get("description"), told]))
    if operation.deprecated is not None:
        told = operation.deprecated.sentence
        shown["description"] = " ".join(filter(None, [shown.get("description"), told]))
        shown["deprecated"] = True
    shown["security"] = _security(operation.scope)
    return shown


def _security(scope: str) -> list[dict[str, list[str]]]:
    """Whether a key is needed; public reads take none as well as one."""
    if scope == "open":
        return [{}]
    return [{}, {"key": []}] if scope == "read" else [{"key": []}]


def _read(operation: Operation[Any]) -> Shown:
    path = operation.path
    options = {
        shown["name"]: _without_default(shown)
        for parameters in operation.options.values()
        for shown in parameters.described()
    }
    content: Shown = {
        format_.media_type: _format_content(operation, format_) for format_ in operation.formats
    }
    if (kept := example(operation.id)) is not None:
        content[JSON]["example"] = kept
    answer = {"description": "The answer.", "headers": _headers(path), "content": content}
    responses: Shown = {"200": answer}
    is_kept = operation.validator != "none" and operation.shape is not str
    is_merged = "record_id" in path and operation.validator == "revision"
    statuses = [*(["304"] if is_kept else []), *(["308"] if is_merged else [])]
    shown = _head(operation)
    parameters = [*path_parameters(path), *operation.parameters.described(), *options.values()]
    if parameters:
        shown["parameters"] = parameters
    statuses += _read_statuses(path, is_computed=operation.tag == "Analyses")
    shown["responses"] = responses | _shared(statuses)
    return shown


def _without_default(parameter: Shown) -> Shown:
    """A generated client sends defaults, but other formats refuse the options of one."""
    schema = {name: part for name, part in parameter["schema"].items() if name != "default"}
    return {**parameter, "schema": schema}


BINARY = (GZIP, ZIP, PARQUET, ARROW, "image/png")
_TEXT = {"type": "string"}
_BINARY = {"type": "string", "format": "binary"}


def _format_content(operation: Operation[Any], format_: Format) -> Shown:
    """Bytes have no schema."""
    if (kind := format_.media_type.partition(";")[0]) in BINARY:
        return {}
    if kind == JSON:
        return {"schema": schema_ref(operation.answer_type)}
    other = OBJECT if kind.endswith("+json") else _TEXT
    return {"schema": FEED if kind == json_feed.MEDIA_TYPE else other}


def _read_statuses(path: str, *, is_computed: bool) -> list[str]:
    statuses = ["400", "406", "414", *(["422"] if is_computed else []), "500"]
    if path.startswith(("/v1", "/version", "/health/ready")):
        statuses.append("503")
    if path.startswith("/v1"):
        statuses += ["401", "403", "429"]
        statuses += ["404", "410"] if "{" in path else []
    return statuses


def _write(operation: Write) -> Shown:
    shown = _head(operation)
    headers = [_header(name) for name in operation.takes]
    parameters = operation.parameters.described()
    ids = path_parameters(operation.path, is_made=operation.method == "PUT")
    every = [*ids, *parameters, *headers]
    if every:
        shown["parameters"] = every
    if operation.body is not None:
        schema = schema_ref(operation.body)
        content = {kind: {"schema": schema} for kind in operation.media_types}
        shown["requestBody"] = {"required": True, "content": content}
    if operation.lines:
        lines: Shown = {kind: {"schema": _BINARY} | LINES[kind] for kind in operation.lines}
        shown["requestBody"] = {"required": True, "content": lines}
    shown["responses"] = _successes(operation) | _shared(_write_statuses(operation))
    return shown


def _successes(operation: Write) -> Shown:
    headers = _headers(operation.path)
    if operation.status == 204:
        return {"204": {"description": "Done; there is nothing to say.", "headers": headers}}
    content: Shown = {JSON: {"schema": schema_ref(operation.answer_type)}}
    if (kept := example(operation.id)) is not None:
        content[JSON]["example"] = kept
    answer = {"description": "The answer.", "headers": headers, "content": content}
    statuses = ("200", "201") if operation.method == "PUT" else (str(operation.status),)
    is_minimal = "Prefer" in operation.takes and "200" in statuses
    return dict.fromkeys(statuses, answer) | _shared(["204"] if is_minimal else [])


def _write_statuses(operation: Write) -> list[str]:
    statuses = ["400", "401", "403", "414", "429", "500", "503"]
    if "{" in operation.path:
        statuses += ["404", "410"]
    if operation.body is not None or operation.lines:
        statuses += ["413", "415", "422"]
    if operation.scope != "read" or operation.takes:
        statuses.append("409")
    if operation.takes:
        statuses.append("422")
    if "If-Match" in operation.takes:
        statuses += ["412", "428"]
    return statuses


def _shared(statuses: Iterable[str]) -> Shown:
    return {
        status: {"$ref": f"#/components/responses/{status}"} for status in sorted(set(statuses))
    }


def _headers(path: str) -> Shown:
    """What an answer at the path carries, by reference."""
    names = [*HEADERS, *(RATE_HEADERS if path.startswith("/v1") else ())]
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _header(name: str) -> Shown:
    return {
        "name": name,
        "in": "header",
        "description": REQUEST_HEADERS[name],
        "schema": {"type": "string", **HEADER_FORMS.get(name, {})},
    }
