"""All races of a market together: a row per feature, rival and presence (metrics.md, 11-14)."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from service.maths.copying.diffusion import Race, race
from service.maths.copying.risk_set import Arena, CopyUnit
from service.maths.copying.unknown_rivals import watched
from service.maths.kernels.kaplan_meier import Bools, Rows
from service.maths.panel.coverage import looks
from service.maths.panel.facts import Ints
from service.maths.panel.panel import Panel


@dataclass(frozen=True)
class Field:
    """The races of all features with an origin by `on`; columns run over the rows of all.

    `races` are in feature id order, market by market, each run in the arena of the same place in
    `arenas`; `race` is the index into them, `unit` into the race's own arena.
    """

    arenas: list[Arena]
    races: list[Race]
    n_before_coverage: int

    @property
    def arena(self) -> Arena:
        """The one market of a field that has no other."""
        return self.arenas[0]

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
        """The id of the feature of a race; of several markets, `market/feature`."""
        arena = self.arenas[index]
        feature = arena.panel.feature_ids[self.races[index].feature]
        several = any(other is not self.arenas[0] for other in self.arenas)
        return f"{arena.market}/{feature}" if several else feature

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
    known_for: int | None = None,
) -> Field:
    """Every race of the market on day `on`; `covered` leaves out features whose origin is older
    than the tracking of the market (they are counted), `known_for` the days on which it is not
    known whether a pending rival has the feature (surveys being valid for so many days)."""
    arena = Arena(panel, market, on, unit)
    races = [race(arena, int(feature), simultaneity_days) for feature in arena.features]
    since = arena.tracked_since
    kept = [r for r in races if not covered or since is None or r.origin >= since]
    if known_for is not None:
        seen = looks(arena.panel, on)
        kept = [watched(arena, run, known_for, seen) for run in kept]
    return Field([arena] * max(len(kept), 1), kept, len(races) - len(kept))


def fields(
    panel: Panel,
    market: str | None,
    markets: tuple[str, ...] | None,
    on: int,
    simultaneity_days: int,
    known_for: int | None = None,
) -> Field:
    """The covered races of one market, or of several, each with its own rivals."""
    each = [
        field(panel, name, on, simultaneity_days, covered=True, known_for=known_for)
        for name in (sorted(set(markets)) if markets else [market])
    ]
    if len(each) == 1:
        return each[0]
    arenas = [arena for one in each for arena in one.arenas[: len(one.races)]]
    return Field(
        arenas or each[0].arenas,
        [run for one in each for run in one.races],
        sum(one.n_before_coverage for one in each),
    )
