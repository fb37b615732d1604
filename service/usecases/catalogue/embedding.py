"""Records with the records that `include` names: one query a level and name."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from service import limits
from service.formats.json_records import Plan, plan
from service.query import cursors
from service.query.fields import Collection
from service.query.relations import Hop, embeddings
from service.query.selections import DATE_BOUNDS, Tree, keys_needed, paths_of
from service.query.types.dates import shown_bounds
from service.store.catalogue import records
from service.store.database import Snapshot

Shown = dict[str, Any]
Found = dict[str, list[records.Record]]  # by the record that brings them along


@dataclass(frozen=True)
class Bringing:
    """At which revision and on which day, if on one; in which language; whether what perhaps was in
    force then is brought, too."""

    snapshot: Snapshot
    lang: str
    is_possible: bool = False


async def embed(
    how: Bringing,
    collection: Collection,
    shown: list[Shown],
    include: Tree,
    fields: Tree,
    rows: Sequence[Any] = (),
) -> None:
    """Add to each shown record what `include` names; a list that goes on elsewhere goes on with
    the `fields`. What the `rows` of the records have brought is not asked for."""
    if DATE_BOUNDS in include:
        for record in shown:
            record |= _date_bounds(collection, record)
    brought = embeddings(collection)
    for name, further in include.items():
        if name != DATE_BOUNDS:
            come = _come_along(brought[name], shown, rows)
            await _bring(how, brought[name], shown, further, fields.get(name, {}), come)


def _come_along(embedding: Hop, shown: list[Shown], rows: Sequence[Any]) -> Found | None:
    """By record the one that its row has brought; None where they have brought none."""
    start = f"{embedding.name}."
    if not rows or f"{start}id" not in rows[0]:
        return None
    names = {key: key.removeprefix(start) for key in [*rows[0].keys()] if key.startswith(start)}
    each = ({name: row[key] for key, name in names.items()} for row in rows)
    records = zip(shown, each, strict=True)
    return {one["id"]: [] if row["id"] is None else [row] for one, row in records}


async def _bring(
    how: Bringing,
    embedding: Hop,
    shown: list[Shown],
    further: Tree,
    fields: Tree,
    found: Found | None,
) -> None:
    wanted = keys_needed(embedding.target, fields, further)
    planned = plan(embedding.target, how.lang, wanted)
    if found is None:
        found = await _found(how, embedding, shown, planned)
    all_rendered = iter(planned.records([row for r in shown for row in found[r["id"]]]))
    below: list[Shown] = []
    for record in shown:
        rendered = list(islice(all_rendered, len(found[record["id"]])))
        placed = rendered[: limits.EMBEDDED_MAX]
        record[embedding.name] = _placed(embedding, placed)
        if embedding.is_list and len(rendered) > limits.EMBEDDED_MAX:
            record[embedding.name]["next"] = _next(how, embedding, record, further, fields)
        below += placed
    await embed(how, embedding.target, below, further, fields)


async def _found(how: Bringing, embedding: Hop, shown: list[Shown], planned: Plan) -> Found:
    if embedding.is_reverse:
        return await records.pointing(
            how.snapshot,
            embedding.target,
            embedding.reference,
            [r["id"] for r in shown],
            limits.EMBEDDED_MAX + 1,
            planned.columns,
            is_possible=how.is_possible,
        )
    ids = _pointed_at(embedding, shown)
    rows = await records.by_ids(how.snapshot, embedding.target, ids, planned.columns)
    return {r["id"]: [rows[i] for i in _ids(embedding, r) if i in rows] for r in shown}


def _pointed_at(embedding: Hop, shown: list[Shown]) -> set[str]:
    return {target for record in shown for target in _ids(embedding, record)}


def _ids(embedding: Hop, record: Shown) -> list[str]:
    value = record[embedding.reference.name]
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _placed(embedding: Hop, rendered: list[Shown]) -> Any:
    if not embedding.is_list:
        return rendered[0] if rendered else None
    return {"object": "list", "data": rendered, "next": None}


def _next(how: Bringing, embedding: Hop, record: Shown, further: Tree, fields: Tree) -> str:
    """The list that goes on behind the last record shown, in the same revision."""
    path = f"/v1/{embedding.target.name}"
    given = {"sort": ["id"], "lang": [how.lang]}
    if further:
        given["include"] = sorted(paths_of(further))
    if fields:
        given["fields"] = sorted(paths_of(fields))
    if not embedding.is_reverse:
        behind = _ids(embedding, record)[limits.EMBEDDED_MAX :][: limits.VALUES_MAX]
        asked = given | {"id": behind, "as_of": [f"rev:{how.snapshot.revision}"]}
        return _address(path, asked | {"limit": [str(limits.VALUES_MAX)]})
    given[embedding.reference.name] = [record["id"]]
    day = how.snapshot.on
    if day is not None and how.is_possible:
        given["date_match"] = ["possible"]
    question = cursors.list_question(given, day, how.lang)
    last = record[embedding.name]["data"][-1]["id"]
    asked_hash = cursors.query_hash([path, question])
    place = cursors.Cursor(how.snapshot.revision, asked_hash, [last])
    cursor = cursors.encode(place, how.snapshot.standing.cursor_key)
    on = {"on": [day.isoformat()]} if day else {}
    return _address(path, given | on | {"cursor": [cursor]})


def _address(path: str, given: dict[str, list[str]]) -> str:
    return f"{path}?{urlencode({name: ','.join(values) for name, values in given.items()})}"


def _date_bounds(collection: Collection, record: Shown) -> Shown:
    bounds: Shown = {}
    for field in collection.dates:
        bounds |= shown_bounds(field.name, record[field.name])
    return bounds
