"""Whether an entry of the catalogue has the shape that is read, in one sentence if not."""

from decimal import Decimal
from typing import Any

from service.formats.models_dev.intervals import optional

MAX_TEXT = 200
MAX_AMOUNT = 1_000_000
MAX_TOKENS = 10**12
FLAGS = ("reasoning", "tool_call", "attachment", "structured_output", "open_weights")


def pointer(*steps: str) -> str:
    """A JSON pointer (RFC 6901)."""
    return "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in steps)


def text(value: object) -> str | None:
    """The text with plain spaces; None if it is empty, too long or holds hidden characters."""
    if not isinstance(value, str):
        return None
    plain = " ".join(value.split())
    return plain if plain.isprintable() and 0 < len(plain) <= MAX_TEXT else None


def wrong(model: Any) -> str:
    """Why a model's entry cannot be used; empty if it can. What is null is not said."""
    if not isinstance(model, dict):
        return "No object."
    if text(model.get("name")) is None:
        return '"name" is no text, empty, too long, or holds hidden characters.'
    if optional(model.get("release_date")) is None:
        return '"release_date" is no date.'
    for flag in FLAGS:
        if not isinstance(model.get(flag), bool | None):
            return f'"{flag}" is neither true nor false.'
    return (
        _wrong_modalities(model.get("modalities"))
        or _wrong_limit(model.get("limit"))
        or (wrong_cost(model.get("cost")))
    )


def _wrong_modalities(value: Any) -> str:
    if not isinstance(value, dict | None):
        return '"modalities" is no object.'
    for side, kinds in (value or {}).items():
        if not isinstance(kinds, list) or not all(isinstance(kind, str) for kind in kinds):
            return f'"modalities/{side}" is no list of words.'
    return ""


def _wrong_limit(value: Any) -> str:
    if not isinstance(value, dict | None):
        return '"limit" is no object.'
    context = (value or {}).get("context")
    if context is None or (is_number(context) and 0 <= context <= MAX_TOKENS):
        return ""
    return '"limit/context" is no number of tokens.'


def wrong_cost(value: Any) -> str:
    """Why a price list cannot be used; a negative price is one that is not told."""
    if not isinstance(value, dict | None):
        return '"cost" is no object.'
    for key, part in (value or {}).items():
        if key == "tiers":
            if not isinstance(part, list) or not all(_is_tier(tier) for tier in part):
                return '"cost/tiers" is no list of prices, each with its size.'
        elif not (_is_amount(part) or (isinstance(part, dict) and _are_amounts(part))):
            return f'"cost/{key}" is no price.'
    return ""


def _is_tier(value: Any) -> bool:
    if not isinstance(value, dict) or not isinstance(value.get("tier"), dict):
        return False
    size = value["tier"].get("size")
    prices = {key: part for key, part in value.items() if key != "tier"}
    return is_number(size) and 0 < size <= MAX_TOKENS and _are_amounts(prices)


def _are_amounts(value: dict[str, Any]) -> bool:
    return all(_is_amount(part) for part in value.values())


def _is_amount(value: Any) -> bool:
    return value is None or (is_number(value) and value <= MAX_AMOUNT)


def is_number(value: Any) -> bool:
    """A number of JSON; true and false are none."""
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)
