"""A comparison of stored records: the maths, with names, attributes, prices and sources."""

import asyncio
from datetime import date
from typing import Any, NamedTuple

from msgspec import Struct

from service.formats.json_records import render
from service.maths.comparison import (
    ComparedCell,
    ComparedPair,
    Comparison,
    Unit,
    compared_pairs,
    comparison,
)
from service.maths.coverage import MOSTLY
from service.maths.panels import Panel
from service.maths.provenance import facts_used
from service.model.errors import Fault, refused
from service.model.methods import Method, method
from service.model.suggestions import nearest
from service.query.expressions import Comparison as Condition
from service.query.expressions import Operator
from service.query.paths import paths
from service.query.registry import ADOPTIONS, FEATURES, MONETIZATIONS, PRODUCTS, VENDORS
from service.store import records
from service.store.database import Snapshot
from service.store.records import ListQuery
from service.usecases.analyses import Asked, Explanation, known_market
from service.usecases.listing import check_references
from service.usecases.panels import Panels

SUBJECTS = {"product": PRODUCTS, "vendor": VENDORS}
ATTRIBUTES = {
    "product": ("vendor_id", "launched", "discontinued", "status", "market_ids"),
    "vendor": ("country", "type", "founded"),
}
Cell = dict[str, Any]


class ComparedSubject(Struct, frozen=True, kw_only=True):
    """One of the compared."""

    id: str
    name: str
    href: str


class ComparedRow(Struct, frozen=True, kw_only=True):
    """An attribute of the record, or a feature; a cell for each subject, in their order."""

    attribute: str
    label: str
    cells: list[Cell]


class ComparisonSummary(Struct, frozen=True, kw_only=True):
    """Over the features that at least one subject has."""

    shared_features: int
    differing: int
    mean_jaccard: float | None


class ComparisonCoverage(Struct, frozen=True, kw_only=True):
    """How many of the cells are known."""

    features: int
    cells_known_share: float | None


class ComparisonAnswer(Struct, frozen=True, kw_only=True):
    """Attributes and features against subjects; with a market each pair of products in it."""

    object: str
    market_id: str | None
    on: date
    as_of: str | None
    subjects: list[ComparedSubject]
    rows: list[ComparedRow]
    pairs: list[ComparedPair]
    summary: ComparisonSummary
    coverage: ComparisonCoverage
    reasons: dict[str, str]
    explain: Explanation | None
    method: Method
    links: dict[str, str]
    warnings: list[str]
    meta: dict[str, Any]


async def compare(
    snapshot: Snapshot,
    panels: Panels,
    unit: Unit,
    subjects: list[str],
    asked: Asked,
    *,
    only_differences: bool,
) -> ComparisonAnswer:
    """Raises ServiceError `unknown_reference` for ids that no record has."""
    known = await _subjects(snapshot, unit, subjects, asked.lang)
    await check_references(snapshot, asked.filter)
    if asked.market is not None:
        await known_market(snapshot, asked.market)
    panel = await panels.get(
        snapshot, evidence=asked.evidence, stage_min=asked.stage_min, expression=asked.filter
    )
    found = await asyncio.to_thread(_computed, panel, unit, subjects, asked)
    rows = _attributes(unit, known) + await _features(snapshot, found.table, asked.lang)
    if unit == "product":
        rows.append(await _prices(snapshot, subjects, asked.on))
    if only_differences:
        rows = [row for row in rows if _differs(row)]
    return _answer(snapshot, found, known, rows, asked)


class _Computed(NamedTuple):
    table: Comparison
    pairs: list[ComparedPair]
    facts: list[str]


def _computed(panel: Panel, unit: Unit, subjects: list[str], asked: Asked) -> _Computed:
    on, params = asked.on.toordinal(), dict(asked.params)
    table = comparison(
        panel, subjects, on, asked.market, asked.as_of, unit, params["survey_valid_days"]
    )
    pairs = []
    if unit == "product" and asked.market is not None:
        pairs = compared_pairs(panel, subjects, on, asked.market, asked.as_of, **params)
    owners = panel.product_ids if unit == "product" else panel.facts.product_vendor
    own = {p for p, owner in zip(panel.product_ids, owners, strict=True) if owner in subjects}
    facts = facts_used(panel, asked.market, on, products=own) if asked.explain else []
    return _Computed(table, pairs, facts)


