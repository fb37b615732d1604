"""A base of an earlier edition brought up to the one that ships now, without losing local edits.

Three versions of each record meet: what an earlier edition brought, what stands here, and what the
edition says now. Where only one of the two sides has changed, it stands; where both have, and not
alike, the record stays as it is here and is told.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec
from msgspec import Struct

from service.formats.import_format.canonical_lines import write_line
from service.formats.import_format.lines import read_lines
from service.model.errors import Fault
from service.query.fields import Collection
from service.query.registry import COLLECTIONS, SOURCE
from service.query.rows import Row
from service.store.catalogue import exports, records
from service.store.curation import retired_ids
from service.store.database import Connection, Database
from service.store.imports import editions, run
from service.store.imports.run import Applied
from service.usecases.imports.bundled import ACTOR, COMMENT, edition_lines, edition_of
from service.usecases.transactions import Intent, Outcome, Writing, perform

Content = dict[str, Any]
Place = tuple[str, ...]


class Conflict(Struct, frozen=True, kw_only=True):
    """A record that stays as it is here; `fields` are those that differ, by their import keys.

    changed: both sides changed it; retired: it was retired here and changed by the edition;
    left_out: the edition has it no more, and it was changed or is pointed at here; faulty: the
    edition's line cannot stand here.
    """

    kind: str
    id: str
    why: Literal["changed", "retired", "left_out", "faulty"]
    fields: list[str]


class Upgrade(Struct, kw_only=True):
    """What an upgrade did, or would do; `revision` None: nothing changed, or a dry run."""

    object: Literal["upgrade"] = "upgrade"
    edition: int
    dry_run: bool
    revision: int | None
    created: int
    updated: int
    unchanged: int
    retired: int
    conflicts: list[Conflict]


class _Stored(NamedTuple):
    collection: Collection
    id: str
    content: Content

    @property
    def key(self) -> tuple[str, str]:
        return self.collection.kind, self.id


class _Base(NamedTuple):
    """Records by kind and id; and the ids of what is named by a natural key."""

    by_id: dict[tuple[str, str], _Stored]
    ids: dict[Place, str]


class _Plan(NamedTuple):
    """What is to be written, and retired; what stays as it is here."""

    rows: list[Row]
    retired: list[_Stored]
    conflicts: list[Conflict]


async def upgrade(
    database: Database, folder: Path, *, dry_run: bool = False, overwrite: bool = False
) -> Upgrade:
    """Bring the base up to the edition of the folder, as one revision.

    `overwrite`: what both sides changed becomes what the edition says. Raises as `perform`.
    """
    edition = edition_of(folder)
    said = list(read_lines(edition_lines(folder)))
    rows = [row for row in said if isinstance(row, Row)]
    assert len(rows) == len(said), "the edition has no faults: a test loads it"
    found: Upgrade | None = None

    async def work(writing: Writing) -> Outcome:
        nonlocal found
        plan = await _planned(writing.connection, rows, overwrite=overwrite)
        applied = await run.apply(writing.connection, plan.rows, progress=lambda _: None)
        retired, kept = await _retire(writing, plan.retired)
        conflicts = [*plan.conflicts, *_faulty(plan.rows, applied), *kept]
        found = Upgrade(
            edition=edition.edition,
            dry_run=dry_run,
            revision=writing.revision,
            created=applied.created,
            updated=applied.updated,
            unchanged=applied.unchanged,
            retired=retired,
            conflicts=sorted(conflicts, key=lambda c: (c.kind, c.id)),
        )
        return Outcome(200, b"", {}, has_changed=applied.has_changed or retired > 0)

    comment = f"{COMMENT}edition {edition.edition}"
    done = await perform(database, Intent.of_operator(ACTOR, comment, dry_run), work)
    assert found is not None, "the work was done"
    if dry_run or not done.outcome.has_changed:
        found.revision = None
    return found


async def _planned(connection: Connection, rows: list[Row], *, overwrite: bool) -> _Plan:
    brought = await _base(connection, await editions.relations(connection, ACTOR, COMMENT))
    here = await _base(connection, {c.table: c.table for c in COLLECTIONS})
    plan, told = _Plan([], [], []), set[tuple[str, str]]()
    for row in rows:
        content = _content(
            row.collection, dict(zip(row.collection.columns, row.values, strict=True))
        )
        place = _place(row.collection, content)
        record_id = brought.ids.get(place) or here.ids.get(place, "")
        key = row.collection.kind, record_id
        told.add(key)
        why = _against(brought.by_id.get(key), here.by_id.get(key), content)
        if why == "take" or (overwrite and why in ("changed", "retired")):
            plan.rows.append(row)
        elif why != "leave":
            fields = _differing(here.by_id[key].content, content) if why == "changed" else []
            plan.conflicts.append(_conflict(row.collection, record_id, why, fields))
    for key, old in brought.by_id.items():
        now = here.by_id.get(key)
        if key in told or now is None:
            continue
        if now.content == old.content or overwrite:
            plan.retired.append(now)
        else:
            fields = _differing(now.content, old.content)
            plan.conflicts.append(_conflict(now.collection, now.id, "left_out", fields))
    return plan


def _against(old: _Stored | None, now: _Stored | None, said: Content) -> str:
    """Of a record that the edition says: take it, leave what stands, or why neither can be."""
    if now is None:
        if old is None:
            return "take"
        return "leave" if said == old.content else "retired"
    if now.content == said or (old is not None and now.content == old.content):
        return "take"
    return "leave" if old is not None and said == old.content else "changed"


def _conflict(collection: Collection, record_id: str, why: Any, fields: list[str]) -> Conflict:
    return Conflict(kind=collection.kind, id=record_id, why=why, fields=fields)


def _faulty(rows: list[Row], applied: Applied) -> Iterator[Conflict]:
    """Lines that point at what was retired here, and the like."""
    faults: dict[int, list[Fault]] = {}
    for fault in [*applied.faults, *applied.repetitions]:
        faults.setdefault(fault.line, []).append(fault)
    for row in rows:
        if row.line in faults:
            fields = sorted({(f.pointer or "/").split("/")[1] for f in faults[row.line]} - {""})
            named = str(row.values[0] or "")
            yield _conflict(row.collection, named, "faulty", fields)


async def _retire(writing: Writing, wanted: list[_Stored]) -> tuple[int, list[Conflict]]:
    """Facts before what they point at; what something else points at stays."""
    connection, count, kept = writing.connection, 0, list[Conflict]()
    for collection in reversed(COLLECTIONS):
        ids = [one.id for one in wanted if one.collection is collection]
        held = await editions.pointed_at(connection, collection, ids) if ids else set()
        if collection is not SOURCE:
            kept += [_conflict(collection, one, "left_out", []) for one in ids if one in held]
        for one in ids:
            if one not in held:
                await records.delete(connection, collection, one)
                await retired_ids.put(connection, collection, one, writing.revision)
                count += 1
    return count, kept


async def _base(connection: Connection, relations: dict[str, str]) -> _Base:
    base = _Base({}, {})
    for collection in COLLECTIONS:
        for row in await exports.standing(connection, collection, relations):
            stored = _Stored(collection, row["id"], _content(collection, row))
            base.by_id[stored.key] = stored
            base.ids[_place(collection, stored.content)] = stored.id
    return base


def _content(collection: Collection, row: dict[str, Any]) -> Content:
    content: Content = msgspec.json.decode(write_line(collection, row))
    if "sources" in content:
        content["sources"] = sorted(content["sources"])
    return content


def _place(collection: Collection, content: Content) -> Place:
    keys = {f.name: f.import_key for f in collection.every_field}
    return (collection.kind, *(repr(content.get(keys[c])) for c in collection.natural_key))


def _differing(one: Content, other: Content) -> list[str]:
    return [name for name in {**one, **other} if one.get(name) != other.get(name)]
