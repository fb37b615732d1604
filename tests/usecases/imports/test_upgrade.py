"""A base of the first edition is brought up to the second without losing what was changed there."""

import gzip
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from service.commands.serve import BUNDLED
from service.store.database import Database
from service.usecases.imports.bundled import load_edition, release_edition
from service.usecases.imports.files import load
from service.usecases.imports.upgrade import Conflict, upgrade
from tests.answers import bearer, exported, records
from tests.clients import Editor, served
from tests.make import SMALL, new_key, put_all

FIRST = gzip.decompress((Path(__file__).parent / "edition1.jsonl.gz").read_bytes())
KEY = ("product", "feature", "stage", "date")
SHOWN = ("product_id", "feature_id", "stage", "date")
EDITION = """
title = "T"
edition = 1
date = 2026-11-24
files = ["all.jsonl"]
[release]
name = "2026.11"
released_at = 2026-11-24T12:00:00Z
comment = "first"
sha256 = ""
"""


@pytest.fixture
async def first(database: Database, tmp_path: Path) -> Database:
    """A base that holds the first edition."""
    (tmp_path / "all.jsonl").write_bytes(FIRST)
    (tmp_path / "edition.toml").write_text(EDITION)
    async for _, report in load_edition(database, tmp_path):
        assert not report.failed
    return database


@pytest.fixture
async def editor(first: Database) -> AsyncIterator[Editor]:
    _, secret = await new_key(first, "curate")
    async with served(first) as client:
        yield Editor(client, bearer(secret))


async def edit(editor: Editor, path: str, **fields: Any) -> None:
    body = {**fields, "comment": "known better"}
    answer = await editor.send("PATCH", f"/v1/{path}", body, if_match="*")
    assert answer.status_code == 200, answer.text


async def retire(editor: Editor, path: str) -> None:
    answer = await editor.send("DELETE", f"/v1/{path}?comment=gone", if_match="*")
    assert answer.status_code == 200, answer.text


async def shown(editor: Editor, path: str) -> dict[str, Any]:
    found: dict[str, Any] = (await editor.client.get(f"/v1/{path}")).json()
    return found


async def test_an_untouched_base_becomes_the_edition(first: Database, bundled: Database) -> None:
    told = await upgrade(first, BUNDLED)
    assert (told.conflicts, told.revision) == ([], 2)
    assert min(told.created, told.updated, told.unchanged, told.retired) > 0
    assert await exported(first) == await exported(bundled)
    release = await release_edition(first, BUNDLED, is_upgraded=True)
    assert release is not None
    assert release.revision == 2
    again = await upgrade(first, BUNDLED)
    assert (again.revision, again.created, again.updated, again.retired) == (None, 0, 0, 0)


async def test_a_dry_run_says_the_same_and_stores_nothing(first: Database) -> None:
    before = await exported(first)
    asked = await upgrade(first, BUNDLED, dry_run=True)
    assert (asked.revision, await first.revision(), await exported(first)) == (None, 1, before)
    done = await upgrade(first, BUNDLED)
    assert (asked.created, asked.updated, asked.retired) == (
        done.created,
        done.updated,
        done.retired,
    )


async def test_what_both_sides_changed_is_told_and_stays(first: Database, editor: Editor) -> None:
    await edit(editor, "vendors/moonshot-ai", note="Ours.")
    told = await upgrade(first, BUNDLED)
    assert told.conflicts == [
        Conflict(kind="vendor", id="moonshot-ai", why="changed", fields=["aliases", "note"])
    ]
    kept = await shown(editor, "vendors/moonshot-ai")
    assert (kept["note"], kept["aliases"]) == ("Ours.", ["Moonshot"])
    again = await upgrade(first, BUNDLED)
    assert (again.conflicts, again.revision) == (told.conflicts, None)
    over = await upgrade(first, BUNDLED, overwrite=True)
    assert (over.conflicts, over.updated) == ([], 1)
    assert (await shown(editor, "vendors/moonshot-ai"))["note"] != "Ours."


async def test_what_only_this_side_changed_stays_silently(first: Database, editor: Editor) -> None:
    """Edited and taken back, edited where the edition says what it said, and added."""
    await edit(editor, "vendors/openai", note="Ours.")
    before = (await shown(editor, "vendors/moonshot-ai"))["note"]
    await edit(editor, "vendors/moonshot-ai", note="For a while.")
    await edit(editor, "vendors/moonshot-ai", note=before)
    await put_all(first, *SMALL)
    told = await upgrade(first, BUNDLED)
    assert told.conflicts == []
    assert (await shown(editor, "vendors/openai"))["note"] == "Ours."
    assert len((await shown(editor, "vendors/moonshot-ai"))["aliases"]) > 1
    assert (await shown(editor, "products/p"))["id"] == "p"


async def test_what_was_retired_here_stays_retired(first: Database, editor: Editor) -> None:
    """Untouched by the edition silently, changed by it with a word."""
    same = {"product_id": "kimi", "feature_id": "long-context", "stage": "ga"}
    query = "&".join(f"{name}={value}" for name, value in same.items())
    (fact,) = (await shown(editor, f"adoptions?{query}"))["data"]
    await retire(editor, f"adoptions/{fact['id']}")
    told = await upgrade(first, BUNDLED)
    assert [c.why for c in told.conflicts if c.id == fact["id"]] in ([], ["retired"])
    assert (await editor.client.get(f"/v1/adoptions/{fact['id']}")).status_code == 410
    assert (await shown(editor, f"adoptions?{query}"))["data"] == []


async def test_what_the_edition_dropped_stays_where_it_was_changed(
    first: Database, editor: Editor
) -> None:
    dry = await upgrade(first, BUNDLED, dry_run=True)
    assert dry.retired
    gone = await dropped(editor)
    await edit(editor, f"adoptions/{gone}", note="Ours.")
    told = await upgrade(first, BUNDLED)
    assert told.conflicts == [Conflict(kind="adoption", id=gone, why="left_out", fields=["note"])]
    assert (await shown(editor, f"adoptions/{gone}"))["note"] == "Ours."


async def dropped(editor: Editor) -> str:
    """An adoption that the second edition has no more."""
    files = (BUNDLED / "market.jsonl", BUNDLED / "unsourced.jsonl")
    said = [json.loads(line) for file in files for line in file.read_bytes().splitlines()]
    kept = {tuple(r[k] for k in KEY) for r in said if r["kind"] == "adoption"}
    rows = records(await editor.client.get("/v1/adoptions.ndjson"))
    return next(r["id"] for r in rows if tuple(r[k] for k in SHOWN) not in kept)


async def test_a_base_that_no_edition_made_is_not_written_over(database: Database) -> None:
    """Loaded by hand, so that nobody knows what was changed since."""
    await load(database, FIRST.splitlines(), comment="by hand")
    told = await upgrade(database, BUNDLED)
    assert (told.updated, told.retired) == (0, 0)
    assert {c.why for c in told.conflicts} == {"changed"}
    assert "moonshot-ai" in {c.id for c in told.conflicts}
