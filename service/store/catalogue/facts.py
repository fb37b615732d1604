"""Visible facts at a revision as the columns that the maths is fed: all, or those of some
products."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from service import limits
from service.maths.panel.facts import (
    ANNOUNCED,
    GA,
    PREVIEW,
    Dates,
    Facts,
    SurveyFact,
    Traits,
    Versions,
    representative,
)
from service.store.catalogue.fact_scopes import Read, Scope
from service.store.curation.disputes import SET_ASIDE, USED
from service.store.database import Snapshot

STAGES = {"announced": ANNOUNCED, "preview": PREVIEW, "ga": GA}
Rows = list[Any]
EPOCH = "extract(epoch FROM {})::float8"


class Defined(NamedTuple):
    """What facts are about, whichever products they are of."""

    features: list[str]
    models: list[str]
    categories: dict[str, str]
    scopes: dict[str, frozenset[str]]
    tracked_since: dict[str, int]


async def defined(snapshot: Snapshot) -> Defined:
    """Features, business models and markets."""
    return Defined(
        features=await _ids(snapshot, "feature"),
        models=await _ids(snapshot, "business_model"),
        categories=await _categories(snapshot),
        scopes=await _scopes(snapshot),
        tracked_since=await _tracked_since(snapshot),
    )


async def load(snapshot: Snapshot, scope: Scope, read: Read, known: Defined | None = None) -> Facts:
    """The products of the scope with their adoptions, monetizations, surveys and versions;
    `known`: what is defined, where that need not be asked."""
    asked, about = _Asked(snapshot, read), known or await defined(snapshot)
    products = await asked.products(scope)
    if not scope.is_whole:
        asked.among = [row["id"] for row in products]
        asked.features = sorted(scope.features)
        asked.whole = [row["id"] for row in products if _is_whole(scope, row)]
    product_index = {row["id"]: n for n, row in enumerate(products)}
    adoptions = await asked.adoptions()
    monetizations = await asked.rows(_traits(asked, "monetization"))
    return Facts(
        product_ids=[row["id"] for row in products],
        product_vendor=[row["vendor_id"] for row in products],
        product_markets=[tuple(row["market_ids"]) for row in products],
        launched=_dates(products, "launched"),
        discontinued=_dates(products, "discontinued"),
        feature_ids=about.features,
        feature_category=about.categories,
        versions=await _versions(asked, product_index),
        business_model_ids=about.models,
        adoptions=_columns(adoptions, product_index, about.features),
        monetizations=_columns(monetizations, product_index, about.models),
        surveys=await _surveys(asked, product_index),
        tracked_since=about.tracked_since,
        feature_scope=about.scopes,
    )


def _is_whole(scope: Scope, row: Any) -> bool:
    return scope.is_read_whole(row["id"], row["vendor_id"], row["market_ids"], row["launched_hi"])


@dataclass
class _Asked:
    """What is read; `among`: of which products, None of all. Of those that are not `whole` the
    adoptions of `features` alone."""

    snapshot: Snapshot
    read: Read
    among: list[str] | None = None
    whole: list[str] = field(default_factory=list)
    features: list[str] = field(default_factory=list)

    async def rows(self, statement: str) -> Rows:
        """Of a statement with `{among}` where its products are named."""
        return await self._fetched(statement, *self._of_products())

    async def adoptions(self) -> Rows:
        """The revision is bound, as the text of a statement is planned anew where it is another."""
        chosen, *given = self._of_features() if self.features else self._of_products()
        statement = _traits(self, "adoption").replace("{newest}", f"${len(given) + 2}::bigint")
        return await self._fetched(statement, chosen, *given, self.snapshot.revision)

    def _of_products(self) -> tuple[str, *tuple[list[str], ...]]:
        if self.among is None:
            return ("true",)
        return "product_id = ANY ($2::text[])", self.among

    def _of_features(self) -> tuple[str, *tuple[list[str], ...]]:
        assert self.among is not None, "all products are read whole"
        of_features = "product_id = ANY ($3::text[]) AND feature_id = ANY ($4::text[])"
        chosen = f"(product_id = ANY ($2::text[]) OR {of_features})"
        others = sorted(set(self.among) - set(self.whole))
        return chosen, self.whole, others, self.features

    async def _fetched(self, statement: str, chosen: str, *given: list[str] | int) -> Rows:
        return list(
            await self.snapshot.connection.fetch(
                statement.replace("{among}", chosen),
                self.read.unsourced,
                *given,
                timeout=limits.PANEL_SECONDS,
            )
        )

    async def products(self, scope: Scope) -> Rows:
        chosen, given = "true", list[list[str]]()
        if not scope.is_whole:
            chosen = "(market_ids && $2::text[] OR vendor_id = ANY ($3::text[]) OR id = ANY ($4))"
            given = [sorted(ids) for ids in (scope.markets, scope.vendors, scope.products)]
        if scope.features:
            chosen = f"({chosen} OR id IN ({self._having}))"
            given.append(sorted(scope.features))
        statement = (
            f"SELECT id, vendor_id, market_ids, {ordinals('launched')},"
            f" {ordinals('discontinued')} FROM {self.snapshot.relation('product')}"
            f" WHERE ($1 OR evidence <> 'unsourced') AND {chosen} ORDER BY id"
        )
        fetched = await self.snapshot.connection.fetch(
            statement, self.read.unsourced, *given, timeout=limits.PANEL_SECONDS
        )
        return list(fetched)

    @property
    def _having(self) -> str:
        return (
            f"SELECT product_id FROM {self.snapshot.relation('adoption')} WHERE feature_id ="
            f" ANY ($5::text[]) AND ($1 OR evidence <> 'unsourced') AND {self.kept}"
        )

    @property
    def kept(self) -> str:
        return SET_ASIDE if self.read.set_aside else USED


async def _ids(snapshot: Snapshot, table: str) -> list[str]:
    rows = await snapshot.connection.fetch(f"SELECT id FROM {snapshot.relation(table)} ORDER BY id")
    return [row["id"] for row in rows]


async def _categories(snapshot: Snapshot) -> dict[str, str]:
    rows = await snapshot.connection.fetch(
        f"SELECT id, category FROM {snapshot.relation('feature')} WHERE category IS NOT NULL"
    )
    return {row["id"]: row["category"] for row in rows}


def ordinals(column: str) -> str:
    """A date of a record with its first and last day as ordinals, 0 where there is none."""
    first, last = (f"coalesce({column}_{end} - DATE '0001-01-01' + 1, 0)" for end in ("min", "max"))
    return f"{column}, {first} AS {column}_lo, {last} AS {column}_hi"


def _traits(asked: _Asked, table: str) -> str:
    is_adoption = table == "adoption"
    item, start = ("feature_id", "date") if is_adoption else ("business_model_id", "since")
    stage = "stage" if is_adoption else "'ga'"
    began = "first.at" if is_adoption else "t.recorded_at"
    return (
        f"SELECT id, product_id, {item} AS item, {stage} AS stage,"
        f" {ordinals(start).replace(start + ',', start + ' AS start,', 1)},"
        f" {ordinals('until')}, {EPOCH.format('t.recorded_at')} AS recorded_at,"
        f" {EPOCH.format(began)} AS began, evidence = 'sourced' AS sourced"
        f" FROM {asked.snapshot.relation(table)} t{_first(asked.snapshot) if is_adoption else ''}"
        f" WHERE ($1 OR evidence <> 'unsourced') AND {asked.kept} AND {{among}}"
        f" ORDER BY product_id, item, stage, {start} NULLS LAST, id"
    ).replace(f"AS {start}_", "AS start_")


def _first(snapshot: Snapshot) -> str:
    """When something was first on record of a product and a feature, by any version until then."""
    cell = "product_id, feature_id"
    return (
        f" JOIN (SELECT {cell}, min(recorded_at) AS at FROM (SELECT {cell}, recorded_at"
        f" FROM {snapshot.relation('adoption')} WHERE {{among}} UNION ALL"
        f" SELECT {cell}, recorded_at FROM adoption_history"
        f" WHERE revision <= {{newest}} AND {{among}}) v GROUP BY {cell}) first"
        f" USING ({cell})"
    )


def _dates(rows: Rows, name: str) -> Dates:
    return Dates(
        text=[row[name] or "" for row in rows],
        lo=np.array([row[f"{name}_lo"] for row in rows], dtype=np.int64),
        hi=np.array([row[f"{name}_hi"] for row in rows], dtype=np.int64),
    )


def _seconds(rows: Rows, name: str) -> NDArray[np.float64]:
    return np.array([row[name] for row in rows], dtype=np.float64)


def _columns(rows: Rows, products: dict[str, int], items: list[str]) -> Traits:
    item_index = {item: n for n, item in enumerate(items)}
    kept = [row for row in rows if row["product_id"] in products]
    return Traits(
        product=np.array([products[row["product_id"]] for row in kept], dtype=np.int64),
        item=np.array([item_index[row["item"]] for row in kept], dtype=np.int64),
        stage=np.array([STAGES[row["stage"]] for row in kept], dtype=np.int64),
        start=_dates(kept, "start"),
        end=_dates(kept, "until"),
        recorded_at=_seconds(kept, "recorded_at"),
        first_recorded_at=_seconds(kept, "began"),
        sourced=np.array([row["sourced"] for row in kept], dtype=np.bool_),
        ids=[row["id"] for row in kept],
    )


async def _surveys(asked: _Asked, products: dict[str, int]) -> list[SurveyFact]:
    statement = (
        f"SELECT product_id, market_id, feature_ids, {ordinals('date')},"
        f" {EPOCH.format('recorded_at')} AS recorded_at"
        f" FROM {asked.snapshot.relation('survey')}"
        f" WHERE ($1 OR evidence <> 'unsourced') AND {asked.kept} AND {{among}}"
        " ORDER BY product_id, date, market_id"
    )
    return [
        SurveyFact(
            product=row["product_id"],
            market=row["market_id"],
            features=None if row["feature_ids"] is None else tuple(row["feature_ids"]),
            lo=row["date_lo"],
            hi=row["date_hi"],
            recorded_at=row["recorded_at"],
        )
        for row in await asked.rows(statement)
        if row["product_id"] in products
    ]


async def _versions(asked: _Asked, products: dict[str, int]) -> Versions:
    statement = (
        f"SELECT id, product_id, {ordinals('date')}, evidence = 'sourced' AS sourced"
        f" FROM {asked.snapshot.relation('version')}"
        f" WHERE ($1 OR evidence <> 'unsourced') AND {asked.kept} AND {{among}}"
        " ORDER BY product_id, date, id"
    )
    rows = [row for row in await asked.rows(statement) if row["product_id"] in products]
    return Versions(
        product=np.array([products[row["product_id"]] for row in rows], dtype=np.int64),
        date=_dates(rows, "date"),
        sourced=np.array([row["sourced"] for row in rows], dtype=np.bool_),
        ids=[row["id"] for row in rows],
    )


async def _scopes(snapshot: Snapshot) -> dict[str, frozenset[str]]:
    rows = await snapshot.connection.fetch(
        f"SELECT id, market_ids FROM {snapshot.relation('feature')}"
        " WHERE market_ids IS NOT NULL ORDER BY id"
    )
    return {row["id"]: frozenset(row["market_ids"]) for row in rows}


async def _tracked_since(snapshot: Snapshot) -> dict[str, int]:
    rows = await snapshot.connection.fetch(
        f"SELECT id, {ordinals('tracked_since')} FROM {snapshot.relation('market')}"
        " WHERE tracked_since IS NOT NULL ORDER BY id"
    )
    return {
        row["id"]: representative(row["tracked_since_lo"], row["tracked_since_hi"]) for row in rows
    }
