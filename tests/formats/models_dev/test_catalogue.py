"""The models.dev catalogue: whose, since when, and what a second snapshot adds."""

import json
from datetime import date
from itertools import chain, permutations
from pathlib import Path
from typing import Any

import msgspec
import pytest

from service.formats.import_format.lines import read_line
from service.formats.models_dev import InvalidCatalogue, Known, read_catalogue, snapshot_day
from service.formats.models_dev.labs import LABS
from service.formats.models_dev.ties import MAX_ID, TAKEN, product_id
from service.model.dates import parse_date
from service.query.rows import Row
from tests.make import MODEL, catalogue

JANUARY, APRIL, JULY = date(2026, 1, 1), date(2026, 4, 1), date(2026, 7, 2)
OCTOBER = date(2026, 10, 1)
NATURAL_KEYS = {
    "adoption": ("product", "feature", "stage", "date"), "survey": ("product", "market", "date"),
    "monetization": ("product", "business_model", "since"),
    "offering": ("product", "reseller", "model"),
}  # fmt: skip
Record = dict[str, Any]


def read(data: bytes, taken: date = JANUARY, known: Known | None = None) -> list[Record]:
    return read_catalogue(data, taken=taken, known=known).records


def of(records: list[Record], kind: str, **fields: Any) -> list[Record]:
    return [
        r for r in records if r["kind"] == kind and all(r.get(k) == v for k, v in fields.items())
    ]


def stored(*batches: list[Record]) -> Known:
    """What the base would hold after loading the batches in turn."""
    return Known.of(base(*batches))


def base(*batches: list[Record]) -> list[Record]:
    """As the import does it: a fact is found by its id, else by its natural key before the batch;
    no two records of a batch may mean the same one."""
    rows: dict[str, Record] = {}
    for batch in batches:
        ids = {_natural_key(row): fact_id for fact_id, row in rows.items()}
        met: set[str] = set()
        for record in batch:
            fresh = f"fact-{len(rows)}"
            fact_id = record.get("id") or ids.get(_natural_key(record), fresh)
            fact_id = fact_id if record["kind"] in NATURAL_KEYS else f"{record['kind']}/{fact_id}"
            assert fact_id not in met, record
            met.add(fact_id)
            rows[fact_id] = {"id": fact_id, **record}
    keys = [_natural_key(row) for row in rows.values()]
    assert len(set(keys)) == len(keys)
    return list(rows.values())


def _natural_key(record: Record) -> tuple[Any, ...]:
    fields = NATURAL_KEYS.get(record["kind"], ("id",))
    return (record["kind"], *(record.get(field) for field in fields))


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
    silent = of(read(catalogue({**MODEL, "modalities": None, "limit": {}})), "survey")[0]
    assert not {"long-context", "pdf-input", "image-output"} & set(silent["features"])


def price(amount: float, **fields: Any) -> Record:
    return {**MODEL, "cost": {"input": amount}, **fields}


def spells(*batches: list[Record]) -> list[tuple[float, str, str | None]]:
    """The prices that the base would hold: amount, since, until."""
    held = stored(*batches).monetizations["openai-gpt-9"]
    return sorted((float(r["price"]["amount"]), r["since"], r["until"]) for r in held)


def test_a_price_that_returns_is_a_new_spell() -> None:
    first = read(catalogue(price(2)))
    second = read(catalogue(price(1)), JULY, stored(first))
    third = read(catalogue(price(2)), OCTOBER, stored(first, second))
    assert spells(first, second, third) == [
        (1, "[2026-01-02..2026-07-02]", "[2026-07-03..2026-10-01]"),
        (2, "[2025-03-01..2025-05-01]", "[2026-01-02..2026-07-02]"),
        (2, "[2026-07-03..2026-10-01]", None),
    ]
    known = Known.of(reversed(base(first, second, third)))
    for amount, day in ((2, JANUARY), (1, JULY), (2, OCTOBER)):
        assert of(read(catalogue(price(amount)), day, known), "monetization") == []


