"""Every fault of an object is told at its place, and only there."""

from typing import Annotated, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Meta, Struct

from service.formats.import_format.lines import read_line
from service.formats.json_members import decode_members, members_of, repeated_names
from service.model.errors import pointer_to
from service.query.rows import Row

Short = Annotated[str, Meta(max_length=3)]


class Inner(Struct, forbid_unknown_fields=True):
    amount: int
    unit: str = "x"


class Outer(Struct, forbid_unknown_fields=True):
    name: Short
    count: int | None = None
    parts: Annotated[list[Inner], Meta(max_length=2)] = []
    words: dict[Short, int] = {}
    several: tuple[Short, ...] | None = None
    one: Inner | None = None


def places(body: Any) -> tuple[dict[str, Any], set[tuple[str, str]]]:
    values, faults = decode_members(Outer, members_of(msgspec.json.encode(body)))
    told = [(fault.code, fault.pointer or "") for fault in faults]
    assert len(told) == len(set(told))
    return values, set(told)


WRONG, UNKNOWN = "validation_failed", "unknown_field"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({"name": "abc"}, []),
        ({}, [(WRONG, "/name")]),
        ({"name": "abcd", "count": "1", "nope": 1},
         [(WRONG, "/name"), (WRONG, "/count"), (UNKNOWN, "/nope")]),
        ({"name": "a", "a/b~c": 1}, [(UNKNOWN, "/a~1b~0c")]),
        ({"name": "a", "parts": [{"amount": "1"}, {}, {"amount": 1, "x": 2}]},
         [(WRONG, "/parts"), (WRONG, "/parts/0/amount"), (WRONG, "/parts/1/amount"),
          (UNKNOWN, "/parts/2/x")]),
        ({"name": "a", "parts": "none", "one": []}, [(WRONG, "/parts"), (WRONG, "/one")]),
        ({"name": "a", "words": {"long": 1, "b/": "x"}},
         [(WRONG, "/words/long"), (WRONG, "/words/b~1")]),
        ({"name": "a", "several": ["a", 1, "long"]},
         [(WRONG, "/several/1"), (WRONG, "/several/2")]),
        ({"name": None, "one": {"amount": None, "unit": 5}},
         [(WRONG, "/name"), (WRONG, "/one/amount"), (WRONG, "/one/unit")]),
    ],
)  # fmt: skip
def test_each_fault_has_its_place(body: Any, told: list[tuple[str, str]]) -> None:
    assert places(body)[1] == set(told)


def test_what_is_right_is_read_beside_what_is_wrong() -> None:
    values, _ = places({"name": 5, "count": 7, "one": {"amount": 1}})
    assert values == {"count": 7, "one": Inner(1)}


def test_a_name_twice_is_told_wherever_it_is() -> None:
    text = '{"a":1,"b":[{"c/d":1,"c\\/d":2}],"a":{"x":1,"x":1}}'
    assert {fault.pointer for fault in repeated_names(text)} == {"/a", "/b/0/c~1d", "/a/x"}
    assert repeated_names('{"a":{"a":[{"a":1},{"a":1}]}}') == []


PRODUCT = {
    "kind": "product", "id": "p", "vendor": "v", "markets": ["m"], "name": "P",
    "names": {"zh": "P"}, "aliases": ["one", "two"], "launched": "2024", "note": "text",
    "sources": ["urn:a"],
}  # fmt: skip
ADOPTION = {
    "kind": "adoption", "product": "p", "feature": "f", "stage": "ga", "date": "2024",
    "until": "2025", "sources": ["urn:a"], "note": "text",
}  # fmt: skip
# What breaks a line: where, what is put there (... takes it away), and what is told.
BREAKS: dict[str, list[tuple[tuple[str, ...], Any, str, tuple[str | int, ...]]]] = {
    "product": [
        (("id",), "Not A Slug", WRONG, ("id",)),
        (("vendor",), ..., WRONG, ("vendor",)),
        (("markets",), ["m", "M M", 5], WRONG, ("markets", 1)),
        (("name",), "a\u202eb", "invalid_value", ("name",)),
        (("names",), {"zh": 5}, WRONG, ("names", "zh")),
        (("aliases",), ["one", "\x07"], "invalid_value", ("aliases", 1)),
        (("launched",), "2024-13", "invalid_date", ("launched",)),
        (("note",), 5, WRONG, ("note",)),
        (("sources",), ["urn:a", "no address"], WRONG, ("sources", 1)),
        (("a/b~",), 1, UNKNOWN, ("a/b~",)),
    ],
    "adoption": [
        (("product",), ["p"], WRONG, ("product",)),
        (("feature",), ..., WRONG, ("feature",)),
        (("stage",), "beta", WRONG, ("stage",)),
        (("date",), "2023-02-29", "invalid_date", ("date",)),
        (("until",), 2025, WRONG, ("until",)),
        (("sources",), [], "source_required", ("sources",)),
        (("note",), "a\x00b", "invalid_value", ("note",)),
        (("dispute",), "perhaps", WRONG, ("dispute",)),
        (("score",), 1, UNKNOWN, ("score",)),
    ],
}


@given(st.data())
def test_a_line_with_k_faults_tells_these_k(data: st.DataObject) -> None:
    base = data.draw(st.sampled_from([PRODUCT, ADOPTION]))
    breaks = data.draw(
        st.lists(st.sampled_from(BREAKS[str(base["kind"])]), unique_by=lambda b: b[0])
    )
    line = dict(base)
    told = set()
    for (member,), value, code, place in breaks:
        line.pop(member, None)
        if value is not ...:
            line[member] = value
        told.add((code, pointer_to(*place)))
        if member == "markets":
            told.add((WRONG, "/markets/2"))
    read = read_line(3, msgspec.json.encode(line))
    found = [] if isinstance(read, Row) else [(fault.code, fault.pointer) for fault in read]
    assert sorted(found) == sorted(told)


def test_a_member_twice_in_a_line_is_told_with_the_rest() -> None:
    line = b'{"kind":"vendor","id":"a","id":"b","founded":"2024-13","note":5}'
    read = read_line(1, line)
    assert not isinstance(read, Row)
    assert {(fault.code, fault.pointer) for fault in read} == {
        ("invalid_json", "/id"), ("invalid_date", "/founded"), (WRONG, "/note"),
    }  # fmt: skip
    twice = read_line(1, b'{"kind":"vendor","id":"a","name":"A","name":"B"}')
    assert [(f.code, f.pointer) for f in twice if not isinstance(twice, Row)] == [
        ("invalid_json", "/name")
    ]


def test_a_kind_that_is_none_names_the_nearest() -> None:
    for kind, near in (("vendr", ("vendor",)), (5, ())):
        (fault,) = read_line(1, msgspec.json.encode({"kind": kind, "id": "a"}))
        assert (fault.code, fault.pointer) == (WRONG, "/kind")
        assert fault.did_you_mean[:1] == near
