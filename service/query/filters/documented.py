"""The flat filters that the OpenAPI document shows of a collection: the usual ones.

Every path of `/v1/schema` takes every operator that it names there; a description with all of them
would be longer than the rest of the document.
"""

from typing import Any

from service import limits
from service.query.fields import Collection
from service.query.filters.parameters import filter_names
from service.query.operators import Operator
from service.query.paths import Path

DOCUMENTED_MAX = 36
MEANINGS = {
    Operator.EQ: "Any of these values.",
    Operator.NOT: "None of these values.",
    Operator.GT: "Greater, or after the whole period.",
    Operator.GTE: "At least, or from the first day of the period.",
    Operator.LT: "Less, or before the period.",
    Operator.LTE: "At most, or to the last day of the period.",
    Operator.IS_NULL: "Whether it has no value.",
    Operator.ALL: "All of these values.",
    Operator.PREFIX: "Begins with any of these.",
    Operator.CONTAINS: "Any of these stands in it, whatever case and width.",
}
_GRAMMAR = (
    'AIP-160: `vendor.country = "CN" AND (launched >= "2024" OR NOT status = "active")`; `:` is'
    ' "has". AND-ed with the flat filters: every field of /v1/schema, bare or with one of its'
    " operators as a suffix (`__not __gt __gte __lt __lte __isnull __all __prefix __contains`);"
    " dots lead to linked records, two far at most: `product.vendor.country`,"
    " `adoptions.feature_id`."
)
_SINGLE = (Operator.GT, Operator.GTE, Operator.LT, Operator.LTE)
_RANGES = (Operator.GTE, Operator.LTE)
_BOOKKEEPING = ("revision", "recorded_at", "updated_at", "note")


def documented_filters(collection: Collection, only: frozenset[str]) -> list[dict[str, Any]]:
    """The filters that are shown, the commonest first, and `filter` itself."""
    named = filter_names(collection)
    units = {unit.name: unit.example for path, _ in named.values() for unit in path.units}
    shown = [
        _described(name, path, operator, units.get(name))
        for name, (path, operator) in named.items()
        if (not only or name in only) and _is_usual(path, operator)
    ]
    return [*shown[:DOCUMENTED_MAX], _FILTER]


def _is_usual(path: Path, operator: Operator) -> bool:
    """References, terms and ranges; of what a hop leads to only closed lists and countries."""
    if path.name.rpartition(".")[2] in _BOOKKEEPING or not path.type.is_usual:
        return False
    if path.hops:
        return operator is Operator.EQ and path.type.is_closed
    return operator in _RANGES or (
        operator is Operator.EQ and not (path.type.is_dated or path.type.is_numeric)
    )


def _described(name: str, path: Path, operator: Operator, unit: str | None) -> dict[str, Any]:
    """`unit` stands beside the examples of measures, which are compared within one only."""
    schema = _schema(path, operator)
    if unit is not None:
        schema["examples"] = [[unit]]
    shown: dict[str, Any] = {
        "name": name,
        "in": "query",
        "description": f"{MEANINGS[operator]} {path.field.description()}",
        "schema": schema,
    }
    if schema["type"] == "array":
        shown |= {"style": "form", "explode": False}
    return shown


def _schema(path: Path, operator: Operator) -> dict[str, Any]:
    word: dict[str, Any] = {"type": "string"}
    if path.field.values:
        word["enum"] = list(path.field.values)
    else:
        word |= path.type.asked
    return word if operator in _SINGLE else {"type": "array", "items": word, "minItems": 1}


_FILTER = {
    "name": "filter",
    "in": "query",
    "description": _GRAMMAR,
    "schema": {
        "type": "string",
        "maxLength": limits.FILTER_CHARACTERS,
        "minLength": 1,
        "examples": ["revision >= 1"],
    },
}
