"""Rows of CSV (RFC 4180), plain or made for Excel."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

_QUOTED = re.compile(r'[,"\r\n]|^ | $|^$')
_FORMULA = re.compile(r"[=+\-@\t\r＝＋－＠]")
BOM = b"\xef\xbb\xbf"


class Writer:
    """Cells to bytes. Null is nothing, an empty text is `""`; lines end in LF.

    `is_excel`: a byte order mark, CRLF, and an apostrophe before what Excel would take for a
    formula. Numbers are never touched.
    """

    def __init__(self, *, is_excel: bool = False) -> None:
        self._is_excel = is_excel
        self._end = "\r\n" if is_excel else "\n"

    def header(self, names: Iterable[str]) -> bytes:
        return (BOM if self._is_excel else b"") + self.row(names)

    def row(self, cells: Iterable[Any], numeric: Iterable[bool] = ()) -> bytes:
        """One line; `numeric` says of which texts to know that they are numbers."""
        known = list(numeric)
        shown = [
            self._cell(cell, is_number=bool(known) and known[place])
            for place, cell in enumerate(cells)
        ]
        return (",".join(shown) + self._end).encode()

    def _cell(self, cell: object, *, is_number: bool) -> str:
        if cell is None:
            return ""
        if isinstance(cell, bool):
            return "true" if cell else "false"
        if not isinstance(cell, str):
            return format(cell, "f") if isinstance(cell, Decimal) else str(cell)
        if self._is_excel and not is_number and _FORMULA.match(cell):
            cell = f"'{cell}"
        return _quoted(cell) if _QUOTED.search(cell) else cell


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
