"""Bases and imports at random, as lines of the import format: every kind, every sort of fault."""

import random
from typing import Any

from service.query.registry import BY_KIND

Record = dict[str, Any]
DAYS = ["2023", "2024-02", "2024-05-06", None, "[2023..2024-07]"]
PAGES = [f"urn:page:{n}" for n in range(8)]
MARKETS, VENDORS, PRODUCTS, FEATURES, MODELS = (
    [f"{letter}{n}" for n in range(count)]
    for letter, count in (("m", 3), ("v", 4), ("p", 5), ("f", 5), ("b", 3))
)


def base(rng: random.Random) -> list[Record]:
    """All entities and some facts, each natural key once."""
    records = [entity(rng, kind, name) for kind, name in names()]
    return records + facts(rng, 12)


def change(rng: random.Random) -> list[Record]:
    """Entities as they are, changed and new; facts as they are, changed and new."""
    chosen = rng.sample(names(), 8)
    records = [entity(rng, kind, name) for kind, name in chosen]
    records += [entity(rng, kind, f"{name}-new") for kind, name in rng.sample(names(), 6)]
    return records + facts(rng, 15)


def faulty(rng: random.Random) -> list[Record | bytes]:
    """One line of each sort of fault, among good ones."""
    fact = facts(rng, 1)[0]
    bad: list[Record | bytes] = [
        b"{", b"{}", b"\xff", b'{"kind":"nope"}', b'{"kind":"vendor","id":"v1","x":1}',
        {"kind": "vendor", "id": "V"}, {"kind": "vendor", "id": "v9", "founded": "2024-13"},
        {"kind": "vendor", "id": "v8", "note": "a\x00b"},
        {"kind": "adoption", "product": "p1", "feature": "nope", "stage": "ga", "date": "2021",
         "sources": ["urn:lost"]},
        {"kind": "adoption", "product": "p1", "feature": "f1", "stage": "ga", "date": "2022"},
        {"kind": "adoption", "id": "adp_" + "0" * 26, "product": "p1", "feature": "f1",
         "stage": "ga", "date": "2020", "sources": ["urn:x"]},
        {"kind": "product", "id": "p-lost", "vendor": "nobody", "markets": ["m0"]},
        fact, fact,
    ]  # fmt: skip
    good: list[Record | bytes] = [*change(rng)]
    rng.shuffle(bad)
    return good[:10] + bad + good[10:]


def names() -> list[tuple[str, str]]:
    kinds = ("market", "vendor", "product", "feature", "business_model")
    groups = (MARKETS, VENDORS, PRODUCTS, FEATURES, MODELS)
    return [(kind, name) for kind, group in zip(kinds, groups, strict=True) for name in group]


def entity(rng: random.Random, kind: str, name: str) -> Record:
    made: Record = {"kind": kind, "id": name, "name": rng.choice(["One", "Two"])}
    if kind == "product":
        made |= {"vendor": rng.choice(VENDORS), "markets": rng.sample(MARKETS, 2),
                 "launched": rng.choice(DAYS)}  # fmt: skip
    if rng.random() < 0.3:
        made |= {"sources": rng.sample(PAGES, 2), "note": rng.choice(["a", "b"])}
    return made


def facts(rng: random.Random, count: int) -> list[Record]:
    made = {}
    for _ in range(count):
        record = rng.choice([_adoption, _survey, _monetization, _investment, _usage, _offering,
                             _source])(rng)  # fmt: skip
        if record["kind"] != "source":
            record["sources"] = rng.sample(PAGES, rng.choice([1, 2]))
            record["note"] = rng.choice([None, "a", "b"])
        collection = BY_KIND[record["kind"]]
        keys = [f.import_key for f in collection.fields if f.name in collection.natural_key]
        made[record["kind"], *(record.get(key) for key in keys)] = record
    return list(made.values())


def _adoption(rng: random.Random) -> Record:
    return {"kind": "adoption", "product": rng.choice(PRODUCTS), "feature": rng.choice(FEATURES),
            "stage": rng.choice(["ga", "preview"]), "date": rng.choice(DAYS)}  # fmt: skip


def _survey(rng: random.Random) -> Record:
    features = rng.choice([None, rng.sample(FEATURES, 2)])
    return {"kind": "survey", "product": rng.choice(PRODUCTS), "market": rng.choice(MARKETS),
            "date": "2024-05-06", "features": features}  # fmt: skip


def _monetization(rng: random.Random) -> Record:
    price = rng.choice([None, {"amount": 20, "currency": "USD", "per": "month"}])
    return {"kind": "monetization", "product": rng.choice(PRODUCTS), "since": rng.choice(DAYS),
            "business_model": rng.choice(MODELS), "price": price}  # fmt: skip


def _investment(rng: random.Random) -> Record:
    return {"kind": "investment", "vendor": rng.choice(VENDORS), "type": "capex",
            "status": rng.choice(["actual", "planned"]), "amount": rng.choice([None, 5]),
            "date": rng.choice(DAYS)}  # fmt: skip


def _usage(rng: random.Random) -> Record:
    return {"kind": "usage", "product": rng.choice(PRODUCTS), "metric": "downloads",
            "value": rng.randrange(3), "period": rng.choice(DAYS)}  # fmt: skip


def _offering(rng: random.Random) -> Record:
    return {"kind": "offering", "product": rng.choice(PRODUCTS), "reseller": "r",
            "model": rng.choice("xyz"), "date": rng.choice(DAYS)}  # fmt: skip


def _source(rng: random.Random) -> Record:
    return {"kind": "source", "url": rng.choice(PAGES), "title": rng.choice([None, "T", "U"])}
