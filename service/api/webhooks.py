"""`/v1/webhooks`: to be told of changes instead of asking (Standard Webhooks)."""

from typing import Any, Literal

from litestar import Response
from msgspec import Struct

from service.api.http import bodies, idempotency
from service.api.http.access import caller
from service.api.http.idempotency import Made
from service.api.http.languages import language
from service.api.http.operation import Reading
from service.api.http.paging import Listing, Paged, PagedLanguage, PageShown, cut
from service.api.http.parameters import Language, Nothing, parameters_of
from service.api.http.readers import today
from service.api.http.state import AnyRequest
from service.formats.json_records import encode, instant_text
from service.model.webhooks import DeliveryStatus, Filter, NewWebhook, Status, Watch, WebhookPatch
from service.store.database import Connection
from service.store.webhooks.endpoints import Webhook
from service.texts.sentences import recalled
from service.usecases.webhooks.endpoints import Keeper


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
    """Webhooks, the oldest first."""

    object: Literal["list"] = "list"
    data: list[WebhookShown]
    page: PageShown | None


class DeliveryList(Struct, kw_only=True):
    """Deliveries of one webhook, the newest first."""

    object: Literal["list"] = "list"
    data: list[DeliveryShown]
    page: PageShown | None


def webhook_fields(webhook: Webhook, lang: str) -> dict[str, Any]:
    return {
        "id": webhook.id,
        "href": f"/v1/webhooks/{webhook.id}",
        "owner_id": webhook.owner,
        "url": webhook.url,
        "types": list(webhook.types),
        "filter": webhook.filter,
        "metric": webhook.metric,
        "status": webhook.status,
        "status_reason": recalled(webhook.status_reason, lang),
        "failure_count": webhook.failures,
        "next_cursor": webhook.place.cursor,
        "created_at": instant_text(webhook.created_at),
        "updated_at": instant_text(webhook.updated_at),
    }


def delivery_shown(row: dict[str, Any], lang: str) -> DeliveryShown:
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
        last_error=recalled(row["last_error"], lang),
        body=row["body"].decode(),
        answer=None if answer is None else answer.decode("utf-8", "replace"),
        created_at=instant_text(row["created_at"]),
    )


NO_STORE = {"cache-control": "private, no-store"}


async def _own(request: AnyRequest, webhook_id: str) -> Keeper:
    """For a webhook that is the caller's. Raises ServiceError `not_found`."""
    keeper: Keeper = request.app.state.webhooks
    await keeper.check_access(webhook_id, caller(request))
    return keeper


async def _own_write(request: AnyRequest, webhook_id: str) -> Keeper:
    """As `_own`, for a write, which takes no parameters."""
    parameters_of(request, Nothing)
    return await _own(request, webhook_id)


def _answer(shown: Any, status: int = 200) -> Response[Any]:
    return Response(
        encode(shown), status_code=status, headers=NO_STORE, media_type="application/json"
    )


async def list_webhooks(reading: Reading[PagedLanguage]) -> Listing[WebhookList]:
    """List webhooks.

    The key's own, the oldest first; an admin sees all.
    """
    keeper: Keeper = reading.state.webhooks
    page, after = cut(
        reading.window, await keeper.every(caller(reading.request)), lambda webhook: webhook.id
    )
    shown = [WebhookShown(**webhook_fields(webhook, reading.lang)) for webhook in page]
    return Listing(WebhookList(data=shown, page=None), after)


async def create_webhook(request: AnyRequest) -> Response[WebhookWithSecret]:
    """Add a webhook.

    It is told of what comes after the newest revision. The secret is shown this once.
    """
    parameters_of(request, Nothing)
    keeper: Keeper = request.app.state.webhooks
    body = bodies.parsed(await bodies.content(request, (bodies.JSON,)), NewWebhook)
    given, faults = bodies.decoded(body, NewWebhook)
    noted, broken = [*body.faults, *faults], body.members.keys() - given.keys()
    new = await keeper.checked(given, today(), noted, broken)

    async def work(connection: Connection) -> Made:
        webhook, secret = await keeper.create(connection, new, caller(request).key_id)
        fields = webhook_fields(webhook, language(request).lang)
        shown = WebhookWithSecret(**fields, secret=secret, old_secret_until=None)
        return Made(shown, 201, fields["href"])

    return await idempotency.answer(request, work)


