"""Panels of what questions are of, and where what is asked of them is computed: what is expected to
take long in a process of its own."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from time import thread_time
from typing import Literal, NamedTuple, TypeVar, cast

from service import limits
from service.maths.panel.facts import Facts
from service.maths.panel.panel import Panel
from service.query.filters.expressions import EVERYTHING, Expression
from service.query.registry import PRODUCTS
from service.store.catalogue import figures, lists
from service.store.catalogue.fact_scopes import Read, Scope
from service.store.database import Snapshot
from service.telemetry.traces import span
from service.usecases.analyses.compared_records import ComparedRecords
from service.usecases.analyses.names import KeptNames, NamesByKind
from service.usecases.computing.costs import Costs
from service.usecases.computing.kept_facts import Held, KeptFacts
from service.usecases.computing.panel_cache import PanelCache, PanelKey
from service.usecases.computing.pool import Pool, Taken
from service.usecases.computing.tasks import Done, Task, arranged
from service.usecases.kept_reads import KeptReads

T = TypeVar("T")
MATCHES_KEPT, FIGURES_KEPT = 32, 8
Published = Literal["usage", "investments"]
_MEGABYTE = 1_000_000


class Selection(NamedTuple):
    """A panel, and the facts that it is made of."""

    key: PanelKey
    facts: Facts

    @property
    def rows(self) -> int:
        """How much of it there is."""
        return len(self.facts.adoptions.ids) + len(self.facts.product_ids)


class Panels:
    """One per worker. Of `memory_mb` half is for facts, half for panels: in the worker and in each
    of the processes. Without processes everything is computed in threads."""

    def __init__(self, memory_mb: int = 256, processes: int = 0, seconds: int = 60) -> None:
        most = memory_mb * _MEGABYTE
        share = most // 2 // (processes + 1)
        self._facts = KeptFacts(most // 2)
        self._panel_cache = PanelCache(share)
        self._pool = Pool(processes, seconds, share) if processes else None
        self._costs = Costs()
        self._beside = asyncio.Semaphore(1)
        self._names = KeptNames()
        self.compared = ComparedRecords()
        self._figures: KeptReads[Held] = KeptReads(FIGURES_KEPT)
        self._matches: KeptReads[frozenset[str]] = KeptReads(MATCHES_KEPT)

    @property
    def load(self) -> dict[str, int]:
        """How many analyses are running in processes, and how many queued."""
        return {"running": 0, "queued": 0} if self._pool is None else self._pool.load

    async def select(
        self,
        snapshot: Snapshot,
        scope: Scope,
        read: Read,
        *,
        stage_min: str,
        expression: Expression = EVERYTHING,
        published: Published | None = None,
    ) -> Selection:
        """The panel at the snapshot's revision of the products of a scope that certainly meet the
        filter; its warnings are those of the whole base. `published`: with figures of that kind,
        which no other panel has.
        """
        held = await self._facts.get(snapshot, scope, read)
        if published is not None:
            held = await self._with_figures(snapshot, held, published, read)
        among = None
        if expression != EVERYTHING:
            among = await self._matching(snapshot, expression)
        warnings = None
        if not scope.is_whole and not read.set_aside:
            warnings = await self._facts.warnings(snapshot, read, among)
        inside = None if among is None else among.intersection(held.facts.product_ids)
        return Selection(PanelKey(held.number, inside, stage_min, warnings), held.facts)

    async def _matching(self, snapshot: Snapshot, expression: Expression) -> frozenset[str]:
        async def matching(read: Snapshot) -> frozenset[str]:
            return frozenset(await lists.matching(read, PRODUCTS, expression))

        return await self._matches.get(snapshot, (snapshot.on, expression), matching)

    async def _with_figures(
        self, snapshot: Snapshot, held: Held, published: Published, read: Read
    ) -> Held:
        async def figured(of: Snapshot) -> Held:
            if published == "usage":
                usage = await figures.load_usage(of, unsourced=read.unsourced)
                return Held(replace(held.facts, usage=usage))
            investments = await figures.load_investments(of, unsourced=read.unsourced)
            return Held(replace(held.facts, investments=investments))

        key = held.number, published, read.unsourced
        return await self._figures.get(snapshot, key, figured)

    async def panel(self, selection: Selection) -> Panel:
        """The panel in the memory of the worker, for what takes no time."""
        given = {selection.key.facts: selection.facts}
        (panel,) = await self.beside(self._panel_cache.panels, [selection.key], given)
        return panel

    async def compute(
        self,
        work: Callable[..., T],
        selections: Sequence[Selection | None],
        *arguments: object,
        last_of: Snapshot | None = None,
        name: str = "",
        times: float = 1.0,
        is_light: bool = False,
    ) -> T:
        """What `work` makes of the panels and arguments: a function of a module that
        `fork_server.WORK` names. `last_of`: nothing more is read of this snapshot, whose connection
        others may have meanwhile. `name` tells apart what takes differently long, `times` how many
        times as long as usual it takes. What `is_light` takes as long for each row whatever is
        asked, and none of a thread's time where that is next to nothing.

        Raises ServiceError `busy`, `too_costly`, or what the work raises.
        """
        given = {one.key.facts: one.facts for one in selections if one is not None}
        name = name or work.__qualname__
        rows = times * sum(one.rows for one in selections if one is not None)
        expected = self._costs.expected(name, rows)
        keys = tuple(None if one is None else one.key for one in selections)
        task = Task(work, keys, arguments, 0.0, given)
        if is_light and expected <= limits.AT_ONCE_SECONDS:
            done = self._here(task)
        elif self._pool is None:
            done = await asyncio.to_thread(self._here, task)
        elif expected <= limits.SMALL_SECONDS and not self._beside.locked():
            done = await self.beside(self._here, task)
        else:
            if last_of is not None:
                await last_of.end()
            with span("analysis", **{"parity.analysis": name}):
                done = await self._elsewhere(self._pool, task, expected)
        self._costs.took(name, rows, done.seconds)
        return cast("T", done.value)

    async def _elsewhere(self, pool: Pool, task: Task, expected: float) -> Done:
        """In a process, or beside the requests where it is little and others keep them all."""
        patience = limits.LIGHT_PATIENCE_SECONDS if expected <= limits.LIGHT_SECONDS else None
        try:
            return await pool.run(replace(task, facts={}), task.facts, expected, patience)
        except Taken:
            return await self.beside(self._here, task)

    async def beside(self, work: Callable[..., T], *given: object) -> T:
        """What small work comes to in a thread, one at a time: with each more of them the event
        loop would wait longer for the interpreter."""
        async with self._beside:
            return await asyncio.to_thread(work, *given)

    def _here(self, task: Task) -> Done:
        began = thread_time()
        value = task.work(*arranged(self._panel_cache, task), *task.arguments)
        return Done(value, thread_time() - began)

    async def names(self, snapshot: Snapshot, lang: str) -> NamesByKind:
        """The names of all records by kind and id, at the snapshot's revision."""
        return await self._names.get(snapshot, lang)

    async def close(self) -> None:
        """Ends the processes."""
        if self._pool is not None:
            await self._pool.close()
