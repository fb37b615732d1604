"""Corrections: said by anyone, decided by a curator, and the trace stays."""

import asyncio
from collections.abc import AsyncIterator
from ipaddress import ip_network
from typing import Any

import httpx
import msgspec
import pytest

from service import limits
from service.store.database import Database
from tests.answers import assert_problem, bearer, left
from tests.clients import CLOSED, SETTINGS, Editor, quota, served
from tests.make import new_key

CONTACT = "reader@example.org"
WRONG = {
    "collection": "products", "record_id": "kimi", "field": "launched", "proposed": "2023-10-10",
    "statement": "It opened a day later.", "source_url": "https://example.org/kimi",
    "contact": CONTACT,
}  # fmt: skip
YES = {"decision": "accepted", "reason": "The page says so.", "apply": True}
NO = {"decision": "rejected", "reason": "The page says otherwise."}


@pytest.fixture
async def curator(own_bundled: Database) -> AsyncIterator[Editor]:
    _, secret = await new_key(own_bundled, "curate")
    async with served(own_bundled) as client:
        yield Editor(client, bearer(secret))


async def report(curator: Editor, **changed: Any) -> dict[str, Any]:
    body = {k: v for k, v in {**WRONG, **changed}.items() if v is not ...}
    answer = await curator.client.post("/v1/corrections", json=body)
    assert answer.status_code == 201, answer.text
    assert answer.headers["location"] == answer.json()["href"]
    return dict(answer.json())


async def decide(curator: Editor, correction: dict[str, Any], body: Any) -> httpx.Response:
    return await curator.send("POST", f"{correction['href']}/decision", body)


async def test_anyone_may_say_what_is_wrong_and_nothing_changes_yet(curator: Editor) -> None:
    before = await curator.revision()
    made = await report(curator)
    assert (made["status"], made["decision"], made["proposed"]) == ("open", None, "2023-10-10")
    assert await curator.revision() == before
    read = await curator.client.get(made["href"])
    assert read.json() == made
    record = (await curator.client.get(made["links"]["record"])).json()
    assert record["launched"] == "2023-10-09"


async def test_what_is_accepted_is_written_in_the_revision_that_it_names(curator: Editor) -> None:
    made, before = await report(curator), await curator.revision()
    answer = await decide(curator, made, YES)
    assert answer.status_code == 200, answer.text
    assert await curator.revision() == before + 1 == int(answer.headers["dataset-revision"])
    trace = (await curator.client.get(made["href"])).json()
    assert trace["status"] == "accepted"
    decision = trace["decision"]
    assert (decision["reason"], decision["revision"]) == (YES["reason"], before + 1)
    assert decision["decided_by"].startswith("curate key (key_")
    assert trace["links"]["revision"] == f"/v1/revisions/{before + 1}"
    (version, *_) = (await curator.client.get(trace["links"]["history"])).json()["data"]
    assert version["record"]["launched"] == "2023-10-10"
    assert version["comment"] == f"{made['id']}: {YES['reason']}"


async def test_what_is_rejected_leaves_the_base_as_it_is(curator: Editor) -> None:
    made, before = await report(curator), await curator.revision()
    answer = await decide(curator, made, NO)
    assert (answer.status_code, answer.json()["status"]) == (200, "rejected")
    assert answer.json()["decision"]["revision"] is None
    assert await curator.revision() == before


async def test_an_edit_made_before_is_named_by_its_revision(curator: Editor) -> None:
    made, newest = await report(curator), await curator.revision()
    held = {"decision": "accepted", "reason": "Edited by hand.", "revision": newest}
    answer = await decide(curator, made, held)
    assert answer.json()["decision"]["revision"] == newest == await curator.revision()
    other = await report(curator)
    far = await decide(curator, other, {**held, "revision": newest + 1})
    problem = assert_problem(far, 422, "validation_failed")
    assert problem["errors"][0]["code"] == "revision_unknown"


async def test_a_correction_is_decided_once(curator: Editor) -> None:
    made = await report(curator)
    await decide(curator, made, NO)
    before = await curator.revision()
    for body in (NO, YES):
        assert_problem(await decide(curator, made, body), 409, "already_decided")
    assert await curator.revision() == before


