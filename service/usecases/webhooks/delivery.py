"""Out of the outbox: claim what is due, POST it, note what came of it."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime

from service import limits
from service.model.errors import ServiceError
from service.model.webhooks import (
    PROMISED,
    Answer,
    Message,
    asked_for,
    chance,
    next_attempt,
    next_trial,
)
from service.store.database import Connection, Database
from service.store.webhooks import deliveries, endpoints
from service.store.webhooks.endpoints import Webhook
from service.texts.sentences import Sentence, sentence
from service.usecases.webhooks.transport import Post

log = logging.getLogger("parity")
GONE = 410
Clock = Callable[[], datetime | None]


def database_time() -> None:
    """The database's own clock, which all senders share."""
    return


class Sender:
    """Sends what is due; a slow receiver holds up only itself."""

    def __init__(self, database: Database, post: Post, clock: Clock = database_time) -> None:
        self._database = database
        self._post = post
        self._clock = clock
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self.is_wanted = asyncio.Event()

    async def step(self) -> bool:
        """Claim what there is room for and start sending it; False when nothing is due."""
        room = limits.WEBHOOKS_AT_ONCE - len(self._tasks)
        if room <= 0:
            return False
        groups: dict[str, list[Message]] = defaultdict(list)
        for message in await self._claim(room):
            groups[message.webhook_id].append(message)
        for webhook_id, messages in groups.items():
            task = asyncio.create_task(self._send_all(messages))
            self._tasks[webhook_id] = task
            task.add_done_callback(lambda _, ended=webhook_id: self._ended(ended))  # type: ignore[misc]
        return bool(groups)

    async def _claim(self, room: int) -> list[Message]:
        async with self._database.operate() as connection:
            return await deliveries.claim(
                connection,
                room * limits.WEBHOOK_SIDE_BY_SIDE,
                busy=list(self._tasks),
                seal=self._database.seal,
                now=self._clock(),
            )

    def _ended(self, webhook_id: str) -> None:
        self._tasks.pop(webhook_id, None)
        self.is_wanted.set()

    async def drain(self) -> None:
        """Until everything that was claimed is sent and noted."""
        while self._tasks:
            await asyncio.gather(*self._tasks.values())

    async def _send_all(self, messages: list[Message]) -> None:
        await asyncio.gather(*(self._send(message) for message in messages))

    async def _send(self, message: Message) -> None:
        """A failure to note the outcome leaves the lease to run out: it is sent again."""
        answer = await self._post(message)
        try:
            await note(self._database, message, answer)
        except ServiceError as error:
            log.warning("delivery %s sent, not noted: %s", message.delivery_id, error.detail)


async def note(database: Database, message: Message, answer: Answer) -> None:
    """Write down an attempt: delivered, to be tried again, or failed for good."""
    later = chance()
    async with database.operate() as connection:
        webhook = await endpoints.get(connection, message.webhook_id, lock=True)
        if webhook is None:
            return
        again = None if answer.is_success else next_attempt(message.attempts + 1, message.at, later)
        status = "delivered" if answer.is_success else "pending" if again else "failed"
        due = max(again or message.at, asked_for(answer, message.at))
        if not await deliveries.record(connection, message, answer, status, due):
            return
        if answer.is_success:
            await endpoints.succeeded(connection, webhook.id)
        elif answer.status == GONE:
            await deliveries.abandon(connection, webhook.id)
            await _stop(connection, webhook.id, "off", sentence("webhooks.gone"))
        elif message.is_trial or webhook.failing_since is None:
            await _note_failure(connection, webhook, message, answer, later)


async def _note_failure(
    connection: Connection, webhook: Webhook, message: Message, answer: Answer, later: float
) -> None:
    """One failure of the receiver, however many deliveries were on their way to it."""
    failures, since = webhook.failures + 1, webhook.failing_since or message.at
    trial_at = max(next_trial(failures, message.at, later), asked_for(answer, message.at))
    await endpoints.failed(connection, webhook.id, failures, since, trial_at)
    if message.at - since >= PROMISED:
        reason = sentence("webhooks.failed", n=failures, last=_told(answer))
        await _stop(connection, webhook.id, "paused", reason)


async def _stop(connection: Connection, webhook_id: str, status: str, reason: Sentence) -> None:
    await endpoints.stop(connection, webhook_id, status, reason)
    log.warning("webhook %s is %s: %s", webhook_id, status, reason)


def _told(answer: Answer) -> Sentence:
    return answer.error or sentence("deliveries.status", status=answer.status or 0)
