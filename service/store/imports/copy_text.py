"""Rows as the text that COPY reads, made column by column."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

_NULL = r"\N"
_MARKS = {"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"}
_MARKED = str.maketrans(_MARKS)
_QUOTED = str.maketrans({"\\": r"\\", '"': r"\""})


def copy_text(rows: Iterable[Sequence[Any]]) -> bytes:
    """A line for each row; cells are None, texts, lists of texts, and what PostgreSQL reads as
    `str` writes it."""
    columns = [_cells(column) for column in zip(*rows, strict=True)]
    return "".join(f"{line}\n" for line in map("\t".join, zip(*columns, strict=True))).encode()


def _cells(column: Sequence[Any]) -> Sequence[str]:
    types = {*map(type, column)}
    if types == {str}:
        return _marked(column)
    n_held = len(column) - column.count(None)
    if not n_held:
        return [_NULL] * len(column)
    if n_held < len(column):
        held = iter(_cells([cell for cell in column if cell is not None]))
        return [_NULL if cell is None else next(held) for cell in column]
    return _marked(_lists(column) if types <= {list, tuple} else [*map(str, column)])


def _marked(texts: Sequence[str]) -> Sequence[str]:
    """What COPY would read as an end of a cell or a line is marked."""
    every = "".join(texts)
    if not any(mark in every for mark in _MARKS):
        return texts
    return [text.translate(_MARKED) for text in texts]


def _lists(column: Sequence[Sequence[str]]) -> list[str]:
    every = "".join(chain.from_iterable(column))
    if '"' in every or "\\" in every:
        column = [[text.translate(_QUOTED) for text in texts] for texts in column]
    joined = map('","'.join, column)
    return [f'{{"{one}"}}' if texts else "{}" for texts, one in zip(column, joined, strict=True)]