async def test_of_two_who_decide_at_once_one_is_told_too_late(curator: Editor) -> None:
    made, before = await report(curator), await curator.revision()
    answers = await asyncio.gather(*(decide(curator, made, YES) for _ in range(4)))
    assert sorted(a.status_code for a in answers) == [200, 409, 409, 409]
    assert await curator.revision() == before + 1


async def test_what_the_record_says_already_is_not_applied(curator: Editor) -> None:
    made, before = await report(curator, proposed="2023-10-09"), await curator.revision()
    problem = assert_problem(await decide(curator, made, YES), 422, "validation_failed")
    assert problem["errors"][0]["pointer"] == "/apply"
    assert await curator.revision() == before
    assert (await curator.client.get(made["href"])).json()["status"] == "open"


async def test_a_value_can_be_proposed_away(curator: Editor) -> None:
    made = await report(curator, proposed=None)
    assert (made["has_proposed"], made["proposed"]) == (True, None)
    assert (await decide(curator, made, YES)).status_code == 200
    assert (await curator.client.get("/v1/products/kimi")).json()["launched"] is None
    unsaid = await report(curator, proposed=..., field=...)
    assert (unsaid["has_proposed"], unsaid["field"]) == (False, None)
    assert_problem(await decide(curator, unsaid, YES), 422, "validation_failed")


async def test_only_curators_see_the_contact(curator: Editor, own_bundled: Database) -> None:
    made = await report(curator)
    assert made["contact"] is None
    _, secret = await new_key(own_bundled, "write")
    for path in (made["href"], "/v1/corrections"):
        for headers in ({}, bearer(secret)):
            answer = await curator.client.get(path, headers=headers)
            assert CONTACT not in answer.text
            assert "public" in answer.headers["cache-control"]
        seen = await curator.client.get(path, headers=curator.headers)
        assert CONTACT in seen.text
        assert "private" in seen.headers["cache-control"]
    assert CONTACT not in (await curator.client.get(made["href"])).text


FAULTS: list[tuple[dict[str, Any], str, str, list[str]]] = [
    ({"collection": "product"}, "/collection", "unknown_value", ["products"]),
    ({"record_id": "kimmi"}, "/record_id", "unknown_reference", ["kimi"]),
    ({"field": "launch"}, "/field", "unknown_field", ["launched"]),
    ({"field": ...}, "/proposed", "validation_failed", []),
    ({"field": "status", "proposed": "active"}, "/proposed", "validation_failed", []),
    ({"proposed": "2023-13"}, "/proposed", "invalid_date", []),
    ({"proposed": 2023}, "/proposed", "validation_failed", []),
    ({"field": "market_ids", "proposed": None}, "/proposed", "validation_failed", []),
    ({"field": "vendor_id", "proposed": "moonshot"}, "/proposed", "unknown_reference",
     ["moonshot-ai"]),
    ({"field": "market_ids", "proposed": ["chat-assistants", "chatassistants"]}, "/proposed/1",
     "unknown_reference", ["chat-assistants"]),
    ({"field": "names", "proposed": {"zh": ""}}, "/proposed/zh", "validation_failed", []),
    ({"field": "note", "proposed": "x" * 9000}, "/proposed", "validation_failed", []),
    ({"statement": ""}, "/statement", "validation_failed", []),
    ({"statement": "x" * 2001}, "/statement", "validation_failed", []),
    ({"statement": "a\x07b"}, "/statement", "invalid_value", []),
    ({"source_url": "javascript:alert(1)"}, "/source_url", "validation_failed", []),
    ({"contact": "x" * 201}, "/contact", "validation_failed", []),
    ({"nope": 1}, "/nope", "unknown_field", []),
    ({"comment": "why"}, "/comment", "unknown_field", []),
]  # fmt: skip


