"""The example requests of the design, answered in the shape that it shows: keys and types."""

import json
from typing import Any, NamedTuple

import httpx
import pytest

from service.store.database import Database
from tests.answers import bearer
from tests.clients import served
from tests.make import new_key

TEXT, NUMBER, FLAG, ANY = "", 0, True, object()
META = {"revision": NUMBER}
LIST = {"object": "list", "page": {"limit": NUMBER}, "total": {"value": NUMBER, "relation": "eq"}}


class Some(NamedTuple):
    """A list with an element of this shape."""

    shape: Any


DAYS = {"min": NUMBER, "max": NUMBER}

ANSWERS: dict[str, tuple[str, Any]] = {
    "1 list": (
        "/v1/products?market_ids=chat-assistants&vendor.country=CN&launched__gte=2023-06"
        "&sort=-launched&fields=id,name,launched,vendor.name&include=vendor&facets=vendor.type"
        "&limit=2&lang=zh",
        {
            **LIST,
            "data": [{"object": "product", "id": TEXT, "name": TEXT, "launched": TEXT,
                      "vendor": {"name": TEXT}}],
            "page": {"limit": 2, "next_cursor": TEXT, "next": TEXT},
            "facets": {"vendor.type": {
                "buckets": [{"key": TEXT, "label": TEXT, "count": NUMBER}],
                "total_buckets": NUMBER}},
            "meta": {"revision": NUMBER, "as_of": None, "on": None, "lang": "zh",
                     "applied": {"filter": TEXT, "sort": ["-launched", "id"],
                                 "date_match": "certain"},
                     "date_undecided": {}, "warnings": []},
        },
    ),
    "2 record": (
        "/v1/products/kimi?include=vendor",
        {"object": "product", "id": "kimi", "href": "/v1/products/kimi", "name": "Kimi",
         "name_lang": "en", "names": {"en": TEXT, "zh": TEXT}, "aliases": ANY,
         "vendor_id": "moonshot-ai",
         "vendor": {"object": "vendor", "id": "moonshot-ai", "name": TEXT, "country": "CN",
                    "type": TEXT},
         "market_ids": [TEXT], "status": "active", "launched": TEXT, "discontinued": None,
         "null_reasons": {"discontinued": "not_applicable"}, "source_ids": [TEXT],
         "revision": NUMBER, "recorded_at": TEXT, "updated_at": TEXT},
    ),
    "3 suggest": (
        "/v1/suggest?q=lwss&lang=zh",
        {"object": "list", "meta": {"revision": NUMBER, "lang": "zh"},
         "data": [{"object": "suggestion", "type": "feature", "id": "web-search",
                   "name": "联网搜索", "hint": TEXT, "matched_on": "pinyin_initials",
                   "href": "/v1/features/web-search"}]},
    ),
    "3 search": (
        "/v1/search?q=搜索&type=feature&lang=zh",
        {**LIST, "facets": {}, "meta": META,
         "data": [{"object": "hit", "type": "feature", "id": TEXT, "name": TEXT, "score": 0.5,
                   "matched_on": Some("names.zh"), "highlight": {"names.zh": TEXT}, "href": TEXT}]},
    ),
    "4 aggregate": (
        "/v1/aggregate/adoptions?group_by=feature_id,quarter(date)&metrics=count"
        "&product.market_ids=chat-assistants&date__gte=2024&fill=zero&limit=3",
        {"object": "aggregate", "group_by": ["feature_id", "quarter(date)"], "metrics": ["count"],
         "data": [{"feature_id": TEXT, "quarter(date)": TEXT, "count": NUMBER}],
         "page": {"limit": 3, "next_cursor": TEXT, "next": TEXT},
         "total_groups": {"value": NUMBER, "relation": "eq"},
         "meta": {"revision": NUMBER, "date_undecided": ANY,
                  "date_unbucketed": {"quarter(date)": NUMBER},
                  "warnings": [{"code": TEXT, "detail": TEXT, "href": TEXT}]}},
    ),
    "5 compare": (
        "/v1/compare?products=kimi,doubao,chatgpt&on=2025-06-30&only=differences",
        {"object": "comparison", "on": "2025-06-30", "subjects": [{"id": "kimi", "name": TEXT}],
         "rows": Some({"attribute": TEXT, "label": TEXT, "cells": Some(
             {"value": "ga", "date": TEXT, "adoption_id": TEXT, "lag_days": DAYS,
              "source_ids": [TEXT]})}),
         "summary": {"shared_features": NUMBER, "differing": NUMBER, "mean_jaccard": 0.5},
         "coverage": {"features": NUMBER, "cells_known_share": 0.5},
         "method": {"id": "compare", "version": TEXT, "href": "/v1/methods/compare"},
         "meta": META},
    ),
    "6 gaps": (
        "/v1/products/kimi/gaps?peers=market&min_peer_share=0.5&on=2026-11-01",
        {"object": "gap_analysis", "product_id": "kimi", "market_id": "chat-assistants",
         "result": {
             "peers": {"rule": "market", "count": NUMBER},
             "missing": [{"feature": TEXT, "peer_share": 0.5,
                          "first_mover": {"product": TEXT, "date": TEXT},
                          "gap_age_days": DAYS, "state": TEXT, "last_surveyed": ANY}],
             "unique": ANY},
         "method": {"id": "gap-analysis", "version": TEXT, "href": "/v1/methods/gap-analysis"},
         "coverage": {"known_share": 0.5}, "meta": META},
    ),
    "7 analysis": (
        "/v1/features/custom-agents/time-to-copy?market=agent-platforms&on=2026-11-01",
        {"object": "time_to_copy", "feature_id": "custom-agents", "market_id": "agent-platforms",
         "on": "2026-11-01", "as_of": None,
         "result": {"median_time_to_copy_days": None, "ci_low": NUMBER, "ci_high": None,
                    "median_lower_bound_days": NUMBER, "n_copied": NUMBER, "n_pending": NUMBER,
                    "readings": {"all_absent": ANY, "as_known": ANY}},
         "reasons": {"median_time_to_copy_days": "not_reached"}, "finding": TEXT,
         "coverage": {"known_share": 0.5, "sourced_share": 0.5},
         "method": {"id": "time-to-copy", "version": TEXT, "href": "/v1/methods/time-to-copy",
                    "parameters": {"stage_min": "preview", "unit": "vendor"}},
         "links": {"csv": TEXT, "md": TEXT}, "meta": META,
         "warnings": Some({"code": "mostly_unknown", "detail": TEXT, "href": TEXT})},
    ),
}  # fmt: skip


