"""How far every feature of a market has spread, and how it came there: `market_penetration`
(metrics.md, 5a)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

import msgspec
import numpy as np

from service.maths.arrays import Ints
from service.maths.homogenization.figures import quality
from service.maths.homogenization.status import Status, StatusCounts, status, status_counts
from service.maths.measure import measure
from service.maths.panel.coverage import known_cells
from service.maths.panel.panel import Panel
from service.maths.panel.profiles import Profile, State, ever_held, profile
from service.maths.parameters import (
    SURVEY_VALID_DAYS,
    Days,
    MeasureParameters,
    Period,
    Thresholds,
)
from service.maths.parameters import (
    period as period_of,
)
from service.maths.results import Absent, Figures, Reason, Reasons, absent

_LISTS = ("features", "series")


@dataclass(frozen=True, kw_only=True)
class MarketPenetrationParameters(MeasureParameters, Thresholds):
    """Of one market; `period`: the series has the last day of each."""

    market: str
    change_window_days: Days = 365
    survey_valid_days: Days = SURVEY_VALID_DAYS
    period: Period = "quarter"


class PenetrationPoint(msgspec.Struct, frozen=True, kw_only=True):
    """A feature at the end of a period: the share of profiled vendors that have it, and between
    which shares that lies, whatever nobody knows."""

    feature: str
    date: str
    penetration: float
    penetration_lowest: float
    penetration_highest: float
    n_vendors_with: int
    n_vendors: int


class FeaturePenetration(msgspec.Struct, frozen=True, kw_only=True):
    """A feature on the day. `vendors_to_table_stakes`: how many more of today's vendors must have
    it; `change`: of the penetration over the window; `table_stakes_since`: the end of the first
    period since which it has been so at the end of each."""

    feature: str
    status: str
    penetration: float
    penetration_lowest: float
    penetration_highest: float
    n_vendors_with: int
    n_vendors_unknown: int
    vendors_to_table_stakes: int
    change: float | None
    first_seen: str
    table_stakes_since: str | None


class MarketPenetration(msgspec.Struct, frozen=True, kw_only=True):
    """`features`: first those that are no table stakes, the nearest to it first; then those that
    are; `series`: by feature and day, from the period in which it was first seen."""

    market: str
    on: str
    as_of: str | None
    stage_min: str
    period: str
    n_vendors: int
    n_unprofiled_vendors: int
    n_features: int
    status_counts: StatusCounts | None
    quality: str
    features: list[FeaturePenetration]
    series: list[PenetrationPoint]
    warnings: list[str]
    reasons: Reasons


class Reach(NamedTuple):
    """On one day, per feature: how many profiled vendors have it, of how many it is not known; and
    how many vendors have a profile, and how many live ones have none."""

    n_with: Ints
    n_unknown: Ints
    n_vendors: int
    n_unprofiled: int

    def share(self, feature: int) -> float:
        """Of the profiled vendors, of whom there are some."""
        return int(self.n_with[feature]) / self.n_vendors

    def figures(self, feature: int) -> Figures:
        """The share and its bounds."""
        n_with, n_every = int(self.n_with[feature]), self.n_vendors + self.n_unprofiled
        most = n_with + int(self.n_unknown[feature]) + self.n_unprofiled
        return {
            "penetration": self.share(feature),
            "penetration_lowest": n_with / n_every,
            "penetration_highest": most / n_every,
            "n_vendors_with": n_with,
        }

    def status(self, feature: int, asked: Thresholds) -> Status:
        n_with = int(self.n_with[feature])
        return status(n_with, self.n_vendors, asked) if n_with else "extinct"

    def missing(self, feature: int, asked: Thresholds) -> int:
        """How many more of the day's vendors make it table stakes; all of them always do."""
        n_with, n = int(self.n_with[feature]), self.n_vendors
        enough = (k for k in range(max(1, n_with), n + 1) if status(k, n, asked) == "table_stakes")
        return next(enough) - n_with


@measure(MarketPenetrationParameters, MarketPenetration)
def market_penetration(panel: Panel, asked: MarketPenetrationParameters) -> Iterator[Figures]:
    """All features that a product of the market has had by the day, today and through time."""
    panel = panel.within(asked.market)
    features = ever_held(panel.adoptions, panel.in_market(asked.market), asked.on)
    now = profile(panel, asked.market, asked.on)
    yield {"market": asked.market, "period": asked.period}
    yield {
        "n_vendors": now.state.n_vendors,
        "n_unprofiled_vendors": now.n_unprofiled_vendors,
        "n_features": len(features),
        "quality": "insufficient" if now.missing else quality(now),
    }
    if now.missing is not None:
        yield _nothing(now.missing)
        return
    days = _period_ends(panel, asked)
    reaches = {day: _reach(panel, asked, features, day) for day in days}
    yield _told(panel, asked, features, reaches)


