"""Keeping webhooks: make, change, try out, rotate, send again."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec

from service.formats.change_records import event_id
from service.formats.json_records import encode, instant_text
from service.model.callers import Caller
from service.model.errors import Code, Fault, ServiceError, not_found
from service.model.keys import allows
from service.model.webhooks import (
    SECRET_BYTES,
    TEST,
    NewWebhook,
    WebhookPatch,
    new_secret,
)
from service.query.filters.subscriptions import faults_of
from service.store.database import Connection, Database
from service.store.webhooks import deliveries, endpoints
from service.store.webhooks.deliveries import Event
from service.store.webhooks.endpoints import Webhook
from service.usecases.analyses.panels import Panels
from service.usecases.webhooks import metric_watch, targets
from service.usecases.webhooks.delivery import note
from service.usecases.webhooks.targets import Resolve
from service.usecases.webhooks.transport import Post


@dataclass(frozen=True)
class Keeper:
    """What keeping webhooks needs: the base, the panels of watched figures, the way out."""

    database: Database
    panels: Panels
    post: Post
    allow_private: bool
    resolver: Resolve = targets.resolve

    async def check_access(self, webhook_id: str, who: Caller) -> None:
        """Another's webhook is as if it were not there, but for an admin."""
        async with self.database.operate() as connection:
            webhook = await _found(connection, webhook_id)
        if webhook.owner != who.key_id and not allows(who.scopes, "admin"):
            raise not_found("webhook", webhook_id)

    async def check(self, new: NewWebhook, today: date) -> None:
        """What is asked before it is created.

        Raises ServiceError `validation_failed` and others with pointers, `webhook_target_refused`.
        """
        await self._check(new, today)
        await self._check_target(new.url)

    async def create(
        self, connection: Connection, new: NewWebhook, owner: str | None = None
    ) -> tuple[Webhook, str]:
        """A checked webhook and its secret, which is never told again."""
        secret = new_secret(secrets.token_bytes(SECRET_BYTES))
        return await endpoints.insert(connection, new, secret, owner), secret

    async def change(self, webhook_id: str, patch: WebhookPatch, today: date) -> Webhook:
        """Apply a merge patch; activating goes on where a pause began, after `off` from now."""
        async with self.database.operate() as connection:
            before = await _found(connection, webhook_id)
        changed = _patched(before, patch)
        is_read = patch.metric is not msgspec.UNSET or patch.status == "active"
        await self._check(changed, today, reads_metric=is_read)
        if patch.url is not msgspec.UNSET or patch.status == "active":
            await self._check_target(changed.url)
        async with self.database.operate() as connection:
            current = await _found(connection, webhook_id, lock=True)
            await endpoints.replace(connection, webhook_id, _patched(current, patch))
            await _set_status(connection, current, patch)
            return await _found(connection, webhook_id)

    async def rotate(
        self, connection: Connection, webhook_id: str
    ) -> tuple[Webhook, str, datetime]:
        """A new secret, and until when the old one signs as well."""
        secret = new_secret(secrets.token_bytes(SECRET_BYTES))
        await _found(connection, webhook_id, lock=True)
        until = await endpoints.rotate(connection, webhook_id, secret)
        return await _found(connection, webhook_id), secret, until

    async def remove(self, webhook_id: str) -> None:
        async with self.database.operate() as connection:
            if not await endpoints.delete(connection, webhook_id):
                raise not_found("webhook", webhook_id)

    async def test(self, webhook_id: str) -> dict[str, Any]:
        """Send a message of type `webhook.test` now; the delivery tells what came of it."""
        async with self.database.operate() as connection:
            webhook = await _found(connection, webhook_id)
            _check_active(webhook)
            message = await deliveries.add_leased(connection, webhook_id, _test_event(webhook))
        await note(self.database, message, await self.post(message))
        return await self.delivery(webhook_id, message.delivery_id)

    async def redeliver(self, webhook_id: str, delivery_id: str) -> dict[str, Any]:
        """Due now, under the same webhook-id as before."""
        async with self.database.operate() as connection:
            _check_active(await _found(connection, webhook_id))
            await _delivery(connection, webhook_id, delivery_id)
            await deliveries.again(connection, delivery_id)
            return await _delivery(connection, webhook_id, delivery_id)

    async def get(self, webhook_id: str) -> Webhook:
        async with self.database.operate() as connection:
            return await _found(connection, webhook_id)

    async def every(self, who: Caller) -> list[Webhook]:
        """One's own; an admin's are all."""
        owner = None if allows(who.scopes, "admin") else who.key_id
        async with self.database.operate() as connection:
            return await endpoints.every(connection, owner)

    async def delivery(self, webhook_id: str, delivery_id: str) -> dict[str, Any]:
        async with self.database.operate() as connection:
            return await _delivery(connection, webhook_id, delivery_id)

    async def deliveries(
        self, webhook_id: str, limit: int, before: str | None
    ) -> list[dict[str, Any]]:
        """The newest first."""
        async with self.database.operate() as connection:
            await _found(connection, webhook_id)
            return await deliveries.page(connection, webhook_id, limit, before)

    async def _check(self, new: NewWebhook, today: date, *, reads_metric: bool = True) -> None:
        if faults := faults_of(new):
            raise ServiceError(Code.VALIDATION_FAILED, faults[0].detail, faults)
        if new.metric is not None and reads_metric:
            await self._check_metric(new, today)

    async def _check_metric(self, new: NewWebhook, today: date) -> None:
        assert new.metric is not None
        if not 0 < new.metric.threshold < float("inf"):
            fault = Fault(
                Code.VALIDATION_FAILED, "A threshold is above zero.", pointer="/metric/threshold"
            )
            raise ServiceError(fault.code, fault.detail, [fault])
        try:
            await metric_watch.read(self.database, self.panels, new.metric, today)
        except ServiceError as error:
            if error.code not in (Code.NOT_FOUND, Code.UNKNOWN_REFERENCE):
                raise
            fault = Fault(Code.UNKNOWN_REFERENCE, error.detail, pointer="/metric/metric")
            raise ServiceError(Code.VALIDATION_FAILED, error.detail, [fault]) from None

    async def _check_target(self, url: str) -> None:
        await targets.check(url, allow_private=self.allow_private, resolver=self.resolver)


