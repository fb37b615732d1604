"""What writers send among crashes: single records, imports of several lines and merges."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

LINES = 20
PRODUCT = {"market_ids": ["chat-assistants"]}
UNKNOWN = ("outcome_unknown", "database_timeout", "internal_error")
NDJSON, JSON = "application/x-ndjson", "application/json"


@dataclass
class Write:
    """One request, the ids it is to leave behind together, and what was said of it."""

    method: str
    target: str
    body: bytes
    media_type: str
    ids: tuple[str, ...]
    key: str
    merged: str = ""  # the id that a merge takes away
    status: int = 0
    answer: dict[str, Any] = field(default_factory=dict)

    @property
    def is_acknowledged(self) -> bool:
        return 200 <= self.status < 300

    @property
    def records(self) -> int:
        """How many it writes."""
        return 1 if self.merged else len(self.ids)

    @property
    def is_product(self) -> bool:
        return self.target.startswith("/v1/products/")

    @property
    def is_unknown(self) -> bool:
        return not self.status or self.answer.get("code") in UNKNOWN or self.status == 500


def writes(writer: str, lines: int = LINES) -> Iterator[Write]:
    """Single records, imports of so many lines and merges, for ever, each with ids of its own."""
    n = 0
    while True:
        n += 1
        one, other = f"{writer}-{n}", f"{writer}-{n}-b"
        if n % 8 == 0:
            yield _import(writer, n, lines)
        elif n % 8 == 4:
            yield _put("vendors", one, {"name": one})
            yield _put("vendors", other, {"name": other})
            yield _put("products", f"{one}-p", {"name": one, "vendor_id": other, **PRODUCT})
            yield _merge(other, one)
        else:
            yield _put("vendors", one, {"name": one})


def _put(collection: str, id_: str, fields: dict[str, Any]) -> Write:
    body = json.dumps({**fields, "comment": "chaos"}).encode()
    return Write("PUT", f"/v1/{collection}/{id_}", body, JSON, (id_,), f"put-{id_}")


def _import(writer: str, n: int, lines: int) -> Write:
    ids = tuple(f"{writer}-{n}-{line}" for line in range(lines))
    made = [json.dumps({"kind": "vendor", "id": id_, "name": id_}) for id_ in ids]
    body = "\n".join(made).encode()
    return Write("POST", "/v1/imports?comment=chaos", body, NDJSON, ids, f"import-{writer}-{n}")


def _merge(loser: str, into: str) -> Write:
    body = json.dumps({"into": into, "comment": "chaos"}).encode()
    target = f"/v1/vendors/{loser}/merge"
    return Write("POST", target, body, JSON, (into,), f"merge-{loser}", merged=loser)
