"""Reads a whole catalogue: which models, whose, listed by whom."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import msgspec

from service.formats.models_dev.facts import MARKET, SOURCES, Snapshot
from service.formats.models_dev.features import FEATURES, Model
from service.formats.models_dev.intervals import optional
from service.formats.models_dev.known import Known, Record
from service.formats.models_dev.labs import LABS, OWN_LISTINGS, Lab
from service.model.dates import InvalidDate, parse_date

MAX_ID = 64
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class InvalidCatalogue(ValueError):
    """The file is no catalogue of models.dev."""


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
    listed = _products(raw, found)
    found.records += _frame(known, listed)
    for entry in listed.values():
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
    if not isinstance(raw, dict) or not isinstance(raw.get("providers"), dict):
        raise InvalidCatalogue('No catalogue: there is no "providers" object.')
    if not isinstance(raw.setdefault("models", {}), dict):
        raise InvalidCatalogue('"/models" is no object.')
    for name, provider in raw["providers"].items():
        if not isinstance(provider, dict) or not isinstance(provider.get("models", {}), dict):
            raise InvalidCatalogue(f'"/providers/{name}" is no provider.')
    return raw


def _products(raw: dict[str, Any], found: Catalogue) -> dict[str, Listed]:
    """The labs' models by product id: those of `models`, and those of the labs' own listings."""
    entries: dict[str, Listed] = {}
    for pointer, lab, model_id, model, cost in _entries(raw):
        if detail := _wrong(model):
            found.problems.append(Problem(pointer, detail))
            continue
        product = product_id(lab, model_id)
        before = entries.get(product)
        if before is None:
            entries[product] = Listed(product, lab, model, cost)
        elif not before.cost:
            entries[product] = Listed(product, lab, before.model, cost)
    return dict(sorted(entries.items()))


def _entries(raw: dict[str, Any]) -> Iterator[tuple[str, Lab, str, Any, Model]]:
    for key, model in sorted(raw["models"].items()):
        lab_id, _, model_id = key.partition("/")
        if (lab := LABS.get(lab_id)) and model_id:
            yield f"/models/{key}", lab, model_id, model, {}
    for lab in LABS.values():
        for provider in lab.providers:
            models = raw["providers"].get(provider, {}).get("models", {})
            for model_id, model in sorted(models.items()):
                if lab.makes(model_id):
                    cost = model.get("cost") if isinstance(model, dict) else None
                    cost = cost if isinstance(cost, dict) else {}
                    yield f"/providers/{provider}/models/{model_id}", lab, model_id, model, cost


def _wrong(model: Any) -> str:
    """Why an entry cannot be used; empty if it can."""
    if not isinstance(model, dict) or not isinstance(model.get("name"), str):
        return "No object with a name."
    if "\x00" in model["name"] or not model["name"].strip():
        return "The name is empty or holds a NUL character."
    shapes = (("modalities", dict), ("limit", dict), ("cost", dict))
    for key, shape in shapes:
        if key in model and not isinstance(model[key], shape):
            return f'"{key}" is no object.'
    if optional(model.get("release_date")) is None:
        return "No release date."
    context = (model.get("limit") or {}).get("context", 0)
    return "" if isinstance(context, int | float) else '"limit/context" is no number.'


def product_id(lab: Lab, model_id: str) -> str:
    """`openai` and `gpt-4.1` are `openai-gpt-4-1`, in every snapshot."""
    return f"{lab.vendor}-{slug(model_id)}"[:MAX_ID].rstrip("-")


def slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


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
    return (record for record in frame if (record["kind"], record["id"]) not in known.ids)


def _of_model(snapshot: Snapshot, entry: Listed) -> Iterator[Record]:
    stored = snapshot.known.products.get(entry.product)
    released = optional(entry.model["release_date"])
    assert released is not None, "entries without a release date were left out"
    if stored is None:
        yield {
            "kind": "product", "id": entry.product, "vendor": entry.lab.vendor,
            "name": entry.model["name"].strip()[:200], "markets": [MARKET],
            "launched": entry.model["release_date"], "discontinued": None, "sources": SOURCES,
        }  # fmt: skip
    elif (text := _launch(snapshot, entry, stored)) != stored["launched"]:
        yield {**stored, "launched": text}
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
    by_model = _by_model([*listed, *snapshot.known.products])
    for provider_id, provider in sorted(raw["providers"].items()):
        if provider_id in OWN_LISTINGS:
            continue
        name = provider.get("name") if isinstance(provider.get("name"), str) else provider_id
        for model_id, model in sorted(provider.get("models", {}).items()):
            product = _tied(model_id, by_model)
            if product is None or not isinstance(model, dict):
                found.counts["untied listings"] += 1
                continue
            cost = model.get("cost") if isinstance(model.get("cost"), dict) else {}
            record = snapshot.offering(product, slug(provider_id), name, model_id, cost or {})
            if record is not None:
                yield record


def _by_model(products: list[str]) -> dict[str, str]:
    """Products by the model's own part of their id; what two labs share is left out."""
    found: dict[str, set[str]] = {}
    for product in products:
        for lab in LABS.values():
            if product.startswith(f"{lab.vendor}-"):
                found.setdefault(product.removeprefix(f"{lab.vendor}-"), set()).add(product)
    return {model: next(iter(of)) for model, of in found.items() if len(of) == 1}


def _tied(model_id: str, by_model: dict[str, str]) -> str | None:
    """The product that a reseller's own model id means."""
    tail = model_id.rsplit("/", 1)[-1]
    bare = re.sub(r"(-v\d+)?:\d+$", "", tail.rsplit(".anthropic.", 1)[-1])
    after_dot = bare.partition(".")[2]
    for candidate in (tail, bare, after_dot, tail.partition(":")[0]):
        if (found := by_model.get(slug(candidate))) is not None:
            return found
    return None
