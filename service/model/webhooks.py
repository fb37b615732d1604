"""Webhooks by Standard Webhooks 1.0: what a subscription is, how a message is signed."""

import base64
import hashlib
import hmac
import random
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Annotated, Literal, NamedTuple

from msgspec import UNSET, Meta, Struct, UnsetType

from service.texts.sentences import Sentence

Status = Literal["active", "paused", "off"]
DeliveryStatus = Literal["pending", "delivered", "failed"]
METRIC_CHANGED, TEST = "metric.changed", "webhook.test"
CORRECTION_DECIDED = "correction.decided"
RELEASE_PUBLISHED = "release.published"
SECRET_BYTES = 32
SECRET_PREFIX = "whsec_"  # noqa: S105  the prefix of the specification

# After the first attempt; the last retry comes some 75 hours after it.
RETRIES = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
JITTER = 0.2
PROMISED = sum(RETRIES, timedelta())  # so long a receiver may fail before it is paused
TOLD_TO_WAIT = (429, 503)  # whose Retry-After is heeded
WAIT_MAX = timedelta(hours=24)


class Filter(Struct, frozen=True, forbid_unknown_fields=True):
    """Which changes: of these kinds (none: all), whose record meets every condition."""

    kinds: tuple[Annotated[str, Meta(extra_json_schema={"pattern": "^[a-z_]+$"})], ...] = ()
    where: dict[str, tuple[str, ...]] = {}


class Watch(Struct, frozen=True, forbid_unknown_fields=True):
    """A figure of an analysis, and by how much it must move to be told."""

    metric: str
    field: str
    threshold: float


Url = Annotated[str, Meta(extra_json_schema={"pattern": "^https?://[!-~]+$", "maxLength": 2000})]
Types = Annotated[
    tuple[Annotated[str, Meta(extra_json_schema={"pattern": "^[a-z_]+\\.([a-z_]+|\\*)$"})], ...],
    Meta(extra_json_schema={"minItems": 1, "maxItems": 100}),
]


class NewWebhook(Struct, frozen=True, forbid_unknown_fields=True):
    """What a subscription is made of."""

    url: Url
    types: Types
    filter: Filter = Filter()
    metric: Watch | None = None


class WebhookPatch(Struct, frozen=True, forbid_unknown_fields=True):
    """A merge patch (RFC 7396) of a subscription; arrays replace whole."""

    url: Url | UnsetType = UNSET
    types: Types | UnsetType = UNSET
    filter: Filter | UnsetType = UNSET
    metric: Watch | UnsetType | None = UNSET
    status: Literal["active", "paused"] | UnsetType = UNSET


class Message(NamedTuple):
    """One delivery to be sent: where, what, and with which secrets it is signed. `is_trial`: the
    one by which a receiver that failed may show that it is well again."""

    delivery_id: str
    webhook_id: str
    event_id: str
    url: str
    body: bytes
    attempts: int
    secrets: tuple[str, ...]
    leased_until: datetime
    at: datetime
    is_trial: bool = False


class Answer(NamedTuple):
    """What came of sending; `status` None: no answer, `error` says why. `retry_after`: what the
    receiver asked for, as it was sent."""

    status: int | None
    body: bytes
    error: Sentence | None
    retry_after: str = ""

    @property
    def is_success(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def new_secret(entropy: bytes) -> str:
    """A secret as receivers' libraries take it. Raises ValueError on other than 32 bytes."""
    if len(entropy) != SECRET_BYTES:
        raise ValueError(f"{len(entropy)} bytes; a secret has {SECRET_BYTES}.")
    return SECRET_PREFIX + base64.b64encode(entropy).decode()


def signed_headers(message: Message) -> dict[str, str]:
    """The three headers of the specification; one signature for each valid secret."""
    timestamp = str(int(message.at.timestamp()))
    content = f"{message.event_id}.{timestamp}.".encode() + message.body
    signatures = [f"v1,{_signature(secret, content)}" for secret in message.secrets]
    return {
        "webhook-id": message.event_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": " ".join(signatures),
    }


def _signature(secret: str, content: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(SECRET_PREFIX))
    return base64.b64encode(hmac.digest(key, content, hashlib.sha256)).decode()


def chance() -> float:
    """How much longer than its length a pause lasts, up to `JITTER` of it: senders spread out."""
    return random.uniform(0, JITTER)  # noqa: S311


def next_attempt(attempts: int, now: datetime, later: float) -> datetime | None:
    """When to try a delivery again after so many failed attempts; None: never. `later` is of
    `chance`."""
    return None if attempts > len(RETRIES) else now + RETRIES[attempts - 1] * (1 + later)


def next_trial(failures: int, now: datetime, later: float) -> datetime:
    """When to try a receiver again that failed so often in a row: the pauses are a delivery's, and
    after them the longest."""
    return now + RETRIES[min(failures, len(RETRIES)) - 1] * (1 + later)


def asked_for(answer: Answer, now: datetime) -> datetime:
    """Before which the receiver wants nothing (RFC 9110, 10.2.3): seconds or a date; at most a day,
    and `now` where it asked for nothing."""
    if answer.status not in TOLD_TO_WAIT:
        return now
    if answer.retry_after.isascii() and answer.retry_after.isdigit():
        return now + min(timedelta(seconds=int(answer.retry_after[:9])), WAIT_MAX)
    try:
        until = parsedate_to_datetime(answer.retry_after)
    except ValueError:
        return now
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return min(max(until, now), now + WAIT_MAX)
