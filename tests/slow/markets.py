"""Random markets with loose dates: asked of the service, and resolved to lives by plain Python."""

import json
import random
from datetime import date
from functools import cache
from typing import Any

from service.usecases.analyses.compute import compute
from tests.random_markets import market
from tests.slow.lives import Life, lives


@cache
def records(seed: int) -> list[dict[str, Any]]:
    """A random market, with some dates known only by bounds and some launches not at all."""
    rng = random.Random(seed * 7 + 1)
    found = market(seed)
    for record in found:
        for key in ("date", "since", "until", "discontinued"):
            if (text := record.get(key)) and rng.random() < 0.15:
                record[key] = f"[..{text}]" if rng.random() < 0.5 else f"[{text[:4]}..{text}]"
        if record["kind"] == "product" and rng.random() < 0.2:
            record["launched"] = rng.choice([None, f"[..{record['launched']}]"])
    return found


def ask(seed: int, metric: str, day: str, least: str, **params: Any) -> Any:
    return ask_each(seed, metric, day, least, [params])[0]


def ask_each(
    seed: int, metric: str, day: str, least: str, every: list[dict[str, Any]]
) -> list[Any]:
    """The answers to one question with these parameters and with those, over one panel."""
    basic = {"market": "m", "on": day, "stage_min": least}
    calls = [{"metric": metric, "params": basic | params} for params in every]
    return compute(json.dumps({"records": records(seed), "calls": calls}).encode())


@cache
def known(seed: int, day: str, least: str, kind: str = "adoption") -> tuple[int, dict[str, Life]]:
    on = date.fromisoformat(day).toordinal()
    return on, lives(records(seed), kind, least)
