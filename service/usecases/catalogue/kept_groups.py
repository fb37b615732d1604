"""How many records each group has, kept and brought up to date by what was written since."""

from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import date

from service import limits
from service.bounded import Bounded
from service.cached import cached_property
from service.query.fields import Collection
from service.query.filters.expressions import EVERYTHING, text
from service.query.filters.slices import Sliced, sliced
from service.query.grouping import Key
from service.store.catalogue import group_counts
from service.store.catalogue.group_counts import LOST, USED, Counting, Counts, Named, Place
from service.store.catalogue.lists import ListQuery
from service.store.database import Snapshot
from service.usecases.changes.revision_watcher import RevisionWatcher

FACETED_MAX = 20_000  # groups by their keys and by the facets of a filter
MANY = 2_000  # records: a second question over so many is answered out of groups by its facets
SHAPES = 1_000
NONE_NAMED: Named = ()


@dataclass(frozen=True)
class Counted:
    """Records by group, in the order of the keys, the unknown last; `n_disputed`: how many facts
    that lost a dispute are in none."""

    counts: Counts
    n_disputed: int


@dataclass(frozen=True)
class _Standing:
    """The counts as of a revision: by the keys, the facets, and whether they lost a dispute."""

    asked: Counting
    counts: Counts
    n_keys: int
    revision: int

    @cached_property
    def slices(self) -> dict[Place, Counts]:
        """By the facets and whether they lost, the groups by the keys, in their order."""
        found: dict[Place, Counts] = {}
        for place, n in self.counts.items():
            found.setdefault(place[self.n_keys :], {})[place[: self.n_keys]] = n
        return found


@dataclass(frozen=True)
class _Question:
    """Groups by the keys and by the `facets` of the filter, whose rest the `query` asks."""

    collection: Collection
    query: ListQuery
    keys: tuple[Key, ...]
    facets: tuple[Key, ...]
    cut: Sliced

    def by_facets(self) -> "_Question":
        facets = tuple(Key(path.name, path) for path in self.cut.facets)
        return replace(self, query=replace(self.query, filter=self.cut.rest), facets=facets)

    def key(self, on: date | None) -> Hashable:
        """Questions that count the same have the same."""
        query, by = self.query, (*self.keys, *self.facets)
        how = (query.is_used, query.is_possible, query.on, on)
        return self.collection.name, text(query.filter), how, tuple(key.name for key in by)

    def counting(self, snapshot: Snapshot) -> Counting:
        by = (*self.keys, *self.facets)
        return group_counts.counted_by(snapshot, self.collection, self.query, by)

    def answer(self, standing: _Standing, less: Counts) -> Counted:
        """Of the groups those that the filter means, without what it leaves out."""
        n_keys = len(self.keys)
        chosen = self._chosen(standing)
        used = _together(standing, {place for place in chosen if place[-1] != LOST})
        lost = sum(sum(standing.slices[place].values()) for place in chosen if place[-1] == LOST)
        taken = Counts()
        meant = set(self.cut.met({place[n_keys:] for place in less}))
        for place, n in less.items():
            if place[n_keys:] not in meant:
                continue
            if place[-1] == LOST:
                lost -= n
            else:
                taken[place[:n_keys]] = taken.get(place[:n_keys], 0) - n
        return Counted(_joined(used, taken), min(lost, limits.COUNT_MAX + 1))

    def _chosen(self, standing: _Standing) -> list[Place]:
        """The slices that the filter means."""
        if (named := self.cut.named()) is None:
            return self.cut.met(standing.slices)
        both = [(*place, lost) for place in named for lost in (USED, LOST)]
        return self.cut.met(place for place in both if place in standing.slices)


def _of_list(collection: Collection, query: ListQuery) -> _Question | None:
    """The number of all, by the facets of the filter; None where these do not tell."""
    cut = sliced(query.filter)
    if cut.rest != EVERYTHING or query.among is not None or query.on is not None or query.sample:
        return None
    return _Question(collection, query, (), (), cut).by_facets()


def _together(standing: _Standing, chosen: set[Place]) -> Counts:
    """The groups of these slices, in their order."""
    if len(chosen) < 2:
        return standing.slices[chosen.pop()] if chosen else {}
    counts, n_keys = Counts(), standing.n_keys
    for place, n in standing.counts.items():
        if place[n_keys:] in chosen:
            counts[place[:n_keys]] = counts.get(place[:n_keys], 0) + n
    return counts


