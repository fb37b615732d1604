"""Lives of records: whether each is in force on a day, by what is known (metrics.md, 2.1).

A life is the half-open [start, end). Of each a closed interval is known; that a start lies before
its end narrows both. Where no start is recorded the first dated facts stand in for it.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from service.query.fields import Collection, Moment, StandIn

LAUNCH_EVIDENCE = (
    StandIn("adoption", "date", "until", "stage <> 'announced'"),
    StandIn("monetization", "since", "until", "true"),
)
STATUSES = ("active", "discontinued", "not_launched")
NEVER, EVER = "'infinity'::date", "'-infinity'::date"


class Truth(NamedTuple):
    """SQL that holds where something is certainly true, and where it may be true.

    They differ only by dates of partial precision. NULL in either: a value is not known at all.
    """

    certain: str
    possible: str


class Life(NamedTuple):
    """SQL of days: in force perhaps from `possible_from` (null: not known) to before
    `possible_until`, certainly from `certain_from` (null: never) to before `certain_until`."""

    possible_from: str
    certain_from: str
    certain_until: str = NEVER
    possible_until: str = NEVER


class Lifetime(NamedTuple):
    """The days of a `Life`: the same questions can be asked of them without PostgreSQL. Its
    infinities are the first and the last day there are."""

    possible_from: date | None
    certain_from: date | None
    certain_until: date
    possible_until: date

    def is_in_force(self, day: date) -> bool:
        """Certainly, whatever it is within."""
        return self.certain_from is not None and self.certain_from <= day < self.certain_until

    def has_ended(self, day: date) -> bool:
        """With it what is within it ends."""
        return min(self.certain_until, self.possible_until) <= day

    def status(self, day: date) -> str | None:
        """As `status` of a day."""
        if self.is_in_force(day):
            return "active"
        if self.possible_until <= day:
            return "discontinued"
        is_ahead = self.possible_from is not None and self.possible_from > day
        return "not_launched" if is_ahead else None


def life(collection: Collection, row: str, moment: Moment) -> Life:
    """What is known of the life of a row of the collection, which has a start."""
    low, high = _start(collection, row, moment)
    if not collection.ends:
        return Life(low, high)
    end = f"{row}.{collection.ends}"
    last = f"{end}_max"
    narrowed = f"WHEN {low} < {last} THEN least({high}, {last} - 1)"
    latest = f"greatest(coalesce({end}_min, {EVER}), {low} + 1)"
    return Life(
        possible_from=low,
        certain_from=f"CASE WHEN {last} IS NULL THEN {high} {narrowed} END",
        certain_until=f"CASE WHEN {last} IS NULL THEN {NEVER} ELSE {latest} END",
        possible_until=f"coalesce({last}, {NEVER})",
    )


def _start(collection: Collection, row: str, moment: Moment) -> tuple[str, str]:
    start = f"{row}.{collection.starts}"
    low, high = f"coalesce({start}_min, {EVER})", f"{start}_max"
    if not collection.stand_ins:
        return f"CASE WHEN {high} IS NOT NULL THEN {low} END", high
    reference = f"{collection.kind}_id"
    facts = " UNION ALL ".join(
        f"SELECT coalesce({s.start}_min, {EVER}) AS low, {s.start}_max AS high"
        f" FROM {moment.relation(s.table)} WHERE {reference} = {row}.id AND {s.where}"
        f" AND {s.start}_max IS NOT NULL AND evidence <> 'unsourced'"
        f" AND dispute IS DISTINCT FROM 'other'"
        f" AND ({s.end}_max IS NULL OR {s.end}_max > coalesce({s.start}_min, {EVER}))"
        for s in collection.stand_ins
    )
    first = f"(SELECT min({{}}) FROM ({facts}) stand_in)"
    earliest = f"CASE WHEN {high} IS NOT NULL THEN {low} ELSE {first.format('low')} END"
    return earliest, f"coalesce({high}, {first.format('high')})"


def in_force(collection: Collection, row: str, moment: Moment) -> Truth:
    """Whether the row is in force on the day, certainly and perhaps; without a start it always
    is."""
    if not collection.starts:
        return Truth("true", "true")
    known, day = life(collection, row, moment), moment.day
    certain = [f"{known.certain_from} <= {day}"]
    possible = [f"coalesce({known.possible_from}, {EVER}) <= {day}"]
    if collection.ends:
        certain.append(f"{known.certain_until} > {day}")
        possible.append(f"{known.possible_until} > {day}")
    if collection.within is not None:
        still = _still(collection, row, moment)
        certain.append(still.certain)
        possible.append(still.possible)
    return Truth(" AND ".join(certain), " AND ".join(possible))


def _still(collection: Collection, row: str, moment: Moment) -> Truth:
    """The record with which the row's life ends has not ended."""
    holder = collection.within
    assert holder is not None, "the caller asked"
    known = life(holder, "w", moment)
    certain, possible = (
        f"NOT EXISTS (SELECT FROM {moment.relation(holder.table)} w"
        f" WHERE w.id = {row}.{holder.kind}_id AND w.{holder.ends} IS NOT NULL"
        f" AND {end} <= {moment.day})"
        for end in (f"least({known.certain_until}, {known.possible_until})", known.possible_until)
    )
    return Truth(certain, possible)


def open_ends(collection: Collection, row: str, moment: Moment) -> dict[str, str]:
    """By date path: SQL that holds where the path leaves open whether a row that may be in force
    is."""
    if not collection.starts:
        return {}
    known, day = life(collection, row, moment), moment.day
    causes = {collection.starts: f"({known.certain_from} <= {day}) IS NOT TRUE"}
    if collection.ends:
        causes[collection.ends] = f"({known.certain_until} > {day}) IS NOT TRUE"
    if (holder := collection.within) is not None:
        still = _still(collection, row, moment)
        causes[f"{holder.kind}.{holder.ends}"] = f"NOT {still.certain}"
    return causes


def status(collection: Collection, row: str, moment: Moment) -> str:
    """active, discontinued or not_launched on the day, null where that cannot be said; of no day:
    whether an end is recorded."""
    if not moment.is_of_day:
        ended = f"{row}.{collection.ends} IS NOT NULL"
        return f"CASE WHEN {ended} THEN 'discontinued' ELSE 'active' END"
    known, day = life(collection, row, moment), moment.day
    return (
        f"CASE WHEN {in_force(collection, row, moment).certain} THEN 'active'"
        f" WHEN {known.possible_until} <= {day} THEN 'discontinued'"
        f" WHEN {known.possible_from} > {day} THEN 'not_launched' END"
    )


def statuses(collection: Collection, values: Mapping[str, Any]) -> tuple[str, ...]:
    """What the status can be on some day: that there is no end is known of every day."""
    is_endless = collection.ends in values and values[collection.ends] is None
    return tuple(word for word in STATUSES if not (is_endless and word == "discontinued"))
