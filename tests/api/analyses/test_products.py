"""Similar products, gaps, matrices, copy graphs and comparisons over HTTP."""

import httpx
import pytest

PATHS = [
    "/v1/products/kimi/similar?market=chat-assistants",
    "/v1/products/kimi/gaps?market=chat-assistants",
    "/v1/markets/chat-assistants/matrix",
    "/v1/markets/chat-assistants/copy-graph",
]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("lang", ["en", "zh"])
async def test_it_has_the_frame_of_an_analysis(
    client: httpx.AsyncClient, path: str, lang: str
) -> None:
    asked = f"{path}{'&' if '?' in path else '?'}lang={lang}&explain=true"
    found = (await client.get(asked)).json()
    assert found["finding"]
    assert found["method"]["href"] == found["links"]["method"]
    assert found["explain"]["ids"]
    assert (await client.get(found["method"]["href"])).status_code == 200


async def test_example_5_of_the_design(client: httpx.AsyncClient) -> None:
    path = "/v1/compare?products=kimi,doubao,chatgpt&on=2025-06-30"
    whole = (await client.get(path)).json()
    less = (await client.get(f"{path}&only=differences")).json()
    assert [s["id"] for s in whole["subjects"]] == ["kimi", "doubao", "chatgpt"]
    features = [r for r in whole["rows"] if r["attribute"].startswith("feature:")]
    assert len(features) == whole["summary"]["shared_features"] + whole["summary"]["differing"]
    assert len(less["rows"]) < len(whole["rows"])
    first = next(c for r in features for c in r["cells"] if "adoption_id" in c)
    adoption = (await client.get(f"/v1/adoptions/{first['adoption_id']}")).json()
    assert (adoption["date"], adoption["source_ids"]) == (first["date"], first["source_ids"])


async def test_vendors_are_compared_too(client: httpx.AsyncClient) -> None:
    found = (await client.get("/v1/compare?vendors=openai,anthropic")).json()
    assert found["method"]["parameters"]["unit"] == "vendor"
    assert found["summary"]["shared_features"] > 5


@pytest.mark.parametrize(
    ("query", "code"),
    [("", "invalid_value"), ("products=kimi", "invalid_value"),
     ("products=kimi,kimmi", "unknown_reference"), ("products=a,b&vendors=c,d",
     "incompatible_parameters"), ("products=kimi,doubao&onn=1", "unknown_parameter")],
)  # fmt: skip
async def test_a_wrong_comparison_is_refused(
    client: httpx.AsyncClient, query: str, code: str
) -> None:
    answer = await client.get(f"/v1/compare?{query}")
    assert (answer.status_code, answer.json()["code"]) == (400, code)


async def test_each_pair_is_measured_in_a_market(client: httpx.AsyncClient) -> None:
    path = "/v1/compare?products=kimi,doubao,chatgpt&market=chat-assistants&on=2025-06-30"
    found = (await client.get(path)).json()
    pairs = [(p["result"]["product_a"], p["result"]["product_b"]) for p in found["pairs"]]
    assert pairs == [("kimi", "doubao"), ("kimi", "chatgpt"), ("doubao", "chatgpt")]
    known = (await client.get(f"{path}&unknown=exclude&min_joint_features=1")).json()
    assert known["pairs"][0]["result"]["reasons"]["overlap_p_value"] == "unknown_excluded"
    assert known["method"]["parameters"]["min_joint_features"] == 1


async def test_a_comparison_names_its_facts_and_takes_a_filter(client: httpx.AsyncClient) -> None:
    path = "/v1/compare?products=kimi,chatgpt&explain=true"
    facts = (await client.get(path)).json()["explain"]["ids"]
    answer = await client.get(f"/v1/adoptions?id={','.join(facts)}&limit=200")
    assert {row["product_id"] for row in answer.json()["data"]} == {"kimi", "chatgpt"}
    less = (await client.get(f"{path}&vendor.country=CN")).json()
    assert 0 < len(less["explain"]["ids"]) < len(facts)
    assert less["method"]["parameters"]["filter"] == 'vendor.country = "CN"'


async def test_a_comparison_names_what_it_refers_to(client: httpx.AsyncClient) -> None:
    path = "/v1/compare?products=kimi,doubao&market=chat-assistants&lang=zh"
    body = (await client.get(path)).json()
    assert body["market_name"] == "AI对话助手"
    rows = {row["attribute"]: row for row in body["rows"]}
    assert rows["vendor_id"]["label"] == "厂商"
    assert [cell["name"] for cell in rows["vendor_id"]["cells"]] == ["月之暗面", "字节跳动"]
    markets = rows["market_ids"]["cells"][0]
    assert dict(zip(markets["value"], markets["names"], strict=True))["chat-assistants"]
    model = rows["business_models"]["cells"][0]["value"][0]
    assert {"business_model_id", "business_model_name"} <= set(model)
    pair = body["pairs"][0]["result"]
    assert (pair["product_a_name"], pair["market_name"]) == ("Kimi 智能助手", "AI对话助手")
    assert len(pair["shared"]) == len(pair["shared_names"])
