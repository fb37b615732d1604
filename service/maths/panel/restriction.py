"""Facts of some products only: which products count is a parameter of every question."""

from collections.abc import Collection

import numpy as np

from service.maths.arrays import Bools, Ints
from service.maths.panel.facts import Dates, Facts, Traits, Versions


def restricted(facts: Facts, product_ids: Collection[str]) -> Facts:
    """The facts as if the other products did not exist; features and models stay listed."""
    wanted = set(product_ids)
    kept = np.array([product in wanted for product in facts.product_ids], dtype=np.bool_)
    if kept.all():
        return facts
    place = np.cumsum(kept) - 1
    where = np.flatnonzero(kept)
    return Facts(
        product_ids=[facts.product_ids[n] for n in where],
        product_vendor=[facts.product_vendor[n] for n in where],
        product_markets=[facts.product_markets[n] for n in where],
        launched=_dates(facts.launched, kept),
        discontinued=_dates(facts.discontinued, kept),
        feature_ids=facts.feature_ids,
        business_model_ids=facts.business_model_ids,
        adoptions=_traits(facts.adoptions, kept[facts.adoptions.product], place),
        monetizations=_traits(facts.monetizations, kept[facts.monetizations.product], place),
        surveys=[survey for survey in facts.surveys if survey.product in wanted],
        tracked_since=facts.tracked_since,
        feature_scope=facts.feature_scope,
        feature_category=facts.feature_category,
        versions=_versions(facts.versions, kept, place),
        usage=[fact for fact in facts.usage if fact.product in wanted],
        investments=facts.investments,
    )


def of_rows(traits: Traits, mask: Bools) -> Traits:
    """Some of the rows, in their order."""
    return _traits(traits, mask, np.arange(int(traits.product.max(initial=-1)) + 1))


def _dates(dates: Dates, kept: Bools) -> Dates:
    texts = [text for text, keep in zip(dates.text, kept, strict=True) if keep]
    return Dates(texts, dates.lo[kept], dates.hi[kept])


def _versions(versions: Versions, kept: Bools, place: Ints) -> Versions:
    mask = kept[versions.product]
    ids = [version for version, keep in zip(versions.ids, mask, strict=True) if keep]
    return Versions(
        product=place[versions.product[mask]],
        date=_dates(versions.date, mask),
        sourced=versions.sourced[mask],
        ids=ids,
    )


def _traits(traits: Traits, mask: Bools, place: Ints) -> Traits:
    return Traits(
        product=place[traits.product[mask]].astype(np.int64),
        item=traits.item[mask],
        stage=traits.stage[mask],
        start=_dates(traits.start, mask),
        end=_dates(traits.end, mask),
        recorded_at=traits.recorded_at[mask],
        first_recorded_at=traits.first_recorded_at[mask],
        sourced=traits.sourced[mask],
        ids=[fact for fact, keep in zip(traits.ids, mask, strict=True) if keep],
    )
