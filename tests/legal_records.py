"""Bases of legal records at random: every kind, every field absent, null, empty or filled, and
texts that separators, quotes and spreadsheets trip over."""

import random
from collections.abc import Callable
from typing import Any

import msgspec

from service.model.dates import parse_date
from service.query.fields import Collection, Field
from service.query.paths import paths
from service.query.registry import BY_NAME, COLLECTIONS
from service.query.types import (
    Amount,
    Count,
    Country,
    Currency,
    Date,
    ExternalIds,
    FieldSources,
    FieldType,
    Label,
    Money,
    Names,
    NullReasons,
    Quantity,
    Rates,
    Text,
    Texts,
    Translations,
    Url,
    Word,
)
from service.query.types.by_field import REASONS
from tests.random_imports import Record

SIZE = 12
TEXTS = [
    "a|b",
    "a\\b",
    "a\\|b\\",
    "|",
    "\\",
    "[]",
    "\\[]",
    "[1]",
    '"',
    'say "no", or',
    "a,b;c",
    "=1+1",
    "'",
    "@x",
    "-",
    "x=y",
    "null",
    "0",
    "1e6",
    "2024-05",
    "true",
    "月之暗面",
    "Ünïcode",
    "e\u0301",
    "한국",
    "🙂",
    "a/b~c",
    "{}",
    '{"a":1}',
    "#",
    "a  b",
]
LONGER = [
    *TEXTS,
    "two\nlines",
    "a\n\nb",
    "a\tb",
    "\\n",
    "x" * 4000,
    "a | b",
    "sep=;",
    "–",
    "x\u3000y",
    "👩‍💻",
]
DATES = [
    "2023",
    "2023-02",
    "2024-02-29",
    "[2023-05..2024-07]",
    "[2022..2023-01-05]",
    "[..2024-07-21]",
    "[..2020]",
    "[2021-01-01..2021-12-31]",
    "9998",
    "1000-01-01",
]
PAGES = [f"urn:page:{n}|\\{n}" for n in range(5)] + ["https://例子.example/a?b=[c]&d=%7C"]
AMOUNTS = ["0", "20", "20.50", "0.000000000001", "123456789012", "1.5"]
CODES = ["USD", "CNY"]
Dice = random.Random


def base(seed: int) -> list[Record]:
    """Lines of the import format, in any order."""
    dice = Dice(seed)
    ids: dict[str, list[str]] = {}
    records: list[Record] = [{"kind": "source", "url": "urn:page:alone"}]
    for collection in COLLECTIONS:
        made = [_record(collection, n, dice, ids) for n in range(SIZE)]
        ids[collection.name] = [record["id"] for record in made if "id" in record]
        records += {_key(collection, record): record for record in made}.values()
    dice.shuffle(records)
    return records


def _key(collection: Collection, record: Record) -> tuple[Any, ...]:
    """What makes it one record: of a date the interval that it stands for."""
    fields = [f for f in collection.fields if f.name in collection.natural_key]
    values = [(record.get(f.import_key), f) for f in fields]
    return record.get("id"), *(
        parse_date(value)[1:] if value and isinstance(f.type, Date) else value
        for value, f in values
    )


def _record(collection: Collection, n: int, dice: Dice, ids: dict[str, list[str]]) -> Record:
    record: Record = {"kind": collection.kind}
    if collection.is_entity:
        record["id"] = f"{collection.kind[0]}{n}"
    for field in collection.stored:
        if field.name in ("source_ids", "evidence") or field.type.is_about_fields:
            continue
        if field.required or dice.random() < 0.7:
            record |= _members(field, n, dice, ids)
        elif dice.random() < 0.5:
            record[field.import_key] = None
    evidence = collection.field("evidence")
    if evidence is not None:
        record |= _provenance(evidence, dice, is_needed=collection.needs_source)
    return record | _reasons(collection, record, dice) | _carried(collection, dice)


def _reasons(collection: Collection, record: Record, dice: Dice) -> Record:
    """Of some fields that may be null and are, why; the usual reason of a field among them."""
    stated = [
        path.part
        for path in paths(collection).values()
        if not path.hops and isinstance(path.field.type, NullReasons)
    ]
    nulls = [name for name in stated if record.get(name) is None and dice.random() < 0.3]
    return {"null_reasons": {name: dice.choice(REASONS) for name in nulls}} if nulls else {}


