"""CSV of one kind: columns by three spellings, nulls, lists, and hostile files told by line."""

from io import BytesIO

import pytest

from service.formats.import_format.csv_lines import read_csv
from service.formats.import_format.lines import read_line
from service.formats.text_files import Unreadable, opened
from service.model.errors import Fault
from service.query.registry import BY_KIND
from service.query.rows import Row

HEAD = b"product,feature,stage,date,sources\n"
GOOD = b"kimi,memory,ga,2024-05,urn:a|urn:b\n"


def rows(kind: str, data: bytes) -> list[Row]:
    found = list(read_csv(BY_KIND[kind], opened(BytesIO(data))))
    assert all(isinstance(row, Row) for row in found), found
    return [row for row in found if isinstance(row, Row)]


def faults(kind: str, data: bytes) -> list[Fault]:
    found: list[Fault] = []
    try:
        for read in read_csv(BY_KIND[kind], opened(BytesIO(data))):
            found += [] if isinstance(read, Row) else read
    except Unreadable as error:
        found += error.faults
    return found


def codes(kind: str, data: bytes) -> list[tuple[int, str, str]]:
    return [(f.line, f.code, f.pointer) for f in faults(kind, data)]


SAME = b'"kind":"product","id":"p","vendor":"v","markets":["a","b"],"launched":"2024"'


@pytest.mark.parametrize(
    "data",
    [
        b"id,vendor,markets,launched,name,names.zh\np,v,b|a,2024,P,\xe4\xba\xa7\n",
        b"id,vendor_id,market_ids,launched,names.en,names.zh\np,v,a|b,2024,P,\xe4\xba\xa7\n",
        b"\xef\xbb\xbfnames_en,names_zh,id,vendor,markets,launched,note\r\n"
        b'P,\xe4\xba\xa7,p,"v",a|b,2024,\r\n',
    ],
)
def test_columns_go_by_import_keys_names_of_the_api_and_of_exports(data: bytes) -> None:
    line = read_line(2, b"{" + SAME + ',"name":"P","names":{"zh":"产"}}'.encode())
    assert rows("product", data) == [line]


def test_an_empty_cell_is_null_and_a_quoted_one_may_hold_anything() -> None:
    data = (
        HEAD.replace(b"\n", b",until,note\n")
        + b'kimi,memory,ga,,urn:a,,"a ""b"",\nc"\n'
        + (GOOD.replace(b"\n", b",2025,\n"))
    )
    first, second = (dict(zip(r.collection.columns, r.values, strict=True))
                     for r in rows("adoption", data))  # fmt: skip
    assert (first["date"], first["until"], first["note"]) == (None, None, 'a "b",\nc')
    assert second["source_ids"] == ["urn:a", "urn:b"]


def test_a_record_is_known_by_the_line_on_which_it_begins() -> None:
    data = b'id,note\na,"1\n2\n3"\n\nB,x\n'
    assert codes("vendor", data) == [(6, "validation_failed", "/id")]


def test_amounts_counts_and_rates_have_their_types() -> None:
    (price,) = rows(
        "monetization",
        b"product,business_model,price.amount,price.currency,price_per,rates,sources\n"
        b'p,m,20.50,USD,month,"[{""component"":""input"",""amount"":2.5,""currency"":""USD"",'
        b'""per"":""million tokens""}]",urn:a\n',
    )
    (used,) = rows("usage", b"product,metric,value,sources\np,m,9007199254740991,urn:a\n")
    values = dict(zip(price.collection.columns, price.values, strict=True))
    assert (str(values["price_amount"]), values["price_per"]) == ("20.5", "month")
    assert '"amount":2.5' in values["rates"]
    assert 9007199254740991 in used.values


def test_an_unknown_column_names_the_nearest() -> None:
    (fault,) = faults("adoption", HEAD.replace(b"feature", b"featur") + GOOD)
    assert (fault.line, fault.code, fault.pointer) == (1, "unknown_field", "/featur")
    assert fault.did_you_mean[0] == "feature"


