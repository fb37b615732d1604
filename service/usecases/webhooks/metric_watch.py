"""A figure that a webhook watches: read anew after each revision, told when it has moved."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import msgspec

from service.formats.change_records import event_id
from service.formats.json_records import encode, instant_text
from service.model.errors import Code, Fault, Moved, ServiceError
from service.model.webhooks import METRIC_CHANGED, Watch
from service.store.database import Database, Snapshot
from service.store.webhooks import deliveries, endpoints
from service.store.webhooks.deliveries import Event
from service.store.webhooks.endpoints import Webhook
from service.texts.sentences import Sentence, sentence
from service.usecases.analyses import answer as analyses
from service.usecases.analyses.declaration import Analysis
from service.usecases.analyses.panels import Panels
from service.usecases.analyses.question import Question
from service.usecases.webhooks.watched_questions import watched

_FIELD = re.compile(r"[a-z_0-9]+(?:\.[a-z_0-9]+){0,5}\Z")


@dataclass(frozen=True)
class Reading:
    """The figure at a revision; None where the analysis has none."""

    value: float | None
    revision: int
    instant: str


async def read(database: Database, panels: Panels, watch: Watch, today: date) -> Reading:
    """Raises ServiceError `validation_failed` or what the analysis raises."""
    analysis, record_id, question = watched(watch.metric, today)
    if not _FIELD.match(watch.field):
        raise _refused("/metric/field", sentence("webhooks.field"))
    async with database.read() as newest:
        snapshot = replace(newest, on=question.on)
        return await _read(snapshot, panels, analysis, record_id, question, watch.field)


async def _read(
    snapshot: Snapshot,
    panels: Panels,
    analysis: Analysis,
    record_id: str,
    question: Question,
    field: str,
) -> Reading:
    try:
        answer = await analyses.answer(snapshot, panels, analysis, record_id, question)
    except Moved as moved:
        return await _read(snapshot, panels, analysis, moved.new, question, field)
    value = _member(msgspec.to_builtins(answer), field)
    return Reading(value, snapshot.revision, instant_text(snapshot.instant))


def _member(shown: Any, field: str) -> float | None:
    for name in field.split("."):
        if not isinstance(shown, dict) or name not in shown:
            raise _refused("/metric/field", sentence("webhooks.no_member", name=field[:80]))
        shown = shown[name]
    if isinstance(shown, bool) or not isinstance(shown, int | float | None):
        raise _refused("/metric/field", sentence("webhooks.no_number", name=field[:80]))
    return None if shown is None else float(shown)


def _refused(pointer: str, detail: Sentence) -> ServiceError:
    fault = Fault(Code.VALIDATION_FAILED, detail, pointer=pointer)
    return ServiceError(Code.VALIDATION_FAILED, detail, [fault])


async def watch(database: Database, panels: Panels, today: Callable[[], date]) -> bool:
    """Read one watched figure at the newest revision; False when all have been.

    A figure that can no longer be read pauses its webhook.
    """
    async with database.operate() as connection:
        webhook = await endpoints.unwatched(connection)
    if webhook is None or webhook.metric is None:
        return False
    try:
        reading = await read(database, panels, webhook.metric, today())
    except ServiceError as error:
        if error.code not in (
            Code.VALIDATION_FAILED,
            Code.NOT_FOUND,
            Code.UNKNOWN_REFERENCE,
            Code.GONE,
        ):
            raise
        async with database.operate() as connection:
            await endpoints.stop(connection, webhook.id, "paused", error.detail)
        return True
    await _tell(database, webhook, webhook.metric, reading)
    return True


async def _tell(database: Database, seen: Webhook, watch: Watch, reading: Reading) -> None:
    async with database.operate() as connection:
        webhook = await endpoints.get(connection, seen.id, lock=True)
        if webhook is None or webhook.metric != watch:
            return
        is_first = webhook.metric_value_revision is None
        moved = not is_first and has_moved(webhook.metric_value, reading.value, watch.threshold)
        if moved:
            await deliveries.add(connection, webhook.id, [_event(webhook, watch, reading)])
        await endpoints.note_reading(
            connection, webhook, reading.revision, reading.value, is_told=is_first or moved
        )


def has_moved(old: float | None, new: float | None, threshold: float) -> bool:
    """By at least the threshold (to nine digits), or from or to nothing."""
    if old is None or new is None:
        return old is not new
    return abs(new - old) >= threshold * (1 - 1e-9)


def _event(webhook: Webhook, watch: Watch, reading: Reading) -> Event:
    data = {
        "href": watch.metric,
        "field": watch.field,
        "threshold": watch.threshold,
        "old": {"value": webhook.metric_value, "revision": webhook.metric_value_revision},
        "new": {"value": reading.value, "revision": reading.revision},
        "revision": reading.revision,
    }
    body = encode({"type": METRIC_CHANGED, "timestamp": reading.instant, "data": data})
    return Event(
        event_id("metric", webhook.id, reading.revision), METRIC_CHANGED, body, METRIC_CHANGED
    )