def _patched(webhook: Webhook, patch: WebhookPatch) -> NewWebhook:
    """The subscription after the patch; its own words where the patch is silent."""
    given = {
        name: value
        for name in ("url", "types", "filter", "metric")
        if (value := getattr(patch, name)) is not msgspec.UNSET
    }
    stored = {name: getattr(webhook, name) for name in ("url", "types", "filter", "metric")}
    return NewWebhook(**{**stored, **given})


async def _set_status(connection: Connection, webhook: Webhook, patch: WebhookPatch) -> None:
    if patch.status == "active" and webhook.status != "active":
        await endpoints.activate(connection, webhook.id, from_now=webhook.status == "off")
    elif patch.status == "paused" and webhook.status == "active":
        await endpoints.stop(connection, webhook.id, "paused", "Paused by its owner.")


async def _found(connection: Connection, webhook_id: str, *, lock: bool = False) -> Webhook:
    webhook = await endpoints.get(connection, webhook_id, lock=lock)
    if webhook is None:
        raise not_found("webhook", webhook_id)
    return webhook


async def _delivery(connection: Connection, webhook_id: str, delivery_id: str) -> dict[str, Any]:
    found = await deliveries.get(connection, webhook_id, delivery_id)
    if found is None:
        raise not_found("delivery", delivery_id)
    return found


def _check_active(webhook: Webhook) -> None:
    if webhook.status != "active":
        raise ServiceError(Code.WEBHOOK_NOT_ACTIVE, f"The webhook is {webhook.status}.")


def _test_event(webhook: Webhook) -> Event:
    nonce = secrets.token_hex(16)
    data = {"id": webhook.id, "href": f"/v1/webhooks/{webhook.id}"}
    timestamp = instant_text(webhook.updated_at)
    body = encode({"type": TEST, "timestamp": timestamp, "data": data})
    return Event(event_id("test", webhook.id, nonce), TEST, body)
