"""What is remembered is the answer to the same question, never to a similar one."""

from datetime import date

import httpx
import pytest

from service.api.http.conditional import Content, Rendered

PAIRS = [
    ("/v1/aggregate/products?group_by=status,vendor.country",
     "/v1/aggregate/products?group_by=vendor.country,status"),
    ("/v1/aggregate/products?group_by=status&metrics=count,count_distinct(vendor_id)",
     "/v1/aggregate/products?group_by=status&metrics=count_distinct(vendor_id),count"),
    ("/v1/adoptions?sort=feature_id,product_id&limit=1",
     "/v1/adoptions?sort=product_id,feature_id&limit=1"),
    ("/v1/products?filter=id=kimi&filter=(id=kimi)", "/v1/products?filter=id=kimi,(id=kimi)"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), PAIRS)
async def test_the_order_of_what_is_asked_is_part_of_the_question(
    client: httpx.AsyncClient, one: str, other: str
) -> None:
    first, second = await client.get(one), await client.get(other)
    assert first.status_code == 200, first.text
    assert first.headers["etag"] != second.headers.get("etag")
    assert first.content != second.content


OF_TODAY = [
    "/v1/coverage",
    "/v1/coverage.csv",
    "/v1/compare?products=kimi,doubao",
    "/v1/products/kimi/gaps.md?as_of=rev:1",
    "/v1/markets/chat-assistants/homogenization.csv?table=figures",
]


@pytest.mark.parametrize("address", OF_TODAY)
async def test_an_answer_of_today_is_another_one_tomorrow(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    tags = []
    for day in (date(2026, 11, 23), date(2026, 11, 24)):
        monkeypatch.setattr("service.api.http.checked.today", lambda day=day: day)
        answer = await client.get(address)
        assert (answer.status_code, "immutable" in answer.headers["cache-control"]) == (200, False)
        tags.append(answer.headers["etag"])
        mark = "&" if "?" in address else "?"
        named = await client.get(f"{address}{mark}on={day}")
        assert named.content == answer.content
    assert tags[0] != tags[1]


async def test_what_is_kept_is_counted_with_its_headers() -> None:
    kept, content = Rendered(10_000), Content(b"", {})
    for n in range(100):
        kept.put(str(n), content, content.size)
    assert len(kept._values) < 20
