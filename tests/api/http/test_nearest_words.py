"""The nearest right word comes first, whatever is wrong with the one that was written."""

from urllib.parse import quote

import httpx
import pytest

PARAMETERS = {
    "launchd__gte=2024": ["launched__gte"],
    "launchd=2024": ["launched"],
    "LAUNCHED__GTE=2024": ["launched__gte"],
    "launched__Gt=2024": ["launched__gt"],
    "launched__ge=2024": ["launched__gte"],
    "launched__neq=2024": ["launched__not"],
    "launched__eq=2024": ["launched"],
    "launched__null=true": ["launched__isnull"],
    "vendor_id__in=kimi": ["vendor_id"],
    "vendor.contry__not=CN": ["vendor.country__not"],
    "vendors.country=CN": ["vendor.country"],
    "vendor_id.country=CN": ["vendor.country"],
    "marketids=chat-assistants": ["market_ids"],
    "lmit=3": ["limit"],
    "Fields=id": ["fields"],
}
VALUES = {
    "status=Active": ["active"],
    "status=actve": ["active"],
    "vendor_id=OpenAI": ["openai"],
    "vendor_id=moonshot": ["moonshot-ai"],
    "market_ids=Chat-Assistants": ["chat-assistants"],
    "vendor.country=cn": ["CN"],
    "date_match=Possible": ["possible"],
    "filter=vendor.country = cn": ["CN"],
    "filter=Launched > 2024": ["launched"],
    "filter=status = ACTIVE": ["active"],
    "fields=Name": ["name"],
    "sort=-Launched": ["launched"],
    "facets=vendor.Type": ["vendor.type"],
    "include=Vendor": ["vendor"],
}


@pytest.mark.parametrize(("query", "near"), {**PARAMETERS, **VALUES}.items())
async def test_the_nearest_right_word_is_named_first(
    client: httpx.AsyncClient, query: str, near: list[str]
) -> None:
    answer = await client.get(f"/v1/products?{quote(query, safe='=')}")
    assert answer.status_code == 400, answer.text
    (error,) = answer.json()["errors"]
    assert error.get("did_you_mean", [])[:1] == near, error


@pytest.mark.parametrize("query", ["vendor.country=China", "vendor.country=c1"])
async def test_what_is_no_country_is_refused(client: httpx.AsyncClient, query: str) -> None:
    answer = await client.get(f"/v1/products?{query}")
    assert (answer.status_code, answer.json()["code"]) == (400, "unknown_value")


async def test_a_currency_is_three_capitals(client: httpx.AsyncClient) -> None:
    for address in ("investments?currency=usd", "monetizations?price.currency=usd"):
        answer = await client.get(f"/v1/{address}")
        assert answer.json()["errors"][0]["did_you_mean"] == ["USD"]


async def test_a_source_that_never_was_is_refused(client: httpx.AsyncClient) -> None:
    for address in ("adoptions?source_ids=src_nope", "aggregate/adoptions?group_by=stage"
                    "&source_ids=src_nope", "sources?id=src_nope"):  # fmt: skip
        answer = await client.get(f"/v1/{address}")
        assert (answer.status_code, answer.json()["code"]) == (400, "unknown_reference"), address
