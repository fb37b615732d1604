"""Single records written over HTTP: made, replaced, changed, retired, and never overwritten."""

from typing import Any

import pytest

from tests.answers import assert_problem
from tests.clients import PAGE, WHY, Editor


async def test_a_vendor_is_made_under_its_own_id(editor: Editor) -> None:
    before = await editor.revision()
    body = {"name": "Acme", "names": {"zh": "极致"}, "country": "FR", **WHY}
    made = await editor.send("PUT", "/v1/vendors/acme", body, if_none_match="*")
    assert made.status_code == 201, made.text
    assert made.headers["location"] == "/v1/vendors/acme"
    assert int(made.headers["dataset-revision"]) == before + 1
    read = await editor.client.get("/v1/vendors/acme")
    assert read.json() == made.json()
    assert read.headers["etag"].replace("-gzip", "") == made.headers["etag"]
    assert read.json()["names"] == {"en": "Acme", "zh": "极致"}
    history = (await editor.client.get("/v1/vendors/acme/history")).json()["data"]
    assert [(v["operation"], v["comment"]) for v in history] == [("created", WHY["comment"])]
    assert history[0]["actor"].startswith("curate key (key_")


async def test_a_replacement_needs_what_was_read(editor: Editor) -> None:
    body = {"name": "Moonshot", "country": "CN", **WHY}
    blind = await editor.send("PUT", "/v1/vendors/moonshot-ai", body)
    assert_problem(blind, 428, "precondition_required")
    taken = await editor.send("PUT", "/v1/vendors/moonshot-ai", body, if_none_match="*")
    assert_problem(taken, 412, "precondition_failed")
    read = await editor.client.get("/v1/vendors/moonshot-ai")
    good = await editor.send("PUT", "/v1/vendors/moonshot-ai", body, if_match=read.headers["etag"])
    assert good.status_code == 200
    assert good.json()["names"] == {"en": "Moonshot"}
    stale = await editor.send("PUT", "/v1/vendors/moonshot-ai", {**body, "name": "M"},
                              if_match=read.headers["etag"])  # fmt: skip
    problem = assert_problem(stale, 412, "precondition_failed")
    assert "/names" in {error["pointer"] for error in problem["errors"]}


async def test_other_writes_do_not_make_a_reading_stale(editor: Editor) -> None:
    read = await editor.client.get("/v1/vendors/moonshot-ai")
    await editor.send("PUT", "/v1/vendors/acme", {"name": "Acme", **WHY})
    patched = await editor.send("PATCH", "/v1/vendors/moonshot-ai", {"aliases": ["Moon"], **WHY},
                                if_match=read.headers["etag"])  # fmt: skip
    assert patched.status_code == 200, patched.text


@pytest.mark.parametrize("tag", ['W/"r2-0123456789abcdef"', '"nonsense"', '"r99-0123456789abcdef"'])
async def test_weak_foreign_and_future_tags_match_nothing(editor: Editor, tag: str) -> None:
    answer = await editor.send("PATCH", "/v1/vendors/moonshot-ai", {"type": None, **WHY},
                               if_match=tag)  # fmt: skip
    assert_problem(answer, 412, "precondition_failed")


async def test_a_merge_patch_empties_by_null_and_replaces_lists(editor: Editor) -> None:
    old = (await editor.client.get("/v1/products/kimi")).json()
    patch = {"discontinued": "2026-10", "aliases": ["Kimi+"], "names": {"zh": None, "fr": "Kimi"}}
    answer = await editor.send(
        "PATCH", "/v1/products/kimi", {**patch, **WHY}, if_match="*",
        content_type="application/merge-patch+json",
    )  # fmt: skip
    new = answer.json()
    assert (new["discontinued"], new["aliases"], new["status"]) == (
        "2026-10", ["Kimi+"], "discontinued",
    )  # fmt: skip
    assert new["names"] == {"en": old["names"]["en"], "fr": "Kimi"}
    assert (new["source_ids"], new["market_ids"]) == (old["source_ids"], old["market_ids"])
    again = await editor.send("PATCH", "/v1/products/kimi", {"discontinued": None, **WHY},
                              if_match=answer.headers["etag"])  # fmt: skip
    assert again.json()["discontinued"] is None


