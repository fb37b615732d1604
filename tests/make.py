"""Makes what tests stand on: records, lines, keys, catalogues, random revisions."""

import json
import random
from datetime import timedelta
from math import inf
from typing import Any

from service.model.quotas import Spending
from service.store.database import Database
from service.usecases import keys
from service.usecases.imports.files import ImportReport, load

SOURCE = ["https://example.org/a"]
VENDOR = {"kind": "vendor", "id": "acme", "name": "Acme", "names": {"zh": "极致"}}
MARKET = {"kind": "market", "id": "m", "name": "M"}
FEATURE = {"kind": "feature", "id": "f", "name": "F"}
PRODUCT = {
    "kind": "product", "id": "p", "vendor": "acme", "name": "P", "markets": ["m"],
    "launched": "2024-01", "discontinued": None,
}  # fmt: skip
ADOPTION = {
    "kind": "adoption", "product": "p", "feature": "f", "stage": "ga", "date": "2024-02",
    "sources": SOURCE,
}  # fmt: skip
SMALL = [ADOPTION, PRODUCT, FEATURE, MARKET, VENDOR]
# A model as models.dev lists it.
MODEL: dict[str, Any] = {
    "id": "gpt-9", "name": "GPT-9", "release_date": "2025-03-01", "last_updated": "2025-05-01",
    "reasoning": True, "tool_call": False, "attachment": False, "open_weights": False,
    "modalities": {"input": ["text", "image"], "output": ["text"]}, "limit": {"context": 128000},
    "cost": {"input": 2.5, "output": 10},
}  # fmt: skip


def lines(*records: dict[str, Any]) -> list[bytes]:
    return [json.dumps(record, ensure_ascii=False).encode() for record in records]


async def put(database: Database, *records: dict[str, Any], **options: bool) -> ImportReport:
    return await load(database, lines(*records), comment="test", **options)


async def put_all(database: Database, *records: dict[str, Any]) -> None:
    """Loads the records; a fault fails the test."""
    report = await put(database, *records)
    assert not report.failed, report.faults


def catalogue(*models: dict[str, Any], **providers: Any) -> bytes:
    own = {model["id"]: model for model in models}
    listed = {"openai": {"id": "openai", "name": "OpenAI", "models": own}, **providers}
    return json.dumps({"models": {}, "providers": listed}).encode()


async def new_key(database: Database, *scopes: str, days: int | None = None) -> tuple[str, str]:
    """Id and secret of a new key."""
    life = None if days is None else timedelta(days=days)
    key, secret = await keys.create(database, f"{'-'.join(scopes)} key", list(scopes), life)
    return key.id, secret


async def write_at_random(database: Database, dice: random.Random, revisions: int) -> None:
    """Creations, updates, retirements, and retirements followed by a new beginning."""
    for _ in range(revisions):
        vendors = [f"v{dice.randrange(8)}" for _ in range(dice.randint(1, 5))]
        async with database.write(actor="test", comment="test") as (connection, _):
            for vendor in vendors:
                await _write(connection, vendor, dice)


async def _write(connection: Any, vendor: str, dice: random.Random) -> None:
    name = f'{{"en": "{dice.randrange(1000)}"}}'
    if dice.random() < 0.4:
        await connection.execute("DELETE FROM vendor WHERE id = $1", vendor)
    if dice.random() < 0.8:
        await connection.execute(
            "INSERT INTO vendor (id, names, evidence) VALUES ($1, $2, 'unstated')"
            " ON CONFLICT (id) DO UPDATE SET names = EXCLUDED.names",
            vendor, name,
        )  # fmt: skip
    if dice.random() < 0.5:
        await connection.execute(
            "INSERT INTO market (id, evidence) VALUES ($1, 'unstated')"
            " ON CONFLICT (id) DO UPDATE SET definition = $2",
            f"m{dice.randrange(4)}", name,
        )  # fmt: skip


def spending(caller: str = "c", seconds: float = 0.0, most: float = inf) -> Spending:
    """A charge of the hour's policy now; negative: a refund; 0: nothing but a question."""
    reached = seconds if seconds > 0 else -inf
    return Spending(caller, 0.0, seconds, -inf, reached, inf, most)
