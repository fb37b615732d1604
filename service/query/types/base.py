"""What a type of field says of its values: in SQL, in questions, in files and in answers."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, ClassVar, TypeAlias

import msgspec

from service.query.operators import OF_WORDS, Operator
from service.query.types.cells import Cell, Column, plain
from service.query.types.characters import is_plain
from service.texts.sentences import Sentence

Bind: TypeAlias = Callable[[object], str]
Wrong: TypeAlias = Callable[[str, ValueError], None]
Columns: TypeAlias = Mapping[str, Sequence[Any]]  # the values of stored rows by column
# Of rows, and of their columns, the values of each member of what is shown.
Shows: TypeAlias = Callable[[Sequence[Any], Columns], Iterable[Sequence[Any]]]
SIGNS = {Operator.GT: ">", Operator.GTE: ">=", Operator.LT: "<", Operator.LTE: "<="}


class UnknownValue(ValueError):
    """No value of the field: `allowed` is the closed list, `near` what may have been meant."""

    def __init__(
        self, detail: Sentence, allowed: tuple[str, ...] = (), near: tuple[str, ...] = ()
    ) -> None:
        super().__init__(detail)
        self.allowed = allowed
        self.near = near


def folded(text: str) -> str:
    """SQL of a text without what people type differently: case and width."""
    return f'lower(normalize({text}, NFKC) COLLATE "default")'


def loosely(text: str) -> str:
    """SQL of a text as it is folded, its spaces trimmed and single."""
    return f"btrim(regexp_replace({folded(text)}, '\\s+', ' ', 'g'))"


def contained(column: str, values: tuple[str, ...], bind: Bind) -> str:
    """SQL: whether any of the values stands in the column."""
    parts = (folded(f"{bind(value)}::text") for value in values)
    return " OR ".join(f"strpos({folded(column)}, {part}) > 0" for part in parts)


class FieldType:
    """A type of field. Here is what holds of words; other types override what is different.

    `name` is the type's word in `/v1/schema`, `sql` the type of its column, `shape` its value in
    the import format, `body_shape` in the body of a write, `shown_shape` in answers. `to` is the
    collection whose ids it holds, `values` its closed list. `has_several`: a record has several
    values, of which one is asked for with `:`.
    """

    name: ClassVar[str]
    sql: ClassVar[str] = "text"
    operators: ClassVar[tuple[Operator, ...]] = OF_WORDS
    has_several: ClassVar[bool] = False
    is_list: ClassVar[bool] = False
    is_dated: ClassVar[bool] = False
    is_numeric: ClassVar[bool] = False
    cell: ClassVar[str] = "string"  # what a cell of a table holds
    is_sortable: ClassVar[bool] = True
    is_groupable: ClassVar[bool] = True
    is_facet: ClassVar[bool] = True  # if it is groupable
    is_usual: ClassVar[bool] = True  # a filter that the OpenAPI document shows
    is_open_text: ClassVar[bool] = False  # words of people, which nobody checks
    is_closed: ClassVar[bool] = False  # a list of words or codes that others keep
    is_term: ClassVar[bool] = False  # its words have labels in the reader's language
    may_be_null: ClassVar[bool] = True  # and a null says no more than that there is no value
    keeps_plain: ClassVar[bool] = False  # one word of ASCII is stored as it is
    is_about_fields: ClassVar[bool] = False  # what a record says of its other fields
    shape: Any = str
    shown_shape: Any = str
    # Name and type of each key, where an answer shows it under several.
    shown_parts: ClassVar[dict[str, Any]] = {}
    to: str = ""
    values: tuple[str, ...] = ()

    @property
    def body_shape(self) -> Any:
        return self.shape

    @property
    def asked(self) -> dict[str, Any]:
        """What the schema of a value in a question says, beside that it is a text."""
        if self.is_numeric:
            return {"pattern": r"^-?[0-9]{1,30}(\.[0-9]{1,12})?$", "examples": ["20"]}
        if self.is_closed:
            (shown,), _ = msgspec.json.schema_components([self.shape])
            return {name: shown[name] for name in ("pattern", "examples") if name in shown}
        return {"minLength": 1}

    # SQL

    @property
    def stands_in_sql(self) -> bool:
        """Whether a text that is compared goes into SQL as it stands, and decides nothing but what
        is found."""
        kind, is_text = type(self), self.sql == "text" and not self.is_dated
        is_own = kind.parsed is FieldType.parsed and kind.condition is FieldType.condition
        return is_text and is_own

    def columns(self, name: str) -> dict[str, str]:
        """The columns that hold what was written, with their types."""
        return {name: self.sql}

    def generated_columns(self, name: str) -> tuple[str, ...]:
        """The columns that PostgreSQL makes of them."""
        return ()

    def compared(self, name: str) -> list[str]:
        """SQL of what is the same where two values mean the same; `name` as in t.amount."""
        return list(self.columns(name))

    def edited(self, name: str) -> list[str]:
        """The same where somebody writes one record, and means every digit."""
        return list(self.columns(name))

    def is_known(self, name: str) -> str:
        """SQL: whether the row `t` has a value."""
        return f"t.{name} IS NOT NULL"

    def order(self, column: str, lang: str, row: str = "t") -> list[tuple[str, str]]:
        """What an ORDER BY goes by: SQL and its type; the column is of the `row`."""
        return [(column, self.sql)]

    def joined_twins(self, name: str) -> dict[str, str]:
        """By column, the value of a fact `k` that takes in its twin `l`: its own, else the
        other's."""
        return {name: f"coalesce(k.{name}, l.{name})"}

    def addressed(self, name: str, source: str) -> dict[str, str]:
        """By column what an export has of it: SQL over the row `t`, and over the relation `source`
        for sources, which have addresses there."""
        return {column: f"t.{column}" for column in self.columns(name)}

    def holds(self, column: str, value: str) -> str:
        """SQL: whether the column has the value, or has it among its values."""
        return f"{column} = {value}"

    def is_held(self, value: str, column: str) -> str:
        """SQL: the same, asked of each of many values."""
        return f"{value} = {column}"

    def each(self, column: str) -> tuple[str, str]:
        """SQL of each value of the column, and what FROM must have for it."""
        return column, ""

    def replaced(self, column: str, old: str, new: str) -> str:
        """SQL of the column with one value in the place of another."""
        return f"CASE WHEN {column} = {old} THEN {new} ELSE {column} END"

    def condition(
        self, column: str, operator: Operator, values: tuple[str, ...], bind: Bind
    ) -> str:
        """SQL of a comparison of the column with any of the values; `bind` adds a parameter."""
        if operator is Operator.IS_NULL:
            return f"{column} IS NULL"
        if operator is Operator.PREFIX:
            return " OR ".join(f"starts_with({column}, {bind(value)}::text)" for value in values)
        if operator is Operator.CONTAINS:
            return contained(column, values, bind)
        parsed = [self.parsed(value) for value in values]
        if operator in SIGNS:
            sign = SIGNS[operator]
            return " OR ".join(f"{column} {sign} {bind(value)}::{self.sql}" for value in parsed)
        if operator is Operator.NOT and len(parsed) == 1:  # of a list each row takes apart one
            return f"NOT ({column} = {bind(parsed[0])}::{self.sql})"
        listed = f"{column} = ANY ({bind(parsed)}::{self.sql}[])"
        return f"NOT ({listed})" if operator is Operator.NOT else listed

    # Questions

    def paths(self, name: str) -> dict[str, str]:
        """The names under which a question reaches it, with the part that each means."""
        return {name: ""}

    def part(self, part: str) -> "FieldType":
        """The type of what a path means."""
        assert not part, "money, external ids and null reasons have parts"
        return self

    def units(self, part: str) -> dict[str, str]:
        """The parts that say what the number in a part counts, each with one of its values."""
        return {}

    def part_value(self, row: str, name: str, part: str) -> str:
        """SQL of the part in the row."""
        return f"{row}.{name}_{part}" if part else f"{row}.{name}"

    def parsed(self, value: str, name: str = "the field") -> Any:
        """A value of a question as PostgreSQL takes it. Raises ValueError."""
        return value

    def check(self, value: str, name: str) -> None:
        """Whether a question may name the value. Raises UnknownValue, InvalidDate, ValueError."""
        self.parsed(value, name)

    # The import format

    def members(self, key: str, *, is_required: bool) -> list[tuple[Any, ...]]:
        """The members of a record of the import format, as `defstruct` takes them."""
        return [(key, self.shape)] if is_required else [(key, self.shape | None, None)]

    def read(self, record: Any, key: str, wrong: Wrong) -> list[Any]:
        """The values of its columns; what is wrong is told with a pointer."""
        value = getattr(record, key)
        if value is not None:
            try:
                return self.stored(value)
            except ValueError as error:
                for place, fault in list(self.faults(value)) or [("", error)]:
                    wrong(f"/{key}{place}", fault)
        return [self.absent()] * len(self.columns(key))

    def are_as_given(self, values: list[Any]) -> bool:
        """Whether it is quickly told that values of the import format are stored as they are."""
        return self.keeps_plain and "" not in values and is_plain("".join(values))

    def faults(self, value: Any) -> Iterator[tuple[str, ValueError]]:
        """Of a value with parts, what is wrong with each: pointer within it, and error."""
        return iter(())

    def absent(self) -> Any:
        """What is stored where a line has no value."""
        return None

    def stored(self, value: Any) -> list[Any]:
        """A value of the import format as its columns. Raises ValueError."""
        raise NotImplementedError

    def line(self, name: str, key: str, row: dict[str, Any]) -> dict[str, Any]:
        """The members of a canonical line, of a stored row."""
        return {key: row[name]}

    # Answers

    def shown(self, name: str, row: dict[str, Any], lang: str) -> dict[str, Any]:
        """The members of a shown record, of a stored row."""
        return {name: row[name]}

    def shows(self, name: str, lang: str) -> Shows | None:
        """What makes the values of those members of all rows; None: they are as stored."""
        if type(self).shown is FieldType.shown:
            return None
        return lambda rows, _: zip(
            *(self.shown(name, row, lang).values() for row in rows), strict=True
        )

    def shown_columns(self, name: str) -> tuple[str, ...]:
        """The columns that they are made of, beside the id."""
        return tuple(self.columns(name))

    def stated(self, shown: Any) -> Any:
        """Of a shown value what was written, without what follows from other fields."""
        return shown

    def added(self, name: str, stored: Any = None) -> dict[str, Any]:
        """What answers say besides, made of the stored value, under names of their own."""
        return {}

    def follows(self, name: str, stored: Any) -> dict[str, Any]:
        """What of that is the same for every reader."""
        return self.added(name, stored)

    def repeated(self, value: Any) -> Any:
        """What answers say of a value that nobody writes, as JSON whose text is `told`'s.
        Raises ValueError, TypeError."""
        return value

    def told(self, column: str) -> str:
        """SQL of the column as text."""
        return f"{column}::text"

    # Tables and command lines

    def table_columns(self, name: str) -> list[Column]:
        """The columns of a file of shown records."""
        return [Column(name, partial(plain, name), self.cell)]

    def cells(self, name: str) -> dict[str, Cell]:
        """The columns of a file to import that fill what a record has under the name."""
        return {name: Cell((name,), self.of_cell)}

    def of_cell(self, cell: str) -> Any:
        """The value of such a cell in the import format. Raises ValueError, RecursionError."""
        return cell

    def of_argument(self, name: str, text: str) -> Any:
        """The value of `name=text` on a command line. Raises ValueError."""
        return text