def assert_shape(found: Any, shown: Any, at: str = "$") -> None:
    """Every key that is shown is there with a value of its type; a literal stands for itself."""
    if shown is ANY:
        return
    if isinstance(shown, Some):
        assert any(_is_shaped(element, shown.shape) for element in found), at
    elif isinstance(shown, dict):
        assert isinstance(found, dict), at
        for key, part in shown.items():
            assert key in found, f"{at}.{key}"
            assert_shape(found[key], part, f"{at}.{key}")
    elif isinstance(shown, list):
        assert isinstance(found, list), at
        if shown:
            assert found, at
            assert_shape(found[0], shown[0], f"{at}[0]")
    elif shown in (None, "", 0, 0.5) and not isinstance(shown, bool):
        kinds = {"": str, 0: int, 0.5: int | float}
        assert found is None if shown is None else isinstance(found, kinds[shown]), (at, found)
    else:
        assert found == shown, at


def _is_shaped(found: Any, shown: Any) -> bool:
    try:
        assert_shape(found, shown)
    except AssertionError:
        return False
    return True


@pytest.mark.parametrize("name", ANSWERS)
async def test_an_example_is_answered_in_its_shape(client: httpx.AsyncClient, name: str) -> None:
    target, shown = ANSWERS[name]
    answer = await client.get(target)
    assert answer.status_code == 200, answer.text
    assert_shape(answer.json(), shown)


async def test_1_has_the_headers_of_every_list(client: httpx.AsyncClient) -> None:
    answer = await client.get(ANSWERS["1 list"][0])
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["content-language"] == "zh"
    assert answer.headers["cache-control"] == "public, max-age=60, stale-while-revalidate=600"
    for name in ("etag", "dataset-revision", "api-version", "ratelimit", "ratelimit-policy",
                 "request-id"):  # fmt: skip
        assert answer.headers.get(name), name
    assert 'rel="next"' in answer.headers["link"]
    assert 'rel="license"' in answer.headers["link"]
    assert 'rel="describedby"' in answer.headers["link"]