def _nothing(why: Reason) -> Figures:
    lists = {name: Absent(why, []) for name in _LISTS}
    return absent(("status_counts",), why) | lists


def _told(
    panel: Panel, asked: MarketPenetrationParameters, features: Ints, reaches: dict[int, Reach]
) -> Figures:
    names = [panel.feature_ids[feature] for feature in features.tolist()]
    first, now = _first_days(panel, asked, features), reaches[asked.on]
    before = _reach(panel, asked, features, asked.on - asked.change_window_days)
    changes = [now.share(n) - before.share(n) for n in range(len(names)) if before.n_vendors]
    known = [now.status(n, asked) for n in range(len(names))]

    def place(n: int) -> tuple[object, ...]:
        """Nearest to table stakes; the more have it, and the faster it spreads, the earlier."""
        gain = round(changes[n], 12) if changes else 0.0
        is_told_last = (known[n] == "extinct", known[n] == "table_stakes")
        return *is_told_last, now.missing(n, asked), -round(now.share(n), 12), -gain, names[n]

    rows = [
        {
            "feature": names[n],
            "status": known[n],
            **now.figures(n),
            "n_vendors_unknown": int(now.n_unknown[n]),
            "vendors_to_table_stakes": now.missing(n, asked),
            "change": changes[n] if changes else Absent("no_profiled_products"),
            "first_seen": date.fromordinal(first[n]).isoformat(),
            "table_stakes_since": _since(n, reaches, asked),
        }
        for n in sorted(range(len(names)), key=place)
    ]
    alive = [one for one in known if one != "extinct"]
    counts = status_counts(alive, n_extinct=known.count("extinct"))
    points = list(_points(names, first, reaches))
    return {"status_counts": msgspec.to_builtins(counts), "features": rows, "series": points}


def _since(
    feature: int, reaches: dict[int, Reach], asked: MarketPenetrationParameters
) -> str | Absent:
    since = None
    for day in sorted(reaches, reverse=True):
        reach = reaches[day]
        if reach.n_vendors < 2 or reach.status(feature, asked) != "table_stakes":
            break
        since = day
    return Absent("not_table_stakes") if since is None else date.fromordinal(since).isoformat()


def _points(names: list[str], first: list[int], reaches: dict[int, Reach]) -> Iterator[Figures]:
    for n in sorted(range(len(names)), key=names.__getitem__):
        for day, reach in reaches.items():
            if day >= first[n] and reach.n_vendors:
                told = {"feature": names[n], "date": date.fromordinal(day).isoformat()}
                yield told | reach.figures(n) | {"n_vendors": reach.n_vendors}


def _first_days(panel: Panel, asked: MarketPenetrationParameters, features: Ints) -> list[int]:
    """The first day on which a product of the market had each feature."""
    spells, members = panel.adoptions, panel.in_market(asked.market)
    seen = members[spells.product] & (spells.start <= asked.on)
    first = np.full(len(panel.feature_ids), asked.on, np.int64)
    np.minimum.at(first, spells.item[seen], spells.start[seen])
    days: list[int] = first[features].tolist()
    return days


def _period_ends(panel: Panel, asked: MarketPenetrationParameters) -> list[int]:
    """The last day of each period since something was first seen, the day itself as the last."""
    spells = panel.adoptions
    starts = spells.start[panel.in_market(asked.market)[spells.product]]
    day = date.fromordinal(int(starts.min()))
    ends = []
    while day.toordinal() < asked.on:
        following = day + timedelta(days=1)
        if period_of(day, asked.period) != period_of(following, asked.period):
            ends.append(day.toordinal())
        day = following
    return [*ends, asked.on]


def _reach(panel: Panel, asked: MarketPenetrationParameters, features: Ints, on: int) -> Reach:
    """Who has which of the features on a day, and of whom it is not known (18a)."""
    found = profile(panel, asked.market, on)
    state = found.state
    place = {panel.feature_ids[feature]: n for n, feature in enumerate(features.tolist())}
    has = np.zeros((len(found.units), len(features)), np.bool_)
    has[:, [place[item] for item in found.items]] = state.has
    full: Profile = replace(found, state=State(has, state.vendor), items=list(place))
    known = known_cells(panel, asked.market, full, on, asked.survey_valid_days)
    unknown = np.zeros((state.n_vendors, len(features)), np.bool_)
    rows, items = np.nonzero(~known)
    unknown[state.vendor[rows], items] = True
    held = full.state.vendor_has
    return Reach(
        n_with=np.asarray(held.sum(axis=0), np.int64),
        n_unknown=np.asarray((unknown & ~held).sum(axis=0), np.int64),
        n_vendors=state.n_vendors,
        n_unprofiled=found.n_unprofiled_vendors,
    )