async def test_a_patch_that_changes_nothing_takes_no_revision(editor: Editor) -> None:
    before = await editor.revision()
    answer = await editor.send("PATCH", "/v1/vendors/moonshot-ai", {"country": "CN", **WHY},
                               if_match="*")  # fmt: skip
    assert answer.status_code == 200
    assert int(answer.headers["dataset-revision"]) == before == await editor.revision()


FACT = {"product_id": "kimi", "feature_id": "memory", "stage": "ga", "date": "2026-10"}


async def test_a_fact_is_recorded_with_its_source_and_moves_the_figure(editor: Editor) -> None:
    path = "/v1/features/memory/time-to-copy?market=chat-assistants&on=2026-11-01"
    before = (await editor.client.get(path)).json()["result"]["n_copied"]
    old = await editor.revision()
    products = (await editor.client.get("/v1/products?market_ids=chat-assistants&limit=200")).json()
    having = {
        a["product_id"]
        for a in (await editor.client.get("/v1/adoptions?feature_id=memory&limit=200")).json()[
            "data"
        ]
    }
    product = next(
        p["id"] for p in products["data"]
        if p["id"] not in having and p["launched"] and p["status"] == "active"
    )  # fmt: skip
    fact = {**FACT, "product_id": product}
    made = await editor.send("POST", "/v1/adoptions", {**fact, "sources": [PAGE], **WHY})
    assert made.status_code == 201, made.text
    assert made.json()["evidence"] == "sourced"
    source = (await editor.client.get(f"/v1/sources/{made.json()['source_ids'][0]}")).json()
    assert source["url"] == PAGE
    assert (await editor.client.get(path)).json()["result"]["n_copied"] >= before
    then = (await editor.client.get(f"{path}&as_of=rev:{old}")).json()
    assert then["result"]["n_copied"] == before


async def test_a_fact_needs_a_source_or_says_that_it_has_none(editor: Editor) -> None:
    bare = await editor.send("POST", "/v1/adoptions", {**FACT, **WHY})
    problem = assert_problem(bare, 422, "validation_failed")
    assert [(e["code"], e["pointer"]) for e in problem["errors"]] == [
        ("source_required", "/sources")
    ]
    for spelling in ("status", "evidence"):
        said = await editor.send("POST", "/v1/adoptions?dry_run=true",
                                 {**FACT, spelling: "unsourced", **WHY})  # fmt: skip
        assert (said.status_code, said.json()["evidence"]) == (201, "unsourced"), said.text


async def test_every_fault_of_a_body_is_told_at_its_place(editor: Editor) -> None:
    body = {"product_id": "kimmi", "feature_id": "memory", "stage": "ga", "date": "2024-13",
            "datum": 1, "revision": 7, "source_ids": ["src_nope"]}  # fmt: skip
    answer = await editor.send("POST", "/v1/adoptions", {**body, **WHY})
    problem = assert_problem(answer, 422, "validation_failed")
    places = {(e["pointer"], e["code"]) for e in problem["errors"]}
    assert {("/date", "invalid_date"), ("/datum", "unknown_field"), ("/revision", "unknown_field"),
            ("/source_ids/0", "unknown_reference")} <= places  # fmt: skip
    fixed = {**FACT, "product_id": "kimmi", "sources": [PAGE]}
    unknown = await editor.send("POST", "/v1/adoptions", {**fixed, **WHY})
    (error,) = assert_problem(unknown, 422, "validation_failed")["errors"]
    assert (error["pointer"], error["code"]) == ("/product_id", "unknown_reference")
    assert "kimi" in error["did_you_mean"]


async def test_the_same_fact_twice_is_a_conflict_that_names_the_first(editor: Editor) -> None:
    made = await editor.send("POST", "/v1/adoptions", {**FACT, "sources": [PAGE], **WHY})
    again = await editor.send("POST", "/v1/adoptions", {**FACT, "sources": [PAGE], **WHY})
    problem = assert_problem(again, 409, "conflict_natural_key")
    assert problem["errors"][0]["did_you_mean"] == [made.json()["id"]]


