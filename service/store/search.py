"""All records with names at a revision, as search sees them."""

import asyncio
from collections.abc import Iterable, Mapping, Set
from functools import cache
from typing import Any, NamedTuple, TypeAlias

import msgspec

from service import limits
from service.query.fields import Collection, Moment
from service.query.lives import life
from service.query.registry import FEATURES, GROUPS, MARKETS, PRODUCTS, VENDORS, VERSIONS
from service.query.types import Texts
from service.search.documents import EXTERNAL, GROUPED, SEARCHED, Document, Field, host_of
from service.store.curation import retired_ids
from service.store.database import Snapshot

Row = Mapping[str, Any]
Keys: TypeAlias = Mapping[str, Set[str]]  # ids by kind
UNHINTED: Mapping[str, str] = {}
PLAIN = ("definition", "title", "publisher", "note")
HINTED = ("category", "layer", "country", "publisher")  # what a record is hinted at by


class Around(NamedTuple):
    """What documents tell of other records, by the id of the record, or of the other one."""

    former: Mapping[tuple[str, str], list[str]]
    versions: Mapping[str, list[str]]
    grouped: Mapping[str, list[str]]
    markets: Mapping[str, list[str]]
    vendors: Mapping[str, Row]


async def load(snapshot: Snapshot, only: Keys | None = None) -> list[Document]:
    """Every document of the searched collections, or those of these records."""
    rows = {
        c.kind: await _rows(snapshot, c, None if only is None else only.get(c.kind, set()))
        for c in SEARCHED
    }
    around = await _around(snapshot, rows, is_whole=only is None)
    return await asyncio.to_thread(_documents, rows, around)


def _documents(rows: Mapping[str, list[Row]], around: Around) -> list[Document]:
    return [
        _document(collection, row, around)
        for collection in SEARCHED
        for row in rows[collection.kind]
    ]


async def is_large(snapshot: Snapshot, least: int) -> bool:
    """Whether there are so many documents now: counted, for no statistics need be there yet."""
    rows = " UNION ALL ".join(f"SELECT FROM {collection.table}" for collection in SEARCHED)
    n = await snapshot.connection.fetchval(f"SELECT count(*) FROM ({rows} LIMIT $1) t", least)
    return bool(n >= least)


async def _around(snapshot: Snapshot, rows: dict[str, list[Row]], *, is_whole: bool) -> Around:
    groups, vendors, markets = (rows[c.kind] for c in (GROUPS, VENDORS, MARKETS))
    if not is_whole:
        holders = {one for row in groups for one in row["vendor_ids"]}
        holders |= {row["vendor_id"] for row in rows[PRODUCTS.kind]}
        groups = await _rows(snapshot, GROUPS, _ids(vendors), "t.vendor_ids && {}")
        vendors = await _rows(snapshot, VENDORS, holders | _ids(vendors))
        meant = {one for row in rows[FEATURES.kind] for one in row["market_ids"] or ()}
        markets = await _rows(snapshot, MARKETS, meant)
    return Around(
        former=await _former(snapshot, [c for c in SEARCHED if is_whole or rows[c.kind]]),
        versions=await _versions(snapshot, None if is_whole else _ids(rows[PRODUCTS.kind])),
        grouped=_grouped(groups),
        markets={row["id"]: list(_names(row).values()) for row in markets},
        vendors={row["id"]: dict(row) | {"names": _names(row)} for row in vendors},
    )


def _ids(rows: Iterable[Row]) -> set[str]:
    return {row["id"] for row in rows}


def _holder(row: Row, vendors: Mapping[str, Row]) -> Row:
    """The vendor of a product; a group is where all its vendors are; else the row itself."""
    countries = {vendors[one]["country"] for one in row.get("vendor_ids") or () if one in vendors}
    if len(countries) == 1:
        return {**row, "country": countries.pop()}
    return vendors.get(row.get("vendor_id") or "", row)


async def _versions(snapshot: Snapshot, products: set[str] | None) -> dict[str, list[str]]:
    """What the versions of each product are called, or of these products."""
    relation = snapshot.relation(VERSIONS.table)
    if products is not None and not products:
        return {}
    rows = await snapshot.connection.fetch(
        f"SELECT product_id, array_agg(DISTINCT name ORDER BY name) AS names FROM {relation}"
        f"{'' if products is None else ' WHERE product_id = ANY ($1::text[])'}"
        " GROUP BY product_id",
        *([] if products is None else [sorted(products)]),
        timeout=limits.PANEL_SECONDS,
    )
    return {row["product_id"]: row["names"] for row in rows}


def _grouped(groups: list[Row]) -> dict[str, list[str]]:
    """What the groups of each vendor are called."""
    found: dict[str, list[str]] = {}
    for group in groups:
        called = [*_names(group).values(), *group["aliases"]]
        for vendor in group["vendor_ids"]:
            found.setdefault(vendor, []).extend(called)
    return found


