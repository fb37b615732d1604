"""The models.dev catalogue: whose, since when, and what a second snapshot adds."""

import json
from datetime import date
from typing import Any

import pytest

from service.formats.models_dev import InvalidCatalogue, Known, read_catalogue, snapshot_day

JANUARY, JULY = date(2026, 1, 1), date(2026, 7, 2)
MODEL: dict[str, Any] = {
    "id": "gpt-9", "name": "GPT-9", "release_date": "2025-03-01", "last_updated": "2025-05-01",
    "reasoning": True, "tool_call": False, "attachment": False, "open_weights": False,
    "modalities": {"input": ["text", "image"], "output": ["text"]}, "limit": {"context": 128000},
    "cost": {"input": 2.5, "output": 10},
}  # fmt: skip
Record = dict[str, Any]


def catalogue(*models: Record, **providers: Any) -> bytes:
    own = {model["id"]: model for model in models}
    listed = {"openai": {"id": "openai", "name": "OpenAI", "models": own}, **providers}
    return json.dumps({"models": {}, "providers": listed}).encode()


def read(data: bytes, taken: date = JANUARY, known: Known | None = None) -> list[Record]:
    return read_catalogue(data, taken=taken, known=known).records


def of(records: list[Record], kind: str, **fields: Any) -> list[Record]:
    return [
        r for r in records if r["kind"] == kind and all(r.get(k) == v for k, v in fields.items())
    ]


def stored(*batches: list[Record]) -> Known:
    """What the base would hold after loading the batches in turn."""
    base: dict[tuple[Any, ...], Record] = {}
    for batch in batches:
        for record in batch:
            base[_identity(record)] = record
    return Known.of({**r, "id": r.get("id", f"fact-{n}")} for n, r in enumerate(base.values()))


def _identity(record: Record) -> tuple[Any, ...]:
    if "id" in record:
        return (record["kind"], record["id"])
    keys = ("product", "feature", "stage", "date", "business_model", "since", "reseller", "model")
    return (record["kind"], *(record.get(key) for key in keys))


def test_a_capability_was_gained_between_release_and_last_update() -> None:
    records = read(catalogue(MODEL))
    assert of(records, "product")[0]["launched"] == "2025-03-01"
    dates = {r["feature"]: r["date"] for r in of(records, "adoption")}
    assert dates == dict.fromkeys(
        ("image-understanding", "long-context", "reasoning-mode"), "[2025-03-01..2025-05-01]"
    )


def test_a_model_never_updated_had_it_at_release() -> None:
    records = read(catalogue({**MODEL, "last_updated": "2025-03-01"}))
    assert {r["date"] for r in of(records, "adoption")} == {"2025-03-01"}


def test_an_update_before_the_release_says_nothing_but_the_snapshot_does() -> None:
    records = read(catalogue({**MODEL, "last_updated": "2024-01-01"}))
    assert {r["date"] for r in of(records, "adoption")} == {"[2025-03-01..2026-01-01]"}


def test_prices_are_monetizations_by_component() -> None:
    cost = {"input": 2.5, "output": 10, "cache_read": 0.25, "tiers": [
        {"input": 5, "tier": {"size": 200000}}]}  # fmt: skip
    record = of(read(catalogue({**MODEL, "cost": cost})), "monetization")[0]
    assert (record["business_model"], record["price"]["amount"]) == ("api-usage", 2.5)
    rates = {r["component"]: float(r["amount"]) for r in record["rates"]}
    assert rates == {"input": 2.5, "output": 10, "cache_read": 0.25, "input_over_200k": 5}


def test_resellers_are_offerings_not_vendors() -> None:
    router = {"name": "Router", "models": {"openai/gpt-9": MODEL, "unheard/of": MODEL}}
    found = read_catalogue(catalogue(MODEL, router=router), taken=JANUARY)
    assert [r["id"] for r in of(found.records, "vendor")] == ["openai"]
    assert [(r["product"], r["reseller"]) for r in of(found.records, "offering")] == [
        ("openai-gpt-9", "router")
    ]
    assert found.counts["untied listings"] == 1


