"""One body, every fault: shape, values, references and the missing comment in one answer."""

import json
import random
from typing import Any

import pytest

from service.model.errors import pointer_to
from tests.answers import assert_problem
from tests.clients import PAGE, WHY, Editor

WRONG, UNKNOWN, LOST = "validation_failed", "unknown_field", "unknown_reference"
Told = set[tuple[str, str]]


def told(problem: dict[str, Any]) -> list[tuple[str, str]]:
    return sorted((error["code"], error["pointer"]) for error in problem["errors"])


async def refused(editor: Editor, method: str, path: str, body: Any, status: int = 422,
                  code: str = WRONG) -> list[tuple[str, str]]:  # fmt: skip
    before = await editor.revision()
    answer = await editor.send(method, path, body)
    assert await editor.revision() == before
    return told(assert_problem(answer, status, code))


FACT = {"product_id": "kimi", "feature_id": "memory", "stage": "ga", "date": "2026-10-01",
        "sources": [PAGE], **WHY}  # fmt: skip
# What breaks a fact: the member, its value (... takes it away), what is told.
BREAKS: list[tuple[str, Any, Told]] = [
    ("product_id", "kimmi", {(LOST, "/product_id")}),
    ("feature_id", 5, {(WRONG, "/feature_id")}),
    ("stage", ..., {(WRONG, "/stage")}),
    ("date", "2024-13", {("invalid_date", "/date")}),
    ("until", {}, {(WRONG, "/until")}),
    ("sources", [PAGE, "no address"], {(WRONG, "/sources/1")}),
    ("source_ids", ["src_nope", 5], {(LOST, "/source_ids/0"), (WRONG, "/source_ids/1")}),
    ("note", "a\u202eb\x07", {("invalid_value", "/note")}),
    ("comment", ..., {("comment_required", "/comment")}),
    ("a/b~c", 1, {(UNKNOWN, pointer_to("a/b~c"))}),
    ("revision", 1, {(UNKNOWN, "/revision")}),
]


