"""What every analysis answers, whatever it is of."""

from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest

from service.usecases.analyses.declaration import Analysis
from service.usecases.analyses.declarations import ANALYSES
from tests.routes import target

OTHER = {"unknown": "exclude", "confidence": "0.8", "seed": "3", "horizons_days": "10,20",
         "include_structure": "true", "null_draws": "9", "cell": "date", "markets":
         "coding-assistants", "peers": "nearest", "min_count": "2"}  # fmt: skip


@pytest.mark.parametrize("analysis", ANALYSES, ids=lambda q: q.operation)
async def test_an_answer_names_what_it_stands_on(
    client: httpx.AsyncClient, analysis: Analysis
) -> None:
    answer = await client.get(target(analysis))
    body = answer.json()
    assert (answer.status_code, body["meta"]["revision"]) == (200, 2)
    method = (await client.get(body["method"]["href"])).json()
    assert method["version"] == body["method"]["version"]
    assert body["finding"]
    if analysis.metric.stands_on in ("adoptions", "monetizations"):  # else nobody knows of how many
        assert 0 < body["coverage"]["known_share"] < 1
    assert (await client.get(body["links"]["subject"])).status_code == 200


@pytest.mark.parametrize("analysis", ANALYSES, ids=lambda q: q.operation)
async def test_the_same_question_gives_the_same_bytes(
    client: httpx.AsyncClient, analysis: Analysis
) -> None:
    first = await client.get(target(analysis))
    again = await client.get(target(analysis))
    assert first.content == again.content
    cached = await client.get(target(analysis), headers={"if-none-match": first.headers["etag"]})
    assert cached.status_code == 304


@pytest.mark.parametrize("analysis", ANALYSES, ids=lambda q: q.operation)
async def test_wrong_words_are_refused(client: httpx.AsyncClient, analysis: Analysis) -> None:
    asked = target(analysis)
    sign = "&" if "?" in asked else "?"
    wrong = await client.get(f"{asked}{sign}evidense=any")
    assert (wrong.status_code, wrong.json()["code"]) == (400, "unknown_parameter")
    assert wrong.json()["errors"][0]["did_you_mean"][0] == "evidence"
    both = await client.get(f"{asked}{sign}stage=ga&stage_min=ga")
    assert both.json()["code"] == "incompatible_parameters"
    assert (await client.get(target(analysis, "nobody-here"))).status_code == 404


@pytest.mark.parametrize("analysis", ANALYSES, ids=lambda q: q.operation)
async def test_findings_come_in_chinese(client: httpx.AsyncClient, analysis: Analysis) -> None:
    body = (await client.get(target(analysis), headers={"accept-language": "zh"})).json()
    assert any("一" <= sign <= "鿿" for sign in body["finding"])


async def test_unsourced_facts_count_only_when_asked(client: httpx.AsyncClient) -> None:
    path = "/v1/markets/chat-assistants/homogenization"
    sourced = (await client.get(path)).json()
    every = (await client.get(f"{path}?evidence=any")).json()
    assert sourced["coverage"]["sourced_share"] == 1.0
    assert every["coverage"]["sourced_share"] < 1.0
    assert every["result"]["n_products"] > sourced["result"]["n_products"]


async def test_the_facts_behind_an_answer(client: httpx.AsyncClient) -> None:
    path = "/v1/features/memory/time-to-copy?market=chat-assistants"
    assert (await client.get(path)).json()["explain"] is None
    body = (await client.get(f"{path}&explain=true")).json()
    ids = body["explain"]["ids"]
    facts = (await client.get(f"/v1/adoptions?id={','.join(ids)}&limit=200")).json()["data"]
    assert len(facts) == len(ids) > 3
    assert {fact["feature_id"] for fact in facts} == {"memory"}
    assert "announced" not in {fact["stage"] for fact in facts}
    assert all(fact["source_ids"] for fact in facts)
    models = (await client.get("/v1/markets/chat-assistants/monetization?explain=true")).json()
    assert models["explain"]["ids"][0].startswith("mon_")


async def test_vendors_of_one_country(client: httpx.AsyncClient) -> None:
    path = "/v1/markets/chat-assistants/homogenization"
    chinese = (await client.get(f"{path}?vendor.country=CN")).json()
    assert chinese["result"]["n_vendors"] == 14
    assert chinese["method"]["parameters"]["filter"] == 'vendor.country = "CN"'


async def test_a_series_by_period(client: httpx.AsyncClient) -> None:
    path = "/v1/markets/chat-assistants/homogenization?interval=year&from=2024-01-01&to=2025-12-31"
    result = (await client.get(path)).json()["result"]
    assert [point["date"][:4] for point in result["series"]] == ["2024", "2025"]
    assert result["interval"] == "year"
    for point in result["series"]:
        assert point["score_ci_low"] <= point["score"] <= point["score_ci_high"]


async def test_an_uncalibrated_chance_is_not_shown(client: httpx.AsyncClient) -> None:
    body = (await client.get("/v1/features/memory/forecast?market=chat-assistants")).json()
    for horizon, tested in body["backtest"]["horizons"].items():
        for rival in body["result"]["forecasts"]:
            shown = rival["horizons"][horizon]["p_copy"]
            assert (shown is not None) == (tested["status"] == "calibrated")
    assert body["result"]["forecasts"]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("analysis", ANALYSES, ids=lambda a: a.operation)
async def test_its_link_asks_the_whole_question_again(
    client: httpx.AsyncClient, analysis: Analysis, lang: str
) -> None:
    given = {
        "on": "2026-06-30",
        "evidence": "any",
        "stage": "ga",
        "vendor.country": "CN",
        "explain": "true",
        "as_of": "rev:2",
    }
    own = {name: OTHER[name] for name in (field.name for field in analysis.own) if name in OTHER}
    given |= own
    path = target(analysis)
    answer = await client.get(path, params={**given, **parse(path)}, headers=tongue(lang))
    body = answer.json()
    assert answer.status_code == 200, body
    assert (await client.get(body["links"]["self"])).json() == body
    for name in ("on=2026-06-30", f"lang={lang}", "stage_min=ga", "filter=", *own):
        assert name in body["links"]["self"]


async def test_the_link_of_a_series_and_of_a_market_left_out(client: httpx.AsyncClient) -> None:
    path = "/v1/markets/chat-assistants/homogenization?interval=year&from=2024-01-01"
    body = (await client.get(path)).json()
    assert (await client.get(body["links"]["self"])).json() == body
    assert "interval=year&from=2024-01-01" in body["links"]["self"]
    own = (await client.get("/v1/products/adobe-firefly/similar")).json()
    assert f"market={own['market_id']}" in own["links"]["self"]


async def test_the_link_of_a_comparison(client: httpx.AsyncClient) -> None:
    path = "/v1/compare?products=kimi,doubao&market=chat-assistants&only=differences&lang=zh"
    body = (await client.get(f"{path}&unknown=exclude&vendor.country=CN")).json()
    assert (await client.get(body["links"]["self"])).json() == body
    assert "products=kimi,doubao" in body["links"]["self"]


def parse(path: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(path).query))


def tongue(lang: str) -> dict[str, str]:
    return {"accept-language": lang}
