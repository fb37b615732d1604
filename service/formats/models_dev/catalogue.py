"""Reads a whole catalogue: which models, whose, listed by whom."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import msgspec

from service.formats.json_members import exactly
from service.formats.models_dev.facts import MARKET, Snapshot
from service.formats.models_dev.features import FEATURES
from service.formats.models_dev.intervals import optional
from service.formats.models_dev.labs import LABS, Lab
from service.formats.models_dev.matching import SOURCES, Known, Record
from service.formats.models_dev.offerings import offerings
from service.formats.models_dev.reports import Catalogue, Listed, Problem
from service.formats.models_dev.shapes import pointer, text, wrong
from service.formats.models_dev.ties import product_id, slug
from service.model.dates import InvalidDate, parse_date

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class InvalidCatalogue(ValueError):
    """The file is no catalogue of models.dev; `pointer` says where it ceases to be one."""

    def __init__(self, detail: str, at: str = "") -> None:
        super().__init__(f"{detail} (at {at})" if at else detail)
        self.pointer = at


def read_catalogue(data: bytes, *, taken: date, known: Known | None = None) -> Catalogue:
    """The catalogue as it was on the day `taken`, narrowed by what the base knows.

    Takes {"models": {...}, "providers": {...}} (catalog.json) and the providers alone (api.json).
    Raises InvalidCatalogue for what has neither shape.
    """
    raw, at = _decoded(data)
    known = known or Known()
    snapshot, found = Snapshot(taken, known), Catalogue(at=at)
    listed = _products(raw, found, known)
    found.records += _frame(known, listed)
    for entry in _distinct(listed.values()):
        found.records += _of_model(snapshot, entry)
    found.records += offerings(snapshot, raw, listed, found)
    found.counts.update(record["kind"] for record in found.records)
    return found


def snapshot_day(name: str, data: bytes) -> date:
    """The date in the file's name, else the latest update that the catalogue names."""
    if named := _DAY.search(name):
        try:
            return parse_date(named[0]).hi
        except InvalidDate:
            pass
    raw, _ = _decoded(data)
    days = [
        updated.hi
        for models in [raw["models"], *(p.get("models", {}) for p in raw["providers"].values())]
        for model in models.values()
        if isinstance(model, dict) and (updated := optional(model.get("last_updated")))
    ]
    if not days:
        raise InvalidCatalogue("No model says when it was updated: name the day with --taken.")
    return max(days)


def _decoded(data: bytes) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The catalogue, and where in the file its providers stand."""
    try:
        raw = exactly(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidCatalogue(f"No JSON: {error}.") from None
    if not isinstance(raw, dict):
        raise InvalidCatalogue("No catalogue: the file is no JSON object.")
    at: tuple[str, ...] = ("providers",)
    if "providers" not in raw and any(map(_is_provider, raw.values())):
        raw, at = {"providers": raw}, ()
    if not isinstance(raw.get("providers"), dict):
        raise InvalidCatalogue('No catalogue: there is no object "providers".', "/providers")
    if not isinstance(raw.setdefault("models", {}), dict):
        raise InvalidCatalogue("The models are no object.", "/models")
    for name, provider in raw["providers"].items():
        if not isinstance(provider, dict):
            raise InvalidCatalogue("The provider is no object.", pointer(*at, name))
        if not isinstance(provider.get("models", {}), dict):
            place = pointer(*at, name, "models")
            raise InvalidCatalogue("The provider's models are no object.", place)
    return raw, at


def _is_provider(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("models"), dict)


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
                    yield pointer(*found.at, provider, "models", model_id), lab, model_id, model


MARKET_AND_BUSINESS_MODEL: tuple[Record, ...] = (
    {
        "kind": "market",
        "id": MARKET,
        "name": "Language models",
        "names": {"zh": "语言模型"},
        "layer": "model",
        "definition": "Single models that developers call by an interface.",
        "sources": SOURCES,
    },
    {
        "kind": "business_model",
        "id": "api-usage",
        "name": "Usage-priced interface",
        "names": {"zh": "API按量计费"},
        "definition": "Developers pay for what they use.",
    },
)


def _frame(known: Known, listed: dict[str, Listed]) -> Iterator[Record]:
    """Market, features, business model and vendors, where the base has none of that id."""
    frame = [*MARKET_AND_BUSINESS_MODEL]
    frame += [
        {
            "kind": "feature",
            "id": f.id,
            "name": f.name,
            "names": {"zh": f.zh},
            "category": f.category,
            "definition": f.definition,
        }
        for f in FEATURES
    ]
    labs = {entry.lab.vendor: entry.lab for entry in listed.values()}
    frame += [
        {
            "kind": "vendor",
            "id": lab.vendor,
            "name": lab.name,
            "country": lab.country,
            "type": lab.type,
            "sources": SOURCES,
        }
        for _, lab in sorted(labs.items())
    ]
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
            "kind": "product",
            "id": entry.product,
            "vendor": snapshot.known.living("vendor", entry.lab.vendor),
            "name": text(entry.model["name"]),
            "markets": [snapshot.market],
            "launched": entry.model["release_date"],
            "discontinued": None,
            "sources": SOURCES,
        }
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
