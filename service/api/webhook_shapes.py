"""Webhooks and deliveries as the API shows them."""

from typing import Any, Literal

from msgspec import Struct

from service.formats.json_records import instant_text
from service.model.webhooks import DeliveryStatus, Filter, Status, Watch
from service.store.webhooks import Webhook


class WebhookShown(Struct, kw_only=True):
    """A subscription; `next_cursor` is the place in `/v1/changes` to which it has followed."""

    object: Literal["webhook"] = "webhook"
    id: str
    href: str
    owner_id: str | None
    url: str
    types: list[str]
    filter: Filter
    metric: Watch | None
    status: Status
    status_reason: str | None
    failure_count: int
    next_cursor: str
    created_at: str
    updated_at: str


class WebhookWithSecret(WebhookShown, kw_only=True):
    """With the secret that signs its messages; it is shown this once; null where the
    request was sent again."""

    secret: str | None
    old_secret_until: str | None


class DeliveryShown(Struct, kw_only=True):
    """One message: `event_id` is its webhook-id; `answer` the first 64 KB of the last answer."""

    object: Literal["webhook_delivery"] = "webhook_delivery"
    id: str
    href: str
    webhook_id: str
    event_id: str
    type: str
    status: DeliveryStatus
    attempt_count: int
    next_attempt_at: str | None
    last_attempt_at: str | None
    last_status: int | None
    last_error: str | None
    body: str
    answer: str | None
    created_at: str


class WebhookList(Struct, kw_only=True):
    """All webhooks, the oldest first."""

    object: Literal["list"] = "list"
    data: list[WebhookShown]


class DeliveryPage(Struct, kw_only=True):
    """Where the list goes on; `next_cursor` null is its end."""

    limit: int
    next_cursor: str | None


class DeliveryList(Struct, kw_only=True):
    """Deliveries of one webhook, the newest first."""

    object: Literal["list"] = "list"
    data: list[DeliveryShown]
    page: DeliveryPage


def webhook_fields(webhook: Webhook) -> dict[str, Any]:
    return {
        "id": webhook.id,
        "href": f"/v1/webhooks/{webhook.id}",
        "owner_id": webhook.owner,
        "url": webhook.url,
        "types": list(webhook.types),
        "filter": webhook.filter,
        "metric": webhook.metric,
        "status": webhook.status,
        "status_reason": webhook.status_reason,
        "failure_count": webhook.failures,
        "next_cursor": webhook.place.cursor,
        "created_at": instant_text(webhook.created_at),
        "updated_at": instant_text(webhook.updated_at),
    }


def delivery_shown(row: dict[str, Any]) -> DeliveryShown:
    is_pending = row["status"] == "pending"
    answer = row["answer"]
    return DeliveryShown(
        id=row["id"],
        href=f"/v1/webhooks/{row['webhook_id']}/deliveries/{row['id']}",
        webhook_id=row["webhook_id"],
        event_id=row["event_id"],
        type=row["type"],
        status=row["status"],
        attempt_count=row["attempts"],
        next_attempt_at=instant_text(row["next_at"]) if is_pending else None,
        last_attempt_at=instant_text(row["last_at"]) if row["last_at"] else None,
        last_status=row["last_status"],
        last_error=row["last_error"],
        body=row["body"].decode(),
        answer=None if answer is None else answer.decode("utf-8", "replace"),
        created_at=instant_text(row["created_at"]),
    )
