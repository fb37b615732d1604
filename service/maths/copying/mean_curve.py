"""The curve of a feature as the mean over draws of its dates and of cells of which nobody knows
(metrics.md, 10.4 to 10.6)."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from service.maths.copying.curve import CopyCurve, Step, share_figures
from service.maths.kernels.drawn_curves import SLACK, DrawnCurves, DrawnRows
from service.maths.kernels.kaplan_meier import Median
from service.maths.results import Figures

_LEVELS = 1 - np.arange(1, 101) / 100


@dataclass(frozen=True)
class MeanCurve(CopyCurve):
    """Over `drawn`, all conditional on the start of the representative rows, which give counts and
    follow-up; `asked` are days of which shares are told."""

    drawn: DrawnRows
    asked: tuple[int, ...] = ()

    @cached_property
    def curves(self) -> DrawnCurves:
        """Of the draws with a row that ends after the start."""
        assert self.start is not None, "there is a curve"
        late = np.zeros(self.drawn.n_draws, np.bool_)
        late[self.drawn.draw[self.drawn.exit > self.start]] = True
        days = (*self.asked, self.start, self.follow_up_days)
        return DrawnCurves(self.drawn.of_draws(late), self.start, days)

    @cached_property
    def median(self) -> Median:
        return self.curves.median(self.confidence, self.follow_up_days)

    @cached_property
    def exhausted_at(self) -> int | None:
        seen = self.curves.days <= self.follow_up_days
        over = np.flatnonzero((self.curves.mean <= SLACK) & seen)
        return int(self.curves.days[over[0]]) if len(over) else None

    def steps(self) -> list[Step]:
        mean = self.curves.mean[self.curves.days <= self.follow_up_days]
        fallen = [np.flatnonzero(mean <= level + SLACK) for level in _LEVELS]
        columns = sorted({int(each[0]) for each in fallen if len(each)})
        days = [int(self.curves.days[column]) for column in columns]
        limits = self.curves.limits(days, self.confidence)
        return [
            Step(
                days=day,
                survival=float(mean[column]),
                ci_low=None if known is None else known[0],
                ci_high=None if known is None else known[1],
            )
            for column, day, known in zip(columns, days, limits, strict=True)
        ]

    def share(self, day: int) -> Figures:
        known = self._limits[day]
        limits = None if known is None else (1 - known[1], 1 - known[0])
        return share_figures(1 - float(self.curves.mean[self.curves.column(day)]), limits)

    @cached_property
    def _limits(self) -> dict[int, tuple[float, float] | None]:
        each = self.curves.limits(self.asked, self.confidence)
        return dict(zip(self.asked, each, strict=True))

    def incidence_at(self, day: int) -> tuple[float, float]:
        return self.curves.incidence(day)

    def mean_and_error(self, tau: int) -> tuple[float, float]:
        return self.curves.restricted_mean(tau)
