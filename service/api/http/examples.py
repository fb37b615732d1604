"""Real answers from the bundled data, as the OpenAPI document shows them."""

import json
from typing import Any

from service.resources import resource
from service.usecases.analyses.declaration import Analysis
from service.usecases.analyses.declarations import ANALYSES

FOLDER = resource("openapi/examples")
ITEMS_SHOWN, PLAIN_SHOWN = 2, 5
IDS = {
    "markets": "chat-assistants",
    "vendors": "moonshot-ai",
    "products": "kimi",
    "features": "long-context",
    "business-models": "subscription",
}


def _of_analysis(analysis: Analysis) -> str:
    """Its question of the record that examples are of, on a day that is over."""
    market = "" if analysis.market in ("subject", "none") else f"market={IDS['markets']}&"
    path = analysis.path.replace("{record_id:str}", IDS[analysis.collection.name])
    return f"{path}?{market}on=2026-11-01"


# Operation to the request whose answer is kept; `parity openapi --examples` asks them anew.
REQUESTS = {
    **{analysis.operation: _of_analysis(analysis) for analysis in ANALYSES},
    "get_entrance": "/",
    "get_index": "/v1",
    "list_methods": "/v1/methods",
    "get_revision": "/v1/revisions/1",
    "search_records": "/v1/search?q=%E6%90%9C%E7%B4%A2&type=feature&lang=zh&facets=type",
    "suggest_records": "/v1/suggest?q=lwss&lang=zh",
    "get_method": "/v1/methods/time-to-copy",
    "list_products": "/v1/products?vendor.country=CN&market_ids=chat-assistants&sort=-launched"
    "&limit=1&lang=zh",
    "get_product": "/v1/products/kimi",
    "list_adoptions": "/v1/adoptions?product_id=kimi&feature_id=long-context",
    "list_vendors": "/v1/vendors?country=FR",
    "get_vendor": "/v1/vendors/moonshot-ai",
    "list_features": "/v1/features?category=reasoning",
    "get_feature": "/v1/features/long-context?lang=zh",
    "list_markets": "/v1/markets?limit=1",
    "get_market": "/v1/markets/chat-assistants",
    "list_business_models": "/v1/business-models?limit=1",
    "get_business_model": "/v1/business-models/subscription",
    "list_monetizations": "/v1/monetizations?product_id=kimi&limit=1",
    "list_investments": "/v1/investments?vendor_id=moonshot-ai&limit=1",
    "list_usage": "/v1/usage?product_id=kimi&limit=1",
    "list_surveys": "/v1/surveys?product_id=grok&limit=1",
    "list_sources": "/v1/sources?limit=1",
    "get_market_homogenization": "/v1/markets/chat-assistants/homogenization?on=2026-11-01"
    "&interval=year",
    "get_feature_homogenization": "/v1/features/web-search/homogenization"
    "?market=chat-assistants&on=2026-11-01",
    "get_vendor_homogenization": "/v1/vendors/alibaba/homogenization?on=2026-11-01",
    "get_vendor_time_to_copy": "/v1/vendors/openai/time-to-copy"
    "?market=chat-assistants&on=2026-11-01",
    "get_feature_forecast": "/v1/features/memory/forecast?market=chat-assistants&on=2026-11-01",
    "get_similar_products": "/v1/products/kimi/similar?market=chat-assistants"
    "&on=2026-11-01&limit=3",
    "get_market_matrix": "/v1/markets/image-generation/matrix?on=2026-11-01",
    "get_market_copy_graph": "/v1/markets/chat-assistants/copy-graph?on=2026-11-01&min_count=5",
    "get_market_time_to_copy": "/v1/markets/chat-assistants/time-to-copy?on=2026-11-01"
    "&by=feature.category",
    "list_unknown_cells": "/v1/markets/chat-assistants/unknown?on=2026-11-01&sample=2",
    "list_groups": "/v1/groups?limit=1",
    "list_versions": "/v1/versions?product_id=kling&limit=1",
    "get_vendor_capital": "/v1/vendors/deepseek/capital?on=2026-11-01",
    "get_product_audience": "/v1/products/doubao/audience?on=2026-11-01",
    "list_homogenization": "/v1/homogenization?on=2026-11-01",
    "compare": "/v1/compare?products=kimi,doubao,chatgpt&on=2025-06-30&only=differences",
    "aggregate_adoptions": "/v1/aggregate/adoptions?group_by=feature_id,quarter(date)"
    "&product.market_ids=chat-assistants&date__gte=2024&limit=3",
}

# Operation to the request of its picture in the gallery, where it is another; `parity gallery`.
PICTURED = {
    "get_market_penetration": "/v1/markets/chat-assistants/penetration?on=2026-11-01",
    "list_adoptions": "/v1/adoptions?product.market_ids=coding-assistants&on=2026-11-01",
    "list_adoptions_of_feature": "/v1/features/memory/adoptions?on=2026-11-01",
    "list_adoptions_of_product": "/v1/products/chatgpt/adoptions?on=2026-11-01",
    "list_versions": "/v1/versions?product.market_ids=chat-assistants&on=2026-11-01",
    "list_versions_of_product": "/v1/products/cursor/versions?on=2026-11-01",
    "get_market_homogenization": "/v1/markets/chat-assistants/homogenization?on=2026-11-01",
    "get_feature_forecast": "/v1/features/long-context/forecast?market=chat-assistants"
    "&on=2026-11-01",
    "get_market_matrix": "/v1/markets/chat-assistants/matrix?on=2026-11-01",
    "get_market_copy_graph": "/v1/markets/chat-assistants/copy-graph?on=2026-11-01",
    "get_similar_products": "/v1/products/kimi/similar?market=chat-assistants&on=2026-11-01",
    "compare": "/v1/compare?products=kimi,doubao,chatgpt&on=2025-06-30",
}

# By media type, a body that is a file; of bytes nothing is shown.
LINES = {
    "application/x-ndjson": {"example": '{"kind": "vendor", "id": "acme", "name": "Acme"}\n'},
    "text/csv": {"example": "id,name,country\nacme,Acme,US\n"},
    "application/json": {
        "example": '{"data": [{"object": "vendor", "id": "acme", "name": "Acme"}]}'
    },
    "application/vnd.apache.parquet": {},
}


class _PathExamples:
    """A value for each parameter of a path that has a lasting one on the bundled data."""

    def get(self, place: tuple[str, str]) -> str | None:
        """Of a path and the name of its parameter."""
        path, name = place
        collection = path.removeprefix("/v1/").partition("/")[0]
        lasting = {"method_id": "homogenization", "number": "1", "code": "unknown_parameter"}
        if name == "record_id":
            return IDS.get(collection)
        if name == "collection" and collection == "exports":
            return "products"
        return lasting.get(name)


PATH_EXAMPLES = _PathExamples()


def example(operation: str) -> Any:
    """The kept answer of an operation with the first items of its lists, or None."""
    file = FOLDER / f"{operation}.json"
    return _shortened(json.loads(file.read_bytes())) if file.is_file() else None


def _shortened(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _shortened(inner) for name, inner in value.items()}
    if not isinstance(value, list):
        return value
    is_plain = not any(isinstance(item, dict | list) for item in value)
    return value[:PLAIN_SHOWN] if is_plain else [_shortened(item) for item in value[:ITEMS_SHOWN]]
