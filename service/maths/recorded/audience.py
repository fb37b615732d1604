"""How many use a product, how long and how often, as published: `product_audience` (metrics.md,
14b)."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import msgspec
from msgspec import UNSET, UnsetType

from service.maths.measure import measure
from service.maths.panel.facts import UsageFact
from service.maths.panel.panel import Panel
from service.maths.parameters import MeasureParameters
from service.maths.recorded.figures import Published, number, span, told
from service.maths.results import Absent, Figures, Reasons


@dataclass(frozen=True, kw_only=True)
class ProductAudienceParameters(MeasureParameters):
    """Of one product."""

    product: str


class UsageFigure(msgspec.Struct, frozen=True, kw_only=True):
    """A figure as published; `is_contradicted`: another of its metric and period says otherwise,
    and nobody has decided."""

    metric: str
    measured_in: str | UnsetType = UNSET
    period: str
    value: int | float
    is_contradicted: bool
    record_id: str


class UsageSeries(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of one metric: its first and last period and how many times as much that is;
    null where figures of that period contradict each other."""

    metric: str
    measured_in: str | UnsetType = UNSET
    n_figures: int
    n_contradicted: int
    first_period: str
    first_value: int | float | None
    last_period: str
    last_value: int | float | None
    growth: float | None


class ProductAudience(msgspec.Struct, frozen=True, kw_only=True):
    """By metric, and every figure as an entry, by metric and period."""

    product: str
    on: str
    as_of: str | None
    n_figures: int
    n_metrics: int
    n_contradicted: int
    n_disputed: int
    n_undated: int
    first_date: str | None
    last_date: str | None
    series: list[UsageSeries]
    entries: list[UsageFigure]
    warnings: list[str]
    reasons: Reasons


@measure(ProductAudienceParameters, ProductAudience)
def product_audience(panel: Panel, asked: ProductAudienceParameters) -> Iterator[Figures]:
    """The usage figures of a product on record, of periods by a day."""
    own = (fact for fact in panel.facts.usage if fact.product == asked.product)
    published = Published.by(own, asked.on)
    each = sorted(published.standing, key=lambda fact: fact.metric)
    of_metrics = {metric: list(rows) for metric, rows in groupby(each, key=lambda f: f.metric)}
    entries = [_figure(fact, rows) for rows in of_metrics.values() for fact in rows]
    yield {
        "product": asked.product,
        "n_figures": len(entries),
        "n_metrics": len(of_metrics),
        "n_contradicted": sum(entry.is_contradicted for entry in entries),
        "n_disputed": published.n_disputed,
        "n_undated": published.n_undated,
        "series": [_series(rows) for rows in of_metrics.values()],
        "entries": entries,
    }
    yield span(published.standing)


def _figure(fact: UsageFact, rows: list[UsageFact]) -> UsageFigure:
    return UsageFigure(
        metric=fact.metric,
        **told(measured_in=fact.unit),
        period=fact.date,
        value=number(fact.value),
        is_contradicted=_is_contradicted(fact, rows),
        record_id=fact.id,
    )


def _is_contradicted(fact: UsageFact, rows: list[UsageFact]) -> bool:
    return any(other.date == fact.date and other.value != fact.value for other in rows)


def _series(rows: list[UsageFact]) -> Figures:
    """A `UsageSeries`."""
    first, last = _value(rows, rows[0]), _value(rows, rows[-1])
    return {
        "metric": rows[0].metric,
        **told(measured_in=rows[0].unit),
        "n_figures": len(rows),
        "n_contradicted": sum(_is_contradicted(fact, rows) for fact in rows),
        "first_period": rows[0].date,
        "first_value": first,
        "last_period": rows[-1].date,
        "last_value": last,
        "growth": _growth(rows, first, last),
    }


def _value(rows: list[UsageFact], fact: UsageFact) -> float | Absent:
    is_open = _is_contradicted(fact, rows)
    return Absent("contradicting_figures") if is_open else number(fact.value)


def _growth(rows: list[UsageFact], first: float | Absent, last: float | Absent) -> float | Absent:
    """How many times the first value the last is."""
    if rows[0].date == rows[-1].date:
        return Absent("too_few_figures")
    if isinstance(first, Absent) or isinstance(last, Absent):
        return Absent("contradicting_figures")
    return last / first if first else Absent("not_estimable")
