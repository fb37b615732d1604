"""Logs: lines for people, or JSON with the same fields for programs; of records and of requests."""

import asyncio
import logging
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, Literal

import msgspec

from service.telemetry.lines import Lines, unblocked
from service.telemetry.redaction import redacted
from service.telemetry.requests import CURRENT, Seen

Form = Literal["text", "json"]
# The server's own lines go the way of ours.
SERVER_LOGGING: Mapping[str, Any] = {
    "loggers": {"_granian": {"handlers": [], "level": "INFO", "propagate": True}}
}
FLUSH_SECONDS = 0.2
TRACE_CHARACTERS = 8000  # of a failure its end, where it says what it is
Entry = dict[str, object]


def coded(entry: Entry) -> bytes:
    """An entry as one line of JSON, without secrets."""
    return redacted(msgspec.json.encode(entry).decode()).encode()


def told(entry: Entry) -> bytes:
    """The same for people: `12:30:01 INFO message name=value`, and what failed below."""
    rest = {name: value for name, value in entry.items() if name not in _TOLD}
    failure = entry.get("error", "")
    words = [str(entry["time"])[11:19], str(entry["level"]).upper(), str(entry["message"])]
    words += [f"{name}={value}" for name, value in rest.items()]
    return redacted(" ".join(words) + (f"\n{failure}" if failure else "")).encode()


_TOLD = frozenset(("time", "level", "logger", "message", "error"))
FORMS: Mapping[str, Callable[[Entry], bytes]] = {"text": told, "json": coded}


class Log(logging.Handler):
    """Writes records and requests, and waits for no reader."""

    def __init__(self, form: Form, write: Callable[[bytes], int]) -> None:
        super().__init__()
        self._form = FORMS[form]
        self.lines = Lines(write, self._dropped)

    def emit(self, record: logging.LogRecord) -> None:
        """A record, with the request that it is of."""
        try:
            self.lines.put(self._form(entry_of(record)))
        except Exception:  # noqa: BLE001, the standard way of a handler that fails
            self.handleError(record)

    def request(self, seen: Seen) -> None:
        """A request that is over."""
        self.lines.put(self._form(request_entry(seen)))

    def _dropped(self, n: int) -> bytes:
        message = f"{n} lines were dropped: nobody read them"
        return self._form(_entry("warning", "parity", message)) + b"\n"

    @asynccontextmanager
    async def flushing(self) -> AsyncIterator[None]:
        """What was not taken at once is written later, for as long as the block lasts."""
        task = asyncio.create_task(self._flush_regularly())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.wait({task})
            await asyncio.to_thread(self.lines.close)

    async def _flush_regularly(self) -> None:
        while True:
            self.lines.flush()
            await asyncio.sleep(FLUSH_SECONDS)


def installed(form: Form) -> Log:
    """The log of this process: all records go there, ours from INFO, those of others from WARNING
    on. In a process that was forked it takes the place of its parent's."""
    log, root = Log(form, unblocked(_standard_error())), logging.getLogger()
    for handler in root.handlers[:]:
        root.removeHandler(handler)
    root.addHandler(log)
    root.setLevel(logging.WARNING)
    logging.getLogger("parity").setLevel(logging.INFO)
    return log


def _standard_error() -> int:
    """Its descriptor, also where something in memory took its place."""
    try:
        return sys.stderr.fileno()
    except (OSError, ValueError):
        return 2


def entry_of(record: logging.LogRecord) -> Entry:
    """What a record says, by name."""
    entry = _entry(record.levelname.lower(), record.name, record.getMessage(), record.created)
    seen = CURRENT.get()
    if seen is not None and not seen.is_over:
        entry |= _ids(seen) | {"method": seen.method, "route": seen.route}
    if record.exc_info and record.exc_info[0] is not None:
        entry["error"] = _FORMATTER.formatException(record.exc_info)[-TRACE_CHARACTERS:]
    return entry


def request_entry(seen: Seen) -> Entry:
    """A request by name: of its address the template only, of what was sent nothing."""
    entry = _entry("info", "parity.requests", "request")
    entry |= {"method": seen.method, "route": seen.route, "status": seen.status}
    entry["duration_ms"] = round(seen.seconds * 1000, 2)
    if seen.revision:
        entry["revision"] = int(seen.revision)
    if seen.is_remembered:
        entry["remembered"] = True
    return entry | _ids(seen)


def _ids(seen: Seen) -> Entry:
    request_id = seen.request_id or seen.scope.get("request_id", "")
    named = {"request_id": request_id, "trace_id": seen.trace_id}
    return {name: value for name, value in named.items() if value}


def _entry(level: str, logger: str, message: str, at: float | None = None) -> Entry:
    moment = datetime.now(UTC) if at is None else datetime.fromtimestamp(at, UTC)
    when = moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return {"time": when, "level": level, "logger": logger, "message": message}


_FORMATTER = logging.Formatter()