@pytest.mark.parametrize("column", ["adoptions.date", "versions.name"])
def test_a_column_of_the_records_that_point_to_it_is_told_as_one(column: str) -> None:
    (fault,) = faults("product", f"id,vendor,markets,{column}\n".encode())
    assert (fault.code, fault.pointer) == ("unknown_field", f"/{column}")
    kind = column.partition(".")[0].removesuffix("s")
    assert f"tells of another record, the {kind}: leave it out" in str(fault.detail)


@pytest.mark.parametrize("column", ["product.name", "product.vendor.name", "sources.url"])
def test_a_column_of_what_it_points_to_is_brought_along(column: str) -> None:
    table = HEAD.rstrip(b"\n") + f",{column}\n".encode()
    assert faults("adoption", table) == []


HOSTILE = {
    "empty": (b"", [(1, "invalid_csv", "")]),
    "only a BOM": (b"\xef\xbb\xbf", [(1, "invalid_csv", "")]),
    "NUL in a name": (b"id,name\na,b\x00c\n", [(2, "invalid_value", "/name")]),
    "NUL in the header": (b"id,na\x00me\na,b\n", [(1, "unknown_field", "/na\x00me")]),
    "open quote": (b'id,name\na,"b\nc,d\n', [(2, "invalid_csv", "")]),
    "text after a quote": (b'id,name\na,"b"c\n', [(2, "invalid_csv", "")]),
    "open quote over the field limit": (
        b'id,name\na,"' + b"x\n" * 100_000, [(2, "invalid_csv", "")],
    ),
    "over-long line": (b"id,name\na," + b"x" * 1_000_001, [(2, "payload_too_large", "")]),
    "10,000 columns": (b",".join(b"c%d" % n for n in range(10_000)), [(1, "invalid_csv", "")]),
    "a column twice": (b"id,id\na,a\n", [(1, "invalid_csv", "/id")]),
    "two spellings of one column": (
        b"id,names.en,names_en\n", [(1, "invalid_csv", "/names/en")],
    ),
    "two names of one column": (
        b"id,vendor,vendor_id,markets\np,v,w,m\n",
        [(2, "invalid_value", "/vendor"), (2, "invalid_value", "/vendor_id")],
    ),
    "a nameless column that is filled": (b"id,\na,b\n", [(2, "invalid_csv", "")]),
    "too few cells": (b"id,name\na\nb,c\n", [(2, "invalid_csv", "")]),
    "too many cells": (b"id,name\na,b,c\n", [(2, "invalid_csv", "")]),
    "a CR within a cell": (b'id,name\na,"b\rc"\n', [(2, "invalid_value", "/name")]),
    "no UTF-8": (b"id,name\na,b\nc,\xff\xfe\n", [(3, "invalid_value", "")]),
    "UTF-16 without a mark": ("id,name\na,b\n".encode("utf-16-le"), [(1, "invalid_csv", "")]),
}  # fmt: skip


@pytest.mark.parametrize(("data", "told"), HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_files_are_faults(data: bytes, told: list[tuple[int, str, str]]) -> None:
    assert codes("product" if b"vendor_id" in data else "vendor", data) == told


def test_numbers_and_rates_that_are_none() -> None:
    head = b"product,metric,value,sources\n"
    for value in (b"-1.5", b"-1", b"9" * 400, b"0x1", "１".encode(), b"-" + b"9" * 18):
        (fault,) = codes("usage", head + b"p,m,%b,urn:a\n" % value)
        assert fault == (2, "validation_failed", "/value")
    head = b"product,business_model,rates,sources\n"
    for rates in (b"x", b"[" * 3000, b"[1"):
        assert codes("monetization", head + b"p,m,%b,urn:a\n" % rates) == [
            (2, "invalid_json", "/rates")
        ]
    assert [f[1] for f in codes("monetization", head + b"p,m,{},urn:a\n")] == ["validation_failed"]
