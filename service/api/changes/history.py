"""A record's history."""

from typing import Any, Literal

from msgspec import UNSET, Struct, UnsetType

from service.api.catalogue.record_schemas import RevisionMeta
from service.api.http.operation import Operation, Reading
from service.api.http.paging import Listing, PagedLanguage, PageShown
from service.api.http.parameters import Parameters
from service.formats.json_patch import patch
from service.formats.json_records import instant_text, render
from service.model.errors import not_found
from service.query.fields import Collection
from service.query.registry import COLLECTIONS
from service.store.catalogue.records import Record
from service.store.changes import history


class HistoryParameters(PagedLanguage, frozen=True, kw_only=True):
    """What a history takes."""


class PatchOperation(Struct):
    """One operation of a JSON patch (RFC 6902)."""

    op: Literal["replace"]
    path: str
    value: Any


class RecordVersion(Struct):
    """What a revision did to the record; `diff` is against the version before, `into` names the
    record that it was merged into.
    """

    revision: int
    recorded_at: str
    operation: Literal["created", "updated", "retired", "merged"]
    actor: str | None
    comment: str | None
    diff: list[PatchOperation]
    source_ids: list[str]
    record: dict[str, Any] | None
    into: str | UnsetType = UNSET


class HistoryPage(Struct):
    """The versions of a record, newest first."""

    object: Literal["history"]
    id: str
    data: list[RecordVersion]
    page: PageShown | None
    meta: RevisionMeta


async def _history(
    reading: Reading[HistoryParameters], collection: Collection, record_id: str
) -> Listing[HistoryPage]:
    before = int(reading.window.after[0] or 0) if reading.window.after else None
    limit = reading.window.limit
    rows = await history.versions(reading.snapshot, collection, record_id, before, limit + 2)
    if not rows and before is None:
        raise not_found(collection.kind, record_id)
    page = HistoryPage(
        object="history",
        id=record_id,
        data=_versions(collection, rows, reading.lang, limit, before),
        page=None,
        meta=RevisionMeta(reading.snapshot.revision, reading.lang),
    )
    return Listing(page, [str(rows[limit - 1]["revision"])] if len(rows) > limit else None)


def history_operation(collection: Collection) -> Operation[HistoryParameters]:
    """The versions of a record of the collection."""

    async def get_history(
        reading: Reading[HistoryParameters], record_id: str
    ) -> Listing[HistoryPage]:
        return await _history(reading, collection, record_id)

    return Operation(
        id=f"get_{collection.kind}_history",
        path=f"/v1/{collection.name}/{{record_id:str}}/history",
        tag="History",
        gives={"table": get_history},
        parameters=Parameters(HistoryParameters),
        summary=f"The history of one {collection.singular}",
        description="Its versions with actor, comment, sources and what changed (RFC 6902).",
    )


def _versions(
    collection: Collection, rows: list[Record], lang: str, limit: int, before: int | None
) -> list[RecordVersion]:
    """Versions newest first; a gap between them, or an end of the newest, is a retirement."""
    found: list[RecordVersion] = []
    for place, row in enumerate(rows[:limit]):
        shown = render(collection, row, lang)
        newer = rows[place - 1]["revision"] if place else before
        if row["replaced_in"] is not None and row["replaced_in"] != newer:
            found.append(_retired(row))
        older = rows[place + 1] if place + 1 < len(rows) else None
        goes_on = older is not None and older["replaced_in"] == row["revision"]
        diff = (
            patch(collection, render(collection, older, lang), shown) if older and goes_on else []
        )
        found.append(
            RecordVersion(
                row["revision"],
                instant_text(row["written_at"]),
                "updated" if goes_on else "created",
                row["actor"],
                row["comment"],
                [PatchOperation(**d) for d in diff],
                row.get("source_ids") or [],
                shown,
            )
        )
    return found


def _retired(row: Record) -> RecordVersion:
    return RecordVersion(
        row["replaced_in"],
        instant_text(row["ended_at"]),
        "retired" if row["into_id"] is None else "merged",
        row["end_actor"],
        row["end_comment"],
        [],
        [],
        None,
        row["into_id"] or UNSET,
    )


OPERATIONS = [history_operation(collection) for collection in COLLECTIONS]
