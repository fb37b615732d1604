"""Made-up markets as facts: products, features, adoptions with exact days."""

import numpy as np

from service.maths.panel.facts import GA, Dates, Facts, Traits

FIRST, LAST = 737_791, 739_617  # 2021-01-01 to 2025-12-31


def facts(n_products: int, n_features: int, n_adoptions: int, n_vendors: int, seed: int) -> Facts:
    """Every product launches in the first two years; each adoption falls after its launch."""
    rng = np.random.default_rng(seed)
    launch = rng.integers(FIRST, FIRST + 730, n_products)
    cells = np.sort(rng.choice(n_products * n_features, n_adoptions, replace=False))
    product, item = cells // n_features, cells % n_features
    day = launch[product] + rng.integers(0, LAST - FIRST - 730, n_adoptions)
    return market(launch, np.arange(n_products) % n_vendors, n_features, product, item, day)


def market(
    launch: np.ndarray,
    vendor: np.ndarray,
    n_features: int,
    product: np.ndarray,
    item: np.ndarray,
    day: np.ndarray,
) -> Facts:
    """The market "m" with exact days: product k of `vendor[k]` launches on `launch[k]`; adoption
    r says that `product[r]` has feature `item[r]` from `day[r]` on."""
    n_products = len(launch)
    return Facts(
        product_ids=[f"p{n:05}" for n in range(n_products)],
        product_vendor=[f"v{n:04}" for n in vendor.tolist()],
        product_markets=[("m",)] * n_products,
        launched=_exact(launch),
        discontinued=_none(n_products),
        feature_ids=[f"f{n:04}" for n in range(n_features)],
        business_model_ids=[],
        adoptions=_traits(product, item, day),
        monetizations=_traits(np.array([], np.int64), np.array([], np.int64), np.array([], int)),
    )


def _traits(product: np.ndarray, item: np.ndarray, day: np.ndarray) -> Traits:
    n = len(product)
    return Traits(
        product=product.astype(np.int64),
        item=item.astype(np.int64),
        stage=np.full(n, GA, np.int64),
        start=_exact(day),
        end=_none(n),
        recorded_at=np.full(n, np.nan),
        first_recorded_at=np.full(n, np.nan),
        sourced=np.ones(n, np.bool_),
        ids=[f"a{n:07}" for n in range(n)],
    )


def _exact(days: np.ndarray) -> Dates:
    unique, place = np.unique(days, return_inverse=True)
    texts = [f"d{day}" for day in unique.tolist()]
    return Dates([texts[n] for n in place.tolist()], days.astype(np.int64), days.astype(np.int64))


def _none(n: int) -> Dates:
    return Dates([""] * n, np.zeros(n, np.int64), np.zeros(n, np.int64))
