"""Panels and names kept in memory: the same facts are loaded and resolved once per revision."""

import asyncio
from dataclasses import replace
from typing import Literal

from service.maths.panel.facts import Facts
from service.maths.panel.panel import Panel
from service.maths.panel.restriction import restricted
from service.query.filters.expressions import EVERYTHING, Expression
from service.query.registry import PRODUCTS
from service.store.catalogue import facts, figures, lists
from service.store.database import Snapshot
from service.usecases.analyses.names import NamesByKind, all_names
from service.usecases.kept_reads import KeptReads

Published = Literal["usage", "investments"]
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
        published: Published | None = None,
    ) -> Panel:
        """The panel at the snapshot's revision, of the products that certainly meet the filter.

        `set_aside`: of the facts that lost a dispute, which no other panel has; `published`: with
        figures of that kind, which no other panel has either.
        """
        day = None if expression == EVERYTHING else snapshot.on
        key = (day, evidence, stage_min, expression, set_aside, published)

        async def resolve(snapshot: Snapshot) -> Panel:
            known = await self._known(snapshot, evidence, set_aside=set_aside)
            if published is not None:
                known = await _with_figures(snapshot, known, published, evidence)
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


async def _with_figures(
    snapshot: Snapshot, known: Facts, published: Published, evidence: str
) -> Facts:
    unsourced = evidence == "any"
    if published == "usage":
        return replace(known, usage=await figures.load_usage(snapshot, unsourced=unsourced))
    investments = await figures.load_investments(snapshot, unsourced=unsourced)
    return replace(known, investments=investments)
