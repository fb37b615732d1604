"""Sources that contradict each other: both are kept, one is used, and readers see it."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import msgspec
import pytest

from service.store.database import Database
from service.usecases.catalogue.exports import export
from service.usecases.imports.files import load
from service.usecases.imports.jobs import work_off
from tests.answers import assert_problem, bearer
from tests.clients import Editor, served
from tests.make import lines, new_key

WHY = {"comment": "two papers disagree"}
EARLY, LATE = "2024-03-01", "2025-03-01"
ANSWER = "/v1/features/f/time-to-copy?market=m&on=2026-01-01"


def product(name: str) -> dict[str, Any]:
    return {"kind": "product", "id": name, "vendor": name, "name": name, "markets": ["m"],
            "launched": "2023-01-01", "discontinued": None}  # fmt: skip


def adoption(name: str, day: str, **more: Any) -> dict[str, Any]:
    return {"kind": "adoption", "product": name, "feature": "f", "stage": "ga", "date": day,
            "sources": [f"https://example.org/{name}/{day}"], **more}  # fmt: skip


BASE = [
    {"kind": "market", "id": "m", "name": "M"},
    {"kind": "feature", "id": "f", "name": "F"},
    *({"kind": "vendor", "id": name, "name": name} for name in ("first", "second", "third")),
    *(product(name) for name in ("first", "second", "third")),
    adoption("first", "2024-01-01"),
    adoption("second", EARLY),
    adoption("second", LATE),
]


@pytest.fixture
async def curator(database: Database) -> AsyncIterator[Editor]:
    assert not (await load(database, lines(*BASE), comment="test")).failed
    _, secret = await new_key(database, "curate")
    async with served(database) as client:
        yield Editor(client, bearer(secret))


async def fact(curator: Editor, day: str) -> dict[str, Any]:
    """The adoption of the second product that says this day."""
    listed = (await curator.client.get(f"/v1/adoptions?product_id=second&date={day}")).json()
    (found,) = listed["data"]
    return dict(found)


async def ids(curator: Editor) -> tuple[str, str]:
    early, late = [(await fact(curator, day))["id"] for day in (EARLY, LATE)]
    return early, late


async def disputed(curator: Editor) -> tuple[str, str]:
    """(preferred, other): the early date against the late one."""
    early, late = await ids(curator)
    body = {"with": early, **WHY}
    answer = await curator.send("POST", f"/v1/adoptions/{late}/dispute", body)
    assert answer.status_code == 200, answer.text
    return early, late


async def days(curator: Editor, address: str = ANSWER) -> int:
    """How long the first copy took."""
    return int((await curator.client.get(address)).json()["result"]["time_to_first_copy_days"])


async def test_a_contested_date_is_kept_twice_and_used_once(curator: Editor) -> None:
    early, late = await disputed(curator)
    first_word = await curator.revision()
    assert await days(curator) == 60
    swapped = await curator.send("POST", f"/v1/adoptions/{late}/prefer", WHY)
    assert (swapped.status_code, swapped.json()["dispute"]) == (200, "preferred")
    assert await curator.revision() == first_word + 1
    assert await days(curator) == 425
    assert await days(curator, f"{ANSWER}&as_of=rev:{first_word}") == 60
    marks = {day: (await fact(curator, day))["dispute"] for day in (EARLY, LATE)}
    assert marks == {EARLY: "other", LATE: "preferred"}
    assert early != late


async def test_explain_lists_what_was_set_aside(curator: Editor) -> None:
    early, late = await disputed(curator)
    told = (await curator.client.get(f"{ANSWER}&explain=true")).json()["explain"]
    assert early in told["ids"]
    assert late not in told["ids"]
    assert told["disputed_ids"] == [late]
    before = "/v1/features/f/time-to-copy?market=m&on=2025-01-01&explain=true"
    assert (await curator.client.get(before)).json()["explain"]["disputed_ids"] == []


async def test_the_other_word_counts_in_no_figure(curator: Editor) -> None:
    await disputed(curator)
    before = (await curator.client.get("/v1/coverage?on=2026-01-01")).json()
    shares = {c["collection"]: c["count"] for c in before["collections"]}
    assert shares["adoptions"] == 2
    lists = (await curator.client.get("/v1/adoptions")).json()
    assert lists["total"]["value"] == 3
    compared = (await curator.client.get("/v1/compare?products=first,second&on=2026-01-01")).json()
    (row,) = [row for row in compared["rows"] if row["attribute"] == "feature:f"]
    assert row["cells"][1]["date"] == EARLY


async def test_a_price_that_lost_is_not_compared(curator: Editor, database: Database) -> None:
    model = {"kind": "business_model", "id": "subscription", "name": "Subscription"}
    price = {"kind": "monetization", "product": "second", "business_model": "subscription",
             "until": None, "sources": ["https://example.org/p"]}  # fmt: skip
    rows = [{**price, "since": "2024", "dispute": "preferred"},
            {**price, "since": "2025", "dispute": "other"}]  # fmt: skip
    assert not (await load(database, lines(model, *rows), comment="test")).failed
    compared = (await curator.client.get("/v1/compare?products=first,second&on=2026-01-01")).json()
    (row,) = [row for row in compared["rows"] if row["attribute"] == "business_models"]
    assert [cell["since"] for cell in row["cells"][1]["value"]] == ["2024"]


async def test_disputes_are_filtered_grouped_and_counted(curator: Editor) -> None:
    _, late = await disputed(curator)
    found = (await curator.client.get("/v1/adoptions?dispute=other")).json()["data"]
    assert [record["id"] for record in found] == [late]
    undisputed = (await curator.client.get("/v1/adoptions?dispute__isnull=true")).json()["data"]
    assert [r["null_reasons"]["dispute"] for r in undisputed] == ["not_applicable"]
    groups = (await curator.client.get("/v1/aggregate/adoptions?group_by=dispute")).json()["data"]
    assert {g["dispute"]: g["count"] for g in groups} == {None: 1, "other": 1, "preferred": 1}


async def test_settling_ends_it_fact_by_fact(curator: Editor) -> None:
    early, late = await disputed(curator)
    settled = await curator.send("POST", f"/v1/adoptions/{early}/settle", WHY)
    assert (settled.status_code, settled.json()["dispute"]) == (200, None)
    assert (await fact(curator, LATE))["dispute"] == "other"
    before = await curator.revision()
    again = await curator.send("POST", f"/v1/adoptions/{early}/settle", WHY)
    assert (again.status_code, await curator.revision()) == (200, before)
    issues = (await curator.client.get("/v1/quality/issues?rule=disputed_alone")).json()["data"]
    assert [issue["record_id"] for issue in issues] == [late]


async def test_a_dispute_without_a_preferred_word_is_an_issue(curator: Editor) -> None:
    early, late = await disputed(curator)
    path = "/v1/quality/issues?rule=disputed_without_preferred"
    assert (await curator.client.get(path)).json()["data"] == []
    await curator.send("PATCH", f"/v1/adoptions/{early}", {"dispute": "other", **WHY}, if_match="*")
    issues = (await curator.client.get(path)).json()["data"]
    assert {issue["record_id"] for issue in issues} == {early, late}


async def test_only_the_named_ones_lose(curator: Editor, database: Database) -> None:
    early, late = await disputed(curator)
    third = adoption("second", "2025-09-01", dispute="preferred")
    assert not (await load(database, lines(third), comment="test")).failed
    answer = await curator.send("POST", f"/v1/adoptions/{late}/prefer", {"over": [early], **WHY})
    assert answer.status_code == 200
    assert (await fact(curator, "2025-09-01"))["dispute"] == "preferred"
    await curator.send("POST", f"/v1/adoptions/{early}/prefer", WHY)
    assert (await fact(curator, "2025-09-01"))["dispute"] == "other"


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({}, "/with", "validation_failed"),
        ({"with": 7}, "/with", "validation_failed"),
        ({"with": "adp_00000000000000000000000000"}, "/with", "unknown_reference"),
        ({"with": "FIRST"}, "/with", "validation_failed"),
        ({"with": "SELF"}, "/with", "validation_failed"),
        ({"with": "EARLY", "nope": 1}, "/nope", "unknown_field"),
    ],
)
async def test_only_facts_of_one_subject_contradict_each_other(
    curator: Editor, body: dict[str, Any], pointer: str, code: str
) -> None:
    early, late = await ids(curator)
    (first,) = (await curator.client.get("/v1/adoptions?product_id=first")).json()["data"]
    names = {"FIRST": first["id"], "SELF": late, "EARLY": early}
    if isinstance(body.get("with"), str):
        body = {**body, "with": names.get(body["with"], body["with"])}
    before = await curator.revision()
    answer = await curator.send("POST", f"/v1/adoptions/{late}/dispute", {**body, **WHY})
    problem = assert_problem(answer, 422, "validation_failed")
    assert [(e["pointer"], e["code"]) for e in problem["errors"]] == [(pointer, code)]
    assert await curator.revision() == before


async def test_what_is_disputed_already_is_decided_by_prefer(curator: Editor) -> None:
    early, late = await disputed(curator)
    again = await curator.send("POST", f"/v1/adoptions/{late}/dispute", {"with": early, **WHY})
    assert_problem(again, 409, "already_disputed")
    first = (await curator.client.get("/v1/adoptions?product_id=first")).json()["data"][0]["id"]
    alone = await curator.send("POST", f"/v1/adoptions/{first}/prefer", WHY)
    assert_problem(alone, 409, "not_disputed")
    nobody = await curator.send("POST", "/v1/adoptions/adp_0000000000000000000000000z/prefer", WHY)
    assert_problem(nobody, 404, "not_found")


@pytest.mark.parametrize("action", ["prefer", "dispute", "settle"])
async def test_disputes_need_the_scope_curate(
    curator: Editor, database: Database, action: str
) -> None:
    early, late = await disputed(curator)
    path, body = f"/v1/adoptions/{late}/{action}", {"with": early, **WHY}
    assert_problem(await curator.client.post(path, json=body), 401, "unauthenticated")
    _, secret = await new_key(database, "write")
    refused = await curator.client.post(path, json=body, headers=bearer(secret))
    assert "scope curate" in assert_problem(refused, 403, "forbidden")["detail"]


async def test_a_dry_run_prefers_nothing(curator: Editor) -> None:
    _, late = await disputed(curator)
    before = await curator.revision()
    tried = await curator.send("POST", f"/v1/adoptions/{late}/prefer?dry_run=true", WHY)
    assert (tried.headers["dry-run"], tried.json()["dispute"]) == ("true", "preferred")
    assert (await curator.revision(), (await fact(curator, LATE))["dispute"]) == (before, "other")


async def test_a_round_trip_keeps_the_dispute(curator: Editor, database: Database) -> None:
    await disputed(curator)
    whole = [line async for line in export(database)]
    assert sum(b'"dispute"' in line for line in whole) == 2
    again = await load(database, whole, comment="the same again")
    assert (again.created, again.updated, again.failed) == (0, 0, 0)


async def test_offerings_know_no_disputes(curator: Editor) -> None:
    answer = await curator.send("POST", "/v1/offerings/off_0/prefer", WHY)
    assert answer.status_code == 404


MERGE = "application/merge-patch+json"
NDJSON = "application/x-ndjson"


def decisions(early: dict[str, Any], late: dict[str, Any]) -> dict[str, tuple[str, str, str, Any]]:
    """Each way in by which a dispute could be decided: method, address, media type, body."""
    line = {**late, "kind": "adoption", "dispute": None}
    fresh = {
        "product_id": "third",
        "feature_id": "f",
        "stage": "ga",
        "date": "2025-01",
        "evidence": "unsourced",
        "dispute": "preferred",
    }
    own = ("object", "href", "revision", "recorded_at", "updated_at", "evidence")
    line = {name: value for name, value in line.items() if name not in own and value is not None}
    return {
        "set aside": (
            "PATCH",
            f"/v1/adoptions/{early['id']}",
            MERGE,
            {"dispute": "other", **WHY},
        ),
        "preferred": (
            "PATCH",
            f"/v1/adoptions/{late['id']}",
            MERGE,
            {"dispute": "preferred", **WHY},
        ),
        "settled": ("PATCH", f"/v1/adoptions/{late['id']}", MERGE, {"dispute": None, **WHY}),
        "born preferred": ("POST", "/v1/adoptions", "application/json", {**fresh, **WHY}),
        "imported": ("POST", "/v1/imports?comment=why", NDJSON, {"kind": "adoption", **fresh}),
        "imported without it": (
            "POST",
            "/v1/imports?comment=why",
            NDJSON,
            {**line, "dispute": None},
        ),
    }


@pytest.mark.parametrize("way", decisions({"id": ""}, {"id": ""}))
async def test_a_dispute_is_decided_by_curators_only_whatever_way_it_goes(
    curator: Editor, database: Database, way: str
) -> None:
    await disputed(curator)
    early, late = await fact(curator, EARLY), await fact(curator, LATE)
    _, secret = await new_key(database, "write")
    method, path, media_type, body = decisions(early, late)[way]
    before = await curator.revision()
    content = msgspec.json.encode(body)

    async def sent(headers: dict[str, str]) -> httpx.Response:
        named = {**headers, "content-type": media_type, "if-match": "*"}
        return await curator.client.request(method, path, content=content, headers=named)

    answer = await sent(bearer(secret))
    problem = assert_problem(answer, 403, "forbidden")
    assert 'scope="curate"' in answer.headers["www-authenticate"]
    assert problem["errors"], problem
    assert await curator.revision() == before
    assert (await sent(curator.headers)).is_success


async def test_an_import_that_waits_decides_as_little(curator: Editor, database: Database) -> None:
    await disputed(curator)
    _, secret = await new_key(database, "write")
    late = await fact(curator, LATE)
    _, path, media_type, body = decisions(late, late)["imported"]
    headers = {**bearer(secret), "content-type": media_type, "prefer": "respond-async"}
    accepted = await curator.client.post(path, content=msgspec.json.encode(body), headers=headers)
    assert accepted.status_code == 202, accepted.text
    before = await curator.revision()
    assert await work_off(database)
    job = (await curator.client.get(accepted.headers["location"], headers=headers)).json()
    assert (job["status"], job["error"]["code"]) == ("failed", "forbidden")
    assert await curator.revision() == before


async def test_what_says_nothing_of_a_dispute_is_anybodys_to_change(
    curator: Editor, database: Database
) -> None:
    await disputed(curator)
    late = await fact(curator, LATE)
    _, secret = await new_key(database, "write")
    writer = Editor(curator.client, bearer(secret))
    headers = {"if_match": "*", "content_type": MERGE}
    answer = await writer.send(
        "PATCH", f"/v1/adoptions/{late['id']}", {"note": "seen again", **WHY}, **headers
    )
    assert (answer.status_code, answer.json()["dispute"]) == (200, "other"), answer.text


async def test_what_a_curator_retired_a_curator_brings_back(
    curator: Editor, database: Database
) -> None:
    _, secret = await new_key(database, "write")
    writer, name = Editor(curator.client, bearer(secret)), {"name": "Fourth", **WHY}
    assert (await writer.send("PUT", "/v1/vendors/fourth", name)).status_code == 201
    gone = await curator.send("DELETE", "/v1/vendors/fourth?comment=no", if_match="*")
    assert gone.status_code == 200, gone.text
    back = "/v1/vendors/fourth?restore=true"
    assert_problem(await writer.send("PUT", back, name), 403, "forbidden")
    assert (await curator.send("PUT", back, name)).status_code == 201
