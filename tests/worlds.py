"""A small made-up base with every kind of record, and random questions about any collection."""

import random
from collections.abc import Callable
from functools import cache
from typing import Any

from hypothesis import strategies as st

from service.model.external_ids import SCHEMES
from service.query.fields import Collection, Field
from service.query.filters.expressions import (
    And,
    Comparison,
    Expression,
    Not,
    Or,
    comparisons,
)
from service.query.operators import ORDERED, Operator
from service.query.paths import Path, path_of, paths
from service.query.registry import BY_NAME, COLLECTIONS
from service.query.relations import hops
from service.query.types import (
    Amount,
    Count,
    Country,
    Currency,
    Date,
    ExternalIds,
    FieldType,
    Instant,
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
from service.query.views import VIEWS
from service.store.catalogue import lists, records
from service.store.catalogue.lists import ListQuery
from service.store.database import Snapshot
from tests.slow.filters import World

SIZE = 24
REVISIONS = ["rev:1", "rev:2"]
# The longest is a month: every day of every date is tried.
DATES = [
    None, "2024-01", "2024-02-10", "2024-02", "[..2024-01-02]", "[2024-01-30..2024-02-02]",
    "[2024-02-09..2024-02-11]", "2024-03-01", "[2024-02-28..2024-03-02]",
]  # fmt: skip
ASKED = ["2023", "2024", "2024-01", "2024-02", "2024-01-31", "2024-02-01", "2024-02-10", "2024-03"]
INSTANTS = ["2020-01-01", "2099-01-01"]
DISPUTED: list[dict[str, str]] = [{}, {}, {"dispute": "preferred"}, {"dispute": "other"}]
EVERYTHING = [*COLLECTIONS, *VIEWS]


def base(seed: int) -> list[dict[str, Any]]:
    """Lines of the import format: `SIZE` records of each kind, references and dates at random."""
    rng = random.Random(seed)

    def some(prefix: str) -> list[str]:
        return sorted({f"{prefix}{rng.randrange(6)}" for _ in range(rng.randrange(1, 4))})

    def day() -> str | None:
        return rng.choice(DATES)

    def sourced() -> dict[str, Any]:
        if rng.random() < 0.3:
            return {"status": "unsourced"}
        return {"sources": [f"urn:{n}" for n in some("s")]}

    def names(n: int) -> dict[str, Any]:
        chinese = {"names": {"zh": rng.choice(["搜索", "聊天"])}} if rng.random() < 0.5 else {}
        return {"name": f"N{n % 5}", **chinese}

    lines: list[dict[str, Any]] = []
    for n in range(6):
        lines += [
            {"kind": "source", "url": f"urn:s{n}", "title": f"T{n % 2}", "published": day()},
            {"kind": "market", "id": f"m{n}", **names(n),
             "tracked_since": day() if n > 1 else None,
             "layer": rng.choice(["application", "device"])},
            {"kind": "vendor", "id": f"v{n}", **names(n), "founded": day(),
             **rng.choice([{}, {"external_ids": {"pypi": [f"p{n}", f"q{n}"]}}]),
             **({"null_reasons": {"homepage": "none"}} if n % 2 else {}),
             **({"field_sources": {"founded": [f"urn:s{n % 3}"]}} if n % 2 else {}),
             **rng.choice([{}, {"country": "CN"}, {"country": "US"}]),
             **rng.choice([{}, {"type": "lab"}, {"type": "startup"}])},
            {"kind": "feature", "id": f"f{n}", **names(n),
             **rng.choice([{}, {"category": "voice"}, {"category": "search"}]),
             **rng.choice([{}, {"markets": some("m")}, {"definitions": {"zh": f"D{n % 3}"}}])},
            {"kind": "business_model", "id": f"b{n}", **names(n)},
        ]  # fmt: skip
    for n in range(SIZE):
        product, status = f"p{n % 12}", rng.choice(["planned", "reported", "actual"])
        facts = sourced()
        evidence = {"evidence": facts.pop("status")} if "status" in facts else {}
        lines += [
            {"kind": "product", "id": f"p{n}", "vendor": rng.choice(some("v")), **names(n),
             "markets": some("m"), "aliases": some("a"), "launched": day(), "discontinued": day()},
            {"kind": "adoption", "product": product, "feature": f"f{n // 4}", "date": day(),
             "stage": rng.choice(["announced", "preview", "ga"]), "until": day(), **sourced(),
             **rng.choice(DISPUTED)},
            {"kind": "survey", "product": f"p{n}", "market": rng.choice(some("m")),
             "features": rng.choice([None, some("f")]), "date": day() or "2024-01", **sourced(),
             **rng.choice(DISPUTED)},
            {"kind": "monetization", "product": f"p{n}", "business_model": rng.choice(some("b")),
             "since": day(), "until": day(), **sourced(), **rng.choice(DISPUTED),
             **rng.choice([{}, {"price": {"amount": n % 3, "currency": "USD", "per": "month"}}])},
            {"kind": "investment", "vendor": rng.choice(some("v")), "type": "capex", "date": day(),
             "status": status, "amount": rng.choice([None, n, n + 0.5]), "currency": "USD",
             **rng.choice([{}, {"quantity": n % 3, "unit": rng.choice(["GPU", "TPU"])}]),
             **facts, **evidence, **rng.choice(DISPUTED)},
            {"kind": "usage", "product": f"p{n}", "metric": rng.choice(["visits", "users"]),
             "value": rng.randrange(8) / 2, "period": day(), **sourced(), **rng.choice(DISPUTED)},
            {"kind": "offering", "product": f"p{n}", "reseller": rng.choice(["one", "two"]),
             "model": f"x{n}", "date": day(), **sourced()},
        ]  # fmt: skip
    written = {line["kind"] for line in lines}
    for collection in COLLECTIONS:
        if collection.kind not in written:
            lines += [record(collection, n, lines, rng) for n in range(SIZE)]
    return lines


def record(
    collection: Collection, n: int, lines: list[dict[str, Any]], rng: random.Random
) -> dict[str, Any]:
    """A line of a collection that has none of its own above: a value for each of its fields."""
    line: dict[str, Any] = {"kind": collection.kind}
    if collection.is_entity:
        line["id"] = f"{collection.kind.replace('_', '-')}-{n}"
    for field in collection.stored:
        if field.name == "source_ids":
            line[field.import_key] = [f"urn:s{rng.randrange(6)}"]
        elif field.name != "evidence" and not field.type.is_about_fields:
            line[field.import_key] = _value_of(field, n, lines, rng)
    return line


VALUES: dict[type[FieldType], Callable[[int, random.Random], Any]] = {
    Names: lambda n, _: {"en": f"N{n % 5}"},
    Texts: lambda n, _: [f"a{n % 3}"],
    ExternalIds: lambda n, _: {"pypi": f"p{n}", "wikidata": [f"Q{n + 1}"]},
    Date: lambda _, rng: rng.choice(DATES),
    Country: lambda _, rng: rng.choice(["CN", "US"]),
    Currency: lambda _, rng: rng.choice(["CNY", "USD"]),
    Url: lambda n, _: f"urn:x{n}",
    Amount: lambda n, _: n,
    Quantity: lambda n, _: n / 2,
    Translations: lambda n, _: {"zh": f"D{n % 5}"},
    Count: lambda n, _: n,
    Money: lambda n, _: {"amount": n % 3, "currency": "USD", "per": "month"},
    Rates: lambda _, __: None,
    Text: lambda n, _: f"T{n % 4}",
    Label: lambda n, _: f"L {n}",
    Word: lambda n, _: f"w{n % 4}",
}


def _value_of(field: Field, n: int, lines: list[dict[str, Any]], rng: random.Random) -> Any:
    if field.values:
        return rng.choice(field.values)
    if not field.to:
        return VALUES[type(field.type)](n, rng)
    ids = [line["id"] for line in lines if line["kind"] == BY_NAME[field.to].kind]
    return sorted(rng.sample(ids, 2)) if field.type.is_list else rng.choice(ids)


async def world(snapshot: Snapshot, collection: Collection) -> World:
    """The collection's rows at the snapshot, and those of every other collection."""

    async def rows(asked: Collection) -> list[records.Record]:
        return (await lists.page(snapshot, asked, ListQuery(limit=1000))).records

    others = {c.name: {r["id"]: r for r in await rows(c)} for c in COLLECTIONS}
    return World(await rows(collection), others)


def questions(
    collection: Collection, found: World, known: dict[str, Path] | None = None, size: int = 4
) -> st.SearchStrategy[Expression]:
    """Expressions over any path, operator and value; of different dates at most two."""
    own, far = known or paths(collection), {} if known else beyond(collection)
    names = st.sampled_from(sorted(own))
    if far:
        names = st.one_of(names, st.sampled_from(sorted(far)))
    leaves = names.flatmap(lambda n: _leaf(own.get(n) or far[n], found))
    grown = st.recursive(leaves, _grown, max_leaves=size)
    return grown.filter(lambda asked: _is_small(asked) and found.is_tractable(asked))


@cache
def beyond(collection: Collection) -> dict[str, Path]:
    """The paths to the records that point to those of the collection, and all of two hops."""
    near = [(word, hop.target) for word, hop in hops(collection).items()]
    far = [(f"{word}.{w}", hop.target) for word, of in near for w, hop in hops(of).items()]
    found = [
        path
        for word, target in near + far
        for name, own in paths(target).items()
        if not own.hops and (path := path_of(collection, f"{word}.{name}"))
    ]
    return {path.name: path for path in found if path.name not in paths(collection)}


def _grown(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.one_of(inner.map(Not), several.map(And), several.map(Or))


def _is_small(expression: Expression) -> bool:
    dates = {c.path.name for c in comparisons(expression) if c.path.type.is_dated}
    return len(dates) <= 2


def _leaf(path: Path, found: World) -> st.SearchStrategy[Expression]:
    return st.sampled_from(path.type.operators).flatmap(lambda o: _of(path, o, found))


def _of(path: Path, operator: Operator, found: World) -> st.SearchStrategy[Expression]:
    if operator is Operator.IS_NULL:
        return st.just(Comparison(path, operator))
    is_one = operator in ORDERED
    values = st.lists(
        st.sampled_from(_values(path, found)), min_size=1, max_size=1 if is_one else 3, unique=True
    )
    if operator is Operator.CONTAINS:
        values = values.map(lambda several: sorted({v[-2:].swapcase() for v in several}))
    return values.map(lambda v: Comparison(path, operator, tuple(sorted(v))))


def _values(path: Path, found: World) -> list[str]:
    if path.type.is_dated:
        return ASKED
    if isinstance(path.type, Instant):
        return INSTANTS
    if path.field.values:
        return list(path.field.values)
    behind = path.hops[-1].target.name if path.hops else ""
    target = path.field.to or (behind if path.field.name == "id" else "")
    if isinstance(path.field.type, NullReasons):
        return list(REASONS)
    if isinstance(path.field.type, ExternalIds):
        example = SCHEMES[path.part or "lei"].example
        return found.values(path) or [example if path.part else f"lei:{example}"]
    return found.values(path) or sorted(found.others.get(target, ["1"]))[:3]
