"""The rows of a comparison: attributes, features and prices of the compared, with names."""

from datetime import date
from typing import Any

from msgspec import Struct

from service.formats.json_records import render
from service.maths.parameters import Unit
from service.maths.products.comparison import ComparedCell, ComparisonTable
from service.query.filters.expressions import Comparison
from service.query.operators import Operator
from service.query.paths import paths
from service.query.registry import ADOPTIONS, MONETIZATIONS
from service.store.catalogue import lists, records
from service.store.catalogue.lists import ListQuery
from service.store.database import Snapshot
from service.texts.messages import message
from service.usecases.analyses.names import Naming

Cell = dict[str, Any]
ATTRIBUTES = {
    "product": ("vendor_id", "launched", "discontinued", "status", "market_ids"),
    "vendor": ("country", "type", "founded"),
}


class ComparedRow(Struct, frozen=True, kw_only=True):
    """An attribute of the record, or a feature; a cell for each subject, in their order."""

    attribute: str
    label: str
    cells: list[Cell]


def attributes(
    unit: Unit, known: list[dict[str, Any]], naming: Naming, lang: str
) -> list[ComparedRow]:
    """The attributes of the records as they are shown; references with the names they lead to."""
    return [
        ComparedRow(
            attribute=name,
            label=message(f"attributes.{name}", lang),
            cells=[_attribute(name, record[name], naming) for record in known],
        )
        for name in ATTRIBUTES[unit]
    ]


def _attribute(name: str, value: Any, naming: Naming) -> Cell:
    if name == "vendor_id":
        return {"value": value, "name": naming.of("vendor", value)}
    if name == "market_ids":
        return {"value": value, "names": [naming.of("market", market) for market in value]}
    return {"value": value}


async def features(snapshot: Snapshot, found: ComparisonTable, naming: Naming) -> list[ComparedRow]:
    """The features that a subject has, with the sources of each."""
    used = {c.adoption_id for row in found.features for c in row.cells if c.adoption_id}
    adoptions = await records.by_ids(snapshot, ADOPTIONS, used)
    sources = {adoption: row["source_ids"] for adoption, row in adoptions.items()}
    return [
        ComparedRow(
            attribute=f"feature:{row.feature}",
            label=naming.of("feature", row.feature) or row.feature,
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


async def prices(
    snapshot: Snapshot, subjects: list[str], on: date, naming: Naming, lang: str
) -> ComparedRow:
    """The business models in force that lost no dispute, with their headline prices."""
    condition = Comparison(paths(MONETIZATIONS)["product_id"], Operator.EQ, tuple(subjects))
    page = await lists.page(snapshot, MONETIZATIONS, ListQuery(filter=condition, on=on, limit=1000))
    used = [row for row in page.records if row["dispute"] != "other"]
    by_subject: dict[str, list[Cell]] = {subject: [] for subject in subjects}
    for row in used:
        shown = render(MONETIZATIONS, row, "en")
        model = shown["business_model_id"]
        named = {
            "business_model_id": model,
            "business_model_name": naming.of("business_model", model),
        }
        kept = {name: shown[name] for name in ("since", "price", "source_ids")}
        by_subject[row["product_id"]].append(named | kept)
    cells: list[Cell] = [{"value": by_subject[subject]} for subject in subjects]
    label = message("attributes.business_models", lang)
    return ComparedRow(attribute="business_models", label=label, cells=cells)


def differs(row: ComparedRow) -> bool:
    """Whether the subjects are not all alike in it."""
    values = [cell["value"] for cell in row.cells]
    if row.attribute == "business_models":
        values = [sorted(v["business_model_id"] for v in value) for value in values]
    return any(value != values[0] for value in values[1:])
