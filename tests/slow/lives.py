"""Records resolved to days by plain Python, straight from metrics.md 2.1 and 2.2; slow."""

import calendar
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

Record = dict[str, Any]
NEVER = 10**7
Interval = tuple[int | None, int]


def interval(text: str | None) -> Interval | None:
    """Closed interval of ordinals; the lower end None where the start is open."""
    if not text:
        return None
    if text.startswith("["):
        first, _, last = text[1:-1].partition("..")
        return (_ends(first)[0] if first else None), _ends(last)[1]
    return _ends(text)


def _ends(text: str) -> tuple[int, int]:
    year, month, day = ([int(part) for part in text.split("-")] + [0, 0])[:3]
    if day:
        both = date(year, month, day).toordinal()
        return both, both
    low, high = month or 1, month or 12
    last = calendar.monthrange(year, high)[1]
    return date(year, low, 1).toordinal(), date(year, high, last).toordinal()


def middle(lo: int | None, hi: int) -> int:
    return hi if lo is None else lo + (hi - lo) // 2


@dataclass
class Spell:
    """[start, end) by representative days, and what the draws need."""

    product: str
    item: str
    stage: str
    key: str
    at_launch: bool
    lo: int
    hi: int
    end: Interval | None
    start_day: int = 0
    end_day: int = 0
    bound: bool = False
    roomed: bool = False


@dataclass
class Life:
    """A product, with the intervals after reconciling."""

    id: str
    vendor: str
    markets: list[str]
    lo: int
    hi: int
    end: Interval | None
    text: str
    launch: int = 0
    stop: int = 0
    spells: list[Spell] = field(default_factory=list)
    lower: list[tuple[str, int]] = field(default_factory=list)


def _end_day(end: Interval | None, start_lo: int) -> int:
    return NEVER if end is None else middle(_raised(end, start_lo), end[1])


def _raised(end: Interval, start_lo: int) -> int | None:
    """E.lo := max(E.lo, S.lo + 1), of an open one too."""
    return max(end[0], start_lo + 1) if end[0] is not None else None


def lives(records: list[Record], kind: str = "adoption", least: str = "preview") -> dict[str, Life]:
    """Every product that can count, with its counting spells of one kind."""
    found = {}
    for record in records:
        if record["kind"] == "product" and (life := _life(record, records)):
            found[life.id] = life
    for record in records:
        if record["kind"] == kind and record["product"] in found:
            _add(found[record["product"]], record, least)
    return found


def _life(record: Record, records: list[Record]) -> Life | None:
    text, said = record.get("launched") or "", interval(record.get("launched"))
    if said is None:
        evidence = [
            (middle(*when), when[1], when[0] or 0, day)
            for r in records
            if r["kind"] in ("adoption", "monetization") and r["product"] == record["id"]
            and r.get("stage") != "announced"
            for day in [r.get("date") or r.get("since") or ""]
            if (when := interval(day))
        ]  # fmt: skip
        if not evidence:
            return None
        text = min(evidence)[3]
        said = interval(text)
    assert said is not None
    lo, hi = (said[1] if said[0] is None else said[0]), said[1]
    end = interval(record.get("discontinued"))
    if end is not None:
        hi = min(hi, end[1] - 1)
    if lo > hi:
        return None
    launch = middle(lo, hi)
    stop = _end_day(end, lo)
    return Life(record["id"], record["vendor"], record["markets"], lo, hi, end, text,
                launch, max(stop, launch + 1))  # fmt: skip


def _add(life: Life, record: Record, least: str) -> None:
    text = record.get("date") or record.get("since")
    said = interval(text)
    if said is None:
        return
    stage, item = record.get("stage", "ga"), record.get("feature") or record["business_model"]
    if stage == "announced" or (least == "ga" and stage == "preview"):
        if record["kind"] == "adoption":
            life.lower.append((item, middle(*said)))
        return
    lo = max(said[0] if said[0] is not None else life.lo, life.lo)
    hi, is_open = said[1], said[0] is None
    at_launch = lo > hi or text == life.text
    if at_launch:
        lo, hi = life.lo, life.hi
    bound = is_open and not at_launch and life.lo < hi
    end = interval(record.get("until"))
    if end is not None:
        hi = min(hi, end[1] - 1)
    if lo > hi:
        return
    start = life.launch if at_launch else (hi if is_open else middle(lo, hi))
    stop = max(_end_day(end, lo), start + 1)
    start, stop = max(start, life.launch), min(stop, life.stop)
    kind = record["kind"]
    words = [kind, life.id, item, *([stage] if kind == "adoption" else []), text]
    life.spells.append(
        Spell(life.id, item, stage, ":".join(words), at_launch, lo, hi, end, start, stop, bound)
    )


def drawn(life: Life, m: int, seed: int = 0) -> tuple[int, int, list[tuple[int, int]]]:
    """(launch, end, spells) of one imputation draw."""
    launch = _uniform(f"product:{life.id}:launched", m, seed, life.lo, life.hi)
    stop = _drawn_end(life.end, life.lo, f"product:{life.id}:discontinued", m, seed)
    stop = max(stop, launch + 1)
    spells = []
    for s in life.spells:
        start = launch if s.at_launch else _uniform(f"{s.key}:start", m, seed, s.lo, s.hi)
        start = max(start, launch) if s.roomed else start
        end_lo = life.lo if s.roomed else s.lo
        end = max(_drawn_end(s.end, end_lo, f"{s.key}:end", m, seed), start + 1)
        spells.append((max(start, launch), min(end, stop)))
    return launch, stop, spells


def in_room(life: Life, spell: Spell, day: int) -> tuple[int, int]:
    """[start, end) of a spell that is put on a day of its room."""
    start = max(day, life.launch)
    return start, min(max(_end_day(spell.end, life.lo), start + 1), life.stop)


def _drawn_end(end: Interval | None, start_lo: int, key: str, m: int, seed: int) -> int:
    if end is None:
        return NEVER
    lo = max(end[0] if end[0] is not None else start_lo + 1, start_lo + 1)
    return _uniform(key, m, seed, lo, end[1])


def _uniform(key: str, m: int, seed: int, lo: int, hi: int) -> int:
    if lo == hi:
        return lo
    u = int(sha256(f"{seed}:{m}:{key}".encode()).hexdigest()[:13], 16) / 16**13
    return lo + int(u * (hi - lo + 1))
