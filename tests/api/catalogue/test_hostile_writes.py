"""Hostile writes are refused with a stable code, and nothing is stored; row ids as in the plan."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any, NamedTuple

import httpx
import pytest

from service.store.database import Database
from tests.answers import assert_problem, bearer
from tests.clients import served
from tests.make import new_key
from tests.postgres import BUNDLED, fresh

PLAIN = {"content-type": "application/json"}
NEW = {**PLAIN, "if-none-match": "*"}
TAG = '"r2-0123456789abcdef"'


def vendor(**more: Any) -> bytes:
    return json.dumps({"name": "Acme", "country": "FR", "comment": "why", **more}).encode()


def funding(**more: Any) -> bytes:
    fact = {"vendor_id": "openai", "type": "funding", "date": "2024-05", "amount": "1",
            "currency": "USD", "status": "reported", "evidence": "unsourced",
            "comment": "why", **more}  # fmt: skip
    return json.dumps(fact).encode()


def nested(depth: int, inside: bytes = b"name") -> bytes:
    return b'{"' + inside + b'":' + b"[" * depth + b"]" * depth + b',"comment":"w"}'


class Case(NamedTuple):
    body: bytes
    status: int
    code: str
    headers: dict[str, Any] = NEW
    method: str = "PUT"
    path: str = "/v1/vendors/acme"


def patched(status: int, code: str, **headers: str) -> Case:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    body = b'{"name":"Other","comment":"w"}'
    return Case(body, status, code, {**PLAIN, **named}, "PATCH", "/v1/vendors/openai")


def fact(status: int, code: str, body: bytes) -> Case:
    return Case(body, status, code, PLAIN, "POST", "/v1/investments")


def keyed(key: str | bytes) -> Case:
    return Case(vendor(), 400, "invalid_value", {**NEW, "idempotency-key": key})


WRONG, NO_JSON, NO_TYPE = "validation_failed", "invalid_json", "unsupported_media_type"
HOSTILE = {
    "A02 NUL in text": Case(vendor(name="a\0b"), 422, WRONG),
    "A03 NUL in a name by language": Case(vendor(names={"zh": "\0"}), 422, WRONG),
    "A03 NUL in a key": Case(vendor(names={"z\0": "x"}), 422, WRONG),
    "A04 raw NUL": Case(b'{"name":"a\x00b","comment":"w"}', 400, NO_JSON),
    "A05 NUL in the path": Case(vendor(), 404, "not_found", path="/v1/vendors/a%00b"),
    "A08 bad UTF-8": Case(b'{"name":"\xff\xfe","comment":"w"}', 400, NO_JSON),
    "A09 lone surrogate": Case(b'{"name":"\\ud800","comment":"w"}', 400, NO_JSON),
    "A09 lone surrogate, key": Case(b'{"\\udfff":"x","comment":"w"}', 400, NO_JSON),
    "A10 byte order mark": Case(b"\xef\xbb\xbf" + vendor(), 400, NO_JSON),
    "A10 UTF-16": Case(vendor().decode().encode("utf-16"), 400, NO_JSON),
    "A11 64 levels": Case(nested(64), 422, WRONG),
    "A11 2,000 levels": Case(nested(2000), 400, NO_JSON),
    "A11 30,000 levels": Case(b"[" * 30_000, 400, NO_JSON),
    "A12 deep where nobody looks": Case(nested(5000, b"else"), 400, NO_JSON),
    "A13 msgpack": Case(b"\x91" * 1000, 415, NO_TYPE,
                        {**NEW, "content-type": "application/msgpack"}),
    "A14 twice": Case(b'{"name":"a","name":"b","comment":"w"}', 400, NO_JSON),
    "A14 twice, within": Case(b'{"names":{"en":"a","en":"b"},"comment":"w"}', 400, NO_JSON),
    "A14 twice, one escaped": Case(b'{"name":"a","n\\u0061me":"b","comment":"w"}', 400, NO_JSON),
    "A14 two comments": Case(b'{"name":"a","comment":"w","comment":"v"}', 400, NO_JSON),
    "A15 unknown field": Case(vendor(role="admin"), 422, WRONG),
    "A16 unknown parameter": Case(vendor(), 400, "unknown_parameter", path="/v1/vendors/a?nope=1"),
    "A17 parameter twice": Case(vendor(), 400, "invalid_value",
                                path="/v1/vendors/a?dry_run=true&dry_run=false"),
    "A18 number for text": Case(vendor(name=5), 422, WRONG),
    "A18 text for a flag": Case(vendor(names="x"), 422, WRONG),
    "A19 above int4": Case(vendor(founded=2**31), 422, WRONG),
    "A20 above int8": Case(vendor(founded=2**63), 422, WRONG),
    "A20 above int8, amount": fact(422, WRONG, funding(amount=10**40)),
    "A21 5,000 digits": Case(b'{"founded":' + b"9" * 5000 + b',"comment":"w"}', 400, NO_JSON),
    "A24 NaN": Case(b'{"name":NaN,"comment":"w"}', 400, NO_JSON),
    "A24 1e999": Case(b'{"name":1e999,"comment":"w"}', 400, NO_JSON),
    "A25 NaN as text": fact(422, WRONG, funding(amount="NaN")),
    "A25 sNaN": fact(422, WRONG, funding(amount="sNaN")),
    "A25 Infinity": fact(422, WRONG, funding(amount="-Infinity")),
    "A26 1e131072": fact(422, WRONG, funding(amount="1e131072")),
    "A26 1e-131072": fact(422, WRONG, funding(amount="1e-131072")),
    "A27 1e300000": fact(422, WRONG, funding(amount="1e300000")),
    "A27 1e999999999999999999": fact(422, WRONG, funding(amount="1e999999999999999999")),
    "A28 9999-12-31": fact(422, WRONG, funding(date="9999-12-31")),
    "A30 year 0": fact(422, WRONG, funding(date="0000-01-01")),
    "A30 year 10000": fact(422, WRONG, funding(date="10000-01-01")),
    "A30 infinity": fact(422, WRONG, funding(date="infinity")),
    "A30 29 February 2023": fact(422, WRONG, funding(date="2023-02-29")),
    "A31 an instant": fact(422, WRONG, funding(date="2023-01-01T00:00:00")),
    "A31 a number": fact(422, WRONG, funding(date=1677000000)),
    "A32 month 0": fact(422, WRONG, funding(date="2024-00")),
    "A32 week": fact(422, WRONG, funding(date="2024-W10")),
    "A32 full width": fact(422, WRONG, funding(date="２０２４-01")),
    "A34 empty": Case(b"", 400, NO_JSON),
    "A34 null": Case(b"null", 422, WRONG),
    "A34 a list": Case(b"[]", 422, WRONG),
    "A34 truncated": Case(b'{"name":"a', 400, NO_JSON),
    "A35 text": Case(vendor(), 415, NO_TYPE, {**NEW, "content-type": "text/plain"}),
    "A35 no type": Case(vendor(), 415, NO_TYPE, {"if-none-match": "*"}),
    "A36 XML": Case(b"<a/>", 415, NO_TYPE, {**NEW, "content-type": "application/xml"}),
    "A36 gzip": Case(vendor(), 415, NO_TYPE, {**NEW, "content-encoding": "gzip"}),
    "A36 gzip among others": Case(vendor(), 415, NO_TYPE,
                                  {**NEW, "content-encoding": "identity, GZIP"}),
    "A37 70 KB": Case(vendor(name="x" * 70_000), 413, "payload_too_large"),
    "A37 2 MB": Case(vendor(name="x" * 2_000_000), 413, "payload_too_large"),
    "A76 dots": Case(vendor(), 404, "not_found", path="/v1/vendors/a%2f.."),
    "A76 upper case": Case(vendor(), 422, WRONG, path="/v1/vendors/ACME"),
    "A76 blank": Case(vendor(), 422, WRONG, path="/v1/vendors/%20acme"),
    "A77 a homoglyph id": Case(vendor(), 422, WRONG, path="/v1/vendors/%D0%B0cme"),
    "A81 weak If-Match": patched(412, "precondition_failed", if_match=f"W/{TAG}"),
    "A81 garbage": patched(412, "precondition_failed", if_match="\x01'\"r2"),
    "A81 10,000 foreign tags": patched(
        412, "precondition_failed", if_match=", ".join(f'"{n:016x}"' for n in range(10_000))
    ),
    "A81 If-None-Match with a tag": Case(vendor(), 400, "invalid_value",
                                         {**PLAIN, "if-none-match": TAG}),
    "A81 both": patched(400, "invalid_value", if_match=TAG, if_none_match="*"),
    "A82 no If-Match": patched(428, "precondition_required"),
    "A82 stale": patched(412, "precondition_failed", if_match='"r0-0000000000000000"'),
    "A82 retire without": Case(b"", 428, "precondition_required", {}, "DELETE",
                               "/v1/vendors/openai?comment=w"),
    "A83 1 MB": keyed("k" * 1_000_000),
    "A83 256 characters": keyed("k" * 256),
    "A83 empty": keyed(""),
    "A83 control": keyed("a\x01b"),
    "A83 line end": keyed(b"a\r\nb"),
    "A83 not ASCII": keyed("键".encode()),
    "A101 id": Case(vendor(id="other"), 422, WRONG),
    "A101 created_at": Case(vendor(created_at="2024-01-01T00:00:00Z"), 422, WRONG),
    "A101 revision": Case(vendor(revision=1), 422, WRONG),
    "A101 score": Case(vendor(score=1), 422, WRONG),
    "A104 line end in the comment": Case(vendor(comment="a\r\nINFO b"), 422, WRONG),
    "A104 escape in the comment": Case(vendor(comment="\x1b[31m"), 422, WRONG),
    "A104 C1 in the comment": Case(vendor(comment="a\x9b31mb"), 422, WRONG),
    "A104 bidi in the comment": Case(vendor(comment="a\u202eb"), 422, WRONG),
    "bidi in a name": Case(vendor(name="Ac\u202eme"), 422, WRONG),
    "Arabic letter mark in a name": Case(vendor(name="Ac\u061cme"), 422, WRONG),
    "zero width joiner in a name": Case(vendor(name="Ac\u200dme"), 422, WRONG),
    "tag characters in a name": Case(vendor(name="Acme\U000e0041"), 422, WRONG),
    "C1 in a name": Case(vendor(name="Ac\x9bme"), 422, WRONG),
    "zero width in an alias": Case(vendor(aliases=["Ac\u200dme"]), 422, WRONG),
    "a blank name": Case(vendor(name=" \u3000"), 422, WRONG),
    "a script as homepage": Case(vendor(homepage="javascript:alert(1)"), 422, WRONG),
}  # fmt: skip


@pytest.fixture(scope="module")
async def writer(templates: str) -> AsyncIterator[tuple[httpx.AsyncClient, dict[str, str]]]:
    """One base for the whole table, since nothing may change in it."""
    async for database in fresh(templates, BUNDLED):
        _, secret = await new_key(database, "curate")
        async with served(database) as client:
            yield client, bearer(secret)


@pytest.mark.parametrize("case", HOSTILE.values(), ids=HOSTILE.keys())
async def test_a_hostile_write_is_refused_and_stores_nothing(
    writer: tuple[httpx.AsyncClient, dict[str, str]], case: Case
) -> None:
    client, secret = writer
    before = await revision(client)
    assert_problem(await send(client, case, secret), case.status, case.code)
    assert await revision(client) == before


@pytest.mark.parametrize("name", ["Ac\u200bme", "Ac\xadme", "\ufeffAcme\u2060", " Acme\u3000"])
async def test_what_has_no_width_is_left_out_of_a_name(own_bundled: Database, name: str) -> None:
    _, secret = await new_key(own_bundled, "curate")
    async with served(own_bundled) as client:
        answer = await send(client, Case(vendor(name=name), 201, ""), bearer(secret))
    assert (answer.status_code, answer.json()["name"]) == (201, "Acme"), answer.text


TWICE = {
    "/v1/resolve": b'{"names":["a"],"names":["b"]}',
    "/v1/webhooks": b'{"url":"https://a.example","url":"https://b.example","types":["*"]}',
    "/v1/keys": b'{"name":"a","scopes":["read"],"scopes":["admin"]}',
}


@pytest.mark.parametrize(("path", "body"), TWICE.items())
async def test_every_body_is_read_by_the_same_rules(
    own_bundled: Database, path: str, body: bytes
) -> None:
    _, secret = await new_key(own_bundled, "admin")
    twice = Case(body, 400, NO_JSON, PLAIN, "POST", path)
    coded = Case(body, 415, NO_TYPE, {**PLAIN, "content-encoding": "gzip"}, "POST", path)
    async with served(own_bundled) as client:
        for case in (twice, coded):
            assert_problem(await send(client, case, bearer(secret)), case.status, case.code)


async def test_names_that_only_look_alike_stay_two(own_bundled: Database) -> None:
    _, secret = await new_key(own_bundled, "curate")
    latin, cyrillic = "Acme", "\u0410cme"
    async with served(own_bundled) as client:
        for path, name in (("acme", latin), ("acme-2", cyrillic)):
            case = Case(vendor(name=name), 201, "", path=f"/v1/vendors/{path}")
            assert (await send(client, case, bearer(secret))).status_code == 201
        shown = [(await client.get(f"/v1/vendors/{p}")).json()["name"] for p in ("acme", "acme-2")]
        assert shown == [latin, cyrillic]


async def test_the_table_s_own_bodies_are_stored_where_nothing_is_wrong_with_them(
    own_bundled: Database,
) -> None:
    """So each row is refused for what it says."""
    _, secret = await new_key(own_bundled, "curate")
    async with served(own_bundled) as client:
        for case in (Case(vendor(), 201, ""), fact(201, "", funding())):
            answer = await send(client, case, bearer(secret))
            assert answer.status_code == 201, answer.text


async def test_names_in_two_normal_forms_are_one(own_bundled: Database) -> None:
    _, secret = await new_key(own_bundled, "curate")
    async with served(own_bundled) as client:
        case = Case(vendor(name="Cafe\u0301"), 201, "")
        assert (await send(client, case, bearer(secret))).json()["name"] == "Caf\xe9"


async def test_sql_is_a_name_like_any_other(own_bundled: Database) -> None:
    _, secret = await new_key(own_bundled, "curate")
    name = "'; drop table vendor-- $$ \\' % _"
    async with served(own_bundled) as client:
        answer = await send(client, Case(vendor(name=name), 201, ""), bearer(secret))
        assert (answer.status_code, answer.json()["name"]) == (201, name)


async def test_of_two_at_once_one_is_stored(own_bundled: Database) -> None:
    _, secret = await new_key(own_bundled, "curate")
    async with served(own_bundled) as client:
        tag = (await client.get("/v1/vendors/openai")).headers["etag"]
        cases = [patched(0, "", if_match=tag)._replace(
            body=json.dumps({"name": name, "comment": "w"}).encode()) for name in "AB"]  # fmt: skip
        answers = await asyncio.gather(*(send(client, c, bearer(secret)) for c in cases))
    assert sorted(a.status_code for a in answers) == [200, 412]


async def revision(client: httpx.AsyncClient) -> str:
    return (await client.get("/v1/markets")).headers["dataset-revision"]


async def send(client: httpx.AsyncClient, case: Case, headers: dict[str, str]) -> httpx.Response:
    request = client.build_request(
        case.method, "/", content=case.body, headers=[*headers.items(), *case.headers.items()]
    )
    request.url = request.url.copy_with(raw_path=case.path.encode())
    return await client.send(request)
