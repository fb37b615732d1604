"""A comparison of stored records: the maths, with names, attributes, prices and sources."""

import asyncio
from datetime import date
from typing import Any

from msgspec import Struct

from service.formats.json_records import render
from service.maths.comparison import ComparedCell, Comparison, Unit, comparison
from service.model.errors import Fault, ServiceError, refused
from service.model.methods import Method, method
from service.query.expressions import EVERYTHING, Operator
from service.query.expressions import Comparison as Condition
from service.query.paths import paths
from service.query.registry import ADOPTIONS, FEATURES, MONETIZATIONS, PRODUCTS, VENDORS
from service.store import records
from service.store.database import Snapshot
from service.store.records import ListQuery
from service.usecases.panels import Panels
from service.usecases.redirects import now

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
    """Attributes and features against subjects."""

    object: str
    on: date
    as_of: str | None
    subjects: list[ComparedSubject]
    rows: list[ComparedRow]
    summary: ComparisonSummary
    coverage: ComparisonCoverage
    reasons: dict[str, str]
    method: Method
    links: dict[str, str]
    warnings: list[str]
    meta: dict[str, Any]


async def compare(
    snapshot: Snapshot,
    panels: Panels,
    unit: Unit,
    subjects: list[str],
    on: date,
    *,
    lang: str,
    as_of: str | None,
    only_differences: bool,
    evidence: str,
    stage_min: str,
) -> ComparisonAnswer:
    """Raises ServiceError `unknown_reference` for ids that no record has."""
    asked, subjects = subjects, await _standing(snapshot, unit, subjects)
    known = await _subjects(snapshot, unit, subjects, lang)
    panel = await panels.get(
        snapshot, evidence=evidence, stage_min=stage_min, expression=EVERYTHING
    )
    found = await asyncio.to_thread(
        comparison, panel, subjects, on.toordinal(), as_of=as_of, unit=unit
    )
    rows = _attributes(unit, known) + await _features(snapshot, found, lang)
    if unit == "product":
        rows.append(await _prices(snapshot, subjects, on))
    if only_differences:
        rows = [row for row in rows if _differs(row)]
    answer = _answer(snapshot, found, known, rows, unit, on, lang)
    led = {old: new for old, new in zip(asked, subjects, strict=True) if old != new}
    answer.meta.update({"resolved": led} if led else {})
    return answer


async def _standing(snapshot: Snapshot, unit: Unit, subjects: list[str]) -> list[str]:
    """The ids under which the subjects stand, in their order, each once."""
    faults: list[Fault] = []
    found: list[str] = []
    for subject in subjects:
        try:
            found.append(await now(snapshot, SUBJECTS[unit], subject, f"{unit}s"))
        except ServiceError as error:
            if error.code != "unknown_reference":
                raise
            faults += error.faults
    if faults:
        raise refused(faults)
    if len(set(found)) < len(found):
        detail = "Some of these ids were merged and name the same record; name each once."
        raise refused([Fault(code="invalid_value", parameter=f"{unit}s", detail=detail)])
    return found


async def _subjects(
    snapshot: Snapshot, unit: Unit, subjects: list[str], lang: str
) -> list[dict[str, Any]]:
    collection = SUBJECTS[unit]
    rows = await records.by_ids(snapshot, collection, subjects)
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
    """The business models in force that lost no dispute, with their headline prices."""
    condition = Condition(paths(MONETIZATIONS)["product_id"], Operator.EQ, tuple(subjects))
    page = await records.page(
        snapshot, MONETIZATIONS, ListQuery(filter=condition, on=on, limit=1000)
    )
    used = [row for row in page.records if row["dispute"] != "other"]
    by_subject: dict[str, list[Cell]] = {subject: [] for subject in subjects}
    for row in used:
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
    found: Comparison,
    known: list[dict[str, Any]],
    rows: list[ComparedRow],
    unit: Unit,
    on: date,
    lang: str,
) -> ComparisonAnswer:
    here = f"/v1/compare?{unit}s={','.join(found.subjects)}&on={found.on}"
    return ComparisonAnswer(
        object="comparison",
        on=on,
        as_of=found.as_of,
        subjects=[ComparedSubject(id=r["id"], name=r["name"], href=r["href"]) for r in known],
        rows=rows,
        summary=ComparisonSummary(
            shared_features=found.shared_features,
            differing=found.differing,
            mean_jaccard=found.mean_jaccard,
        ),
        coverage=ComparisonCoverage(
            features=len(found.features), cells_known_share=found.cells_known_share
        ),
        reasons=found.reasons,
        method=method("compare", {"stage_min": found.stage_min, "unit": unit}),
        links={"self": here},
        warnings=found.warnings,
        meta={"revision": snapshot.revision, "lang": lang},
    )
