"""What is remembered is the answer to the same question, never to a similar one."""

import httpx
import pytest

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
