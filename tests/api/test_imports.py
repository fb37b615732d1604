"""Imports over HTTP: a report per row, upsert and create, skip and abort, sent twice, CSV."""

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from service.store.database import Database
from tests.answers import assert_problem, bearer, exported
from tests.clients import CSV, IMPORTS, NDJSON, Importer, served
from tests.make import ADOPTION, MARKET, PRODUCT, SMALL, VENDOR, lines, new_key


@pytest.fixture
async def importer(database: Database) -> AsyncIterator[Importer]:
    _, secret = await new_key(database, "write")
    async with served(database) as client:
        yield Importer(client, database, bearer(secret))


def counts(answer: httpx.Response) -> list[int]:
    assert answer.status_code == 200, answer.text
    return list(answer.json()["counts"].values())


async def test_a_file_is_one_revision_and_told_row_by_row(importer: Importer) -> None:
    answer = await importer.send(*SMALL)
    told = answer.json()
    assert counts(answer) == [5, 5, 0, 0, 0]
    assert (told["status"], told["revision"], told["would_be_revision"]) == ("done", 1, None)
    assert told["sha256"] == hashlib.sha256(b"\n".join(lines(*SMALL))).hexdigest()
    assert answer.headers["location"] == told["href"] == f"/v1/imports/{told['id']}"
    assert answer.headers["dataset-revision"] == "1"
    fact = (await importer.get("/v1/adoptions")).json()["data"][0]["id"]
    assert told["rows"][:2] == [
        {"line": 1, "outcome": "created", "kind": "adoption", "id": fact},
        {"line": 2, "outcome": "created", "kind": "product", "id": "p"},
    ]


async def test_the_same_file_again_takes_no_revision_and_is_recorded(importer: Importer) -> None:
    first = (await importer.send(*SMALL)).json()
    again = await importer.send(*SMALL)
    assert counts(again) == [5, 0, 0, 5, 0]
    assert (again.json()["revision"], again.headers["dataset-revision"]) == (None, "1")
    assert await importer.database.revision() == 1
    listed = (await importer.get("/v1/imports")).json()["data"]
    assert [job["id"] for job in listed] == [again.json()["id"], first["id"]]
    await importer.send({**VENDOR, "name": "Other"})
    assert await importer.database.revision() == 2


async def test_faults_and_nothing_is_stored(importer: Importer) -> None:
    wrong = {**ADOPTION, "product": "pp", "feature": "ff", "date": "2025"}
    answer = await importer.send(*SMALL, wrong, {**PRODUCT, "id": "X"})
    body = assert_problem(answer, 422, "import_row_failed")
    assert [(e["line"], e["code"], e["pointer"]) for e in body["errors"]] == [
        (6, "unknown_reference", "/feature"),
        (6, "unknown_reference", "/product"),
        (7, "validation_failed", "/id"),
    ]
    assert body["errors"][0]["did_you_mean"] == ["f"]
    assert body["detail"] == "2 rows of 7 failed; nothing was stored."
    assert (await importer.database.revision(), await importer.count()) == (0, 0)


async def test_skip_stores_the_good_rows_and_tells_the_others(importer: Importer) -> None:
    orphan = {**ADOPTION, "product": "q", "date": "2025", "sources": ["https://example.org/new"]}
    answer = await importer.send(orphan, *SMALL, ask="&on_error=skip&limit=2")
    told = answer.json()
    assert counts(answer) == [6, 5, 0, 0, 1]
    assert [(r["line"], r["outcome"]) for r in told["rows"]] == [
        (1, "failed"), (2, "created"), (3, "created"),
    ]  # fmt: skip
    assert told["rows"][0]["errors"][0]["pointer"] == "/product"
    failed = (await importer.get(f"{told['href']}/rows?outcome=failed")).json()
    assert failed["data"] == told["rows"][:1]
    sources = (await importer.get("/v1/sources")).json()["data"]
    assert [s["url"] for s in sources] == ADOPTION["sources"]


