"""Parquet files as the lines of CSV that they would be, for import."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from service.formats.files.csv_rows import Writer
from service.formats.text_files import Unreadable
from service.model.errors import Code, Fault
from service.query.types.cells import joined, listed_pairs, paired
from service.texts.sentences import sentence

MARK = b"PAR1"
BATCH = 1000


def is_parquet(path: Path) -> bool:
    """Whether the file begins like one."""
    with path.open("rb") as file:
        return file.read(len(MARK)) == MARK


def kind_in(path: Path) -> str | None:
    """The kind of its records, where the file says so. Raises Unreadable."""
    kind = (_opened(path).schema_arrow.metadata or {}).get(b"kind")
    return None if kind is None else kind.decode()


def csv_lines(path: Path) -> Iterator[bytes]:
    """The header, and a line a row; values of several parts are text. Raises Unreadable."""
    file, writer = _opened(path), Writer()
    yield writer.header(file.schema_arrow.names)
    for batch in file.iter_batches(BATCH):
        for row in batch.to_pylist(maps_as_pydicts="strict"):
            yield writer.row(map(_cell, row.values()))


def _opened(path: Path) -> Any:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return pq.ParquetFile(path)
    except (pa.ArrowException, OSError):
        fault = Fault(Code.INVALID_VALUE, sentence("files.parquet_broken"), pointer="", line=1)
        raise Unreadable(fault) from None


def _cell(value: Any) -> Any:
    if isinstance(value, Mapping):
        is_listed = any(isinstance(inner, list) for inner in value.values())
        return listed_pairs(value) if is_listed else paired(value)
    if isinstance(value, list):
        return joined(_rate(one) if isinstance(one, Mapping) else one for one in value)
    if isinstance(value, float):
        return _number(value)
    return value.isoformat() if isinstance(value, date) else value


def _rate(value: Mapping[str, Any]) -> str:
    """A price by component as its cell has it."""
    amount = _number(value["amount"])
    return f"{value['component']}={amount} {value['currency']}/{value['per']}"


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() else repr(value)
