"""One model of one snapshot as facts, narrowed by what other snapshots said."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from service.formats.models_dev.features import FEATURES, Model
from service.formats.models_dev.intervals import (
    DAY,
    Interval,
    interval,
    narrowed_text,
    optional,
)
from service.formats.models_dev.known import Known, Record

SOURCES = ["https://models.dev"]
MARKET = "language-models"
PRICE = "prompt-caching"  # told by the same listing as the price
UNITS = {"image": "image", "request": "request"}


class Snapshot:
    """The day of a catalogue and what the base knew before it was read."""

    def __init__(self, taken: date, known: Known) -> None:
        self.taken = taken
        self.known = known

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
        told = sorted(f.id for f in FEATURES if f.shows(model, cost) is not None)
        return {
            "kind": "survey", "product": product, "market": MARKET,
            "features": told, "date": self.taken.isoformat(), "sources": SOURCES,
        }  # fmt: skip

    def adoptions(self, product: str, model: Model, cost: Model) -> Iterator[Record]:
        said = self.gained(model)
        for feature in FEATURES:
            stored = self.known.adoptions.get((product, feature.id), [])
            shown = feature.shows(model, cost)
            if shown:
                yield from self._present(product, feature.id, said, stored)
            elif shown is not None:
                yield from self._absent(product, feature.id, stored)

    def _present(
        self, product: str, feature: str, said: Interval, stored: list[Record]
    ) -> Iterator[Record]:
        held = next((r for r in stored if self._may_hold(r)), None)
        if held is not None:
            date_text = narrowed_text(held["date"], said)
            if date_text != held["date"]:
                yield {**held, "date": date_text}
            return
        missing_on = self.known.look_before(product, feature, self.taken)
        since = said if missing_on is None else Interval(missing_on + DAY, self.taken)
        since = since.narrowed(said)
        gone_by = self.known.look_after(product, feature, self.taken)
        until = {} if gone_by is None else {"until": Interval(self.taken + DAY, gone_by).text}
        yield {
            "kind": "adoption", "product": product, "feature": feature, "stage": "ga",
            "date": since.text, **until, "sources": SOURCES,
        }  # fmt: skip

    def _may_hold(self, record: Record) -> bool:
        """Whether a stored adoption may cover the day of the snapshot."""
        ended = record.get("until")
        return ended is None or interval(ended).hi > self.taken

    def _absent(self, product: str, feature: str, stored: list[Record]) -> Iterator[Record]:
        """What was there before and is gone has ended; what came later came after this day."""
        for record in stored:
            since = interval(record["date"])
            seen_on = self.known.look_before(product, feature, self.taken)
            started = seen_on is not None and since.hi <= seen_on
            if started and record.get("until") is None and not self._seen_later(product, feature):
                assert seen_on is not None, "it was seen"
                yield {**record, "until": Interval(seen_on + DAY, self.taken).text}
            elif not started and (later := since.after(self.taken)) != since:
                yield {**record, "date": later.text}

    def _seen_later(self, product: str, feature: str) -> bool:
        return self.known.look_after(product, feature, self.taken) is not None

    def monetizations(self, product: str, model: Model, cost: Model) -> Iterator[Record]:
        rates = list(_rates(cost))
        if not rates or not any(rate["amount"] for rate in rates):
            return
        priced = {"price": _price(cost), "rates": rates}
        said = self.gained(model)
        stored = self.known.monetizations.get(product, [])
        same = next((r for r in stored if _same_price(r, priced)), None)
        if same is not None:
            since = narrowed_text(same["since"], said)
            if since != same["since"]:
                yield {**same, "since": since}
            return
        yield from self._repriced(product, said, priced, stored)

    def _repriced(
        self, product: str, said: Interval, priced: Record, stored: list[Record]
    ) -> Iterator[Record]:
        before = self.known.look_before(product, PRICE, self.taken)
        after = self.known.look_after(product, PRICE, self.taken)
        until = None if after is None else Interval(self.taken + DAY, after).text
        if before is not None:
            said = Interval(before + DAY, self.taken).narrowed(said)
        if before is not None and after is None:
            for record in stored:
                if record["until"] is None:
                    yield {**record, "until": Interval(before + DAY, self.taken).text}
        if before is None and after is not None:
            for record in stored:
                later = interval(record["since"]).after(self.taken)
                if later.text != record["since"]:
                    yield {**record, "since": later.text}
        yield {
            "kind": "monetization", "product": product, "business_model": "api-usage",
            "since": said.text, "until": until,
            **{k: v for k, v in priced.items() if v is not None}, "sources": SOURCES,
        }  # fmt: skip

    def offering(
        self, product: str, reseller: str, name: str, model_id: str, cost: Model
    ) -> Record | None:
        """A reseller's listing; None where the base knows as much already."""
        stored = self.known.offerings.get((product, reseller, model_id))
        by_today = Interval(None, self.taken)
        if stored is not None and self._is_older(product):
            date_text = narrowed_text(stored["date"], by_today)
            return None if date_text == stored["date"] else {**stored, "date": date_text}
        date_text = narrowed_text(stored["date"] if stored else None, by_today)
        rates = list(_rates(cost))
        return {
            "kind": "offering", **({"id": stored["id"]} if stored else {}), "product": product,
            "reseller": reseller, "reseller_name": name, "model": model_id, "date": date_text,
            **({"rates": rates} if rates else {}), "sources": SOURCES,
        }  # fmt: skip

    def _is_older(self, product: str) -> bool:
        return self.known.look_after(product, None, self.taken) is not None


def _price(cost: Model) -> Record | None:
    amount = _amount(cost.get("input"))
    if amount is None:
        return None
    return {"amount": amount, "currency": "USD", "per": "million input tokens"}


def _rates(cost: Model) -> Iterator[Record]:
    """Every price by component; the tiers of long requests named by their size."""
    flat = dict(_flat(cost, ""))
    for component in sorted(flat):
        yield {
            "component": component, "amount": flat[component], "currency": "USD",
            "per": UNITS.get(component, "million tokens"),
        }  # fmt: skip


def _flat(cost: Model, suffix: str) -> Iterator[tuple[str, Decimal]]:
    for key, value in cost.items():
        amount = _amount(value)
        if amount is not None:
            yield key + suffix, amount
        elif key == "tiers" and isinstance(value, list):
            for tier in value:
                size = (tier.get("tier") or {}).get("size", 0)
                yield from _flat({k: v for k, v in tier.items() if k != "tier"},
                                 f"_over_{int(size) // 1000}k")  # fmt: skip
        elif isinstance(value, dict):
            yield from _flat(value, "_over_200k")


def _amount(value: Any) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    return Decimal(str(value)) if value >= 0 else None


def _same_price(record: Record, priced: Record) -> bool:
    ours, theirs = ({r["component"]: Decimal(str(r["amount"])) for r in rates}
                    for rates in (record.get("rates") or [], priced["rates"]))  # fmt: skip
    return ours == theirs
