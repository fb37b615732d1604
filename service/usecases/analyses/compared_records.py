"""What is on record of the compared, whatever the day: read once per revision, and kept."""

from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from service import limits
from service.formats.json_records import plan, render
from service.maths.panel.facts import Facts
from service.maths.parameters import Unit
from service.query.fields import Collection
from service.query.filters.expressions import Comparison
from service.query.lives import Lifetime
from service.query.operators import Operator
from service.query.paths import paths
from service.query.registry import ADOPTIONS, MONETIZATIONS, PRODUCTS, VENDORS
from service.store.catalogue import lists, records
from service.store.catalogue.lists import ListQuery
from service.store.catalogue.records import Record
from service.store.database import Snapshot
from service.usecases.kept_reads import KeptReads

SUBJECTS = {"product": PRODUCTS, "vendor": VENDORS}
ATTRIBUTES = {
    "product": ("vendor_id", "launched", "discontinued", "status", "market_ids"),
    "vendor": ("country", "type", "founded"),
}
KEPT = 64
_PRICED = ("business_model_id", "since", "price", "source_ids")


class Price(NamedTuple):
    """A business model of a product that lost no dispute, as it is shown."""

    product: str
    shown: dict[str, Any]
    lifetime: Lifetime


class Compared(NamedTuple):
    """The records of those subjects that have one, by id; of products their lives and prices."""

    records: dict[str, Record]
    lifetimes: dict[str, Lifetime]
    prices: list[Price]

    def shown(self, unit: Unit, subject: str, lang: str, day: date) -> dict[str, Any]:
        """The wire form of one, as far as it is compared, on a day."""
        row = self.records[subject]
        if subject in self.lifetimes:
            row = row | {"status": self.lifetimes[subject].status(day)}
        return render(SUBJECTS[unit], row, lang, _wanted(unit))

    def prices_on(self, subject: str, day: date) -> list[dict[str, Any]]:
        """Those in force."""
        if self.lifetimes[subject].has_ended(day):
            return []
        own = (price for price in self.prices if price.product == subject)
        return [price.shown for price in own if price.lifetime.is_in_force(day)]


class ComparedRecords:
    """One per worker."""

    def __init__(self) -> None:
        self._compared: KeptReads[Compared] = KeptReads(KEPT)
        self._sources: KeptReads[dict[str, list[str]]] = KeptReads(KEPT)

    async def get(self, snapshot: Snapshot, unit: Unit, subjects: list[str]) -> Compared:
        """The subjects, two to ten."""

        async def read(of: Snapshot) -> Compared:
            return await _read(of, unit, subjects)

        return await self._compared.get(replace(snapshot, on=None), (unit, *subjects), read)

    async def sources(
        self, snapshot: Snapshot, unit: Unit, subjects: list[str], facts: Facts, number: int
    ) -> dict[str, list[str]]:
        """The sources of the subjects' adoptions, by id; `number` is that of the facts."""

        async def read(of: Snapshot) -> dict[str, list[str]]:
            owners = facts.product_ids if unit == "product" else facts.product_vendor
            adoptions = zip(facts.adoptions.ids, facts.adoptions.product.tolist(), strict=True)
            own = {adoption for adoption, product in adoptions if owners[product] in subjects}
            rows = await records.by_ids(of, ADOPTIONS, own, frozenset({"source_ids"}))
            return {adoption: row["source_ids"] for adoption, row in rows.items()}

        key = (number, unit, *subjects)
        return await self._sources.get(replace(snapshot, on=None), key, read)


def _wanted(unit: Unit) -> frozenset[str]:
    return frozenset({"id", "name", "href", *ATTRIBUTES[unit]})


async def _read(snapshot: Snapshot, unit: Unit, subjects: list[str]) -> Compared:
    collection = SUBJECTS[unit]
    rows = await records.by_ids(snapshot, collection, subjects, _columns(collection, unit))
    if unit == "vendor":
        return Compared(rows, {}, [])
    lifetimes = await records.lifetimes(snapshot, collection, rows)
    return Compared(rows, lifetimes, await _prices(snapshot, subjects))


def _columns(collection: Collection, unit: Unit) -> frozenset[str]:
    """Those that the wanted keys are made of, but for what is of a day."""
    derived = {field.name for field in collection.fields if field.derived is not None}
    return plan(collection, "", _wanted(unit)).columns - derived


async def _prices(snapshot: Snapshot, subjects: list[str]) -> list[Price]:
    condition = Comparison(paths(MONETIZATIONS)["product_id"], Operator.EQ, tuple(subjects))
    query = ListQuery(filter=condition, limit=limits.PRICES_MAX, count="none")
    page = await lists.page(snapshot, MONETIZATIONS, query)
    used = [row for row in page.records if row["dispute"] != "other"]
    lifetimes = await records.lifetimes(snapshot, MONETIZATIONS, [row["id"] for row in used])
    return [
        Price(
            row["product_id"],
            render(MONETIZATIONS, row, "en", frozenset(_PRICED)),
            lifetimes[row["id"]],
        )
        for row in used
    ]
