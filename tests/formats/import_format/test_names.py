"""A record in the import format's words, in the API's, in both; and what answers add to it."""

from typing import Any

import msgspec
import pytest

from service.formats.import_format.lines import read_line
from service.query.registry import COLLECTIONS
from service.query.rows import Row

PRODUCT = {"kind": "product", "id": "p", "vendor": "v", "markets": ["m"], "launched": "2024-02"}
SHOWN = {
    "object": "product",
    "id": "p",
    "href": "/v1/products/p",
    "vendor_id": "v",
    "name": "p",
    "name_lang": None,
    "names": {},
    "aliases": [],
    "market_ids": ["m"],
    "launched": "2024-02",
    "discontinued": None,
    "status": "active",
    "source_ids": [],
    "note": None,
    "evidence": "unstated",
    "null_reasons": {"discontinued": "not_applicable"},
    "revision": 3,
    "recorded_at": "2026-11-24T08:00:00.000Z",
    "updated_at": "2026-11-24T08:00:00.000Z",
}
ADOPTION = {
    "kind": "adoption",
    "product": "p",
    "feature": "f",
    "stage": "ga",
    "sources": ["urn:a"],
}
SOURCE_ID = "src_" + "0" * 26


def read(record: dict[str, Any], **changes: Any) -> Any:
    kept = {name: value for name, value in (record | changes).items() if value is not ...}
    return read_line(1, msgspec.json.encode(kept))


def told(record: dict[str, Any], **changes: Any) -> list[tuple[str, str | None]]:
    found = read(record, **changes)
    return [] if isinstance(found, Row) else [(fault.code, fault.pointer) for fault in found]


def test_a_shown_record_is_the_record_of_the_import_format() -> None:
    assert read(SHOWN).values == read(PRODUCT).values
    assert msgspec.json.decode(read(SHOWN).said) == {
        "revision": 3,
        "recorded_at": "2026-11-24T08:00:00.000Z",
        "updated_at": "2026-11-24T08:00:00.000Z",
    }


@pytest.mark.parametrize("collection", COLLECTIONS, ids=[c.name for c in COLLECTIONS])
def test_every_field_has_its_name_of_the_api_too(collection: Any) -> None:
    names = {field.name: None for field in collection.stored if not field.required}
    faults = read({"kind": collection.kind, **names})
    assert "unknown_field" not in {fault.code for fault in faults}


def test_two_names_of_one_field_may_say_the_same() -> None:
    same = {"vendor_id": "v", "market_ids": ["m"], "evidence": None, "source_ids": ["urn:a"]}
    assert (
        read(PRODUCT, **same, sources=["urn:a"]).values == read(PRODUCT, sources=["urn:a"]).values
    )


DIFFERING = {
    "a reference": ({"vendor_id": "w"}, ["/vendor", "/vendor_id"]),
    "null and a value": ({"vendor_id": None}, ["/vendor", "/vendor_id"]),
    "a list": ({"market_ids": ["m", "n"]}, ["/markets", "/market_ids"]),
    "evidence": (
        {"status": "unsourced", "evidence": "unstated"},
        ["/status", "/evidence"],
    ),
    "name and names.en": ({"name": "P", "names": {"en": "Q"}}, ["/name", "/names/en"]),
    "name in a language": (
        {"name": "P", "name_lang": "zh", "names": {"zh": "品"}},
        ["/name", "/names/zh"],
    ),
}


@pytest.mark.parametrize(("more", "pointers"), DIFFERING.values(), ids=DIFFERING.keys())
def test_two_names_that_differ_are_told_at_both(more: Any, pointers: list[str]) -> None:
    assert told(PRODUCT, **more) == [("invalid_value", pointer) for pointer in pointers]


