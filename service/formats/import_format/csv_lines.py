"""Lines of a CSV file of one kind to rows, by way of the import format's own checks."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from service import limits
from service.formats.import_format.csv_columns import Column, column, unknown
from service.formats.import_format.lines import read_line, too_long
from service.model.errors import Code, Fault
from service.query.fields import Collection
from service.query.rows import Row

BOM = b"\xef\xbb\xbf"


class Unreadable(Exception):
    """From here on the file cannot be read; `faults` say why."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(faults[0].detail)
        self.faults = list(faults)


def read_csv(collection: Collection, lines: Iterable[bytes]) -> Iterator[Row | list[Fault]]:
    """Each record of an RFC 4180 file whose header names columns; an empty cell is null.

    Raises Unreadable: for a wrong header, broken quotes, no UTF-8, an over-long line.
    """
    source = _Lines(lines)
    cells = csv.reader(source, strict=True)
    header = _header(collection, _next(cells, 1) or [])
    end = source.number
    while (record := _next(cells, end + 1)) is not None:
        begin, end = end + 1, source.number
        if record:
            yield _read(collection, header, begin, record)


class _Lines:
    """The lines as text, each checked before it is parsed; `number` is the last one's."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self._lines = iter(lines)
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.number += 1
        if self.number == 1:
            line = line.removeprefix(BOM)
        if len(line) > limits.IMPORT_LINE_BYTES:
            raise Unreadable(too_long(self.number))
        try:
            return line.decode("utf-8")
        except UnicodeDecodeError:
            raise Unreadable(_fault(self.number, Code.INVALID_VALUE, "", "No UTF-8.")) from None


def _next(cells: Iterator[list[str]], line: int) -> list[str] | None:
    """The record that begins on a line."""
    try:
        return next(cells, None)
    except csv.Error as error:
        detail = f"Not CSV as RFC 4180 has it: {error}."
        raise Unreadable(_fault(line, Code.INVALID_CSV, "", detail)) from None


def _header(collection: Collection, names: list[str]) -> list[Column]:
    if not names:
        raise Unreadable(_fault(1, Code.INVALID_CSV, "", "No header; name the columns first."))
    if len(names) > limits.CSV_COLUMNS_MAX:
        detail = f"{len(names)} columns; at most {limits.CSV_COLUMNS_MAX}."
        raise Unreadable(_fault(1, Code.INVALID_CSV, "", detail))
    found = [column(collection, name.strip()) for name in names]
    faults = [
        unknown(collection, name.strip())
        for name, made in zip(names, found, strict=True)
        if made is None
    ]
    known = [made for made in found if made is not None]
    paths = [made.path for made in known]
    faults += [
        _fault(1, Code.INVALID_CSV, made.pointer, "Two columns fill it; keep one.")
        for n, made in enumerate(known)
        if made.path in paths[:n]
    ]
    if faults:
        raise Unreadable(*faults)
    return known


def _read(
    collection: Collection, header: list[Column], line: int, cells: list[str]
) -> Row | list[Fault]:
    if len(cells) != len(header):
        detail = f"{len(cells)} cells; the header has {len(header)} columns."
        return [_fault(line, Code.INVALID_CSV, "", detail)]
    record: dict[str, Any] = {"kind": collection.kind}
    faults: list[Fault] = []
    for made, cell in zip(header, cells, strict=True):
        if cell:
            try:
                _put(record, made.path, made.value(cell))
            except (msgspec.DecodeError, RecursionError):
                detail = "The cell is no JSON."
                faults.append(_fault(line, Code.INVALID_JSON, made.pointer, detail))
    return read_line(line, msgspec.json.encode(record), faults)


def _put(record: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    for step in path[:-1]:
        record = record.setdefault(step, {})
    record[path[-1]] = value


def _fault(line: int, code: Code, pointer: str, detail: str) -> Fault:
    return Fault(code, detail, line=line, pointer=pointer)
