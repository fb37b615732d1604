"""Two to ten products or vendors side by side, feature by feature: `comparison`."""

from datetime import date
from itertools import combinations
from typing import Any, Literal

import msgspec
import numpy as np

from service.maths.arrays import Bools
from service.maths.homogenization.pair import PairSimilarity, pair_similarity
from service.maths.panel.coverage import last_survey
from service.maths.panel.facts import GA, NO_DATE
from service.maths.panel.panel import Panel
from service.maths.parameters import SURVEY_VALID_DAYS, Unit
from service.maths.products.gaps import Span
from service.maths.results import Figures, Reasons, finish, ratio


class ComparedCell(msgspec.Struct, frozen=True, kw_only=True):
    """What a subject has: ga or preview, with its first day as stored and the lag behind the
    first of the compared; or absent (a survey says so), or unknown."""

    value: Literal["ga", "preview", "absent", "unknown"]
    date: str | None = None
    adoption_id: str | None = None
    lag_days: Span | None = None


class ComparedFeature(msgspec.Struct, frozen=True, kw_only=True):
    """A feature that at least one subject has; a cell for each subject, in their order."""

    feature: str
    cells: list[ComparedCell]


class ComparedPair(msgspec.Struct, frozen=True, kw_only=True):
    """Two of the compared products in one market: section 7."""

    result: PairSimilarity


class ComparisonTable(msgspec.Struct, frozen=True, kw_only=True):
    """Features by how many subjects have them, then id; `mean_jaccard` over pairs of subjects."""

    unit: Unit
    on: str
    as_of: str | None
    stage_min: str
    subjects: list[str]
    features: list[ComparedFeature]
    shared_features: int
    differing: int
    mean_jaccard: float | None
    cells_known_share: float | None
    warnings: list[str]
    reasons: Reasons


def comparison(
    panel: Panel,
    subjects: list[str],
    on: int,
    market: str | None = None,
    as_of: str | None = None,
    unit: Unit = "product",
    survey_valid_days: int = SURVEY_VALID_DAYS,
) -> ComparisonTable:
    """Subjects on day `on` (an ordinal), over all markets or the products of one."""
    panel = panel.within(market)
    live = panel.live(on) & panel.in_market(market)
    members = [live & _owned(panel, subject, unit) for subject in subjects]
    held = [_held(panel, mask, on) for mask in members]
    every = sorted(set().union(*held), key=lambda f: (-sum(f in h for h in held), f))
    rows = [
        ComparedFeature(
            feature=feature,
            cells=_cells(panel, market, members, held, feature, on, survey_valid_days),
        )
        for feature in every
    ]
    return finish(
        ComparisonTable,
        _summary(rows, held)
        | {
            "unit": unit,
            "on": date.fromordinal(on).isoformat(),
            "as_of": as_of,
            "stage_min": panel.stage_min,
            "subjects": subjects,
            "features": rows,
            "warnings": panel.warnings,
        },
    )


def _summary(rows: list[ComparedFeature], held: list[set[str]]) -> Figures:
    n_shared = sum(all(row.feature in features for features in held) for row in rows)
    alike = [len(a & b) / len(a | b) for a, b in combinations(held, 2) if a or b]
    is_known = [cell.value != "unknown" for row in rows for cell in row.cells]
    return {
        "shared_features": n_shared,
        "differing": len(rows) - n_shared,
        "mean_jaccard": ratio(sum(alike), len(alike), "unprofiled"),
        "cells_known_share": ratio(sum(is_known), len(is_known), "unprofiled"),
    }


def compared_pairs(
    panel: Panel,
    subjects: list[str],
    on: int,
    market: str,
    as_of: str | None = None,
    **reading: Any,
) -> list[ComparedPair]:
    """Every pair of the products, in their order, on day `on` (an ordinal); `reading` are the
    parameters of `JointlyKnown`."""
    about = {"market": market, "on": on, "as_of": as_of, **reading}
    pairs = [{**about, "product_a": a, "product_b": b} for a, b in combinations(subjects, 2)]
    return [ComparedPair(result=pair_similarity(panel, **pair)) for pair in pairs]


def _owned(panel: Panel, subject: str, unit: Unit) -> Bools:
    owners = panel.product_ids if unit == "product" else panel.facts.product_vendor
    return np.array([owner == subject for owner in owners], np.bool_)


def _held(panel: Panel, mask: Bools, on: int) -> set[str]:
    spells = panel.adoptions
    in_force = mask[spells.product] & (spells.start <= on) & (on < spells.end)
    return {panel.feature_ids[item] for item in np.unique(spells.item[in_force]).tolist()}


def _cells(
    panel: Panel,
    market: str | None,
    members: list[Bools],
    held: list[set[str]],
    feature: str,
    on: int,
    survey_valid_days: int,
) -> list[ComparedCell]:
    item, spells = panel.feature_ids.index(feature), panel.adoptions
    started = (spells.item == item) & (spells.start <= on)
    own = [np.flatnonzero(started & mask[spells.product]) for mask in members]
    first = [rows[np.argmin(spells.start[rows])] if len(rows) else -1 for rows in own]
    bounds = [(int(spells.lo[s]), int(spells.hi[s])) for s in first if s >= 0]
    origin = min(lo for lo, _ in bounds), min(hi for _, hi in bounds)
    cells = []
    for mask, has, rows, spell in zip(members, held, own, first, strict=True):
        if feature in has:
            in_force = rows[on < spells.end[rows]]
            is_ga = bool((spells.stage[in_force] == GA).any())
            cells.append(_present(panel, int(spell), origin, is_ga=is_ga))
        else:
            cells.append(
                _lacking(panel, market, mask, feature, on, survey_valid_days, ended=spell >= 0)
            )
    return cells


def _present(panel: Panel, spell: int, origin: tuple[int, int], *, is_ga: bool) -> ComparedCell:
    spells, traits = panel.adoptions, panel.facts.adoptions
    lo, hi, row = int(spells.lo[spell]), int(spells.hi[spell]), int(spells.row[spell])
    is_open = NO_DATE in (lo, origin[0])
    return ComparedCell(
        value="ga" if is_ga else "preview",
        date=traits.start.text[row],
        adoption_id=traits.ids[row],
        lag_days=Span(
            min=0 if is_open else max(0, lo - origin[1]), max=None if is_open else hi - origin[0]
        ),
    )


def _lacking(
    panel: Panel,
    market: str | None,
    mask: Bools,
    feature: str,
    on: int,
    survey_valid_days: int,
    *,
    ended: bool,
) -> ComparedCell:
    products = [panel.product_ids[p] for p in np.flatnonzero(mask).tolist()]
    looked = [last_survey(panel, market, p, feature, on, survey_valid_days) for p in products]
    is_absent = ended or (bool(products) and all(day is not None for day in looked))
    return ComparedCell(value="absent" if is_absent else "unknown")
