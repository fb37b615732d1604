"""Keeping webhooks: make, change, try out, rotate, send again."""

import secrets
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from service.formats.change_records import event_id
from service.formats.json_records import encode, instant_text
from service.model.callers import Caller
from service.model.errors import Code, Fault, ServiceError, not_found, unprocessable
from service.model.keys import allows
from service.model.webhooks import (
    SECRET_BYTES,
    TEST,
    NewWebhook,
    Watch,
    new_secret,
)
from service.query.filters.subscriptions import faults_of
from service.store.database import Connection, Database
from service.store.webhooks import deliveries, endpoints
from service.store.webhooks.deliveries import Event
from service.store.webhooks.endpoints import Webhook
from service.texts.sentences import sentence
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

    async def checked(
        self,
        given: Mapping[str, Any],
        today: date,
        noted: Iterable[Fault] = (),
        broken: Set[str] = frozenset(),
    ) -> NewWebhook:
        """The subscription of the members of a NewWebhook; of those that are `broken` nothing is
        known.

        Raises ServiceError `validation_failed` with every fault, those `noted` too; one whose only
        fault is its address `webhook_target_refused`.
        """
        faults = [*noted, *await self._faults(given, today, broken)]
        if "url" in given:
            faults += await self._target_faults(given["url"])
        if faults:
            raise unprocessable(faults)
        return NewWebhook(**given)

    async def create(
        self, connection: Connection, new: NewWebhook, owner: str | None = None
    ) -> tuple[Webhook, str]:
        """A checked webhook and its secret, which is never told again."""
        secret = new_secret(secrets.token_bytes(SECRET_BYTES))
        stored = self.database.seal.sealed_text(secret)
        return await endpoints.insert(connection, new, stored, owner), secret

    async def change(
        self, webhook_id: str, given: Mapping[str, Any], today: date, noted: Iterable[Fault] = ()
    ) -> Webhook:
        """Apply a merge patch, the members of a WebhookPatch; activating goes on where a pause
        began, after `off` from now. Raises as `checked`.
        """
        async with self.database.operate() as connection:
            before = await _found(connection, webhook_id)
        is_activated = given.get("status") == "active"
        changed = _patched(before, given)
        reads_metric = "metric" in given or is_activated
        faults = [*noted, *await self._faults(changed, today, reads_metric=reads_metric)]
        if "url" in given or is_activated:
            faults += await self._target_faults(changed["url"])
        if faults:
            raise unprocessable(faults)
        async with self.database.operate() as connection:
            current = await _found(connection, webhook_id, lock=True)
            new = NewWebhook(**_patched(current, given))
            await endpoints.replace(connection, webhook_id, new)
            await _set_status(connection, current, given.get("status"))
            return await _found(connection, webhook_id)

    async def rotate(
        self, connection: Connection, webhook_id: str
    ) -> tuple[Webhook, str, datetime]:
        """A new secret, and until when the old one signs as well."""
        secret = new_secret(secrets.token_bytes(SECRET_BYTES))
        stored = self.database.seal.sealed_text(secret)
        await _found(connection, webhook_id, lock=True)
        until = await endpoints.rotate(connection, webhook_id, stored)
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
            message = await deliveries.add_leased(
                connection, webhook_id, _test_event(webhook), self.database.seal
            )
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

    async def _faults(
        self,
        given: Mapping[str, Any],
        today: date,
        broken: Set[str] = frozenset(),
        *,
        reads_metric: bool = True,
    ) -> list[Fault]:
        faults = faults_of(given, broken)
        metric = given.get("metric")
        if metric is not None and reads_metric:
            faults += await self._metric_faults(metric, today)
        return faults

    async def _metric_faults(self, metric: Watch, today: date) -> list[Fault]:
        if not 0 < metric.threshold < float("inf"):
            detail = sentence("webhooks.threshold")
            return [Fault(Code.VALIDATION_FAILED, detail, pointer="/metric/threshold")]
        try:
            await metric_watch.read(self.database, self.panels, metric, today)
        except ServiceError as error:
            if error.code is Code.VALIDATION_FAILED:
                return list(error.faults)
            if error.code not in (Code.NOT_FOUND, Code.UNKNOWN_REFERENCE):
                raise
            return [Fault(Code.UNKNOWN_REFERENCE, error.detail, pointer="/metric/metric")]
        return []

    async def _target_faults(self, url: str) -> list[Fault]:
        try:
            await targets.check(url, allow_private=self.allow_private, resolver=self.resolver)
        except ServiceError as error:
            return list(error.faults)
        return []


def _patched(webhook: Webhook, given: Mapping[str, Any]) -> dict[str, Any]:
    """The subscription after the patch; its own words where the patch is silent."""
    names = NewWebhook.__struct_fields__
    return {name: given.get(name, getattr(webhook, name)) for name in names}


async def _set_status(connection: Connection, webhook: Webhook, status: str | None) -> None:
    if status == "active" and webhook.status != "active":
        await endpoints.activate(connection, webhook.id, from_now=webhook.status == "off")
    elif status == "paused" and webhook.status == "active":
        await endpoints.stop(connection, webhook.id, "paused", sentence("webhooks.by_owner"))


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
        raise ServiceError(Code.WEBHOOK_NOT_ACTIVE, sentence(f"webhook_states.{webhook.status}"))


def _test_event(webhook: Webhook) -> Event:
    nonce = secrets.token_hex(16)
    data = {"id": webhook.id, "href": f"/v1/webhooks/{webhook.id}"}
    timestamp = instant_text(webhook.updated_at)
    body = encode({"type": TEST, "timestamp": timestamp, "data": data})
    return Event(event_id("test", webhook.id, nonce), TEST, body)