async def test_a_fact_moved_onto_another_is_a_conflict(editor: Editor) -> None:
    first = await editor.send("POST", "/v1/adoptions", {**FACT, "sources": [PAGE], **WHY})
    other = {**FACT, "stage": "preview", "sources": [PAGE]}
    await editor.send("POST", "/v1/adoptions", {**other, **WHY})
    moved = await editor.send("PATCH", first.json()["href"], {"stage": "preview", **WHY},
                              if_match="*")  # fmt: skip
    assert_problem(moved, 409, "conflict_natural_key")


async def test_a_repeated_request_has_one_effect(editor: Editor) -> None:
    body = {**FACT, "sources": [PAGE], **WHY}
    first = await editor.send("POST", "/v1/adoptions", body, idempotency_key="one")
    again = await editor.send("POST", "/v1/adoptions", body, idempotency_key="one")
    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["idempotent-replayed"] == "true"
    assert again.headers["dataset-revision"] == first.headers["dataset-revision"]
    other = await editor.send("POST", "/v1/adoptions", {**body, "date": "2026-09"},
                              idempotency_key="one")  # fmt: skip
    assert_problem(other, 422, "idempotency_key_reused")


async def test_a_refused_request_leaves_its_key_free(editor: Editor) -> None:
    wrong = await editor.send("POST", "/v1/adoptions", {**FACT, **WHY}, idempotency_key="k")
    assert wrong.status_code == 422
    right = await editor.send("POST", "/v1/adoptions", {**FACT, "sources": [PAGE], **WHY},
                              idempotency_key="k")  # fmt: skip
    assert right.status_code == 201


async def test_a_dry_run_answers_alike_and_stores_nothing(editor: Editor) -> None:
    before = await editor.revision()
    body = {"name": "Acme", **WHY}
    dry = await editor.send("PUT", "/v1/vendors/acme?dry_run=true", body)
    assert (dry.status_code, dry.headers["dry-run"]) == (201, "true")
    assert int(dry.headers["dataset-revision"]) == before == await editor.revision()
    assert (await editor.client.get("/v1/vendors/acme")).status_code == 404
    real = await editor.send("PUT", "/v1/vendors/acme", body)
    volatile = {"recorded_at", "updated_at"}
    assert {k: v for k, v in real.json().items() if k not in volatile} == {
        k: v for k, v in dry.json().items() if k not in volatile
    }


async def test_a_minimal_answer_has_no_body(editor: Editor) -> None:
    made = await editor.send(
        "PUT", "/v1/vendors/acme", {"name": "A", **WHY}, prefer="return=minimal"
    )
    assert (made.status_code, made.content) == (201, b"")
    assert made.headers["preference-applied"] == "return=minimal"
    changed = await editor.send("PATCH", "/v1/vendors/acme", {"name": "B", **WHY},
                                if_match=made.headers["etag"], prefer="return=minimal")  # fmt: skip
    assert (changed.status_code, changed.content) == (204, b"")


@pytest.mark.parametrize("body", [{}, {"comment": ""}, {"comment": 3}, {"comment": " "}])
async def test_every_write_says_why(editor: Editor, body: Any) -> None:
    answer = await editor.send("PUT", "/v1/vendors/acme", {"name": "Acme", **body})
    assert_problem(answer, 422, "comment_required")
    query = await editor.send("PUT", "/v1/vendors/acme?comment=why", {"name": "Acme"})
    assert query.status_code == 201


@pytest.mark.parametrize("unread", ["w" * 1001, "%20", "a%E2%80%AEb", "a%07"])
async def test_a_comment_of_the_address_is_checked_though_the_body_has_one(
    editor: Editor, unread: str
) -> None:
    answer = await editor.send("PUT", f"/v1/vendors/acme?comment={unread}", {"name": "Acme", **WHY})
    assert answer.status_code == 422, answer.text
    assert [fault["parameter"] for fault in answer.json()["errors"]] == ["comment"]


async def test_what_others_point_at_is_not_retired(editor: Editor) -> None:
    answer = await editor.send("DELETE", "/v1/vendors/moonshot-ai?comment=gone", if_match="*")
    problem = assert_problem(answer, 409, "reference_in_use")
    assert "products" in problem["detail"]


