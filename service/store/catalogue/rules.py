"""Broken rules, each looked for by itself, so that a slow one is left out and told."""

import time
from dataclasses import replace
from typing import NamedTuple

from service import limits
from service.query.views import ISSUES
from service.store.catalogue.lists import ListQuery, row_count, selected
from service.store.database import Snapshot


class Looked(NamedTuple):
    """A snapshot with the rules that are broken alone, how many issues they make (to the bound of
    lists), and the rules that took too long."""

    snapshot: Snapshot
    found: int
    unfinished: tuple[str, ...]


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
    return Looked(replace(snapshot, rules=broken), sum(counts.values()), unfinished)


async def _counted(snapshot: Snapshot, query: ListQuery, rule: str, seconds: float) -> int | None:
    """None after so many seconds; the transaction goes on."""
    alone = replace(snapshot, rules=(rule,))
    try:
        async with snapshot.connection.transaction():
            return await row_count(alone, ISSUES, selected(alone, ISSUES, query), seconds)
    except TimeoutError:
        return None
