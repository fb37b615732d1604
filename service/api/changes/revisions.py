"""`/v1/revisions`: the audit trail, one entry a write."""

import re
from typing import Annotated, Literal

from litestar import Response
from msgspec import Meta, Struct

from service.api.http import writes
from service.api.http.operation import Reading
from service.api.http.paging import Listing, Paged, PageShown
from service.api.http.parameters import Nothing
from service.api.http.state import AnyRequest, database_of
from service.api.import_shapes import RevertCounts
from service.formats.json_records import encode, instant_text
from service.model.errors import not_found
from service.model.releases import MOMENT_FORM
from service.store.changes import revisions
from service.store.changes.revisions import Revision, Touched
from service.store.database import Database, Snapshot
from service.store.snapshots import WHOLE_BASE
from service.usecases.imports import reversal
from service.usecases.transactions import Outcome, Writing

FAR = 10**18
_NUMBER = re.compile(r"[1-9][0-9]{0,17}\Z")


class RevisionParameters(Paged, frozen=True, kw_only=True):
    """What the audit trail takes."""

    actor: Annotated[
        str | None,
        Meta(description="Who wrote: the whole name as shown, or the id of the key."),
    ] = None
    since: Annotated[
        str | None,
        Meta(
            description="What came after: `rev:N`, a day (its end, UTC) or an instant with a zone.",
            examples=["rev:1"],
            extra_json_schema={"pattern": MOMENT_FORM},
        ),
    ] = None
    until: Annotated[
        str | None,
        Meta(
            description="What came up to: `rev:N`, a day (its end, UTC) or an instant with a zone.",
            examples=["rev:2"],
            extra_json_schema={"pattern": MOMENT_FORM},
        ),
    ] = None


class TouchedShown(Struct):
    """How many records of a collection it created, updated and retired; `href` shows which."""

    collection: str
    created_count: int
    updated_count: int
    retired_count: int
    href: str


class RevisionShown(Struct, kw_only=True):
    """One write: when, by whom, why, and what it touched. `as_of` reads the base as it then was."""

    object: Literal["revision"] = "revision"
    id: int
    href: str
    recorded_at: str
    actor: str | None
    comment: str | None
    touched: list[TouchedShown]
    as_of: str
    links: dict[str, str]


class RevisionReverted(Struct, kw_only=True):
    """What taking a revision back did, or would do: how many records it retired, and restored."""

    object: Literal["revision_revert"] = "revision_revert"
    reverted: int
    dry_run: bool
    counts: RevertCounts
    revision: int | None
    would_be_revision: int | None


class RevisionList(Struct, kw_only=True):
    """Revisions, the newest first."""

    object: Literal["list"] = "list"
    data: list[RevisionShown]
    page: PageShown | None
    meta: dict[str, int]


async def list_revisions(reading: Reading[RevisionParameters]) -> Listing[RevisionList]:
    """Who changed what, and why.

    Every write that the base has taken, the newest first.
    """
    snapshot, parameters = reading.snapshot, reading.parameters
    snapshot.note(WHOLE_BASE)
    where = {
        "actor": parameters.actor,
        "after": await _revision(snapshot, parameters.since, "since", 0),
        "until": await _revision(snapshot, parameters.until, "until", FAR),
    }
    before = int(reading.window.after[0] or FAR) if reading.window.after else FAR
    rows = await revisions.page(
        snapshot.connection, snapshot.revision, before, reading.window.fetch, where
    )
    shown = rows[: reading.window.limit]
    touched = await revisions.touched(snapshot.connection, [row.id for row in shown])
    page = RevisionList(
        data=[_shown(row, touched[row.id]) for row in shown],
        page=None,
        meta={"revision": snapshot.revision},
    )
    return Listing(page, [str(shown[-1].id)] if len(rows) > len(shown) else None)


async def _revision(snapshot: Snapshot, text: str | None, name: str, default: int) -> int:
    """Raises ServiceError `invalid_value`, `revision_unknown`."""
    return default if text is None else await revisions.named(snapshot, text, name)


async def numbered_revision(database: Database, number: str) -> int:
    """The revision of that number. Raises ServiceError `not_found`."""
    if not _NUMBER.match(number) or int(number) > await database.revision():
        raise not_found("revision", number)
    return int(number)


async def get_revision(reading: Reading[Nothing], number: str) -> RevisionShown:
    """One revision.

    What a write did. It never changes, so the answer may be kept for ever.
    """
    connection = reading.snapshot.connection
    reading.snapshot.note(WHOLE_BASE)
    row = await revisions.get(connection, int(number))
    assert row is not None, "revisions have no gaps"
    return _shown(row, (await revisions.touched(connection, [row.id]))[row.id])


def _shown(row: Revision, touched: list[Touched]) -> RevisionShown:
    return RevisionShown(
        id=row.id,
        href=f"/v1/revisions/{row.id}",
        recorded_at=instant_text(row.recorded_at),
        actor=row.actor,
        comment=row.comment,
        touched=[
            TouchedShown(
                t.collection,
                t.created,
                t.updated,
                t.retired,
                f"/v1/diff?collection={t.collection}&from=rev:{row.id - 1}&to=rev:{row.id}",
            )
            for t in touched
        ],
        as_of=f"rev:{row.id}",
        links={"changes": f"/v1/changes?since=rev:{row.id - 1}"},
    )


async def revert_revision(request: AnyRequest, number: str) -> Response[RevisionReverted]:
    """Take a revision back.

    The inverse as a new revision: what it retired or merged stands again, all else is as before.
    Refused where later revisions changed or use those records.
    """
    write = await writes.read(request)
    reverted = await numbered_revision(database_of(request), number)

    async def work(writing: Writing) -> Outcome:
        retired, restored = await reversal.revert_revision(writing, reverted)
        is_dry = writing.is_dry
        shown = RevisionReverted(
            reverted=reverted,
            dry_run=is_dry,
            counts=RevertCounts(retired=retired, restored=restored),
            revision=None if is_dry else writing.revision,
            would_be_revision=writing.revision if is_dry else None,
        )
        return Outcome(200, encode(shown), {})

    return await writes.answer(request, write, work)
