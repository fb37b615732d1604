"""A price list of the catalogue as a headline price and rates by component."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from service.formats.models_dev.features import Model
from service.formats.models_dev.matching import Record
from service.formats.models_dev.shapes import is_number

UNITS = {"image": "image", "request": "request"}
_COMPONENT = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*")
_OVER = re.compile(r"context(_over_[0-9]+k)")
_LONGEST = 64


def headline(cost: Model) -> Record | None:
    """The price of input."""
    amount = _amount(cost.get("input"))
    if amount is None:
        return None
    return {"amount": amount, "currency": "USD", "per": "million input tokens"}


def rates(cost: Model) -> list[Record]:
    """Every price by component; those of long requests named by their size."""
    flat = dict(_flat(cost))
    return [
        {
            "component": component,
            "amount": flat[component],
            "currency": "USD",
            "per": UNITS.get(component, "million tokens"),
        }
        for component in sorted(flat)
        if _COMPONENT.fullmatch(component) and len(component) <= _LONGEST
    ]


def same(ours: list[Record] | None, theirs: list[Record]) -> bool:
    """Whether two lists of rates name the same amounts."""
    return _amounts(ours or []) == _amounts(theirs)


def _amounts(listed: list[Record]) -> dict[str, Decimal]:
    return {rate["component"]: Decimal(str(rate["amount"])) for rate in listed}


def _flat(cost: Model) -> Iterator[tuple[str, Decimal]]:
    yield from _parts(cost, "")
    for key, value in cost.items():
        if isinstance(value, dict) and (over := _OVER.fullmatch(key)):
            yield from _parts(value, over[1])
    for tier in cost.get("tiers") or []:
        yield from _parts(tier, f"_over_{int(tier['tier']['size']) // 1000}k")


def _parts(cost: Model, suffix: str) -> Iterator[tuple[str, Decimal]]:
    for key, value in cost.items():
        if (amount := _amount(value)) is not None:
            yield key + suffix, amount


def _amount(value: Any) -> Decimal | None:
    return Decimal(str(value)) if is_number(value) and value >= 0 else None
