"""docs/limits.md says which forecasts are calibrated on the bundled data."""

import re
from pathlib import Path

import httpx

PAGE = Path(__file__).parents[2] / "docs" / "limits.md"
ON = "on=2026-11-01"


async def calibrated(client: httpx.AsyncClient, market: str) -> set[str]:
    """The horizons for which chances are shown of a feature that somebody may still copy."""
    spread = (await client.get(f"/v1/markets/{market}/penetration?{ON}")).json()
    for one in spread["result"]["features"]:
        asked = f"/v1/features/{one['feature']}/forecast?market={market}&{ON}"
        found = (await client.get(asked)).json()["result"]["forecasts"]
        if found:
            shown = found[0]["horizons"].items()
            return {days for days, chance in shown if chance["p_copy"] is not None}
    return set()


async def test_which_forecasts_are_calibrated(client: httpx.AsyncClient) -> None:
    text = " ".join(PAGE.read_text(encoding="utf-8").split())
    told = re.search(r"1 November 2026: (.*?)\); elsewhere", text)
    assert told
    parts = [part.partition(" ") for part in re.split(r", (?=[a-z])", told[1])]
    said = {market: set(re.findall(r"\d+", days)) for market, _, days in parts}
    markets = (await client.get("/v1/markets?fields=id")).json()["data"]
    found = {market["id"]: await calibrated(client, market["id"]) for market in markets}
    assert said == {market: days for market, days in found.items() if days}
