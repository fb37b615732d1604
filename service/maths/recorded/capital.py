"""What money and machines went, or are to go, into a vendor, as published: `vendor_capital`
(metrics.md, 14b)."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import msgspec
from msgspec import UNSET, UnsetType

from service.maths.measure import measure
from service.maths.panel.facts import InvestmentFact
from service.maths.panel.panel import Panel
from service.maths.parameters import MeasureParameters
from service.maths.recorded.figures import Published, number, span, told
from service.maths.results import Absent, Figures, Reasons

ADDITIVE = ("funding_round",)
Line = tuple[str, str, str, str]


@dataclass(frozen=True, kw_only=True)
class VendorCapitalParameters(MeasureParameters):
    """Of one vendor."""

    vendor: str


class CapitalFigure(msgspec.Struct, frozen=True, kw_only=True):
    """A figure as published, in the line that holds it; `is_contradicted`: another of its line and
    date says otherwise, and nobody has decided."""

    line: str
    type: str
    status: str
    date: str
    amount: int | float | UnsetType = UNSET
    currency: str | UnsetType = UNSET
    quantity: int | float | UnsetType = UNSET
    measured_in: str | UnsetType = UNSET
    is_contradicted: bool
    record_id: str


class CapitalLine(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of one type, status, currency and unit; nothing is summed over two of these.

    `total_amount` is the sum of rounds; spending and machines may contain one another. The last
    amount and quantity are null where figures of that date contradict each other.
    """

    line: str
    type: str
    status: str
    currency: str | UnsetType = UNSET
    measured_in: str | UnsetType = UNSET
    n_figures: int
    n_without_figure: int
    n_contradicted: int
    first_date: str
    last_date: str
    last_amount: int | float | None
    last_quantity: int | float | None
    total_amount: int | float | None


class VendorCapital(msgspec.Struct, frozen=True, kw_only=True):
    """By line, and every figure as an entry, by line and date."""

    vendor: str
    on: str
    as_of: str | None
    n_figures: int
    n_lines: int
    n_contradicted: int
    n_disputed: int
    n_undated: int
    first_date: str | None
    last_date: str | None
    lines: list[CapitalLine]
    entries: list[CapitalFigure]
    warnings: list[str]
    reasons: Reasons


@measure(VendorCapitalParameters, VendorCapital)
def vendor_capital(panel: Panel, asked: VendorCapitalParameters) -> Iterator[Figures]:
    """The investments of a vendor on record, dated by a day."""
    own = (fact for fact in panel.facts.investments if fact.vendor == asked.vendor)
    published = Published.by(own, asked.on)
    each = groupby(sorted(published.standing, key=_line), key=_line)
    lines = {line: list(rows) for line, rows in each}
    entries = [_figure(fact, rows) for rows in lines.values() for fact in rows]
    yield {
        "vendor": asked.vendor,
        "n_figures": len(entries),
        "n_lines": len(lines),
        "n_contradicted": sum(entry.is_contradicted for entry in entries),
        "n_disputed": published.n_disputed,
        "n_undated": published.n_undated,
        "lines": [_told(rows) for rows in lines.values()],
        "entries": entries,
    }
    yield span(published.standing)


def _line(fact: InvestmentFact) -> Line:
    return fact.type, fact.status, fact.currency or "", fact.unit or ""


def _name(fact: InvestmentFact) -> str:
    return "/".join(word for word in _line(fact) if word)


def _is_contradicted(fact: InvestmentFact, rows: list[InvestmentFact]) -> bool:
    said = fact.amount, fact.quantity
    return any(o.date == fact.date and (o.amount, o.quantity) != said for o in rows)


def _figure(fact: InvestmentFact, rows: list[InvestmentFact]) -> CapitalFigure:
    return CapitalFigure(
        line=_name(fact),
        type=fact.type,
        status=fact.status,
        date=fact.date,
        **told(
            amount=None if fact.amount is None else number(fact.amount),
            currency=fact.currency,
            quantity=None if fact.quantity is None else number(fact.quantity),
            measured_in=fact.unit,
        ),
        is_contradicted=_is_contradicted(fact, rows),
        record_id=fact.id,
    )


def _told(rows: list[InvestmentFact]) -> Figures:
    """A `CapitalLine`."""
    last = rows[-1]
    is_open = _is_contradicted(last, rows)
    return {
        "line": _name(last),
        "type": last.type,
        "status": last.status,
        **told(currency=last.currency, measured_in=last.unit),
        "n_figures": len(rows),
        "n_without_figure": sum(f.amount is None and f.quantity is None for f in rows),
        "n_contradicted": sum(_is_contradicted(fact, rows) for fact in rows),
        "first_date": rows[0].date,
        "last_date": last.date,
        "last_amount": _value(last.amount, is_open=is_open),
        "last_quantity": _value(last.quantity, is_open=is_open),
        "total_amount": _total(rows),
    }


def _value(value: float | None, *, is_open: bool) -> float | Absent:
    if is_open:
        return Absent("contradicting_figures")
    return Absent("not_public") if value is None else number(value)


def _total(rows: list[InvestmentFact]) -> float | Absent:
    """Of rounds whose amounts are known; a round of which two are told has none."""
    if rows[0].type not in ADDITIVE or rows[0].currency is None:
        return Absent("not_additive")
    if any(_is_contradicted(fact, rows) for fact in rows):
        return Absent("contradicting_figures")
    known = [fact.amount for fact in rows if fact.amount is not None]
    return number(math.fsum(known)) if known else Absent("not_public")
