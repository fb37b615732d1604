"""The worked cases over HTTP: imported, stored, loaded, computed, shown."""

import json
from typing import Any

import httpx
import pytest

from service.query.registry import MARKETS
from service.store.database import Database
from service.usecases.analyses.compute import compute
from service.usecases.analyses.declarations import ANALYSES
from service.usecases.analyses.declarations.market_league import VENDOR_LEAGUE
from service.usecases.analyses.names import MANY, ONE
from service.usecases.imports.files import load
from tests.cases_runner import CASES, at, calls, unlike
from tests.clients import served
from tests.make import lines
from tests.postgres import EMPTY, fresh

PATHS = {
    **{
        metric.name: declared.path.replace("{record_id:str}", f"{{{declared.collection.kind}}}")
        for declared in ANALYSES
        for metric in declared.metrics
        if metric is not VENDOR_LEAGUE or declared.collection is MARKETS
    },
    "pair_similarity": "/v1/compare?products={product_a},{product_b}",
}
WITH_SERIES = {"market_homogenization", "business_model_homogenization"}
PLACES = {"copy_trend": "trend", "forecast_backtest": "backtest"}
FACTS = {"adoption", "monetization", "survey", "version", "investment", "usage"}
# Draws hash ids as the case writes them, which are no slugs.
DRAWN = {"e01", "e02", "e07"}
RECORDED = "recorded_before_first_copy_share"
VERSIONED = "h10"  # has a test of its own


def slug(text: str) -> str:
    return text.lower().replace("_", "-")


def with_slugs(case: dict[str, Any]) -> dict[str, Any]:
    """The case with ids as the base takes them, and a source for every fact."""
    known = {r["id"] for r in case["records"] if "id" in r}

    def mapped(value: Any) -> Any:
        if isinstance(value, str):
            return slug(value) if value in known else value
        if isinstance(value, list):
            return [mapped(v) for v in value]
        if isinstance(value, dict):
            return {path(k): mapped(v) for k, v in value.items()}
        return value

    def path(key: str) -> str:
        head, sign, tail = key.partition("=")
        word, dot, rest = tail.partition(".")
        return f"{head}={mapped(word)}{dot}{rest}" if sign else slug(key) if key in known else key

    records = [
        {
            **{k: r[k] if k == "kind" else mapped(r[k]) for k in r},
            **({"sources": ["urn:case"]} if r["kind"] in FACTS else {}),
        }
        for r in case["records"]
    ]
    asked_of = {slug(c["params"].get("feature", "")) for c in case["calls"]} - {""}
    stored = {r["id"] for r in records if r["kind"] == "feature"}
    records += [{"kind": "feature", "id": feature} for feature in sorted(asked_of - stored)]
    models = {r["business_model"] for r in records if r["kind"] == "monetization"}
    models -= {r["id"] for r in records if r["kind"] == "business_model"}
    records += [{"kind": "business_model", "id": model} for model in sorted(models)]
    asked = [
        {**c, "params": mapped(c["params"]), "expect": mapped(c["expect"])} for c in case["calls"]
    ]
    return {**case, "records": records, "calls": asked}


_cases: dict[str, dict[str, Any]] = {
    p.stem: with_slugs(json.loads(p.read_bytes())) for p in sorted(CASES.glob("*.json"))
}


async def ask(client: httpx.AsyncClient, call: dict[str, Any], feature: str) -> dict[str, Any]:
    params = {"feature": feature} | call["params"]
    target, _, fixed = PATHS[call["metric"]].format(**params).partition("?")
    left_out = {"series", "feature", "product", "product_a", "product_b", "vendor"}
    left_out |= {"market"} if "markets" in target else set()
    query = {
        key: ",".join(map(str, value)) if isinstance(value, list) else value
        for key, value in params.items()
        if key not in left_out and value is not None
    } | dict(pair.split("=") for pair in fixed.split("&") if pair)
    if call["metric"] in WITH_SERIES:
        query["interval"] = "event"
    answer = await client.get(target, params=query)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def figures(body: dict[str, Any], metric: str) -> dict[str, Any]:
    """Where the answer has the metric's fields."""
    if metric == "pair_similarity":
        found: dict[str, Any] = body["pairs"][0]["result"]
    else:
        found = body[PLACES.get(metric, "result")]
    return found


