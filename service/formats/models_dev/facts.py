"""One model of one snapshot as facts, narrowed by what other snapshots said."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from service.formats.models_dev import prices
from service.formats.models_dev.features import FEATURES, CatalogueFeature, Model
from service.formats.models_dev.intervals import (
    DAY,
    Interval,
    interval,
    narrowed_text,
    optional,
)
from service.formats.models_dev.matching import PRICED, SOURCES, Known, Record, is_ours

MARKET = "language-models"
PRICE = "prompt-caching"  # told by the same listing as the price


class Listing(NamedTuple):
    """What a reseller lists: its slug and name, its own id of the model, its price list."""

    reseller: str
    name: str
    model: str
    cost: Model


class Snapshot:
    """The day of a catalogue and what the base knew before it was read."""

    def __init__(self, taken: date, known: Known) -> None:
        self.taken = taken
        self.known = known
        self.market = known.living("market", MARKET) or MARKET
        self.priced = known.living(*PRICED) or PRICED[1]
        self.price = known.living("feature", PRICE) or PRICE
        self.features: dict[str, CatalogueFeature] = {}
        for feature in FEATURES:
            if (living := known.living("feature", feature.id)) is not None:
                self.features.setdefault(living, feature)

    def gained(self, model: Model) -> Interval:
        """When the model came to be as listed: from its release to its last update."""
        released, updated = optional(model.get("release_date")), optional(model.get("last_updated"))
        last = min(updated.hi, self.taken) if updated else self.taken
        first = released.lo if released else None
        if first is not None and last < first:
            return Interval(first, max(first, self.taken))
        return Interval(first, last)

    def survey(self, product: str, model: Model, cost: Model) -> Record:
        """Of the features that the listing speaks of, those not shown were absent that day."""
        told = sorted(i for i, f in self.features.items() if f.shows(model, cost) is not None)
        return {
            "kind": "survey",
            "product": product,
            "market": self.market,
            "features": told,
            "date": self.taken.isoformat(),
            "sources": SOURCES,
        }

    def adoptions(self, product: str, model: Model, cost: Model) -> Iterator[Record]:
        said = self.gained(model)
        for feature_id, feature in self.features.items():
            stored = self.known.adoptions.get((product, feature_id), [])
            shown = feature.shows(model, cost)
            if shown:
                yield from self._present(product, feature_id, said, stored)
            elif shown is not None:
                yield from self._absent(product, feature_id, stored)

    def _present(
        self, product: str, feature: str, said: Interval, stored: list[Record]
    ) -> Iterator[Record]:
        held = self._holding(stored, "date")
        if held is not None:
            yield from _changed(held, self._seen(held, "date", said))
            return
        missing_on = self.known.look_before(product, feature, self.taken)
        since = said if missing_on is None else Interval(missing_on + DAY, self.taken)
        since = since.narrowed(said)
        gone_by = self.known.look_after(product, feature, self.taken)
        until = {} if gone_by is None else {"until": Interval(self.taken + DAY, gone_by).text}
        yield {
            "kind": "adoption",
            "product": product,
            "feature": feature,
            "stage": "ga",
            "date": since.text,
            **until,
            "sources": SOURCES,
        }

    def _holding(self, stored: list[Record], since: str) -> Record | None:
        """The stored fact that may cover the day; one that is said to begin later if no other."""

        def begun(record: Record) -> bool:
            lo = interval(record[since]).lo if record[since] else None
            return lo is None or lo <= self.taken

        lasting = [
            r for r in stored if r.get("until") is None or interval(r["until"]).hi > self.taken
        ]
        return next((r for r in lasting if begun(r)), next(iter(lasting), None))

    def _seen(self, record: Record, since: str, said: Interval) -> Record:
        """A stored fact that holds on the day: it began as said, by the day, and ended later."""
        began = narrowed_text(record[since], said)
        seen = {**record, since: narrowed_text(began, Interval(None, self.taken))}
        if record.get("until") is not None:
            seen["until"] = _after(record["until"], self.taken)
        return seen

    def _absent(self, product: str, feature: str, stored: list[Record]) -> Iterator[Record]:
        looked = self._looks(product, feature)
        for record in stored:
            yield from _changed(record, self._missed(record, "date", *looked))

    def _looks(self, product: str, feature: str) -> tuple[date | None, date | None]:
        """The looks next to this one: the last before, the first after."""
        before = self.known.look_before(product, feature, self.taken)
        return before, self.known.look_after(product, feature, self.taken)

    def _missed(
        self, record: Record, since: str, before: date | None, after: date | None
    ) -> Record:
        """A stored fact that does not hold on the day: what was there at the look before has
        ended since, what came later came after this day."""
        if record[since] is None:
            return record
        if before is None or interval(record[since]).hi > before:
            return {**record, since: _after(record[since], self.taken)}
        between = Interval(before + DAY, self.taken)
        if record.get("until") is not None:
            return {**record, "until": narrowed_text(record["until"], between)}
        return {**record, "until": between.text} if after is None else record

    def monetizations(self, product: str, model: Model, cost: Model) -> Iterator[Record]:
        """The lab's own price; where it is not the stored one, that one has ended. What the lab
        gives away has none."""
        rates = prices.rates(cost)
        if not rates:
            return
        said = self.gained(model)
        stored = [r for r in self.known.monetizations.get(product, []) if is_ours(r)]
        same = [r for r in stored if prices.same(r.get("rates"), rates)]
        held = self._holding(same, "since")
        fresh = list(self._priced(product, said, cost, rates)) if held is None else []
        for record in stored:
            if record is held:
                yield from _changed(record, self._seen(record, "since", said))
            elif (later := self._out_of_place(product, record)) is None:
                yield from _changed(
                    record, self._missed(record, "since", *self._looks(product, self.price))
                )
            else:
                is_replaced = any(record["since"] == new["since"] for new in fresh)
                yield {k: v for k, v in later.items() if not (is_replaced and k == "id")}
        taken = {r["since"] for r in self.known.monetizations.get(product, []) if not is_ours(r)}
        yield from (new for new in fresh if new["since"] not in taken)

    def _out_of_place(self, product: str, record: Record) -> Record | None:
        """A price dated before the day that was another one on the day, put after it; else None.

        The fact of that date becomes the price of the day; the import finds it by its natural key.
        """
        before, after = self._looks(product, self.price)
        since = interval(record["since"]) if record["since"] else None
        if after is None or since is None or since.hi > self.taken:
            return None
        started = before is not None and since.hi <= before
        until = interval(record["until"]) if record["until"] else None
        if started or (until is not None and (until.lo is None or until.lo <= self.taken)):
            return None
        return {**record, "since": Interval(self.taken + DAY, after).text}

    def _priced(
        self, product: str, said: Interval, cost: Model, rates: list[Record]
    ) -> Iterator[Record]:
        if not any(rate["amount"] for rate in rates):
            return
        before, after = self._looks(product, self.price)
        if before is not None:
            said = Interval(before + DAY, self.taken).narrowed(said)
        until = None if after is None else Interval(self.taken + DAY, after).text
        price = prices.headline(cost)
        yield {
            "kind": "monetization",
            "product": product,
            "business_model": self.priced,
            "since": said.text,
            "until": until,
            **({"price": price} if price else {}),
            "rates": rates,
            "sources": SOURCES,
        }

    def offering(self, listing: Listing, product: str, released: date | None) -> Record | None:
        """A reseller's listing, begun between the model's release and the day; None where the
        base knows as much already."""
        stored = self.known.offerings.get((product, listing.reseller, listing.model))
        first = released if released is not None and released <= self.taken else None
        date_text = narrowed_text(stored["date"] if stored else None, Interval(first, self.taken))
        if stored is not None and self.taken < (self.known.last_read or date.min):
            return None if date_text == stored["date"] else {**stored, "date": date_text}
        rates = prices.rates(listing.cost)
        return {
            "kind": "offering",
            **({"id": stored["id"]} if stored else {}),
            "product": product,
            "reseller": listing.reseller,
            "reseller_name": listing.name,
            "model": listing.model,
            "date": date_text,
            **({"rates": rates} if rates else {}),
            "sources": SOURCES,
        }


def _changed(before: Record, after: Record) -> Iterator[Record]:
    if after != before:
        yield after


def _after(text: str, day: date) -> str:
    """The date, not by that day; unchanged text if nothing is gained."""
    known = interval(text)
    later = known.after(day)
    return text if later == known else later.text