def _carried(collection: Collection, dice: Dice) -> Record:
    """Of some fields the sources, which the record names besides or does not; none of some."""
    known = [
        path.part
        for path in paths(collection).values()
        if not path.hops and isinstance(path.field.type, FieldSources)
    ]
    names = [name for name in known if dice.random() < 0.2]
    found = {name: dice.sample(PAGES, dice.randrange(3)) for name in names}
    return {"field_sources": found} if names or (known and dice.random() < 0.1) else {}


def _provenance(evidence: Field, dice: Dice, *, is_needed: bool) -> Record:
    choice = dice.choice(["sources", "unsourced", "both", "neither"])
    if choice == "neither":
        return {"sources": dice.sample(PAGES, 1)} if is_needed else {}
    sources = {} if choice == "unsourced" else {"sources": dice.sample(PAGES, dice.randint(1, 3))}
    return sources if choice == "sources" else {**sources, evidence.import_key: "unsourced"}


def _members(field: Field, n: int, dice: Dice, ids: dict[str, list[str]]) -> Record:
    if isinstance(field.type, Names):
        return _names(dice)
    if not field.to:
        value = dice.choice(field.values) if field.values else VALUES[type(field.type)](n, dice)
        return {field.import_key: value}
    known = ids[BY_NAME[field.to].name]
    if not field.type.is_list:
        return {field.import_key: dice.choice(known)}
    listed = msgspec.inspect.type_info(field.type.shape)
    least = listed.min_length or 0 if isinstance(listed, msgspec.inspect.ListType) else 0
    return {field.import_key: dice.sample(known, dice.randrange(least, 3))}


def _names(dice: Dice) -> Record:
    languages = dice.sample(["zh", "fr", "zh-Hant", "pt-BR"], dice.randrange(4))
    english = {"name": dice.choice(TEXTS)} if dice.random() < 0.7 else {}
    return {**english, "names": {language: dice.choice(TEXTS) for language in languages}}


def _translations(dice: Dice) -> Record:
    languages = dice.sample(["zh", "fr", "zh-Hant", "pt-BR"], dice.randrange(4))
    return {language: dice.choice(LONGER) for language in languages}


def _money(dice: Dice) -> Record:
    per = dice.choice([None, "month", "million | tokens", "a/b c=d"])
    return {"amount": dice.choice(AMOUNTS), "currency": dice.choice(CODES), "per": per}


def _rates(dice: Dice) -> list[Record]:
    components = dice.sample(["input", "output", "cache_read"], dice.randrange(4))
    return [
        {**_money(dice), "per": dice.choice(["image", "a|b\\", "x/y"]), "component": component}
        for component in components
    ]


def _external_ids(dice: Dice) -> Record:
    number = dice.randrange(1, 10**9)
    known = {"wikidata": f"Q{number}", "domain": [f"{number}.example", f"{number}.test"]}
    return {scheme: known[scheme] for scheme in dice.sample(sorted(known), dice.randrange(3))}


VALUES: dict[type[FieldType], Callable[[int, Dice], Any]] = {
    ExternalIds: lambda _, dice: _external_ids(dice),
    Texts: lambda _, dice: dice.sample(TEXTS, dice.randrange(4)),
    Date: lambda _, dice: dice.choice(DATES),
    Country: lambda _, dice: dice.choice(["CN", "US"]),
    Currency: lambda _, dice: dice.choice(CODES),
    Url: lambda n, _: PAGES[n] if n < len(PAGES) else f"https://example.org/{n}|{n}\\",
    Amount: lambda _, dice: dice.choice(AMOUNTS),
    Count: lambda _, dice: dice.choice([0, 1, 2**53 - 1]),
    Quantity: lambda _, dice: dice.choice([0, 1, 17.4, 0.000001, 1e6, 2**53 - 1]),
    Money: lambda _, dice: _money(dice),
    Rates: lambda _, dice: _rates(dice),
    Text: lambda _, dice: dice.choice(LONGER),
    Translations: lambda _, dice: _translations(dice),
    Label: lambda _, dice: dice.choice(TEXTS),
    Word: lambda _, dice: dice.choice(["voice", "a_b-c", "0", "null"]),
}
