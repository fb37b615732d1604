"""Markets side by side, features by category, business models through time, over HTTP."""

from typing import Any

import httpx

from service.texts.messages import section

DAY = "on=2026-11-24"
LIKENESS = ("score", "score_lowest", "score_highest", "n_vendors", "band", "finding")


async def _body(client: httpx.AsyncClient, address: str) -> Any:
    answer = await client.get(address)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_every_market_stands_there_as_its_own_analysis_has_it(
    client: httpx.AsyncClient,
) -> None:
    body = await _body(client, f"/v1/homogenization?{DAY}&unknown=absent")
    markets = (await _body(client, "/v1/markets?limit=200"))["data"]
    assert sorted(row["market"] for row in body["markets"]) == [m["id"] for m in markets]
    assert body["n_markets"] == len(markets)
    for row in body["markets"]:
        own = await _body(client, f"{row['href']}?{DAY}&unknown=absent")
        result = own["result"] | {"finding": own["finding"]}
        assert {name: row[name] for name in LIKENESS} == {name: result[name] for name in LIKENESS}
        assert row["change"] == result["change"]["change"]
        for part in ("within", "entry", "exit"):
            assert row[f"change_{part}"] == result["change"][part]
            assert row["reasons"].get(f"change_{part}") == own["reasons"].get(f"change.{part}")
        assert row["known_share"] == own["coverage"]["known_share"]
        assert row["reasons"].get("score") == own["reasons"].get("score")


async def test_it_says_whether_the_most_alike_market_is_getting_more_so(
    client: httpx.AsyncClient,
) -> None:
    for window, way in ((365, "more alike than"), (1, "as alike as")):
        asked = f"{DAY}&unknown=absent&id=coding-assistants&change_window_days={window}"
        body = await _body(client, f"/v1/homogenization?{asked}")
        (row,) = body["markets"]
        assert (round(row["change"] * 100) > 0) == (window == 365)
        assert way in body["finding"]
        parts = row["change_within"] + row["change_entry"] + row["change_exit"]
        assert abs(parts - row["change"]) < 1e-12
    assert "百分点" in (await _body(client, f"/v1/homogenization?{DAY}&lang=zh"))["finding"]


async def test_they_stand_by_layer_the_most_alike_first(client: httpx.AsyncClient) -> None:
    body = await _body(client, f"/v1/homogenization?{DAY}&unknown=absent")
    keys = [
        (row["layer"], row["score"] is None, -(row["score"] or row["score_lowest"] or 0))
        for row in body["markets"]
    ]
    assert keys == sorted(keys)
    assert [s["id"] for s in body["subjects"]] == [row["market"] for row in body["markets"]]


async def test_filters_are_over_markets(client: httpx.AsyncClient) -> None:
    body = await _body(client, f"/v1/homogenization?{DAY}&layer=device")
    assert {row["layer"] for row in body["markets"]} == {"device"}
    same = await _body(client, f'/v1/homogenization?{DAY}&filter=layer = "device"')
    assert same["markets"] == body["markets"]


async def test_it_speaks_chinese(client: httpx.AsyncClient) -> None:
    body = await _body(client, f"/v1/homogenization?{DAY}&lang=zh&unknown=absent")
    assert body["finding"].startswith("截至2026年11月24日")
    assert all("market" not in row["finding"] for row in body["markets"])


async def test_it_is_had_as_a_table_and_as_a_page(client: httpx.AsyncClient) -> None:
    table = (await client.get(f"/v1/homogenization.csv?{DAY}")).text.splitlines()
    assert table[0].startswith("market,market_name,layer,score,")
    page = await client.get(f"/v1/homogenization.md?{DAY}")
    assert page.status_code == 200
    assert "| layer |" in page.text


async def test_it_explains_itself(client: httpx.AsyncClient) -> None:
    told = await _body(client, f"/v1/homogenization?{DAY}&explain=true&id=chat-assistants")
    own = await _body(client, f"/v1/markets/chat-assistants/homogenization?{DAY}&explain=true")
    assert told["explain"] == own["explain"]


async def test_what_it_does_not_know_is_refused_with_the_nearest(client: httpx.AsyncClient) -> None:
    for asked, near in (("layer=aplication", "application"), ("unknown=abesnt", "absent")):
        answer = await client.get(f"/v1/homogenization?{asked}")
        assert answer.status_code == 400
        assert near in answer.text


async def test_categories_have_words_in_the_language(client: httpx.AsyncClient) -> None:
    address = f"/v1/markets/chat-assistants/time-to-copy?{DAY}&by=feature.category"
    for lang, word in (("en", "several kinds of content"), ("zh", "多模态")):
        rows = (await _body(client, f"{address}&lang={lang}"))["classes"]["classes"]
        assert {row["category"]: row["category_name"] for row in rows}["multimodal"] == word
    found = await _body(client, "/v1/features?facets=category&lang=zh&limit=1")
    labels = {b["key"]: b["label"] for b in found["facets"]["category"]["buckets"]}
    assert (labels["coding"], labels["video"]) == ("编程", "视频")
    assert all(not label.isascii() for key, label in labels.items())


async def test_every_category_of_the_bundled_data_has_a_word(client: httpx.AsyncClient) -> None:
    for lang in ("en", "zh"):
        words = section("labels", lang)
        rows = (await _body(client, "/v1/features?limit=200&fields=category"))["data"]
        assert {row["category"] for row in rows if row["category"]} <= set(words)


async def test_features_are_told_by_category_where_that_is_asked(client: httpx.AsyncClient) -> None:
    address = f"/v1/markets/chat-assistants/time-to-copy?{DAY}"
    assert "classes" not in await _body(client, address)
    body = await _body(client, f"{address}&by=feature.category")
    rows = body["classes"]["classes"]
    assert sum(row["n_features"] for row in rows) == body["classes"]["n_features"]
    assert sum(row["n_copies"] for row in rows) == body["result"]["n_copies"]
    assert sum(row["n_rows"] for row in rows) == body["result"]["n_rows"]
    for row in rows:
        assert len(row["uncopied_features"]) == len(row["uncopied_feature_names"])
    assert (await client.get(f"{address}&by=feature.name")).status_code == 400


async def test_business_models_are_told_through_time(client: httpx.AsyncClient) -> None:
    address = f"/v1/markets/chat-assistants/monetization?{DAY}"
    by_year = (await _body(client, address))["result"]
    assert by_year["interval"] == "year"
    years = [point["date"][:4] for point in by_year["series"]]
    assert years == sorted(set(years))
    last = by_year["series"][-1]
    assert (last["hhi"], last["models"]) == (by_year["hhi"], by_year["models"])
    quarters = (await _body(client, f"{address}&interval=quarter&from=2024-01-01"))["result"]
    assert quarters["series"][0]["date"] >= "2024-01-01"
    assert len(quarters["series"]) > 4
