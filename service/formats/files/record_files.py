"""Records as files: the lines of CSV and NDJSON, one batch after the other."""

from collections.abc import Iterable
from typing import Any, Protocol

import msgspec

from service.formats.files.csv_rows import Writer
from service.formats.json_records import encode
from service.model.notices import Notice
from service.query.types.cells import Column

Shown = dict[str, Any]


class Lines(Protocol):
    """Makes the bytes of a file."""

    def header(self) -> bytes:
        """What stands before the first record."""

    def lines(self, records: Iterable[Shown]) -> bytes:
        """One line a record."""

    def told(self, notices: list[Notice]) -> bytes:
        """What must be known of the records, behind the last of them; there is something."""

    def end(self) -> bytes:
        """What stands at the end."""


class CsvLines:
    """A table with a header of dotted paths."""

    def __init__(self, columns: list[Column], *, is_excel: bool = False) -> None:
        self._columns = columns
        self._numeric = [column.is_numeric for column in columns]
        self._writer = Writer(is_excel=is_excel)

    def header(self) -> bytes:
        return self._writer.header(column.name for column in self._columns)

    def lines(self, records: Iterable[Shown]) -> bytes:
        return b"".join(
            self._writer.row([c.read(record) for c in self._columns], self._numeric)
            for record in records
        )

    def told(self, notices: list[Notice]) -> bytes:
        """A row each, whose first cell is a comment; the others are empty."""
        empty = [None] * (len(self._columns) - 1)
        return b"".join(
            self._writer.row([f"# {notice.code}: {notice.detail}", *empty]) for notice in notices
        )

    def end(self) -> bytes:
        return b""


class NdjsonLines:
    """The records as the API shows them; `keys` keeps only these, in this order."""

    def __init__(self, keys: list[str] | None = None) -> None:
        self._keys = keys

    def header(self) -> bytes:
        return b""

    def lines(self, records: Iterable[Shown]) -> bytes:
        return b"".join(encode(self._kept(record)) + b"\n" for record in records)

    def told(self, notices: list[Notice]) -> bytes:
        """An object each, which is no record."""
        told = ({"object": "warning"} | msgspec.to_builtins(notice) for notice in notices)
        return b"".join(encode(one) + b"\n" for one in told)

    def end(self) -> bytes:
        return b""

    def _kept(self, record: Shown) -> Shown:
        if self._keys is None:
            return record
        kept = {key: record[key] for key in self._keys}
        if "null_reasons" in kept:
            reasons = kept["null_reasons"]
            kept["null_reasons"] = {k: v for k, v in reasons.items() if k in kept}
        return kept