def without_names(value: Any) -> Any:
    """The answer without the names that HTTP puts beside ids."""
    if isinstance(value, list):
        return [without_names(one) for one in value]
    if not isinstance(value, dict):
        return value
    beside = {f"{field}_name" for field in ONE} | {f"{f.removesuffix('s')}_names" for f in MANY}
    return {key: without_names(one) for key, one in value.items() if key not in beside}


@pytest.mark.parametrize("case_id", sorted({c for c, _ in calls()} - {VERSIONED}), ids=lambda c: c)
async def test_http_answers_what_the_case_expects(templates: str, case_id: str) -> None:
    case = _cases[case_id]
    async for database in fresh(templates, EMPTY):
        report = await load(database, lines(*case["records"]), comment=case_id)
        assert report.failed == 0, report.faults
        async with served(database) as client:
            for call in case["calls"]:
                await _agrees(client, case, call)


async def _agrees(client: httpx.AsyncClient, case: dict[str, Any], call: dict[str, Any]) -> None:
    feature = next((r["id"] for r in case["records"] if r["kind"] == "feature"), "")
    body, metric = await ask(client, call, feature), call["metric"]
    shown = figures(body, metric)
    if metric in WITH_SERIES:
        call = {**call, "params": {**call["params"], "series": True}}
    offline = compute(json.dumps({**case, "calls": [call]}).encode())[0]
    offline = json.loads(json.dumps(offline))
    shown = without_names(shown)
    for answer in (shown, offline):
        _forget_recording(answer)
    if metric == "copy_forecast":
        _forget_uncalibrated(shown, offline, body["backtest"]["horizons"])
    else:
        tolerance = call.get("tolerance", {})
        for path, expected in call["expect"].items():
            if RECORDED not in path and case["id"] not in DRAWN:
                allowed = tolerance.get(path, tolerance.get("default", {"abs": 1e-9, "rel": 0.0}))
                place = body if path.startswith("coverage.") else shown
                assert unlike(at(place, path), expected, allowed, path) == []
    assert shown == {name: offline[name] for name in shown}
    assert body["meta"]["revision"] == 1
    assert body["method"]["version"]


def _forget_uncalibrated(
    shown: dict[str, Any], offline: dict[str, Any], tested: dict[str, Any]
) -> None:
    """Over HTTP a chance that the backtest does not bear out is null, and says so."""
    for row, whole in zip(shown["forecasts"], offline["forecasts"], strict=True):
        for horizon, chance in row["horizons"].items():
            if tested[horizon]["status"] != "calibrated":
                assert chance["p_copy"] is None
                path = f"forecasts.{row['vendor']}.horizons.{horizon}"
                assert shown["reasons"].pop(path) == "uncalibrated"
                row["horizons"][horizon] = whole["horizons"][horizon]


def _forget_recording(answer: dict[str, Any]) -> None:
    """The base knows when it was told, and by which id; a case without `recorded_at` does not."""
    answer.pop(RECORDED, None)
    answer["reasons"].pop(RECORDED, None)
    for entry in answer.get("entries", []):
        entry.pop("record_id")


async def test_what_was_known_then_is_still_answered(database: Database) -> None:
    """Case h10, its knowledge times as revisions."""
    case = _cases[VERSIONED]
    early = [r for r in case["records"] if "recorded_at" not in r]
    later = [r for r in case["records"] if "recorded_at" in r]
    plain = [
        {k: v for k, v in r.items() if k not in ("recorded_at", "superseded_at")} for r in later
    ]
    for batch in (early, [plain[0]], [plain[1]]):
        assert (await load(database, lines(*batch), comment="h10")).failed == 0
    async with database.read() as snapshot:
        fact = await snapshot.connection.fetchval(
            "SELECT id FROM adoption WHERE date = '2024-01-01'"
        )
    await load(database, lines({**plain[2], "id": fact}), comment="corrected")
    async with served(database) as client:
        scores = [
            (await _score(client, f"rev:{n}", "2024-06-01"), await _score(client, f"rev:{n}", None))
            for n in range(1, 5)
        ]
    assert scores == [(None, None), (0.5, 0.5), (1.0, 1.0), (0.5, 1.0)]


async def _score(client: httpx.AsyncClient, as_of: str, on: str | None) -> float | None:
    query = {"as_of": as_of, "on": on or "2024-08-01", "unknown": "absent"}
    body = (await client.get("/v1/markets/m/homogenization", params=query)).json()
    score: float | None = body["result"]["score"]
    return score
