"""Panels and names kept in memory: the same facts are loaded and resolved once per revision."""

import asyncio

from service.maths.panel.facts import Facts
from service.maths.panel.panel import Panel
from service.maths.panel.restriction import restricted
from service.query.filters.expressions import EVERYTHING, Expression
from service.query.registry import PRODUCTS
from service.store.catalogue import facts, lists
from service.store.database import Snapshot
from service.usecases.analyses.names import NamesByKind, all_names
from service.usecases.kept_reads import KeptReads

FACTS_KEPT, PANELS_KEPT, NAMES_KEPT = 4, 24, 8


class Panels:
    """One per worker. Keys hold the revision, so nothing is ever stale."""

    def __init__(self) -> None:
        self._facts: KeptReads[Facts] = KeptReads(FACTS_KEPT)
        self._panels: KeptReads[Panel] = KeptReads(PANELS_KEPT)
        self._names: KeptReads[NamesByKind] = KeptReads(NAMES_KEPT)

    async def get(
        self,
        snapshot: Snapshot,
        *,
        evidence: str,
        stage_min: str,
        expression: Expression,
        set_aside: bool = False,
    ) -> Panel:
        """The panel at the snapshot's revision, of the products that certainly meet the filter.

        `set_aside`: of the facts that lost a dispute, which no other panel has.
        """
        day = None if expression == EVERYTHING else snapshot.on
        key = (day, evidence, stage_min, expression, set_aside)

        async def resolve(snapshot: Snapshot) -> Panel:
            known = await self._known(snapshot, evidence, set_aside=set_aside)
            if expression != EVERYTHING:
                known = restricted(known, await lists.matching(snapshot, PRODUCTS, expression))
            return await asyncio.to_thread(Panel, known, stage_min)

        return await self._panels.get(snapshot, key, resolve)

    async def names(self, snapshot: Snapshot, lang: str) -> NamesByKind:
        """The names of all records by kind and id, at the snapshot's revision."""
        return await self._names.get(snapshot, lang, lambda read: all_names(read, lang))

    async def _known(self, snapshot: Snapshot, evidence: str, *, set_aside: bool) -> Facts:
        unsourced = evidence == "any"
        return await self._facts.get(
            snapshot,
            (unsourced, set_aside),
            lambda read: facts.load(read, unsourced=unsourced, set_aside=set_aside),
        )
