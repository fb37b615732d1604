"""A call as what is sent: address, headers, bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import httpx

from parity_client._calls import Operation
from parity_client._operations import HEADERS, OPERATIONS, QUERY


class Answer(dict[str, Any]):
    """What the service answered, with the headers that it came with: see `headers_of`."""

    headers: Mapping[str, str] = {}


def headers_of(answer: Mapping[str, object]) -> Mapping[str, str]:
    """The headers that an answer came with: `etag`, `dataset-revision`, `ratelimit` and others.

    Raises ValueError for what is no answer itself, as one record of a list.
    """
    if not isinstance(answer, Answer):
        raise ValueError("only what an operation answered has headers, not a part of it")
    return answer.headers


@dataclass
class Request:
    """`may_repeat`: sending it twice has the effect of sending it once. `known`: what was answered
    before.
    """

    operation: Operation
    target: str
    headers: dict[str, str] = field(default_factory=dict)
    content: bytes | None = None
    known: httpx.Response | None = None

    @property
    def is_read(self) -> bool:
        return self.operation.method == "GET"

    @property
    def may_repeat(self) -> bool:
        return self.operation.method in ("GET", "PUT", "DELETE") or self.operation.is_write


def request_of(
    name: str,
    query: Mapping[str, object],
    ids: tuple[str | int, ...] = (),
    *,
    body: object = None,
    content: str = "",
    accept: str = "",
) -> Request:
    """The request of an operation. `query` has arguments by their names in Python.

    Raises ValueError for an id that would make another address: none, `.` or `..`.
    """
    operation = OPERATIONS[name]
    headers = {"Accept": accept or operation.accept}
    headers |= {HEADERS[key]: _header(value) for key, value in query.items() if key in HEADERS}
    if operation.is_write:
        headers.setdefault("Idempotency-Key", str(uuid4()))
    if operation.content:
        headers["Content-Type"] = content or operation.content
    target = _path(operation.path, ids)
    if pairs := list(_pairs(query)):
        target += "?" + "&".join(f"{quote(key, safe='')}={value}" for key, value in pairs)
    return Request(operation, target, headers, _bytes(body) if operation.content else None)


def _path(template: str, ids: tuple[str | int, ...]) -> str:
    if wrong := [one for one in ids if str(one) in ("", ".", "..")]:
        raise ValueError(f"no id: {wrong[0]!r}")
    given = iter(ids)
    parts = template.split("/")
    return "/".join(quote(str(next(given)), safe="") if "{" in part else part for part in parts)


def _pairs(query: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Names, and values as they are sent; None is left out."""
    for name, value in query.items():
        if name == "where" and isinstance(value, Mapping):
            yield from ((str(key), _text(inner)) for key, inner in value.items())
        elif name not in HEADERS and value is not None:
            yield QUERY.get(name, name), _text(value)


def _text(value: object) -> str:
    """Lists have commas between their values, each of which is encoded."""
    match value:
        case bool():
            return str(value).lower()
        case list() | tuple() | set() | frozenset():
            return ",".join(map(_text, value))
    isoformat = getattr(value, "isoformat", None)
    return quote(str(isoformat() if callable(isoformat) else value), safe=":")


def _header(value: object) -> str:
    return headers_of(value)["etag"] if isinstance(value, Mapping) else str(value)


def _bytes(body: object) -> bytes:
    match body:
        case bytes():
            return body
        case str():
            return body.encode()
    return json.dumps(body, ensure_ascii=False).encode()
