"""The floor of any ASGI service: bytes out of a dictionary. ANSWERS names a file of them.

A 304 where the request has the entity tag. No hop-by-hop header is repeated: a `Connection: close`
among them would make a new connection of every request.
"""

import json
import os
from pathlib import Path
from typing import Any

HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "date", "server"}


def read(path: Path) -> dict[bytes, tuple[dict[str, Any], dict[str, Any], bytes, dict[str, Any]]]:
    """By target: the start of the answer, its body, its entity tag, the start of a 304."""
    found = {}
    for answer in json.loads(path.read_bytes()):
        kept = {k: v for k, v in answer["headers"].items() if k.lower() not in HOP_BY_HOP}
        headers = [(k.lower().encode(), v.encode()) for k, v in kept.items()]
        body = answer["body"].encode()
        length = (b"content-length", str(len(body)).encode())
        bare = [pair for pair in headers if pair[0] != b"content-type"]
        found[answer["target"].encode()] = (
            {"type": "http.response.start", "status": 200, "headers": [*headers, length]},
            {"type": "http.response.body", "body": body},
            dict(headers).get(b"etag", b""),
            {"type": "http.response.start", "status": 304, "headers": bare},
        )
    return found


ANSWERS = read(Path(os.environ["ANSWERS"]))
NOTHING = {"type": "http.response.body", "body": b""}


async def app(scope: Any, _: Any, send: Any) -> None:
    if scope["type"] != "http":
        return
    query = scope["query_string"]
    target = scope["raw_path"] + b"?" + query if query else scope["raw_path"]
    start, body, tag, unmodified = ANSWERS[target]
    for name, value in scope["headers"]:
        if name == b"if-none-match" and value == tag:
            await send(unmodified)
            await send(NOTHING)
            return
    await send(start)
    await send(body)
