"""What the sentences of answers are made of: days, markets, counts and codes in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service.maths.panel.coverage import MOSTLY, Coverage
from service.texts.messages import message
from service.texts.values import date_text, list_text, percent


@dataclass(frozen=True)
class Told:
    """A result and what stands beside it, with names; of which record, how much is known, in which
    language."""

    result: Any
    parts: Mapping[str, Any]
    parameters: Any
    subject: str
    markets: tuple[str, ...]
    coverage: Coverage
    lang: str

    @property
    def day(self) -> str:
        return date_text(self.result.on, self.lang)

    @property
    def market(self) -> str:
        """The name of the market, or those of several, as a sentence has them."""
        if not self.markets:
            return message("findings.all_markets", self.lang)
        named = [message("findings.market", self.lang, name=name) for name in self.markets]
        return list_text(named, self.lang)

    @property
    def place(self) -> dict[str, str]:
        """When and where: what every sentence says."""
        return {"day": self.day, "market": self.market}

    def reason(self, path: str) -> str:
        """Why there is no such figure, in words."""
        return message(f"reasons.{self.result.reasons[path]}", self.lang)

    def share(self, value: float | None) -> str:
        return (
            message("findings.not_known", self.lang) if value is None else percent(value, self.lang)
        )


def mostly_unknown(coverage: Coverage, lang: str) -> str:
    """What must be said where little is known (metrics.md, 18a)."""
    known = coverage.known_share
    is_little = known is not None and known < MOSTLY
    return message("findings.mostly_unknown", lang) if is_little else ""
