"""Reads a whole catalogue: which models, whose, listed by whom."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import msgspec

from service.formats.models_dev.facts import MARKET, Listing, Snapshot
from service.formats.models_dev.features import FEATURES, Model
from service.formats.models_dev.intervals import optional
from service.formats.models_dev.known import SOURCES, Known, Record
from service.formats.models_dev.labs import LABS, SELLERS, Lab
from service.formats.models_dev.shapes import pointer, text, wrong, wrong_cost
from service.formats.models_dev.ties import MAX_ID, by_model, product_id, slug, tied, vendor_of
from service.model.dates import InvalidDate, parse_date

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class InvalidCatalogue(ValueError):
    """The file is no catalogue of models.dev; `pointer` says where it ceases to be one."""

    def __init__(self, detail: str, at: str = "") -> None:
        super().__init__(f"{detail} (at {at})" if at else detail)
        self.pointer = at


@dataclass(frozen=True)
class Problem:
    """A model that was left out, and why."""

    pointer: str
    detail: str


@dataclass(frozen=True)
class Listed:
    """A model of a lab: its own entry, and its cost where the lab lists one."""

    product: str
    lab: Lab
    model: Model
    cost: Model


@dataclass
class Catalogue:
    """Records of the import format, what they count, and what was left out."""

    records: list[Record] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)


def read_catalogue(data: bytes, *, taken: date, known: Known | None = None) -> Catalogue:
    """The catalogue as it was on the day `taken`, narrowed by what the base knows.

    Raises InvalidCatalogue for what has not the shape {"models": {...}, "providers": {...}}.
    """
    raw = _decoded(data)
    known = known or Known()
    snapshot, found = Snapshot(taken, known), Catalogue()
    listed = _products(raw, found, known)
    found.records += _frame(known, listed)
    for entry in _distinct(listed.values()):
        found.records += _of_model(snapshot, entry)
    found.records += _offerings(snapshot, raw, listed, found)
    found.counts.update(record["kind"] for record in found.records)
    return found


def snapshot_day(name: str, data: bytes) -> date:
    """The date in the file's name, else the latest update that the catalogue names."""
    if named := _DAY.search(name):
        try:
            return parse_date(named[0]).hi
        except InvalidDate:
            pass
    raw = _decoded(data)
    days = [
        updated.hi
        for models in [raw["models"], *(p.get("models", {}) for p in raw["providers"].values())]
        for model in models.values()
        if isinstance(model, dict) and (updated := optional(model.get("last_updated")))
    ]
    if not days:
        raise InvalidCatalogue("No model says when it was updated: name the day with --taken.")
    return max(days)


def _decoded(data: bytes) -> dict[str, Any]:
    try:
        raw = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidCatalogue(f"No JSON: {error}.") from None
    if not isinstance(raw, dict):
        raise InvalidCatalogue("No catalogue: the file is no JSON object.")
    if not isinstance(raw.get("providers"), dict):
        raise InvalidCatalogue('No catalogue: there is no object "providers".', "/providers")
    if not isinstance(raw.setdefault("models", {}), dict):
        raise InvalidCatalogue("The models are no object.", "/models")
    for name, provider in raw["providers"].items():
        if not isinstance(provider, dict):
            raise InvalidCatalogue("The provider is no object.", pointer("providers", name))
        if not isinstance(provider.get("models", {}), dict):
            place = pointer("providers", name, "models")
            raise InvalidCatalogue("The provider's models are no object.", place)
    return raw


def _products(raw: dict[str, Any], found: Catalogue, known: Known) -> dict[str, Listed]:
    """The labs' models by the catalogue's product id: those of `models`, and those of the labs' own
    listings. Their `product` is the base's id, through merges; what was retired is left out.
    """
    entries: dict[str, Listed] = {}
    for place, lab, model_id, model in _entries(raw, found):
        detail = wrong(model) or ("" if slug(model_id) else "An id without letters or digits.")
        if detail:
            found.problems.append(Problem(place, detail))
            continue
        product = product_id(lab, model_id)
        living = known.living("product", product)
        if living is None or known.living("vendor", lab.vendor) is None:
            found.counts["models that were retired"] += 1
            continue
        before = entries.get(product)
        cost = (before.cost if before else None) or model.get("cost") or {}
        entries[product] = Listed(living, lab, before.model if before else model, cost)
    return dict(sorted(entries.items()))


def _entries(raw: dict[str, Any], found: Catalogue) -> Iterator[tuple[str, Lab, str, Any]]:
    for key, model in sorted(raw["models"].items()):
        lab_id, _, model_id = key.partition("/")
        if lab_id in LABS:
            yield pointer("models", key), LABS[lab_id], model_id, model
        else:
            found.counts["models of unknown labs"] += 1
    for lab in LABS.values():
        for provider in lab.providers:
            models = raw["providers"].get(provider, {}).get("models", {})
            for model_id, model in sorted(models.items()):
                if lab.makes(model_id):
                    yield pointer("providers", provider, "models", model_id), lab, model_id, model


