"""What a receiver of webhooks gets while workers are killed: missing, twice, out of order."""

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread

from bench.chaos.house import House, house, kill
from bench.chaos.ledger import Client
from bench.report import NONE, Row

RECORDS, CHANGES, KILLS = 40, 5, 3
PATIENCE_SECONDS = 370.0  # the second repetition is due after five minutes


class _Receiver(ThreadingHTTPServer):
    """Notes every delivery; each tenth is answered with 500, once, and comes again."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.heard: list[tuple[str, str, int]] = []  # event, record, revision
        self.n, self.failed, self.lock = 0, set[str](), Lock()

    def hear(self, event: str, body: bytes) -> int:
        """The status to answer."""
        data = json.loads(body).get("data", {})
        with self.lock:
            self.n += 1
            if self.n % 10 == 0 and event not in self.failed:
                self.failed.add(event)
                return 500
            self.heard.append((event, data.get("id", ""), data.get("revision", 0)))
            return 204


class _Handler(BaseHTTPRequestHandler):
    server: _Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        self.send_response(self.server.hear(self.headers.get("webhook-id", ""), body))
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing is printed."""


def rows(folder: Path) -> Iterator[Row]:
    receiver = _Receiver()
    Thread(target=receiver.serve_forever, daemon=True).start()
    settings = {"PARITY_WEBHOOK_ALLOW_PRIVATE": "true"}
    with house(folder / "hooks", settings=settings) as made:
        wanted = _write(made, receiver)
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until and len(_told(receiver)) < wanted:
            time.sleep(0.2)
    receiver.shutdown()
    told = _told(receiver)
    of = f"{wanted} events, {KILLS} workers killed, each tenth answered with 500"
    missing = wanted - len(told)
    yield "webhook events that never came", missing, of, NONE.told(missing)
    twice = sum(n - 1 for n in told.values())
    yield "deliveries of an event that had come", twice, "at least once is promised", ""
    late = _out_of_order(receiver.heard)
    yield "older than one that had come of the same record", late, "no order is promised", ""


def _write(made: House, receiver: _Receiver) -> int:
    """How many events the changes make."""
    client = Client(made.port, made.key())
    url = f"http://127.0.0.1:{receiver.server_address[1]}/"
    hook = json.dumps({"url": url, "types": ["vendor.*"]}).encode()
    typed = {"Content-Type": "application/json"}
    status, answer = client.ask("POST", "/v1/webhooks", hook, typed)
    if status != 201:
        raise RuntimeError(f"no webhook: {status} {answer}")
    wanted, every = 0, RECORDS * CHANGES // (KILLS + 1)
    for n in range(RECORDS * CHANGES):
        if n and n % every == 0 and n // every <= KILLS:
            kill(made.workers[0])
            time.sleep(1.0)
            print(f"  hooks: {len(receiver.heard)} of {wanted}", file=sys.stderr, flush=True)
        name = f"hook-{n % RECORDS}"
        body = json.dumps({"name": f"{name} {n}", "comment": "chaos"}).encode()
        headers = {**typed, "If-Match": "*"} if n >= RECORDS else typed
        for _ in range(20):
            again = {**headers, "Idempotency-Key": f"hook-{n}"}
            status, answer = client.ask("PUT", f"/v1/vendors/{name}", body, again)
            if status in (200, 201):
                break
            time.sleep(0.1)
        else:
            raise RuntimeError(f"not written: {status} {answer}")
        wanted += 1
    client.close()
    return wanted


def _told(receiver: _Receiver) -> Counter[str]:
    with receiver.lock:
        return Counter(event for event, _, _ in receiver.heard)


def _out_of_order(heard: list[tuple[str, str, int]]) -> int:
    newest, n = dict[str, int](), 0
    for _, record, revision in heard:
        n += revision < newest.get(record, 0)
        newest[record] = max(revision, newest.get(record, 0))
    return n
