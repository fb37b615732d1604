"""Files with types: a column keeps its type whatever stands in it, and a file says what it is."""

import io
import json
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from service.formats.files import typed_files
from service.formats.files.columns import every_column
from service.formats.files.typed_files import TypedColumn, TypedLines, record_columns, whole
from service.model.notices import Notice
from service.query.fields import Collection
from service.query.registry import COLLECTIONS, MONETIZATIONS
from service.query.views import VIEWS

TOLD = {"revision": "7", "title": "百度"}
FORMS = ("parquet", "arrow")


def read(form: str, content: bytes) -> Any:
    if form == "parquet":
        return pq.read_table(io.BytesIO(content))
    return pa.ipc.open_stream(content).read_all()


def columns(*shapes: Any) -> list[TypedColumn]:
    return [TypedColumn(f"c{n}", shape, lambda row, n=n: row[n]) for n, shape in enumerate(shapes)]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("collection", [*COLLECTIONS, *VIEWS], ids=lambda c: c.name)
def test_a_column_without_a_value_keeps_its_type(form: Any, collection: Collection) -> None:
    made = record_columns(collection, every_column(collection), "en")
    empty = read(form, whole(form, made, [], TOLD)).schema
    assert [field.name for field in empty] == [column.name for column in made]
    assert not [field for field in empty if pa.types.is_null(field.type)]
    unknown = [column._replace(read=lambda _: None) for column in made]
    assert read(form, whole(form, unknown, [{}, {}], TOLD)).schema == empty


@pytest.mark.parametrize("form", FORMS)
def test_values_of_several_parts_are_kept_as_they_are(form: Any) -> None:
    made = columns(list[str], dict[str, str], dict[str, list[str]], int | None, float | int, object)
    rows = [
        (["a|b", ""], {"founded": "none"}, {"date": ["src_1", "src_2"]}, 2**62, 3, {"x": 1}),
        ([], {}, {}, None, 0.1, "text"),
        (None, None, None, None, None, None),
    ]
    table = read(form, whole(form, made, rows, TOLD)).to_pydict()
    assert table["c0"] == [["a|b", ""], [], None]
    assert table["c1"] == [[("founded", "none")], [], None]
    assert table["c2"] == [[("date", ["src_1", "src_2"])], [], None]
    assert table["c3"] == [2**62, None, None]
    assert table["c4"] == [3.0, 0.1, None]
    assert table["c5"] == ['{"x":1}', "text", None]


def test_prices_by_component_are_a_list_of_structs() -> None:
    (rates,) = [
        c
        for c in record_columns(MONETIZATIONS, every_column(MONETIZATIONS), "en")
        if c.name == "rates"
    ]
    rate = {"component": "input", "amount": "0.15", "currency": "USD", "per": "million-tokens"}
    table = read("parquet", whole("parquet", [rates], [{"rates": [rate]}], TOLD))
    assert table.to_pylist() == [{"rates": [rate | {"amount": 0.15}]}]


@pytest.mark.parametrize("form", FORMS)
def test_rows_are_held_until_a_group_is_full(form: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typed_files, "GROUP_ROWS", 10)
    lines = TypedLines(form, columns(int), TOLD)
    batches = [[(n,) for n in range(start, start + 4)] for start in range(0, 24, 4)]
    parts = [lines.header(), *map(lines.lines, batches)]
    assert [bool(part) for part in parts[1:]] == [False, False, True, False, False, True]
    content = b"".join([*parts, lines.end()])
    assert read(form, content).to_pydict() == {"c0": list(range(24))}
    if form == "parquet":
        file = pq.ParquetFile(io.BytesIO(content))
        assert [file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)] == [
            10,
            2,
            10,
            2,
        ]
        assert file.metadata.row_group(0).column(0).compression == "ZSTD"


@pytest.mark.parametrize("form", FORMS)
def test_the_file_says_what_it_is_and_what_it_lacks(form: Any) -> None:
    lines = TypedLines(form, columns(str), TOLD)
    begun = lines.header() + lines.lines([("a",)])
    lines.told([Notice(code="rules_unfinished", detail="过慢", href="/")])
    content = begun + lines.end()
    assert read(form, content).schema.metadata[b"title"] == "百度".encode()
    if form == "parquet":
        told = pq.read_metadata(io.BytesIO(content)).metadata[b"warnings"]
    else:
        with pa.ipc.open_stream(content) as stream:
            *_, (_, last) = iter(stream.iter_batches_with_custom_metadata())
        told = last[b"warnings"]
    assert [one["code"] for one in json.loads(told)] == ["rules_unfinished"]


def test_the_same_rows_are_the_same_bytes() -> None:
    for form in ("parquet", "arrow"):
        one, other = (whole(form, columns(str, int), [("a", 1)], TOLD) for _ in range(2))  # type: ignore[arg-type]
        assert one == other
