"""SQL of what records are grouped by."""

from service.query.filters.compiler import Statement
from service.query.grouping import PERIODS, Key


def value_of(key: Key, statement: Statement) -> str:
    """The value of the key; of a list each by itself."""
    column = statement.reach(key.path)
    if key.period:
        form = f"'{PERIODS[key.period]}'"
        first, last = (f"to_char({column}_{end}, {form})" for end in ("min", "max"))
        return f"CASE WHEN {first} = {last} THEN {first} END"
    if key.path.type.is_list:
        return statement.each(key.path)
    return f"trim_scale({column}::numeric)" if key.path.type.is_numeric else column
