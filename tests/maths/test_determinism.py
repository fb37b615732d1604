"""The same question gives the same bytes, whatever the order of records and of hashes."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path

from service.usecases.analyses.metrics import metric, names

PARAMETERS = {
    "feature": "web-search", "product": "kimi", "product_a": "kimi", "product_b": "doubao",
    "vendor": "openai", "market": "chat-assistants",
}  # fmt: skip
DATA = Path(__file__).parents[2] / "service/data"


def calls() -> list[dict[str, object]]:
    """Every metric on the bundled data."""
    return [
        {"metric": name, "params": {"on": "2026-11-01"} | {
            key: value for key, value in PARAMETERS.items() if key in metric(name).takes}}
        for name in names()
    ]  # fmt: skip


def answers(tmp_path: Path, records: list[dict[str, object]], seed: str) -> bytes:
    file = tmp_path / f"{seed}.json"
    file.write_text(json.dumps({"records": records, "calls": calls()}))
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    done = subprocess.run(
        [sys.executable, "-m", "service", "compute", str(file)],
        capture_output=True, check=True, env=environment, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    return done.stdout


def test_neither_order_nor_hash_seed_matters(tmp_path: Path) -> None:
    records = [json.loads(line) for line in (DATA / "market.jsonl").read_text().splitlines()]
    first = answers(tmp_path, records, "1")
    random.Random(3).shuffle(records)
    assert answers(tmp_path, records, "2") == first
    found = json.loads(first)
    assert len(found) == len(names())
    assert all("error" not in answer for answer in found)
