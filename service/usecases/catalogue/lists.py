"""A list of any collection: filtered, sorted, paged, with facets and embedded records."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import msgspec
from msgspec import Struct

from service.formats.json_records import Plan, plan, render
from service.query.fields import Collection
from service.query.filters.slots import slotted
from service.query.grouping import Key
from service.query.paths import Path
from service.query.registry import BY_NAME
from service.query.relations import Hop, embeddings
from service.query.selections import Tree, keys_needed, merged, needed, projected
from service.query.types import Names
from service.query.views import ISSUES
from service.store.catalogue import groups, lists, records, rules
from service.store.catalogue.counts import Count
from service.store.catalogue.groups import Facet
from service.store.catalogue.lists import ListQuery
from service.store.catalogue.page_texts import but
from service.store.database import Snapshot
from service.texts.labels import label
from service.usecases.catalogue.embedding import Bringing, embed
from service.usecases.catalogue.kept_groups import KeptGroups
from service.usecases.catalogue.merged_ids import (
    Resolution,
    existing,
    named_ids,
    names_texts,
    resolved,
)


class Selection(Struct, frozen=True):
    """How records are shown: empty `fields` shows all of them; `on`: as of that day, on which what
    they bring along is in force (`is_possible`: perhaps). `is_encoded`: they are encoded as they
    are shown, and nobody looks into them before."""

    lang: str = "en"
    include: Tree = msgspec.field(default_factory=dict)
    fields: Tree = msgspec.field(default_factory=dict)
    on: date | None = None
    is_possible: bool = False
    is_encoded: bool = False

    def brings(self, collection: Collection) -> Tree:
        """What the records bring along, asked for or needed by the fields."""
        if not self.fields:
            return self.include
        return merged(self.include, needed(collection, self.fields))

    def plan(self, collection: Collection) -> Plan:
        """How rows are shown before anything is added to them, or taken out of their values."""
        wanted = keys_needed(collection, self.fields, self.brings(collection))
        return plan(collection, self.lang, wanted)

    def asked_of(self, collection: Collection, query: ListQuery) -> ListQuery:
        """The query of no more than is shown."""
        columns = self.plan(collection).columns
        return but(query, columns=columns, brought=self._brought(collection))

    def _brought(self, collection: Collection) -> tuple[tuple[Hop, frozenset[str]], ...]:
        """The records that come with the rows, and the columns that are made into the fields that
        are named of them."""
        if not self.fields:
            return ()
        known = embeddings(collection)
        brought = ((known.get(n), n, further) for n, further in self.brings(collection).items())
        return tuple(
            (hop, plan(hop.target, self.lang, keys_needed(hop.target, fields, further)).columns)
            for hop, name, further in brought
            if hop and not hop.is_list and (fields := self.fields.get(name))
        )

    def is_plain(self, collection: Collection) -> bool:
        """Whether the rows, encoded as they are, are all that it shows."""
        is_whole = not self.brings(collection) and not any(self.fields.values())
        return self.is_encoded and is_whole


@dataclass(frozen=True)
class Listed:
    """A page of shown records and what is known of the whole list."""

    data: list[Any]
    after: list[str | None] | None
    count: Count | None
    facets: dict[str, Any]
    undecided: dict[str, int]
    resolution: Resolution
    unfinished: tuple[str, ...] = ()  # rules that took too long to look for


async def listed(
    snapshot: Snapshot,
    collection: Collection,
    query: ListQuery,
    selection: Selection,
    kept: KeptGroups,
    facets: tuple[Path, ...] = (),
    owner: tuple[Collection, str] | None = None,
) -> Listed:
    """`owner`: the record that all of the list point to, as the filter says.

    Raises ServiceError `unknown_reference` for ids that no record has, and of the owner what
    `existing` raises.
    """
    query = selection.asked_of(collection, query)
    is_of_rows = snapshot.is_current and _is_of_rows(collection, query, facets)
    if is_of_rows and (found := await _page_of_rows(snapshot, collection, query, selection, kept)):
        return found
    await snapshot.open()
    if owner is not None:
        await existing(snapshot, *owner)
    resolution = await resolved(snapshot, collection, query.filter)
    query = replace(query, filter=resolution.filter)
    first, known, unfinished = snapshot, None, tuple[str, ...]()
    if collection is ISSUES:
        looked = await rules.looked_for(snapshot, query)
        snapshot, first, unfinished = looked.snapshot, looked.first(query), looked.unfinished
        if query.count != "none" and not query.sample:
            known, query = Count.of(looked.found), replace(query, count="none")
    page = await lists.page(first, collection, query)
    count = known or page.count
    return Listed(
        data=await shown(snapshot, collection, page.records, selection),
        after=page.after,
        count=count._replace(relation="gte") if count and unfinished else count,
        facets={p.name: await _facet(snapshot, collection, query, p, kept) for p in facets},
        undecided=await lists.undecided(snapshot, collection, query),
        resolution=resolution,
        unfinished=unfinished,
    )


async def _page_of_rows(
    snapshot: Snapshot,
    collection: Collection,
    query: ListQuery,
    selection: Selection,
    kept: KeptGroups,
) -> Listed | None:
    """None where an id that the filter names is no record."""
    page = await _page(snapshot, collection, query, kept)
    if page.is_astray:
        return None
    data = await shown(snapshot, collection, page.records, selection)
    undecided = await lists.undecided(snapshot, collection, query)
    return Listed(data, page.after, page.count, {}, undecided, Resolution(query.filter, {}))


async def _page(
    snapshot: Snapshot, collection: Collection, query: ListQuery, kept: KeptGroups
) -> lists.Page:
    """With its count, which is looked for where it is not known."""
    filter_ = slotted(query.filter).filter
    asked = but(query, filter=filter_, named=named_ids(collection, filter_))
    known = await kept.total(snapshot, collection, query) if query.count == "exact" else None
    if known is None:
        page = await lists.page(snapshot, collection, asked)
        if page.count is not None:
            kept.looked_at(snapshot, collection, query, page.count.value)
        return page
    page = await lists.page(snapshot, collection, but(asked, count="none"))
    return replace(page, count=Count.of(known))


def _is_of_rows(collection: Collection, query: ListQuery, facets: tuple[Path, ...]) -> bool:
    """Whether a page of rows, with their count, says all, so that no transaction is needed."""
    is_counted = query.count != "estimate" and not facets
    return collection is not ISSUES and is_counted and not names_texts(query.filter)


async def shown(
    snapshot: Snapshot, collection: Collection, rows: list[records.Record], selection: Selection
) -> list[Any]:
    """The wire form of rows, with what they bring along, cut to the fields asked for."""
    planned = selection.plan(collection)
    if selection.is_plain(collection):
        return list(planned.shown(rows))
    rendered = planned.records(rows)
    include = selection.brings(collection)
    how = Bringing(snapshot, selection.lang, selection.is_possible)
    await embed(how, collection, rendered, include, selection.fields, rows)
    if not selection.fields:
        return rendered
    return [projected(record, selection.fields, selection.include) for record in rendered]


async def _facet(
    snapshot: Snapshot, collection: Collection, query: ListQuery, path: Path, kept: KeptGroups
) -> dict[str, Any]:
    counted = await kept.get(snapshot, collection, query, (Key(path.name, path),))
    if counted is None:
        found = await groups.facet(snapshot, collection, query, path)
    else:
        found = Facet.of(counted.counts)
    labels = await labels_of(snapshot, path, [key for key, _ in found.buckets], query.lang)
    return {
        "buckets": [
            {"key": key, "label": labels[key], "count": count} for key, count in found.buckets
        ],
        "total_buckets": found.total,
    }


async def labels_of(
    snapshot: Snapshot, path: Path, keys: list[str | None], lang: str
) -> dict[str | None, str]:
    """What readers call the values of a path: names of records, words of closed lists."""
    found = {key: label(key, lang) for key in keys}
    if path.field.to and (target := BY_NAME[path.field.to]).of_type(Names):
        rows = await records.by_ids(snapshot, target, {key for key in keys if key is not None})
        found |= {key: render(target, row, lang)["name"] for key, row in rows.items()}
    return found
