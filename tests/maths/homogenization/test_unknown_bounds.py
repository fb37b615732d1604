"""The score of markets with unknown cells lies between its bounds, whatever the cells hold."""

import itertools
import json
import random
from typing import Any

import pytest

from service.usecases.analyses.compute import compute

ON = "2024-06-01"


def world(rng: random.Random) -> tuple[list[dict[str, Any]], dict[tuple[str, str], str]]:
    """A small market, and the state of each cell: present, absent (surveyed) or unknown."""
    records: list[dict[str, Any]] = [{"kind": "market", "id": "m"}]
    cells = {}
    for n in range(4):
        product = f"p{n}"
        records.append(
            {
                "kind": "product",
                "id": product,
                "vendor": f"v{min(n, 2)}",
                "markets": ["m"],
                "launched": "2020-01-01",
            }
        )
        states = [rng.choice(["present", "absent", "unknown"]) for _ in range(3)]
        cells |= {(product, f"f{k}"): state for k, state in enumerate(["present", *states])}
        absent = [f for (p, f), state in cells.items() if p == product and state == "absent"]
        if absent:
            records.append(
                {
                    "kind": "survey",
                    "product": product,
                    "market": "m",
                    "features": absent,
                    "date": "2024-01-01",
                }
            )
    return records, cells


def answer(records: list[dict[str, Any]], present: set[tuple[str, str]], **params: Any) -> Any:
    facts = [
        {"kind": "adoption", "product": p, "feature": f, "date": "2023-01-01", "stage": "ga"}
        for p, f in sorted(present)
    ]
    call = {"metric": "market_homogenization", "params": {"market": "m", "on": ON, **params}}
    return compute(json.dumps({"records": records + facts, "calls": [call]}).encode())[0]


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("unit", ["product", "vendor"])
def test_no_filling_of_the_unknown_cells_leaves_the_bounds(seed: int, unit: str) -> None:
    records, cells = world(random.Random(seed))
    present = {cell for cell, state in cells.items() if state == "present"}
    unknown = sorted(cell for cell, state in cells.items() if state == "unknown")
    alive = {feature for _, feature in present}
    unknown = [cell for cell in unknown if cell[1] in alive]
    found = answer(records, present, unit=unit)
    low, high = found["score_lowest"], found["score_highest"]
    assert low <= found["readings"]["unknown_absent"] <= high
    for chosen in itertools.product([False, True], repeat=min(len(unknown), 6)):
        more = {cell for cell, is_there in zip(unknown, chosen, strict=False) if is_there}
        score = answer(records, present | more, unit=unit, unknown="absent")["score"]
        assert low - 1e-12 <= score <= high + 1e-12
    if not unknown:
        assert low == pytest.approx(found["score"])
        assert high == pytest.approx(found["score"])
