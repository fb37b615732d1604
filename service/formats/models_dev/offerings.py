"""What resellers list of the labs' models, tied to them by name."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from service.formats.models_dev.facts import Listing, Snapshot
from service.formats.models_dev.intervals import optional
from service.formats.models_dev.labs import SELLERS, Lab
from service.formats.models_dev.matching import Record
from service.formats.models_dev.reports import Catalogue, Listed, Problem
from service.formats.models_dev.shapes import pointer, text, wrong_cost
from service.formats.models_dev.ties import MAX_ID, by_model, slug, tied, vendor_of


def offerings(
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
            place = pointer(*found.at, provider_id, "models", model_id)
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
