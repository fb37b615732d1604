"""The records of a case, checked before anything is computed from them (metrics.md, 20)."""

from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec

from service.model.dates import InvalidDate, parse_date
from service.usecases.analyses.case_facts import Record, instant

_DATES = ("launched", "discontinued", "date", "since", "until", "tracked_since", "period")
_INSTANTS = ("recorded_at", "superseded_at")


class _Versioned(msgspec.Struct, kw_only=True):
    status: str | None = None
    sources: list[object] | None = None
    recorded_at: str | None = None
    superseded_at: str | None = None


class _Named(_Versioned, kw_only=True):
    id: str


class _Market(_Named, kw_only=True):
    tracked_since: str | None = None


class _Feature(_Named, kw_only=True):
    markets: list[str] | None = None
    category: str | None = None


class _Product(_Named, kw_only=True):
    vendor: str
    markets: list[str] | None = None
    launched: str | None = None
    discontinued: str | None = None


class _Adoption(_Versioned, kw_only=True):
    product: str
    feature: str
    stage: Literal["announced", "preview", "ga"] | None = None
    date: str | None = None
    until: str | None = None


class _Monetization(_Versioned, kw_only=True):
    product: str
    business_model: str
    since: str | None = None
    until: str | None = None


class _Survey(_Versioned, kw_only=True):
    product: str
    market: str | None = None
    features: list[str] | None = None
    date: str | None = None


class _Version(_Versioned, kw_only=True):
    product: str
    name: str
    date: str | None = None


class _Usage(_Versioned, kw_only=True):
    product: str
    metric: str
    value: float
    period: str | None = None
    dispute: str | None = None


class _Investment(_Versioned, kw_only=True):
    vendor: str
    type: str
    status: Literal["planned", "reported", "actual"]
    amount: float | None = None
    currency: str | None = None
    quantity: float | None = None
    unit: str | None = None
    date: str | None = None
    dispute: str | None = None


_SHAPES: Mapping[str, type[_Versioned]] = {
    "vendor": _Named,
    "feature": _Feature,
    "business_model": _Named,
    "market": _Market,
    "product": _Product,
    "adoption": _Adoption,
    "monetization": _Monetization,
    "survey": _Survey,
    "version": _Version,
    "usage": _Usage,
    "investment": _Investment,
}


def first_fault(records: Iterable[Record]) -> str | None:
    """What is wrong with the first record that cannot be read, and where; kinds of no metric
    (sources, groups) are passed over."""
    for place, record in enumerate(records):
        kind = record.get("kind")
        shape = _SHAPES.get(kind) if isinstance(kind, str) else None
        if shape is not None and (fault := _fault(record, shape)):
            return f"records[{place}] ({kind}): {fault}"
    return None


def _fault(record: Record, shape: type[_Versioned]) -> str | None:
    try:
        read = msgspec.structs.asdict(msgspec.convert(record, shape))
        for name in _DATES:
            if read.get(name):
                parse_date(read[name])
        for name in _INSTANTS:
            if read.get(name):
                instant(read[name])
    except msgspec.ValidationError as error:
        return f"{error}.".replace("`", '"')
    except (InvalidDate, ValueError) as error:
        return str(error)
    return None