async def test_2_is_304_to_who_has_it(client: httpx.AsyncClient) -> None:
    first = await client.get(ANSWERS["2 record"][0])
    tag = first.headers["etag"]
    again = await client.get(ANSWERS["2 record"][0], headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")


async def test_9_the_change_feed(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/changes.ndjson?since=rev:1&kinds=adoption,product")
    *changes, last = [json.loads(line) for line in answer.text.splitlines()]
    assert changes
    for change in changes:
        assert_shape(change, {"seq": TEXT, "revision": NUMBER, "type": TEXT, "id": TEXT,
                              "href": TEXT, "recorded_at": TEXT})  # fmt: skip
    assert_shape(last, {"next_cursor": TEXT, "revision": NUMBER})


async def test_10_two_faults_told_together(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/products?marketids=chat-assistants&status=")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    found = answer.json()
    assert_shape(
        found,
        {"type": TEXT, "title": "Unknown parameter", "status": 400, "detail": TEXT,
         "instance": TEXT, "code": "unknown_parameter", "request_id": TEXT},
    )  # fmt: skip
    assert found["type"].endswith("/problems/unknown_parameter")
    assert found["instance"] == f"urn:request:{found['request_id']}"
    wrong, empty = found["errors"]
    assert (wrong["code"], wrong["parameter"]) == ("unknown_parameter", "marketids")
    assert wrong["did_you_mean"][0] == "market_ids"
    assert (empty["code"], empty["parameter"]) == ("empty_value", "status")
    assert "status__isnull=true" in empty["detail"]


SENT = [
    {"kind": "adoption", "product": "kimi", "feature": "web-search", "date": "2023-10-09",
     "stage": "ga", "sources": ["https://example.org/kimi"]},
    {"kind": "adoption", "product": "kimmi", "feature": "web-search", "date": "2023-13",
     "stage": "ga", "sources": []},
]  # fmt: skip


async def test_8_an_import_tried_out(own_bundled: Database) -> None:
    _, secret = await new_key(own_bundled, "write")
    body = "\n".join(json.dumps(record) for record in SENT).encode()
    headers = {"content-type": "application/x-ndjson", "idempotency-key": "5f1d", **bearer(secret)}
    async with served(own_bundled) as client:
        answer = await client.post(
            "/v1/imports?mode=upsert&dry_run=true&on_error=skip&comment=try", content=body,
            headers=headers,
        )  # fmt: skip
    assert answer.status_code == 200, answer.text
    assert answer.headers["dry-run"] == "true"
    assert answer.headers["dataset-revision"]
    fault = {"code": TEXT, "pointer": TEXT, "detail": TEXT}
    assert_shape(
        answer.json(),
        {"object": "import", "id": None, "dry_run": True, "mode": "upsert", "sha256": TEXT,
         "counts": {"rows": 2, "created": 1, "updated": NUMBER, "unchanged": NUMBER, "failed": 1},
         "would_be_revision": NUMBER,
         "rows": [{"line": 1, "outcome": "created", "kind": "adoption", "id": TEXT}]},
    )  # fmt: skip
    failed = answer.json()["rows"][1]
    assert (failed["line"], failed["outcome"]) == (2, "failed")
    lost = {"code": "unknown_reference", "pointer": "/product", "did_you_mean": ["kimi"]}
    assert_shape(failed["errors"], Some({**fault, **lost}))
    assert_shape(failed["errors"], Some({**fault, "code": "invalid_date", "pointer": "/date"}))
    assert_shape(failed["errors"], Some({**fault, "code": "source_required"}))


async def test_10_a_change_of_what_has_changed_since(own_bundled: Database) -> None:
    _, secret = await new_key(own_bundled, "write")
    path, merge = "/v1/products/kimi", {"content-type": "application/merge-patch+json"}
    async with served(own_bundled) as client:
        tag = (await client.get(path)).headers["etag"]
        headers = {**merge, **bearer(secret), "if-match": tag}
        first = {"aliases": ["Kimi!"], "comment": "alias from vendor page"}
        assert (await client.patch(path, json=first, headers=headers)).status_code == 200
        second = {"discontinued": None, "aliases": ["Kimi Chat", "Kimi+"], "comment": "alias"}
        answer = await client.patch(path, json=second, headers=headers)
        now = (await client.get(path)).headers["etag"]
    assert (answer.status_code, answer.json()["code"]) == (412, "precondition_failed")
    assert answer.headers["etag"].replace("-gzip", "") == now.replace("-gzip", "")
    assert "aliases" in answer.json()["detail"]
    assert answer.json()["errors"][0]["pointer"].startswith("/aliases")
