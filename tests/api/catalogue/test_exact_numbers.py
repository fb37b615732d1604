"""Numbers of more digits than a binary fraction has are kept as they were sent, or refused."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from service.formats.import_format.parquet_files import csv_lines
from service.formats.json_members import exactly
from service.formats.models_dev.prices import headline
from tests.clients import CSV, NDJSON, Editor

JSON = {"content-type": "application/json"}
SAID = {"type": "funding", "date": "2011", "currency": "USD", "unit": "GPU", "status": "reported"}
IMPORTS = "/v1/imports?comment=w"
LONG = ["0.1000000000000000055", "12345678901234567890.123456789", "1.0000000000000000001"]
TINY = ["1e-400", "1e-99999999999999999999", "-1e-400"]
BINARY = {
    "0.1": "0.1",
    "1e5": "100000",
    "0.30000000000000004": "0.30000000000000004",
    "1.50": "1.5",
}


async def sent(editor: Editor, method: str, path: str, body: str, **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return await editor.client.request(
        method, path, content=body.encode(), headers={**editor.headers, **JSON, **named}
    )


def investment(amount: str = "1", quantity: str = "1", **more: str) -> str:
    said = {"vendor_id": "openai", "evidence": "unsourced", "comment": "w"} | SAID | more
    return _with_numbers(said, amount, quantity)


def line(amount: str, quantity: str = "1") -> bytes:
    said = {"kind": "investment", "vendor": "openai", "evidence": "unsourced"} | SAID
    return _with_numbers(said, amount, quantity).encode()


def _with_numbers(said: dict[str, str], amount: str, quantity: str) -> str:
    """The numbers as they are written here, whatever Python would make of them."""
    return json.dumps(said)[:-1] + f', "amount": {amount}, "quantity": {quantity}}}'


@pytest.mark.parametrize("amount", LONG)
async def test_an_amount_is_kept_as_it_was_sent(editor: Editor, amount: str) -> None:
    made = await sent(editor, "POST", "/v1/investments", investment(amount))
    assert made.json()["amount"] == amount
    path, other = made.headers["location"], "2" + amount
    changed = await sent(editor, "PATCH", path, f'{{"amount":{other},"comment":"w"}}', if_match="*")
    assert changed.json()["amount"] == other
    assert (await editor.client.get(path)).json()["amount"] == other


NEAR = [
    ("123456789012.4", "123456789012.3"),
    ("0.3", "0.30000000000000004"),
    ("1", "1.0000000000000000001"),
]


@pytest.mark.parametrize(("before", "after"), NEAR)
@pytest.mark.parametrize("field", ["amount", "quantity"])
async def test_a_digit_behind_the_twelfth_is_a_change(
    editor: Editor, field: str, before: str, after: str
) -> None:
    if field == "quantity" and float(before) == float(after):
        pytest.skip("refused: answers would round it")
    made = await sent(editor, "POST", "/v1/investments", investment(**{field: before}))
    path, revision = made.headers["location"], await editor.revision()
    body = f'{{"{field}":{after},"comment":"w"}}'
    changed = await sent(editor, "PATCH", path, body, if_match="*")
    assert (changed.status_code, str(changed.json()[field])) == (200, after)
    assert await editor.revision() == revision + 1
    spelled = body.replace(after, f"{after}e0")
    again = await sent(editor, "PATCH", path, spelled, if_match="*")
    assert (again.status_code, await editor.revision()) == (200, revision + 1)


async def test_a_digit_of_a_price_and_of_a_rate_is_a_change(editor: Editor) -> None:
    path = (await editor.client.get("/v1/monetizations?limit=1")).json()["data"][0]["href"]
    for amount in ("19.99", "19.9900000000001"):
        price = f'{{"amount":{amount},"currency":"USD","per":"month"}}'
        rate = f'{{"component":"x","amount":{amount},"currency":"USD","per":"m"}}'
        for body in (f'{{"price":{price},"comment":"w"}}', f'{{"rates":[{rate}],"comment":"w"}}'):
            before = await editor.revision()
            assert (await sent(editor, "PATCH", path, body, if_match="*")).status_code == 200
            assert await editor.revision() == before + 1
    shown = (await editor.client.get(path)).json()
    assert (shown["price"]["amount"], shown["rates"][0]["amount"]) == (amount, amount)


@pytest.mark.parametrize(("amount", "kept"), BINARY.items())
async def test_a_shorter_one_is_too(editor: Editor, amount: str, kept: str) -> None:
    made = await sent(editor, "POST", "/v1/investments", investment(amount))
    assert made.json()["amount"] == kept


@pytest.mark.parametrize("amount", [*TINY, "0.1234567890123456789012345678901", "1e40"])
async def test_an_amount_of_too_many_digits_is_refused(editor: Editor, amount: str) -> None:
    before = await editor.revision()
    answer = await sent(editor, "POST", "/v1/investments", investment(amount))
    assert answer.status_code in (400, 422), answer.text
    assert await editor.revision() == before


async def test_prices_within_a_record_are_kept(editor: Editor) -> None:
    path = (await editor.client.get("/v1/monetizations?limit=1")).json()["data"][0]["href"]
    price = '{"amount":19.9900000000000000001,"currency":"USD","per":"month"}'
    rate = '{"component":"x","amount":0.1000000000000000055,"currency":"USD","per":"m"}'
    body = f'{{"price":{price},"rates":[{rate}],"comment":"w"}}'
    shown = (await sent(editor, "PATCH", path, body, if_match="*")).json()
    assert shown["price"]["amount"] == "19.9900000000000000001"
    assert shown["rates"][0]["amount"] == "0.1000000000000000055"


async def test_what_a_correction_proposes_is_written_as_it_was_proposed(editor: Editor) -> None:
    made = await sent(editor, "POST", "/v1/investments", investment("5"))
    about = {"collection": "investments", "record_id": made.json()["id"], "field": "amount"}
    body = json.dumps(about)[:-1] + ', "proposed": 0.1000000000000000055, "statement": "s"}'
    told = await sent(editor, "POST", "/v1/corrections", body)
    assert '"proposed":0.1000000000000000055,' in told.text
    decision = '{"decision":"accepted","reason":"r","apply":true}'
    decided = await sent(editor, "POST", told.json()["href"] + "/decision", decision)
    assert decided.status_code == 200, decided.text
    shown = (await editor.client.get(made.headers["location"])).json()
    assert shown["amount"] == "0.1000000000000000055"


async def test_a_proposed_record_is_written_as_it_was_proposed(editor: Editor) -> None:
    record = investment("12345678901234567890.5").replace(', "comment": "w"', "")
    body = f'{{"collection":"investments","proposed":{record},"statement":"s"}}'
    told = await sent(editor, "POST", "/v1/corrections", body)
    decision = '{"decision":"accepted","reason":"r","apply":true}'
    decided = (await sent(editor, "POST", told.json()["href"] + "/decision", decision)).json()
    shown = (await editor.client.get(decided["links"]["record"])).json()
    assert shown["amount"] == "12345678901234567890.5"


@pytest.mark.parametrize("value", [*LONG, "1e-400", "4503599627370497.53"])
async def test_a_number_that_answers_would_round_is_refused(editor: Editor, value: str) -> None:
    body = investment("1", quantity=value)
    answer = await sent(editor, "POST", "/v1/investments", body)
    assert [e["pointer"] for e in answer.json()["errors"]] == ["/quantity"], answer.text
    imported = await _imported(editor, line("1", value), NDJSON)
    assert [e["pointer"] for e in imported["errors"]] == ["/quantity"]


async def _imported(editor: Editor, body: bytes, media: dict[str, str], ask: str = "") -> Any:
    answer = await editor.client.post(
        IMPORTS + ask, content=body, headers={**editor.headers, **media}
    )
    return answer.json()


@pytest.mark.parametrize("amount", LONG)
async def test_imports_keep_amounts(editor: Editor, amount: str, tmp_path: Path) -> None:
    pq.write_table(_table(amount), tmp_path / "investments.parquet")
    typed = b"".join(csv_lines(tmp_path / "investments.parquet"))
    for body, media, ask in (
        (line(amount), NDJSON, ""),
        (_cells(amount), CSV, "&kind=investment"),
        (typed, CSV, "&kind=investment"),
    ):
        report = await _imported(editor, body, media, ask)
        assert report["status"] == "done", report
        rows = (await editor.client.get("/v1/investments?vendor_id=openai&date=2011")).json()
        assert [row["amount"] for row in rows["data"]] == [amount]


@pytest.mark.parametrize("value", ["0.1000000000000000055", "1e-40"])
async def test_a_cell_that_answers_would_round_is_refused(editor: Editor, value: str) -> None:
    report = await _imported(editor, _cells("1", value), CSV, "&kind=investment")
    assert [e["pointer"] for e in report["errors"]] == ["/quantity"], report


HEADER = "vendor,type,date,currency,amount,quantity,unit,status,evidence"


def _cells(amount: str, quantity: str = "1") -> bytes:
    return f"{HEADER}\nopenai,funding,2011,USD,{amount},{quantity},GPU,reported,unsourced".encode()


def _table(amount: str) -> pa.Table:
    """With the amount as a decimal, as warehouses have it."""
    values = _cells(amount).decode().splitlines()[1].split(",")
    row: dict[str, Any] = dict(zip(HEADER.split(","), values, strict=True))
    row |= {"amount": Decimal(amount), "quantity": 1}
    return pa.Table.from_pylist([row])


@pytest.mark.parametrize("amount", LONG)
async def test_a_filter_never_rounds(editor: Editor, amount: str) -> None:
    """It finds exactly that amount, or says that it cannot be asked for."""
    await sent(editor, "POST", "/v1/investments", investment(amount))
    near = str(float(amount))
    for wanted, found in ((amount, 1), (near, 0)):
        for given in ({"amount": wanted}, {"filter": f"amount = {wanted}"}):
            answer = await editor.client.get("/v1/investments", params=given)
            if answer.status_code == 400:
                continue
            rows = [r for r in answer.json()["data"] if r["vendor_id"] == "openai"]
            assert len(rows) == found, (given, answer.text)


def test_a_catalogue_of_models_keeps_its_prices() -> None:
    told = headline(exactly(b'{"input":0.1000000000000000055}'))
    assert told is not None
    assert str(told["amount"]) == "0.1000000000000000055"
