"""Analyses as tables with types: those of the result, whatever its values are."""

from functools import partial
from typing import Any, get_type_hints

import msgspec

from service.formats.analyses import tables
from service.formats.analyses.presentations import FIGURES
from service.formats.files.arrow_types import plain_shape, struct_fields, text_of
from service.formats.files.typed_files import TypedColumn
from service.texts.labels import figure_label

TypedTable = tuple[list[TypedColumn], list[Any]]
_FIGURE_SHAPES = {"path": str, "value": str, "number": float}
_OF_LONG_MATRIX = {"lag_days": int}
_COMPARED = {"lag_days.min": int, "lag_days.max": int}


def typed_table(answer: Any, name: str, lang: str) -> TypedTable:
    """One of the answer's tables: its columns, and the rows that they are read off."""
    if name == FIGURES:
        return _figures(answer, lang)
    if tables.is_special(answer, name):
        return _special(answer, name, lang)
    rows, item = tables.rows_of(answer, name)
    columns = [
        TypedColumn(path, shape, partial(_at, path.split(".")), figure_label(path, lang))
        for path, shape in _leaves(item)
    ]
    return columns, msgspec.to_builtins(rows)


def _figures(answer: Any, lang: str) -> TypedTable:
    """A figure that is a number stands as one, too."""
    rows = [
        (path, text_of(value), _number(value)) for path, value in tables.table(answer, FIGURES).rows
    ]
    return _by_place(_FIGURE_SHAPES, lang), rows


def _number(value: Any) -> float | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number else None


def _special(answer: Any, name: str, lang: str) -> TypedTable:
    shown = tables.table(answer, name)
    return _by_place({path: _special_shape(path) for path in shown.header}, lang), shown.rows


def _special_shape(path: str) -> Any:
    """Of a column of a matrix in long form, or of a comparison, whose columns begin with a
    subject's id."""
    return _OF_LONG_MATRIX.get(path) or _COMPARED.get(path.partition(".")[2], str)


def _by_place(shapes: dict[str, Any], lang: str) -> list[TypedColumn]:
    return [
        TypedColumn(name, shape, partial(_nth, place), figure_label(name, lang))
        for place, (name, shape) in enumerate(shapes.items())
    ]


def _nth(place: int, row: Any) -> Any:
    return row[place]


def _at(steps: list[str], row: Any) -> Any:
    return tables.at(row, steps)


def _leaves(shape: Any, prefix: str = "") -> list[tuple[str, Any]]:
    """The paths of a row's values with their types, through structs."""
    found: list[tuple[str, Any]] = []
    for name, hint in get_type_hints(shape).items():
        inner = plain_shape(hint)
        is_struct = struct_fields(inner) is not None
        found += _leaves(inner, f"{prefix}{name}.") if is_struct else [(f"{prefix}{name}", inner)]
    return found
