"""Cumulative incidence when subjects may leave first: Aalen-Johansen, exact with ties."""

from dataclasses import dataclass

import numpy as np

from service.maths.arrays import Bools, Floats, Ints
from service.maths.kernels.kaplan_meier import Rows


@dataclass(frozen=True)
class Incidence:
    """Cumulative incidences of the event and of leaving, at each time at which either happens."""

    days: Ints
    event: Floats
    exit: Floats

    def at(self, day: int) -> tuple[float, float]:
        """(event, exit) by that day."""
        step = int(np.searchsorted(self.days, day, "right"))
        return (float(self.event[step - 1]), float(self.exit[step - 1])) if step else (0.0, 0.0)


def aalen_johansen(rows: Rows, left: Bools, after: int) -> Incidence:
    """Sum of S_all(t-) d_k / Y from `after` on; S_all takes both causes of one day together.

    Aalen & Johansen 1978. `left` marks the rows that ended by leaving.
    """
    late = rows.exit > after
    days = np.unique(rows.exit[(rows.event | left) & late])
    events = _counts(days, rows.exit[rows.event & late])
    exits = _counts(days, rows.exit[left & late])
    at_risk = rows.at_risk(days)
    survival = np.cumprod(1 - (events + exits) / at_risk)
    before = np.concatenate([[1.0], survival[:-1]]) / at_risk
    return Incidence(days, np.cumsum(before * events), np.cumsum(before * exits))


def _counts(days: Ints, times: Ints) -> Ints:
    return np.searchsorted(np.sort(times), days, "right") - np.searchsorted(np.sort(times), days)
