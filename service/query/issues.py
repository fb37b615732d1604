"""Rules that records break, each as SELECTs over the tables: what a curator should look at.

Every rule reads a table once, or joins two by equal columns: never each row with each.
"""

from collections.abc import Callable
from typing import NamedTuple

from service.query.fields import Collection
from service.query.registry import BY_KIND, COLLECTIONS, MARKETS
from service.query.types import Names
from service.query.types.by_field import is_answered

Relation = Callable[[str], str]
_NO_LIST = "'{}'"
UNCHECKED_BEFORE = ":unchecked_before"  # a day, a parameter of the read
NOWHERE = (
    "NULL::text AS product_id, NULL::text AS vendor_id, NULL::text AS feature_id,"
    f" {_NO_LIST}::text[] AS market_ids"
)
BOOKKEEPING = "r.revision, r.recorded_at, r.updated_at"
SOURCED = [c for c in COLLECTIONS if c.field("source_ids") and c.field("evidence")]
# Since when a market is tracked is no event.
DATED = [(c, f) for c in SOURCED for f in c.dates if c is not MARKETS]
RULES = (
    "unsourced",
    "recorded_ahead",
    "ga_before_preview",
    "before_launch",
    "after_discontinuation",
    "ends_before_start",
    "overlapping_spells",
    "contradicting_figures",
    "before_founding",
    "launch_unknown",
    "without_features",
    "never_adopted",
    "disputed_alone",
    "disputed_without_preferred",
    "source_unchecked",
    "without_chinese_name",
)
ADOPTION, PRODUCT, FEATURE, SOURCE = (
    BY_KIND[kind] for kind in ("adoption", "product", "feature", "source")
)
# What of a product is a fact of its life: it neither precedes the launch nor follows the end.
LIVED = [c for c in COLLECTIONS if c.starts and c.field("product_id")]
# The figure of a fact, and what tells things apart of which each has one figure at a time.
FIGURES = {
    "usage": ("value", ("product_id", "metric")),
    "investment": ("amount", ("vendor_id", "type", "status", "currency")),
}


class _Broken(NamedTuple):
    """A rule that the rows `r` of a collection break, for which `where` holds; `part` is what of
    them breaks it, where that may be several things."""

    rule: str
    collection: Collection
    where: str
    part: str = ""
    join: str = ""

    def select(self, relation: Relation, *, is_counted: bool = False) -> str:
        kind, table = self.collection.kind, relation(self.collection.table)
        product, pointed = about(self.collection, relation), references(self.collection)
        if is_counted and "about." not in self.where:
            product, pointed = "", NOWHERE
        return (
            f"SELECT '{self.rule}:{kind}:{self.part}:' || r.id AS id, '{kind}'::text AS kind,"
            f" r.id AS record_id, '{self.rule}'::text AS rule, {pointed}, {BOOKKEEPING}"
            f" FROM {table} r{product} {self.join} WHERE {self.where}"
        )


def references(collection: Collection) -> str:
    """product_id, vendor_id, feature_id and market_ids of the row `r`, null where it has none.

    What is said of a product is said of its vendor, and in its markets: see `about`.
    """
    own = {"vendor_id": "about.vendor_id", "market_ids": "about.market_ids"}
    own = own if collection.field("product_id") else {}
    own |= {f.name: f"r.{f.name}" for f in collection.references}
    own[f"{collection.kind}_id"] = "r.id"
    if market := own.get("market_id"):
        own["market_ids"] = f"ARRAY[{market}]"
    single = (
        f"{own.get(n, 'NULL')}::text AS {n}" for n in ("product_id", "vendor_id", "feature_id")
    )
    return ", ".join([*single, f"{own.get('market_ids', _NO_LIST)}::text[] AS market_ids"])


def about(collection: Collection, relation: Relation) -> str:
    """The product that the row `r` is about, as `about`."""
    if collection.field("product_id") is None:
        return ""
    return f" LEFT JOIN {relation('product')} about ON about.id = r.product_id"


def issues(relation: Relation, *, is_counted: bool = False) -> dict[str, list[str]]:
    """The SELECTs of each rule, one a kind.

    `is_counted`: only how many there are is asked, so what is known of their products need not be
    looked up: in the past no planner sees that it is one row of each.
    """
    found: dict[str, list[str]] = {rule: [] for rule in RULES}
    for rules in (_of_values, _of_dates, _of_subjects, _of_products):
        for broken in rules(relation):
            found[broken.rule].append(broken.select(relation, is_counted=is_counted))
    return found


def unchecked(relation: Relation) -> str:
    """Sources that records stand on, and that nobody has certainly looked at since the day before
    which that is too old: one that was never checked was looked at when it was recorded."""
    used = " UNION ".join(
        f"SELECT unnest(source_ids) AS id FROM {relation(c.table)}" for c in SOURCED
    )
    looked_at = "coalesce(r.last_checked_max, r.recorded_at::date)"
    where = f"{looked_at} < {UNCHECKED_BEFORE}::date"
    join = f"JOIN ({used}) used ON used.id = r.id"
    return _Broken("source_unchecked", SOURCE, where, join=join).select(relation)


def _of_values(_: Relation) -> list[_Broken]:
    named = [c for c in COLLECTIONS if c.of_type(Names)]
    return [
        *(_Broken("unsourced", c, "r.evidence = 'unsourced'") for c in SOURCED),
        *(_Broken("without_chinese_name", c, "NOT r.names ? 'zh'") for c in named),
        _Broken(
            "launch_unknown",
            PRODUCT,
            f"r.launched IS NULL AND NOT {is_answered('r', 'launched')}",
        ),
    ]


