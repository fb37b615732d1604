"""The rows of a comparison: attributes, features and prices of the compared, with names."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import Struct

from service.maths.parameters import Unit
from service.maths.products.comparison import ComparedCell, ComparisonTable
from service.texts.messages import message
from service.usecases.analyses.compared_records import ATTRIBUTES, Compared
from service.usecases.analyses.names import Naming

Cell = dict[str, Any]


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


def features(
    found: ComparisonTable, sources: Mapping[str, list[str]], naming: Naming
) -> list[ComparedRow]:
    """The features that a subject has; `sources` are those of each adoption."""
    return [
        ComparedRow(
            attribute=f"feature:{row.feature}",
            label=naming.of("feature", row.feature) or row.feature,
            cells=[_cell(cell, sources) for cell in row.cells],
        )
        for row in found.features
    ]


def _cell(cell: ComparedCell, sources: Mapping[str, list[str]]) -> Cell:
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


def prices(
    compared: Compared, subjects: list[str], on: date, naming: Naming, lang: str
) -> ComparedRow:
    """The business models in force that lost no dispute, with their headline prices."""
    cells: list[Cell] = [
        {"value": [_priced(shown, naming) for shown in compared.prices_on(subject, on)]}
        for subject in subjects
    ]
    label = message("attributes.business_models", lang)
    return ComparedRow(attribute="business_models", label=label, cells=cells)


def _priced(shown: Mapping[str, Any], naming: Naming) -> Cell:
    model = shown["business_model_id"]
    named = {
        "business_model_id": model,
        "business_model_name": naming.of("business_model", model),
    }
    return named | {name: shown[name] for name in ("since", "price", "source_ids")}


def differs(row: ComparedRow) -> bool:
    """Whether the subjects are not all alike in it."""
    values = [cell["value"] for cell in row.cells]
    if row.attribute == "business_models":
        values = [sorted(v["business_model_id"] for v in value) for value in values]
    return any(value != values[0] for value in values[1:])