async def _former(
    snapshot: Snapshot, collections: Iterable[Collection]
) -> dict[tuple[str, str], list[str]]:
    """By kind and id, the ids that were merged into the record."""
    former_ids: dict[tuple[str, str], list[str]] = {}
    for collection in collections:
        led = await retired_ids.survivors_then(snapshot, collection)
        for old, new in led.items():
            former_ids.setdefault((collection.kind, new), []).append(old)
    return former_ids


async def _rows(
    snapshot: Snapshot,
    collection: Collection,
    ids: Set[str] | None = None,
    condition: str = "t.id = ANY ({})",
) -> list[Row]:
    """All rows, or those for whose ids the condition holds, by id."""
    relation = snapshot.relation(collection.table)
    columns = ", ".join(_columns(collection, snapshot.moment))
    if ids is not None and not ids:
        return []
    rows = await snapshot.connection.fetch(
        f"SELECT {columns} FROM {relation} t"
        f"{'' if ids is None else ' WHERE ' + condition.format('$1::text[]')} ORDER BY t.id",
        *([] if ids is None else [sorted(ids)]),
        timeout=limits.PANEL_SECONDS,
    )
    return list(rows)


def _columns(collection: Collection, moment: Moment) -> list[str]:
    wanted = {"names", "aliases", "definitions", "vendor_id", "vendor_ids", "homepage", "url"}
    wanted |= {"market_ids", EXTERNAL, *PLAIN, *HINTED}
    columns = ["t.id", *(f"t.{f.name}" for f in collection.fields if f.name in wanted)]
    if collection is PRODUCTS:
        known = life(PRODUCTS, "t", moment)
        columns += [_ordinal(known.certain_from, "begun"), _ordinal(known.certain_until, "ended")]
    return columns


def _ordinal(day: str, name: str) -> str:
    """The day as an ordinal: 0 where it is not known, null where it never comes."""
    ordinal = f"CASE WHEN isfinite({day}) THEN ({day}) - DATE '0001-01-01' + 1 ELSE 0 END"
    return f"CASE WHEN {day} = 'infinity' THEN NULL ELSE coalesce({ordinal}, 0) END AS {name}"


def _document(collection: Collection, row: Row, around: Around) -> Document:
    """Of a product with what its vendor tells, of a group with the country of its vendors."""
    holder = _holder(row, around.vendors)
    names = _names(row)
    called = names or {"und": row.get("title") or row.get("publisher") or row.get("url") or ""}
    is_product = collection is PRODUCTS
    return Document(
        type=collection.kind,
        id=row["id"],
        fields=tuple(_fields(collection, row, names, around)),
        names=called,
        hint=holder["names"] if is_product else _hint(row),
        begun=row["begun"] if is_product else None,
        ended=row["ended"] if is_product else None,
        country=holder.get("country"),
        home=host_of(holder.get("homepage")),
        external_ids=tuple(row.get(EXTERNAL) or ()),
        about=_about(row, around.markets) if collection is FEATURES else (),
    )


def _about(feature: Row, markets: Mapping[str, list[str]]) -> tuple[Field, ...]:
    category = [Field("category", feature["category"])] if feature["category"] else []
    names = (name for one in feature["market_ids"] or () for name in markets[one])
    return (*category, *(Field("market", name) for name in names))


def _names(row: Row) -> dict[str, str]:
    return _texts(row.get("names"))


def _texts(encoded: str | None) -> dict[str, str]:
    """By language."""
    texts: dict[str, str] = msgspec.json.decode(encoded) if encoded else {}
    return texts


def _hint(row: Row) -> Mapping[str, str]:
    text = next((row[name] for name in HINTED if row.get(name)), None)
    return {"und": text} if text else UNHINTED


def _fields(
    collection: Collection, row: Row, names: Mapping[str, str], around: Around
) -> list[Field]:
    fields = [Field(_named("names", tag), name) for tag, name in sorted(names.items())]
    for aliases in collection.of_type(Texts):
        fields += [Field(aliases.name, alias) for alias in row[aliases.name] or ()]
    if collection.is_entity:
        former = around.former.get((collection.kind, row["id"]), ())
        fields += [Field("id", name) for name in (row["id"], *former)]
    fields += [Field(name, row[name]) for name in PLAIN if row.get(name)]
    fields += [
        Field(_named("definitions", tag), text)
        for tag, text in _texts(row.get("definitions")).items()
    ]
    versions = around.versions.get(row["id"], ()) if collection is PRODUCTS else ()
    groups = around.grouped.get(row["id"], ()) if collection is VENDORS else ()
    fields += [Field("versions", name) for name in versions]
    fields += [Field(GROUPED, name) for name in groups]
    fields += [Field(EXTERNAL, external) for external in row.get(EXTERNAL) or ()]
    return fields


@cache
def _named(field: str, tag: str) -> str:
    """One string for all records."""
    return f"{field}.{tag}"