@pytest.mark.parametrize("ask", ["", "&on_error=skip"])
async def test_a_dry_run_tells_what_would_be_and_stores_nothing(
    importer: Importer, ask: str
) -> None:
    answer = await importer.send(*SMALL, {**ADOPTION, "feature": "g"}, ask=f"&dry_run=true{ask}")
    told = answer.json()
    assert answer.headers["dry-run"] == "true"
    assert counts(answer) == [6, 5, 0, 0, 1]
    assert (told["id"], told["revision"], told["dry_run"]) == (None, None, True)
    assert told["would_be_revision"] == (1 if ask else None)
    assert told["status"] == ("done" if ask else "failed")
    assert (await importer.database.revision(), await importer.count()) == (0, 0)


async def test_create_refuses_what_stands_already_be_it_the_same(importer: Importer) -> None:
    await importer.send(*SMALL)
    new = {**VENDOR, "id": "other"}
    answer = await importer.send(ADOPTION, VENDOR, new, ask="&mode=create")
    errors = assert_problem(answer, 422, "import_row_failed")["errors"]
    assert [(e["line"], e["code"], e.get("pointer", "")) for e in errors] == [
        (1, "conflict_natural_key", ""), (2, "already_exists", "/id"),
    ]  # fmt: skip
    skipped = await importer.send(ADOPTION, VENDOR, new, ask="&mode=create&on_error=skip")
    assert counts(skipped) == [3, 1, 0, 0, 2]


async def test_a_fact_given_the_natural_key_of_another_is_a_fault_with_its_line(
    importer: Importer,
) -> None:
    other = {**ADOPTION, "date": "2025"}
    rows = (await importer.send(*SMALL, other)).json()["rows"]
    first, second = rows[0]["id"], rows[5]["id"]
    answer = await importer.send({**other, "id": first})
    errors = assert_problem(answer, 422, "import_row_failed")["errors"]
    assert [(e["line"], e["code"]) for e in errors] == [(1, "conflict_natural_key")]
    assert second in errors[0]["detail"]
    twice = await importer.send({**ADOPTION, "id": first, "date": "2026"}, ADOPTION)
    errors = assert_problem(twice, 422, "import_row_failed")["errors"]
    assert [(e["line"], e["code"]) for e in errors] == [(2, "conflict_natural_key")]


async def test_a_file_sent_twice_under_one_key_has_one_effect(importer: Importer) -> None:
    first = await importer.send(*SMALL, idempotency_key="one")
    again = await importer.send(*SMALL, idempotency_key="one")
    assert again.content == first.content
    assert again.headers["idempotent-replayed"] == "true"
    unchanged = [await importer.send(*SMALL, idempotency_key="two") for _ in range(2)]
    assert unchanged[0].content == unchanged[1].content
    assert unchanged[1].headers["dataset-revision"] == "1"
    assert await importer.count() == 2
    other = await importer.send(VENDOR, idempotency_key="one")
    assert_problem(other, 422, "idempotency_key_reused")


async def test_the_loser_of_a_race_gets_the_first_answer(importer: Importer) -> None:
    answers = await asyncio.gather(
        *(importer.send(*SMALL, idempotency_key="race") for _ in range(5))
    )
    assert len({answer.content for answer in answers}) == 1
    assert sum("idempotent-replayed" in answer.headers for answer in answers) == 4
    assert (await importer.database.revision(), await importer.count()) == (1, 1)


async def test_csv_of_one_kind(importer: Importer) -> None:
    await importer.send(*SMALL)
    body = (
        b"\xef\xbb\xbfproduct_id,feature,stage,date,sources\r\np,f,preview,2024-01,urn:a|urn:b\r\n"
    )
    answer = await importer.csv("adoption", body)
    assert (counts(answer), answer.json()["kind"]) == ([1, 1, 0, 0, 0], "adoption")
    assert b'"urn:a","urn:b"' in (await exported(importer.database)).replace(b" ", b"")
    wrong = await importer.csv("adoption", body.replace(b"stage", b"stag"))
    (error,) = assert_problem(wrong, 422, "import_row_failed")["errors"]
    assert (error["line"], error["did_you_mean"][0]) == (1, "stage")


async def test_a_broken_csv_is_refused_though_rows_may_be_skipped(importer: Importer) -> None:
    answer = await importer.csv("vendor", b'id,name\na,A\nb,"B', "&on_error=skip")
    (error,) = assert_problem(answer, 422, "import_row_failed")["errors"]
    assert (error["line"], error["code"]) == (3, "invalid_csv")
    assert await importer.database.revision() == 0