def _frame(known: Known, listed: dict[str, Listed]) -> Iterator[Record]:
    """Market, features, business model and vendors, where the base has none of that id."""
    frame: list[Record] = [
        {"kind": "market", "id": MARKET, "name": "Language models", "names": {"zh": "语言模型"},
         "layer": "model", "definition": "Single models that developers call by an interface.",
         "sources": SOURCES},
        {"kind": "business_model", "id": "api-usage", "name": "Usage-priced interface",
         "names": {"zh": "API按量计费"}, "definition": "Developers pay for what they use."},
    ]  # fmt: skip
    frame += [
        {"kind": "feature", "id": f.id, "name": f.name, "names": {"zh": f.zh},
         "category": f.category, "definition": f.definition}
        for f in FEATURES
    ]  # fmt: skip
    labs = {entry.lab.vendor: entry.lab for entry in listed.values()}
    frame += [
        {"kind": "vendor", "id": lab.vendor, "name": lab.name, "country": lab.country,
         "type": lab.type, "sources": SOURCES}
        for _, lab in sorted(labs.items())
    ]  # fmt: skip
    return (record for record in frame if known.is_new(record["kind"], record["id"]))


def _distinct(entries: Iterable[Listed]) -> Iterator[Listed]:
    """Of models that are one product of the base by now only the first."""
    seen: set[str] = set()
    for entry in entries:
        if entry.product not in seen:
            seen.add(entry.product)
            yield entry


def _of_model(snapshot: Snapshot, entry: Listed) -> Iterator[Record]:
    stored = snapshot.known.products.get(entry.product)
    if stored is None:
        yield {
            "kind": "product", "id": entry.product,
            "vendor": snapshot.known.living("vendor", entry.lab.vendor),
            "name": text(entry.model["name"]), "markets": [snapshot.market],
            "launched": entry.model["release_date"], "discontinued": None, "sources": SOURCES,
        }  # fmt: skip
    elif (launched := _launch(snapshot, entry, stored)) != stored["launched"]:
        yield {**stored, "launched": launched}
    yield from snapshot.adoptions(entry.product, entry.model, entry.cost)
    yield from snapshot.monetizations(entry.product, entry.model, entry.cost)
    yield snapshot.survey(entry.product, entry.model, entry.cost)


def _launch(snapshot: Snapshot, entry: Listed, stored: Record) -> str:
    """The narrower of two dates that agree; where they do not, the newer snapshot's."""
    said_text: str = entry.model["release_date"]
    known, said = optional(stored["launched"]), optional(said_text)
    if known is None or said is None:
        return said_text if known is None else str(stored["launched"])
    if said.lo is not None and known.lo is not None and said.lo <= known.hi and known.lo <= said.hi:
        known_days, said_days = known.hi - known.lo, said.hi - said.lo
        return said_text if said_days < known_days else str(stored["launched"])
    is_older = snapshot.known.look_after(entry.product, None, snapshot.taken) is not None
    return str(stored["launched"]) if is_older else said_text


def _offerings(
    snapshot: Snapshot, raw: dict[str, Any], listed: dict[str, Listed], found: Catalogue
) -> Iterator[Record]:
    """What resellers list of the labs' models; what cannot be tied to one model is counted."""
    models = by_model([*listed, *snapshot.known.products])
    seen: set[tuple[str, str]] = set()
    for provider_id, model_id, product in _listings(raw, models, found):
        living = snapshot.known.living("product", product)
        if living is None:
            found.counts["listings of models that were retired"] += 1
            continue
        provider = raw["providers"][provider_id]
        model = provider["models"][model_id]
        reseller = slug(provider_id)[:MAX_ID].rstrip("-")
        is_twice = (reseller, model_id) in seen
        if detail := _wrong_listing(model_id, model, reseller, is_twice=is_twice):
            place = pointer("providers", provider_id, "models", model_id)
            found.problems.append(Problem(place, detail))
            continue
        seen.add((reseller, model_id))
        name = text(provider.get("name")) or reseller
        listing = Listing(reseller, name, model_id, model.get("cost") or {})
        released = _released(listed.get(product), snapshot.known.products.get(living))
        if (record := snapshot.offering(listing, living, released)) is not None:
            yield record


def _listings(
    raw: dict[str, Any], models: dict[str, str], found: Catalogue
) -> Iterator[tuple[str, str, str]]:
    """Provider, model id and product of every listing by somebody else than the model's lab."""
    for provider_id, provider in sorted(raw["providers"].items()):
        for model_id in sorted(provider.get("models", {})):
            product = tied(model_id, models)
            if (lab := SELLERS.get(provider_id)) and _is_own(lab, model_id, product):
                found.counts["own listings"] += 1
            elif product is None:
                found.counts["untied listings"] += 1
            else:
                yield provider_id, model_id, product


def _is_own(lab: Lab, model_id: str, product: str | None) -> bool:
    return lab.makes(model_id) if product is None else vendor_of(product) == lab.vendor


def _wrong_listing(model_id: str, model: Any, reseller: str, *, is_twice: bool) -> str:
    if not isinstance(model, dict):
        return "No object."
    if not reseller or text(model_id) != model_id:
        return "An id that is empty, too long, or holds hidden characters."
    return "Another spelling of a listing above." if is_twice else wrong_cost(model.get("cost"))


def _released(entry: Listed | None, stored: Record | None) -> date | None:
    said = entry.model["release_date"] if entry else stored and stored["launched"]
    released = optional(said)
    return released.lo if released else None
