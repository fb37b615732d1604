"""Two to ten products or vendors side by side, feature by feature: `comparison`."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, combinations
from typing import Any, Literal, NamedTuple

import msgspec
import numpy as np

from service.maths.arrays import Ints
from service.maths.homogenization.pair import PairSimilarity, pair_similarity
from service.maths.panel.coverage import SurveyLook, looks
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
    compared = _Compared.of(panel, market, subjects, on, unit, survey_valid_days)
    held = [
        {item for item, had in compared.spells.items() if compared.in_force(had.get(n, ()))}
        for n in range(len(subjects))
    ]
    counts = Counter(chain.from_iterable(held))
    ids = panel.feature_ids
    every = sorted(counts, key=lambda item: (-counts[item], ids[item]))
    rows = [ComparedFeature(feature=ids[item], cells=compared.cells(item)) for item in every]
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


def _summary(rows: list[ComparedFeature], held: list[set[int]]) -> Figures:
    n_shared = len(set.intersection(*held)) if held else 0
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


class _Spell(NamedTuple):
    """One that has started; `row` is that of its fact."""

    start: int
    end: int
    lo: int
    hi: int
    stage: int
    row: int


@dataclass(frozen=True)
class _Compared:
    """By feature and place of a subject (indices) its spells; by subject what was looked for, in
    surveys that are in force, in each of its products."""

    panel: Panel
    on: int
    spells: dict[int, dict[int, list[_Spell]]]
    looks: list[list[list[SurveyLook]]]

    @classmethod
    def of(
        cls, panel: Panel, market: str | None, subjects: list[str], on: int, unit: Unit, valid: int
    ) -> "_Compared":
        live = panel.live(on) & panel.in_market(market)
        owners = panel.product_ids if unit == "product" else panel.facts.product_vendor
        place = {subject: n for n, subject in enumerate(subjects)}
        subject = np.array([place.get(owner, -1) for owner in owners], np.int64)
        subject[~live] = -1
        known = [look for look in looks(panel, market) if on <= look.day + valid]
        return cls(
            panel,
            on,
            _started(panel, subject, on),
            [
                [
                    [look for look in known if look.product == product]
                    for product in np.flatnonzero(subject == n).tolist()
                ]
                for n in range(len(subjects))
            ],
        )

    def in_force(self, spells: Sequence[_Spell]) -> list[_Spell]:
        return [spell for spell in spells if self.on < spell.end]

    def cells(self, item: int) -> list[ComparedCell]:
        """Of a feature that a subject has."""
        had = self.spells[item]
        first = {n: min(own, key=lambda spell: spell.start) for n, own in had.items()}
        earliest = [(spell.lo, spell.hi) for spell in first.values()]
        origin = min(lo for lo, _ in earliest), min(hi for _, hi in earliest)
        return [self._cell(item, n, first.get(n), origin) for n in range(len(self.looks))]

    def _cell(
        self, item: int, n: int, first: _Spell | None, origin: tuple[int, int]
    ) -> ComparedCell:
        in_force = self.in_force(self.spells[item].get(n, ()))
        if first is None or not in_force:
            is_absent = first is not None or self._is_known_absent(item, n)
            return ComparedCell(value="absent" if is_absent else "unknown")
        traits, is_open = self.panel.facts.adoptions, NO_DATE in (first.lo, origin[0])
        return ComparedCell(
            value="ga" if any(spell.stage == GA for spell in in_force) else "preview",
            date=traits.start.text[first.row],
            adoption_id=traits.ids[first.row],
            lag_days=Span(
                min=0 if is_open else max(0, first.lo - origin[1]),
                max=None if is_open else first.hi - origin[0],
            ),
        )

    def _is_known_absent(self, item: int, n: int) -> bool:
        """Whether it was looked for in each of the subject's products."""
        feature, products = self.panel.feature_ids[item], self.looks[n]
        return bool(products) and all(any(look.covers(feature) for look in of) for of in products)


def _started(panel: Panel, subject: Ints, on: int) -> dict[int, dict[int, list[_Spell]]]:
    """Spells that have started by the day, `subject` being the place of each product's, or -1."""
    spells = panel.adoptions
    rows = np.flatnonzero((spells.start <= on) & (subject[spells.product] >= 0))
    columns = (spells.start, spells.end, spells.lo, spells.hi, spells.stage, spells.row)
    found: dict[int, dict[int, list[_Spell]]] = {}
    for item, n, *told in zip(
        spells.item[rows].tolist(),
        subject[spells.product[rows]].tolist(),
        *(column[rows].tolist() for column in columns),
        strict=True,
    ):
        found.setdefault(item, {}).setdefault(n, []).append(_Spell(*told))
    return found