REPEATED = {
    "object": ({"object": "vendor", "kind": "product"}, "/object"),
    "href": ({"href": "/v1/products/q"}, "/href"),
    "the first day": ({"launched_min": "2024-02-02"}, "/launched_min"),
    "the precision": ({"launched_precision": "day"}, "/launched_precision"),
    "a bound of no date": ({"discontinued_max": "2024-02-02"}, "/discontinued_max"),
    "evidence without a source": ({"evidence": "sourced"}, "/evidence"),
    "evidence with one": ({"source_ids": ["urn:a"]}, "/evidence"),
    "the reason of a null": ({"null_reasons": {"launched": "unknown"}}, "/null_reasons/launched"),
    "the status of no day": ({"status": "discontinued"}, "/status"),
    "another reason": ({"null_reasons": {"status": "not_public"}}, "/null_reasons/status"),
    "another word": ({"null_reasons": {"discontinued": "gone"}}, "/null_reasons/discontinued"),
    "an instant": ({"updated_at": "yesterday"}, "/updated_at"),
    "a revision": ({"revision": "x"}, "/revision"),
}


@pytest.mark.parametrize(("more", "pointer"), REPEATED.values(), ids=REPEATED.keys())
def test_what_follows_from_a_record_may_stand_in_it_if_it_is_right(more: Any, pointer: str) -> None:
    assert told(SHOWN, **more) == [("invalid_value", pointer)]


def test_faults_stand_at_the_names_that_the_record_uses() -> None:
    assert told(SHOWN, vendor_id="V", market_ids=["m", "M"]) == [
        ("validation_failed", "/vendor_id"),
        ("validation_failed", "/market_ids/1"),
    ]
    (fault,) = read(SHOWN, vendor_id=...)
    assert (fault.pointer, str(fault.detail)) == (
        "/vendor_id",
        'Object missing required field "vendor_id".',
    )
    (fault,) = read({"object": "adoption", "product_id": "p", "feature_id": "f", "stage": "ga"})
    assert (fault.pointer, str(fault.detail)) == (
        "/source_ids",
        'At least one source, or evidence "unsourced".',
    )
    assert told(PRODUCT, vendor="V") == [("validation_failed", "/vendor")]
    assert told(SHOWN, vendr_id="v") == [("unknown_field", "/vendr_id")]
    assert read(SHOWN, vendr_id="v")[0].did_you_mean[0] == "vendor_id"


def test_the_name_in_a_language_goes_to_its_place() -> None:
    zh = {"name": "品", "name_lang": "zh", "names": ...}
    assert read(SHOWN, **zh).values == read(PRODUCT, names={"zh": "品"}).values
    same = {"name": "e\u0301", "name_lang": "fr", "names": {"fr": "é"}}
    assert read(SHOWN, **same).values == read(PRODUCT, names={"fr": "é"}).values


def test_a_name_that_is_the_id_is_a_name_unless_the_record_has_none() -> None:
    assert read(SHOWN).values == read(PRODUCT).values
    assert read(PRODUCT, name="p").values != read(PRODUCT).values


def test_a_record_that_was_brought_along_is_not_its_reference() -> None:
    vendor = {"object": "vendor", "id": "v"}
    assert read(SHOWN, vendor=vendor).values == read(PRODUCT).values
    assert told(PRODUCT, vendor=5) == [("validation_failed", "/vendor")]


def test_sources_are_named_by_address_or_by_id() -> None:
    for name in ("sources", "source_ids"):
        row = read(ADOPTION | {"sources": ...}, **{name: [SOURCE_ID, "urn:a"]})
        assert dict(zip(row.collection.columns, row.values, strict=True))["source_ids"] == [
            SOURCE_ID,
            "urn:a",
        ]
    assert told(ADOPTION, sources=["src_1"]) == [("validation_failed", "/sources/0")]


def test_broken_json_in_the_words_of_the_api_is_broken_json() -> None:
    (fault,) = read_line(1, b'{"kind":"product","vendor_id":"v","x":' + b"[" * 100_000)
    assert (fault.code, fault.pointer) == ("invalid_json", "")
