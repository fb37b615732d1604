"""Answers that are no analyses as tables: no row and no value is lost."""

import csv
import io
import json
from typing import Any

from msgspec import Struct

from service.formats.analyses.tables import csv as written
from service.formats.analyses.tables import whole, whole_rows
from service.formats.json_records import encode


class Part(Struct):
    name: str
    value: Any = None


class Single(Struct):
    id: str
    inner: Part
    words: list[str]


class Several(Struct):
    added: list[Part]
    removed: list[Part]
    total: int


class One(Struct):
    data: list[Part]


def rows(answer: Any) -> list[dict[str, str]]:
    text = written(whole(answer)).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_an_answer_without_lists_is_one_row() -> None:
    answer = Single("a", Part("=b,\n", 1), ["x", "y|z"])
    row = {"id": "a", "inner.name": "=b,\n", "inner.value": "1", "words": "x|y\\|z"}
    assert rows(answer) == [row]
    assert whole_rows(answer) == [answer]


def test_every_list_is_there_and_a_row_says_of_which_it_is() -> None:
    answer = Several([Part("a")], [Part("b"), Part("c")], 3)
    found = [(row["list"], row["name"]) for row in rows(answer)]
    assert found == [("added", "a"), ("removed", "b"), ("removed", "c")]
    lines = [json.loads(encode(row)) for row in whole_rows(answer)]
    assert [(line["list"], line["name"]) for line in lines] == found


def test_a_member_that_is_an_object_in_some_rows_keeps_all_values() -> None:
    found = rows(One([Part("a", {"x": 1}), Part("b", "text"), Part("c")]))
    assert [row["value"] for row in found] == ['{"x":1}', "text", ""]


def test_names_of_members_may_hold_dots() -> None:
    (row,) = rows(One([Part("a", {"vendor.country": ["CN"], "": 1})]))
    assert (row["value.vendor.country"], row["value."]) == ("CN", "1")


def test_objects_without_members_are_a_column() -> None:
    assert [row["value"] for row in rows(One([Part("a", {}), Part("b")]))] == ["{}", ""]
