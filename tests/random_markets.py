"""Small markets at random, as records: gaps, ends, late entrants, loose dates, ties."""

import random
from datetime import date, timedelta
from typing import Any

Record = dict[str, Any]
FEATURES = [f"f{n:02}" for n in range(12)]
MODELS = ["flat", "metered", "seat"]


def market(seed: int, n_vendors: int = 7) -> list[Record]:
    """Two markets, vendors with one to three products each; every date lies in 2021 to 2024."""
    rng = random.Random(seed)
    found: list[Record] = [{"kind": "market", "id": name} for name in ("m", "other")]
    found += [{"kind": "feature", "id": feature} for feature in FEATURES]
    found += [{"kind": "business_model", "id": model} for model in MODELS]
    for vendor in range(n_vendors):
        found.append({"kind": "vendor", "id": f"v{vendor}"})
        for number in range(rng.choice([1, 1, 2, 3])):
            found += _product(rng, f"p{vendor}{number}", f"v{vendor}")
    return found


def _product(rng: random.Random, name: str, vendor: str) -> list[Record]:
    launch = rng.choice([0, 0, 30, rng.randrange(700)])
    end = launch + rng.randrange(60, 900) if rng.random() < 0.3 else None
    record: Record = {
        "kind": "product", "id": name, "vendor": vendor,
        "markets": rng.choice([["m"], ["m"], ["m", "other"]]), "launched": _text(rng, launch),
    }  # fmt: skip
    if end is not None:
        record["discontinued"] = _text(rng, end)
    adoptions = [
        _spell(rng, launch, "date", kind="adoption", product=name, feature=feature,
               stage=rng.choice(["announced", "preview", "ga", "ga"]), id=f"{name}:{feature}:{n}")
        for feature in rng.sample(FEATURES, rng.randrange(2, 10))
        for n in range(rng.choice([1, 1, 2]))
    ]  # fmt: skip
    monetization = _spell(
        rng, launch, "since", kind="monetization", product=name, business_model=rng.choice(MODELS)
    )
    survey = {"kind": "survey", "product": name, "market": "m", "features": None,
              "date": _text(rng, launch + 200)}  # fmt: skip
    return [record, *adoptions, monetization, survey]


def _spell(rng: random.Random, launch: int, since: str, **named: str) -> Record:
    start = launch + rng.choice([0, 5, 7, 40, rng.randrange(700)])
    found: Record = {**named, since: _text(rng, start)}
    if rng.random() < 0.1:
        found["until"] = _text(rng, start + rng.randrange(10, 400))
    if rng.random() < 0.5:
        found["recorded_at"] = _day(start + rng.randrange(200)).isoformat()
    return found


def _text(rng: random.Random, day: int) -> str:
    """Mostly a day, at times only its month or year."""
    return _day(day).isoformat()[: rng.choice([10, 10, 10, 7, 4])]


def _day(day: int) -> date:
    return date(2021, 1, 1) + timedelta(days=day)
