"""Stored records as the API shows them: every declared field present, unknown is null."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import msgspec

from service.formats.import_format.record_types import Rate
from service.query.fields import Collection, Field, Type
from service.query.registry import BY_KIND
from service.query.views import VIEWS

Record = dict[str, Any]


def render(collection: Collection, row: Record, lang: str) -> Record:
    """The wire form of one stored row, in the reader's language where a name has it."""
    shown: Record = {
        "object": collection.kind,
        "id": row["id"],
        "href": _href(collection, row),
    }
    reasons: dict[str, str] = {}
    for field in collection.fields:
        if field.type is Type.NAMES:
            shown |= _names(row, lang)
            continue
        value = _value(field, row)
        shown[field.name] = value
        if value is None and field.null_reason:
            reasons[field.name] = field.null_reason
    shown["null_reasons"] = reasons
    shown["revision"] = row["revision"]
    shown["recorded_at"] = instant_text(row["recorded_at"])
    shown["updated_at"] = instant_text(row["updated_at"])
    return shown


def record_keys(collection: Collection) -> list[str]:
    """The keys of a rendered record, in their order."""
    keys = ["object", "id", "href"]
    for field in collection.fields:
        keys += ["name", "name_lang", "names"] if field.type is Type.NAMES else [field.name]
    return [*keys, "null_reasons", "revision", "recorded_at", "updated_at"]


def _href(collection: Collection, row: Record) -> str:
    """Of the record; of a view's row the record behind it."""
    if collection in VIEWS:
        return f"/v1/{BY_KIND[row['kind']].name}/{row['record_id']}"
    return f"/v1/{collection.name}/{row['id']}"


def _names(row: Record, lang: str) -> Record:
    names: dict[str, str] = msgspec.json.decode(row["names"])
    used = next((tag for tag in (lang, "en", *sorted(names)) if tag in names), None)
    return {"name": names[used] if used else row["id"], "name_lang": used, "names": names}


def _value(field: Field, row: Record) -> Any:
    if field.type is Type.MONEY:
        amount, currency, per = (row[column] for column in field.columns)
        if amount is None:
            return None
        return {"amount": amount_text(amount), "currency": currency, "per": per}
    value = row[field.name]
    if value is None:
        return None
    if field.type is Type.DECIMAL:
        return amount_text(value)
    if field.type is Type.RATES:
        return [{**_fields(rate), "amount": amount_text(rate.amount)} for rate in _rates(value)]
    return value


def amount_text(amount: Decimal) -> str:
    """A decimal string without exponent."""
    return format(amount, "f")


def instant_text(instant: datetime) -> str:
    """RFC 3339, UTC, milliseconds."""
    utc = instant.astimezone(UTC).replace(tzinfo=None)
    return f"{utc.isoformat(timespec='milliseconds')}Z"


_rates = msgspec.json.Decoder(list[Rate]).decode
_fields = msgspec.structs.asdict
_encoder = msgspec.json.Encoder()


def encode(value: Any) -> bytes:
    return _encoder.encode(value)
