"""Changes as the feed, the stream and the webhooks show them."""

import hashlib
from typing import Any

from service.formats.json_records import encode, instant_text
from service.query.feed import Change
from service.query.registry import BY_KIND


def event(change: Change) -> dict[str, Any]:
    """One line of the feed; `into` only where a record was merged into another."""
    shown: dict[str, Any] = {
        "seq": change.place.seq,
        "revision": change.place.revision,
        "type": change.type,
        "id": change.place.id,
        "href": _href(change),
        **change.references,
        "recorded_at": instant_text(change.recorded_at),
    }
    return shown if change.into is None else {**shown, "into": change.into}


def _href(change: Change) -> str:
    return f"/v1/{BY_KIND[change.place.kind].name}/{change.place.id}"


def thin_body(change: Change) -> bytes:
    """A webhook's body: what changed and where to read it, not what it became."""
    shown = event(change)
    data = {k: v for k, v in shown.items() if k not in ("seq", "type", "recorded_at")}
    return encode({"type": change.type, "timestamp": shown["recorded_at"], "data": data})


def event_id(*parts: object) -> str:
    """The id of an event, the same whoever makes it: 128 bits of SHA-256 over its parts."""
    return "evt_" + hashlib.sha256(encode([str(part) for part in parts])).hexdigest()[:32]
