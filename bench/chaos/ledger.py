"""What a client was told of its writes, and what the base says of them afterwards.

A write is acknowledged (2xx), refused (what the service says it has not done) or unknown: the
connection broke, or the answer says so. Unknown writes are sent again under their Idempotency-Key.
"""

import json
import time
from abc import ABC, abstractmethod
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from itertools import pairwise
from threading import Event, Lock, Thread
from typing import Any, Self

from bench.chaos.writes import LINES, Write, writes

TRIES = 60
NOBODY = -1  # listens: it was not sent


class Client:
    """One connection, opened again whenever it broke."""

    def __init__(self, port: int, secret: str, seconds: float = 15.0) -> None:
        self._port, self._secret, self._seconds = port, secret, seconds
        self._connection: HTTPConnection | None = None

    def send(self, write: Write) -> None:
        """Ask, and note what is answered; status 0: nothing was, NOBODY: nobody was there."""
        headers = {
            "Content-Type": write.media_type,
            "Idempotency-Key": write.key,
            **({"If-Match": "*"} if write.merged else {}),
        }
        write.status, write.answer = self.ask(write.method, write.target, write.body, headers)

    def ask(
        self, method: str, target: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, Any]]:
        """Status and JSON."""
        status, text = self.raw(method, target, body, headers)
        try:
            return status, json.loads(text) if text else {}
        except json.JSONDecodeError:
            return 0, {}

    def raw(
        self, method: str, target: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> tuple[int, bytes]:
        """Status and body."""
        given = {"Authorization": f"Bearer {self._secret}", "Accept": "application/json"}
        try:
            if self._connection is None:
                self._connection = HTTPConnection("127.0.0.1", self._port, timeout=self._seconds)
            self._connection.request(method, target, body or None, {**given, **(headers or {})})
            response = self._connection.getresponse()
            return response.status, response.read()
        except ConnectionRefusedError:
            self.close()
            return NOBODY, b""
        except (OSError, HTTPException):
            self.close()
            return 0, b""

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None


class Crowd(ABC):
    """Several clients, each in a thread, who work until they are told to stop; inside the block
    they do."""

    def __init__(self, port: int, secret: str, n: int) -> None:
        self.stop = Event()
        self._threads = [
            Thread(target=self.work, args=(Client(port, secret), number)) for number in range(n)
        ]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        for thread in self._threads:
            thread.join()

    @abstractmethod
    def work(self, client: Client, number: int) -> None:
        """What one of them does until `stop`."""


class Writers(Crowd):
    """Who keep what they sent and when it was acknowledged."""

    def __init__(self, port: int, secret: str, n: int, turn: int, lines: int = LINES) -> None:
        super().__init__(port, secret, n)
        self.sent: list[Write] = []
        self.times: list[float] = []  # of each acknowledgement
        self.records = 0  # acknowledged
        self._turn, self._lines, self._lock = turn, lines, Lock()

    def work(self, client: Client, number: int) -> None:
        for write in writes(f"t{self._turn}w{number}", self._lines):
            if self.stop.is_set():
                break
            client.send(write)
            with self._lock:
                self.sent.append(write)
                if write.is_acknowledged:
                    self.times.append(time.monotonic())
                    self.records += write.records
            if not write.is_acknowledged:
                time.sleep(0.1)
        client.close()

    def wait_for_one(self, patience: float) -> float | None:
        """When the next write is acknowledged; None: none is in time."""
        began = time.monotonic()
        while time.monotonic() < began + patience:
            with self._lock:
                if self.times and self.times[-1] > began:
                    return self.times[-1]
            time.sleep(0.005)
        return None

    def wait_for_records(self, n: int, patience: float) -> None:
        """Until so many are acknowledged, or it takes too long."""
        until = time.monotonic() + patience
        while self.records < n and time.monotonic() < until:
            time.sleep(0.005)

    def longest_gap(self, since: float) -> float:
        """Seconds without an acknowledgement, at most, from a moment on."""
        told = sorted(moment for moment in self.times if moment > since)
        return max(b - a for a, b in pairwise([since, *told]))


class Base:
    """What stands of some writes, as the lists tell it."""

    def __init__(self, client: Client) -> None:
        self._vendors = _standing(client, "/v1/vendors.ndjson?fields=id")
        self._products = _standing(client, "/v1/products.ndjson?fields=id,vendor_id")

    def holds(self, write: Write) -> bool | None:
        """Whether all of its effect is there; None: a part."""
        there = self._products if write.is_product else self._vendors
        found = [id_ in there for id_ in write.ids]
        if write.merged and found[0]:
            is_gone = write.merged not in self._vendors
            product = self._products.get(_product_of(write))
            owner = write.ids[0] if is_gone else write.merged
            has_moved = (product or {}).get("vendor_id", owner) == write.ids[0]
            found = [is_gone, has_moved]
        return found[0] if len(set(found)) == 1 else None


def _standing(client: Client, target: str) -> dict[str, dict[str, Any]]:
    """The records of a list by id, 100,000 at most. Raises RuntimeError without an answer."""
    status = 0
    for _ in range(TRIES):
        status, text = client.raw("GET", target)
        if status == 200:
            return {line["id"]: line for line in map(json.loads, text.splitlines())}
        time.sleep(0.2)
    raise RuntimeError(f"{target}: {status}")


@dataclass
class Ledger:
    """The sums over all crashes."""

    acknowledged: int = 0
    records: int = 0  # of what is acknowledged
    lost: int = 0
    unknown: int = 0
    applied: int = 0  # of the unknown, found when they were sent again
    unsettled: int = 0
    refused: int = 0
    half_applied: int = 0
    phantoms: int = 0  # refused, and there all the same

    def settle(self, sent: list[Write], client: Client) -> None:
        """Count what was sent, after sending the unknown again."""
        base = Base(client) if any(write.is_unknown for write in sent) else None
        for write in sent:
            if base and write.is_unknown:
                self._send_again(write, client, base)
            elif write.is_acknowledged:
                self.acknowledged += 1
                self.records += write.records
            else:
                self.refused += 1

    def _send_again(self, write: Write, client: Client, base: Base) -> None:
        self.unknown += 1
        was_there = base.holds(write)
        self.applied += was_there is True
        self.half_applied += was_there is None
        for _ in range(TRIES):
            client.send(write)
            if 0 < write.status < 500 and write.status != 409:
                break
            time.sleep(0.2)
        self.unsettled += write.is_unknown or write.status >= 500

    def check(self, sent: list[Write], client: Client) -> None:
        """Read back everything."""
        base = Base(client)
        merged = {write.merged for write in sent if write.merged and write.is_acknowledged}
        for write in sent:
            if merged.intersection(write.ids):
                continue  # gone by a later merge, which is looked at by itself
            there = base.holds(write)
            self.half_applied += there is None
            if write.is_acknowledged:
                self.lost += there is False
            else:
                self.phantoms += there is True and not write.merged


def _product_of(merge: Write) -> str:
    return f"{merge.merged.removesuffix('-b')}-p"
