"""A list of any collection: filtered, sorted, paged, with facets and embedded records."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from service.formats.json_records import Plan, plan, render
from service.query.fields import Collection
from service.query.grouping import Key
from service.query.paths import Path
from service.query.registry import BY_NAME
from service.query.selections import ALWAYS, DATE_BOUNDS, Tree, merged, needed, projected
from service.query.types import Names
from service.query.views import ISSUES
from service.store.catalogue import groups, lists, records, rules
from service.store.catalogue.counts import Count
from service.store.catalogue.groups import Facet
from service.store.catalogue.lists import ListQuery
from service.store.database import Snapshot
from service.texts.labels import label
from service.usecases.catalogue.embedding import Bringing, embed
from service.usecases.catalogue.kept_groups import KeptGroups
from service.usecases.catalogue.merged_ids import Resolution, named_ids, names_texts, resolved


@dataclass(frozen=True)
class Selection:
    """How records are shown: empty `fields` shows all of them; `on`: as of that day, on which what
    they bring along is in force (`is_possible`: perhaps). `is_encoded`: they are encoded as they
    are shown, and nobody looks into them before."""

    lang: str = "en"
    include: Tree = field(default_factory=dict)
    fields: Tree = field(default_factory=dict)
    on: date | None = None
    is_possible: bool = False
    is_encoded: bool = False

    def brings(self, collection: Collection) -> Tree:
        """What the records bring along, asked for or needed by the fields."""
        return merged(self.include, needed(collection, self.fields))

    def is_plain(self, collection: Collection) -> bool:
        """Whether the rows themselves are all that it shows."""
        return self.brings(collection).keys() <= {DATE_BOUNDS}

    def plan(self, collection: Collection) -> Plan | None:
        """How rows are shown that nothing is added to and nothing is taken out of but whole keys;
        None for others."""
        if not self.is_encoded or self.brings(collection) or any(self.fields.values()):
            return None
        wanted = frozenset((*ALWAYS, *self.fields)) if self.fields else None
        return plan(collection, self.lang, wanted)


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
) -> Listed:
    """Raises ServiceError `unknown_reference` for ids that no record has."""
    if snapshot.is_current and _is_of_one_statement(collection, query, selection, facets):
        named = named_ids(collection, query.filter)
        page = await lists.page(snapshot, collection, replace(query, named=named))
        if not page.is_astray:
            data = await shown(snapshot, collection, page.records, selection)
            resolution = Resolution(query.filter, {})
            return Listed(data, page.after, page.count, {}, {}, resolution)
    await snapshot.open()
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


def _is_of_one_statement(
    collection: Collection, query: ListQuery, selection: Selection, facets: tuple[Path, ...]
) -> bool:
    """Whether a page of rows, with their count, is all that must be asked."""
    return (
        collection is not ISSUES
        and query.count != "estimate"
        and not facets
        and selection.is_plain(collection)
        and not names_texts(query.filter)
        and not lists.may_be_undecided(query)
    )


async def shown(
    snapshot: Snapshot, collection: Collection, rows: list[records.Record], selection: Selection
) -> list[Any]:
    """The wire form of rows, with what they bring along, cut to the fields asked for."""
    if (planned := selection.plan(collection)) is not None:
        return [planned.shown(row) for row in rows]
    rendered = [render(collection, row, selection.lang) for row in rows]
    include = selection.brings(collection)
    how = Bringing(snapshot, selection.lang, selection.is_possible)
    await embed(how, collection, rendered, include, selection.fields)
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
