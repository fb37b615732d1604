"""Broken rules, each looked for by itself, so that a slow one is left out and told."""

import time
from dataclasses import replace
from typing import NamedTuple

from service import limits
from service.query.filters.expressions import comparisons
from service.query.views import ISSUES
from service.store.catalogue.counts import row_count
from service.store.catalogue.lists import ListQuery, selected
from service.store.database import Snapshot

# What is known of an issue without a look at what its record is about.
OF_RULE = {"id", "rule", "kind", "record_id", "revision", "recorded_at", "updated_at"}


class Looked(NamedTuple):
    """A snapshot with the rules that are broken alone, how many issues each of them makes (to the
    bound of lists), and the rules that took too long."""

    snapshot: Snapshot
    counts: dict[str, int]
    unfinished: tuple[str, ...]

    @property
    def found(self) -> int:
        return sum(self.counts.values())

    def first(self, query: ListQuery) -> Snapshot:
        """With the rules alone that the query's page may be of: where issues stand by their rules,
        those of the first ones fill it."""
        if (query.sort or ISSUES.default_sort)[0] != "rule" or query.sample:
            return self.snapshot
        begun = (query.after or ("",))[0] or ""
        rules, n_behind = list[str](), 0
        for rule in sorted(self.snapshot.rules):
            if rule >= begun and n_behind <= query.limit:
                rules.append(rule)
                n_behind += self.counts[rule] if rule > begun else 0
        return replace(self.snapshot, rules=tuple(rules))


async def looked_for(snapshot: Snapshot, query: ListQuery) -> Looked:
    """The rules that records of the query break."""
    snapshot = replace(snapshot, unchecked_before=query.unchecked_before)
    counts: dict[str, int] = {}
    ends = time.monotonic() + limits.RULES_SECONDS
    for rule in snapshot.rules:
        left = min(limits.RULE_SECONDS, ends - time.monotonic())
        if left > 0 and (count := await _counted(snapshot, query, rule, left)) is not None:
            counts[rule] = count
    broken = tuple(rule for rule, count in counts.items() if count)
    unfinished = tuple(rule for rule in snapshot.rules if rule not in counts)
    return Looked(replace(snapshot, rules=broken), counts, unfinished)


async def _counted(snapshot: Snapshot, query: ListQuery, rule: str, seconds: float) -> int | None:
    """None after so many seconds; the transaction goes on."""
    names = {comparison.path.name for comparison in comparisons(query.filter)}
    alone = replace(snapshot, rules=(rule,), is_counted=names <= OF_RULE)
    try:
        async with snapshot.connection.transaction():
            return await row_count(alone, ISSUES, selected(alone, ISSUES, query), seconds)
    except TimeoutError:
        return None
