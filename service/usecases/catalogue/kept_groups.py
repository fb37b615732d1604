"""How many records each group has, kept and brought up to date by what was written since."""

from dataclasses import dataclass

from service import limits
from service.bounded import Bounded
from service.query.fields import Collection
from service.query.grouping import Key
from service.store.catalogue import group_counts
from service.store.catalogue.group_counts import Changed, Counted, Counting, Counts, Place
from service.store.catalogue.lists import ListQuery
from service.store.database import Snapshot
from service.usecases.changes.revision_watcher import RevisionWatcher


@dataclass(frozen=True)
class _Standing:
    """The counts as of a revision."""

    counts: Counts
    revision: int


class KeptGroups:
    """One per worker: the groups of the questions last asked, of 100,000 together."""

    def __init__(self, watcher: RevisionWatcher) -> None:
        self._watcher = watcher
        self._kept = Bounded[_Standing](limits.GROUPS_KEPT)

    async def get(
        self, snapshot: Snapshot, collection: Collection, query: ListQuery, keys: tuple[Key, ...]
    ) -> Counted | None:
        """The groups at the snapshot's revision; None where they are not kept: of an old one, of
        records that a search has found, of views, and where there are too many."""
        if not snapshot.is_current or query.among is not None:
            return None
        asked = group_counts.counted_by(snapshot, collection, query, keys)
        if not asked.is_kept:
            return None
        key = self._watcher.epoch, asked.key
        standing = self._kept.get(key)
        found = None if standing is None else await _renewed(snapshot, asked, standing)
        if found is None and (found := await group_counts.count(snapshot, asked)) is None:
            await snapshot.open()
            return None
        if standing is None or standing.revision != snapshot.revision:
            self._kept.put(key, _Standing(found.counts, snapshot.revision), len(found.counts) + 1)
        return found


async def _renewed(snapshot: Snapshot, asked: Counting, standing: _Standing) -> Counted | None:
    """The groups at the snapshot's revision, of those before it; None: count anew, with further
    statements."""
    changed = await group_counts.changed(snapshot, asked, standing.revision)
    if changed.is_elsewhere or snapshot.revision < standing.revision:
        await snapshot.open()
        return None
    return Counted(_joined(standing.counts, changed), changed.n_disputed)


def _joined(counts: Counts, changed: Changed) -> Counts:
    """In their order; the same where nothing was changed."""
    if not any(changed.counts.values()):
        return counts
    now = counts | {place: counts.get(place, 0) + n for place, n in changed.counts.items()}
    left = {place: n for place, n in now.items() if n}
    return left if left.keys() <= counts.keys() else dict(sorted(left.items(), key=_in_order))


def _in_order(group: tuple[Place, int]) -> list[tuple[bool, str]]:
    """As PostgreSQL orders them: by code points, the unknown last."""
    return [(value is None, value or "") for value in group[0]]
