"""`/v1/webhooks`: to be told of changes instead of asking (Standard Webhooks)."""

from typing import Any, Literal

from litestar import Request, Response, delete, get, patch, post
from litestar.params import FromPath
from msgspec import Struct

from service import limits
from service.api.catalogue.lists import today
from service.api.http import bodies, idempotency
from service.api.http.access import caller
from service.api.http.idempotency import Made
from service.api.http.parameters import Parameter, Query
from service.formats.json_records import encode, instant_text
from service.model.webhooks import DeliveryStatus, Filter, NewWebhook, Status, Watch, WebhookPatch
from service.store.database import Connection
from service.store.webhooks.endpoints import Webhook
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


NO_STORE = {"cache-control": "private, no-store"}
ONE = "/v1/webhooks/{webhook_id:str}"
DELIVERY = f"{ONE}/deliveries/{{delivery_id:str}}"
LIMIT = Parameter(
    name="limit", doc="Deliveries a page.",
    schema={"type": "integer", "minimum": 1, "maximum": limits.PAGE_MAX,
            "default": limits.PAGE_DEFAULT},
)  # fmt: skip
CURSOR = Parameter(name="cursor", doc="`page.next_cursor` of the page before.")
Asked = Request[Any, Any, Any]


def _opt(**more: Any) -> dict[str, Any]:
    return {"scope": "write", "parameters": [], **more}


def _keeper(request: Asked, *known: Parameter) -> Keeper:
    """Refuses parameters that the path does not know."""
    Query(request).finish(parameter.name for parameter in known)
    keeper: Keeper = request.app.state.webhooks
    return keeper


async def _own(request: Asked, webhook_id: str, *known: Parameter) -> Keeper:
    """For a webhook that is the caller's. Raises ServiceError `not_found`."""
    keeper = _keeper(request, *known)
    await keeper.check_access(webhook_id, caller(request))
    return keeper


def _answer(shown: Any, status: int = 200) -> Response[Any]:
    return Response(
        encode(shown), status_code=status, headers=NO_STORE, media_type="application/json"
    )


@get("/v1/webhooks", operation_id="list_webhooks", summary="List webhooks", tags=["Webhooks"],
     opt=_opt())  # fmt: skip
async def list_webhooks(request: Asked) -> Response[WebhookList]:
    """The key's own, the oldest first; an admin sees all."""
    found = await _keeper(request).every(caller(request))
    return _answer(WebhookList(data=[WebhookShown(**webhook_fields(w)) for w in found]))


@post("/v1/webhooks", operation_id="create_webhook", summary="Add a webhook", tags=["Webhooks"],
      opt=_opt(body=NewWebhook, headers=idempotency.HEADERS))  # fmt: skip
async def create_webhook(request: Asked) -> Response[WebhookWithSecret]:
    """It is told of what comes after the newest revision. The secret is shown this once."""
    keeper = _keeper(request)
    body = bodies.parsed(await bodies.content(request, (bodies.JSON,)))
    given, faults = bodies.decoded(body, NewWebhook)
    noted, broken = [*body.faults, *faults], body.members.keys() - given.keys()
    new = await keeper.checked(given, today(), noted, broken)

    async def work(connection: Connection) -> Made:
        webhook, secret = await keeper.create(connection, new, caller(request).key_id)
        fields = webhook_fields(webhook)
        shown = WebhookWithSecret(**fields, secret=secret, old_secret_until=None)
        return Made(shown, 201, fields["href"])

    return await idempotency.answer(request, work)


@get(ONE, operation_id="get_webhook", summary="One webhook", tags=["Webhooks"], opt=_opt())
async def get_webhook(request: Asked, webhook_id: FromPath[str]) -> Response[WebhookShown]:
    """Where it goes, what it wants, how it fares."""
    return _answer(
        WebhookShown(**webhook_fields(await (await _own(request, webhook_id)).get(webhook_id)))
    )


@patch(ONE, operation_id="change_webhook", summary="Change a webhook", tags=["Webhooks"],
       opt=_opt(body=WebhookPatch))  # fmt: skip
