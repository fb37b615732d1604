"""The OpenAPI document names every form with its media type, its 304 and its parameters."""

import json
from typing import Any

import pytest

from service.app import description

TYPES = {
    ".csv": "text/csv", ".ndjson": "application/x-ndjson", ".md": "text/markdown",
    ".atom": "application/atom+xml", ".feed.json": "application/feed+json",
    ".ics": "text/calendar", ".gz": "application/gzip", ".bib": "application/x-bibtex",
}  # fmt: skip


@pytest.fixture(scope="module")
def paths() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(description())["paths"]
    return found


def test_every_suffix_has_its_media_type(paths: dict[str, Any]) -> None:
    seen = set()
    for path, operations in paths.items():
        for suffix, media_type in TYPES.items():
            if path.startswith("/v1") and path.endswith(suffix):
                answers = operations["get"]["responses"]
                assert list(answers["200"]["content"]) == [media_type], path
                assert "406" not in answers
                assert ("304" in answers) == (path != "/v1/changes.ndjson"), path
                seen.add(suffix)
    assert seen == set(TYPES)


def test_a_list_names_its_other_forms(paths: dict[str, Any]) -> None:
    answer = paths["/v1/products"]["get"]["responses"]["200"]
    assert list(answer["content"]) == ["application/json", "text/csv", "application/x-ndjson"]
    file = paths["/v1/releases/{name}/{file}"]["get"]["responses"]["200"]
    assert list(file["content"]) == ["text/csv", "application/x-ndjson"]


def test_a_file_takes_no_paging(paths: dict[str, Any]) -> None:
    for path in ("/v1/products.csv", "/v1/adoptions.ndjson", "/v1/timeline.ics"):
        told = json.dumps(paths[path]["get"]["parameters"])
        for name in ("limit", "cursor", "facets", "sample"):
            assert f"/{name}" not in told
            assert f'"{name}"' not in told
