"""Rivals of which it is not known whether they lack a feature (18a, time-to-copy)."""

from dataclasses import replace

import numpy as np

from service.maths.arenas import Arena
from service.maths.coverage import known_absent_until
from service.maths.facts import Ints
from service.maths.lives import NEVER
from service.maths.races import Race
from service.maths.survival import Rows

_Life = tuple[int, int, int]


def known_lacking_until(arena: Arena, race: Race, valid_days: int) -> Ints:
    """Per unit, the last day on which it is known to lack the feature; 0 if there is none.

    NEVER where nothing is unknown: it has copied, or is known to lack it to the last.
    """
    feature = arena.panel.feature_ids[race.feature]
    known = known_absent_until(arena.panel, feature, arena.on, valid_days)[arena.products]
    until = np.full(len(arena), NEVER, np.int64)
    asked = race.is_rival & (race.copy == NEVER)
    never = np.ones(len(arena), np.bool_)
    never[arena.unit_of_row[known > 0]] = False
    until[asked & never] = 0
    lives = arena.panel.lives
    launch, end = lives.launch[arena.products], lives.end[arena.products]
    of_unit: dict[int, list[_Life]] = {int(u): [] for u in np.flatnonzero(asked & ~never)}
    for row in np.flatnonzero((asked & ~never)[arena.unit_of_row]):
        life = int(launch[row]), int(end[row]), int(known[row])
        of_unit[int(arena.unit_of_row[row])].append(life)
    for unit, products in of_unit.items():
        last = min(arena.on, int(race.last_end[unit]) - 1)
        day = _last_known(products, last)
        until[unit] = NEVER if day == last else day
    return until


def _last_known(products: list[_Life], day: int) -> int:
    """The last day up to `day` on which every product then live is known to lack it; or 0."""
    while True:
        live = [(known, launch) for launch, end, known in products if launch <= day < end]
        if not live:
            day = max((end - 1 for _, end, _ in products if end - 1 < day), default=0)
            if day == 0:
                return 0
            continue
        known, launch = min(live)
        if day <= known:
            return day
        day = max(known, launch - 1)


def censored(race: Race, until: Ints) -> Race:
    """Rivals leave observation on the last day on which they were known to lack the feature."""
    rows = race.rows
    last = until[race.row_unit] - race.origin
    out = np.minimum(rows.exit, last)
    kept = out > rows.entry
    return replace(
        race,
        row_unit=race.row_unit[kept],
        rows=Rows(rows.entry[kept], out[kept], rows.event[kept]),
        left=(race.left & (rows.exit <= last))[kept],
    )
