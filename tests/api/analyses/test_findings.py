"""The sentences of answers: in the words of the language, of a market that they name."""

import re
from typing import Any

import httpx
import pytest

from service.maths.results import REASONS
from service.usecases.analyses.declaration import Analysis
from service.usecases.analyses.declarations import ANALYSES
from tests.answers import names_of
from tests.routes import target

DAYS = ("1999-12-31", "2023-06-30", "2026-11-24")
CODE = re.compile(r"\b[a-z]+(_[a-z]+)+\b")


async def answers(client: httpx.AsyncClient, analysis: Analysis, lang: str) -> list[Any]:
    path = target(analysis)
    sign = "&" if "?" in path else "?"
    found = [(await client.get(f"{path}{sign}lang={lang}&on={day}")).json() for day in DAYS]
    assert all("finding" in body for body in found), found
    return found


@pytest.mark.parametrize("analysis", ANALYSES, ids=lambda a: a.operation)
async def test_they_name_their_market(client: httpx.AsyncClient, analysis: Analysis) -> None:
    if analysis.operation in ("get_product_cadence", "get_product_audience", "get_vendor_capital"):
        pytest.skip("of a product or a vendor, wherever it competes")
    for body in await answers(client, analysis, "en"):
        named = f'"{body["market_name"]}"' if body["market_id"] else "all markets"
        assert named in body["finding"]
    for body in await answers(client, analysis, "zh"):
        named = f"“{body['market_name']}”市场" if body["market_id"] else "全部市场"
        assert named in body["finding"]


@pytest.mark.parametrize("analysis", ANALYSES, ids=lambda a: a.operation)
async def test_they_hold_no_codes(client: httpx.AsyncClient, analysis: Analysis) -> None:
    for lang in ("en", "zh"):
        for body in await answers(client, analysis, lang):
            assert not CODE.search(body["finding"])
            assert not set(REASONS) & set(body["finding"].split())


@pytest.mark.parametrize("analysis", ANALYSES, ids=lambda a: a.operation)
async def test_in_chinese_only_names_are_foreign(
    client: httpx.AsyncClient, analysis: Analysis
) -> None:
    names = {name for kind in (await names_of(client, "zh")).values() for name in kind.values()}
    for body in await answers(client, analysis, "zh"):
        said = body["finding"]
        units = {line.get("measured_in") for line in body["result"].get("lines", [])} - {None}
        for name in sorted(names | units, key=len, reverse=True):
            said = said.replace(f"“{name}”", "")
        assert re.findall(r"[A-Za-z“”\"]+", said) == []


async def test_all_markets_as_one(client: httpx.AsyncClient) -> None:
    body = (await client.get("/v1/features/memory/time-to-copy")).json()
    assert "all markets" in body["finding"]


async def test_pooled_markets_are_all_named(client: httpx.AsyncClient) -> None:
    path = "/v1/markets/chat-assistants/time-to-copy?markets=coding-assistants"
    assert '"Chat assistants" and "Coding assistants"' in (await client.get(path)).json()["finding"]


async def test_a_score_is_told_with_its_bounds_and_what_is_known(client: httpx.AsyncClient) -> None:
    path = "/v1/markets/chat-assistants/homogenization?on=2026-11-24"
    for unknown in ("model", "absent", "exclude"):
        answer = (await client.get(f"{path}&unknown={unknown}")).json()
        known = round(answer["coverage"]["known_share"] * 100)
        for share in (answer["result"]["score_lowest"], answer["result"]["score_highest"]):
            assert f"{round(share * 100)}%" in answer["finding"]
        assert f"({known}% of the cells" in answer["finding"].replace("; ", "(")


@pytest.mark.parametrize(("lang", "told"), [("en", "too little was copied"), ("zh", "跟进太少")])
async def test_where_nothing_is_copied_nobody_has_a_speed(
    client: httpx.AsyncClient, lang: str, told: str
) -> None:
    for vendor, market in (("adobe", "image-generation"), ("suno", "music-audio")):
        path = f"/v1/vendors/{vendor}/time-to-copy?market={market}&on=2026-11-24&lang={lang}"
        answer = await client.get(path)
        assert answer.status_code == 200, answer.text
        assert told in answer.json()["finding"] or answer.json()["result"]["row"] is None
