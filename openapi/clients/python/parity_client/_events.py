"""Server-sent events, line by line."""

from __future__ import annotations

import json

from parity_client._calls import Event

PAUSE = 2.0


class Reader:
    """Takes the lines of a stream. `last_id` is where to go on after the stream has ended."""

    def __init__(self) -> None:
        self.last_id = ""
        self._data: list[str] = []

    def event(self, line: str) -> Event | None:
        """The event that this line completes."""
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "id":
            self.last_id = value
        elif name == "data":
            self._data.append(value)
        elif not line and self._data:
            data, self._data = "\n".join(self._data), []
            return Event(self.last_id, json.loads(data))
        return None

    def headers(self) -> dict[str, str]:
        self._data = []
        return {"Last-Event-ID": self.last_id} if self.last_id else {}