@pytest.mark.parametrize(
    ("between", "change"), [(2, "[2026-04-02..2026-07-02]"), (1, "[2026-01-02..2026-04-01]")]
)
def test_a_snapshot_between_two_narrows_when_the_price_changed(between: int, change: str) -> None:
    first = read(catalogue(price(2)))
    second = read(catalogue(price(1)), JULY, stored(first))
    known = stored(first, second)
    third = read(catalogue(price(between)), APRIL, known)
    assert spells(first, second, third) == [
        (1, change, None),
        (2, "[2025-03-01..2025-05-01]", change),
    ]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_prices_of_three_days_come_out_the_same_in_any_order(order: tuple[int, ...]) -> None:
    batches: list[list[Record]] = []
    for n in order:
        data, day = catalogue(price(3 - n)), (JANUARY, APRIL, JULY)[n]
        batches.append(read(data, day, Known.of(reversed(base(*batches)))))
    assert spells(*batches) == [
        (1, "[2026-04-02..2026-07-02]", None),
        (2, "[2026-01-02..2026-04-01]", "[2026-04-02..2026-07-02]"),
        (3, "[2025-03-01..2025-05-01]", "[2026-01-02..2026-04-01]"),
    ]


def test_a_price_that_somebody_ended_before_the_day_stays_where_it_was() -> None:
    second = read(catalogue(price(1)), JULY)
    ended = [{**r, "until": "2025-12-01"} for r in of(base(second), "monetization")]
    first = read(catalogue(price(2, last_updated="2025-06-01")), JANUARY, stored(second, ended))
    assert ended[0]["id"] not in {r.get("id") for r in first}


def test_a_price_is_not_written_over_somebody_elses() -> None:
    quoted = {"kind": "monetization", "id": "quoted", "product": "openai-gpt-9", "until": None,
              "business_model": "api-usage", "since": "[2025-03-01..2025-05-01]",
              "sources": ["https://example.com"]}  # fmt: skip
    assert of(read(catalogue(MODEL), known=stored([quoted])), "monetization") == []


def test_what_became_free_has_no_price_any_more() -> None:
    first = read(catalogue(price(2)))
    second = read(catalogue(price(0)), JULY, stored(first))
    assert spells(first, second) == [(2, "[2025-03-01..2025-05-01]", "[2026-01-02..2026-07-02]")]


def test_what_others_recorded_is_not_ended() -> None:
    first = read(catalogue(MODEL))
    seat = {
        "kind": "monetization",
        "id": "seat",
        "product": "openai-gpt-9",
        "since": "2025",
        "business_model": "subscription",
        "until": None,
        "sources": ["https://models.dev"],
    }
    quoted = {**seat, "id": "quoted", "business_model": "api-usage",
              "sources": ["https://example.com"]}  # fmt: skip
    early = {
        "kind": "adoption",
        "id": "early",
        "product": "openai-gpt-9",
        "stage": "preview",
        "feature": "tool-calling",
        "date": "2025-02",
        "sources": ["https://example.com"],
    }
    known = stored(first, [seat, quoted, early])
    for cost in (None, {"input": 1}):
        second = read(catalogue({**MODEL, "cost": cost}), JULY, known)
        assert not {"seat", "quoted", "early"} & {r.get("id") for r in second}


def test_a_snapshot_between_two_narrows_when_a_feature_went() -> None:
    first = read(catalogue(MODEL))
    second = read(catalogue({**MODEL, "reasoning": False}), JULY, stored(first))
    for has_it, until in ((True, "[2026-04-02..2026-07-02]"), (False, "[2026-01-02..2026-04-01]")):
        known = stored(first, second)
        third = read(catalogue({**MODEL, "reasoning": has_it}), APRIL, known)
        assert [r["until"] for r in of(third, "adoption", feature="reasoning-mode")] == [until]


def test_a_look_between_two_that_saw_the_feature_ends_nothing() -> None:
    first = read(catalogue(MODEL))
    second = read(catalogue(MODEL), JULY, stored(first))
    third = read(catalogue({**MODEL, "reasoning": False}), APRIL, stored(first, second))
    assert of(third, "adoption") == []


def test_what_the_newer_snapshot_lacks_ended_between() -> None:
    second = read(catalogue({**MODEL, "reasoning": False}), JULY)
    first = read(catalogue(MODEL), JANUARY, stored(second))
    assert [r["until"] for r in of(first, "adoption", feature="reasoning-mode")] == [
        "[2026-01-02..2026-07-02]"
    ]


def test_an_update_after_the_snapshot_is_capped_by_its_day() -> None:
    records = read(catalogue({**MODEL, "last_updated": "2026-12-01"}))
    assert {r["date"] for r in of(records, "adoption")} == {"[2025-03-01..2026-01-01]"}


