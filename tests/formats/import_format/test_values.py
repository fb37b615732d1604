"""Values however they are written: numbers, codes, texts with what spreadsheets leave in them."""

from decimal import Decimal
from io import BytesIO
from typing import Any

import msgspec
import pytest

from service.formats.import_format.csv_lines import read_csv
from service.formats.import_format.lines import read_line, read_lines
from service.formats.text_files import opened
from service.model.errors import Fault
from service.query.fields import Collection
from service.query.registry import BY_KIND
from service.query.rows import Row


def stored(read: Any) -> dict[str, Any]:
    assert isinstance(read, Row), read
    return dict(zip(read.collection.columns, read.values, strict=True))


def faults(record: dict[str, Any]) -> list[Fault]:
    read = read_line(1, msgspec.json.encode(record))
    assert not isinstance(read, Row), read
    return read


def cells(collection: Collection, **row: str) -> Any:
    table = ",".join(row) + "\n" + ",".join(f'"{cell}"' for cell in row.values()) + "\n"
    (read,) = read_csv(collection, opened(BytesIO(table.encode())))
    return read


USAGE = {"kind": "usage", "product": "p", "metric": "m", "sources": ["urn:a"]}
CAPEX = {
    "kind": "investment",
    "vendor": "v",
    "type": "capex",
    "status": "actual",
    "currency": "USD",
    "sources": ["urn:a"],
}


@pytest.mark.parametrize("written", ["1000000", "1e6", "1E+6", "1000000.0", "10e5", "1.0e6"])
def test_a_number_is_a_number_however_it_is_written(written: str) -> None:
    line = msgspec.json.encode({**USAGE, "value": msgspec.Raw(written.encode())})
    count = cells(BY_KIND["usage"], product="p", metric="m", value=written, sources="urn:a")
    assert stored(read_line(1, line))["value"] == stored(count)["value"] == 10**6
    line = msgspec.json.encode({**CAPEX, "amount": msgspec.Raw(written.encode())})
    text = msgspec.json.encode({**CAPEX, "amount": written})
    row = {**CAPEX, "amount": written, "sources": "urn:a"}
    del row["kind"]
    amount = cells(BY_KIND["investment"], **row)
    for read in (read_line(1, line), read_line(1, text), amount):
        assert str(stored(read)["amount"]) == "1000000"


@pytest.mark.parametrize("written", ["17.4", "1.74e1", "17.40"])
def test_usage_may_be_a_fraction(written: str) -> None:
    line = msgspec.json.encode({**USAGE, "value": msgspec.Raw(written.encode())})
    cell = cells(BY_KIND["usage"], product="p", metric="m", value=written, sources="urn:a")
    assert str(stored(read_line(1, line))["value"]) == str(stored(cell)["value"]) == "17.4"


@pytest.mark.parametrize(
    ("written", "kept"), [("20.50", "20.5"), ("0.10", "0.1"), ("2e-3", "0.002"), ("5.00", "5")]
)
def test_amounts_are_stored_without_the_zeros_of_their_spelling(written: str, kept: str) -> None:
    assert (
        str(stored(read_line(1, msgspec.json.encode({**CAPEX, "amount": written})))["amount"])
        == kept
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1,000,000", "1000000"),
        ("1 000", "1000"),
        ("1.000.000", "1000000"),
        ("-1'000", "-1000"),
        ("1\xa0000", "1000"),
    ],
)
def test_groups_of_digits_are_refused_with_the_number_meant(written: str, meant: str) -> None:
    (fault,) = faults({**USAGE, "value": written})
    assert (fault.pointer, fault.did_you_mean) == ("/value", (meant,))
    (fault,) = cells(BY_KIND["usage"], product="p", metric="m", value=written, sources="urn:a")
    assert (fault.pointer, fault.did_you_mean) == ("/value", (meant,))


