"""The medians of a market are those of its features, asked one by one."""

import httpx


async def test_each_median_is_the_feature_s_own(client: httpx.AsyncClient) -> None:
    market = "/v1/markets/chat-assistants/time-to-copy?on=2026-11-24&dates=bound"
    rows = (await client.get(market)).json()["medians"]["features"]
    assert len(rows) > 20
    for row in rows:
        address = f"/v1/features/{row['feature']}/time-to-copy"
        asked = f"{address}?market=chat-assistants&on=2026-11-24&dates=bound&unknown=absent"
        own = (await client.get(asked)).json()["result"]
        names = ("origin_date", "median_time_to_copy_days", "ci_low", "ci_high")
        assert [row[n] for n in names] == [own[n] for n in names]
