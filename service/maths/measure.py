"""A measure: what may be asked, and what it answers."""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields
from datetime import date
from functools import update_wrapper
from typing import Any, Generic, TypeVar

from service.maths.panel.panel import Panel
from service.maths.parameters import MeasureParameters
from service.maths.results import Figures, R, finish

P = TypeVar("P", bound=MeasureParameters)
T = TypeVar("T")


class Measure(Generic[P, R]):
    """A question to a panel: called with the panel and the parameters by name it answers a
    finished result. It wraps a function that yields figures in the order in which they are
    computed."""

    __name__: str

    def __init__(
        self,
        parameters: type[P],
        result: type[R],
        compute: Callable[[Panel, P], Iterator[Figures]],
    ) -> None:
        self.parameters, self.result, self.compute = parameters, result, compute
        update_wrapper(self, compute)
        self.__signature__ = _signature(parameters, result)

    def __call__(self, panel: Panel, **given: Any) -> R:
        """The whole result. Raises TypeError for parameters that it does not have or misses."""
        asked = self.parameters(**given)
        figures = _every(panel, asked)
        for some in self.compute(panel, asked):
            figures |= some
        return finish(self.result, figures)


class ByName(Generic[P, T]):
    """A function of a panel and parameters, called with these by name, as a measure is."""

    __name__: str

    def __init__(self, parameters: type[P], compute: Callable[[Panel, P], T]) -> None:
        self.parameters, self.compute = parameters, compute
        update_wrapper(self, compute)
        self.__signature__ = _signature(parameters, object)

    def __call__(self, panel: Panel, **given: Any) -> T:
        """What the function answers. Raises TypeError for parameters that it does not have."""
        return self.compute(panel, self.parameters(**given))


def by_name(parameters: type[P]) -> Callable[[Callable[[Panel, P], T]], ByName[P, T]]:
    """Makes the function callable with the parameters by name."""
    return lambda compute: ByName(parameters, compute)


def _every(panel: Panel, asked: MeasureParameters) -> Figures:
    """What every result has."""
    return {
        "on": date.fromordinal(asked.on).isoformat(),
        "as_of": asked.as_of,
        "stage_min": panel.stage_min,
        "warnings": panel.warnings,
    }


def measure(
    parameters: type[P], result: type[R]
) -> Callable[[Callable[[Panel, P], Iterator[Figures]]], Measure[P, R]]:
    """Makes a measure of the function that yields its figures."""
    return lambda compute: Measure(parameters, result, compute)


def _signature(parameters: type[MeasureParameters], result: type) -> inspect.Signature:
    """(panel, *, parameter: type = default, ...) -> result."""
    asked = [
        inspect.Parameter(
            field.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=inspect.Parameter.empty if field.default is MISSING else field.default,
            annotation=field.type,
        )
        for field in fields(parameters)
    ]
    panel = inspect.Parameter("panel", inspect.Parameter.POSITIONAL_ONLY, annotation=Panel)
    return inspect.Signature([panel, *asked], return_annotation=result)