def _of_dates(relation: Relation) -> list[_Broken]:
    preview = (
        f"EXISTS (SELECT 1 FROM {relation('adoption')} v WHERE v.product_id = r.product_id"
        " AND v.feature_id = r.feature_id AND v.stage = 'preview' AND v.date_min > r.date_max)"
    )
    return [
        *(
            _Broken("recorded_ahead", c, f"r.{f.name}_min > r.updated_at::date", f.name)
            for c, f in DATED
        ),
        _Broken("ga_before_preview", ADOPTION, f"r.stage = 'ga' AND {preview}"),
        *(
            _Broken("ends_before_start", c, f"r.{c.ends}_max < r.{c.starts}_min")
            for c in COLLECTIONS
            if c.ends
        ),
    ]


def _of_products(relation: Relation) -> list[_Broken]:
    vendor = f"JOIN {relation('vendor')} v ON v.id = r.vendor_id"
    nobody = f"NOT EXISTS (SELECT 1 FROM {relation('adoption')} a WHERE a.{{0}}_id = r.id)"
    early = "r.{0}_max < about.launched_min"
    # Few products have an end: those are found first.
    late = "about.discontinued_max IS NOT NULL AND r.{0}_min > about.discontinued_max"
    founded = "r.launched_max < v.founded_min"
    return [
        *(
            _Broken(rule, c, where.format(c.starts))
            for rule, where in (("before_launch", early), ("after_discontinuation", late))
            for c in LIVED
        ),
        _Broken("before_founding", PRODUCT, founded, join=vendor),
        _Broken("without_features", PRODUCT, nobody.format("product")),
        _Broken("never_adopted", FEATURE, nobody.format("feature")),
    ]


def _of_subjects(relation: Relation) -> list[_Broken]:
    """What facts of one subject say together."""
    disputable = [c for c in COLLECTIONS if c.subject]
    alone = "r.dispute IS NOT NULL AND NOT EXISTS ({} AND o.id <> r.id)"
    undecided = "r.dispute IS NOT NULL AND NOT EXISTS ({} AND o.dispute = 'preferred')"
    disputes = (("disputed_alone", alone), ("disputed_without_preferred", undecided))
    return [
        *(
            _Broken("overlapping_spells", c, f"EXISTS ({_overlapping(c, relation)})")
            for c in disputable
            if c.ends
        ),
        *(_contradicting(kind, relation) for kind in FIGURES),
        *(
            _Broken(rule, c, where.format(_opposed(c, relation)))
            for rule, where in disputes
            for c in disputable
        ),
    ]


def _overlapping(collection: Collection, relation: Relation) -> str:
    """Undisputed facts of the subject of the row `r` that certainly hold while it does."""
    start, end = collection.starts, collection.ends

    def begins_in_time(one: str, other: str) -> str:
        never = f"CASE WHEN {other}.{end} IS NULL THEN 'infinity' ELSE '-infinity' END"
        return f"{one}.{start}_max < coalesce({other}.{end}_min, ({never})::date)"

    return (
        f"SELECT FROM {relation(collection.table)} o WHERE {_same(collection)} AND o.id <> r.id"
        " AND o.dispute IS NULL AND r.dispute IS NULL"
        f" AND {begins_in_time('o', 'r')} AND {begins_in_time('r', 'o')}"
    )


def _contradicting(kind: str, relation: Relation) -> _Broken:
    """Undisputed facts whose thing has several figures at one time: a date stands for its interval
    however it is written."""
    collection = BY_KIND[kind]
    figure, thing = FIGURES[kind]
    same = (*thing, f"{collection.starts}_min", f"{collection.starts}_max")
    keys = {name: _key(collection, name) for name in same}
    grouped = ", ".join(f"{key.format(name)} AS {name}" for name, key in keys.items())
    several = (
        f"JOIN (SELECT {grouped} FROM {relation(kind)} WHERE dispute IS NULL"
        f" AND {collection.starts}_max IS NOT NULL"
        f" GROUP BY {', '.join(str(place) for place in range(1, len(same) + 1))}"
        f" HAVING min({figure}) <> max({figure})) o ON "
    )
    on = " AND ".join(f"o.{name} = {key.format(f'r.{name}')}" for name, key in keys.items())
    where = f"r.dispute IS NULL AND r.{figure} IS NOT NULL"
    return _Broken("contradicting_figures", collection, where, join=several + on)


def _same(collection: Collection) -> str:
    keys = {name: _key(collection, name) for name in collection.subject}
    return " AND ".join(f"{k.format(f'o.{n}')} = {k.format(f'r.{n}')}" for n, k in keys.items())


def _key(collection: Collection, name: str) -> str:
    """What a column is compared by, two unknown ones as equal: an equality can be hashed."""
    if name.endswith(("_min", "_max")):
        return "coalesce({}, '-infinity')"
    field = collection.field(name)
    return "{}" if field is not None and field.required else "coalesce({}, '')"


def _opposed(collection: Collection, relation: Relation) -> str:
    """The disputed facts of the subject of the row `r`, as `o`."""
    table = relation(collection.table)
    return f"SELECT FROM {table} o WHERE {_same(collection)} AND o.dispute IS NOT NULL"
