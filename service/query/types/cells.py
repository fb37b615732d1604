"""Values as cells of a table: how they are read off a shown record."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

Shown = dict[str, Any]
Reader = Callable[[Shown], Any]
LISTED, PAIRS = list[str], dict[str, str]  # shapes of values with parts


class Nested(NamedTuple):
    """A value of several parts, for files that hold it as it is: its type, and how it is read off a
    shown record.
    """

    shape: Any
    read: Reader


class Column(NamedTuple):
    """One column: its dotted path, how it is read off a shown record, what its cells hold: string,
    integer, number, date or datetime. `nested` is what a cell says as a text made of it.
    """

    name: str
    read: Reader
    holds: str = "string"
    nested: Nested | None = None

    @property
    def is_numeric(self) -> bool:
        return self.holds in ("integer", "number")


class Cell(NamedTuple):
    """A column of a file to import: the place that it fills in a record, and how it is read."""

    place: tuple[str, ...]
    read: Callable[[str], Any]


def plain(name: str, record: Shown) -> Any:
    return record[name]


def inner(name: str, part: str, record: Shown) -> Any:
    """One member of a value that has several."""
    value = record[name]
    return None if value is None else value.get(part)


def kept(name: str, shape: Any) -> Nested:
    """A value of several parts as a record shows it."""
    return Nested(shape, partial(plain, name))


EMPTY_LIST = "[]"
BAR = "|"
_PIECE = re.compile(r"\\([\\|\[])|(\|)|([^\\|]+|\\)")


def joined(values: Iterable[Any]) -> str:
    """A list as one cell, parted by `|`; a backslash guards a bar or backslash of a value's own.

    An empty list is `[]`, a list of that text alone `\\[]`.
    """
    shown = [str(v).replace("\\", "\\\\").replace(BAR, f"\\{BAR}") for v in values]
    if not shown:
        return EMPTY_LIST
    return f"\\{EMPTY_LIST}" if shown == [EMPTY_LIST] else BAR.join(shown)


def separated(cell: str) -> list[str]:
    """The list that such a cell holds; nothing between two bars is no value."""
    return [part for part in parts(cell) if part]


def parts(cell: str) -> list[str]:
    """What stands between the bars of such a cell, be it nothing."""
    if cell == EMPTY_LIST:
        return []
    found = [""]
    for guarded, bar, text in _PIECE.findall(cell):
        if bar:
            found.append("")
        else:
            found[-1] += guarded or text
    return found


def paired(pairs: Mapping[str, str]) -> str | None:
    """A flat object as one cell: its `name=value` joined like a list; nothing of an empty one."""
    return joined(f"{name}={value}" for name, value in pairs.items()) if pairs else None


def pairs_of(cell: str) -> dict[str, str]:
    """The object that such a cell holds. Raises ValueError."""
    return dict(_pairs(cell))


def listed_pairs(lists: Mapping[str, Iterable[str]]) -> str | None:
    """An object of lists as one cell: `name=value` for each value."""
    pairs = [f"{name}={value}" for name, values in lists.items() for value in values]
    return joined(pairs) if pairs else None


def lists_of(cell: str) -> dict[str, list[str]]:
    """The object of lists that such a cell holds. Raises ValueError."""
    lists: dict[str, list[str]] = {}
    for name, value in _pairs(cell):
        lists.setdefault(name, []).append(value)
    return lists


def _pairs(cell: str) -> Iterator[tuple[str, str]]:
    for part in separated(cell):
        name, sign, value = part.partition("=")
        if not sign:
            raise ValueError("Write name=value, joined by |.")
        yield name, value