def test_a_model_no_longer_listed_stays_as_it_was() -> None:
    first = read(catalogue(MODEL))
    other = {**MODEL, "id": "gpt-10"}
    second = read(catalogue(other), JULY, stored(first))
    assert "openai-gpt-9" not in {r.get("product", r["id"]) for r in second if "id" in r}


def test_an_offering_began_between_the_release_and_the_first_snapshot_that_has_it() -> None:
    router = {"name": "Router", "models": {"openai/gpt-9:free": MODEL}}
    first = read(catalogue(MODEL, router=router), JULY)
    assert of(first, "offering")[0]["date"] == "[2025-03-01..2026-07-02]"
    dear = {"name": "Router", "models": {"openai/gpt-9:free": price(99)}}
    older = of(read(catalogue(MODEL, router=dear), JANUARY, stored(first)), "offering")
    assert [r["date"] for r in older] == ["[2025-03-01..2026-01-01]"]
    assert older[0]["rates"] == of(first, "offering")[0]["rates"]
    newer = of(read(catalogue(MODEL, router=router), JULY, stored(first, older)), "offering")
    assert newer == older


def test_an_offering_of_a_model_no_longer_listed_keeps_the_newer_price() -> None:
    cheap, dear = ({"models": {"openai/gpt-9": price(n)}} for n in (1, 9))
    first = read(catalogue(MODEL, router=dear))
    second = read(catalogue({**MODEL, "id": "gpt-10"}, router=cheap), JULY, stored(first))
    assert of(second, "offering")[0]["rates"][0]["amount"] == 1
    again = read(catalogue(MODEL, router=dear), JANUARY, stored(first, second))
    assert of(again, "offering") == []


def test_a_lab_that_lists_another_labs_model_is_its_reseller() -> None:
    channel = {"name": "Agents", "models": {"openai/gpt-9": MODEL, "perplexity/sonar": MODEL}}
    found = read_catalogue(catalogue(MODEL, **{"perplexity-agent": channel}), taken=JANUARY)
    listed = [(r["product"], r["reseller"]) for r in of(found.records, "offering")]
    assert listed == [("openai-gpt-9", "perplexity-agent")]


def test_ids_are_slugs_whatever_the_model_is_called() -> None:
    openai = LABS["openai"]
    assert product_id(openai, "GPT-4.1 Mini") == "openai-gpt-4-1-mini"
    assert product_id(openai, "sora") == "openai-sora-model"
    long = [product_id(openai, "x" * 90 + end) for end in "ab"]
    assert [len(set(long)), *map(len, long)] == [2, MAX_ID, MAX_ID]


def test_a_model_named_like_a_bundled_product_is_still_tied() -> None:
    router = {"models": {"openai/sora": MODEL}}
    records = read(catalogue({**MODEL, "id": "sora"}, router=router))
    assert [r["product"] for r in of(records, "offering")] == ["openai-sora-model"]


def test_no_id_is_one_of_the_bundled_products(repository: Path) -> None:
    lines = (repository / "service/data/market.jsonl").read_text().splitlines()
    ids = {r["id"] for r in map(json.loads, lines) if r["kind"] == "product"}
    assert {i for i in ids for lab in LABS.values() if i.startswith(f"{lab.vendor}-")} == TAKEN


@pytest.mark.parametrize(
    ("data", "pointer"),
    [
        (b"", ""),
        (b"[]", ""),
        (b"\xff", ""),
        (b"[" * 9999, ""),
        (b"{}", "/providers"),
        (b'{"providers":[]}', "/providers"),
        (b'{"providers":{"a/b":1}}', "/providers/a~1b"),
        (b'{"providers":{"a":{"models":[]}}}', "/providers/a/models"),
        (b'{"providers":{},"models":[]}', "/models"),
    ],
)
def test_what_is_no_catalogue_is_refused(data: bytes, pointer: str) -> None:
    with pytest.raises(InvalidCatalogue) as caught:
        read(data)
    assert caught.value.pointer == pointer
    with pytest.raises(InvalidCatalogue):
        snapshot_day("catalog.json", data)


