"""What a question asks is found out once for all that differ only in the texts they compare."""

from typing import Any

import httpx
import pytest

from service.api.http import checked
from service.bounded import Bounded
from service.store.database import Database
from tests.clients import served

OWN = ("request-id", "server-timing", "ratelimit", "ratelimit-policy")
# With two values, the second of which meets what the first has left.
ASKED = (
    ("/v1/adoptions?feature_id={}&limit=3", "memory", "web-search"),
    ("/v1/adoptions?limit=2&product_id__not={}&stage=ga&lang=zh", "kimi", "doubao"),
    ("/v1/adoptions?stage={}&count=none", "ga", "preview"),
    ("/v1/adoptions?stage={}", "ga", "bogus"),
    ("/v1/adoptions?feature_id={}", "memory", ""),
    ("/v1/adoptions?feature_id={}", "memory", "nowhere"),
    ("/v1/adoptions?feature_id={}", "memory", "memory,web-search"),
    ("/v1/adoptions?feature_id={}", "memory", "memory&feature_id=web-search"),
    ("/v1/adoptions?feature_id={}", "memory", "%E6%90%9C"),
    ("/v1/adoptions?product.vendor.country={}&sort=-date&limit=4", "CN", "US"),
    ("/v1/adoptions?product.vendor.country={}", "CN", "XX"),
    ("/v1/products?vendor_id={}&fields=id,name", "openai", "moonshot-ai"),
    ("/v1/products?vendor_id={}&bogus=1", "openai", "moonshot-ai"),
    ("/v1/products?filter=vendor_id%3D%22{}%22", "openai", "moonshot-ai"),
    ("/v1/products?name={}", "Kimi", "Kimmi"),
    ("/v1/products/{}?fields=id", "kimi", "doubao"),
    ("/v1/products/{}/adoptions?stage=ga", "kimi", "kimmi"),
    ("/v1/aggregate/adoptions?group_by=stage&feature_id={}", "memory", "web-search"),
    ("/v1/offerings?currency={}&sort=-amount&limit=2", "USD", "CNY"),
    ("/v1/adoptions.csv?feature_id={}", "memory", "web-search"),
    ("/v1/timeline?product_id={}&limit=2", "kimi", "doubao"),
    ("/v1/products?limit={}", "2", "0"),
    ("/v1/products?on={}&limit=2", "2025", "2999"),
)


def told(answer: httpx.Response) -> tuple[int, list[tuple[str, str]], Any]:
    headers = [(k, v) for k, v in answer.headers.items() if k not in OWN]
    body = answer.json() if "json" in answer.headers["content-type"] else answer.content
    if answer.status_code >= 400:
        body = {k: v for k, v in body.items() if k not in ("instance", "request_id")}
        headers = [(k, v) for k, v in headers if k != "content-length"]
    return answer.status_code, headers, body


@pytest.mark.parametrize(("target", "one", "another"), ASKED, ids=lambda given: given[:50])
async def test_a_known_shape_is_answered_as_a_new_one(
    bundled: Database, monkeypatch: pytest.MonkeyPatch, target: str, one: str, another: str
) -> None:
    monkeypatch.setattr(checked, "_known", Bounded(2000))
    async with served(bundled) as client:
        await client.get(target.format(one))
        known = told(await client.get(target.format(another)))
    monkeypatch.setattr(checked, "_known", Bounded(0))
    async with served(bundled) as client:
        assert told(await client.get(target.format(another))) == known


async def test_other_languages_and_formats_are_other_shapes(
    bundled: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checked, "_known", Bounded(2000))
    async with served(bundled) as client:
        for lang in ("en", "zh"):
            target = f"/v1/products?vendor_id=openai&limit={len(lang)}"
            answer = await client.get(target, headers={"accept-language": lang})
            assert answer.headers["content-language"] == lang
        for suffix, kind in (("", "application/json"), (".csv", "text/csv; charset=utf-8")):
            answer = await client.get(f"/v1/products{suffix}?vendor_id=openai")
            assert answer.headers["content-type"] == kind


async def test_many_shapes_are_kept_within_bounds(
    bundled: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor are long questions kept, or what is asked with a day or a cursor."""
    kept = Bounded[Any](5)
    monkeypatch.setattr(checked, "_known", kept)
    async with served(bundled) as client:
        for n in range(1, 12):
            assert (await client.get(f"/v1/products?limit={n}")).status_code == 200
            assert kept.used == min(n, 5)
        kept = Bounded[Any](5)
        monkeypatch.setattr(checked, "_known", kept)
        await client.get("/v1/products?on=2025&limit=1")
        await client.get("/v1/products?id=" + ",".join(["kimi"] * 120))
        for header in ("accept", "accept-language"):
            await client.get("/v1/products", headers={header: "*/*" + ", a" * 300})
    assert kept.used == 0
