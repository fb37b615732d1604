"""What is computed once for the facts of a market, whatever is written elsewhere: it is kept by a
digest of the facts that it stands on, not by a revision."""

from collections.abc import Callable, Hashable
from hashlib import blake2b
from typing import TypeVar, cast

import numpy as np

from service.bounded import Bounded
from service.maths.arrays import Bools, Ints
from service.maths.panel.facts import Dates, Facts, Traits
from service.maths.panel.scope import Place

MOST = 64_000_000  # bytes, unless told otherwise
T = TypeVar("T")
VALUES = Bounded[tuple[object]](MOST)
_BARE = 64


def kept(key: Hashable, compute: Callable[[], T]) -> T:
    """The value of a key; of all keys the last used are kept. What is being computed is computed
    again by whoever asks meanwhile."""
    held = VALUES.get(key)
    if held is None:
        held = (compute(),)
        VALUES.put(key, held, weight(held))
    return cast("T", held[0])


def weight(value: object) -> int:
    """About how many bytes a value takes: its columns, wherever they stand in it."""
    if isinstance(value, np.ndarray):
        return _BARE + value.nbytes
    if isinstance(value, str | bytes):
        return _BARE + len(value)
    if isinstance(value, dict):
        return _BARE + sum(weight(key) + weight(one) for key, one in value.items())
    if isinstance(value, list | tuple | set | frozenset):
        return _BARE + sum(weight(one) for one in value)
    return _BARE + sum(weight(one) for one in getattr(value, "__dict__", {}).values())


def digest(facts: Facts, products: Ints, place: Place) -> bytes:
    """Of everything that these products of a place say: their lives, what they
    have and how they earn since when, surveys, and the scopes of features."""
    made = blake2b(digest_size=16)
    inside = np.zeros(len(facts.product_ids), np.bool_)
    inside[products] = True
    markets = (place,) if isinstance(place, str) else place or ()
    made.update(repr([(name, facts.tracked_since.get(name)) for name in markets]).encode())
    for row in products.tolist():
        listed = sorted(facts.product_markets[row])
        made.update(repr((facts.product_ids[row], facts.product_vendor[row], listed)).encode())
    for dates in (facts.launched, facts.discontinued):
        _dates(made.update, dates, products)
    for traits, items in (
        (facts.adoptions, facts.feature_ids),
        (facts.monetizations, facts.business_model_ids),
    ):
        _traits(made.update, traits, inside[traits.product], facts.product_ids, items)
    named = {facts.product_ids[row] for row in products.tolist()}
    made.update(repr([survey for survey in facts.surveys if survey.product in named]).encode())
    scope = sorted((feature, sorted(of)) for feature, of in facts.feature_scope.items())
    made.update(repr(scope).encode())
    return made.digest()


def _traits(
    update: Callable[[bytes], object],
    traits: Traits,
    mask: Bools,
    products: list[str],
    items: list[str],
) -> None:
    rows = np.flatnonzero(mask)
    for column, ids in ((traits.product, products), (traits.item, items)):
        named, place = np.unique(column[rows], return_inverse=True)
        update("\0".join(ids[n] for n in named.tolist()).encode() + place.tobytes())
    update(traits.stage[rows].tobytes() + traits.sourced[rows].tobytes())
    update(traits.recorded_at[rows].tobytes() + traits.first_recorded_at[rows].tobytes())
    for dates in (traits.start, traits.end):
        _dates(update, dates, rows)


def _dates(update: Callable[[bytes], object], dates: Dates, rows: Ints) -> None:
    update("\0".join(dates.text[row] for row in rows.tolist()).encode())
    update(dates.lo[rows].tobytes() + dates.hi[rows].tobytes())
