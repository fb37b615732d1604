"""People who do not know the name of a feature find it by what it is for."""

from typing import Any

import httpx
import pytest

from service.store.database import Database
from service.usecases.imports.files import load
from tests.clients import served
from tests.make import MARKET, VENDOR, lines

ENGLISH = {
    "finish the whole ticket on its own in my editor": "agent-mode",
    "gist of a long telephone talk": "call-summary",
    "set the path of the lens myself": "camera-control",
    "a loop round a handbag on the display to see its shop": "circle-to-search",
    "compute the averages in my data with Python": "code-interpreter",
    "explain how this repository is built": "codebase-chat",
    "fetch things from Dropbox and Notion": "connectors",
    "make my own bot with a special role, no programming": "custom-agents",
    "have it explain my rental agreement": "file-upload",
    "my friends and I talk with the bot together": "group-chat",
    "make my old family photograph move": "image-to-video",
    "avatar that speaks my text with the right mouth shapes": "lip-sync",
    "attach our own tools to the coding agent by an open standard": "mcp-support",
    "refactor twenty files in one go": "multi-file-edit",
    "the film comes with dialogue and noise": "native-audio",
    "get rid of strangers in my holiday photo": "object-removal",
    "let two voices talk about my article": "podcast-generation",
    "works through a hard maths problem step by step": "reasoning-mode",
    "every Friday send me a digest": "scheduled-tasks",
    "ten pages for the board meeting with bullet points": "slides-generation",
}
CHINESE = {
    "我下班以后它在云上继续干活": "background-agents",
    "用中文给日本餐厅打电话": "call-translation",
    "左边聊右边直接改文章": "canvas",
    "打几个字母就把整行补出来": "code-completion",
    "合并代码之前先帮我挑毛病": "code-review",
    "自动点开网页一步步操作": "computer-use",
    "让助手自己打开别的应用去办": "cross-app-voice-agent",
    "自动搜几十个网站后出一份带引用的长文": "deep-research",
    "从白天变到黑夜的两张图连起来": "first-last-frame",
    "输入文字就出插画": "image-generation",
    "发一张图问里面是什么": "image-understanding",
    "一次最多能读多少字": "long-context",
    "上次聊过的它还记得": "memory",
    "给短片写一段背景曲": "music-generation",
    "预测我接下来会动哪里": "next-edit-prediction",
    "手机没网也能用的大模型": "on-device-llm",
    "把相关的对话归到一个文件夹": "projects",
    "让它每次都遵守我们的代码规范": "rules-files",
    "预算三千买什么耳机好": "shopping",
    "不要图形界面，终端里直接用": "terminal-agent",
}
SHARE = 0.9  # of the phrases whose feature is among the first three hits


async def found(client: httpx.AsyncClient, q: str, **query: str | int) -> dict[str, Any]:
    answer = await client.get("/v1/search", params={"q": q, **query})
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


@pytest.mark.parametrize("phrases", [ENGLISH, CHINESE], ids=["en", "zh"])
async def test_the_feature_that_is_meant_is_among_the_first_three(
    client: httpx.AsyncClient, phrases: dict[str, str]
) -> None:
    missed = []
    for phrase, meant in phrases.items():
        first = (await found(client, phrase, limit=3))["data"]
        if ("feature", meant) not in [(hit["type"], hit["id"]) for hit in first]:
            missed.append((phrase, [hit["id"] for hit in first]))
    assert len(missed) <= (1 - SHARE) * len(phrases), missed


@pytest.mark.parametrize(
    ("q", "lang", "feature", "title"),
    [
        ("which assistants have memory", "en", "memory", "Products: Memory"),
        ("谁有长文本", "zh", "long-context", "产品：长上下文"),
        ("Which products offer deep research?", "en", "deep-research", "Products: Deep research"),
        ("哪些产品支持联网搜索", "zh", "web-search", "产品：联网搜索"),
    ],
)
async def test_a_question_of_who_has_something_leads_to_them(
    client: httpx.AsyncClient, q: str, lang: str, feature: str, title: str
) -> None:
    body = await found(client, q, lang=lang)
    assert (body["data"][0]["type"], body["data"][0]["id"]) == ("feature", feature)
    href = f"/v1/products?adoptions.feature_id={feature}"
    assert {"title": title, "href": href} in body["related"]
    products = (await client.get(href)).json()
    assert products["total"]["value"] > 0


async def test_a_market_and_a_feature_lead_to_products_of_both(client: httpx.AsyncClient) -> None:
    both, alone = (await found(client, "coding assistants memory"))["related"]
    assert both == {
        "title": "Products: Coding assistants, Memory",
        "href": "/v1/products?market_ids=coding-assistants&adoptions.feature_id=memory",
    }
    assert alone["href"] == "/v1/products?market_ids=coding-assistants"
    assert (await client.get(both["href"])).json()["total"]["value"] > 0


@pytest.mark.parametrize("q", ["Subscription", "Baidu", "百度"])
async def test_what_is_related_exists(client: httpx.AsyncClient, q: str) -> None:
    related = (await found(client, q))["related"]
    assert related
    for link in related:
        assert (await client.get(link["href"])).json()["total"]["value"] > 0


async def test_nothing_found_has_nothing_related(client: httpx.AsyncClient) -> None:
    assert (await found(client, "zzzzzz"))["related"] == []


async def test_a_hit_without_a_word_in_common_says_so(database: Database) -> None:
    feature = {
        "kind": "feature",
        "id": "erasing",
        "name": "Eraser",
        "category": "phone",
        "definition": "Removes what is unwanted in a photo.",
    }
    await load(database, lines(feature), comment="one")
    async with served(database) as client:
        (hit,) = (await found(client, "把路人去掉"))["data"]
        assert (hit["id"], hit["matched_on"], hit["highlight"]) == ("erasing", ["meaning"], {})
        (listed,) = (await client.get("/v1/features", params={"q": "把路人去掉"})).json()["data"]
        assert listed["id"] == "erasing"
        (suggested,) = (await client.get("/v1/suggest", params={"q": "把路人去掉"})).json()["data"]
        assert (suggested["id"], suggested["matched_on"]) == ("erasing", "meaning")


async def test_notes_are_found_where_no_name_is(database: Database) -> None:
    noted = {
        **VENDOR,
        "id": "quiet",
        "name": "Quiet",
        "note": "Bought by Loud in a silent auction.",
    }
    loud = {**VENDOR, "id": "loud", "name": "Loud"}
    await load(database, lines(noted, loud, MARKET), comment="one")
    async with served(database) as client:
        data = (await found(client, "silent auction"))["data"]
        assert [(hit["id"], hit["matched_on"]) for hit in data] == [("quiet", ["note"])]
        assert [hit["id"] for hit in (await found(client, "loud"))["data"]] == ["loud"]
