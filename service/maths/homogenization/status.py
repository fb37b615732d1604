"""The status of an item in a market, and how many items have each (metrics.md, 5)."""

from collections import Counter
from collections.abc import Sequence
from typing import Literal

import msgspec

from service.maths.panel.profiles import State
from service.maths.parameters import Thresholds

Status = Literal["table_stakes", "contested", "differentiator", "extinct"]

_SLACK = 1e-9  # a share that equals its threshold reaches it


class StatusCounts(msgspec.Struct, frozen=True, kw_only=True):
    """Items of a market by status, extinct ones included."""

    table_stakes: int
    contested: int
    differentiator: int
    extinct: int


def statuses(state: State, thresholds: Thresholds) -> list[Status]:
    """The status of every item that some unit has, in order."""
    return [status(n, state.n_vendors, thresholds) for n in state.vendors_with.tolist()]


def status(vendors_with: int, n_vendors: int, thresholds: Thresholds) -> Status:
    """Of an item that at least one of two or more vendors has."""
    if vendors_with == n_vendors:
        return "table_stakes"
    if vendors_with == 1:
        return "differentiator"
    if vendors_with >= thresholds.table_stakes_min * n_vendors - _SLACK:
        return "table_stakes"
    if vendors_with <= thresholds.differentiator_max * n_vendors + _SLACK:
        return "differentiator"
    return "contested"


def status_counts(alive: Sequence[Status], n_extinct: int) -> StatusCounts:
    """Count the statuses of the alive items."""
    count = Counter(alive)
    return StatusCounts(
        table_stakes=count["table_stakes"],
        contested=count["contested"],
        differentiator=count["differentiator"],
        extinct=n_extinct,
    )
