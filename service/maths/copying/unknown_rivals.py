"""Rivals of whom nobody knows whether they have a feature (metrics.md, 18a)."""

from dataclasses import replace

import msgspec
import numpy as np

from service.maths.copying.diffusion import PENDING, Race
from service.maths.copying.risk_set import Arena
from service.maths.kernels.kaplan_meier import Rows
from service.maths.panel.coverage import Look, absent_until, looks
from service.maths.panel.facts import Ints


class Pending(msgspec.Struct, frozen=True, kw_only=True):
    """A rival without a copy; `confirmed`: a survey says that it lacks the feature."""

    unit: str
    confirmed: bool


def pending_of(run: Race) -> Ints:
    """The units of the rivals that have not copied yet."""
    return np.flatnonzero(run.is_rival & (run.status == PENDING))


def known_until(
    arena: Arena, feature: str, survey_valid_days: int, seen: list[Look] | None = None
) -> Ints:
    """Per unit without the feature, the last day on which all its live products are known to
    lack it. `seen`: the surveys, where they are at hand."""
    seen = looks(arena.panel, arena.on) if seen is None else seen
    until_day = absent_until(arena.panel, feature, arena.on, survey_valid_days, seen)
    days = until_day[arena.products]
    live = arena.panel.live(arena.on)[arena.products]
    until = np.full(len(arena), arena.on, np.int64)
    np.minimum.at(until, arena.unit_of_row[live], days[live])
    return until


def without_unknown(run: Race, known: Ints, pending: Ints) -> Race:
    """The race without the days on which a pending rival's cell is not known."""
    last = np.full(len(known), run.on - run.origin, np.int64)
    last[pending] = np.minimum(known[pending], run.on) - run.origin
    out = np.minimum(run.rows.exit, last[run.row_unit])
    kept = out > run.rows.entry
    rows = Rows(run.rows.entry[kept], out[kept], run.rows.event[kept])
    return replace(run, rows=rows, row_unit=run.row_unit[kept], left=run.left[kept])


def watched(arena: Arena, run: Race, survey_valid_days: int, seen: list[Look]) -> Race:
    """The race without the days on which it is not known whether a pending rival has it."""
    known = known_until(arena, arena.panel.feature_ids[run.feature], survey_valid_days, seen)
    return without_unknown(run, known, pending_of(run))
