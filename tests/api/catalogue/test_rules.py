"""Rules that records break: what they find, and that none holds up the others."""

from collections.abc import Callable

import httpx
import pytest

from service import limits
from service.query import views
from service.query.issues import RULES, issues
from service.query.registry import BY_KIND
from service.store.database import Database
from service.usecases.imports.files import load
from tests.answers import assert_problem
from tests.clients import served
from tests.make import MARKET, PRODUCT, VENDOR, lines

SLOW = "(SELECT pg_sleep(5)) IS NOT NULL AND r.evidence"


@pytest.fixture
def slowed(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Makes a rule as slow as one would be that compares each record with each."""

    def slow(rule: str) -> None:
        def selects(relation: Callable[[str], str]) -> dict[str, list[str]]:
            found = issues(relation)
            found[rule] = [s.replace("r.evidence", SLOW) for s in found[rule]]
            return found

        monkeypatch.setattr(views, "issues", selects)

    monkeypatch.setattr(limits, "RULE_SECONDS", 0.2)
    return slow


async def test_the_others_are_listed_and_the_slow_one_is_told(
    client: httpx.AsyncClient, slowed: Callable[[str], None]
) -> None:
    whole = (await client.get("/v1/quality/issues?facets=rule")).json()
    slowed("unsourced")
    answer = await client.get("/v1/quality/issues?facets=rule&sort=record_id")
    found = answer.json()
    assert answer.status_code == 200, found
    unsourced = next(b for b in whole["facets"]["rule"]["buckets"] if b["key"] == "unsourced")
    rest = whole["total"]["value"] - unsourced["count"]
    assert found["total"] == {"value": rest, "relation": "gte"}
    assert "unsourced" not in {b["key"] for b in found["facets"]["rule"]["buckets"]}
    (warning,) = found["meta"]["warnings"]
    assert warning["code"] == "rules_unfinished"
    assert "unsourced" in warning["detail"]
    assert found["data"]


@pytest.mark.parametrize("suffix", ["csv", "ndjson", "zip"])
async def test_a_file_names_the_slow_rule_and_is_whole_without_it(
    client: httpx.AsyncClient, slowed: Callable[[str], None], suffix: str
) -> None:
    slowed("unsourced")
    refused = await client.get(f"/v1/quality/issues.{suffix}")
    problem = assert_problem(refused, 503, "database_timeout")
    assert "too long to look for: unsourced" in problem["detail"]
    assert "rule__not=unsourced" in problem["detail"]
    whole = await client.get(f"/v1/quality/issues.{suffix}?rule__not=unsourced")
    assert whole.status_code == 200
    assert whole.content


async def test_a_rule_that_is_not_asked_for_costs_nothing(
    client: httpx.AsyncClient, slowed: Callable[[str], None]
) -> None:
    slowed("unsourced")
    found = (await client.get("/v1/quality/issues?rule=launch_unknown")).json()
    assert found["meta"]["warnings"] == []
    assert found["total"]["relation"] == "eq"
    page = await client.get("/v1/quality/issues?rule=unsourced&count=none&sample=3")
    assert page.status_code == 200
    assert page.json()["data"] == []
    assert page.json()["meta"]["warnings"][0]["code"] == "rules_unfinished"


async def test_all_rules_together_have_a_bound(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "RULES_SECONDS", 0.0)
    found = (await client.get("/v1/quality/issues")).json()
    (warning,) = found["meta"]["warnings"]
    assert all(rule in warning["detail"] for rule in RULES)


async def test_the_issues_of_each_rule_add_up_to_the_list(client: httpx.AsyncClient) -> None:
    whole = (await client.get("/v1/quality/issues?limit=200")).json()["total"]["value"]
    alone = [
        (await client.get(f"/v1/quality/issues?rule={rule}&limit=1")).json()["total"]["value"]
        for rule in RULES
    ]
    assert sum(alone) == whole > 0


async def test_figures_that_contradict_each_other_are_told(database: Database) -> None:
    """However a period is spelled; neither across units nor after a dispute is decided."""

    def usage(metric: str, period: str, value: int, **more: object) -> dict:
        fact = {"kind": "usage", "product": PRODUCT["id"], "metric": metric, "period": period}
        return {**fact, "value": value, "status": "unsourced", **more}

    def funding(
        day: str, amount: int | None, currency: str = "USD", status: str = "actual"
    ) -> dict:
        return {
            "kind": "investment",
            "vendor": VENDOR["id"],
            "type": "capex",
            "date": day,
            "amount": amount,
            "currency": currency,
            "status": status,
            "evidence": "unsourced",
        }

    facts = [
        usage("visits", "2024-02", 1),
        usage("visits", "[2024-02-01..2024-02-29]", 2),
        usage("users", "2024-02", 3),
        usage("users", "2024-03", 4),
        usage("downloads", "2024-02", 5, dispute="preferred"),
        usage("downloads", "2024-02", 6, dispute="other"),
        funding("2024", 7),
        funding("2024", 8),
        funding("2024", None),
        funding("2024", 9, currency="EUR"),
        funding("2024", 9, status="planned"),
        funding("[..2025]", 1),
        funding("[..2025]", 2),
    ]
    await load(database, lines(VENDOR, MARKET, PRODUCT, *facts), comment="figures")
    async with served(database) as client:
        found = (await client.get("/v1/quality/issues?rule=contradicting_figures")).json()["data"]
        told = [
            (await client.get(f"/v1/{BY_KIND[i['kind']].name}/{i['record_id']}")).json()
            for i in found
        ]
    usages = sorted((fact["metric"], fact["value"]) for fact in told if "metric" in fact)
    amounts = sorted(fact["amount"] for fact in told if "amount" in fact)
    assert usages == [("visits", 1), ("visits", 2)]
    assert amounts == ["1", "2", "7", "8"]


async def test_every_fact_of_a_product_is_held_against_its_life(database: Database) -> None:
    facts = [
        {"kind": "business_model", "id": "b", "names": {"en": "B"}},
        {"kind": "monetization", "product": PRODUCT["id"], "business_model": "b", "since": "2023"},
        {
            "kind": "usage",
            "product": PRODUCT["id"],
            "metric": "visits",
            "period": "2026-01",
            "value": 1,
        },
        {
            "kind": "offering",
            "product": PRODUCT["id"],
            "reseller": "r",
            "model": "m",
            "date": "2023-12-31",
        },
    ]
    lived = {**PRODUCT, "launched": "2024", "discontinued": "2025-06"}
    unsourced = [fact | {"status": "unsourced"} for fact in facts]
    report = await load(database, lines(VENDOR, MARKET, lived, *unsourced), comment="life")
    assert report.failed == 0, report
    async with served(database) as client:
        asked = "/v1/quality/issues?rule=before_launch,after_discontinuation"
        found = (await client.get(asked)).json()["data"]
    assert [(issue["rule"], issue["kind"]) for issue in found] == [
        ("after_discontinuation", "usage"),
        ("before_launch", "monetization"),
        ("before_launch", "offering"),
    ]