async def get_webhook(reading: Reading[Language], webhook_id: str) -> WebhookShown:
    """One webhook.

    Where it goes, what it wants, how it fares.
    """
    keeper = await _own(reading.request, webhook_id)
    webhook = await keeper.get(webhook_id)
    return WebhookShown(**webhook_fields(webhook, reading.lang))


async def change_webhook(request: AnyRequest, webhook_id: str) -> Response[WebhookShown]:
    """Change a webhook.

    A merge patch; `status` active goes on where a pause began, and after `off` from now.
    """
    keeper = await _own_write(request, webhook_id)
    body = bodies.parsed(
        await bodies.content(request, (bodies.JSON, bodies.MERGE_PATCH)), WebhookPatch
    )
    given, faults = bodies.decoded(body, WebhookPatch)
    changed = await keeper.change(webhook_id, given, today(), [*body.faults, *faults])
    return _answer(WebhookShown(**webhook_fields(changed, language(request).lang)))


async def delete_webhook(request: AnyRequest, webhook_id: str) -> None:
    """Remove a webhook.

    Gone with its deliveries.
    """
    await (await _own_write(request, webhook_id)).remove(webhook_id)


async def test_webhook(request: AnyRequest, webhook_id: str) -> Response[DeliveryShown]:
    """Try a webhook.

    Sends a message of type `webhook.test` now and tells what came of it.
    """
    keeper = await _own_write(request, webhook_id)
    return _answer(delivery_shown(await keeper.test(webhook_id), language(request).lang))


async def rotate_webhook_secret(
    request: AnyRequest, webhook_id: str
) -> Response[WebhookWithSecret]:
    """A new secret for a webhook.

    For a day the old secret signs as well, so that receivers can change over.
    """
    keeper = await _own_write(request, webhook_id)

    async def work(connection: Connection) -> Made:
        webhook, secret, until = await keeper.rotate(connection, webhook_id)
        fields, until_text = webhook_fields(webhook, language(request).lang), instant_text(until)
        return Made(WebhookWithSecret(**fields, secret=secret, old_secret_until=until_text))

    return await idempotency.answer(request, work)


async def list_webhook_deliveries(
    reading: Reading[Paged], webhook_id: str
) -> Listing[DeliveryList]:
    """List deliveries.

    The newest first; kept for thirty days.
    """
    keeper, window = await _own(reading.request, webhook_id), reading.window
    before = window.after[0] if window.after else None
    rows = await keeper.deliveries(webhook_id, window.fetch, before)
    shown = rows[: window.limit]
    page = DeliveryList(data=[delivery_shown(row, reading.lang) for row in shown], page=None)
    return Listing(page, [shown[-1]["id"]] if len(rows) > len(shown) else None)


async def get_webhook_delivery(
    reading: Reading[Nothing], webhook_id: str, delivery_id: str
) -> DeliveryShown:
    """One delivery.

    What was sent, how often, and what the receiver said last.
    """
    keeper = await _own(reading.request, webhook_id)
    return delivery_shown(await keeper.delivery(webhook_id, delivery_id), reading.lang)


async def redeliver_webhook_delivery(
    request: AnyRequest, webhook_id: str, delivery_id: str
) -> Response[DeliveryShown]:
    """Send it again.

    Due at once, under the same webhook-id, with all retries before it.
    """
    keeper = await _own_write(request, webhook_id)
    row = await keeper.redeliver(webhook_id, delivery_id)
    return _answer(delivery_shown(row, language(request).lang), 202)