async def _subjects(
    snapshot: Snapshot, unit: Unit, subjects: list[str], lang: str
) -> list[dict[str, Any]]:
    collection = SUBJECTS[unit]
    rows = await records.by_ids(snapshot, collection, subjects)
    faults = []
    for subject in subjects:
        if subject not in rows:
            near = tuple(nearest(subject, await records.ids(snapshot, collection)))
            detail = f'There is no {unit} "{subject[:80]}".'
            faults.append(
                Fault(code="unknown_reference", parameter=f"{unit}s", detail=detail,
                      did_you_mean=near)
            )  # fmt: skip
    if faults:
        raise refused(faults)
    return [render(collection, rows[subject], lang) for subject in subjects]


def _attributes(unit: Unit, known: list[dict[str, Any]]) -> list[ComparedRow]:
    return [
        ComparedRow(
            attribute=name,
            label=name,
            cells=[{"value": record[name]} for record in known],
        )
        for name in ATTRIBUTES[unit]
    ]


async def _features(snapshot: Snapshot, found: Comparison, lang: str) -> list[ComparedRow]:
    names = await records.by_ids(snapshot, FEATURES, [row.feature for row in found.features])
    used = {c.adoption_id for row in found.features for c in row.cells if c.adoption_id}
    adoptions = await records.by_ids(snapshot, ADOPTIONS, used)
    sources = {adoption: row["source_ids"] for adoption, row in adoptions.items()}
    return [
        ComparedRow(
            attribute=f"feature:{row.feature}",
            label=render(FEATURES, names[row.feature], lang)["name"],
            cells=[_cell(cell, sources) for cell in row.cells],
        )
        for row in found.features
    ]


def _cell(cell: ComparedCell, sources: dict[str, list[str]]) -> Cell:
    if cell.adoption_id is None:
        return {"value": cell.value}
    lag = cell.lag_days
    return {
        "value": cell.value,
        "date": cell.date,
        "adoption_id": cell.adoption_id,
        "lag_days": None if lag is None else {"min": lag.min, "max": lag.max},
        "source_ids": sources.get(cell.adoption_id, []),
    }


async def _prices(snapshot: Snapshot, subjects: list[str], on: date) -> ComparedRow:
    """The business models in force, with their headline prices."""
    condition = Condition(paths(MONETIZATIONS)["product_id"], Operator.EQ, tuple(subjects))
    page = await records.page(
        snapshot, MONETIZATIONS, ListQuery(filter=condition, on=on, limit=1000)
    )
    by_subject: dict[str, list[Cell]] = {subject: [] for subject in subjects}
    for row in page.records:
        shown = render(MONETIZATIONS, row, "en")
        kept = ("business_model_id", "since", "price", "source_ids")
        by_subject[row["product_id"]].append({name: shown[name] for name in kept})
    cells: list[Cell] = [{"value": by_subject[subject]} for subject in subjects]
    return ComparedRow(attribute="business_models", label="business_models", cells=cells)


def _differs(row: ComparedRow) -> bool:
    values = [cell["value"] for cell in row.cells]
    if row.attribute == "business_models":
        values = [sorted(v["business_model_id"] for v in value) for value in values]
    return any(value != values[0] for value in values[1:])


def _answer(
    snapshot: Snapshot,
    computed: _Computed,
    known: list[dict[str, Any]],
    rows: list[ComparedRow],
    asked: Asked,
) -> ComparisonAnswer:
    found = computed.table
    here = f"/v1/compare?{found.unit}s={','.join(found.subjects)}&on={found.on}"
    share = found.cells_known_share
    unknown = {"mostly_unknown"} if share is not None and share < MOSTLY else set[str]()
    chosen = {"evidence": asked.evidence, "stage_min": found.stage_min, "unit": found.unit}
    return ComparisonAnswer(
        object="comparison",
        market_id=asked.market,
        on=asked.on,
        as_of=found.as_of,
        subjects=[ComparedSubject(id=r["id"], name=r["name"], href=r["href"]) for r in known],
        rows=rows,
        pairs=computed.pairs,
        summary=ComparisonSummary(
            shared_features=found.shared_features,
            differing=found.differing,
            mean_jaccard=found.mean_jaccard,
        ),
        coverage=ComparisonCoverage(features=len(found.features), cells_known_share=share),
        reasons=found.reasons,
        explain=Explanation(collection="adoptions", ids=computed.facts) if asked.explain else None,
        method=method("compare", chosen | dict(asked.params) | asked.filtered),
        links={"self": here},
        warnings=sorted({*found.warnings, *unknown}),
        meta={"revision": snapshot.revision, "lang": asked.lang},
    )
