"""What was published of a vendor's capital and of a product's use, on the bundled data."""

from typing import Any

import httpx

DAY = "on=2026-11-29"


async def _body(client: httpx.AsyncClient, address: str) -> Any:
    answer = await client.get(address)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_rounds_of_one_status_are_summed_and_machines_are_not(
    client: httpx.AsyncClient,
) -> None:
    body = await _body(client, f"/v1/vendors/openai/capital?{DAY}")
    assert body["finding"] == (
        'By 29 November 2026, the record has 6 figures of what went, or is to go, into "OpenAI": '
        "funding round (actual) 46.6 billion US dollars in 2 rounds, October 2024 to 31 March 2025;"
        " funding round (reported) 132.3 billion US dollars in 3 rounds, January 2023 to 2026;"
        " purchase of computing power (reported) 400,000 NVIDIA GB200 for 40 billion US dollars,"
        " 23 May 2025."
    )
    totals = {line["line"]: line["total_amount"] for line in body["result"]["lines"]}
    assert totals["funding_round/actual/USD"] == 46_600_000_000
    assert totals["compute_purchase/reported/USD/NVIDIA GB200"] is None


async def test_what_lost_a_dispute_is_counted_and_explained(client: httpx.AsyncClient) -> None:
    body = await _body(client, f"/v1/vendors/deepseek/capital?{DAY}&lang=zh&explain=true")
    assert body["finding"].endswith("另有1个数字在争议中未被采纳，不计在内。")
    assert body["result"]["n_disputed"] == len(body["explain"]["disputed_ids"]) == 1
    assert sorted(e["record_id"] for e in body["result"]["entries"]) == body["explain"]["ids"]


async def test_figures_of_one_period_that_differ_all_stand(client: httpx.AsyncClient) -> None:
    body = await _body(client, f"/v1/products/doubao/audience?{DAY}")
    assert body["finding"].startswith(
        'By 29 November 2026, the record has 16 figures of the use of "Doubao": monthly active'
        " users 17.57 million (January 2024) and 227 million (December 2025);"
    )
    entries = body["result"]["entries"]
    open_ = [e["value"] for e in entries if e["is_contradicted"]]
    assert open_ == [159_000_000, 172_000_000]
    assert {e["measured_in"] for e in entries if e["metric"].startswith("sessions")} == {"sessions"}


async def test_nothing_is_said_of_later_figures(client: httpx.AsyncClient) -> None:
    body = await _body(client, "/v1/products/doubao/audience?on=2024-02-29&lang=zh")
    assert body["finding"] == (
        "截至2024年2月29日，关于“豆包”的使用情况，有1个数字的记录：月活跃用户1,757万（2024年1月）。"
    )
    body = await _body(client, "/v1/vendors/deepseek/capital?on=2019-12-31")
    assert body["finding"].endswith('no figure of what went, or is to go, into "DeepSeek".')
    assert body["reasons"]["first_date"] == "no_figures"


async def test_tables_have_every_figure_and_every_line(client: httpx.AsyncClient) -> None:
    address = f"/v1/vendors/deepseek/capital.csv?{DAY}"
    rows = (await client.get(address)).text.splitlines()
    assert rows[0].startswith("line,type,status,date,amount,currency,quantity,measured_in,")
    assert len(rows) == 4
    assert len((await client.get(f"{address}&table=lines")).text.splitlines()) == 4
