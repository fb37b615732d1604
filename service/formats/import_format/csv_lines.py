"""Lines of a CSV file of one kind to rows, by way of the import format's own checks."""

import csv
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from service import limits
from service.formats.import_format.companions import with_related
from service.formats.import_format.csv_columns import RelatedCell, column, fill, unknown
from service.formats.import_format.lines import read_line, too_long
from service.formats.import_format.recognition import expecting_csv
from service.formats.json_records import encode
from service.formats.text_files import NOT_UTF8, Unreadable
from service.model.errors import Code, Fault, pointer_to
from service.query.fields import Collection
from service.query.rows import Row
from service.query.types.cells import Cell
from service.texts.sentences import Sentence, sentence, word

SEPARATORS = (",", ";", "\t")
NOTHING = ' ",;\t\r\n'
# Spreadsheets name the separator of their file on its first line: sep=;
_NAMED = re.compile(r"sep=([,;\t])\s*\Z", re.IGNORECASE)
Header = list[Cell | RelatedCell | None]
# Of a record without names the cell is empty, which says that its name is its id.
NO_LANGUAGE = ("name_lang",)


def read_csv(collection: Collection, lines: Iterable[bytes]) -> Iterator[Row | list[Fault]]:
    """Each record of an RFC 4180 file whose header names columns; an empty cell is null.

    Cells are parted by commas, semicolons or tabs, whichever make most of the header's names
    columns. Rows of empty cells are nothing, and so are empty columns without a name.
    Raises Unreadable: for another format, a wrong header, broken quotes, no UTF-8, an over-long
    line.
    """
    source, cells = table(collection, lines)
    header = _header(collection, _next(cells, source.number) or [], source.number)
    end = source.number
    while (record := _next(cells, end + 1)) is not None:
        begin, end = end + 1, source.number
        record = [cell.strip() for cell in record]
        if any(record):
            yield _read(collection, header, begin, record)


def table(collection: Collection, lines: Iterable[bytes]) -> tuple["_Lines", Iterator[list[str]]]:
    """The lines, and the cells of each record, those of the header first. Raises Unreadable."""
    source = _Lines(expecting_csv(lines))
    first, named = _first(source)
    separator = named or _separator(collection, first)
    cells = csv.reader(
        chain([first], source), delimiter=separator, strict=True, skipinitialspace=True
    )
    return source, cells


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
        if len(line) > limits.IMPORT_LINE_BYTES:
            raise Unreadable(too_long(self.number))
        try:
            return line.decode("utf-8")
        except UnicodeDecodeError:
            raise Unreadable(_fault(self.number, Code.INVALID_VALUE, "", NOT_UTF8)) from None


def _first(source: _Lines) -> tuple[str, str]:
    """The line of the header, after empty ones; the separator, if a line names it."""
    separator = ""
    for line in source:
        if not separator and (named := _NAMED.match(line)):
            separator = named[1]
        elif line.strip(NOTHING):
            return line, separator
    raise Unreadable(_fault(1, Code.INVALID_CSV, "", sentence("files.no_header")))


def _separator(collection: Collection, line: str) -> str:
    def n_known(separator: str) -> int:
        names = line.split(separator, limits.CSV_COLUMNS_MAX)
        return sum(column(collection, name.strip(NOTHING)) is not None for name in names)

    return max(SEPARATORS, key=n_known)


def _next(cells: Iterator[list[str]], line: int) -> list[str] | None:
    """The record that begins on a line."""
    try:
        return next(cells, None)
    except csv.Error as error:
        detail = sentence("files.not_csv", reason=word(str(error), "csv"))
        raise Unreadable(_fault(line, Code.INVALID_CSV, "", detail)) from None


def _header(collection: Collection, names: list[str], line: int) -> Header:
    if len(names) > limits.CSV_COLUMNS_MAX:
        detail = sentence("files.columns", n=len(names), most=limits.CSV_COLUMNS_MAX)
        raise Unreadable(_fault(line, Code.INVALID_CSV, "", detail))
    names = [name.strip() for name in names]
    found = [column(collection, name) for name in names]
    faults = [
        unknown(collection, name, line)
        for name, made in zip(names, found, strict=True)
        if name and made is None
    ]
    known = [made for made in found if made is not None]
    places = [made.place for made in known]
    faults += [
        _fault(line, Code.INVALID_CSV, pointer_to(*place), sentence("files.doubled"))
        for n, place in enumerate(places)
        if place in places[:n]
    ]
    if faults:
        raise Unreadable(*faults)
    return found


def _read(collection: Collection, header: Header, line: int, cells: list[str]) -> Row | list[Fault]:
    if len(cells) < len(header) or any(cells[len(header) :]):
        detail = sentence("files.cells", n=len(cells), columns=len(header))
        return [_fault(line, Code.INVALID_CSV, "", detail)]
    record: dict[str, Any] = {"kind": collection.kind}
    related: dict[str, Any] = {}
    faults: list[Fault] = []
    for place, (made, cell) in enumerate(zip(header, cells, strict=False), 1):
        if isinstance(made, RelatedCell):
            faults += _filled(related, line, made, cell)
        elif cell and made is None:
            detail = sentence("files.unnamed", cell=cell[:80], place=place)
            faults.append(_fault(line, Code.INVALID_CSV, "", detail))
        elif cell and made is not None:
            faults += _filled(record, line, made, cell)
        elif made is not None and made.place == NO_LANGUAGE:
            record[made.place[0]] = None
    row = read_line(line, encode(record), faults)
    return with_related(row, related) if related and isinstance(row, Row) else row


def _filled(record: dict[str, Any], line: int, made: Cell | RelatedCell, cell: str) -> list[Fault]:
    """Put the cell into the record, or say why it cannot be."""
    try:
        if fill(record, made, cell):
            return []
    except (ValueError, RecursionError):
        pointer = pointer_to(*made.place)
        return [_fault(line, Code.INVALID_JSON, pointer, sentence("said.cell"))]
    detail = sentence("said.twice", one=made.place[0], other=".".join(made.place))
    return [_fault(line, Code.INVALID_VALUE, pointer_to(*made.place), detail)]


def _fault(line: int, code: Code, pointer: str, detail: Sentence) -> Fault:
    return Fault(code, detail, line=line, pointer=pointer)
