"""The newest events of a filtered timeline, with what readers call them."""

from dataclasses import replace
from typing import Any

from service.formats.event_titles import title
from service.formats.files.feed_entries import Entry, text_of
from service.formats.json_records import render
from service.model.dates import parse_date
from service.query.fields import Collection
from service.query.registry import BY_KIND, BY_NAME
from service.query.types import Reference
from service.query.views import TIMELINE
from service.store.catalogue import lists, records
from service.store.catalogue.lists import ListQuery
from service.store.database import Snapshot
from service.texts.labels import label
from service.usecases.catalogue.merged_ids import resolved

Shown = dict[str, Any]


async def entries(snapshot: Snapshot, query: ListQuery, lang: str, public_url: str) -> list[Entry]:
    """As many as `query` limits. Raises ServiceError `unknown_reference`."""
    found = await resolved(snapshot, TIMELINE, query.filter)
    page = await lists.page(snapshot, TIMELINE, replace(query, filter=found.filter))
    behind = await _behind(snapshot, page.records, lang)
    names = await _names(snapshot, list(behind.values()), lang)
    return [_entry(row, behind[row["record_id"]], names, lang, public_url) for row in page.records]


def _entry(row: Shown, record: Shown, names: dict[str, str], lang: str, public_url: str) -> Entry:
    date = parse_date(row["date"])
    return Entry(
        id=row["id"],
        title=title(row, record, names, lang),
        text=text_of(date, label(row["evidence"], lang), lang),
        url=f"{public_url}{record['href']}?lang={lang}",
        event=row["event"],
        date=date,
        revision=row["revision"],
        recorded_at=row["recorded_at"],
        updated_at=row["updated_at"],
    )


async def _behind(snapshot: Snapshot, rows: list[Shown], lang: str) -> dict[str, Shown]:
    """The records of the events by id, as they are shown."""
    found: dict[str, Shown] = {}
    for kind in sorted({row["kind"] for row in rows}):
        wanted = {row["record_id"] for row in rows if row["kind"] == kind}
        known = await records.by_ids(snapshot, BY_KIND[kind], wanted)
        found |= {one: render(BY_KIND[kind], row, lang) for one, row in known.items()}
    return found


async def _names(snapshot: Snapshot, shown: list[Shown], lang: str) -> dict[str, str]:
    """The names of the records that these point to, by id."""
    wanted: dict[str, set[str]] = {}
    for record in shown:
        for field in BY_KIND[record["object"]].of_type(Reference):
            if record[field.name] is not None:
                wanted.setdefault(field.to, set()).add(record[field.name])
    names: dict[str, str] = {}
    for name, ids in sorted(wanted.items()):
        rows = await records.by_ids(snapshot, BY_NAME[name], ids)
        names |= {one: _name(BY_NAME[name], row, lang) for one, row in rows.items()}
    return names


def _name(collection: Collection, row: Shown, lang: str) -> str:
    return str(render(collection, row, lang).get("name") or row["id"])