@pytest.mark.parametrize(
    "broken",
    [
        {"release_date": "soon"},
        {"release_date": None},
        {"modalities": []},
        {"limit": {"context": "big"}},
        {"cost": "free"},
        {"name": "a\0b"},
        {"reasoning": "yes"},
        {"cost": {"tiers": [{"input": 1, "tier": {"size": -1}}]}},
    ],
)
def test_a_broken_model_is_left_out_and_told(broken: Record) -> None:
    found = read_catalogue(catalogue({**MODEL, **broken}), taken=JANUARY)
    assert [p.pointer for p in found.problems] == ["/providers/openai/models/gpt-9"]
    assert of(found.records, "product") == []


ODD: list[Any] = [
    None, True, -1, 1e300, 10**40, "x", "a\0b", "", [], [None], [{"a": 1}], {}, {"a": []}, "9999",
]  # fmt: skip


def places(value: Any, *steps: Any) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    nested = [places(v, *steps, k) for k, v in inner if isinstance(v, dict | list)]
    return [*((*steps, k) for k in dict(inner)), *chain(*nested)] if value else []


def replaced(value: Any, place: tuple[Any, ...], odd: Any) -> Any:
    if not place:
        return odd
    copy = value.copy()
    copy[place[0]] = replaced(value[place[0]], place[1:], odd)
    return copy


@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_no_value_of_a_wrong_type_breaks_the_reading_or_the_import(odd: Any) -> None:
    tiers = [{"input": 5, "tier": {"size": 200000}}]
    model = {
        **MODEL,
        "cost": {"input": 2.5, "tiers": tiers, "context_over_200k": {"output": 4}, "Ü ü": 1},
    }
    for place in [(), *places(model)]:
        bad = replaced(model, place, odd)
        router = {"name": odd, "models": {"gpt-9": bad, "\x7fgpt-9": MODEL}}
        labs = {"openai": {"models": {"gpt-9": model}}, "rou-ter": router, "rou.ter": router}
        for models in ({"openai/gpt-9": bad}, {"openai/gpt-9": model, "odd": bad}):
            data = json.dumps({"models": models, "providers": labs}).encode()
            _assert_importable(read(data))
            _assert_importable(read(data, JULY, stored(read(data))))


def _assert_importable(records: list[Record]) -> None:
    encode = msgspec.json.Encoder(decimal_format="number").encode
    for record in records:
        fact_id = {} if record["kind"] not in NATURAL_KEYS else {"id": None}
        row = read_line(1, encode({**record, **fact_id}))
        assert isinstance(row, Row), (record, row)
    keys = [_natural_key(record) for record in records]
    assert len(set(keys)) == len(keys)


def test_the_day_of_a_snapshot() -> None:
    assert snapshot_day("models.dev-2026-01-01.json", catalogue(MODEL)) == JANUARY
    assert snapshot_day("catalog.json", catalogue(MODEL)) == date(2025, 5, 1)


SNAPSHOTS = ("models.dev-2026-01-01.json", "models.dev-2026-07-02.json")
RESELLERS = {"openrouter", "azure", "groq", "amazon-bedrock", "github-copilot", "302ai", "vercel"}


@pytest.fixture(scope="module")
def real(repository: Path) -> tuple[bytes, bytes]:
    folder = repository.parent / "shared/data"
    if not all((folder / name).is_file() for name in SNAPSHOTS):
        pytest.skip("the catalogue snapshots are not part of the project (../shared/data)")
    january, july = ((folder / name).read_bytes() for name in SNAPSHOTS)
    return january, july


def test_real_snapshots_give_records_that_can_be_imported(real: tuple[bytes, bytes]) -> None:
    for data, day, products, offerings in zip(
        real, (JANUARY, JULY), (200, 290), (600, 2300), strict=True
    ):
        found = read_catalogue(data, taken=day)
        assert found.problems == []
        _assert_importable(found.records)
        kinds = found.counts
        assert (kinds["product"] > products, kinds["offering"] > offerings) == (True, True)
        assert kinds["survey"] == kinds["product"]
        assert not RESELLERS & {r["id"] for r in of(found.records, "vendor")}


def test_real_july_after_january_narrows_and_never_widens(real: tuple[bytes, bytes]) -> None:
    january = read(real[0])
    held = base(january)
    july = read(real[1], JULY, Known.of(held))
    now = base(january, july)
    assert _widened(held, now) == []
    alone = {_cell(r): r["date"] for r in of(read(real[1], JULY), "adoption")}
    tighter = [r for r in of(july, "adoption") if _is_within(r["date"], alone.get(_cell(r)))]
    assert len(tighter) >= 5
    assert {r["date"][:11] for r in tighter} == {"[2026-01-02"}