@pytest.mark.parametrize(("changed", "pointer", "code", "near"), FAULTS)
async def test_what_no_curator_could_use_is_refused(
    client: httpx.AsyncClient, changed: dict[str, Any], pointer: str, code: str, near: list[str]
) -> None:
    body = {k: v for k, v in {**WRONG, **changed}.items() if v is not ...}
    answer = await client.post("/v1/corrections", json=body)
    (fault,) = assert_problem(answer, 422, "validation_failed")["errors"]
    assert (fault["pointer"], fault["code"]) == (pointer, code)
    assert fault.get("did_you_mean", [])[:1] == near
    assert (await client.get("/v1/corrections")).json()["data"] == []


@pytest.mark.parametrize("proposed", [
    "[" * 3000 + "]" * 3000, *('{"en":' * depth + "1" + "}" * depth for depth in (300, 900, 3000)),
])  # fmt: skip
async def test_deep_nesting_is_refused(client: httpx.AsyncClient, proposed: str) -> None:
    raw = ('{"collection":"products","record_id":"kimi","statement":"x","field":"names",'
           f'"proposed":{proposed}}}')  # fmt: skip
    headers = {"content-type": "application/json"}
    answer = await client.post("/v1/corrections", content=raw, headers=headers)
    assert answer.status_code in (400, 422), answer.text


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"decision": "accepted", "reason": "x"}, "/apply"),
        ({**YES, "revision": 1}, "/apply"),
        ({**NO, "apply": True}, "/apply"),
        ({**NO, "revision": 1}, "/revision"),
        ({"decision": "maybe", "reason": "x"}, "/decision"),
        ({"decision": "rejected"}, "/reason"),
        ({**NO, "revision": 0}, "/revision"),
    ],
)
async def test_a_decision_says_one_thing(
    curator: Editor, body: dict[str, Any], pointer: str
) -> None:
    made = await report(curator)
    problem = assert_problem(await decide(curator, made, body), 422, "validation_failed")
    assert [fault["pointer"] for fault in problem["errors"]] == [pointer]


async def test_a_retired_record_is_named_as_such(curator: Editor) -> None:
    fact = (await curator.client.get("/v1/adoptions?limit=1")).json()["data"][0]["id"]
    why = "?comment=no"
    await curator.send("DELETE", f"/v1/adoptions/{fact}{why}", if_match="*")
    body = {"collection": "adoptions", "record_id": fact, "statement": "It is true."}
    answer = await curator.client.post("/v1/corrections", json=body)
    assert (
        "retired in revision"
        in assert_problem(answer, 422, "validation_failed")["errors"][0]["detail"]
    )


async def test_pages_hold_every_correction_once_and_filters_keep_theirs(curator: Editor) -> None:
    made = [await report(curator) for _ in range(3)]
    other = await report(curator, record_id="doubao", field=..., proposed=...)
    await decide(curator, other, {"decision": "duplicate", "reason": "Known."})
    walked: list[str] = []
    path = "/v1/corrections?limit=2"
    while path:
        page = (await curator.client.get(path)).json()
        walked += [correction["id"] for correction in page["data"]]
        path = page["page"]["next"]
    assert walked == [c["id"] for c in (other, *reversed(made))]
    for asked, found in (("status=duplicate", 1), ("status=open&record_id=kimi", 3),
                         ("collection=vendors", 0), ("collection=products", 4)):  # fmt: skip
        listed = (await curator.client.get(f"/v1/corrections?{asked}")).json()["data"]
        assert len(listed) == found, asked
    for wrong, code in (("status=closed", "unknown_value"), ("cursor=x", "cursor_invalid"),
                        ("nope=1", "unknown_parameter")):  # fmt: skip
        assert_problem(await curator.client.get(f"/v1/corrections?{wrong}"), 400, code)


async def test_a_list_is_read_again_only_when_something_came(curator: Editor) -> None:
    made = await report(curator)
    first = await curator.client.get("/v1/corrections")
    known = {"if-none-match": first.headers["etag"]}
    assert (await curator.client.get("/v1/corrections", headers=known)).status_code == 304
    await decide(curator, made, NO)
    assert (await curator.client.get("/v1/corrections", headers=known)).status_code == 200


