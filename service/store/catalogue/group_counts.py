"""How many of the selected records each group has, and what later revisions changed of that."""

from collections.abc import Hashable
from dataclasses import dataclass, replace

from service import limits
from service.cached import cached_property
from service.query.fields import Collection
from service.query.filters.compiler import Statement
from service.query.grouping import Key
from service.query.registry import COLLECTIONS
from service.store.catalogue.counts import counting
from service.store.catalogue.group_keys import value_of
from service.store.catalogue.lists import ListQuery, selected, set_aside
from service.store.database import Snapshot

Place = tuple[str | None, ...]
Counts = dict[Place, int]
_TABLES = frozenset(collection.table for collection in COLLECTIONS)


@dataclass(frozen=True)
class Counted:
    """Records by group, in the order of the keys, the unknown last; `n_disputed`: how many facts
    that lost a dispute are in none."""

    counts: Counts
    n_disputed: int


@dataclass(frozen=True)
class Changed(Counted):
    """What a group has more or less of than before. `is_elsewhere`: a record beside those that are
    counted was written, so that any of them may stand elsewhere now."""

    is_elsewhere: bool


@dataclass(frozen=True)
class Counting:
    """SQL that counts the rows of a statement by keys; `beside` are the tables besides that of the
    collection that decide where a row is counted. `lost`: of facts the statements of all rows and
    of those that lost a dispute, which the statement leaves out."""

    collection: Collection
    statement: Statement
    lost: tuple[Statement, Statement] | None
    keys: tuple[str, ...]
    aside: str
    beside: frozenset[str]

    @cached_property
    def whole(self) -> str:
        """SQL of all groups: a row at least."""
        order = ", ".join(f"k{n} NULLS LAST" for n in range(len(self.keys)))
        return (
            f"SELECT c.*, ({self.aside}) AS disputed FROM (VALUES (1)) one"
            f" LEFT JOIN ({self._all_grouped}) c ON true"
            f" ORDER BY {order} LIMIT {limits.GROUPS_MAX + 1}"
        )

    @property
    def _all_grouped(self) -> str:
        """The few that lost a dispute have an index: all are counted, and then those taken away,
        which is less than to look at the mark of each row."""
        if self.lost is None:
            return self._grouped("count(*)")
        every, lost = self.lost
        parts = (
            f"{self._grouped('count(*)', of=every)} UNION ALL {self._grouped('-count(*)', of=lost)}"
        )
        keys = ", ".join(f"k{n}" for n in range(len(self.keys)))
        return (
            f"SELECT {keys}, sum(n)::bigint AS n FROM ({parts}) g GROUP BY {keys} HAVING sum(n) > 0"
        )

    @property
    def key(self) -> Hashable:
        """Questions that count the same have the same."""
        return self.whole, repr(self.statement.parameters)

    @property
    def is_kept(self) -> bool:
        """Whether it can be told what a later revision changes: of a table of records whose groups
        depend on tables of records, its own row by row alone."""
        return self.collection.table in _TABLES - self.beside and self.beside <= _TABLES

    @property
    def tables(self) -> frozenset[str]:
        """All that is read."""
        return self.beside | {self.collection.table}

    def changed(self, since: str) -> str:
        """SQL of what was changed after a revision, which is a parameter: a row at least."""
        table = self.collection.table
        ended = f"replaced_in > {since} AND revision <= {since}"
        begun = f"(SELECT * FROM {table} WHERE revision > {since})"
        gone = f"(SELECT * FROM {table}_history WHERE {ended})"
        changes = f"{self._grouped('count(*)', begun)} UNION ALL {self._grouped('-count(*)', gone)}"
        return (
            f"SELECT c.*, ({self.aside}) AS disputed, {self._elsewhere(since)} AS is_elsewhere"
            f" FROM (VALUES (1)) one LEFT JOIN ({changes}) c ON true"
        )

    def _elsewhere(self, since: str) -> str:
        written = (
            f"EXISTS (SELECT FROM {table} WHERE revision > {since})"
            f" OR EXISTS (SELECT FROM {table}_history WHERE replaced_in > {since})"
            for table in sorted(self.beside)
        )
        return f"({' OR '.join(written) or 'false'})"

    def _grouped(self, count: str, part: str = "", of: Statement | None = None) -> str:
        keys = "".join(f'({key})::text COLLATE "C" AS k{n}, ' for n, key in enumerate(self.keys))
        places = ", ".join(str(n) for n in range(1, len(self.keys) + 1))
        source = (of or self.statement).source(self.collection, part)
        return f"SELECT {keys}{count} AS n{source} GROUP BY {places}"


def counted_by(
    snapshot: Snapshot, collection: Collection, query: ListQuery, keys: tuple[Key, ...]
) -> Counting:
    """The question; what it reads is noted when it is asked."""
    apart = snapshot.apart()
    statement, lost, aside = selected(apart, collection, query), None, "0"
    values = tuple(value_of(key, statement) for key in keys)
    beside = frozenset(apart.tables)
    if query.is_used:
        aside = counting(collection, set_aside(apart, collection, query))
        lost = (
            selected(apart, collection, replace(query, is_used=False)),
            set_aside(apart, collection, query),
        )
        for one in lost:
            one.joins |= statement.joins  # what the keys reach
    return Counting(collection, statement, lost, values, aside, beside)


async def count(snapshot: Snapshot, asked: Counting) -> Counted | None:
    """All groups at the snapshot's revision, by one statement; None beyond 100,000."""
    rows = await snapshot.rows(asked.whole, *asked.statement.parameters)
    snapshot.note(*asked.tables)
    n_keys = len(asked.keys)
    counts = {tuple(row[:n_keys]): row[n_keys] for row in rows if row[n_keys] is not None}
    if len(counts) > limits.GROUPS_MAX:
        return None
    return Counted(counts, int(rows[0]["disputed"]))


async def changed(snapshot: Snapshot, asked: Counting, since: int) -> Changed:
    """What the revisions after `since` changed, by one statement."""
    statement, counts = asked.statement, Counts()
    rows = await snapshot.rows(
        asked.changed(f"${len(statement.parameters) + 1}::bigint"), *statement.parameters, since
    )
    snapshot.note(*asked.tables)
    for row in rows:
        place = tuple(row[: len(asked.keys)])
        counts[place] = counts.get(place, 0) + (row["n"] or 0)
    return Changed(counts, int(rows[0]["disputed"]), rows[0]["is_elsewhere"])
