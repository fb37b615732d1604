"""Analyses as tables: lists of rows, or every scalar by its dotted path."""

from collections.abc import Iterable
from functools import cache
from types import UnionType
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints

import msgspec

from service.formats.analyses.presentations import FIGURES
from service.formats.files.csv_rows import Writer
from service.formats.json_records import encode
from service.query.types.cells import joined

Plain = dict[str, Any]
UNTOLD = ("links", "explain")


class Table(NamedTuple):
    """A header of dotted paths, and rows of cells."""

    header: list[str]
    rows: list[list[Any]]


def table_names(shape: type) -> list[str]:
    """What tables an answer of this shape has."""
    known = [getattr(part, "__name__", "") for part in (shape, _result(shape))]
    special = [name for kind, name in SPECIAL if kind in known]
    return [FIGURES, *dict.fromkeys([*special, *_lists(shape)])]


def table(answer: Any, name: str) -> Table:
    """One of the answer's tables."""
    if name == FIGURES:
        return _figures(answer)
    if (made := _special(answer, name)) is not None:
        make, part = made
        shown: Table = make(part)
        return shown
    rows, item = rows_of(answer, name)
    return _of_rows(msgspec.to_builtins(rows), _leaves(item))


def is_special(answer: Any, name: str) -> bool:
    """Whether the table is more than the rows of a list."""
    return _special(answer, name) is not None


def _special(answer: Any, name: str) -> tuple[Any, Any] | None:
    """What makes such a table, and of which part of the answer."""
    for (kind, special), make in SPECIAL.items():
        for part in (answer, getattr(answer, "result", None)):
            if special == name and type(part).__name__ == kind:
                return make, part
    return None


def whole(answer: Any) -> Table:
    """The rows of an answer that is no analysis: of its list, of all its lists, each row saying
    of which (`list`), or without any list the answer itself as one row.
    """
    shape: Any = type(answer)
    lists = _lists(shape)
    if not lists:
        return _of_rows([msgspec.to_builtins(answer)], _leaves(shape))
    if len(lists) == 1:
        return table(answer, *lists)
    paths = [path for item in lists.values() for path in _leaves(item)]
    return _of_rows(msgspec.to_builtins(whole_rows(answer)), ["list", *dict.fromkeys(paths)])


def whole_rows(answer: Any) -> list[Any]:
    """The rows of `whole` as they stand in the answer."""
    shape: Any = type(answer)
    lists = _lists(shape)
    if not lists:
        return [answer]
    if len(lists) == 1:
        return list(rows_of(answer, *lists)[0])
    return [
        {"list": name, **msgspec.structs.asdict(row)}
        for name in lists
        for row in rows_of(answer, name)[0]
    ]


def csv(shown: Table, *, is_excel: bool = False) -> bytes:
    """The table as a file."""
    writer = Writer(is_excel=is_excel)
    return writer.header(shown.header) + b"".join(map(writer.row, shown.rows))


def _result(shape: type) -> Any:
    return get_type_hints(shape).get("result")


@cache
def _lists(shape: Any) -> dict[str, type]:
    """The lists of structs in an answer by name; those of the result by their own."""
    found: dict[str, type] = {}
    for name, hint in get_type_hints(shape).items():
        inner, item = _struct(hint), _item(hint)
        if item is not None:
            found[name] = item
        elif inner is not None:
            below = _lists(inner)
            found |= {(k if name == "result" else f"{name}.{k}"): v for k, v in below.items()}
    return found


def _options(hint: Any) -> tuple[Any, ...]:
    is_union = isinstance(hint, UnionType) or str(get_origin(hint)) == "typing.Union"
    return get_args(hint) if is_union else (hint,)


def _struct(hint: Any) -> Any:
    for option in _options(hint):
        if isinstance(option, type) and issubclass(option, msgspec.Struct):
            return option
    return None


def _item(hint: Any) -> Any:
    """The struct that a list holds."""
    for option in _options(hint):
        if get_origin(option) is list and (held := _struct(get_args(option)[0])) is not None:
            return held
    return None


