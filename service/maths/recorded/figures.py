"""Which published figures a question is about, and what is told of any of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from service.maths.panel.facts import NO_DATE, InvestmentFact, UsageFact, representative
from service.maths.results import Absent, Figures

F = TypeVar("F", UsageFact, InvestmentFact)


@dataclass(frozen=True)
class Published(Generic[F]):
    """Of one product or vendor by a day: those that stand, by day; how many lost a dispute, and how
    many have no date."""

    standing: list[F]
    n_disputed: int
    n_undated: int

    @classmethod
    def by(cls, facts: Iterable[F], on: int) -> "Published[F]":
        """Undated ones are never told to be out by the day."""
        every = list(facts)
        dated = [f for f in every if f.hi != NO_DATE and day_of(f) <= on]
        standing = sorted((f for f in dated if not f.is_set_aside), key=_place)
        lost = sum(f.is_set_aside for f in dated)
        return cls(standing, lost, sum(f.hi == NO_DATE for f in every if not f.is_set_aside))


def day_of(fact: UsageFact | InvestmentFact) -> int:
    """Its representative day."""
    return representative(fact.lo, fact.hi)


def _place(fact: UsageFact | InvestmentFact) -> tuple[int, int, str, str]:
    return day_of(fact), fact.hi, fact.date, fact.id


def span(facts: Sequence[UsageFact | InvestmentFact]) -> Figures:
    """`first_date` and `last_date`, as stored."""
    if not facts:
        return dict.fromkeys(("first_date", "last_date"), Absent("no_figures"))
    return {"first_date": facts[0].date, "last_date": facts[-1].date}


def told(**fields: object) -> dict[str, Any]:
    """Those that are said."""
    return {name: value for name, value in fields.items() if value is not None}


def number(value: float) -> int | float:
    """Whole numbers without a point."""
    return int(value) if value.is_integer() else value