async def change_webhook(request: Asked, webhook_id: FromPath[str]) -> Response[WebhookShown]:
    """A merge patch; `status` active goes on where a pause began, and after `off` from now."""
    keeper = await _own(request, webhook_id)
    body = bodies.parsed(await bodies.content(request, (bodies.JSON, bodies.MERGE_PATCH)))
    given, faults = bodies.decoded(body, WebhookPatch)
    changed = await keeper.change(webhook_id, given, today(), [*body.faults, *faults])
    return _answer(WebhookShown(**webhook_fields(changed)))


@delete(ONE, operation_id="delete_webhook", summary="Remove a webhook", tags=["Webhooks"],
        opt=_opt())  # fmt: skip
async def delete_webhook(request: Asked, webhook_id: FromPath[str]) -> None:
    """Gone with its deliveries."""
    await (await _own(request, webhook_id)).remove(webhook_id)


@post(f"{ONE}/test", operation_id="test_webhook", summary="Try a webhook", tags=["Webhooks"],
      status_code=200, opt=_opt(conflicts=True))  # fmt: skip
async def test_webhook(request: Asked, webhook_id: FromPath[str]) -> Response[DeliveryShown]:
    """Sends a message of type `webhook.test` now and tells what came of it."""
    return _answer(delivery_shown(await (await _own(request, webhook_id)).test(webhook_id)))


@post(f"{ONE}/rotate-secret", operation_id="rotate_webhook_secret", summary="A new secret",
      tags=["Webhooks"], status_code=200, opt=_opt(headers=idempotency.HEADERS))  # fmt: skip
async def rotate_webhook_secret(
    request: Asked, webhook_id: FromPath[str]
) -> Response[WebhookWithSecret]:
    """For a day the old secret signs as well, so that receivers can change over."""
    keeper = await _own(request, webhook_id)

    async def work(connection: Connection) -> Made:
        webhook, secret, until = await keeper.rotate(connection, webhook_id)
        fields, until_text = webhook_fields(webhook), instant_text(until)
        return Made(WebhookWithSecret(**fields, secret=secret, old_secret_until=until_text))

    return await idempotency.answer(request, work)


@get(f"{ONE}/deliveries", operation_id="list_webhook_deliveries", summary="List deliveries",
     tags=["Webhooks"], opt=_opt(parameters=[LIMIT, CURSOR]))  # fmt: skip
async def list_deliveries(request: Asked, webhook_id: FromPath[str]) -> Response[DeliveryList]:
    """The newest first; kept for thirty days."""
    query = Query(request)
    limit = query.integer("limit", limits.PAGE_DEFAULT, 1, limits.PAGE_MAX)
    before = query.one("cursor")
    query.finish(("limit", "cursor"))
    keeper = await _own(request, webhook_id, LIMIT, CURSOR)
    rows = await keeper.deliveries(webhook_id, limit + 1, before)
    shown = rows[:limit]
    following = shown[-1]["id"] if len(rows) > limit else None
    page = DeliveryPage(limit=limit, next_cursor=following)
    return _answer(DeliveryList(data=[delivery_shown(row) for row in shown], page=page))


@get(DELIVERY, operation_id="get_webhook_delivery", summary="One delivery", tags=["Webhooks"],
     opt=_opt())  # fmt: skip
async def get_delivery(
    request: Asked, webhook_id: FromPath[str], delivery_id: FromPath[str]
) -> Response[DeliveryShown]:
    """What was sent, how often, and what the receiver said last."""
    return _answer(
        delivery_shown(await (await _own(request, webhook_id)).delivery(webhook_id, delivery_id))
    )


@post(f"{DELIVERY}/redeliver", operation_id="redeliver_webhook_delivery", summary="Send it again",
      tags=["Webhooks"], status_code=202, opt=_opt(conflicts=True))  # fmt: skip
async def redeliver(
    request: Asked, webhook_id: FromPath[str], delivery_id: FromPath[str]
) -> Response[DeliveryShown]:
    """Due at once, under the same webhook-id, with all retries before it."""
    row = await (await _own(request, webhook_id)).redeliver(webhook_id, delivery_id)
    return _answer(delivery_shown(row), 202)


HANDLERS = [
    list_webhooks, create_webhook, get_webhook, change_webhook, delete_webhook, test_webhook,
    rotate_webhook_secret, list_deliveries, get_delivery, redeliver,
]  # fmt: skip
