"""Lists: texts in one array, and further names."""

from collections.abc import Iterator
from functools import partial
from typing import Any, ClassVar

from service.query.operators import OF_LISTS, OF_TEXTS, Operator
from service.query.types import shapes
from service.query.types.base import Bind, FieldType, contained
from service.query.types.cells import LISTED, Column, Shown, joined, kept, separated
from service.query.types.characters import HIDDEN, clean


class ListType(FieldType):
    """Sorted texts without duplicates, in one array.

    `is_written_empty`: in a file an empty list is not the same as nothing.
    """

    is_written_empty = False
    sql = "text[]"
    operators: ClassVar[tuple[Operator, ...]] = OF_LISTS
    has_several = True
    is_list = True
    may_be_null = False
    is_sortable = False
    shown_shape = list[str]

    def condition(
        self, column: str, operator: Operator, values: tuple[str, ...], bind: Bind
    ) -> str:
        if operator is Operator.IS_NULL:
            return f"cardinality(coalesce({column}, '{{}}')) = 0"
        sign = "@>" if operator is Operator.ALL else "&&"
        overlap = f"{column} {sign} {bind(list(values))}::text[]"
        return f"NOT ({overlap})" if operator is Operator.NOT else overlap

    def absent(self) -> Any:
        return []

    def holds(self, column: str, value: str) -> str:
        return f"{column} @> ARRAY[{value}]"

    def is_held(self, value: str, column: str) -> str:
        return f"{value} = ANY ({column})"

    def each(self, column: str) -> tuple[str, str]:
        return "one", f", unnest({column}) AS one"

    def replaced(self, column: str, old: str, new: str) -> str:
        replaced = f"unnest(array_replace({column}::text[], {old}, {new})) v"
        return (
            f"CASE WHEN {column} @> ARRAY[{old}] THEN"
            f' ARRAY(SELECT DISTINCT v COLLATE "C" FROM {replaced} ORDER BY 1)'
            f" ELSE {column} END"
        )

    def table_columns(self, name: str) -> list[Column]:
        cell = partial(_joined, name, is_nothing=not self.is_written_empty)
        return [Column(name, cell, nested=kept(name, LISTED))]

    def of_cell(self, cell: str) -> Any:
        return separated(cell)

    def of_argument(self, name: str, text: str) -> Any:
        return [part.strip() for part in text.split(",") if part.strip()]


def _joined(name: str, record: Shown, *, is_nothing: bool) -> str | None:
    """Of an empty list `[]`, or nothing where a file without the cell says as much."""
    values = record[name]
    return None if values is None or (is_nothing and not values) else joined(values)


class Texts(ListType):
    """Further names."""

    name = "texts"
    is_open_text = True
    operators = OF_TEXTS
    is_groupable = False
    shape = list[shapes.Name]

    def condition(
        self, column: str, operator: Operator, values: tuple[str, ...], bind: Bind
    ) -> str:
        """Null where a hop leads to no record."""
        if operator is not Operator.CONTAINS:
            return super().condition(column, operator, values, bind)
        some = f"SELECT 1 FROM unnest({column}) item WHERE {contained('item', values, bind)}"
        return f"CASE WHEN {column} IS NOT NULL THEN EXISTS ({some}) END"

    def is_known(self, name: str) -> str:
        return f"t.{name} <> '{{}}'"

    def stored(self, value: Any) -> list[Any]:
        return [sorted({clean(item, HIDDEN) for item in value})]

    def faults(self, value: Any) -> Iterator[tuple[str, ValueError]]:
        for place, item in enumerate(value):
            try:
                clean(item, HIDDEN)
            except ValueError as error:
                yield f"/{place}", error