async def test_a_retired_record_is_gone_and_named_its_successor(editor: Editor) -> None:
    made = await editor.send("PUT", "/v1/vendors/acme", {"name": "Acme", **WHY})
    blind = await editor.send("DELETE", "/v1/vendors/acme?comment=never+was")
    assert_problem(blind, 428, "precondition_required")
    gone = await editor.send(
        "DELETE", "/v1/vendors/acme?comment=never+was&replaced_by=moonshot-ai",
        if_match=made.headers["etag"],
    )  # fmt: skip
    assert (gone.status_code, gone.json()["replaced_by"]) == (200, "moonshot-ai")
    assert_problem(await editor.client.get("/v1/vendors/acme"), 410, "gone")
    past = await editor.client.get(f"/v1/vendors/acme?as_of=rev:{made.headers['dataset-revision']}")
    assert past.status_code == 200
    reused = await editor.send("PUT", "/v1/vendors/acme", {"name": "Other", **WHY})
    assert_problem(reused, 410, "gone")
    back = await editor.send("PUT", "/v1/vendors/acme?restore=true", {"name": "Acme", **WHY})
    assert back.status_code == 201
    assert (await editor.client.get("/v1/vendors/acme")).status_code == 200


async def test_a_successor_must_exist(editor: Editor) -> None:
    await editor.send("PUT", "/v1/vendors/acme", {"name": "Acme", **WHY})
    answer = await editor.send("DELETE", "/v1/vendors/acme?comment=x&replaced_by=moonshot",
                               if_match="*")  # fmt: skip
    problem = assert_problem(answer, 400, "unknown_reference")
    assert problem["errors"][0]["did_you_mean"] == ["moonshot-ai"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("PUT", "/v1/vendors/Bad_Slug", 422),
        ("PATCH", "/v1/vendors/nobody", 404),
        ("PATCH", "/v1/adoptions/adp_00000000000000000000000000", 404),
        ("DELETE", "/v1/products/nothing?comment=x", 404),
        ("PUT", "/v1/adoptions/adp_00000000000000000000000000", 405),
        ("POST", "/v1/vendors", 405),
        ("PUT", "/v1/vendors/acme?bogus=1", 400),
        ("PUT", "/v1/vendors/acme?dry_run=yes", 400),
    ],
)
async def test_what_is_not_to_be_written_is_refused(
    editor: Editor, method: str, path: str, status: int
) -> None:
    before = await editor.revision()
    answer = await editor.send(method, path, None if method == "DELETE" else {"name": "x", **WHY},
                               if_match="*" if method in ("PATCH", "DELETE") else "")  # fmt: skip
    assert answer.status_code == status, answer.text
    assert await editor.revision() == before


@pytest.mark.parametrize(
    ("content", "kind", "status", "code"),
    [
        (b"{", "application/json", 400, "invalid_json"),
        (b'{"name":"\xff\xfe"}', "application/json", 400, "invalid_json"),
        (b"[" * 5000, "application/json", 400, "invalid_json"),
        (b"[]", "application/json", 422, "validation_failed"),
        (b"null", "application/json", 422, "validation_failed"),
        (b"", "application/json", 400, "invalid_json"),
        (b"{}", "text/plain", 415, "unsupported_media_type"),
        (b'{"name":"a\\u0000b","comment":"x"}', "application/json", 422, "validation_failed"),
        (b'{"name":' + b'"' + b"x" * 70_000 + b'"}', "application/json", 413, "payload_too_large"),
        (b'{"name":5,"comment":"x"}', "application/json", 422, "validation_failed"),
        (b'{"founded":"9999-12-31","comment":"x"}', "application/json", 422, "validation_failed"),
    ],
)
async def test_hostile_bodies_are_refused_and_nothing_is_stored(
    editor: Editor, content: bytes, kind: str, status: int, code: str
) -> None:
    before = await editor.revision()
    answer = await editor.client.put(
        "/v1/vendors/acme", content=content, headers={**editor.headers, "content-type": kind}
    )
    assert_problem(answer, status, code)
    assert await editor.revision() == before
