"""Records with what they bring along: `include`, one query a level and name."""

from typing import Any
from urllib.parse import urlencode

from service import limits
from service.formats.json_records import render
from service.model.dates import parse_date
from service.query.fields import Collection, Type
from service.query.relations import Embedding, embeddings
from service.query.selections import DATE_BOUNDS, Tree
from service.store import records
from service.store.database import Snapshot

Shown = dict[str, Any]


async def embed(
    snapshot: Snapshot, collection: Collection, shown: list[Shown], include: Tree, lang: str
) -> None:
    """Add to each shown record what `include` names."""
    if DATE_BOUNDS in include:
        for record in shown:
            record |= _date_bounds(collection, record)
    brought = embeddings(collection)
    for name, further in include.items():
        if name != DATE_BOUNDS:
            await _bring(snapshot, brought[name], shown, further, lang)


async def _bring(
    snapshot: Snapshot, embedding: Embedding, shown: list[Shown], further: Tree, lang: str
) -> None:
    target = embedding.target
    if embedding.is_reverse:
        found = await records.pointing(
            snapshot, target, embedding.reference, [record["id"] for record in shown],
            limits.EMBEDDED_MAX + 1,
        )  # fmt: skip
    else:
        rows = await records.by_ids(snapshot, target, _pointed_at(embedding, shown))
        found = {
            record["id"]: [rows[i] for i in _ids(embedding, record) if i in rows]
            for record in shown
        }
    below: list[Shown] = []
    for record in shown:
        rendered = [render(target, row, lang) for row in found[record["id"]]]
        record[embedding.name] = _placed(embedding, record["id"], rendered)
        below += rendered[: limits.EMBEDDED_MAX]
    await embed(snapshot, target, below, further, lang)


def _pointed_at(embedding: Embedding, shown: list[Shown]) -> set[str]:
    return {target for record in shown for target in _ids(embedding, record)}


def _ids(embedding: Embedding, record: Shown) -> list[str]:
    value = record[embedding.reference.name]
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _placed(embedding: Embedding, record_id: str, rendered: list[Shown]) -> Any:
    if not embedding.is_list:
        return rendered[0] if rendered else None
    more = None
    if embedding.is_reverse and len(rendered) > limits.EMBEDDED_MAX:
        asked = urlencode({embedding.reference.name: record_id, "sort": "id"})
        more = f"/v1/{embedding.target.name}?{asked}"
    return {"object": "list", "data": rendered[: limits.EMBEDDED_MAX], "next": more}


def _date_bounds(collection: Collection, record: Shown) -> Shown:
    found: Shown = {}
    for field in collection.of_type(Type.DATE):
        text = record[field.name]
        date = parse_date(text) if text else None
        found[f"{field.name}_min"] = date.lo.isoformat() if date and date.lo else None
        found[f"{field.name}_max"] = date.hi.isoformat() if date else None
        found[f"{field.name}_precision"] = date.precision if date else None
    return found
