"""All races of a market together: a row per feature, rival and presence (metrics.md, 11-14)."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from service.maths.arenas import Arena, CopyUnit
from service.maths.facts import Ints
from service.maths.panels import Panel
from service.maths.races import Race, race
from service.maths.survival import Bools, Rows


@dataclass(frozen=True)
class Field:
    """The races of all features with an origin by `on`; columns run over the rows of all.

    `races` are in feature id order; `race` is the index into them, `unit` into the arena.
    """

    arena: Arena
    races: list[Race]
    n_before_coverage: int

    @cached_property
    def race(self) -> Ints:
        return np.concatenate([_none(), *(np.full(len(r.rows), n) for n, r in self._numbered)])

    @property
    def _numbered(self) -> list[tuple[int, Race]]:
        return list(enumerate(self.races))

    @cached_property
    def unit(self) -> Ints:
        return np.concatenate([_none(), *(r.row_unit for r in self.races)])

    @cached_property
    def rows(self) -> Rows:
        entry, out = (
            np.concatenate([_none(), *(getattr(r.rows, name) for r in self.races)])
            for name in ("entry", "exit")
        )
        event = np.concatenate([np.zeros(0, np.bool_), *(r.rows.event for r in self.races)])
        return Rows(entry, out, event)

    def feature_id(self, index: int) -> str:
        """The id of the feature of a race."""
        return self.arena.panel.feature_ids[self.races[index].feature]

    def taken(self, mask: Bools) -> Rows:
        """Some of the rows."""
        return Rows(self.rows.entry[mask], self.rows.exit[mask], self.rows.event[mask])

    @cached_property
    def with_rows(self) -> list[int]:
        """Races in which some rival was at risk, in feature id order."""
        return [n for n, r in self._numbered if len(r.rows)]


def _none() -> Ints:
    return np.zeros(0, np.int64)


def field(
    panel: Panel,
    market: str | None,
    on: int,
    simultaneity_days: int,
    unit: CopyUnit = "vendor",
    *,
    covered: bool = False,
) -> Field:
    """Every race of the market on day `on`; `covered` leaves out features whose origin is older
    than the tracking of the market (they are counted)."""
    arena = Arena(panel, market, on, unit)
    races = [race(arena, int(feature), simultaneity_days) for feature in arena.features]
    since = arena.tracked_since
    kept = [r for r in races if not covered or since is None or r.origin >= since]
    return Field(arena, kept, len(races) - len(kept))
