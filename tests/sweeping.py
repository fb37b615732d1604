"""What a sound answer looks like, whatever it is of."""

import math
from collections.abc import Iterator
from typing import Any

# Null where a sibling says why, or where it is an answer: no end, no limit asked for.
SAYS_ITSELF = {
    "as_of", "market", "market_id", "unknown_references", "feature_id", "product_id", "explain",
    "market_name", "feature_name", "product_name",
    "max_lag_days",
    "copy_days", "copy_days_low", "copy_days_high",  # the rival's status says it
    "exit_days", "earlier_stage_days",
    "last_surveyed", "max",  # the state is unknown; the start is open
    "to_days",  # the last band has no end
}  # fmt: skip
WITHOUT_PATH = ("cells", "intervals")  # `states` says it; [left, no end, mass]
_NAMES = ("feature", "product", "vendor", "market", "unit", "business_model", "year", "date",
          "from_days", "line", "metric")  # fmt: skip


def unsound(answer: Any) -> list[str]:
    """NaN, infinity, and nulls of `result` and its parts that nothing explains."""
    return list(_walk(answer, answer.get("reasons", {}), ""))


def _walk(value: Any, reasons: dict[str, str], path: str) -> Iterator[str]:
    if isinstance(value, float) and not math.isfinite(value):
        yield f"{path}: {value}"
    elif isinstance(value, dict):
        yield from _members(value, reasons, path)
    elif isinstance(value, list) and path.rpartition(".")[2] not in WITHOUT_PATH:
        for n, row in enumerate(value):
            yield from _walk(row, reasons, f"{path}.{_name(row, n)}")
    elif value is None and not _explained(path, reasons):
        yield f"{path}: null without a reason"


def _members(value: dict[str, Any], reasons: dict[str, str], path: str) -> Iterator[str]:
    if "reasons" in value:
        reasons, path = value["reasons"], ""
    for key, member in value.items():
        if key != "reasons":
            yield from _walk(member, reasons, f"{path}.{key}" if path else key)


def _explained(path: str, reasons: dict[str, str]) -> bool:
    words = path.split(".")
    above = (".".join(words[: n + 1]) for n in range(len(words)))
    return words[-1] in SAYS_ITSELF or any(one in reasons for one in above)


def _name(row: Any, place: int) -> str:
    found = (str(row[key]) for key in _NAMES if key in row) if isinstance(row, dict) else iter(())
    return next(found, str(place))
