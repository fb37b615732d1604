"""Lines of the import format to rows, each fault with its line, pointer and code."""

import re
from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_
from typing import Any

import msgspec

from service import limits
from service.formats.import_format.record_types import RECORD_TYPES
from service.model.dates import InvalidDate
from service.model.errors import Code, Fault
from service.query.fields import Collection, Field
from service.query.registry import BY_KIND
from service.query.rows import Faulty, Pointed, Row
from service.query.types.shapes import form_of

_PATTERN = re.compile(r"matching regex '(.*)'\Z")
_AT = re.compile(r" - at `(?:key in )?\$(.*)`$")

_decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder(reduce(or_, RECORD_TYPES.values()))


def read_line(line: int, data: bytes) -> Row | list[Fault]:
    """Decode and check one record."""
    try:
        record = _decoder.decode(data)
    except msgspec.ValidationError as error:
        return [_shape_fault(line, str(error))]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        detail = "Nested too deep." if isinstance(error, RecursionError) else f"{error}"
        return [_fault(line, Code.INVALID_JSON, "", detail[:200])]
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
    for field in collection.references:
        if field.to != "sources":
            value = getattr(record, field.import_key) or []
            ids = [value] if isinstance(value, str) else sorted(set(value))
            yield from (Pointed(line, field, record_id) for record_id in ids)


def read_lines(lines: Iterable[bytes]) -> Iterator[Row | list[Fault]]:
    """Each line that is not blank, read."""
    for number, line in enumerate(lines, 1):
        text = line.strip()
        if len(text) > limits.IMPORT_LINE_BYTES:
            yield [too_long(number)]
        elif text:
            yield read_line(number, text)


def too_long(line: int) -> Fault:
    detail = f"Longer than {limits.IMPORT_LINE_BYTES} bytes."
    return _fault(line, Code.PAYLOAD_TOO_LARGE, "", detail)


def _fault(line: int, code: Code, pointer: str, detail: str) -> Fault:
    most = limits.FAULT_CHARACTERS
    return Fault(code, detail[:most], line=line, pointer=pointer[:most])


def _shape_fault(line: int, message: str) -> Fault:
    at = _AT.search(message)
    pointer = re.sub(r"\[(\d+|\.\.\.)\]", r"/\1", at[1].replace(".", "/", 1)) if at else ""
    detail = _worded(_AT.sub("", message)).replace("`", '"')
    if unknown := re.search(r'unknown field "(.*)"', detail, re.DOTALL):
        return _fault(line, Code.UNKNOWN_FIELD, f"{pointer}/{unknown[1]}", detail)
    return _fault(line, Code.VALIDATION_FAILED, pointer, detail)


def _worded(message: str) -> str:
    if matched := _PATTERN.search(message):
        # msgspec shows the pattern as a Python literal.
        return f"Expected {form_of(matched[1].encode().decode('unicode_escape'))}."
    return message


def _values(
    line: int, field: Field, record: Any, collection: Collection, faults: list[Fault]
) -> list[Any]:
    """The column values of one field; what is wrong is added to `faults`."""
    if field.name == "evidence":
        return [_evidence(line, record, collection, getattr(record, field.import_key), faults)]

    def wrong(pointer: str, error: ValueError) -> None:
        code = Code.INVALID_DATE if isinstance(error, InvalidDate) else Code.INVALID_VALUE
        faults.append(_fault(line, code, pointer, str(error)))

    return field.type.read(record, field.import_key, wrong)


def _evidence(
    line: int, record: Any, collection: Collection, stated: str | None, faults: list[Fault]
) -> str:
    has_source = bool(record.sources)
    if stated == "unsourced":
        return "unsourced"
    if collection.needs_source and not has_source:
        detail = 'At least one source, or status "unsourced".'
        faults.append(_fault(line, Code.SOURCE_REQUIRED, "/sources", detail))
    return "sourced" if has_source else "unstated"


def write_line(collection: Collection, row: dict[str, Any]) -> bytes:
    """The canonical line of a stored row: key order of the registry, absent values left out.

    `row` holds the columns; `source_ids` holds addresses here too.
    """
    record: dict[str, Any] = {"kind": collection.kind}
    if collection.is_entity:
        record["id"] = row["id"]
    for field in collection.stored:
        record |= _written(field, row)
    return msgspec.json.format(_number.encode(record), indent=0) + b"\n"


_number = msgspec.json.Encoder(decimal_format="number")


def _written(field: Field, row: dict[str, Any]) -> dict[str, Any]:
    if field.name == "evidence":
        is_unsourced = row["evidence"] == "unsourced"
        return {field.import_key: "unsourced"} if is_unsourced else {}
    members = field.type.line(field.name, field.import_key, row)
    return {
        key: value
        for key, value in members.items()
        if field.always or (value is not None and value != [])
    }
