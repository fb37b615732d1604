"""What the base knows already of the catalogue's world."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from service.formats.models_dev.intervals import interval

Record = dict[str, Any]
SOURCES = ["https://models.dev"]
PRICED = ("business_model", "api-usage")


class Look(NamedTuple):
    """A survey: on that day these features were looked for."""

    day: date
    features: frozenset[str]


@dataclass
class Known:
    """Stored records in the import format; facts carry their `id`.

    Of facts the catalogue never speaks of (other stages, other business models) nothing is kept,
    so they are never touched. `led` are merged ids with those they lead to, `retired` the ids of
    records that are no more; both by kind.
    """

    led: dict[tuple[str, str], str] = field(default_factory=dict)
    retired: set[tuple[str, str]] = field(default_factory=set)
    ids: set[tuple[str, str]] = field(default_factory=set)
    products: dict[str, Record] = field(default_factory=dict)
    adoptions: dict[tuple[str, str], list[Record]] = field(default_factory=dict)
    monetizations: dict[str, list[Record]] = field(default_factory=dict)
    offerings: dict[tuple[str, str, str], Record] = field(default_factory=dict)
    looks: dict[str, list[Look]] = field(default_factory=dict)
    last_read: date | None = None  # the day of the newest snapshot of the catalogue

    @classmethod
    def of(cls, records: Iterable[Record]) -> "Known":
        """Sort stored records by kind; surveys become looks at a product."""
        return cls().taking(records)

    def taking(self, records: Iterable[Record]) -> "Known":
        for record in records:
            self.add(record)
        return self

    def living(self, kind: str, record_id: str) -> str | None:
        """The id that the base has for one of the catalogue's; None: it was retired."""
        found = self.led.get((kind, record_id), record_id)
        return None if (kind, found) in self.retired else found

    def is_new(self, kind: str, record_id: str) -> bool:
        """Whether the base never had the id."""
        return not {(kind, record_id)} & (self.ids | self.led.keys() | self.retired)

    def add(self, record: Record) -> None:
        match record["kind"]:
            case "product":
                self.products[record["id"]] = record
            case "adoption" if record["stage"] == "ga":
                key = (record["product"], record["feature"])
                self.adoptions.setdefault(key, []).append(record)
            case "monetization" if record["business_model"] == self.living(*PRICED):
                self.monetizations.setdefault(record["product"], []).append(record)
            case "offering":
                key3 = (record["product"], record["reseller"], record["model"])
                self.offerings[key3] = record
            case "survey":
                look = Look(interval(record["date"]).hi, frozenset(record["features"] or ()))
                self.looks.setdefault(record["product"], []).append(look)
                if is_ours(record):
                    self.last_read = max(self.last_read or look.day, look.day)
        if "id" in record:
            self.ids.add((record["kind"], record["id"]))

    def look_before(self, product: str, feature: str | None, day: date) -> date | None:
        """The last day before `day` on which the feature (None: any) was looked for."""
        return max((d for d in self._days(product, feature) if d < day), default=None)

    def look_after(self, product: str, feature: str | None, day: date) -> date | None:
        """The first day after `day` on which the feature (None: any) was looked for."""
        return min((d for d in self._days(product, feature) if d > day), default=None)

    def _days(self, product: str, feature: str | None) -> list[date]:
        looks = self.looks.get(product, [])
        return [look.day for look in looks if feature is None or feature in look.features]


def is_ours(record: Record) -> bool:
    """Whether it stands on the catalogue."""
    return any(source in SOURCES for source in record.get("sources") or [])
