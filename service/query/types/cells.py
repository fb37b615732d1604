"""Values as cells of a table: how they are read off a shown record."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

Shown = dict[str, Any]
Reader = Callable[[Shown], Any]


class Column(NamedTuple):
    """One column: its dotted path, how it is read off a shown record, what its cells hold: string,
    integer, number, date or datetime.
    """

    name: str
    read: Reader
    holds: str = "string"

    @property
    def is_numeric(self) -> bool:
        return self.holds in ("integer", "number")


def plain(name: str, record: Shown) -> Any:
    return record[name]


def inner(name: str, part: str, record: Shown) -> Any:
    """One member of a value that has several."""
    value = record[name]
    return None if value is None else value.get(part)


def joined(values: Iterable[Any]) -> str | None:
    """A list as one cell, parted by `|`; a backslash guards a bar or backslash of a value's own."""
    shown = [str(v).replace("\\", "\\\\").replace("|", "\\|") for v in values]
    return "|".join(shown) if shown else None