class KeptGroups:
    """One per worker: the groups of the questions last asked, of 100,000 together.

    What a filter leaves out by ids is taken away from the groups without it; and once a question
    was over many records, the groups by the facets of its filter are had as well, which answer
    it for whatever values it names."""

    def __init__(self, watcher: RevisionWatcher, *, many: int = MANY) -> None:
        self._watcher = watcher
        self._many = many
        self._kept = Bounded[_Standing](limits.GROUPS_KEPT)
        self._is_faceted = Bounded[bool](SHAPES)  # whether groups by the facets are to be had

    async def get(
        self,
        snapshot: Snapshot,
        collection: Collection,
        query: ListQuery,
        keys: tuple[Key, ...],
        named: Named = NONE_NAMED,
    ) -> Counted | None:
        """The groups at the snapshot's revision; None where they are not kept: of an old one, of
        records that a search has found, of views, where there are too many, and where one of the
        ids that the filter has `named` is no record."""
        if not snapshot.is_current or query.among is not None:
            return None
        cut = sliced(query.filter)
        question, standing = await self._found(
            snapshot, _Question(collection, query, keys, (), cut)
        )
        if standing is None:
            return None
        less: Counts | None = {}
        if cut.without or named:
            less = await group_counts.some(snapshot, standing.asked, cut.without, named)
        return None if less is None else question.answer(standing, less)

    async def total(
        self, snapshot: Snapshot, collection: Collection, query: ListQuery
    ) -> int | None:
        """How many records a list has at the snapshot's revision, at least so many beyond the
        bound; None where it is not known without looking at them."""
        wide = _of_list(collection, query) if snapshot.is_current else None
        if wide is None or not self._is_faceted.get(self._shape(snapshot, wide)):
            return None
        standing = await self._standing(snapshot, wide, FACETED_MAX)
        if standing is None:
            self._is_faceted.put(self._shape(snapshot, wide), False, 1)
            return None
        n_known, ids = sum(wide.answer(standing, {}).counts.values()), wide.cut.without
        if not ids or n_known - len(ids) > limits.COUNT_MAX:
            return n_known - len(ids)
        less = await group_counts.some(snapshot, standing.asked, ids, NONE_NAMED)
        return None if less is None else sum(wide.answer(standing, less).counts.values())

    def looked_at(
        self, snapshot: Snapshot, collection: Collection, query: ListQuery, n_records: int
    ) -> None:
        """Hear how many records a list was found to have; the totals of long ones are known from
        then on, where they depend on no other table."""
        wide = _of_list(collection, query) if snapshot.is_current else None
        if wide is None or n_records <= self._many:
            return
        shape = self._shape(snapshot, wide)
        if self._is_faceted.get(shape) is None:
            asked = wide.counting(snapshot)
            is_alone = asked.is_kept and asked.tables == {collection.table}
            self._is_faceted.put(shape, is_alone, 1)

    def _shape(self, snapshot: Snapshot, wide: _Question) -> Hashable:
        return self._watcher.epoch, wide.key(snapshot.on)

    async def _found(
        self, snapshot: Snapshot, asked: _Question
    ) -> tuple[_Question, _Standing | None]:
        """By the facets too, where they are to be had, else by the keys."""
        cut, query = asked.cut, asked.query
        wide = asked.by_facets()
        shape = self._shape(snapshot, wide)
        is_faceted = self._is_faceted.get(shape) if wide.facets else False
        if is_faceted:
            if (standing := await self._standing(snapshot, wide, FACETED_MAX)) is not None:
                return wide, standing
            self._is_faceted.put(shape, False, 1)
        narrow = replace(asked, query=replace(query, filter=cut.among), cut=replace(cut, parts=()))
        standing = await self._standing(snapshot, narrow, limits.GROUPS_MAX)
        n_records = sum(standing.counts.values()) if standing else 0
        if is_faceted is None and n_records > self._many:
            self._is_faceted.put(shape, True, 1)
        return narrow, standing

    async def _standing(
        self, snapshot: Snapshot, question: _Question, most: int
    ) -> _Standing | None:
        """The groups at the snapshot's revision; None where they cannot be kept or are too many."""
        key = self._watcher.epoch, question.key(snapshot.on)
        standing = self._kept.get(key)
        if standing is not None and self._is_newest(snapshot, standing):
            snapshot.note(*standing.asked.tables)
            return standing
        asked = standing.asked if standing else question.counting(snapshot)
        if not asked.is_kept:
            return None
        counts = None if standing is None else await _renewed(snapshot, standing)
        if counts is None:
            counts = await group_counts.count(snapshot, asked, 2 * most)
            if max(sum(place[-1] != LOST for place in counts), len(counts) // 2) > most:
                await snapshot.open()
                return None
        if standing is None or standing.revision != snapshot.revision:
            standing = _Standing(asked, counts, len(question.keys), snapshot.revision)
            self._kept.put(key, standing, len(counts) + 1)
        return standing

    def _is_newest(self, snapshot: Snapshot, standing: _Standing) -> bool:
        """Whether a read that is not open yet is of them, which PostgreSQL need not confirm."""
        watcher = self._watcher
        is_unwritten = watcher.is_unwritten(standing.asked.tables, standing.revision)
        return not snapshot.is_open and is_unwritten and watcher.supposes(snapshot)


async def _renewed(snapshot: Snapshot, standing: _Standing) -> Counts | None:
    """The counts at the snapshot's revision, of those before it; None: count anew, with further
    statements."""
    changed = await group_counts.changed(snapshot, standing.asked, standing.revision)
    if changed.is_elsewhere or snapshot.revision < standing.revision:
        await snapshot.open()
        return None
    return _joined(standing.counts, changed.counts)


def _joined(counts: Counts, changed: Counts) -> Counts:
    """In their order; the same where nothing was changed."""
    if not any(changed.values()):
        return counts
    now = dict(counts)
    for place, n in changed.items():
        if left := now.get(place, 0) + n:
            now[place] = left
        else:
            now.pop(place, None)
    is_in_order = all(place in counts for place in changed)
    return now if is_in_order else dict(sorted(now.items(), key=_in_order))


def _in_order(group: tuple[Place, int]) -> list[tuple[bool, str]]:
    """As PostgreSQL orders them: by code points, the unknown last."""
    return [(value is None, value or "") for value in group[0]]