async def test_rows_and_imports_are_paged(importer: Importer) -> None:
    for n in range(5):
        await importer.send(MARKET, {**VENDOR, "id": f"v{n}"}, {**VENDOR, "id": f"w{n}"})
    seen: list[str] = []
    path = "/v1/imports?limit=2"
    while path:
        page = (await importer.get(path)).json()
        seen += [job["id"] for job in page["data"]]
        after = page["page"]["next_cursor"]
        path = f"/v1/imports?limit=2&cursor={after}" if after else ""
    assert seen == sorted(seen, reverse=True)
    assert len(seen) == 5
    rows = f"/v1/imports/{seen[0]}/rows"
    first = (await importer.get(f"{rows}?limit=2")).json()
    rest = (await importer.get(f"{rows}?limit=2&cursor={first['page']['next_cursor']}")).json()
    assert [r["line"] for r in first["data"] + rest["data"]] == [1, 2, 3]
    assert [r["outcome"] for r in first["data"] + rest["data"]] == ["unchanged", *["created"] * 2]
    only = (await importer.get(f"{rows}?outcome=unchanged")).json()["data"]
    assert [r["id"] for r in only] == ["m"]


JSON = {"content-type": "application/json"}
REFUSED = {
    "no comment": ("/v1/imports", NDJSON, 422, "comment_required"),
    "no media type": (IMPORTS, {}, 415, "unsupported_media_type"),
    "plain text": (IMPORTS, {"content-type": "text/plain"}, 415, "unsupported_media_type"),
    "JSON of a kind": (IMPORTS + "&kind=adoption", JSON, 400, "incompatible_parameters"),
    "gzip": (IMPORTS, {**NDJSON, "content-encoding": "gzip"}, 415, "unsupported_media_type"),
    "CSV of no kind": (IMPORTS, CSV, 400, "empty_value"),
    "CSV of an unknown kind": (IMPORTS + "&kind=adoptions", CSV, 400, "unknown_value"),
    "NDJSON of a kind": (IMPORTS + "&kind=adoption", NDJSON, 400, "incompatible_parameters"),
    "unknown mode": (IMPORTS + "&mode=insert", NDJSON, 400, "unknown_value"),
    "unknown on_error": (IMPORTS + "&on_error=ignore", NDJSON, 400, "unknown_value"),
    "unknown parameter": (IMPORTS + "&dryrun=true", NDJSON, 400, "unknown_parameter"),
    "limit": (IMPORTS + "&limit=0", NDJSON, 400, "invalid_value"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("path", "headers", "status", "code"), REFUSED.values(), ids=REFUSED.keys()
)
async def test_what_is_asked_wrongly_is_refused(
    importer: Importer, path: str, headers: dict[str, str], status: int, code: str
) -> None:
    answer = await importer.client.post(
        path, content=b"\n".join(lines(*SMALL)), headers={**importer.headers, **headers}
    )
    assert_problem(answer, status, code)
    assert await importer.database.revision() == 0


async def test_cursors_and_ids_that_are_none(importer: Importer) -> None:
    assert_problem(await importer.get("/v1/imports?cursor=x"), 400, "cursor_invalid")
    assert_problem(await importer.get("/v1/imports/imp_nope"), 404, "not_found")
    assert_problem(await importer.get("/v1/imports/imp_nope/rows"), 404, "not_found")
    told = (await importer.send(VENDOR)).json()
    rows = f"{told['href']}/rows"
    assert_problem(await importer.get(f"{rows}?cursor=-1"), 400, "cursor_invalid")
    assert_problem(await importer.get(f"{rows}?cursor=999999999"), 400, "cursor_invalid")
    assert_problem(await importer.get(f"{rows}?outcome=lost"), 400, "unknown_value")


HOSTILE_BODIES = {
    "empty": b"",
    "blank lines": b"\n\r\n \n",
    "NUL": b"\x00\x00\n\x00",
    "binary": bytes(range(256)) * 20,
    "nested": b'{"kind":"vendor","id":"a","x":' + b"[" * 200_000,
    "long unknown field": b'{"kind":"vendor","id":"a","' + b"x" * 900_000 + b'":1}',
    "NUL in an unknown field": b'{"kind":"vendor","id":"a","\\u0000":1}',
    "surrogate": rb'{"kind":"vendor","id":"a","name":"\ud800"}',
    "every fault": b"{}\n" * 3000,
}


@pytest.mark.parametrize("body", HOSTILE_BODIES.values(), ids=HOSTILE_BODIES.keys())
async def test_hostile_bodies(importer: Importer, body: bytes) -> None:
    for ask in ("", "&on_error=skip", "&dry_run=true"):
        for answer in (await importer.post(body, ask), await importer.csv("vendor", body, ask)):
            assert answer.status_code in (200, 422), answer.text
            assert len(answer.content) < 1_000_000
    assert await importer.database.revision() == 0


async def test_a_file_that_is_nearly_all_wrong_is_given_up(importer: Importer) -> None:
    answer = await importer.post(b"{}\n" * 20_000, "&on_error=skip")
    body = assert_problem(answer, 422, "import_row_failed")
    assert (len(body["errors"]), "Given up after 10001 rows" in body["detail"]) == (1000, True)


async def test_so_is_one_whose_rows_nearly_all_dangle(importer: Importer) -> None:
    head = b"product,feature,stage,date,sources\n"
    body = head + b"".join(b"q%d,f,ga,2024,urn:a\n" % n for n in range(10_200))
    answer = await importer.csv("adoption", body, "&on_error=skip")
    told = assert_problem(answer, 422, "import_row_failed")
    assert "Given up" in told["detail"]


async def test_imports_are_for_keys_that_may_write(importer: Importer) -> None:
    told = (await importer.send(*SMALL)).json()
    _, reading = await new_key(importer.database, "read")
    for path in ("/v1/imports", told["href"], f"{told['href']}/rows"):
        assert_problem(await importer.client.get(path), 401, "unauthenticated")
        hidden = await importer.client.get(path, headers=bearer(reading))
        assert_problem(hidden, 403, "forbidden")
    answer = await importer.client.post(
        f"{told['href']}/revert?comment=x", headers=importer.headers
    )
    assert_problem(answer, 403, "forbidden")


async def test_the_answer_has_the_documented_shape(importer: Importer) -> None:
    document = (await importer.get("/openapi.json")).json()
    operation = document["paths"]["/v1/imports"]["post"]
    lines = {"application/x-ndjson", "text/csv", "application/json"}
    bodies = lines | {"application/vnd.apache.parquet"}
    assert set(operation["requestBody"]["content"]) == bodies
    shape = document["components"]["schemas"]["ImportReport"]
    told = (await importer.send(*SMALL)).json()
    assert set(told) == set(shape["properties"])
    assert json.dumps(operation["responses"]["200"]["content"]).count("ImportReport") == 1


@pytest.mark.parametrize(
    ("changed", "pointers"),
    [
        ({"markets": ["zz", MARKET["id"]]}, ["/markets/0"]),
        ({"markets": [MARKET["id"], "aa", "zz"]}, ["/markets/1", "/markets/2"]),
        ({"markets": ["zz", "aa", "zz"]}, ["/markets/0", "/markets/1"]),
        ({"markets": ["zz"]}, ["/markets/0"]),
        ({"markets": [MARKET["id"], "aa"], "launched": "never"}, ["/launched", "/markets/1"]),
        ({"vendor": "nobody"}, ["/vendor"]),
    ],
)
async def test_an_unknown_id_in_a_list_is_told_at_its_place(
    importer: Importer, changed: dict[str, Any], pointers: list[str]
) -> None:
    answer = await importer.send(MARKET, VENDOR, {**PRODUCT, **changed})
    told = sorted(error["pointer"] for error in answer.json()["errors"])
    assert told == pointers, answer.text


async def test_by_the_names_of_the_api_it_is_told_by_them(importer: Importer) -> None:
    product = {
        "object": "product",
        "id": "p",
        "name": "P",
        "vendor_id": VENDOR["id"],
        "market_ids": ["zz", MARKET["id"], "aa"],
    }
    answer = await importer.send(MARKET, VENDOR, product)
    assert {e["pointer"] for e in answer.json()["errors"]} == {"/market_ids/0", "/market_ids/2"}