def rows_of(answer: Any, name: str) -> tuple[Any, type]:
    """The rows of a list of the answer, and the type of one."""
    shape: Any = type(answer)
    place, item = answer, _lists(shape)[name]
    path = name.split(".")
    for step in path if hasattr(answer, path[0]) else ["result", *path]:
        place = getattr(place, step, None) or []
    return place, item


def _leaves(shape: type, prefix: str = "") -> list[str]:
    """The paths of a row's values, through structs."""
    found: list[str] = []
    for name, hint in get_type_hints(shape).items():
        inner = _struct(hint)
        path = f"{prefix}{name}"
        found += [path] if inner is None else _leaves(inner, f"{path}.")
    return found


def _of_rows(rows: list[Plain], paths: list[str]) -> Table:
    """A dict in a row is as many columns as it has keys anywhere."""
    columns = [found for path in paths for found in _columns(rows, path.split("."))]
    cells = [[_cell(at(row, steps)) for steps in columns] for row in rows]
    return Table([".".join(steps) for steps in columns], cells)


def _columns(rows: list[Plain], steps: list[str]) -> list[list[str]]:
    """The way to a value, or those to its members where all values are objects."""
    values = [value for row in rows if (value := at(row, steps)) is not None]
    if not any(values) or not all(isinstance(value, dict) for value in values):
        return [steps]
    keys = sorted({key for value in values for key in value}, key=_natural)
    return [found for key in keys for found in _columns(rows, [*steps, key])]


def _natural(key: str) -> tuple[int, str]:
    return (int(key) if key.isdigit() else 0, key)


def at(row: Any, steps: Iterable[str]) -> Any:
    """What stands in a row at the end of the steps."""
    for step in steps:
        row = row.get(step) if isinstance(row, dict) else None
    return row


def _cell(value: Any) -> Any:
    """A list of values is joined; an object, a list of objects or of lists is JSON."""
    if isinstance(value, dict):
        return encode(value).decode()
    if not isinstance(value, list | tuple):
        return value
    if any(isinstance(item, dict | list | tuple) for item in value):
        return encode(value).decode()
    return joined("" if item is None else item for item in value) if value else None


def _figures(answer: Any) -> Table:
    told = {k: v for k, v in msgspec.to_builtins(answer).items() if k not in UNTOLD}
    return Table(["path", "value"], [list(pair) for pair in _scalars(told, "")])


def _scalars(value: Plain, prefix: str) -> Iterable[tuple[str, Any]]:
    for name, inner in value.items():
        path = f"{prefix}{name}"
        if isinstance(inner, dict):
            yield from _scalars(inner, f"{path}.")
        elif not isinstance(inner, list | tuple):
            yield path, inner
        elif not any(isinstance(item, dict | list | tuple) for item in inner):
            yield path, _cell(inner)


def _cells(result: Any) -> Table:
    """The matrix in long form, a row a cell."""
    rows = [
        [row.product, row.vendor, column.feature, result.legend[state], cell]
        for row, states, cells in zip(result.rows, result.states, result.cells, strict=True)
        for column, state, cell in zip(result.columns, states, cells, strict=True)
    ]
    return Table(["product", "vendor", "feature", "state", result.cell], rows)


COMPARED = ("value", "date", "lag_days.min", "lag_days.max")


def _side_by_side(answer: Any) -> Table:
    """A comparison: a row an attribute, for each subject what it has."""
    ids = [subject.id for subject in answer.subjects]
    header = [f"{one}.{path}" for one in ids for path in COMPARED]
    rows = [
        [row.attribute, row.label, *(_compared(c, path) for c in row.cells for path in COMPARED)]
        for row in answer.rows
    ]
    return Table(["attribute", "label", *header], rows)


def _compared(cell: Plain, path: str) -> Any:
    """Of business models, which are records, the ids."""
    value = at(cell, path.split("."))
    if not isinstance(value, list | tuple):
        return value
    words = [v["business_model_id"] if isinstance(v, dict) else v for v in value]
    return joined(words) if words else None


# By the name of the struct: what its lists do not say by themselves.
SPECIAL: dict[tuple[str, str], Any] = {
    ("MarketMatrix", "cells"): _cells,
    ("ComparisonAnswer", "rows"): _side_by_side,
}
