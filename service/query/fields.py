"""What a field and a collection are: the words of the registry."""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from typing import Any

from service.cached import cached_property
from service.query.types import Count, Date, FieldType, Instant, Slug
from service.texts.messages import FALLBACK, message

DAY = ":asked_day"  # the day that a read is of, in its statements


@dataclass(frozen=True)
class Moment:
    """At which revision (tables as SQL), and whether on a day of the world: which one is a
    parameter, so that the statements of every day are the same."""

    relation: Callable[[str], str] = str
    is_of_day: bool = False

    @property
    def day(self) -> str:
        assert self.is_of_day, "only what is asked of a day"
        return f"{DAY}::date"


RECORDED = Moment()  # what stands recorded, on no day


@dataclass(frozen=True, kw_only=True, eq=False)
class Field:
    """One field of a collection.

    `name` is the wire name, `key` the import format's (same if ""), `meaning` the key of its text
    among `fields` (same if ""). `always`: the import format writes it even when null.
    `null_reason` is what a null means. A derived field has no column: `derived` makes the SQL of
    its value, of the name of a row and the moment, `on_any_day` what it can be on some day, of the
    values of its record. The numbers of a measure are of one kind only where its `unit_fields`,
    fields of the same record, are equal.
    """

    name: str
    type: FieldType
    meaning: str = ""
    key: str = ""
    required: bool = False
    always: bool = False
    null_reason: str = ""
    derived: Callable[[str, Moment], str] | None = None
    on_any_day: Callable[[Mapping[str, Any]], Container[str]] | None = None
    unit_fields: tuple[str, ...] = ()
    example: str = ""

    def description(self, lang: str = FALLBACK) -> str:
        """What it says, for readers."""
        return message(f"fields.{self.meaning or self.name}", lang)

    @property
    def import_key(self) -> str:
        return self.key or self.name

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that hold what was written (generated bounds not among them)."""
        if self.derived is not None:
            return ()
        return tuple(self.type.columns(self.name))

    @property
    def to(self) -> str:
        """The collection whose ids it holds, or nothing."""
        return self.type.to

    @property
    def values(self) -> tuple[str, ...]:
        """The closed list of its values, or nothing."""
        return self.type.values


ID = Field(name="id", type=Slug(), required=True)
BOOKKEEPING = (
    Field(name="revision", type=Count(), required=True),
    Field(name="recorded_at", type=Instant(), required=True),
    Field(name="updated_at", type=Instant(), required=True),
)


@dataclass(frozen=True)
class StandIn:
    """Dated facts of a record that stand in for its unknown start: those of a table that meet a
    condition."""

    table: str
    start: str
    end: str
    where: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Collection:
    """A collection, declared once: lists, filters, imports, exports and the contract follow.

    `prefix` is the id prefix of facts ("" for entities, whose ids are curated slugs). The
    table is called like the kind; `table_name` is for kinds that are words of SQL.
    `natural_key` are the columns that make a fact unique; `subject` those that say what a fact is
    about: facts of one subject can contradict each other. `starts` and `ends` are the date fields
    that say when a record is in force; `stand_ins` are the facts that tell an
    unknown start, `within` is what ends, and with it whatever is said of it.
    """

    name: str
    kind: str
    fields: tuple[Field, ...]
    prefix: str = ""
    natural_key: tuple[str, ...] = ("id",)
    subject: tuple[str, ...] = ()
    starts: str = ""
    ends: str = ""
    stand_ins: tuple[StandIn, ...] = ()
    within: "Collection | None" = None
    default_sort: tuple[str, ...] = ("id",)
    needs_source: bool = False
    table_name: str = ""

    @property
    def table(self) -> str:
        return self.table_name or self.kind

    @property
    def singular(self) -> str:
        """In a sentence: business model."""
        return self.kind.replace("_", " ")

    @property
    def plural(self) -> str:
        """In a sentence: business models."""
        return self.name.replace("-", " ")

    @property
    def type_name(self) -> str:
        """As types are called: BusinessModel."""
        return self.kind.title().replace("_", "")

    @property
    def tag(self) -> str:
        """The heading over its operations."""
        return self.plural.capitalize()

    def heading(self, lang: str = FALLBACK) -> str:
        """Over what is told of it: Business models."""
        return message(f"collections.{self.name}", lang).replace("-", " ").capitalize()

    def description(self, lang: str = FALLBACK) -> str:
        """What it holds, for readers."""
        return message(f"about.{self.name}", lang)

    @property
    def is_entity(self) -> bool:
        return not self.prefix

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns that a writer fills, `id` first."""
        return ("id", *(c for f in self.fields for c in f.columns))

    @property
    def every_field(self) -> tuple[Field, ...]:
        """The id, the fields, and what the store keeps of each record."""
        return (ID, *self.fields, *BOOKKEEPING)

    def key_parts(self, alias: str) -> list[list[str]]:
        """SQL of the natural key of a row, by its columns: the same where two rows are one fact."""
        fields = {f.name: f for f in self.every_field}
        return [fields[c].type.compared(f"{alias}.{c}") for c in self.natural_key]

    def field(self, name: str) -> Field | None:
        return next((f for f in self.every_field if f.name == name), None)

    @cached_property
    def stored(self) -> tuple[Field, ...]:
        """The fields that are written, not derived."""
        return tuple(f for f in self.fields if f.derived is None)

    def of_type(self, *types: type[FieldType]) -> tuple[Field, ...]:
        return tuple(f for f in self.fields if isinstance(f.type, types))

    @property
    def dates(self) -> tuple[Field, ...]:
        return self.of_type(Date)

    @property
    def references(self) -> tuple[Field, ...]:
        """The fields that hold ids of other records: one id, or a list."""
        return tuple(f for f in self.fields if f.to and not f.type.is_about_fields)
