"""The headline read both ways: what nobody knows as absent, and left out (metrics.md, 18a)."""

from collections.abc import Callable
from dataclasses import dataclass
from inspect import Signature, signature
from typing import Any

import msgspec

from service.maths.measure import Measure
from service.maths.panel.panel import Panel
from service.maths.parameters import Unknown
from service.maths.results import Figures, Reasons, split

WAYS: dict[str, Unknown] = {"unknown_absent": "absent", "unknown_excluded": "exclude"}


class Readings(msgspec.Struct, frozen=True, kw_only=True):
    """The headline read both ways; a null has its reason."""

    unknown_absent: float | None
    unknown_excluded: float | None
    reasons: Reasons


class Pending(msgspec.Struct, frozen=True, kw_only=True):
    """A rival without a copy; `confirmed`: a survey says that it lacks the feature."""

    unit: str
    confirmed: bool


class VendorReadings(msgspec.Struct, frozen=True, kw_only=True):
    """The follower speed of one vendor, read both ways."""

    vendor: str
    unknown_absent: float | None
    unknown_excluded: float | None


class LeagueReadings(msgspec.Struct, frozen=True, kw_only=True):
    """The vendors by id; who was first does not depend on what is unknown."""

    vendors: list[VendorReadings]


def readings(measure: Measure[Any, Any], headline: str, panel: Panel, **given: Any) -> Readings:
    """The figure `headline` of a measure that takes `unknown`, asked with both values of it and
    with the other parameters as given. Nothing is computed that comes after the headline."""
    figures = both_ways(measure, (headline,), panel, **given)
    values, reasons = split({way: figures[way][headline] for way in WAYS})
    return Readings(**values, reasons=reasons)


def league_readings(
    measure: Measure[Any, Any], headline: str, panel: Panel, **given: Any
) -> LeagueReadings:
    """The readings of `vendor_league`: `headline` is a figure of its rows."""
    figures = both_ways(measure, ("vendors",), panel, **given)
    by_way = {
        way: {row.vendor: getattr(row, headline) for row in _rows(figures[way])} for way in WAYS
    }
    return LeagueReadings(
        vendors=[
            VendorReadings(vendor=vendor, **{way: by_way[way][vendor] for way in WAYS})
            for vendor in sorted(by_way["unknown_absent"])
        ]
    )


@dataclass(frozen=True)
class BothWays:
    """A headline to be read both ways: called with the panel and the parameters of the measure."""

    measure: Measure[Any, Any]
    headline: str
    read: Callable[..., Any] = readings

    def __call__(self, panel: Panel, **given: Any) -> Any:
        return self.read(self.measure, self.headline, panel, **given)

    @property
    def __signature__(self) -> Signature:
        return signature(self.measure)


def both_ways(
    measure: Measure[Any, Any], names: tuple[str, ...], panel: Panel, **given: Any
) -> dict[str, Figures]:
    """These figures of a measure, by way of reading what is not known."""
    return {
        way: measure.figures(names, panel, **(given | {"unknown": unknown}))
        for way, unknown in WAYS.items()
    }


def _rows(figures: Figures) -> list[Any]:
    rows = figures["vendors"]
    assert isinstance(rows, list), "a league has vendors"
    return rows