async def test_a_repeated_report_has_one_effect(curator: Editor) -> None:
    answers = [
        await curator.client.post("/v1/corrections", json=WRONG, headers={"idempotency-key": "k"})
        for _ in range(2)
    ]
    assert answers[0].json() == answers[1].json()
    assert answers[1].headers["idempotent-replayed"] == "true"
    assert len((await curator.client.get("/v1/corrections")).json()["data"]) == 1


async def test_dry_runs_leave_nothing(curator: Editor) -> None:
    tried = await curator.client.post("/v1/corrections?dry_run=true", json=WRONG)
    assert (tried.status_code, tried.headers["dry-run"]) == (201, "true")
    assert (await curator.client.get("/v1/corrections")).json()["data"] == []
    made, before = await report(curator), await curator.revision()
    for body in (YES, NO):
        answer = await curator.send("POST", f"{made['href']}/decision?dry_run=true", body)
        assert answer.status_code == 200, answer.text
    assert await curator.revision() == before
    assert (await curator.client.get(made["href"])).json()["status"] == "open"


async def test_a_report_costs_five(own_bundled: Database) -> None:
    async with served(own_bundled, quota(36)) as client:
        assert left(await client.get("/v1/products")) == 35
        await report(Editor(client, {}))
        assert left(await client.get("/v1/limits")) == 30


async def test_a_flood_is_held_back(curator: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CORRECTIONS_OPEN_MAX", 1)
    made = await report(curator)
    full = await curator.client.post("/v1/corrections", json=WRONG)
    assert_problem(full, 503, "busy")
    await decide(curator, made, NO)
    await report(curator)


async def test_deciding_needs_the_scope_curate(curator: Editor, own_bundled: Database) -> None:
    made = await report(curator)
    path = f"{made['href']}/decision"
    assert_problem(await curator.client.post(path, json=NO), 401, "unauthenticated")
    _, secret = await new_key(own_bundled, "write")
    refused = await curator.client.post(path, json=NO, headers=bearer(secret))
    assert "scope curate" in assert_problem(refused, 403, "forbidden")["detail"]
    unknown = await curator.send("POST", f"/v1/corrections/cor_{'0' * 26}/decision", NO)
    assert_problem(unknown, 404, "not_found")
    assert_problem(await curator.client.get("/v1/corrections/cor_x"), 404, "not_found")


async def test_a_closed_base_takes_reports_of_its_readers_only(own_bundled: Database) -> None:

    _, secret = await new_key(own_bundled, "read")
    async with served(own_bundled, CLOSED) as client:
        assert_problem(await client.post("/v1/corrections", json=WRONG), 401, "unauthenticated")
        assert_problem(await client.get("/v1/corrections"), 401, "unauthenticated")
        made = await client.post("/v1/corrections", json=WRONG, headers=bearer(secret))
        assert made.status_code == 201


async def test_one_sender_and_those_without_a_key_leave_room_for_others(
    own_bundled: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "CORRECTIONS_OPEN_OF_ONE", 2)
    monkeypatch.setattr(limits, "CORRECTIONS_OPEN_MAX", 6)
    _, secret = await new_key(own_bundled, "read")
    proxied = msgspec.structs.replace(SETTINGS, trusted_proxies=(ip_network("127.0.0.0/8"),))
    async with served(own_bundled, proxied) as client:

        async def sent(address: str, **headers: str) -> httpx.Response:
            named = {"x-forwarded-for": address, **headers}
            return await client.post("/v1/corrections", json=WRONG, headers=named)

        told = [await sent(f"192.0.2.{n}") for n in (1, 1, 1, 2, 3)]
        assert [answer.status_code for answer in told] == [201, 201, 503, 201, 503]
        for refused in (told[2], told[4]):
            assert_problem(refused, 503, "busy")
            assert refused.headers["retry-after"] == "3600"
        assert "key" in told[4].json()["detail"]
        keyed = [await sent("192.0.2.1", **bearer(secret)) for _ in range(3)]
        assert [answer.status_code for answer in keyed] == [201, 201, 503]
