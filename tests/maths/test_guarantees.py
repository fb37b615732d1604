"""What metrics.md promises of every metric, on random markets (2.4, 2.6, 10.12)."""

import json
import random
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest

from service.usecases.analyses.compute import compute
from service.usecases.analyses.metrics import metric, names
from tests.random_markets import FEATURES, market

ON, KNOWN = "2023-03-15", "2023-02-01"
ABOUT = {"market": "m", "feature": "f03", "product": "p00", "product_a": "p00",
         "product_b": "p10", "vendor": "v1", "date_draws": 9, "permutations": 9,
         "unknown": "absent"}  # fmt: skip
SEEDS = range(4)


def answers(records: list[dict[str, Any]], day: str = ON, **more: Any) -> list[dict[str, Any]]:
    calls = [
        {"metric": name, "params": {"on": day, **more} | {
            key: value for key, value in ABOUT.items() if key in metric(name).takes}}
        for name in names()
    ]  # fmt: skip
    found = compute(json.dumps({"records": records, "calls": calls}).encode())
    assert not any("error" in answer for answer in found if isinstance(answer, dict))
    return [answer for answer in found if isinstance(answer, dict)]


@cache
def plain(seed: int) -> list[dict[str, Any]]:
    """Of the market as it is."""
    return answers(market(seed))


def adoption(rng: random.Random, day: str, **more: Any) -> dict[str, Any]:
    product = f"p{rng.randrange(7)}0"
    return {"kind": "adoption", "product": product, "feature": rng.choice(FEATURES), "date": day,
            "stage": "ga", "id": f"new:{rng.random()}", **more}  # fmt: skip


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_recorded_later_changes_no_answer_at_the_time(seed: int) -> None:
    rng, records = random.Random(seed), market(seed)
    late = [adoption(rng, "2022-05-05", recorded_at="2023-02-02T00:00:00Z") for _ in range(8)]
    late += [
        {"kind": "product", "id": "late", "vendor": "v9", "markets": ["m"],
         "launched": "2022-01-01", "recorded_at": "2023-05-01"},
        {"kind": "survey", "product": "p00", "market": "m", "features": None, "date": "2023-01-01",
         "recorded_at": "2023-05-01"},
    ]  # fmt: skip
    assert answers(records + late, as_of=KNOWN) == answers(records, as_of=KNOWN)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_happens_later_changes_nothing_but_warnings(seed: int) -> None:
    rng, records = random.Random(seed), market(seed)
    ends = [
        {**r, "until": rng.choice(["2023-04", "[2023-03-16..2025]", "2024"])}
        for r in records
        if r["kind"] == "adoption" and not r.get("until") and _is_past(str(r["date"]))
    ]
    ended = {r["id"] for r in ends}
    rest = [r for r in records if r.get("id") not in ended]
    later = [adoption(rng, day) for day in ("2023-04", "2024", "[2023-03-16..2024-01]")]
    later += [{"kind": "survey", "product": "p00", "market": "m", "features": None,
               "date": "2023-04"}]  # fmt: skip
    assert [_calm(a) for a in answers(rest + ends + later)] == [_calm(a) for a in plain(seed)]


@pytest.mark.parametrize("seed", SEEDS)
def test_neither_order_nor_company_changes_a_figure(seed: int) -> None:
    records = market(seed)
    elsewhere = [
        {"kind": "product", "id": "far", "vendor": "far", "markets": ["else"],
         "launched": "2021-01-01", "discontinued": "[..2025]"},
        {"kind": "adoption", "product": "far", "feature": "unheard", "date": "2021", "stage": "ga",
         "until": "2021-09", "id": "far:1"},
    ]  # fmt: skip
    more = elsewhere + records
    random.Random(seed).shuffle(more)
    before, after = plain(seed), answers(more)
    for own, found in zip(before, after, strict=True):
        assert _calm(found) == _calm(own)


@pytest.mark.parametrize("seed", SEEDS)
def test_moving_all_days_together_moves_only_days(seed: int) -> None:
    exact = [_exact(r) for r in market(seed)]
    moved = json.loads(json.dumps(exact))
    for record in moved:
        for key, value in record.items():
            if key in ("date", "since", "until", "launched", "discontinued", "recorded_at"):
                record[key] = _plus(value, 36_525) if value else value
    now, then = answers(exact), answers(moved, _plus(ON, 36_525))
    for name, own, found in zip(names(), now, then, strict=True):
        if name not in ("copy_trend", "market_matrix"):  # years of birth; dates
            assert _figures(found) == _figures(own), name


# What is known of a cell looks back: a later fact says that it was empty (18a).
LOOKS_BACK = {
    "coverage",
    "score_lowest",
    "score_highest",
    "penetration_highest",
    "n_vendors_unknown",
    "as_known",
    "confirmed",
    "pending",
    "n_pending_confirmed",
    "n_pending_unconfirmed",
    "states",
    "state",
    "last_surveyed",
}


def _calm(answer: Any) -> Any:
    if isinstance(answer, dict):
        left_out = LOOKS_BACK | {"warnings"}
        return {k: _calm(v) for k, v in answer.items() if k not in left_out}
    return [_calm(value) for value in answer] if isinstance(answer, list) else answer


def _is_past(text: str) -> bool:
    """Whether a later end leaves the date as it is."""
    return len(text) == 10 and text < "2023-03"


def _exact(record: dict[str, Any]) -> dict[str, Any]:
    found = dict(record)
    for key in ("date", "since", "until", "launched", "discontinued"):
        if found.get(key):
            found[key] = (found[key] + "-07-15"[-(10 - len(found[key])) :])[:10]
    return found


def _plus(day: str, days: int) -> str:
    return (date.fromisoformat(day[:10]) + timedelta(days)).isoformat()


def _figures(value: Any) -> Any:
    """Without texts that are days."""
    if isinstance(value, dict):
        return {k: _figures(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_figures(v) for v in value]
    return "day" if isinstance(value, str) and value[:2] in ("20", "21") else value
