"""Collections that are computed from others: dated events, facts by source, broken rules.

A view is declared like any collection, so that lists, filters, sorting, facets and paging are the
same; its rows are SQL over the tables at a revision. `record_id` and `kind` name the record behind
a row.
"""

from collections.abc import Callable

from service.query.fields import Collection, Field
from service.query.registry import BY_KIND, COLLECTIONS, EVIDENCE, EVIDENCE_DOC, MARKETS
from service.query.types import Date, Enum, Names, Reference, References, Slug

Relation = Callable[[str], str]
_KINDS = tuple(sorted(BY_KIND))
_SOURCED = [c for c in COLLECTIONS if c.field("source_ids") and c.field("evidence")]
# Since when a market is tracked is no event.
_DATED = [(c, f) for c in _SOURCED for f in c.dates if c is not MARKETS]
RULES = {
    "unsourced": "A record without a source.",
    "recorded_ahead": "A date that lies wholly after the day on which it was recorded.",
    "ga_before_preview": "Generally available before its preview began.",
    "before_launch": "Adopted before the product's launch.",
    "after_discontinuation": "Adopted after the product was discontinued.",
    "ends_before_start": "An end that lies wholly before the start.",
    "overlapping_spells": "Holds on a day on which another fact of its subject holds too.",
    "before_founding": "A product launched before its vendor was founded.",
    "launch_unknown": "A product without a launch date.",
    "without_features": "A product of which no feature is recorded.",
    "never_adopted": "A feature that no product is recorded to have.",
    "disputed_alone": "Disputed, and no other fact of its subject is.",
    "disputed_without_preferred": "Disputed, and none of the facts is preferred.",
    "without_chinese_name": "An entity without a Chinese name.",
}

_RECORD = (
    Field(name="kind", type=Enum(*_KINDS), doc="The kind of record.", required=True),
    Field(name="record_id", type=Slug(), doc="The record behind it.", required=True),
)
_REFERENCES = (
    Field(name="product_id", type=Reference("products"), doc="The product it is about."),
    Field(name="vendor_id", type=Reference("vendors"), doc="The vendor it is about."),
    Field(name="feature_id", type=Reference("features"), doc="The feature it is about."),
    Field(
        name="market_ids",
        type=References("markets"),
        doc="The markets it is about: its own, else its product's.",
    ),
)
_EVIDENCE = Field(name="evidence", type=Enum(*EVIDENCE), doc=EVIDENCE_DOC)

TIMELINE = Collection(
    name="timeline",
    kind="event",
    doc="All dated facts in date order.",
    prefix="event",
    starts="date",
    default_sort=("date",),
    fields=(
        *_RECORD,
        Field(
            name="event",
            doc="Kind and date field.",
            required=True,
            type=Enum(*(f"{c.kind}.{f.name}" for c, f in _DATED)),
        ),
        Field(name="date", type=Date(), doc="When.", required=True),
        *_REFERENCES,
        _EVIDENCE,
    ),
)
FACTS = Collection(
    name="facts",
    kind="fact",
    doc="The records that stand on a source.",
    prefix="fact",
    default_sort=("kind", "record_id"),
    fields=(
        *_RECORD,
        Field(name="source_ids", type=References("sources"), doc="What it stands on."),
        *_REFERENCES,
        _EVIDENCE,
    ),
)
ISSUES = Collection(
    name="quality-issues",
    kind="issue",
    doc="Rules that records break: what a curator should look at.",
    prefix="issue",
    default_sort=("rule", "kind", "record_id"),
    fields=(
        *_RECORD,
        Field(
            name="rule",
            type=Enum(*RULES),
            doc=" ".join(f"{rule}: {what}" for rule, what in RULES.items()),
            required=True,
        ),
        *_REFERENCES,
    ),
)
VIEWS = (TIMELINE, FACTS, ISSUES)


def view_parts(name: str, relation: Relation) -> list[str]:
    """The SELECTs over tables whose rows together are the view; none for a table's own name."""
    parts = {"event": _events, "fact": _facts, "issue": _issues}.get(name)
    return [] if parts is None else parts(relation)


_BOOKKEEPING = "r.revision, r.recorded_at, r.updated_at"


_NO_LIST = "'{}'"