def test_both_shapes_give_the_same_ids() -> None:
    bare = {k: v for k, v in MODEL.items() if k != "cost"}
    july = json.dumps({"models": {"openai/gpt-9": bare}, "providers": {}}).encode()
    assert of(read(july), "product")[0]["id"] == of(read(catalogue(MODEL)), "product")[0]["id"]


def test_the_same_snapshot_again_says_nothing_new() -> None:
    first = read(catalogue(MODEL))
    again = read(catalogue(MODEL), known=stored(first))
    assert {r["kind"] for r in again} == {"survey"}
    assert of(again, "survey")[0] == of(first, "survey")[0]


def test_absent_then_present_lies_between_the_snapshots() -> None:
    first = read(catalogue(MODEL))
    later = {**MODEL, "tool_call": True, "last_updated": "2026-03-01"}
    second = read(catalogue(later), JULY, stored(first))
    assert [r["date"] for r in of(second, "adoption")] == ["[2026-01-02..2026-03-01]"]


def test_present_then_absent_has_ended_and_stays() -> None:
    first = read(catalogue(MODEL))
    second = read(catalogue({**MODEL, "reasoning": False}), JULY, stored(first))
    ended = of(second, "adoption")
    assert [(r["feature"], r["until"]) for r in ended] == [
        ("reasoning-mode", "[2026-01-02..2026-07-02]")
    ]
    assert ended[0]["date"] == "[2025-03-01..2025-05-01]"
    assert "id" in ended[0]


def test_a_tighter_statement_narrows_and_a_looser_one_does_not_widen() -> None:
    first = read(catalogue(MODEL))
    tighter = read(catalogue({**MODEL, "last_updated": "2025-04-01"}), JULY, stored(first))
    assert {r["date"] for r in of(tighter, "adoption")} == {"[2025-03-01..2025-04-01]"}
    looser = read(catalogue({**MODEL, "last_updated": "2026-05-01"}), JULY, stored(first))
    assert of(looser, "adoption") == []


def test_a_new_price_ends_the_old_one() -> None:
    first = read(catalogue(MODEL))
    cheaper = {**MODEL, "cost": {"input": 1, "output": 4}, "last_updated": "2026-02-01"}
    old, new = of(read(catalogue(cheaper), JULY, stored(first)), "monetization")
    assert (old["until"], old["price"]["amount"]) == ("[2026-01-02..2026-07-02]", 2.5)
    assert (new["since"], new["until"]) == ("[2026-01-02..2026-02-01]", None)


def test_the_older_snapshot_after_the_newer_widens_nothing() -> None:
    july = {**MODEL, "tool_call": True, "last_updated": "2026-03-01"}
    newer = read(catalogue(july), JULY)
    older = of(read(catalogue(MODEL), JANUARY, stored(newer)), "adoption")
    dates = {r["feature"]: r["date"] for r in older}
    assert dates["tool-calling"] == "[2026-01-02..2026-03-01]"
    assert dates["reasoning-mode"] == "[2025-03-01..2025-05-01]"


def test_what_a_listing_does_not_say_is_not_absent() -> None:
    survey = of(read(catalogue(MODEL)), "survey")[0]
    assert "structured-output" not in survey["features"]
    assert "tool-calling" in survey["features"]


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{}", b'{"providers":[]}', b'{"providers":{"a":1}}', b"\xff", b"[" * 9999]
)
def test_what_is_no_catalogue_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidCatalogue):
        read(data)


@pytest.mark.parametrize(
    "broken",
    [
        {"release_date": "soon"},
        {"release_date": None},
        {"modalities": []},
        {"limit": {"context": "big"}},
        {"cost": "free"},
        {"name": "a\0b"},
    ],
)
def test_a_broken_model_is_left_out_and_told(broken: Record) -> None:
    found = read_catalogue(catalogue({**MODEL, **broken}), taken=JANUARY)
    assert [p.pointer for p in found.problems] == ["/providers/openai/models/gpt-9"]
    assert of(found.records, "product") == []


def test_the_day_of_a_snapshot() -> None:
    assert snapshot_day("models.dev-2026-01-01.json", catalogue(MODEL)) == JANUARY
    assert snapshot_day("catalog.json", catalogue(MODEL)) == date(2025, 5, 1)
