"""Facts brought up to date by those of some products, and how much memory facts take."""

from collections.abc import Collection, Sequence
from dataclasses import fields, replace
from itertools import chain
from typing import TypeVar

import numpy as np

from service.maths.arrays import Bools, Floats, Ints
from service.maths.panel.facts import Dates, Facts, Traits, Versions
from service.maths.panel.restriction import restricted

T = TypeVar("T")
_TEXT_BYTES = 80  # of a short text with the list's reference to it
_REFERENCE_BYTES = 8
_SURVEY_BYTES = 600


def updated(facts: Facts, products: Collection[str], fresh: Facts) -> Facts:
    """The facts with everything that is said of these products as it is in `fresh`, which may have
    none of some of them; features and business models must be the same in both."""
    gone = set(products)
    kept = restricted(facts, [product for product in facts.product_ids if product not in gone])
    return joined(kept, restricted(fresh, gone))


def joined(facts: Facts, more: Facts) -> Facts:
    """Both, of different products; what is said of markets and features is that of `more`."""
    assert facts.feature_ids == more.feature_ids, "columns count the same features"
    assert facts.business_model_ids == more.business_model_ids, "and business models"
    ids = facts.product_ids + more.product_ids
    order = np.array(sorted(range(len(ids)), key=ids.__getitem__), np.int64)
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    n = len(facts.product_ids)
    surveys = sorted(chain(facts.surveys, more.surveys), key=lambda survey: survey.product)
    return replace(
        more,
        product_ids=_picked(ids, order),
        product_vendor=_picked(facts.product_vendor + more.product_vendor, order),
        product_markets=_picked(facts.product_markets + more.product_markets, order),
        launched=_dates(facts.launched, more.launched, order),
        discontinued=_dates(facts.discontinued, more.discontinued, order),
        adoptions=_traits(facts.adoptions, more.adoptions, place[:n], place[n:]),
        monetizations=_traits(facts.monetizations, more.monetizations, place[:n], place[n:]),
        surveys=surveys,
        versions=_versions(facts.versions, more.versions, place[:n], place[n:]),
    )


def are_alike(one: object, other: object) -> bool:
    """Whether facts, or parts of them, say the same."""
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return np.array_equal(one, other, equal_nan=one.dtype.kind == "f")
    if isinstance(one, Facts | Traits | Versions | Dates):
        names = [field.name for field in fields(one)]
        return all(are_alike(getattr(one, name), getattr(other, name)) for name in names)
    return one == other


def size(facts: Facts) -> int:
    """About how many bytes the facts take."""
    traits = (facts.adoptions, facts.monetizations)
    rows = sum(len(one.ids) for one in traits)
    columns = rows * (7 * 8 + 2 * 8 + 1)
    texts = rows * (_TEXT_BYTES + 2 * _REFERENCE_BYTES)
    products = len(facts.product_ids) * (4 * 8 + 5 * _TEXT_BYTES)
    versions = len(facts.versions.ids) * (3 * 8 + 1 + 2 * _TEXT_BYTES)
    names = (len(facts.feature_ids) + len(facts.business_model_ids)) * _TEXT_BYTES
    return columns + texts + products + versions + names + len(facts.surveys) * _SURVEY_BYTES


def _picked(values: Sequence[T], order: Ints) -> list[T]:
    return [values[n] for n in order.tolist()]


def _dates(dates: Dates, more: Dates, order: Ints) -> Dates:
    return Dates(
        _picked(dates.text + more.text, order),
        np.concatenate([dates.lo, more.lo])[order],
        np.concatenate([dates.hi, more.hi])[order],
    )


def _traits(traits: Traits, more: Traits, place: Ints, place_of_more: Ints) -> Traits:
    """By product, the rows of each in their order."""
    product = np.concatenate([place[traits.product], place_of_more[more.product]])
    order = np.argsort(product, kind="stable")
    return Traits(
        product=product[order],
        item=np.concatenate([traits.item, more.item])[order],
        stage=np.concatenate([traits.stage, more.stage])[order],
        start=_dates(traits.start, more.start, order),
        end=_dates(traits.end, more.end, order),
        recorded_at=_floats(traits.recorded_at, more.recorded_at, order),
        first_recorded_at=_floats(traits.first_recorded_at, more.first_recorded_at, order),
        sourced=_bools(traits.sourced, more.sourced, order),
        ids=_picked(traits.ids + more.ids, order),
    )


def _versions(versions: Versions, more: Versions, place: Ints, place_of_more: Ints) -> Versions:
    product = np.concatenate([place[versions.product], place_of_more[more.product]])
    order = np.argsort(product, kind="stable")
    return Versions(
        product=product[order],
        date=_dates(versions.date, more.date, order),
        sourced=_bools(versions.sourced, more.sourced, order),
        ids=_picked(versions.ids + more.ids, order),
    )


def _floats(column: Floats, more: Floats, order: Ints) -> Floats:
    return np.asarray(np.concatenate([column, more])[order], np.float64)


def _bools(column: Bools, more: Bools, order: Ints) -> Bools:
    return np.asarray(np.concatenate([column, more])[order], np.bool_)
