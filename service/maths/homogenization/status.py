"""The status of an item in a market, and how many items have each (metrics.md, 5)."""

from collections import Counter

import msgspec

_SLACK = 1e-9  # a share that equals its threshold reaches it


class StatusCounts(msgspec.Struct, frozen=True, kw_only=True):
    """Items of a market by status, extinct ones included."""

    table_stakes: int
    contested: int
    differentiator: int
    extinct: int


def status(
    vendors_with: int, n_vendors: int, *, table_stakes_min: float, differentiator_max: float
) -> str:
    """Of an item that at least one of two or more vendors has."""
    if vendors_with == n_vendors:
        return "table_stakes"
    if vendors_with == 1:
        return "differentiator"
    if vendors_with >= table_stakes_min * n_vendors - _SLACK:
        return "table_stakes"
    if vendors_with <= differentiator_max * n_vendors + _SLACK:
        return "differentiator"
    return "contested"


def status_counts(alive: list[str], n_extinct: int) -> StatusCounts:
    """Count the statuses of the alive items."""
    found = Counter(alive)
    return StatusCounts(
        table_stakes=found["table_stakes"],
        contested=found["contested"],
        differentiator=found["differentiator"],
        extinct=n_extinct,
    )
