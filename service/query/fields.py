"""What a field and a collection are: the words of the registry."""

from dataclasses import dataclass
from enum import Enum


class Type(Enum):
    """How a value is stored, checked and shown."""

    SLUG = "slug"  # a curated id
    TEXT = "text"
    WORD = "word"  # a lower-case term, open list
    ENUM = "enum"
    REFERENCE = "reference"
    REFERENCES = "references"  # sorted, without duplicates
    DATE = "date"  # EDTF text with generated bounds
    NAMES = "names"  # {language: name}
    TEXTS = "texts"
    MONEY = "money"  # amount, currency, per
    RATES = "rates"  # list of {component, amount, currency, per}
    DECIMAL = "decimal"
    COUNT = "count"
    CURRENCY = "currency"
    COUNTRY = "country"
    URL = "url"
    INSTANT = "instant"  # when the base itself did something


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field of a collection.

    `name` is the wire name, `key` the import format's (same if ""). `always`: the import format
    writes it even when null. `null_reason` is what a null means. `to` names the collection that a
    reference points to. A derived field has an SQL `expression` over the row `t` and no column.
    """

    name: str
    type: Type
    doc: str
    key: str = ""
    to: str = ""
    values: tuple[str, ...] = ()
    required: bool = False
    always: bool = False
    null_reason: str = ""
    expression: str = ""
    example: object = None

    @property
    def import_key(self) -> str:
        return self.key or self.name

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that hold what was written (generated bounds not among them)."""
        if self.expression:
            return ()
        if self.type is Type.MONEY:
            return tuple(f"{self.name}_{part}" for part in ("amount", "currency", "per"))
        return (self.name,)

    @property
    def is_sortable(self) -> bool:
        return self.type in SORTABLE


SORTABLE = {
    Type.SLUG, Type.WORD, Type.ENUM, Type.REFERENCE, Type.DATE, Type.DECIMAL, Type.COUNT,
    Type.COUNTRY, Type.CURRENCY, Type.NAMES, Type.INSTANT,
}  # fmt: skip

COLUMN_TYPES = {
    Type.REFERENCES: "text[]",
    Type.NAMES: "jsonb",
    Type.TEXTS: "text[]",
    Type.RATES: "jsonb",
    Type.DECIMAL: "numeric",
    Type.COUNT: "bigint",
    Type.INSTANT: "timestamptz",
}

ID = Field(name="id", type=Type.SLUG, doc="The id.", required=True)
BOOKKEEPING = (
    Field(name="revision", type=Type.COUNT, doc="The revision that last wrote it.", required=True),
    Field(name="recorded_at", type=Type.INSTANT, doc="When it was first recorded.", required=True),
    Field(name="updated_at", type=Type.INSTANT, doc="When it was last written.", required=True),
)


@dataclass(frozen=True, kw_only=True)
class Collection:
    """A collection, declared once: lists, filters, imports, exports and the contract follow.

    `prefix` is the id prefix of facts ("" for entities, whose ids are curated slugs).
    `natural_key` are the columns that make a fact unique; `subject` those that say what a fact is
    about: facts of one subject can contradict each other. `starts` and `ends` are the date fields
    that say when a record is in force.
    """

    name: str
    kind: str
    doc: str
    fields: tuple[Field, ...]
    prefix: str = ""
    natural_key: tuple[str, ...] = ("id",)
    subject: tuple[str, ...] = ()
    starts: str = ""
    ends: str = ""
    default_sort: tuple[str, ...] = ("id",)
    needs_source: bool = False

    @property
    def table(self) -> str:
        return self.kind

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

    def field(self, name: str) -> Field | None:
        return next((f for f in self.every_field if f.name == name), None)

    @property
    def stored(self) -> tuple[Field, ...]:
        """The fields that are written, not derived."""
        return tuple(f for f in self.fields if not f.expression)

    def of_type(self, *types: Type) -> tuple[Field, ...]:
        return tuple(f for f in self.fields if f.type in types)
