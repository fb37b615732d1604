"""Collections that are computed from others: dated events, facts by source, broken rules.

A view is declared like any collection, so that lists, filters, sorting, facets and paging are the
same; its rows are SQL over the tables at a revision. `record_id` and `kind` name the record behind
a row.
"""

from service.query.fields import Collection, Field
from service.query.issues import (
    BOOKKEEPING,
    DATED,
    RULES,
    SOURCED,
    Relation,
    about,
    issues,
    references,
    unchecked,
)
from service.query.registry import BY_KIND
from service.query.shared_fields import EVIDENCE
from service.query.types import Date, Enum, Reference, References, Slug

_KINDS = tuple(sorted(BY_KIND))

_RECORD = (
    Field(name="kind", type=Enum(*_KINDS), required=True),
    Field(name="record_id", type=Slug(), required=True),
)
_REFERENCES = (
    Field(name="product_id", type=Reference("products"), meaning="facts.product_id"),
    Field(name="vendor_id", type=Reference("vendors"), meaning="facts.vendor_id"),
    Field(name="feature_id", type=Reference("features"), meaning="facts.feature_id"),
    Field(
        name="market_ids",
        type=References("markets"),
        meaning="facts.market_ids",
    ),
)
_EVIDENCE = Field(name="evidence", type=Enum(*EVIDENCE))

TIMELINE = Collection(
    name="timeline",
    kind="event",
    prefix="event",
    starts="date",
    default_sort=("date",),
    fields=(
        *_RECORD,
        Field(
            name="event",
            required=True,
            type=Enum(*(f"{c.kind}.{f.name}" for c, f in DATED)),
        ),
        Field(name="date", type=Date(), required=True),
        *_REFERENCES,
        _EVIDENCE,
    ),
)
FACTS = Collection(
    name="facts",
    kind="fact",
    prefix="fact",
    default_sort=("kind", "record_id"),
    fields=(
        *_RECORD,
        Field(name="source_ids", type=References("sources"), meaning="facts.source_ids"),
        *_REFERENCES,
        _EVIDENCE,
    ),
)
ISSUES = Collection(
    name="quality-issues",
    kind="issue",
    prefix="issue",
    default_sort=("rule", "kind", "record_id"),
    fields=(
        *_RECORD,
        Field(
            name="rule",
            type=Enum(*RULES),
            required=True,
        ),
        *_REFERENCES,
    ),
)
VIEWS = (TIMELINE, FACTS, ISSUES)


def view_parts(
    name: str,
    relation: Relation,
    rules: tuple[str, ...],
    *,
    is_counted: bool = False,
) -> list[str]:
    """The SELECTs over tables whose rows together are the view; none for a table's own name.

    `rules`: the broken rules that the issues are of; `is_counted`: only how many issues there are
    is asked.
    """
    match name:
        case "event":
            return _events(relation)
        case "fact":
            return _facts(relation)
        case "issue":
            selects = issues(relation, is_counted=is_counted)
            selects["source_unchecked"] = [unchecked(relation)]
            none = f"{selects['launch_unknown'][0]} AND false"
            return [select for rule in rules for select in selects[rule]] or [none]
        case _:
            return []


def _events(relation: Relation) -> list[str]:
    return [
        f"SELECT r.id || ':{f.name}' AS id, '{c.kind}'::text AS kind, r.id AS record_id,"
        f" '{c.kind}.{f.name}'::text AS event, r.{f.name} AS date, r.{f.name}_min AS date_min,"
        f" r.{f.name}_max AS date_max, {references(c)}, r.evidence, {BOOKKEEPING}"
        f" FROM {relation(c.table)} r{about(c, relation)} WHERE r.{f.name}_max IS NOT NULL"
        for c, f in DATED
    ]


def _facts(relation: Relation) -> list[str]:
    return [
        f"SELECT r.id || ':{c.kind}' AS id, '{c.kind}'::text AS kind, r.id AS record_id,"
        f" r.source_ids, {references(c)}, r.evidence, {BOOKKEEPING}"
        f" FROM {relation(c.table)} r{about(c, relation)}"
        for c in SOURCED
    ]
