"""What varies from read to read is a parameter: PostgreSQL plans a statement once."""

import pytest

from service.store.database import Database
from tests.clients import served

# By what of them varies, `{n}` from 21 on and `{day}`, or is followed.
VARIED = (
    "/v1/products/kimi?on={day}",
    "/v1/products?on={day}&date_match=possible&count=none",
    "/v1/products?on={day}&status=active&sort=-status",
    "/v1/adoptions?on={day}&product.status__not=discontinued&facets=stage",
    "/v1/products/kimi?on={day}&include=vendor,adoptions",
    "/v1/aggregate/products?group_by=status&on={day}",
    "/v1/products.csv?on={day}",
    "/v1/quality/issues?on={day}&stale_days={n}",
    "/v1/quality/issues?on={day}&rule=source_unchecked&count=estimate",
    "/v1/adoptions?limit={n}",
    "/v1/timeline?limit={n}&date__gte={day}",
    "/v1/adoptions?sample={n}&seed={n}",
    "/v1/products?launched__gte={day}&name__contains=k{n}",
    "/v1/adoptions?product.launched__lte={day}&note__contains={n}&count=none",
    "/v1/products/kimi/history?limit={n}",
    "/v1/changes?limit={n}",
    "/v1/diff?collection=products&from=rev:1&limit={n}",
)


@pytest.mark.parametrize("target", VARIED)
async def test_what_varies_is_a_parameter(
    bundled: Database, statements: list[str], target: str
) -> None:
    """A statement with another text is planned anew, and drives one that was out of a session."""
    texts = list[set[str]]()
    async with served(bundled) as client:
        for n in range(21, 41):
            statements.clear()
            answer = await client.get(target.format(n=n, day=f"2025-06-{n - 20:02}"))
            assert answer.status_code == 200, answer.text
            texts.append({text for text in statements if "SAVEPOINT" not in text})
    assert set.union(*texts) == texts[0]


async def test_every_page_is_the_same_statement(bundled: Database, statements: list[str]) -> None:
    texts, page = set[str](), "/v1/adoptions?limit=12"
    async with served(bundled) as client:
        page = (await client.get(page)).json()["page"]["next"]
        for _ in range(20):
            statements.clear()
            page = (await client.get(page)).json()["page"]["next"]
            texts |= set(statements)
    assert len(texts) == 1
