"""Records in the data format become the columns that the maths is fed (metrics.md, 2.4)."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any

import numpy as np

from service.maths.panel.facts import (
    ANNOUNCED,
    GA,
    NO_DATE,
    PREVIEW,
    Dates,
    Facts,
    InvestmentFact,
    SurveyFact,
    Traits,
    UsageFact,
    Versions,
    representative,
)
from service.model.dates import parse_date
from service.query.usage_metrics import UNITS

Record = Mapping[str, object]

UNSOURCED = "unsourced"
_STAGES = {"announced": ANNOUNCED, "preview": PREVIEW, "ga": GA}


def instant(text: str, *, end_of_day: bool = False) -> float:
    """Seconds since the epoch; a bare date is 00:00 UTC, or the end of that day if asked for."""
    if len(text) == 10:
        clock = time.max if end_of_day else time.min
        return datetime.combine(date.fromisoformat(text), clock, UTC).timestamp()
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=moment.tzinfo or UTC).timestamp()


def visible(records: Iterable[Record], as_of: float | None) -> list[Record]:
    """The record versions that the base knew at `as_of` (seconds), or the current ones."""
    return [record for record in records if _known(record, as_of)]


def facts_of(
    records: Iterable[Record], as_of: float | None = None, evidence: str = "sourced"
) -> Facts:
    """Columns of the visible facts but those that lost a dispute; unsourced only if "any"."""
    seen: dict[str, list[Record]] = {}
    for record in visible(records, as_of):
        if _is_used(record, evidence):
            seen.setdefault(str(record.get("kind")), []).append(record)
    products = {str(p["id"]): p for p in sorted(seen.get("product", ()), key=_version)}
    ids = sorted(products)
    place = {product: index for index, product in enumerate(ids)}
    adoptions = _of(seen.get("adoption", []), place)
    monetizations = _of(seen.get("monetization", []), place)
    curated = sorted(seen.get("feature", ()), key=_version)
    features = _named(seen.get("feature", []), adoptions, "feature")
    models = _named(seen.get("business_model", []), monetizations, "business_model")
    return Facts(
        product_ids=ids,
        product_vendor=[str(products[i]["vendor"]) for i in ids],
        product_markets=[_texts(products[i].get("markets")) or () for i in ids],
        launched=_dates([products[i].get("launched") for i in ids]),
        discontinued=_dates([products[i].get("discontinued") for i in ids]),
        feature_ids=features,
        business_model_ids=models,
        adoptions=_traits(
            adoptions, place, features, "feature", "date", _first_recorded(records, as_of)
        ),
        monetizations=_traits(monetizations, place, models, "business_model", "since", {}),
        surveys=[_survey(s) for s in _of(seen.get("survey", []), place) if s.get("date")],
        tracked_since=_tracked_since(seen.get("market", [])),
        feature_scope={
            str(f["id"]): frozenset(markets)
            for f in curated
            if (markets := _texts(f.get("markets"))) is not None
        },
        feature_category={str(f["id"]): str(f["category"]) for f in curated if f.get("category")},
        versions=_versions(_of(seen.get("version", []), place), place),
        usage=[_usage(r) for r in _published(records, "usage", as_of, evidence)],
        investments=[_investment(r) for r in _published(records, "investment", as_of, evidence)],
    )


def _published(
    records: Iterable[Record], kind: str, as_of: float | None, evidence: str
) -> list[Record]:
    """The visible figures of a kind, those that lost a dispute among them."""
    every = (record for record in visible(records, as_of) if record.get("kind") == kind)
    return [
        r
        for r in every
        if evidence == "any" or UNSOURCED not in (r.get("status"), r.get("evidence"))
    ]


def _usage(record: Record) -> UsageFact:
    metric = str(record["metric"])
    return UsageFact(
        product=str(record["product"]),
        metric=metric,
        unit=UNITS.get(metric),
        value=_number(record.get("value")) or 0.0,
        **_of_figure(record, "period"),
    )


def _investment(record: Record) -> InvestmentFact:
    return InvestmentFact(
        vendor=str(record["vendor"]),
        type=str(record["type"]),
        status=str(record["status"]),
        amount=_number(record.get("amount")),
        currency=_text(record.get("currency")),
        quantity=_number(record.get("quantity")),
        unit=_text(record.get("unit")),
        **_of_figure(record, "date"),
    )


def _of_figure(record: Record, date: str) -> dict[str, Any]:
    text = str(record.get(date) or "")
    lo, hi = _bounds(text)
    return {
        "date": text,
        "lo": lo,
        "hi": hi,
        "is_sourced": bool(record.get("sources")),
        "is_set_aside": record.get("dispute") == "other",
        "id": str(record.get("id") or ""),
    }


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _tracked_since(markets: list[Record]) -> dict[str, int]:
    return {
        str(m["id"]): representative(*_bounds(str(m["tracked_since"])))
        for m in sorted(markets, key=_version)
        if m.get("tracked_since")
    }


def _known(record: Record, as_of: float | None) -> bool:
    superseded, recorded = record.get("superseded_at"), record.get("recorded_at")
    if as_of is None:
        return superseded is None
    started = recorded is None or instant(str(recorded)) <= as_of
    return started and not (superseded is not None and instant(str(superseded)) <= as_of)


def _is_used(record: Record, evidence: str) -> bool:
    is_believed = evidence == "any" or record.get("status") != UNSOURCED
    return is_believed and record.get("dispute") != "other"


def _version(record: Record) -> tuple[float, str]:
    """Where two versions of one record are visible, the later one stands."""
    recorded = record.get("recorded_at")
    return (instant(str(recorded)) if recorded else -np.inf, repr(sorted(record.items(), key=str)))


def _of(records: list[Record], place: Mapping[str, int]) -> list[Record]:
    """Those about a visible product."""
    return [record for record in records if record.get("product") in place]


def _named(records: list[Record], traits: list[Record], key: str) -> list[str]:
    return sorted({str(r["id"]) for r in records} | {str(t[key]) for t in traits})


def _texts(values: object) -> tuple[str, ...] | None:
    return tuple(str(value) for value in values) if isinstance(values, list) else None


def _dates(values: list[object]) -> Dates:
    texts = [str(value) if value else "" for value in values]
    bounds = np.array([_bounds(text) for text in texts], np.int64).reshape(-1, 2)
    return Dates(text=texts, lo=bounds[:, 0].copy(), hi=bounds[:, 1].copy())


def _bounds(text: str) -> tuple[int, int]:
    if not text:
        return NO_DATE, NO_DATE
    said = parse_date(text)
    return said.lo.toordinal() if said.lo else NO_DATE, said.hi.toordinal()


def _recorded(record: Record) -> float:
    at = record.get("recorded_at")
    return instant(str(at)) if at else np.nan


def _first_recorded(
    records: Iterable[Record], as_of: float | None
) -> dict[tuple[object, object], float]:
    """When something was first on record of a product and a feature, by any version that the base
    had by `as_of`; NaN where one does not say."""
    first: dict[tuple[object, object], float] = {}
    for record in records:
        at = _recorded(record)
        if record.get("kind") != "adoption" or (as_of is not None and at > as_of):
            continue
        cell = record["product"], record["feature"]
        first[cell] = min(first.get(cell, np.inf), at) if at == at else np.nan
        if at != at or first[cell] != first[cell]:
            first[cell] = np.nan
    return first


def _traits(
    records: list[Record],
    place: Mapping[str, int],
    ids: list[str],
    key: str,
    since: str,
    began: Mapping[tuple[object, object], float],
) -> Traits:
    items = {item: index for index, item in enumerate(ids)}
    recorded = np.array([_recorded(r) for r in records], np.float64)
    first = [began.get((r["product"], r[key]), at) for r, at in zip(records, recorded, strict=True)]

    def ints(read: Callable[[Record], int]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        return np.array([read(r) for r in records], np.int64)

    return Traits(
        product=ints(lambda r: place[str(r["product"])]),
        item=ints(lambda r: items[str(r[key])]),
        stage=ints(lambda r: _STAGES[str(r.get("stage") or "ga")]),
        start=_dates([r.get(since) for r in records]),
        end=_dates([r.get("until") for r in records]),
        recorded_at=recorded,
        first_recorded_at=np.array(first, np.float64),
        sourced=np.array([bool(r.get("sources")) for r in records], np.bool_),
        ids=[str(r.get("id") or "") for r in records],
    )


def _versions(records: list[Record], place: Mapping[str, int]) -> Versions:
    return Versions(
        product=np.array([place[str(r["product"])] for r in records], np.int64),
        date=_dates([r.get("date") for r in records]),
        sourced=np.array([bool(r.get("sources")) for r in records], np.bool_),
        ids=[str(r.get("id") or "") for r in records],
    )


def _survey(record: Record) -> SurveyFact:
    lo, hi = _bounds(str(record["date"]))
    market = record.get("market")
    features = _texts(record.get("features"))
    return SurveyFact(
        product=str(record["product"]),
        market=None if market is None else str(market),
        features=None if features is None else tuple(sorted(features)),
        lo=lo,
        hi=hi,
        recorded_at=_recorded(record),
    )