def _references(collection: Collection) -> str:
    """product_id, vendor_id, feature_id and market_ids of the row `r`, null where it has none.

    What is said of a product is said of its vendor, and in its markets: see `_product`.
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


def _product(collection: Collection, relation: Relation) -> str:
    """The product that the row `r` is about, as `about`."""
    if collection.field("product_id") is None:
        return ""
    return f" LEFT JOIN {relation('product')} about ON about.id = r.product_id"


def _events(relation: Relation) -> list[str]:
    return [
        f"SELECT r.id || ':{f.name}' AS id, '{c.kind}'::text AS kind, r.id AS record_id,"
        f" '{c.kind}.{f.name}'::text AS event, r.{f.name} AS date, r.{f.name}_min AS date_min,"
        f" r.{f.name}_max AS date_max, {_references(c)}, r.evidence, {_BOOKKEEPING}"
        f" FROM {relation(c.table)} r{_product(c, relation)} WHERE r.{f.name}_max IS NOT NULL"
        for c, f in _DATED
    ]


def _facts(relation: Relation) -> list[str]:
    return [
        f"SELECT r.id || ':{c.kind}' AS id, '{c.kind}'::text AS kind, r.id AS record_id,"
        f" r.source_ids, {_references(c)}, r.evidence, {_BOOKKEEPING}"
        f" FROM {relation(c.table)} r{_product(c, relation)}"
        for c in _SOURCED
    ]


def _issues(relation: Relation) -> list[str]:
    """One SELECT a rule and kind; the rules are those of `RULES`."""
    adoption, product = BY_KIND["adoption"], BY_KIND["product"]
    launch = f"JOIN {relation('product')} p ON p.id = r.product_id"
    preview = (
        f"EXISTS (SELECT 1 FROM {relation('adoption')} v WHERE v.product_id = r.product_id"
        " AND v.feature_id = r.feature_id AND v.stage = 'preview' AND v.date_min > r.date_max)"
    )
    nobody = f"NOT EXISTS (SELECT 1 FROM {relation('adoption')} a WHERE a.{{0}}_id = r.id)"
    named = [c for c in COLLECTIONS if c.of_type(Names)]
    disputable = [c for c in COLLECTIONS if c.subject]
    return [
        *(_broken("unsourced", c, relation, "r.evidence = 'unsourced'") for c in _SOURCED),
        *(
            _broken("recorded_ahead", c, relation, f"r.{f.name}_min > r.updated_at::date", f.name)
            for c, f in _DATED
        ),
        _broken("ga_before_preview", adoption, relation, f"r.stage = 'ga' AND {preview}"),
        _broken("before_launch", adoption, relation, "r.date_max < p.launched_min", join=launch),
        _broken(
            "after_discontinuation",
            adoption,
            relation,
            "r.date_min > p.discontinued_max",
            join=launch,
        ),
        *(
            _broken("ends_before_start", c, relation, f"r.{c.ends}_max < r.{c.starts}_min")
            for c in COLLECTIONS
            if c.ends
        ),
        *(
            _broken("overlapping_spells", c, relation, f"EXISTS ({_overlapping(c, relation)})")
            for c in COLLECTIONS
            if c.ends and c.subject
        ),
        _broken(
            "before_founding",
            product,
            relation,
            "r.launched_max < v.founded_min",
            join=f"JOIN {relation('vendor')} v ON v.id = r.vendor_id",
        ),
        _broken("launch_unknown", product, relation, "r.launched IS NULL"),
        _broken("without_features", product, relation, nobody.format("product")),
        _broken("never_adopted", BY_KIND["feature"], relation, nobody.format("feature")),
        *(
            _broken(
                "disputed_alone",
                c,
                relation,
                f"r.dispute IS NOT NULL AND NOT EXISTS ({_opposed(c, relation)} AND o.id <> r.id)",
            )
            for c in disputable
        ),
        *(
            _broken(
                "disputed_without_preferred",
                c,
                relation,
                "r.dispute IS NOT NULL AND NOT EXISTS"
                f" ({_opposed(c, relation)} AND o.dispute = 'preferred')",
            )
            for c in disputable
        ),
        *(_broken("without_chinese_name", c, relation, "NOT r.names ? 'zh'") for c in named),
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


def _same(collection: Collection) -> str:
    return " AND ".join(f"o.{c} IS NOT DISTINCT FROM r.{c}" for c in collection.subject)


def _opposed(collection: Collection, relation: Relation) -> str:
    """The disputed facts of the subject of the row `r`, as `o`."""
    table = relation(collection.table)
    return f"SELECT FROM {table} o WHERE {_same(collection)} AND o.dispute IS NOT NULL"


def _broken(
    rule: str,
    collection: Collection,
    relation: Relation,
    where: str,
    part: str = "",
    join: str = "",
) -> str:
    return (
        f"SELECT '{rule}:{collection.kind}:{part}:' || r.id AS id,"
        f" '{collection.kind}'::text AS kind,"
        f" r.id AS record_id, '{rule}'::text AS rule, {_references(collection)}, {_BOOKKEEPING}"
        f" FROM {relation(collection.table)} r{_product(collection, relation)} {join} WHERE {where}"
    )
