"""What must be known of an answer: a code, a sentence in the reader's language, a page."""

from html import escape

import httpx
import pytest

from service.model.notices import WarningCode
from service.texts.messages import LANGUAGES, message


@pytest.mark.parametrize("code", WarningCode)
async def test_every_warning_has_a_page_in_every_language(
    client: httpx.AsyncClient, code: WarningCode
) -> None:
    answer = await client.get(f"/problems/{code}")
    assert (answer.status_code, answer.headers["content-type"][:9]) == (200, "text/html")
    for lang in LANGUAGES:
        assert escape(message(f"warnings.{code}.title", lang)) in answer.text
        assert escape(message(f"warnings.{code}.help", lang)) in answer.text


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/v1/markets/agent-platforms/homogenization?on=2026-11-24", "mostly_unknown"),
        ("/v1/compare?products=kimi,doubao", "before_launch"),
        ("/v1/products?launched__gte=2023-03-10", "date_undecided"),
        ("/v1/aggregate/adoptions?group_by=quarter(date)", "not_in_a_period"),
        ("/v1/aggregate/products?group_by=market_ids", "in_several_groups"),
    ],
)
async def test_a_warning_says_what_and_where(
    client: httpx.AsyncClient, path: str, code: str
) -> None:
    for lang in ("en", "zh"):
        body = (await client.get(f"{path}{'&' if '?' in path else '?'}lang={lang}")).json()
        warnings = body.get("warnings") or body["meta"]["warnings"]
        (found,) = [one for one in warnings if one["code"] == code]
        assert found["href"] == f"/problems/{code}"
        assert ("的" in found["detail"]) == (lang == "zh")
        assert (await client.get(found["href"])).status_code == 200


async def test_a_page_says_them_in_words(client: httpx.AsyncClient) -> None:
    path = "/v1/markets/chat-assistants/homogenization"
    for lang in ("en", "zh"):
        detail = (await client.get(f"{path}?lang={lang}")).json()["warnings"][0]["detail"]
        assert f"- {detail}" in (await client.get(f"{path}.md?lang={lang}")).text
