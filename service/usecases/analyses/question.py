"""What is asked of an analysis, checked, by the ids that stand."""

from dataclasses import dataclass, replace
from datetime import date

import msgspec

from service.query.filters.expressions import EVERYTHING, Expression
from service.query.registry import MARKETS, PRODUCTS
from service.store.database import Snapshot
from service.usecases.analyses.parameters import AnalysisParameters
from service.usecases.catalogue.merged_ids import Resolution, now, resolved


@dataclass(frozen=True)
class Question:
    """A checked question: its parameters, and what was read out of them and of the request."""

    parameters: AnalysisParameters
    on: date
    lang: str = "en"
    filter: Expression = EVERYTHING

    @property
    def market(self) -> str | None:
        """The market that is a parameter, if one was named."""
        market: str | None = getattr(self.parameters, "market", None)
        return market

    @property
    def markets(self) -> tuple[str, ...]:
        """Further markets, pooled with the subject."""
        markets: tuple[str, ...] = getattr(self.parameters, "markets", ())
        return markets

    @property
    def unit(self) -> str | None:
        """Products or vendors, where the analysis may be asked of either."""
        unit: str | None = getattr(self.parameters, "unit", None)
        return unit

    @property
    def stage_min(self) -> str:
        """The least stage that counts, in whichever spelling it was given."""
        return self.parameters.stage or self.parameters.stage_min

    @property
    def unfiltered(self) -> "Question":
        """The same question of facts that were selected; a filter goes to no other process."""
        return replace(self, filter=EVERYTHING)

    def replaced(self, **parameters: object) -> "Question":
        """The same question with other parameters."""
        return replace(self, parameters=msgspec.structs.replace(self.parameters, **parameters))


async def resolve(snapshot: Snapshot, question: Question) -> tuple[Question, Resolution]:
    """What is asked, by the ids that stand."""
    found = await resolved(snapshot, PRODUCTS, question.filter)
    named = [("market", question.market)] if question.market is not None else []
    named += [("markets", market) for market in question.markets]
    if named:
        await snapshot.open()
    stands = {old: await now(snapshot, MARKETS, old, parameter) for parameter, old in named}
    standing = replace(question, filter=found.filter)
    if question.market is not None:
        standing = standing.replaced(market=stands[question.market])
    if question.markets:
        standing = standing.replaced(markets=tuple(stands[market] for market in question.markets))
    moved = {old: new for old, new in stands.items() if old != new}
    return standing, replace(found, resolved=found.resolved | moved)
