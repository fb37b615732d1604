"""Parquet files as the lines of CSV that they would be, for import."""

from collections.abc import Iterator, Mapping
from datetime import date
from io import BytesIO
from itertools import repeat
from pathlib import Path
from typing import Any

from service.formats.files.csv_rows import Writer
from service.formats.text_files import Unreadable
from service.model.errors import Code, Fault, pointer_to
from service.query.types.cells import joined, listed_pairs, paired
from service.texts.sentences import sentence

MARK = b"PAR1"
BATCH = 100  # rows that are held at once
# What the footer says may be larger than the table as text: whole numbers have eight bytes.
_WIDER = 4
_RATE = ("component", "amount", "currency", "per")


class Unfolds(Unreadable):
    """The file holds more than may be taken."""

    def __init__(self, most: int) -> None:
        detail = sentence("files.parquet_large", most=most)
        super().__init__(Fault(Code.PAYLOAD_TOO_LARGE, detail, pointer="", line=1))


def is_parquet(path: Path) -> bool:
    """Whether the file begins like one."""
    with path.open("rb") as file:
        return file.read(len(MARK)) == MARK


def kind_in(source: Path | bytes) -> str | None:
    """The kind of its records, where the file says so. Raises Unreadable."""
    kind = (_opened(source).schema_arrow.metadata or {}).get(b"kind")
    return None if kind is None else kind.decode(errors="replace")


def csv_lines(source: Path | bytes, most: int | None = None) -> Iterator[bytes]:
    """The header, and a line a row; values of several parts are text.

    Raises Unreadable, Unfolds before there are more than `most` bytes of lines.
    """
    file, writer, left = _opened(source), Writer(), most
    if most is not None:
        _check_told(file.metadata, most)
    _check_types(file.schema_arrow)
    yield writer.header(file.schema_arrow.names)
    try:
        for batch in file.iter_batches(BATCH):
            for row in _rows(batch):
                line = writer.row(map(_cell, row))
                if most is not None and left is not None and (left := left - len(line)) < 0:
                    raise Unfolds(most)
                yield line
    except MemoryError:
        if most is None:
            raise
        raise Unfolds(most) from None
    except _wrong() as error:
        raise _broken() from error


def _check_told(metadata: Any, most: int) -> None:
    """By what the footer says, which may be less than there is."""
    groups = map(metadata.row_group, range(metadata.num_row_groups))
    size = sum(group.total_byte_size for group in groups)
    if metadata.num_rows > most or size > _WIDER * most:
        raise Unfolds(most)


def _check_types(schema: Any) -> None:
    faults = [
        Fault(
            Code.INVALID_VALUE,
            sentence("files.parquet_type", name=field.name[:80], type=str(field.type)[:80]),
            pointer=pointer_to(field.name[:80]),
            line=1,
        )
        for field in schema
        if not _is_taken(field.type)
    ]
    if faults:
        raise Unreadable(*faults)


def _is_taken(kind: Any) -> bool:
    """Whether a cell says what values of the type do."""
    from pyarrow import types

    if types.is_map(kind):
        held = kind.item_type.value_type if _is_list(kind.item_type) else kind.item_type
        return _is_simple(kind.key_type) and _is_simple(held)
    if _is_list(kind) and types.is_struct(kind.value_type):
        fields = list(kind.value_type)
        is_rate = {field.name for field in fields} == set(_RATE)
        return is_rate and all(_is_simple(field.type) for field in fields)
    return _is_simple(kind.value_type if _is_list(kind) else kind)


def _is_list(kind: Any) -> bool:
    from pyarrow import types

    return bool(types.is_list(kind) or types.is_large_list(kind) or types.is_fixed_size_list(kind))


def _is_simple(kind: Any) -> bool:
    from pyarrow import types

    kind = kind.value_type if types.is_dictionary(kind) else kind
    is_text = types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind)
    is_number = types.is_integer(kind) or types.is_floating(kind) or types.is_decimal(kind)
    is_day = types.is_date(kind) or types.is_timestamp(kind)
    return bool(is_text or is_number or is_day or types.is_boolean(kind) or types.is_null(kind))


def _rows(batch: Any) -> Iterator[tuple[Any, ...]]:
    """Two columns may have one name."""
    columns = [column.to_pylist(maps_as_pydicts="strict") for column in batch.columns]
    return zip(*columns, strict=True) if columns else repeat((), 0)


def _opened(source: Path | bytes) -> Any:
    import pyarrow.parquet as pq

    try:
        return pq.ParquetFile(source if isinstance(source, Path) else BytesIO(source))
    except _wrong() as error:
        raise _broken() from error


def _wrong() -> tuple[type[Exception], ...]:
    """What reading raises where a file is not as it should be."""
    import pyarrow as pa

    return pa.ArrowException, OSError, ValueError, ArithmeticError, LookupError


def _broken() -> Unreadable:
    detail = sentence("files.parquet_broken")
    return Unreadable(Fault(Code.INVALID_VALUE, detail, pointer="", line=1))


def _cell(value: Any) -> Any:
    """Null within a value is nothing of it."""
    if isinstance(value, Mapping):
        held = {name: inner for name, inner in value.items() if inner is not None}
        is_listed = any(isinstance(inner, list) for inner in held.values())
        return (
            listed_pairs({k: _present(v) for k, v in held.items()}) if is_listed else paired(held)
        )
    if isinstance(value, list):
        return joined(_rate(one) if isinstance(one, Mapping) else one for one in _present(value))
    if isinstance(value, float):
        return _number(value)
    return value.isoformat() if isinstance(value, date) else value


def _present(values: list[Any]) -> list[Any]:
    return [value for value in values if value is not None]


def _rate(value: Mapping[str, Any]) -> str:
    """A price by component as its cell has it."""
    component, amount, currency, per = (value[name] for name in _RATE)
    return f"{component or ''}={_number(amount)} {currency or ''}/{per or ''}"


def _number(value: Any) -> str:
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return "" if value is None else str(value)