def test_real_july_twice_changes_nothing(real: tuple[bytes, bytes]) -> None:
    batches = [january := read(real[0])]
    batches.append(read(real[1], JULY, stored(january)))
    held = base(*batches)
    again = read(real[1], JULY, Known.of(held))
    assert sorted(map(repr, base(*batches, again))) == sorted(map(repr, held))


def test_real_january_after_july_widens_nothing(real: tuple[bytes, bytes]) -> None:
    july = read(real[1], JULY)
    january = read(real[0], JANUARY, stored(july))
    held, now = base(july), base(july, january)
    assert [r for r in _widened(held, now) if r["kind"] != "monetization"] == []
    dates = {r["id"]: r["date"] for r in held if r["kind"] == "adoption"}
    assert sum(r["date"] != dates.get(r["id"]) for r in now if r["id"] in dates) >= 10


def test_real_prices_come_out_the_same_in_either_order(real: tuple[bytes, bytes]) -> None:
    first, last = (real[0], JANUARY), (real[1], JULY)
    orders = []
    for one, other in ((first, last), (last, first)):
        batches = [read(*one)]
        batches.append(read(*other, stored(*batches)))
        held = of(base(*batches), "monetization")
        orders.append({(r["product"], _amounts(r), r["until"]): r["since"] for r in held})
    assert orders[0].keys() == orders[1].keys()
    assert len(orders[0]) > 290
    moved = {key for key, since in orders[0].items() if orders[1][key] != since}
    assert len(moved) < 10, "only where the snapshots contradict each other about the release"


def _amounts(record: Record) -> frozenset[tuple[str, float]]:
    return frozenset((rate["component"], float(rate["amount"])) for rate in record["rates"])


def _cell(record: Record) -> tuple[str, str]:
    return record["product"], record["feature"]


def _widened(before: list[Record], after: list[Record]) -> list[Record]:
    """Facts that were lost, or whose dates say less than before."""
    now = {(r["kind"], r["id"]): r for r in after}
    return [
        record
        for record in before
        for key in ("date", "since", "until")
        if record.get(key) is not None
        and now.get((record["kind"], record["id"]), {}).get(key) != record[key]
        and not _is_within(now.get((record["kind"], record["id"]), {}).get(key), record[key])
    ]


def _is_within(inner: str | None, outer: str | None) -> bool:
    """Whether it is a proper part."""
    if inner is None or outer is None or inner == outer:
        return False
    small, large = parse_date(inner), parse_date(outer)
    starts = large.lo or date.min
    return starts <= (small.lo or date.min) and small.hi <= large.hi


API = {
    "openai": {
        "id": "openai",
        "env": ["OPENAI_API_KEY"],
        "npm": "@ai-sdk/openai",
        "name": "OpenAI",
        "doc": "https://platform.openai.com/docs/models",
        "models": {MODEL["id"]: MODEL},
    },
    "abacus": {
        "id": "abacus",
        "env": ["ABACUS_API_KEY"],
        "npm": "@ai-sdk/openai-compatible",
        "api": "https://routellm.abacus.ai/v1",
        "name": "Abacus",
        "models": {MODEL["id"]: MODEL},
    },
}


@pytest.mark.parametrize("only", [("openai", "abacus"), ("openai",)])
def test_the_providers_alone_are_the_catalogue_without_models(only: tuple[str, ...]) -> None:
    api = {name: API[name] for name in only}
    alone, whole = json.dumps(api).encode(), json.dumps({"models": {}, "providers": api}).encode()
    assert read(alone) == read(whole)
    assert of(read(alone), "product") != []
    assert snapshot_day("api.json", alone) == snapshot_day("catalog.json", whole)


def test_what_is_wrong_with_the_providers_alone_is_told_where_it_stands() -> None:
    broken = {**MODEL, "release_date": "soon"}
    api = {**API, "openai": {**API["openai"], "models": {MODEL["id"]: broken}}}
    found = read_catalogue(json.dumps(api).encode(), taken=JANUARY)
    assert [p.pointer for p in found.problems] == [f"/openai/models/{MODEL['id']}"]
    for name, provider in (("x", []), ("y", {"models": []})):
        with pytest.raises(InvalidCatalogue) as caught:
            read(json.dumps({**API, name: provider}).encode())
        assert caught.value.pointer == f"/{name}" + ("/models" if provider else "")
