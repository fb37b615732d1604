"""The curve of a feature as the mean over draws of its dates and of cells of which nobody knows
(metrics.md, 10.4 to 10.6)."""

from dataclasses import dataclass

import numpy as np

from service.cached import cached_property
from service.maths.arrays import Ints
from service.maths.copying.curve import CopyCurve, Step, share_figures
from service.maths.kernels.drawn_curves import DrawnCurves
from service.maths.kernels.kaplan_meier import Median
from service.maths.results import Figures

_LEVELS = 1 - np.arange(1, 101) / 100


@dataclass(frozen=True)
class MeanCurve(CopyCurve):
    """Over `curves`, all conditional on the start of the representative rows, which give counts and
    follow-up; `asked` are days of which shares are told."""

    curves: DrawnCurves
    asked: tuple[int, ...] = ()

    @cached_property
    def median(self) -> Median:
        return self.curves.median(self.confidence, self.follow_up_days)

    @cached_property
    def exhausted_at(self) -> int | None:
        return self.curves.first_at_most(0.0, self.follow_up_days)

    @cached_property
    def _shown(self) -> Ints:
        """The days of the steps."""
        return np.unique(self.curves.days_of(_LEVELS, self.follow_up_days))

    @cached_property
    def _of_days(self) -> dict[int, tuple[float, tuple[float, float] | None]]:
        """S, and its limits where there are any, on the days of the steps and those asked for."""
        days = np.union1d(self._shown, np.array(self.asked, np.int64))
        limits = self.curves.limits(days, self.confidence)
        means = self.curves.mean_on(days).tolist()
        return dict(zip(days.tolist(), zip(means, limits, strict=True), strict=True))

    def steps(self) -> list[Step]:
        return [_step(day, *self._of_days[day]) for day in self._shown.tolist()]

    def share(self, day: int) -> Figures:
        survival, known = self._of_days[day]
        limits = None if known is None else (1 - known[1], 1 - known[0])
        return share_figures(1 - survival, limits)

    @cached_property
    def _incidences(self) -> dict[int, tuple[float, float]]:
        copied, left = self.curves.incidence(np.array(self.asked, np.int64))
        each = zip(copied.tolist(), left.tolist(), strict=True)
        return dict(zip(self.asked, each, strict=True))

    def incidence_at(self, day: int) -> tuple[float, float]:
        return self._incidences[day]

    def mean_and_error(self, tau: int) -> tuple[float, float]:
        return self.curves.restricted_mean(tau)


def _step(day: int, survival: float, limits: tuple[float, float] | None) -> Step:
    low, high = limits or (None, None)
    return Step(days=day, survival=survival, ci_low=low, ci_high=high)
