"""Lines of the import format to rows, each fault with its line, pointer and code."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any

import msgspec

from service import limits
from service.formats.import_format.record_types import RECORD_TYPES, Money, Rate, form_of
from service.model.dates import InvalidDate, parse_date
from service.query.fields import Collection, Field, Type
from service.query.registry import BY_KIND
from service.query.rows import Faulty, Pointed, Row, RowFault

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
HIDDEN = re.compile(
    r"[\n\r\t\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    r"\U000e0000-\U000e007f]"
)
MAX_DIGITS = 30
_PATTERN = re.compile(r"matching regex '(.*)'\Z")
_AT = re.compile(r" - at `(?:key in )?\$(.*)`$")

_decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder(reduce(or_, RECORD_TYPES.values()))
_rates = msgspec.json.Decoder(list[Rate])
_plain = msgspec.json.Encoder(order="sorted", decimal_format="number")


def read_line(line: int, data: bytes) -> Row | list[RowFault]:
    """Decode and check one record."""
    try:
        record = _decoder.decode(data)
    except msgspec.ValidationError as error:
        return [_shape_fault(line, str(error))]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        detail = "Nested too deep." if isinstance(error, RecursionError) else f"{error}"
        return [_fault(line, "invalid_json", "", detail[:200])]
    collection = BY_KIND[str(record.__struct_config__.tag)]
    faults = Faulty()
    values: list[Any] = [record.id]
    for field in collection.stored:
        values += _values(line, field, record, collection, faults)
    if not faults:
        return Row(line, collection, tuple(values))
    faults.pointed = tuple(_pointed(line, collection, record))
    return faults


def _pointed(line: int, collection: Collection, record: Any) -> Iterator[Pointed]:
    """Where the record points to, but for its sources, which an import makes."""
    for field in collection.of_type(Type.REFERENCE, Type.REFERENCES):
        if field.to != "sources":
            value = getattr(record, field.import_key) or []
            ids = [value] if isinstance(value, str) else sorted(set(value))
            yield from (Pointed(line, field, record_id) for record_id in ids)


def read_lines(lines: Iterable[bytes]) -> Iterator[Row | list[RowFault]]:
    """Each line that is not blank, read."""
    for number, line in enumerate(lines, 1):
        text = line.strip()
        if len(text) > limits.IMPORT_LINE_BYTES:
            yield [too_long(number)]
        elif text:
            yield read_line(number, text)


def too_long(line: int) -> RowFault:
    detail = f"Longer than {limits.IMPORT_LINE_BYTES} bytes."
    return _fault(line, "payload_too_large", "", detail)


def _fault(line: int, code: str, pointer: str, detail: str) -> RowFault:
    most = limits.FAULT_CHARACTERS
    return RowFault(line=line, code=code, pointer=pointer[:most], detail=detail[:most])


def _shape_fault(line: int, message: str) -> RowFault:
    at = _AT.search(message)
    pointer = re.sub(r"\[(\d+|\.\.\.)\]", r"/\1", at[1].replace(".", "/", 1)) if at else ""
    detail = _worded(_AT.sub("", message)).replace("`", '"')
    if unknown := re.search(r'unknown field "(.*)"', detail, re.DOTALL):
        return _fault(line, "unknown_field", f"{pointer}/{unknown[1]}", detail)
    return _fault(line, "validation_failed", pointer, detail)


def _worded(message: str) -> str:
    if matched := _PATTERN.search(message):
        # msgspec shows the pattern as a Python literal.
        return f"Expected {form_of(matched[1].encode().decode('unicode_escape'))}."
    return message


def _values(
    line: int, field: Field, record: Any, collection: Collection, faults: list[RowFault]
) -> list[Any]:
    """The column values of one field; what is wrong is added to `faults`."""
    pointer = f"/{field.import_key}"
    if field.name == "evidence":
        return [_evidence(line, record, collection, getattr(record, field.import_key), faults)]
    if field.type is Type.NAMES:
        return [_names(line, record, faults)]
    value = getattr(record, field.import_key)
    if value is None:
        return [_empty(field)] * len(field.columns)
    try:
        return _checked(field, value)
    except InvalidDate as error:
        faults.append(_fault(line, "invalid_date", pointer, str(error)))
    except ValueError as error:
        faults.append(_fault(line, "invalid_value", pointer, str(error)))
    return [None] * len(field.columns)


def _empty(field: Field) -> Any:
    if field.type is Type.TEXTS or (field.type is Type.REFERENCES and not field.always):
        return []
    return None


def _checked(field: Field, value: Any) -> list[Any]:
    match field.type:
        case Type.DATE:
            return [parse_date(value).text]
        case Type.MONEY:
            return [_amount(value.amount), value.currency, value.per]
        case Type.RATES:
            return [_plain.encode([_rate(rate) for rate in value]).decode()]
        case Type.DECIMAL:
            return [_amount(value)]
        case Type.REFERENCES:
            return [sorted(set(value))]
        case Type.TEXTS:
            return [sorted({_text(item, HIDDEN) for item in value})]
        case Type.COUNT:
            return [value]
    return [_text(value, CONTROL)]


def _rate(rate: Any) -> Any:
    _amount(rate.amount)
    return rate


def _amount(value: Decimal) -> Decimal:
    digits = value.as_tuple()
    exponent = digits.exponent
    if not isinstance(exponent, int):
        raise ValueError("Not a finite number.")
    if len(digits.digits) > MAX_DIGITS or not -12 <= exponent <= 0:
        value = _plain_decimal(value)
    if value < 0:
        raise ValueError("Below zero.")
    return value


def _plain_decimal(value: Decimal) -> Decimal:
    if abs(value.adjusted()) > MAX_DIGITS or len(value.as_tuple().digits) > MAX_DIGITS:
        raise ValueError(f"More than {MAX_DIGITS} digits.")
    return Decimal(format(value, "f"))


def _text(value: str, forbidden: re.Pattern[str]) -> str:
    if CONTROL.search(value) or forbidden.search(value):
        raise ValueError("Holds a control or invisible character.")
    if value.isspace():
        raise ValueError("Blank.")
    return unicodedata.normalize("NFC", value)


def _names(line: int, record: Any, faults: list[RowFault]) -> str:
    names: dict[str, str] = {}
    given = {**({"en": record.name} if record.name else {}), **(record.names or {})}
    for language, name in given.items():
        try:
            names[language] = _text(name, HIDDEN)
        except ValueError as error:
            faults.append(_fault(line, "invalid_value", f"/names/{language}", str(error)))
    return _plain.encode(names).decode()


def _evidence(
    line: int, record: Any, collection: Collection, stated: str | None, faults: list[RowFault]
) -> str:
    has_source = bool(record.sources)
    if stated == "unsourced":
        return "unsourced"
    if collection.needs_source and not has_source:
        detail = 'At least one source, or status "unsourced".'
        faults.append(_fault(line, "source_required", "/sources", detail))
    return "sourced" if has_source else "unstated"


def write_line(collection: Collection, row: dict[str, Any]) -> bytes:
    """The canonical line of a stored row: key order of the registry, absent values left out.

    `row` holds the columns; `source_ids` holds addresses here too.
    """
    record: dict[str, Any] = {"kind": collection.kind}
    if collection.is_entity:
        record["id"] = row["id"]
    for field in collection.stored:
        _write_field(record, field, row)
    return msgspec.json.format(_number.encode(record), indent=0) + b"\n"


_number = msgspec.json.Encoder(decimal_format="number")


def _write_field(record: dict[str, Any], field: Field, row: dict[str, Any]) -> None:
    if field.name == "evidence":
        if row["evidence"] == "unsourced":
            record[field.import_key] = "unsourced"
        return
    if field.type is Type.NAMES:
        names = msgspec.json.decode(row["names"])
        if "en" in names:
            record["name"] = names.pop("en")
        value: Any = names or None
    elif field.type is Type.MONEY:
        amount, currency, per = (row[c] for c in field.columns)
        value = None if amount is None else Money(_plain_decimal(amount), currency, per)
    elif field.type is Type.RATES and row[field.name] is not None:
        value = _rates.decode(row[field.name])
    elif field.type is Type.DECIMAL and row[field.name] is not None:
        value = _plain_decimal(row[field.name])
    else:
        value = row[field.name]
    if field.always or (value is not None and value != []):
        record[field.import_key] = value
