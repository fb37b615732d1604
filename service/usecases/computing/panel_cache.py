"""Panels kept in the memory of the process that computes on them, by what they are of."""

from collections.abc import Mapping
from dataclasses import dataclass

from service.bounded import Bounded
from service.maths.panel import joining, kept
from service.maths.panel.facts import Facts
from service.maths.panel.panel import Panel
from service.maths.panel.restriction import restricted

_OF_FACTS = 3  # a panel, in sizes of its facts


@dataclass(frozen=True)
class PanelKey:
    """A panel: of facts, known by a number that no other facts have; of some of their products
    (None: all); from a stage on; with warnings that are not its own (None: its own)."""

    facts: int
    products: frozenset[str] | None
    stage_min: str
    warnings: tuple[str, ...] | None


class PanelCache:
    """Facts by number, panels by key, and what is computed on them once, together within a number
    of bytes; one in a process."""

    def __init__(self, most: int) -> None:
        self._facts = Bounded[Facts](most // 4)
        self._panels = Bounded[Panel](most // 2)
        kept.VALUES.most = most // 4

    def lacks(self, keys: list[PanelKey]) -> list[int]:
        """Facts that are needed for panels that are not there."""
        wanted = [key.facts for key in keys if self._panels.get(key) is None]
        return sorted({facts for facts in wanted if self._facts.get(facts) is None})

    def panels(self, keys: list[PanelKey], given: Mapping[int, Facts]) -> list[Panel]:
        """The panels, made of the facts that are there or given."""
        for number, facts in given.items():
            self._facts.put(number, facts, joining.size(facts))
        return [self._panel(key, given) for key in keys]

    def _panel(self, key: PanelKey, given: Mapping[int, Facts]) -> Panel:
        panel = self._panels.get(key)
        if panel is None:
            facts = given.get(key.facts) or self._facts.get(key.facts)
            assert facts is not None, "what is lacking is asked for first"
            some = facts if key.products is None else restricted(facts, key.products)
            panel = Panel(some, key.stage_min, key.warnings)
            self._panels.put(key, panel, _OF_FACTS * joining.size(some))
        return panel
