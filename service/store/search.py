"""All records with names at a revision, as search sees them."""

from typing import Any

import msgspec

from service import limits
from service.query.fields import Collection, Moment
from service.query.lives import life
from service.query.registry import FEATURES, GROUPS, MARKETS, PRODUCTS, VENDORS, VERSIONS
from service.query.types import Texts
from service.search.documents import EXTERNAL, GROUPED, SEARCHED, Document, Field, host_of
from service.store.curation import retired_ids
from service.store.database import Snapshot

Row = dict[str, Any]
PLAIN = ("definition", "title", "publisher", "note")
HINTED = ("category", "layer", "country", "publisher")  # what a record is hinted at by


async def load(snapshot: Snapshot) -> list[Document]:
    """Every document of the searched collections."""
    rows = {c.kind: await _rows(snapshot, c) for c in SEARCHED}
    former = {c.kind: await _former(snapshot, c) for c in SEARCHED}
    versions = await _versions(snapshot)
    grouped = _grouped(rows[GROUPS.kind])
    markets = {row["id"]: list(_names(row).values()) for row in rows[MARKETS.kind]}
    vendors = {row["id"]: row for row in rows[VENDORS.kind]}
    return [
        _document(
            collection,
            row
            | {"former": former[collection.kind].get(row["id"], ())}
            | {"versions": versions.get(row["id"], ()) if collection is PRODUCTS else ()}
            | {GROUPED: grouped.get(row["id"], ()) if collection is VENDORS else ()}
            | {"markets": [name for one in row.get("market_ids") or () for name in markets[one]]},
            _holder(row, vendors),
        )
        for collection in SEARCHED
        for row in rows[collection.kind]
    ]


def _holder(row: Row, vendors: dict[str, Row]) -> Row:
    """The vendor of a product; a group is where all its vendors are; else the row itself."""
    countries = {vendors[one]["country"] for one in row.get("vendor_ids") or () if one in vendors}
    if len(countries) == 1:
        return row | {"country": countries.pop()}
    return vendors.get(row.get("vendor_id") or "", row)


async def _versions(snapshot: Snapshot) -> dict[str, list[str]]:
    """What the versions of each product are called."""
    rows = await snapshot.connection.fetch(
        f"SELECT product_id, array_agg(DISTINCT name ORDER BY name) AS names"
        f" FROM {snapshot.relation(VERSIONS.table)} GROUP BY product_id",
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


async def _former(snapshot: Snapshot, collection: Collection) -> dict[str, list[str]]:
    """The ids that were merged into each record."""
    former_ids: dict[str, list[str]] = {}
    led = await retired_ids.survivors_then(snapshot, collection)
    for old, new in led.items():
        former_ids.setdefault(new, []).append(old)
    return former_ids


async def _rows(snapshot: Snapshot, collection: Collection) -> list[Row]:
    rows = await snapshot.connection.fetch(
        f"SELECT {', '.join(_columns(collection, snapshot.moment))}"
        f" FROM {snapshot.relation(collection.table)} t"
        " ORDER BY t.id",
        timeout=limits.PANEL_SECONDS,
    )
    return [dict(row) for row in rows]


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


def _document(collection: Collection, row: Row, vendor: Row) -> Document:
    """`vendor` is the row of a product's vendor, else the row itself, with a group's country."""
    names = _names(row) or {"und": row.get("title") or row.get("publisher") or row.get("url") or ""}
    is_product = collection is PRODUCTS
    return Document(
        type=collection.kind,
        id=row["id"],
        fields=tuple(_fields(collection, row)),
        names=names,
        hint=_names(vendor) if is_product else _hint(row),
        begun=row["begun"] if is_product else None,
        ended=row["ended"] if is_product else None,
        country=vendor.get("country"),
        home=host_of(vendor.get("homepage")),
        external_ids=tuple(row.get(EXTERNAL) or ()),
        about=_about(row) if collection is FEATURES else (),
    )


def _about(feature: Row) -> tuple[Field, ...]:
    category = [Field("category", feature["category"])] if feature["category"] else []
    return (*category, *(Field("market", name) for name in feature["markets"]))


def _names(row: Row) -> dict[str, str]:
    return _texts(row, "names")


def _texts(row: Row, name: str) -> dict[str, str]:
    """By language."""
    texts: dict[str, str] = msgspec.json.decode(row[name]) if row.get(name) else {}
    return texts


def _hint(row: Row) -> dict[str, str]:
    text = next((row[name] for name in HINTED if row.get(name)), None)
    return {"und": text} if text else {}


def _fields(collection: Collection, row: Row) -> list[Field]:
    fields = [Field(f"names.{tag}", name) for tag, name in sorted(_names(row).items())]
    for aliases in collection.of_type(Texts):
        fields += [Field(aliases.name, alias) for alias in row[aliases.name] or ()]
    if collection.is_entity:
        fields += [Field("id", name) for name in (row["id"], *row["former"])]
    fields += [Field(name, row[name]) for name in PLAIN if row.get(name)]
    fields += [
        Field(f"definitions.{tag}", text) for tag, text in _texts(row, "definitions").items()
    ]
    fields += [Field(name, text) for name in ("versions", GROUPED) for text in row[name]]
    fields += [Field(EXTERNAL, external) for external in row.get(EXTERNAL) or ()]
    return fields