@pytest.mark.parametrize("seed", range(4))
async def test_a_fact_with_k_faults_is_told_these_k(editor: Editor, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(6):
        chosen = chance.sample(BREAKS, chance.randint(2, len(BREAKS)))
        body = {**FACT}
        for member, value, _ in chosen:
            body.pop(member, None)
            if value is not ...:
                body[member] = value
        expected = sorted(set[tuple[str, str]]().union(*(faults for *_, faults in chosen)))
        assert await refused(editor, "POST", "/v1/adoptions", body) == expected


async def test_an_entity_is_told_everything_with_the_places_of_its_lists(editor: Editor) -> None:
    body = {"name": 5, "vendor_id": "nope", "market_ids": ["chat-assistants", "nowhere", "B B"],
            "aliases": ["a", "\x07"], "launched": "2024-13", "sources": "x"}  # fmt: skip
    assert await refused(editor, "PUT", "/v1/products/acme", body) == sorted([
        (WRONG, "/name"), (LOST, "/vendor_id"), (LOST, "/market_ids/1"), (WRONG, "/market_ids/2"),
        ("invalid_value", "/aliases/1"), ("invalid_date", "/launched"), (WRONG, "/sources"),
        ("comment_required", "/comment"),
    ])  # fmt: skip


async def test_places_are_those_of_the_body_that_was_sent(editor: Editor) -> None:
    source = (await editor.client.get("/v1/sources?limit=1")).json()["data"][0]["id"]
    body = {**FACT, "source_ids": [source], "sources": [PAGE, "bad"], "status": 5}
    assert await refused(editor, "POST", "/v1/adoptions", body) == sorted(
        [(WRONG, "/sources/1"), (WRONG, "/status")]
    )
    names = {"name": "\x07", "names": {"en": "hidden", "zh": "\x07"}, **WHY}
    assert await refused(editor, "PUT", "/v1/vendors/acme", names) == sorted(
        [("invalid_value", "/name"), ("invalid_value", "/names/zh")]
    )
    strange = {**FACT, "source_ids": "src_x"}
    assert await refused(editor, "POST", "/v1/adoptions", strange) == [(WRONG, "/source_ids")]


async def test_a_patch_is_told_everything(editor: Editor) -> None:
    answer = await editor.send(
        "PATCH", "/v1/products/kimi", {"vendor_id": "nope", "launched": 5, "score": 1}, if_match="*"
    )
    assert told(assert_problem(answer, 422, WRONG)) == sorted([
        (LOST, "/vendor_id"), (WRONG, "/launched"), (UNKNOWN, "/score"),
        ("comment_required", "/comment"),
    ])  # fmt: skip


async def test_merges_and_disputes_are_told_everything(editor: Editor) -> None:
    into = {"into": "kimmi", "x/y": 1}
    assert await refused(editor, "POST", "/v1/products/kimi/merge", into) == [
        ("comment_required", "/comment"), (UNKNOWN, "/x~1y"), (LOST, "/into"),
    ]  # fmt: skip
    assert await refused(editor, "POST", "/v1/products/kimi/merge", {"nope": 1, **WHY}) == [
        ("invalid_value", "/into"), (UNKNOWN, "/nope"),
    ]  # fmt: skip
    fact = (await editor.client.get("/v1/adoptions?limit=1")).json()["data"][0]["id"]
    path = f"/v1/adoptions/{fact}"
    assert await refused(editor, "POST", f"{path}/dispute", {"with": "adp_x", "nope": 1}) == [
        ("comment_required", "/comment"), (UNKNOWN, "/nope"), (LOST, "/with"),
    ]  # fmt: skip
    assert await refused(editor, "POST", f"{path}/dispute", {"with": 5}) == [
        ("comment_required", "/comment"), (WRONG, "/with"),
    ]  # fmt: skip


async def test_corrections_and_decisions_are_told_everything(editor: Editor) -> None:
    body = {"collection": "products", "record_id": "nope", "statement": 5, "field": "launch",
            "source_url": "no", "contact": "\x07", "x": 1}  # fmt: skip
    assert await refused(editor, "POST", "/v1/corrections", body) == sorted([
        (LOST, "/record_id"), (WRONG, "/statement"), (UNKNOWN, "/field"), (WRONG, "/source_url"),
        ("invalid_value", "/contact"), (UNKNOWN, "/x"),
    ])  # fmt: skip
    broken = {"collection": "products", "record_id": "kimi", "field": 5, "proposed": 1}
    assert await refused(editor, "POST", "/v1/corrections", broken) == sorted(
        [(WRONG, "/field"), (WRONG, "/statement")]
    )
    decision = {"decision": "accepted", "reason": "\x07", "revision": 10**9, "apply": True, "x": 1}
    path = "/v1/corrections/cor_00000000000000000000000000/decision"
    assert await refused(editor, "POST", path, decision) == sorted([
        ("invalid_value", "/reason"), ("revision_unknown", "/revision"), (WRONG, "/apply"),
        (UNKNOWN, "/x"),
    ])  # fmt: skip


async def test_webhooks_are_told_everything(editor: Editor) -> None:
    body = {"url": "ftp://example.org", "types": ["vendor.creatd", 5], "colour": 1,
            "filter": {"kinds": ["vendr"]},
            "metric": {"metric": "/v1/nothing", "field": "x", "threshold": 1}}  # fmt: skip
    assert await refused(editor, "POST", "/v1/webhooks", body) == sorted([
        ("webhook_target_refused", "/url"), (WRONG, "/types/1"), (UNKNOWN, "/colour"),
        ("unknown_value", "/filter/kinds/0"), (WRONG, "/metric/metric"),
    ])  # fmt: skip
    paired = {"url": 5, "types": ["metric.changed"], "filter": {"where": {"vendor/x": ["a"]}}}
    assert await refused(editor, "POST", "/v1/webhooks", paired) == sorted([
        (WRONG, "/url"), (WRONG, "/metric"), (UNKNOWN, "/filter/where/vendor~1x"),
    ])  # fmt: skip


TWICE = [
    ("PUT", "/v1/vendors/acme", '{"name":"a","name":"b","names":{"zh":"x","zh":"y"},"launched":1}'),
    ("POST", "/v1/corrections", '{"names":{"a":1},"name":"a","name":"b","names":{"zh":1,"zh":2}}'),
]


@pytest.mark.parametrize(("method", "path", "body"), TWICE)
async def test_a_member_twice_is_told_with_its_place_and_the_rest(
    editor: Editor, method: str, path: str, body: str
) -> None:
    headers = {**editor.headers, "content-type": "application/json"}
    answer = await editor.client.request(method, path, content=body, headers=headers)
    found = told(assert_problem(answer, 400, "invalid_json"))
    assert {("invalid_json", "/name"), ("invalid_json", "/names/zh")} <= set(found)
    assert len(found) > 2


@pytest.mark.parametrize("charset", ["utf-16", "gbk", "ISO-8859-1"])
async def test_only_utf_8_is_read(editor: Editor, charset: str) -> None:
    body = json.dumps({"name": "Acme", **WHY}).encode()
    kind = f"application/json; charset={charset}"
    path, headers = "/v1/vendors/acme", {**editor.headers, "content-type": kind}
    answer = await editor.client.put(path, content=body, headers=headers)
    assert_problem(answer, 415, "unsupported_media_type")
    headers["content-type"] = 'application/json; charset="UTF-8"'
    assert (await editor.client.put(path, content=body, headers=headers)).status_code == 201


async def test_a_line_of_a_wrong_shape_is_told_what_it_points_at(editor: Editor) -> None:
    lines = [
        {"kind": "product", "id": "acme", "vendor": "nope", "markets": ["chat-assistants"],
         "name": 5, "launched": "2024-13"},
        {"kind": "adoption", "product": "kimmi", "feature": "memory", "stage": "beta"},
    ]  # fmt: skip
    answer = await editor.client.post(
        "/v1/imports?comment=x", content="\n".join(map(json.dumps, lines)),
        headers={**editor.headers, "content-type": "application/x-ndjson"},
    )  # fmt: skip
    problem = assert_problem(answer, 422, "import_row_failed")
    found = sorted((e["line"], e["code"], e["pointer"]) for e in problem["errors"])
    assert found == sorted([
        (1, LOST, "/vendor"), (1, WRONG, "/name"), (1, "invalid_date", "/launched"),
        (2, LOST, "/product"), (2, WRONG, "/stage"), (2, "source_required", "/sources"),
    ])  # fmt: skip
