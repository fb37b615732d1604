"""Rules that records break: what they find, and that none holds up the others."""

import csv
import io
import zipfile
from collections.abc import Callable

import httpx
import pytest

from service import limits
from service.query import views
from service.query.issues import RULES, issues
from service.query.registry import BY_KIND
from service.store.database import Database
from service.usecases.imports.files import load
from tests.answers import assert_problem, records
from tests.clients import served
from tests.make import MARKET, PRODUCT, VENDOR, lines

SLOW = "(SELECT pg_sleep(5)) IS NOT NULL AND r.evidence"


@pytest.fixture
def slowed(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Makes a rule as slow as one would be that compares each record with each."""

    def slow(rule: str) -> None:
        def selects(relation: Callable[[str], str], **more: bool) -> dict[str, list[str]]:
            found = issues(relation, **more)
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


async def told(
    client: httpx.AsyncClient, suffix: str, ask: str = ""
) -> tuple[list[str], list[str]]:
    """The rules of a file's issues, and what is told behind the last of them."""
    answer = await client.get(f"/v1/quality/issues.{suffix}?lang=en{ask}")
    assert answer.status_code == 200, answer.text
    if suffix == "ndjson":
        read = records(answer)
        return (
            [one["rule"] for one in read if one["object"] == "issue"],
            [f"{one['code']}: {one['detail']}" for one in read if one["object"] != "issue"],
        )
    if suffix == "metadata.json":
        return [], [f"{one['code']}: {one['detail']}" for one in answer.json().get("warnings", [])]
    text = answer.text
    if suffix == "zip":
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            text = archive.read(archive.namelist()[0]).decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    notes = [row for row in rows if row["id"].startswith("# ")]
    assert all(not any(list(row.values())[1:]) for row in notes)
    return [row["rule"] for row in rows if row["rule"]], [row["id"][2:] for row in notes]


@pytest.mark.parametrize("suffix", ["csv", "ndjson", "zip", "metadata.json"])
async def test_a_file_has_the_others_and_says_at_its_end_which_is_left_out(
    client: httpx.AsyncClient, slowed: Callable[[str], None], suffix: str
) -> None:
    whole, nothing = await told(client, suffix)
    assert nothing == []
    slowed("unsourced")
    left, notes = await told(client, suffix, "&sort=record_id")
    assert sorted(left) == sorted(rule for rule in whole if rule != "unsourced")
    (note,) = notes
    assert note.startswith("rules_unfinished: Looking for unsourced took too long")
    alone = await told(client, suffix, "&rule__not=unsourced")
    assert alone == (left if suffix == "metadata.json" else sorted(left), [])


@pytest.mark.parametrize("suffix", ["", ".csv", ".ndjson"])
async def test_what_is_not_whole_is_kept_by_nobody(
    client: httpx.AsyncClient,
    slowed: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
    suffix: str,
) -> None:
    path = f"/v1/quality/issues{suffix}?kind=product,monetization&as_of=rev:2&on=2026-11-01"
    with monkeypatch.context():
        slowed("unsourced")
        cut = await client.get(path)
        assert "unsourced took too long" in cut.text
        assert (cut.headers["cache-control"], "etag" in cut.headers) == ("no-store", False)
    monkeypatch.setattr(views, "issues", issues)
    whole = await client.get(path)
    assert "took too long" not in whole.text
    assert "immutable" in whole.headers["cache-control"]
    assert whole.headers["etag"]


@pytest.mark.parametrize("suffix", ["csv", "ndjson"])
async def test_a_file_is_refused_only_where_no_rule_could_be_looked_for(
    client: httpx.AsyncClient,
    slowed: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
    suffix: str,
) -> None:
    slowed("unsourced")
    found, notes = await told(client, suffix, "&rule=unsourced,launch_unknown")
    assert (set(found), len(notes)) == ({"launch_unknown"}, 1)
    monkeypatch.setattr(limits, "RULES_SECONDS", 0.0)
    refused = await client.get(f"/v1/quality/issues.{suffix}")
    problem = assert_problem(refused, 503, "database_timeout")
    assert "took too long to look for: unsourced" in problem["detail"]


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


@pytest.mark.parametrize(
    "ask", ["limit=7", "limit=200", "limit=3&rule__not=unsourced", "limit=9&sort=rule,-record_id"]
)
async def test_pages_by_rule_are_the_whole_list(client: httpx.AsyncClient, ask: str) -> None:
    """Each page is looked for among the rules alone that it may be of."""
    for moment in ("", "&as_of=rev:1"):
        asked = f"{ask}{moment}&kind=market,vendor,product,feature"
        file = records(await client.get(f"/v1/quality/issues.ndjson?{asked.split('&', 1)[1]}"))
        page = (await client.get(f"/v1/quality/issues?{asked}")).json()
        walked = page["data"]
        assert page["total"]["value"] == len(file) > 10
        while following := page["page"]["next"]:
            page = (await client.get(following)).json()
            walked += page["data"]
        assert [issue["id"] for issue in walked] == [issue["id"] for issue in file]


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
