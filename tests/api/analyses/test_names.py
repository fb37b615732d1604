"""Names stand beside ids, in the language asked, so that a page needs no second request."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from service.usecases.analyses.declaration import Analysis
from service.usecases.analyses.declarations import ANALYSES
from service.usecases.analyses.names import MANY, ONE
from tests.answers import names_of
from tests.routes import target


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every object below the top of a result."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for one in inner:
        if isinstance(one, dict):
            yield one
        yield from objects(one)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("analysis", ANALYSES, ids=lambda a: a.operation)
async def test_every_id_has_its_name(
    client: httpx.AsyncClient, analysis: Analysis, lang: str
) -> None:
    path = target(analysis)
    body = (await client.get(f"{path}{'&' if '?' in path else '?'}lang={lang}")).json()
    names = await names_of(client, lang)
    for kind in ("market", "feature", "product"):
        assert body[f"{kind}_name"] == names[kind].get(body[f"{kind}_id"])
    if analysis.metric.stands_on == "monetizations":
        names["feature"] = names["business_model"]
    for part in ("result", *(part.name for part in analysis.parts)):
        for row in objects(body.get(part)):
            check(row, names)


def check(row: dict[str, Any], names: dict[str, dict[str, str]]) -> None:
    unit = names["vendor"]
    for field, kind in ONE.items():
        if field in row:
            assert row[f"{field}_name"] == names.get(kind, unit)[row[field]]
    for field, kind in MANY.items():
        ids = row.get(field)
        if isinstance(ids, list) and ids and isinstance(ids[0], str):
            shown = row[f"{field.removesuffix('s')}_names"]
            assert shown == [names.get(kind, unit)[one] for one in ids]


async def test_first_movers_and_pooled_markets_are_named(client: httpx.AsyncClient) -> None:
    path = "/v1/features/memory/time-to-copy?market=chat-assistants&lang=zh"
    result = (await client.get(path)).json()["result"]
    assert (result["first_movers"], result["first_mover_names"]) == (["openai"], ["OpenAI"])
    path = "/v1/markets/chat-assistants/time-to-copy?markets=coding-assistants"
    result = (await client.get(path)).json()["result"]
    assert result["market_names"] == ["Chat assistants", "Coding assistants"]


async def test_under_unit_vendor_the_rows_are_vendors(client: httpx.AsyncClient) -> None:
    path = "/v1/markets/chat-assistants/homogenization?unit=vendor"
    rows = (await client.get(path)).json()["result"]["product_contributions"]
    named = {row["product"]: row["product_name"] for row in rows}
    assert named["moonshot-ai"] == "Moonshot AI"


async def test_rivals_may_be_products(client: httpx.AsyncClient) -> None:
    path = "/v1/features/memory/time-to-copy?market=chat-assistants&unit=product"
    result = (await client.get(path)).json()["result"]
    named = {row["unit"]: row["unit_name"] for row in result["rivals"]}
    assert named["kimi"] == "Kimi"