EARNING = {"kind": "monetization", "product": "p", "business_model": "b", "sources": ["urn:a"]}
ODD = {
    "1_000": "1000",
    " 5": "5",
    "5 ": "5",
    "\n5": "5",
    "\xa05": "5",
    "٣": "3",
    "１２.５": "12.5",
    "+5": "5",
    "5.": "5",
    ".5": "0.5",
    "1_0_0": None,
    "Infinity": None,
    "NaN": None,
    "1,5": None,
}


@pytest.mark.parametrize(("written", "meant"), ODD.items(), ids=ascii)
def test_an_amount_is_written_as_numbers_are(written: str, meant: str | None) -> None:
    near = () if meant is None else (meant,)
    price = {"amount": written, "currency": "USD", "per": "month"}
    rates = [price | {"component": "x", "amount": "1"}, price | {"component": "y"}]
    told = {
        "/amount": {**CAPEX, "amount": written},
        "/price/amount": {**EARNING, "price": price},
        "/rates/1/amount": {**EARNING, "rates": rates},
    }
    for pointer, record in told.items():
        (fault,) = faults(record)
        assert (fault.pointer, fault.did_you_mean) == (pointer, near)


def test_an_amount_that_is_too_large_hides_no_other() -> None:
    rate = {"component": "y", "amount": msgspec.Raw(b"1e999"), "currency": "USD", "per": "month"}
    wrong = [{**rate, "amount": "1_000"}, rate, {**rate, "amount": msgspec.Raw(b"9" * 400)}]
    pointers = {fault.pointer for fault in faults({**EARNING, "rates": wrong})}
    assert pointers == {f"/rates/{n}/amount" for n in range(3)}


def test_an_amount_is_read_wherever_its_name_and_digits_are_escaped() -> None:
    line = msgspec.json.encode({**CAPEX, "amount": "1_000"})
    for hidden in (line.replace(b'"amount"', b'"\\u0061mount"'), line.replace(b"_", b"\\u005f")):
        (fault,) = read_line(1, hidden)
        assert isinstance(fault, Fault)
        assert (fault.pointer, fault.did_you_mean) == ("/amount", ("1000",))
    whole = line.replace(b"1_000", b"\\u0031000")
    assert str(stored(read_line(1, whole))["amount"]) == "1000"
    together = list(read_lines([line, line.replace(b"1_000", b"1000")]))
    assert [isinstance(one, Row) for one in together] == [False, True]


@pytest.mark.parametrize(
    "written", ["-1.5", "1.5.1", "12abc", "1e99", "--1", "1e999999999", "9" * 40]
)
def test_what_is_no_number(written: str) -> None:
    (fault,) = cells(BY_KIND["usage"], product="p", metric="m", value=written, sources="urn:a")
    assert (fault.code, fault.pointer) == ("validation_failed", "/value")


@pytest.mark.parametrize(
    "name",
    [
        " Kimi Chat",
        "Kimi Chat\n",
        "\tKimi Chat",
        "Kimi  Chat",
        "Kimi\xa0Chat",
        "\u3000Kimi\u3000Chat",
        "\ufeffKimi Chat",
        "Kimi\u200b Chat",
        "Kimi Chat\u2060",
        "Ki\xadmi Chat",
        "Kimi\u202f\u2009Chat",
    ],
)
def test_names_are_trimmed_and_their_spaces_single(name: str) -> None:
    record = {"kind": "vendor", "id": "v", "name": name, "names": {"zh": name}, "aliases": [name]}
    values = stored(read_line(1, msgspec.json.encode(record)))
    assert msgspec.json.decode(values["names"]) == {"en": "Kimi Chat", "zh": "Kimi Chat"}
    assert values["aliases"] == ["Kimi Chat"]


def test_texts_keep_their_lines_and_lose_their_edges() -> None:
    values = stored(
        read_line(
            1, msgspec.json.encode({"kind": "vendor", "id": "v", "note": "\ufeff a\r\nb  c\rd \n"})
        )
    )
    assert values["note"] == "a\nb  c\nd"


