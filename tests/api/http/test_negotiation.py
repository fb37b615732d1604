"""A format is a media type of the one operation: the document, the suffix and Accept agree."""

import csv
import io
import json
from typing import Any

import httpx
import pytest

from service.api.http.representations import FORMATS
from service.api.routes import READS
from service.app import description

TYPES = {
    "csv": "text/csv", "ndjson": "application/x-ndjson", "md": "text/markdown",
    "atom": "application/atom+xml", "feed.json": "application/feed+json",
    "ics": "text/calendar", "csv.gz": "application/gzip", "ndjson.gz": "application/gzip",
    "metadata.json": "application/vnd.dataresource+json", "zip": "application/zip",
    "jsonld": "application/ld+json",
    "croissant.json": 'application/ld+json;profile="http://mlcommons.org/croissant/1.0"',
    "datapackage.json": "application/vnd.datapackage+json",
    "parquet": "application/vnd.apache.parquet", "arrow": "application/vnd.apache.arrow.stream",
    "html": "text/html", "bib": "application/x-bibtex", "json": "application/json",
    "event-stream": "text/event-stream",
    "svg": "image/svg+xml", "png": "image/png", "@2x.png": "image/png",
    "vl.json": "application/vnd.vegalite.v6+json", "alt.txt": "text/plain",
    "embed": "text/html; profile=embed",
}  # fmt: skip


@pytest.fixture(scope="module")
def paths() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(description())["paths"]
    return found


def test_every_suffix_has_its_media_type() -> None:
    assert {format_.suffix: format_.media_type for format_ in FORMATS} == TYPES


def test_the_document_names_the_formats_of_each_operation(paths: dict[str, Any]) -> None:
    for operation in READS:
        shown = paths[operation.path.replace(":str}", "}")]["get"]["responses"]["200"]["content"]
        told = list(dict.fromkeys(format_.media_type for format_ in operation.formats))
        assert list(shown) == told, operation.id
        assert "application/json" not in told or told[0] == "application/json"


def test_no_path_holds_a_suffix(paths: dict[str, Any]) -> None:
    assert not [path for path in paths if path.startswith("/v1") and "." in path]


def test_lists_records_and_analyses_have_their_formats(paths: dict[str, Any]) -> None:
    def types(path: str) -> list[str]:
        return list(paths[path]["get"]["responses"]["200"]["content"])

    files = ["application/json", "text/csv", "application/x-ndjson"]
    described = [TYPES["metadata.json"], TYPES["zip"]]
    typed = [TYPES["parquet"], TYPES["arrow"]]
    drawn = [TYPES[suffix] for suffix in ("svg", "png", "vl.json", "alt.txt", "embed")]
    record = "/v1/products/{record_id}"
    for path in ("/v1/products", record, f"{record}/adoptions", "/v1/aggregate/products"):
        linked = [] if "aggregate" in path else [TYPES["jsonld"]]
        pictures = drawn if path.endswith("adoptions") else []
        assert types(path) == [*files, *described, *linked, *pictures, *typed], path
    for path in ("/v1/search", "/v1/coverage", "/v1/diff", "/v1/products/{record_id}/history",
                 "/v1/revisions", "/v1/methods"):  # fmt: skip
        assert types(path) == files, path
    page = ["application/json", "text/csv", "text/markdown", *described]
    assert types("/v1/markets/{record_id}/homogenization") == [*page, *drawn, *typed]
    assert types("/v1/compare") == [*page, *drawn, *typed]
    assert types("/v1/releases/{name}/{collection}") == files[1:]
    feeds = [TYPES[suffix] for suffix in ("atom", "feed.json", "ics")]
    assert types("/v1/timeline") == [*files, *feeds, *described, TYPES["jsonld"], *typed]


ASKED = [
    "/v1/vendors?country=FR", "/v1/products/kimi", "/v1/products/kimi/adoptions",
    "/v1/search?q=kimi", "/v1/coverage", "/v1/products/kimi/history", "/v1/revisions",
    "/v1/aggregate/products?group_by=vendor.country", "/v1/methods", "/v1/schema",
    "/v1/diff?collection=markets&from=rev:0",
]  # fmt: skip


@pytest.mark.parametrize("address", ASKED)
@pytest.mark.parametrize("suffix", ["csv", "ndjson"])
async def test_suffix_and_accept_say_the_same(
    client: httpx.AsyncClient, address: str, suffix: str
) -> None:
    path, _, query = address.partition("?")
    by_suffix = await client.get(f"{path}.{suffix}" + (f"?{query}" if query else ""))
    by_accept = await client.get(address, headers={"accept": TYPES[suffix]})
    assert by_suffix.status_code == by_accept.status_code == 200
    assert by_suffix.headers["content-type"].partition(";")[0] == TYPES[suffix]
    assert by_suffix.content == by_accept.content
    assert by_suffix.headers["etag"] == by_accept.headers["etag"]
    lines = by_suffix.text.splitlines()
    assert len(lines) > 1 if suffix == "csv" else all(json.loads(line) for line in lines)


async def test_the_preferred_format_wins(client: httpx.AsyncClient) -> None:
    for accept, expected in (
        ("text/csv;q=1, application/json;q=0.5", "text/csv"),
        ("text/csv;q=0.2, application/json;q=0.5", "application/json"),
        ("text/html, */*;q=0.1", "application/json"),
        ("application/x-ndjson, text/csv;q=0.9", "application/x-ndjson"),
    ):
        answer = await client.get("/v1/markets", headers={"accept": accept})
        assert answer.headers["content-type"].partition(";")[0] == expected, accept


@pytest.mark.parametrize(
    "address",
    ["/v1/products.xlsx", "/v1/products/kimi.xlsx", "/v1/markets/chat-assistants/league.atom",
     "/v1/products.atom", "/v1/search.parquet?q=kimi"],
)  # fmt: skip
async def test_an_unknown_suffix_says_which_there_are(
    client: httpx.AsyncClient, address: str
) -> None:
    answer = await client.get(address)
    assert (answer.status_code, answer.json()["code"]) == (406, "not_acceptable")
    assert ".csv (text/csv)" in answer.json()["detail"]


async def test_a_file_takes_no_paging(client: httpx.AsyncClient) -> None:
    for path in ("/v1/products.csv", "/v1/adoptions.ndjson", "/v1/timeline.ics"):
        for given in ("limit=5", "facets=evidence", "sample=3", "count=none"):
            answer = await client.get(f"{path}?{given}")
            assert answer.json()["code"] == "incompatible_parameters", (path, given)


@pytest.mark.parametrize(
    ("address", "listed", "column"),
    [("/v1/coverage", "collections", "fields"), ("/v1/revisions", "data", "touched")],
)
async def test_records_within_a_row_are_json(
    client: httpx.AsyncClient, address: str, listed: str, column: str
) -> None:
    rows = csv.DictReader(io.StringIO((await client.get(f"{address}.csv")).text))
    shown = (await client.get(address)).json()[listed]
    own = [row for row in rows if row.get("list", listed) == listed]
    assert [json.loads(row[column]) for row in own] == [row[column] for row in shown]
