"""Lines of the import format: what is refused, where and by which code."""

import msgspec
import pytest

from service.formats.import_format.lines import read_line
from service.model.errors import Fault
from service.query.rows import Row


def faults(line: bytes) -> list[tuple[str, str]]:
    read = read_line(1, line)
    return [] if isinstance(read, Row) else [(f.code, f.pointer) for f in read]


HOSTILE = {
    "empty object": (b"{}", "validation_failed", "/kind"),
    "not an object": (b"[]", "validation_failed", ""),
    "null": (b"null", "validation_failed", ""),
    "truncated": (b'{"kind":"vendor"', "invalid_json", ""),
    "bad UTF-8": (b'{"kind":"vendor","id":"a","name":"\xff\xfe"}', "invalid_json", ""),
    "lone surrogate": (rb'{"kind":"vendor","id":"a","name":"\ud800"}', "invalid_json", ""),
    "NUL": (rb'{"kind":"vendor","id":"a","note":"a\u0000b"}', "invalid_value", "/note"),
    "bidi override": ('{"kind":"vendor","id":"a","name":"a\u202eb"}'.encode(), "invalid_value",
                      "/name"),
    "deep nesting": (b'{"kind":"vendor","id":"a","x":' + b"[" * 100_000, "unknown_field", "/x"),
    "deep known field": (b'{"kind":"vendor","id":' + b"[" * 100_000, "validation_failed", "/id"),
    "unknown kind": (b'{"kind":"company","id":"a"}', "validation_failed", "/kind"),
    "unknown field": (b'{"kind":"vendor","id":"a","role":"admin"}', "unknown_field", "/role"),
    "upper case id": (b'{"kind":"vendor","id":"Acme"}', "validation_failed", "/id"),
    "long id": (b'{"kind":"vendor","id":"' + b"a" * 65 + b'"}', "validation_failed", "/id"),
    "number for text": (b'{"kind":"vendor","id":"a","name":5}', "validation_failed", "/name"),
    "text for number": (
        b'{"kind":"usage","product":"p","metric":"m","value":"5","sources":["urn:x"]}',
        "validation_failed", "/value",
    ),
    "below zero": (
        b'{"kind":"usage","product":"p","metric":"m","value":-1.5,"sources":["urn:x"]}',
        "validation_failed", "/value",
    ),
    "count beyond 2^53": (
        b'{"kind":"usage","product":"p","metric":"m","value":9007199254740993,"sources":["urn:x"]}',
        "validation_failed", "/value",
    ),
    "huge exponent": (
        b'{"kind":"investment","vendor":"v","type":"capex","amount":1e131072,"currency":"USD",'
        b'"status":"actual","sources":["urn:x"]}',
        "invalid_value", "/amount",
    ),
    "NaN": (
        b'{"kind":"investment","vendor":"v","type":"capex","amount":NaN,"currency":"USD",'
        b'"status":"actual","sources":["urn:x"]}',
        "invalid_json", "",
    ),
    "NaN as text": (
        b'{"kind":"investment","vendor":"v","type":"capex","amount":"NaN","currency":"USD",'
        b'"status":"actual","sources":["urn:x"]}',
        "invalid_value", "/amount",
    ),
    "bad enum": (
        b'{"kind":"adoption","product":"p","feature":"f","stage":"beta","sources":["urn:x"]}',
        "validation_failed", "/stage",
    ),
    "javascript address": (
        b'{"kind":"vendor","id":"a","homepage":"javascript:alert(1)"}', "validation_failed",
        "/homepage",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("line", "code", "pointer"), HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_lines_are_refused(line: bytes, code: str, pointer: str) -> None:
    assert faults(line) == [(code, pointer)]


DATES = ["2024-13", "2024-00", "2023-02-29", "2024-W10", "0999", "9999", "[2024..2023]",
         "[2024..]", "2024-1", "２０２４", "infinity", "2024-01-01T00:00Z", " 2024",
         "2024\n"]  # fmt: skip


@pytest.mark.parametrize("text", DATES)
def test_what_is_no_date_of_the_documented_forms(text: str) -> None:
    line = b'{"kind":"vendor","id":"a","founded":%b}' % msgspec.json.encode(text)
    assert faults(line) == [("invalid_date", "/founded")]


def test_every_fault_of_a_line_is_told() -> None:
    line = b'{"kind":"adoption","product":"p","feature":"f","stage":"ga","date":"2024-13"}'
    read = read_line(7, line)
    assert not isinstance(read, Row)
    assert [(f.line, f.code) for f in read] == [(7, "invalid_date"), (7, "source_required")]
    assert isinstance(read[0], Fault)


def test_lists_come_out_sorted_and_without_doubles() -> None:
    line = (
        b'{"kind":"product","id":"p","vendor":"v","markets":["b","a","b"],'
        b'"sources":["urn:z","urn:a"]}'
    )
    row = read_line(1, line)
    assert isinstance(row, Row)
    values = dict(zip(row.collection.columns, row.values, strict=True))
    assert (values["market_ids"], values["source_ids"]) == (["a", "b"], ["urn:a", "urn:z"])


def test_composed_and_decomposed_names_are_the_same() -> None:
    composed, decomposed = (
        read_line(1, f'{{"kind":"vendor","id":"a","name":"caf{e}"}}'.encode())
        for e in ("é", "e\u0301")
    )
    assert composed == decomposed


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("country", "FRA", "Expected two capital letters (ISO 3166-1), such as CN."),
        ("type", "giant", "Expected one of big_tech, startup, device_maker, lab."),
        ("homepage", "acme.fr", "Expected an address, such as https://example.org/page."),
        ("id", "Acme SA", "Expected lower-case letters, digits and single hyphens, such as kimi."),
    ],
)
def test_a_form_is_told_in_words(field: str, value: str, said: str) -> None:
    record = {"kind": "vendor", "id": "acme", "name": "Acme"} | {field: value}
    (fault,) = read_line(1, msgspec.json.encode(record))
    assert (fault.pointer, str(fault.detail)) == (f"/{field}", said)