@pytest.mark.parametrize(
    "name", [" ", "\u3000", "\u200b", "\ufeff \n", "a\u202eb", "a\nb", "a\x00b", "a\u200db"]
)
def test_names_that_nobody_can_read_are_refused(name: str) -> None:
    (fault,) = faults({"kind": "vendor", "id": "v", "name": name})
    assert (fault.code, fault.pointer) == ("invalid_value", "/name")


def test_addresses_are_normalized_wherever_they_stand() -> None:
    decomposed, composed = "https://example.org/cafe\u0301", "https://example.org/caf\xe9"
    source = stored(read_line(1, msgspec.json.encode({"kind": "source", "url": decomposed})))
    vendor = {"kind": "vendor", "id": "v", "sources": [decomposed, composed]}
    assert source["url"] == composed
    assert stored(read_line(1, msgspec.json.encode(vendor)))["source_ids"] == [composed]


CODES = [
    ("country", "UK", "GB"),
    ("country", "cn", "CN"),
    ("country", "USA", "US"),
    ("country", "China", "CN"),
    ("country", "中国", "CN"),
    ("country", "EL", "GR"),
    ("country", " CN", "CN"),
]


@pytest.mark.parametrize(("field", "wrong", "right"), CODES)
def test_a_country_is_of_the_list(field: str, wrong: str, right: str) -> None:
    (fault,) = faults({"kind": "vendor", "id": "v", field: wrong})
    assert (fault.pointer, fault.did_you_mean[:1]) == (
        f"/{field}",
        (right,),
    )


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("RMB", "CNY"), ("usd", "USD"), ("$", "USD"), ("人民币", "CNY"), ("UKP", "GBP"), ("€", "EUR")],
)
def test_a_currency_is_of_the_list_wherever_it_stands(wrong: str, right: str) -> None:
    price = {"amount": 1, "currency": wrong, "per": "month"}
    rate = {**price, "component": "input"}
    earning = {"kind": "monetization", "product": "p", "business_model": "b", "sources": ["urn:a"]}
    for record, pointer in (
        ({**CAPEX, "amount": 1, "currency": wrong}, "/currency"),
        ({**earning, "price": price}, "/price/currency"),
        ({**earning, "rates": [rate]}, "/rates/0/currency"),
    ):
        (fault,) = faults(record)
        assert fault.pointer == pointer
        assert fault.did_you_mean[:1] == (right,)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("zh_CN", "zh-CN"),
        ("cn", "zh"),
        ("ZH", "zh"),
        ("zho", "zh"),
        ("zh-cn", "zh-CN"),
        ("en-UK", "en-GB"),
        ("zh-hant", "zh-Hant"),
        ("Chinese", "zh"),
        ("jp", "ja"),
        ("iw", "he"),
    ],
)
def test_a_language_is_a_tag_of_the_lists(wrong: str, right: str) -> None:
    (fault,) = faults({"kind": "vendor", "id": "v", "names": {wrong: "V"}})
    assert (fault.pointer, fault.did_you_mean[:1]) == (
        f"/names/{wrong}",
        (right,),
    )


def test_codes_of_the_lists_are_taken() -> None:
    tags = ["en", "zh", "zh-CN", "zh-Hant-TW", "yue", "es-419", "sr-Latn", "pt-BR"]
    record = {"kind": "vendor", "id": "v", "country": "XK", "names": dict.fromkeys(tags, "V")}
    assert list(
        msgspec.json.decode(stored(read_line(1, msgspec.json.encode(record)))["names"])
    ) == sorted(tags)
    for currency in ("CNY", "HRK", "XCG"):
        read = read_line(1, msgspec.json.encode({**CAPEX, "amount": 1, "currency": currency}))
        assert stored(read)["amount"] == Decimal(1)
