"""Hostile requests over sockets: each of the corpus as it is, and spoilt at random."""

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bench.chaos.house import House, house
from bench.chaos.ledger import Client
from bench.report import NONE, Row
from tests.hostile.corpus import LINES, NDJSON, ROWS, Sent

SPOILT = 60  # of each


def rows(folder: Path) -> Iterator[Row]:
    """Answers from 500 on, to somebody who may do everything."""
    chance = random.Random(20261130)
    with house(folder / "hostile") as made:
        statuses = _statuses(made, list(_all(chance)))
    n, failed = statuses.total(), sum(n for status, n in statuses.items() if status >= 500)
    refused = sum(n for status, n in statuses.items() if 400 <= status < 500)
    broken = statuses[0] + statuses[-1]
    of = f"{n:,} requests: {refused:,} refused, {broken} without an answer"
    yield "hostile requests answered 500 or above", failed, of, NONE.told(failed)


def _all(chance: random.Random) -> Iterator[Sent]:
    lines = [Sent("", "POST", "/v1/imports?comment=w", line, NDJSON) for line in LINES.values()]
    for sent in [*ROWS.values(), *lines]:
        yield sent
        for _ in range(SPOILT):
            yield _spoilt(sent, chance)


def _spoilt(sent: Sent, chance: random.Random) -> Sent:
    """Bytes of its body changed, lost or repeated; without one, bytes put into its address."""
    if not sent.content:
        at = chance.randrange(4, len(sent.path) + 1)
        more = "".join(f"%{chance.randrange(256):02x}" for _ in range(chance.randint(1, 4)))
        return sent._replace(path=sent.path[:at] + more + sent.path[at:])
    content = bytearray(sent.content)
    at, n = chance.randrange(len(content)), chance.randint(1, 8)
    changes = (chance.randbytes(n), b"", bytes(content[at : at + n]) * 2)
    content[at : at + n] = chance.choice(changes)
    return sent._replace(content=bytes(content))


def _statuses(made: House, all_sent: list[Sent]) -> Counter[int]:
    client, found = Client(made.port, made.key()), Counter[int]()
    for sent in all_sent:
        kind = {"Content-Type": sent.media_type} if sent.content else {}
        match = {"If-None-Match": "*"} if sent.method == "PUT" else {}
        found[client.raw(sent.method, sent.path, sent.content, kind | match)[0]] += 1
    client.close()
    return found
