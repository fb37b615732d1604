"""Facts of some products kept in memory, and brought up to date after a write by those of which
something was written; at most one older revision is kept beside."""

import asyncio
from collections import OrderedDict
from collections.abc import Hashable, Set
from dataclasses import dataclass, field
from itertools import count

from service import limits
from service.bounded import Bounded
from service.maths.panel import joining
from service.maths.panel.facts import Facts
from service.maths.panel.panel import Panel
from service.maths.panel.restriction import restricted
from service.store.catalogue import facts as stored
from service.store.catalogue.fact_scopes import (
    TABLES,
    Read,
    Scope,
    Written,
    doubtful_products,
    written_since,
)
from service.store.catalogue.facts import Defined
from service.store.database import Snapshot

_numbers = count(1)
Warned = dict[str, frozenset[str]]


@dataclass(frozen=True)
class Held:
    """Facts under a number that no others have."""

    facts: Facts
    number: int = field(default_factory=lambda: next(_numbers))


@dataclass
class _Standing:
    """From a revision up to another nothing of these facts was written."""

    held: Held
    first: int
    last: int


class KeptFacts:
    """One per worker, within a number of bytes."""

    def __init__(self, most: int) -> None:
        self._kept = Bounded[list[_Standing]](most)
        self._fresh = Bounded[Facts](limits.SPANS_KEPT)
        self._written: OrderedDict[tuple[int, int], Written] = OrderedDict()
        self._warned: dict[Read, tuple[int, Warned]] = {}
        self._warned_before = Bounded[Warned](limits.WARNINGS_KEPT)
        self._defined: tuple[int, Defined] | None = None
        self._locks: dict[Hashable, asyncio.Lock] = {}

    async def get(self, snapshot: Snapshot, scope: Scope, read: Read) -> Held:
        """The facts of the scope as of the snapshot's revision."""
        snapshot.note(*TABLES)
        key, revision = (scope, read), snapshot.revision
        async with self._locks.setdefault(key, asyncio.Lock()):
            standing = self._kept.get(key) or []
            for one in standing:
                if one.first <= revision <= one.last:
                    return one.held
            await snapshot.open()
            newest = max(standing, key=lambda one: one.last, default=None)
            if newest is None or not snapshot.is_current or newest.last > revision:
                held = Held(await self._loaded(snapshot, scope, read))
            else:
                held = await self._updated(snapshot, newest, scope, read)
            if newest is not None and held is newest.held:
                newest.last = revision
            else:
                older = [newest] if newest is not None else []
                self._keep(key, [_Standing(held, revision, revision), *older])
        self._forget_locks()
        return held

    def _keep(self, key: Hashable, standing: list[_Standing]) -> None:
        self._kept.put(key, standing, sum(joining.size(one.held.facts) for one in standing))

    def _forget_locks(self) -> None:
        for key in [key for key, lock in self._locks.items() if not lock.locked()]:
            if key not in self._kept:
                del self._locks[key]

    async def _updated(
        self, snapshot: Snapshot, newest: _Standing, scope: Scope, read: Read
    ) -> Held:
        """The newest facts with what was written since; the same where nothing was of them."""
        written = await self._written_since(snapshot, newest.last)
        if written.concerns_all or len(written.products) > limits.PRODUCTS_UPDATED:
            return Held(await self._loaded(snapshot, scope, read))
        if not written.products:
            return newest.held
        fresh, old = await self._of(snapshot, written.products, newest.last, read), newest.held
        inside = scope.inside(fresh)
        touched = written.products & (inside | set(old.facts.product_ids))
        own = scope.narrowed(restricted(fresh, inside))
        if joining.are_alike(restricted(old.facts, touched), restricted(own, touched)):
            return old
        return Held(await asyncio.to_thread(joining.updated, old.facts, touched, own))

    async def _written_since(self, snapshot: Snapshot, revision: int) -> Written:
        span = revision, snapshot.revision
        if span not in self._written:
            self._written[span] = await written_since(snapshot, revision)
            while len(self._written) > limits.SPANS_KEPT:
                self._written.popitem(last=False)
        return self._written[span]

    async def _of(self, snapshot: Snapshot, products: Set[str], revision: int, read: Read) -> Facts:
        """Facts of products of which something was written since a revision."""
        key = (revision, snapshot.revision, read)
        facts = self._fresh.get(key)
        if facts is None:
            facts = await self._loaded(snapshot, Scope(products=frozenset(products)), read)
            self._fresh.put(key, facts, 1)
        return facts

    async def _loaded(self, snapshot: Snapshot, scope: Scope, read: Read) -> Facts:
        known = await self._known(snapshot) if snapshot.is_current else None
        return await stored.load(snapshot, scope, read, known)

    async def _known(self, snapshot: Snapshot) -> Defined:
        """What is defined at the newest revision; read again where something of it was written."""
        revision, known = self._defined or (0, None)
        if known is None or revision > snapshot.revision:
            known = await stored.defined(snapshot)
        elif revision < snapshot.revision:
            written = await self._written_since(snapshot, revision)
            known = await stored.defined(snapshot) if written.concerns_all else known
        if revision <= snapshot.revision:
            self._defined = snapshot.revision, known
        return known

    async def warnings(
        self, snapshot: Snapshot, read: Read, among: frozenset[str] | None
    ) -> tuple[str, ...]:
        """The codes that some product of the whole base deserves, or some of these, sorted."""
        warned = await self._warnings(snapshot, read)
        return tuple(
            sorted(
                code
                for code, products in warned.items()
                if (products if among is None else products & among)
            )
        )

    async def _warnings(self, snapshot: Snapshot, read: Read) -> Warned:
        async with self._locks.setdefault(read, asyncio.Lock()):
            revision, warned = self._warned.get(read, (0, {}))
            if revision == snapshot.revision:
                return warned
            await snapshot.open()
            if not snapshot.is_current:
                return await self._warned_then(snapshot, read)
            if not revision or revision > snapshot.revision:
                warned = await all_warned(snapshot, read)
            else:
                warned = await self._warned_since(snapshot, read, revision, warned)
            self._warned[read] = snapshot.revision, warned
            return warned

    async def _warned_then(self, snapshot: Snapshot, read: Read) -> Warned:
        key = snapshot.revision, read
        warned = self._warned_before.get(key)
        if warned is None:
            warned = await all_warned(snapshot, read)
            self._warned_before.put(key, warned, 1)
        return warned

    async def _warned_since(
        self, snapshot: Snapshot, read: Read, revision: int, warned: Warned
    ) -> Warned:
        products = (await self._written_since(snapshot, revision)).products
        if len(products) > limits.PRODUCTS_UPDATED:
            return await all_warned(snapshot, read)
        if not products:
            return warned
        fresh = await self._of(snapshot, products, revision, read)
        now = (await asyncio.to_thread(Panel, fresh)).warned_products()
        nobody = frozenset[str]()
        codes = warned.keys() | now.keys()
        return {one: warned.get(one, nobody) - products | now.get(one, nobody) for one in codes}


async def all_warned(snapshot: Snapshot, read: Read) -> Warned:
    """The ids of the products that deserve a warning, by its code: in the whole base. Those that
    may are looked at, some after the other."""
    snapshot.note(*TABLES)
    ids, warned = await doubtful_products(snapshot), dict[str, set[str]]()
    for low in range(0, len(ids), limits.PRODUCTS_AT_ONCE):
        scope = Scope(products=frozenset(ids[low : low + limits.PRODUCTS_AT_ONCE]))
        panel = await asyncio.to_thread(Panel, await stored.load(snapshot, scope, read))
        for code, products in panel.warned_products().items():
            warned.setdefault(code, set()).update(products)
    return {code: frozenset(products) for code, products in warned.items()}
