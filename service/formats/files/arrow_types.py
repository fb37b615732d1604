"""Types of Arrow and Parquet, by the types that Python has for the same values.

A column keeps its type whatever stands in it: it comes of what was declared, never of its cells.
pyarrow is loaded where it is first needed.
"""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from service.formats.json_records import encode

# Types of cells, as columns name them.
CELLS: dict[str, Any] = {
    "string": str,
    "integer": int,
    "number": float,
    "date": date,
    "datetime": datetime,
}
Cast = Callable[[Any], Any]


def arrow_type(shape: Any) -> Any:
    """The pyarrow type of a Python type; text for what may be of several."""
    import pyarrow as pa

    shape = plain_shape(shape)
    if (fields := struct_fields(shape)) is not None:
        return pa.struct([(name, arrow_type(inner)) for name, inner in fields.items()])
    if (held := held_in_list(shape)) is not None:
        return pa.list_(arrow_type(held))
    if (held := held_in_object(shape)) is not None:
        return pa.map_(pa.string(), arrow_type(held))
    simple = {
        bool: pa.bool_(),
        int: pa.int64(),
        float: pa.float64(),
        date: pa.date32(),
        datetime: pa.timestamp("ms", tz="UTC"),
    }
    return simple.get(shape, pa.string())


def caster(shape: Any) -> Cast:
    """Makes of values as answers show them what pyarrow takes for the type; null stays null."""
    cast = _caster(plain_shape(shape))
    return lambda value: None if value is None else cast(value)


@cache
def _simple_casters() -> dict[Any, Cast]:
    return {
        bool: bool,
        int: int,
        float: float,
        date: lambda value: value if isinstance(value, date) else date.fromisoformat(value),
        datetime: lambda value: (
            value if isinstance(value, datetime) else datetime.fromisoformat(value)
        ),
    }


def _caster(shape: Any) -> Cast:
    if (fields := struct_fields(shape)) is not None:
        inner = {name: caster(held) for name, held in fields.items()}
        return lambda value: {name: cast(value.get(name)) for name, cast in inner.items()}
    if (held := held_in_list(shape)) is not None:
        one = caster(held)
        return lambda value: [one(item) for item in value]
    if (held := held_in_object(shape)) is not None:
        of = caster(held)
        return lambda value: [(key, of(item)) for key, item in value.items()]
    return _simple_casters().get(shape, text_of)


def text_of(value: Any) -> str | None:
    """Of a value whose type is not told: a text as it is, all else as JSON."""
    return value if value is None or isinstance(value, str) else encode(value).decode()


def plain_shape(shape: Any) -> Any:
    """A type without what only says how it is checked, and without null: one of those that have a
    type in Arrow, or `str`.
    """
    if get_origin(shape) is Annotated:
        return plain_shape(get_args(shape)[0])
    if get_origin(shape) is Literal:
        return _one_of({type(word) for word in get_args(shape)})
    if get_origin(shape) in (Union, UnionType):
        left = {plain_shape(o) for o in get_args(shape) if o not in (NoneType, msgspec.UnsetType)}
        return _one_of(left)
    if shape is Decimal:
        return float
    return str if isinstance(shape, type) and issubclass(shape, Enum) else shape


def _one_of(options: set[Any]) -> Any:
    """What all are; a whole number is a number."""
    if options == {int, float}:
        return float
    return options.pop() if len(options) == 1 else str


def struct_fields(shape: Any) -> dict[str, Any] | None:
    """The fields of a struct with their types."""
    if not isinstance(shape, type) or not issubclass(shape, msgspec.Struct):
        return None
    return get_type_hints(shape)


def held_in_list(shape: Any) -> Any:
    """What a list holds."""
    origin = get_origin(shape)
    if origin is tuple:
        return Union[tuple(one for one in get_args(shape) if one is not ...)]  # noqa: UP007  made of a tuple
    return get_args(shape)[0] if origin in (list, set, frozenset) else None


def held_in_object(shape: Any) -> Any:
    """What an object holds under its keys."""
    return get_args(shape)[1] if get_origin(shape) is dict else None
